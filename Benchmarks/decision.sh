#!/usr/bin/env bash
# Measures authd's decision endpoint, one event loop and the full product (rules, claims, counters, refusals logged),
# beside nginx `return 204` (the floor: no authorization at all), HAProxy `jwt_verify` and Envoy `jwt_authn`.
# authd gets two header fields more than the others, the ones in which nginx tells the original request.
set -euo pipefail
# shellcheck source=Benchmarks/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

parse_arguments "$@"
make_work
build_authd

cat >"$work/authd.yaml" <<YAML
event_loops: 1
listeners:
  decision:
    - tcp: 127.0.0.1:8006
  admin:
    - tcp: 127.0.0.1:8007
issuers:
  - name: main
    issuer: $issuer
    audiences: [$audience]
    algorithms: [HS256]
    keys: { file: $work/jwt }
    leeway: 30s
    max_lifetime: unlimited
rules:
  - name: health
    match: { path: /healthz, methods: [GET] }
    allow: anonymous
  - name: hello
    match: { path: /hello/**, methods: [GET, HEAD] }
    require: { issuer: main }
  - name: reports
    match: { path: /reports/*/pages, methods: [GET] }
    require: { issuer: main, scopes: [reports.read] }
  - name: closed
    match: { path: /internal/** }
    deny: true
identity_headers: { X-Auth-Request-User: sub, X-Auth-Request-Groups: groups }
log: { format: json, decisions: denied }
YAML
peer_configuration nginx-204.conf "$work/nginx.conf"
peer_configuration haproxy-decision.cfg "$work/haproxy.cfg"
peer_configuration envoy-decision.yaml "$work/envoy.yaml"

start_nginx nginx-204 "$work/nginx.conf"
start_haproxy haproxy "$work/haproxy.cfg"
start_envoy envoy "$work/envoy.yaml"
start authd "$authd" serve --config "$work/authd.yaml"
ready nginx-204 http://127.0.0.1:8003/
ready haproxy http://127.0.0.1:8004/
ready envoy http://127.0.0.1:8005/
ready authd http://127.0.0.1:8006/authorize 'X-Original-Method: GET' 'X-Original-URI: /hello/world?x=1'
for name in haproxy envoy authd; do must_refuse "$name"; done

csv=$(results_file decision)
measure_all "$csv"
printf '\n'
print_table "$csv"
printf '\n'
print_ratio "$csv" haproxy 0.70
print_ratio "$csv" envoy 0.25
print_ratio "$csv" nginx-204 1.30
finish "$csv"
