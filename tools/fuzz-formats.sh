#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# fuzz-formats.sh SECONDS [FORMAT...]
#
# libFuzzer over each row of the table of formats (or those named), SECONDS each, with what the
# recipes make as seeds. Needs clang. What is found stands in out/fuzz/FORMAT, the corpora grow in
# out/corpus. Exits 1 when anything was found.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."
seconds=$1
shift
mkdir -p out
build="build-fuzz"
[ -f $build/build.ninja ] || CC=clang meson setup $build -Dfuzz=true -Db_sanitize=address,undefined \
    -Db_lundef=false -Dbuildtype=debugoptimized >/dev/null
ninja -C $build tests/intake/fuzz-intake-format tests/intake/test-intake-fuzz >/dev/null
# The recipes' files, by format.
made=$(COR_TESTS_KEEP=1 FUZZ_ROUNDS=0 $build/tests/intake/test-intake-fuzz |
    tee out/fuzz-recipes.log | sed -n 's/^# kept in //p')
trap 'rm -rf "$made"' EXIT
mapfile -t known < <(sed -n 's/^# \([^ :]*\): 0 rounds (\(.*\))$/\1 \2/p' out/fuzz-recipes.log)
[ $# -gt 0 ] || mapfile -t formats < <(printf '%s\n' "${known[@]}" | cut -d ' ' -f 1 | sort -u)
[ $# -eq 0 ] || formats=("$@")
found=0
for format in "${formats[@]}"; do
    mkdir -p "out/corpus/$format" "out/fuzz/$format"
    for row in "${known[@]}"; do
        [ "${row%% *}" != "$format" ] || cp "$made/${row#* }" "out/corpus/$format/"
    done
    status=0
    FUZZ_FORMAT=$format $build/tests/intake/fuzz-intake-format -max_total_time="$seconds" \
        -timeout=20 -rss_limit_mb=2048 -malloc_limit_mb=1500 -print_final_stats=1 \
        -artifact_prefix="out/fuzz/$format/" "out/corpus/$format" >"out/fuzz/$format/log" 2>&1 ||
        status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "out/fuzz/$format/log")
    echo "$format: ${runs:-?} runs, $([ "$status" -eq 0 ] && echo nothing found || echo "FOUND, see out/fuzz/$format")"
    [ "$status" -eq 0 ] || found=1
done
exit $found
