#!/usr/bin/env bash
# What decision.sh and proxy.sh share: starting servers, measuring them in turn, printing the table.
#
# The method. One wrk thread with keep-alive connections asks one server at a time, over loopback, with the same token.
# The figure to compare is the CPU time that the server process spent per request: it stays put when the load generator
# competes for the cores, where requests per second do not. Rounds are interleaved (every server once, then every
# server again), so that a slow minute of the machine meets all of them; the table has the medians.
# shellcheck disable=SC2034 # the scripts that include this file use the variables

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
peers=${AUTHD_PEERS:-$root/../shared/peers}
rounds=3
seconds=6
connections=32
check=no
readonly secret=a-shared-secret-of-32-bytes-long
readonly issuer=https://issuer.example
readonly audience=hello-api

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

usage() {
    cat <<TEXT
usage: Benchmarks/${0##*/} [--rounds N] [--seconds N] [--connections N] [--check]
  --rounds N       how often each server is measured (default $rounds; the table has the medians)
  --seconds N      how long each measurement takes (default $seconds, after 2 s of warming up)
  --connections N  keep-alive connections of the load generator (default $connections)
  --check          exit 1 when a goal is missed
environment: AUTHD_PEERS, the folder with the peers' configurations (default ../shared/peers);
             AUTHD_BIN, an authd to measure instead of building one
TEXT
}

parse_arguments() {
    while [ "$#" -gt 0 ]; do
        case $1 in
        --rounds) rounds=${2:?} && shift ;;
        --seconds) seconds=${2:?} && shift ;;
        --connections) connections=${2:?} && shift ;;
        --check) check=yes ;;
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && exit 64 ;;
        esac
        shift
    done
    [ -d "$peers" ] || fail "the peers' configurations are not in $peers (set AUTHD_PEERS)"
    local tool
    for tool in wrk nginx haproxy openssl curl; do
        PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null || fail "$tool is not installed: scripts/bootstrap --tests"
    done
    PATH=$PATH:/usr/sbin
}

# --- the token -----------------------------------------------------------------------------------------------------

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# An HS256 token that the year 2100 has not seen expire. $1: the secret.
make_token() {
    local input
    input=$(printf '{"alg":"HS256","typ":"JWT"}' | base64url).$(
        printf '{"iss":"%s","aud":"%s","sub":"alice","exp":4102444800}' "$issuer" "$audience" | base64url
    )
    printf '%s.%s' "$input" "$(printf '%s' "$input" | openssl dgst -sha256 -hmac "$1" -binary | base64url)"
}

# --- servers -------------------------------------------------------------------------------------------------------

declare -A pid=() url=() fields=()
started=()
names=()

stop_all() {
    local process
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    wait 2>/dev/null || true
    if [ -n "${work:-}" ]; then rm -rf "$work"; fi
}

make_work() {
    work=$(mktemp -d /tmp/authd-bench.XXXXXX)
    trap stop_all EXIT
    token=$(make_token "$secret")
    printf '{"keys":[{"kty":"oct","alg":"HS256","k":"%s"}]}\n' "$(printf %s "$secret" | base64url)" >"$work/jwks.json"
    (umask 077 && printf '%s\n' "$secret" >"$work/jwt")
}

# The configuration $1 of the peers with its folder put in, as $2.
peer_configuration() { sed "s|@DIR@|${3:-$work}|g" "$peers/$1" >"$2"; }

# Starts a server in the foreground of a job. $1: name; the rest: command. Its output goes to a file of its own.
start() {
    local name=$1
    shift
    "$@" >"$work/$name.log" 2>&1 &
    pid[$name]=$!
    started+=("$!")
}

start_nginx() { # name, configuration
    start "$1" nginx -c "$2" -e "$work/$1.err" -g 'daemon off; master_process off;'
}

start_haproxy() { start "$1" haproxy -db -q -f "$2"; }

# The wheel's own `envoy` is a Python program that runs the real one; the real one is what has to be measured.
find_envoy() {
    local found
    found=$(compgen -G "$root/.build-tools/venv/lib/python3*/site-packages/envoy/_bin/envoy" | head -n 1) || true
    [ -n "$found" ] || found=$(command -v envoy) || return 1
    printf %s "$found"
}

start_envoy() { # name, configuration
    local envoy
    envoy=$(find_envoy) || {
        say "Envoy is not there (scripts/bootstrap --tests): left out"
        return 0
    }
    start "$1" "$envoy" --concurrency 1 --disable-hot-restart --log-level error -c "$2"
}

build_authd() {
    if [ -n "${AUTHD_BIN:-}" ]; then
        authd=$AUTHD_BIN
    else
        say "building authd for release"
        make -C "$root" products >&2
        authd=$(make -s -C "$root" release-folder)/authd
    fi
    [ -x "$authd" ] || fail "$authd is not there"
}

# Registers a server for measuring once it answers 2xx. $1: name, $2: URL, the rest: further header fields.
ready() {
    local name=$1 address=$2 deadline=$((SECONDS + 20))
    shift 2
    [ -n "${pid[$name]:-}" ] || return 0
    url[$name]=$address
    fields[$name]=$(printf '%s\n' "$@")
    until [ "$(status "$name" "$token")" = 200 ] || [ "$(status "$name" "$token")" = 204 ]; do
        kill -0 "${pid[$name]}" 2>/dev/null || fail "$name ended: $(tail -n 5 "$work/$name.log")"
        [ "$SECONDS" -lt "$deadline" ] || fail "$name does not answer: $(tail -n 5 "$work/$name.log")"
    done
    names+=("$name")
}

# What a server says to one request. $1: name, $2: token.
status() {
    local arguments=() field
    while IFS= read -r field; do [ -z "$field" ] || arguments+=(-H "$field"); done <<<"${fields[$1]}"
    curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $2" "${arguments[@]}" "${url[$1]}" || true
}

# A server that lets a forged token through does not do the work that is compared.
must_refuse() {
    [ -n "${pid[$1]:-}" ] || return 0
    local answer
    answer=$(status "$1" "$(make_token another-secret-of-32-bytes-long!)")
    case $answer in
    401 | 403) ;;
    *) fail "$1 answers a forged token with $answer" ;;
    esac
}

# --- measuring -----------------------------------------------------------------------------------------------------

# CPU time of all threads of a process, in microseconds; the scheduler counts it in nanoseconds.
cpu_microseconds() { cat /proc/"$1"/task/*/schedstat | awk '{ sum += $1 } END { printf "%.0f", sum / 1000 }'; }

load() { # name, seconds
    local arguments=() field
    while IFS= read -r field; do [ -z "$field" ] || arguments+=(-H "$field"); done <<<"${fields[$1]}"
    wrk -t1 -c"$connections" -d"$2"s --latency -H "Authorization: Bearer $token" "${arguments[@]}" "${url[$1]}"
}

# One measurement of one server, as a line of the CSV: round,server,cpu,rps,p50,p99 (microseconds).
measure() { # round, name
    local before after report
    load "$2" 2 >/dev/null
    before=$(cpu_microseconds "${pid[$2]}")
    report=$(load "$2" "$seconds")
    after=$(cpu_microseconds "${pid[$2]}")
    awk -v round="$1" -v name="$2" -v cpu=$((after - before)) '
        function microseconds(text) {
            if (text ~ /us$/) return text + 0
            if (text ~ /ms$/) return text * 1000
            return text * 1000000
        }
        / requests in / { count = $1 }
        /^Requests\/sec/ { rps = $2 }
        $1 == "50%" { p50 = microseconds($2) }
        $1 == "99%" { p99 = microseconds($2) }
        /Non-2xx/ { bad = $NF }
        /Socket errors/ { bad += $4 + $6 + $8 + $10 }
        END {
            if (bad > 0 || count == 0) { printf "%s: %d requests, %d failed\n", name, count, bad >"/dev/stderr"; exit 1 }
            printf "%d,%s,%.3f,%.0f,%.0f,%.0f\n", round, name, cpu / count, rps, p50, p99
        }' <<<"$report"
}

measure_all() { # file for the CSV
    local round name line
    printf 'round,server,cpu_us_per_request,requests_per_second,p50_us,p99_us\n' >"$1"
    for ((round = 1; round <= rounds; round++)); do
        for name in "${names[@]}"; do
            line=$(measure "$round" "$name") || fail "measuring $name failed"
            printf '%s\n' "$line" >>"$1"
            say "round $round of $rounds: $line"
        done
    done
}

median() { # file, server, column
    awk -F, -v name="$2" -v column="$3" '$2 == name { print $column }' "$1" | sort -n |
        awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'
}

print_table() { # file
    local name
    printf '%-28s %14s %14s %10s %10s\n' server 'CPU us/request' requests/s 'p50 us' 'p99 us'
    for name in "${names[@]}"; do
        printf '%-28s %14.2f %14.0f %10.0f %10.0f\n' "$name" "$(median "$1" "$name" 3)" "$(median "$1" "$name" 4)" \
            "$(median "$1" "$name" 5)" "$(median "$1" "$name" 6)"
    done
}

# Prints the ratio of authd's CPU per request to a peer's beside its goal. $1: file, $2: peer, $3: goal.
missed=0
print_ratio() {
    [ -n "${pid[$2]:-}" ] || return 0
    local verdict=met ratio
    ratio=$(awk -v a="$(median "$1" authd 3)" -v b="$(median "$1" "$2" 3)" 'BEGIN { printf "%.3f", a / b }')
    awk -v ratio="$ratio" -v goal="$3" 'BEGIN { exit !(ratio > goal) }' && verdict=MISSED && missed=$((missed + 1))
    printf 'authd / %-24s %8s   goal <= %s   %s\n' "$2" "$ratio" "$3" "$verdict"
}

results_file() { # name
    mkdir -p "$root/Benchmarks/results"
    printf '%s/Benchmarks/results/%s-%s.csv' "$root" "$1" "$(date -u +%Y%m%dT%H%M%SZ)"
}

finish() { # file
    printf '\n%s rounds of %s s, %s connections, %s\nCSV: %s\n' "$rounds" "$seconds" "$connections" \
        "$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores" "${1#"$root"/}"
    if [ "$check" = yes ] && [ "$missed" -gt 0 ]; then exit 1; fi
}
