#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# cases.sh [NAME...]
#
# Runs the case folders of tests/cases. A case has four files:
#   description  what it shows, in a sentence or two
#   recipe.sh    makes the inputs in an empty folder (words: tests/e2e/lib/recipe.sh)
#   args         the program's arguments, in shell quoting
#   expect       one statement a line, each a TAP point:
#       exit STATUS
#       symbol NAME CLASS yes|no [TEXT]   the class, whether it is a finding, text in its row
#       nosymbol NAME                     no row of that name
#       function NAME CLASS               a row of `functions`
#       nofunction NAME                   no such row
#       true JQ                           an expression over the JSON report
#       stdout TEXT, stderr TEXT          the text stands there
#       nostdout TEXT                     it does not
#       file PATH, nofile PATH            the path exists, or does not
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/e2e/lib/tap.sh
. "$root/tests/e2e/lib/tap.sh"
CORRESPOND=${CORRESPOND:-$root/build-dev/correspond}
tap_needs_program
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

rows() { # NAME: class, finding of each row of that name
    jq -r --arg n "$1" '.symbols // [] | map(select(.name == $n)) |
        map(.class + " " + (if .finding then "yes" else "no" end)) | join("; ")' report.json
}

lacks() { # FILE TEXT
    ! grep -F -- "$2" "$1"
}

row_has() { # NAME TEXT
    jq -r --arg n "$1" '.symbols[] | select(.name == $n) | tostring' report.json | grep -qF -- "$2"
}

functions_of() {
    jq -r --arg n "$1" '.functions // [] | map(select(.name == $n)) | map(.class) | unique |
        join("; ")' report.json
}

absent() { # LIST NAME: there is such a list, and the name is not in it
    jq -e --arg l "$1" --arg n "$2" '.[$l] | type == "array" and all(.name != $n)' report.json
}

statement() { # CASE STATUS WORD REST
    local case=$1 status=$2 word=$3 rest=$4 name class finding text
    case $word in
    exit) same "$case: exit $rest" "$status" "$rest" ;;
    symbol)
        read -r name class finding text <<<"$rest"
        same "$case: $name is $class, finding: $finding" "$(rows "$name")" "$class $finding"
        [ -z "$text" ] || check "$case: $name: $text" row_has "$name" "$text"
        ;;
    nosymbol) check "$case: no row for $rest" absent symbols "$rest" ;;
    function)
        read -r name class <<<"$rest"
        same "$case: function $name is $class" "$(functions_of "$name")" "$class"
        ;;
    nofunction) check "$case: no function row for $rest" absent functions "$rest" ;;
    true) check "$case: $rest" jq -e "$rest" report.json ;;
    stdout) check "$case: stdout: $rest" grep -F -- "$rest" stdout ;;
    nostdout) check "$case: not on stdout: $rest" lacks stdout "$rest" ;;
    stderr) check "$case: stderr: $rest" grep -F -- "$rest" stderr ;;
    file) check "$case: $rest exists" test -e "$rest" ;;
    nofile) check "$case: $rest does not exist" test ! -e "$rest" ;;
    *) not_ok "$case: no statement is called $word" ;;
    esac
}

run_case() {
    local folder=$1 name status=0 word rest before=$tap_failed
    name=$(basename "$folder")
    mkdir "$work/$name"
    cd "$work/$name"
    if ! bash -euc '. "$1"; . "$2"' recipe "$root/tests/e2e/lib/recipe.sh" "$folder/recipe.sh" \
        >recipe.log 2>&1; then
        tap_note "$(cat recipe.log)"
        not_ok "$name: the recipe works"
        return 0
    fi
    rm -f recipe.log
    eval "set -- $(cat "$folder/args")"
    "$CORRESPOND" "$@" >stdout 2>stderr || status=$?
    if grep -qE 'ERROR: (Address|Leak)Sanitizer|runtime error:' stderr; then
        tap_note "$(head -n 40 stderr)"
        not_ok "$name: the sanitizers are silent"
    fi
    [ -s report.json ] || echo '{"symbols": null}' >report.json
    while read -r word rest; do
        case $word in '' | '#'*) continue ;; esac
        statement "$name" "$status" "$word" "$rest"
    done <"$folder/expect"
    [ "$tap_failed" -eq "$before" ] || tap_note "stderr: $(head -n 8 stderr)"
    cd "$work"
    rm -rf "${work:?}/$name"
}

if [ $# -eq 0 ]; then
    for folder in "$root"/tests/cases/*/; do
        run_case "${folder%/}"
    done
else
    for name; do
        run_case "$root/tests/cases/$name"
    done
fi
tap_end
