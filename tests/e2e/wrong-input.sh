#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# What can go wrong outside the program: one clear line on stderr, the right exit status, and no
# half-written case file.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/e2e/lib/tap.sh
. "$root/tests/e2e/lib/tap.sh"
# shellcheck source=tests/e2e/lib/recipe.sh
. "$root/tests/e2e/lib/recipe.sh"
CORRESPOND=${CORRESPOND:-$root/build-dev/correspond}
tap_needs_program
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"

put hidden/core.c <<'C'
int core_call(int x) { return x + 1; }
C
put source/mod.c <<'C'
int core_call(int x);
int mod_init(void) { return core_call(2) + 1; }
C
kernel hidden/core.c
module shipped/mod GPL source/mod.c
mkdir empty nosource
printf '\211PNG\r\n\032\n' >nosource/logo.png

# Runs the program; status, out and err are left for the checks.
run() {
    status=0
    rm -f x.corr
    timeout 120 "$CORRESPOND" "$@" >out 2>err </dev/null || status=$?
}
# ends NAME STATUS [TEXT]: the status, a line on stderr (one, and with TEXT) and no case file.
ends() {
    same "$1: exit status $2" "$status" "$2"
    if [ "$2" -ne 0 ]; then
        check "$1: stderr says why" test -s err
        check "$1: a clear line" clear_line "${3-}"
    fi
}
clear_line() {
    local lines
    lines=$(wc -l <err)
    if [ "$lines" -gt 3 ] || ! grep -qF -- "$1" err; then
        echo "want \"$1\" in at most three lines:"
        cat err
        return 1
    fi
    ! grep -qE 'Sanitizer|runtime error' err
}
no_case() {
    check "$1: no case file is left" test -z "$(find . -name 'x.corr*' -o -name '*.tmp*' -o -name '.x.corr*')"
}

run audit shipped --source nowhere -o x.corr
ends "a missing source" 3 nowhere
no_case "a missing source"
run audit nowhere --source source -o x.corr
ends "a missing shipped path" 3 nowhere
no_case "a missing shipped path"

if [ "$(id -u)" -ne 0 ]; then
    cp shipped/mod secret
    chmod 000 secret
    run audit secret --source source -o x.corr
    ends "an unreadable file" 3 secret
    no_case "an unreadable file"
elif command -v setpriv >/dev/null; then
    cp shipped/mod secret
    chmod 000 secret
    chmod 755 "$work"
    status=0
    setpriv --reuid 65534 --regid 65534 --clear-groups "$CORRESPOND" audit "$work/secret" \
        --source "$work/source" --json - >out 2>err </dev/null || status=$?
    ends "an unreadable file" 3 secret
else
    skip "an unreadable file" "root reads everything"
fi

run audit empty --source source -o x.corr
ends "an empty shipped folder" 3
run audit shipped --source empty -o x.corr
ends "an empty source folder" 3
run audit shipped --source nosource -o x.corr
ends "a source folder without sources" 3
run audit nosource --source source -o x.corr
ends "a shipped folder without code" 3

mkdir x.d
run audit shipped --source source -o x.d
ends "-o names a folder" 3 x.d
check "-o names a folder: it is still empty" test -z "$(ls -A x.d)"
run audit shipped --source source -o nowhere/x.corr
ends "-o in a missing folder" 3 nowhere
run audit shipped --source source -o /proc/x.corr
ends "-o where nothing can be written" 3 /proc
run audit shipped --source source -o x.corr --json /dev/full
ends "--json to a full device" 3 /dev/full
if [ "$(id -u)" -ne 0 ]; then
    mkdir readonly
    chmod 555 readonly
    run audit shipped --source source -o readonly/x.corr
    ends "-o in a read-only folder" 3 readonly
fi

hash=$(gzip -c shipped/mod | tee mod.gz | sha256sum | cut -d ' ' -f 1)
run audit mod.gz --source source --expect "sha256:$hash" -o x.corr
check "the right --expect is no error" test "$status" -ne 3 -a "$status" -ne 2
run audit mod.gz --source source --expect "sha1:$(sha1sum <mod.gz | cut -d ' ' -f 1)" -o x.corr
check "the right --expect by SHA-1 is no error" test "$status" -ne 3 -a "$status" -ne 2
run audit mod.gz --source source --expect "sha256:${hash//[0-9a-f]/0}" -o x.corr
ends "a wrong --expect" 3 sha256
no_case "a wrong --expect"
run audit mod.gz --source source --expect "md5:00" -o x.corr
ends "an --expect of no known kind" 2

run
ends "no command" 2
run frobnicate
ends "an unknown command" 2 frobnicate
run audit
ends "audit without paths" 2
run audit shipped --source source --no-such-option -o x.corr
ends "an unknown option" 2 no-such-option
run audit shipped --source
ends "an option without its value" 2 source
run audit shipped --source source -j zero -o x.corr
ends "-j with a word" 2
run audit shipped --source source -j 0 -o x.corr
ends "-j 0" 2
run audit shipped -o x.corr
ends "audit without a source" 2
run show
ends "show without a case file" 2
run show nowhere.corr
ends "show of a missing case file" 3 nowhere.corr
head -c 3000 shipped/mod >false.corr
run show false.corr
ends "show of a file that is no case file" 3 false.corr
run list false.corr components
ends "list of a file that is no case file" 3 false.corr
run report false.corr --format json -o x.json
ends "report of a file that is no case file" 3 false.corr
check "no report is left" test ! -e x.json

run audit shipped --source source -o shipped/mod/x.corr
ends "-o below a file" 3 "Not a directory"
run audit shipped --source source -o /dev/full
ends "-o names a device" 3 /dev/full

run audit shipped --source source -o good.corr
same "a good audit of the same inputs: exit status 1" "$status" 1
head -c 5000 good.corr >cut.corr || true
run show cut.corr
ends "show of a case file cut short" 3 cut.corr
run list good.corr nonsense
ends "list of no known list" 2 nonsense
run report good.corr --format nonsense -o x.out
ends "report in no known format" 2 nonsense

run --help
ends "--help" 0
check "--help goes to stdout" test -s out
run --version
ends "--version" 0
check "--version names the libraries" grep -qi sqlite out
for command in audit show list report; do
    run "$command" --help
    ends "$command --help" 0
    check "$command --help goes to stdout" test -s out
done

# Standard output on a full disk.
for words in "show good.corr core_call" "list good.corr symbols" "report good.corr" \
    "tree shipped/mod" "audit shipped --source source" "--help" "audit --help" "--version"; do
    status=0
    # shellcheck disable=SC2086 # a list of words
    "$CORRESPOND" $words >/dev/full 2>err || status=$?
    ends "$words to a full disk" 3 "No space left"
done

# A file that may not grow, and streams that the caller closed.
limited() { # KIB ARGUMENT...
    local kib=$1
    shift
    status=0
    (ulimit -f "$kib" && exec "$CORRESPOND" audit shipped --source source "$@") >out 2>err || status=$?
}
limited 8 -o x.corr
ends "a case file over the size limit" 3 x.corr
check "a case file over the size limit: nothing is left" test -z "$(find . -name 'x.corr*')"
limited 1 --json x.json --all
ends "a report over the size limit" 3 x.json
check "no report is left either" test -z "$(find . -name 'x.json*')"
closed_streams() {
    status=0
    "$CORRESPOND" audit shipped --source source --json x.json <&- >&- 2>&- || status=$?
    [ "$status" -eq 3 ] && jq -e '.schema == "correspond-report/1"' x.json
}
check "closed streams do no harm to a report" closed_streams

broken_pipe() {
    { "$CORRESPOND" list good.corr symbols 2>err; echo $? >pipe.status; } | true
    [ "$(cat pipe.status)" -ne 127 ] && [ "$(cat pipe.status)" -le 141 ] && ! grep -q Sanitizer err
}
check "a reader that goes away breaks nothing" broken_pipe

# Ctrl-C in the middle: many files, so that the audit takes a while.
mkdir many
seq 1 4000 | while read -r n; do
    printf 'int f%d(int x)\n{\n    return x + %d;\n}\n' "$n" "$n"
done >many/one.c
for n in $(seq 1 400); do
    cp many/one.c "many/$n.c"
done
interrupt() {
    local pid got=0 tries=0
    rm -f x.corr
    "$CORRESPOND" audit shipped --source many -o x.corr >out 2>err &
    pid=$!
    sleep "$1"
    kill -INT $pid 2>/dev/null || { wait $pid; echo "it ended before the signal came"; return 2; }
    while kill -0 $pid 2>/dev/null && [ $tries -lt 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    [ $tries -lt 100 ] || { kill -KILL $pid; echo "it did not end within 10 s"; return 1; }
    wait $pid || got=$?
    [ $got -eq 130 ] || { echo "exit status $got"; cat err; return 1; }
    [ -z "$(find . -name 'x.corr*' -o -name '.x.corr*')" ] || { echo "a case file is left"; return 1; }
}
# A script's background jobs ignore SIGINT; a job of a monitored shell does not.
set -m
check "Ctrl-C: exit status 130 and no case file" interrupt 0.3
set +m
tap_end
