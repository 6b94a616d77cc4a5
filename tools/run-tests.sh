#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# run-tests.sh DEV_BUILD RELEASE_BUILD
#
# Runs the unit tests and the end-to-end tests on the sanitized build, and the house checks, and
# counts the TAP points of all of them. A program that crashes, ends with a status other than 0
# without a failed point, or leaves points out, counts as failed. Only end-to-end scripts named in
# ONLY run, when it is set: ONLY="demo cases" tools/run-tests.sh build-dev build.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")/.." && pwd)
dev=$(cd "$1" && pwd)
release=$(cd "$2" && pwd)
cd "$here"
logs=$dev/test-logs
rm -rf "$logs"
mkdir -p "$logs"
export CORRESPOND=${CORRESPOND:-$dev/correspond}
export CORRESPOND_RELEASE=${CORRESPOND_RELEASE:-$release/correspond}
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:exitcode=99}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1:exitcode=99}

passed=0 failed=0 skipped=0

# count NAME LOG STATUS: adds the points of one TAP log.
count() {
    local name=$1 log=$2 status=$3 points
    points=$(awk -v status="$status" '
        /^1\.\.[0-9]+/ { plan = substr($1, 4) + 0; planned = 1 }
        /^ok/ { seen++; if (/# *[Ss][Kk][Ii][Pp]/) skip++; else pass++ }
        /^not ok/ { seen++; if (/# *[Tt][Oo][Dd][Oo]/) skip++; else fail++ }
        END {
            if (!planned) fail++
            else if (plan > seen) fail += plan - seen
            if (status != 0 && !fail) fail++
            print pass + 0, fail + 0, skip + 0
        }' "$log")
    local p f s
    read -r p f s <<<"$points"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    printf '%-14s %4d passed, %d failed%s\n' "$name" "$p" "$f" "$([ "$s" -eq 0 ] || echo ", $s skipped")"
    if [ "$f" -ne 0 ]; then
        # Each failed point with the notes in front of it.
        awk '/^#/ { notes = notes "    " $0 "\n"; next } /^not ok/ { printf "%s  %s\n", notes, $0 }
            { notes = "" } END { printf "%s", notes }' "$log" | head -n 150 || true
        echo "  exit status $status, log: $log"
    fi
}

run_unit_tests() {
    meson test -C "$dev" --no-rebuild --no-suite bench >"$logs/meson.txt" 2>&1 || true
    if [ ! -s "$dev/meson-logs/testlog.json" ]; then
        tail -n 20 "$logs/meson.txt"
        failed=$((failed + 1))
        return
    fi
    local line name status
    while IFS= read -r line; do
        # Where there are suites, the name comes after the project's or the suite's: "x / name".
        name=$(jq -r '.name | sub("^.* / "; "") | gsub("[^A-Za-z0-9_.-]"; "-")' <<<"$line")
        status=$(jq -r '.returncode // 1' <<<"$line")
        jq -r '(.stdout // ""), (.stderr // "" | split("\n") | map("# " + .) | join("\n"))' \
            <<<"$line" >"$logs/unit-$name.tap"
        count "unit $name" "$logs/unit-$name.tap" "$status"
    done <"$dev/meson-logs/testlog.json"
}

run_script() {
    local name=$1 status=0
    shift
    timeout 900 "$@" >"$logs/$name.tap" 2>"$logs/$name.err" </dev/null || status=$?
    sed 's/^/# /' "$logs/$name.err" >>"$logs/$name.tap"
    count "$name" "$logs/$name.tap" "$status"
}

run_unit_tests
for script in tests/e2e/*.sh; do
    name=$(basename "$script" .sh)
    [ -z "${ONLY-}" ] || [[ " $ONLY " == *" $name "* ]] || continue
    run_script "$name" "$script"
done
if [ -z "${ONLY-}" ] || [[ " $ONLY " == *" house "* ]]; then
    run_script house tools/check-house.sh
fi

if [ "$skipped" -eq 0 ]; then
    echo "$passed passed, $failed failed"
else
    echo "$passed passed, $failed failed, $skipped skipped"
fi
[ "$failed" -eq 0 ]
