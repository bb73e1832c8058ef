#!/usr/bin/env bash
# Measures lambda-authorizer beside a Python authorizer (Benchmarks/lambda/authorizer.py: awslambdaric and PyJWT) that
# answers the same event, both under AWS's own runtime interface emulator and in turn.
#
# The emulator starts the function when the first event comes, as Lambda does in a cold start: the time of the first
# answer is the start. The functions run as processes of this machine, so fetching and unpacking the zip is not in it.
# A warm invocation takes the caller what the emulator itself takes, the same for all, and what the function takes: the
# processor time of the function's process is what is compared. hello-world, which decides nothing, shows the rest. The
# Python function writes no line for what it allows, so lambda-authorizer is told to write none (some 20 µs) either.
set -euo pipefail
# shellcheck source=Benchmarks/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

starts=15
invocations=1000
port=9021
readonly zips=$root/.build/dist/lambda
readonly python_packages=(awslambdaric==4.2.2 pyjwt==2.15.1)
readonly python_folder=$root/.build-tools/lambda-python

usage() {
    cat <<TEXT
usage: Benchmarks/${0##*/} [--starts N] [--invocations N] [--check]
  --starts N       how often each function is started anew (default $starts; the table has the medians)
  --invocations N  warm invocations of each in each of three rounds (default $invocations)
  --check          exit 1 when a goal is missed
TEXT
}

parse() {
    while [ "$#" -gt 0 ]; do
        case $1 in
        --starts) starts=${2:?} && shift ;;
        --invocations) invocations=${2:?} && shift ;;
        --check) check=yes ;;
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && exit 64 ;;
        esac
        shift
    done
    emulator=$root/.build-tools/aws/bin/aws-lambda-rie
    [ -x "$emulator" ] || fail "aws-lambda-rie is not there: scripts/bootstrap --tests"
    [ -f "$zips/lambda-authorizer.zip" ] || fail "lambda-authorizer.zip is not there: make lambda"
}

# What the zip of the Python function would hold, from the package index once.
prepare_python() {
    python=$(python3 -c 'import sys; print(sys.executable)')
    if [ "$(cat "$python_folder.stamp" 2>/dev/null)" != "${python_packages[*]}" ]; then
        say "installing ${python_packages[*]} into ${python_folder#"$root"/}"
        rm -rf "$python_folder"
        "$python" -m pip install --quiet --root-user-action=ignore --disable-pip-version-check --target "$python_folder" "${python_packages[@]}"
        printf '%s\n' "${python_packages[*]}" >"$python_folder.stamp"
    fi
    cp "$root/Benchmarks/lambda/authorizer.py" "$python_folder/"
    # Lambda's own runtime brings awslambdaric: the zip needs the handler and PyJWT alone.
    (cd "$python_folder" && rm -f "$work/python.zip" &&
        "$python" -m zipfile -c "$work/python.zip" authorizer.py jwt)
}

prepare_swift() {
    "$(command -v python3)" -m zipfile -e "$zips/lambda-authorizer.zip" "$work/swift"
    chmod 0755 "$work/swift/bootstrap"
}

# What answers without deciding: the floor under every figure.
write_event() {
    printf '{"type":"TOKEN","methodArn":"%s","authorizationToken":"Bearer %s"}' \
        'arn:aws:execute-api:ap-southeast-3:123456789012:abcdef1234/prod/GET/hello' "$token" >"$work/event.json"
}

declare -A command=()
describe() {
    command[swift]=$work/swift/bootstrap
    command[python]="$python -m awslambdaric authorizer.handler"
    hello=$zips/hello-world/bootstrap
    if [ -x "$hello" ]; then command[floor]=$hello; fi
}

readonly path=/2015-03-31/functions/function/invocations
ask() { curl -s -o "$1" -w '%{time_total}\n' --data-binary "@$work/event.json" "http://127.0.0.1:$port$path${2:-}"; }

# Starts the emulator with a function that has not been started yet. $1: name.
open_emulator() {
    # shellcheck disable=SC2086 # a command and its arguments
    (cd "$python_folder" && exec env -i PATH="$PATH" JWT_SECRET="$secret" AWS_LAMBDA_FUNCTION_TIMEOUT=60 AWS_LAMBDA_LOG_LEVEL=WARN \
        PYTHONPATH="$python_folder" "$emulator" --log-level error \
        --runtime-interface-emulator-address "127.0.0.1:$port" --runtime-api-address "127.0.0.1:$((port + 1))" \
        ${command[$1]}) >"$work/$1.log" 2>&1 &
    running=$!
    started+=("$running")
    local deadline=$((SECONDS + 20))
    until (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        kill -0 "$running" 2>/dev/null || fail "the emulator ended: $(tail -n 5 "$work/$1.log")"
        [ "$SECONDS" -lt "$deadline" ] || fail "the emulator does not listen"
    done
}

close_emulator() {
    kill "$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
}

# The function is the emulator's child.
function_process() { pgrep -P "$running" | head -n 1; }
peak_kibibytes() { awk '/VmHWM/ { print $2 }' "/proc/$1/status"; }

must_allow() {
    case $1 in
    floor) return 0 ;;
    esac
    grep -q '"Effect": *"Allow"' "$work/answer" || fail "$1 does not allow: $(cat "$work/answer")"
}

# A function that lets a forged token through does not do the work that is compared.
must_deny() {
    [ "$1" != floor ] || return 0
    sed 's/Bearer ey/Bearer eY/' "$work/event.json" >"$work/forged.json"
    curl -s --data-binary "@$work/forged.json" "http://127.0.0.1:$port$path" >"$work/answer"
    ! grep -q '"Effect": *"Allow"' "$work/answer" || fail "$1 allows a forged token"
}

# One start and its first answer, as a line of the CSV: measure,function,seconds.
measure_start() {
    open_emulator "$1"
    printf 'start,%s,%s\n' "$1" "$(ask "$work/answer")" >>"$csv"
    must_allow "$1"
    close_emulator
}

# The middle one of the numbers on standard input, times a factor, as a line of the CSV. $1: measure, $2: name, $3: factor.
record_median() {
    sort -n | awk -v measure="$1" -v name="$2" -v factor="${3:-1}" '
        { value[NR] = $1 }
        END { printf "%s,%s,%.9f\n", measure, name, value[int((NR + 1) / 2)] * factor }' >>"$csv"
}

# What the emulator writes for each invocation and Lambda would bill by, in milliseconds.
reported() { sed -nE 's/^REPORT .*\sDuration: ([0-9.]+) ms\s+Billed.*/\1/p' "$work/$1.log" | tail -n "$invocations"; }

measure_warm() {
    local process before after
    open_emulator "$1"
    ask "$work/answer" '?n=[1-100]' >/dev/null
    must_allow "$1"
    must_deny "$1"
    process=$(function_process)
    before=$(cpu_microseconds "$process")
    ask /dev/null "?n=[1-$invocations]" | record_median caller "$1"
    after=$(cpu_microseconds "$process")
    reported "$1" | record_median report "$1" 0.001
    awk -v cpu=$((after - before)) -v count="$invocations" 'BEGIN { print cpu / count }' |
        record_median processor "$1" 0.000001
    peak_kibibytes "$process" | record_median memory "$1"
    close_emulator
}

value() { # measure, function
    awk -F, -v measure="$1" -v name="$2" '$1 == measure && $2 == name { print $3 }' "$csv" | sort -n |
        awk '{ value[NR] = $1 } END { if (NR) print value[int((NR + 1) / 2)]; else print 0 }'
}

row() { # title, unit factor, format, python, swift, goal
    local ratio verdict=''
    ratio=$(awk -v a="$5" -v b="$4" 'BEGIN { if (b > 0) printf "%.3f", a / b; else print "-" }')
    if [ -n "${6:-}" ]; then
        verdict="goal <= $6: met"
        awk -v ratio="$ratio" -v goal="$6" 'BEGIN { exit !(ratio > goal) }' &&
            verdict="goal <= $6: MISSED" && missed=$((missed + 1))
    fi
    awk -v title="$1" -v factor="$2" -v form="$3" -v python="$4" -v swift="$5" -v ratio="$ratio" -v verdict="$verdict" '
        BEGIN { printf "| %-34s | %10s | %10s | %7s | %s\n", title, sprintf(form, python * factor), sprintf(form, swift * factor), ratio, verdict }'
}

floor() { value "$1" floor | awk '{ print $1 * 1000 }'; }

table() {
    printf '| %-34s | %10s | %10s | %7s |\n| --- | ---: | ---: | ---: |\n' '' Python Swift Swift/Py
    row 'start to first response, ms' 1000 '%.1f' "$(value start python)" "$(value start swift)" 0.1
    row 'warm invocation, caller, ms' 1000 '%.3f' "$(value caller python)" "$(value caller swift)"
    row 'warm invocation, REPORT, ms' 1000 '%.3f' "$(value report python)" "$(value report swift)"
    row 'warm invocation, processor, ms' 1000 '%.3f' "$(value processor python)" "$(value processor swift)" 0.333
    row 'peak memory, MiB' 0.0009765625 '%.1f' "$(value memory python)" "$(value memory swift)"
    row 'zip, KiB' 0.0009765625 '%.0f' "$(stat -c %s "$work/python.zip")" "$(stat -c %s "$zips/lambda-authorizer.zip")"
    if [ -n "${command[floor]:-}" ]; then
        printf '\nhello-world, which decides nothing: start %.1f ms, caller %.3f ms, REPORT %.3f ms, processor %.3f ms\n' \
            "$(floor start)" "$(floor caller)" "$(floor report)" "$(floor processor)"
    fi
}

parse "$@"
make_work
prepare_python
prepare_swift
write_event
describe
csv=$(results_file lambda)
for ((round = 1; round <= starts; round++)); do
    for name in "${!command[@]}"; do measure_start "$name"; done
    say "start $round of $starts"
done
for round in 1 2 3; do
    for name in "${!command[@]}"; do measure_warm "$name"; done
    say "warm round $round of 3"
done
printf '\n'
table
printf '\n%s starts, 3 rounds of %s invocations, Python %s, %s\nCSV: %s\n' "$starts" "$invocations" \
    "$("$python" -c 'import platform; print(platform.python_version())')" \
    "$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores" "${csv#"$root"/}"
if [ "$check" = yes ] && [ "$missed" -gt 0 ]; then exit 1; fi
