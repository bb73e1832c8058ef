#!/usr/bin/env bash
# Measures authd's built-in proxy, one event loop, beside nginx `proxy_pass` without authorization (the floor), HAProxy
# and Envoy with their own verification. All of them forward to one nginx of its own process, whose cost is not counted.
set -euo pipefail
# shellcheck source=Benchmarks/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

parse_arguments "$@"
make_work
build_authd

cat >"$work/authd.yaml" <<YAML
event_loops: 1
listeners:
  proxy:
    - tcp: 127.0.0.1:8016
  admin:
    - tcp: 127.0.0.1:8017
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
    upstream: hello
  - name: hello
    match: { path: /hello/**, methods: [GET, HEAD] }
    require: { issuer: main }
    upstream: hello
  - name: closed
    match: { path: /internal/** }
    deny: true
identity_headers: { X-Auth-Request-User: sub, X-Auth-Request-Groups: groups }
upstreams:
  hello: { url: "http://127.0.0.1:8010" }
log: { format: json, decisions: denied }
YAML
# The peers' file has the upstream (8010) and the plain proxy (8013) in one nginx. Two processes with one of them each
# let the proxy's own cost be told from the upstream's; the other listener of each is moved out of the way.
mkdir "$work/upstream" "$work/plain"
peer_configuration nginx-upstream-and-proxy.conf "$work/upstream.conf" "$work/upstream"
peer_configuration nginx-upstream-and-proxy.conf "$work/plain.conf" "$work/plain"
sed -i 's/listen 127\.0\.0\.1:8013/listen 127.0.0.1:8018/' "$work/upstream.conf"
sed -i 's/listen 127\.0\.0\.1:8010/listen 127.0.0.1:8019/' "$work/plain.conf"
peer_configuration haproxy-proxy.cfg "$work/haproxy.cfg"
peer_configuration envoy-proxy.yaml "$work/envoy.yaml"

start_nginx upstream "$work/upstream.conf"
start_nginx nginx-proxy "$work/plain.conf"
start_haproxy haproxy "$work/haproxy.cfg"
start_envoy envoy "$work/envoy.yaml"
start authd "$authd" serve --config "$work/authd.yaml"
ready nginx-proxy http://127.0.0.1:8013/noauth
ready haproxy http://127.0.0.1:8011/hello
ready envoy http://127.0.0.1:8012/hello
ready authd http://127.0.0.1:8016/hello
for name in haproxy envoy authd; do must_refuse "$name"; done

csv=$(results_file proxy)
measure_all "$csv"
printf '\n'
print_table "$csv"
printf '\n'
print_ratio "$csv" haproxy 0.80
print_ratio "$csv" envoy 0.25
print_ratio "$csv" nginx-proxy 1.25
finish "$csv"
