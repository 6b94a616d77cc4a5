#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# extract and tree from outside: exit statuses, folders that are no good, a full disk, Ctrl-C, what
# the manifest says against what is there, and budgets.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/e2e/lib/tap.sh
. "$root/tests/e2e/lib/tap.sh"
CORRESPOND=${CORRESPOND:-$root/build-dev/correspond}
tap_needs_program
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"

run() {
    status=0
    timeout 120 "$CORRESPOND" "$@" >out.txt 2>err.txt </dev/null || status=$?
    ! grep -E 'Sanitizer|runtime error' err.txt || not_ok "the sanitizers have nothing to say"
}
ends() { # NAME STATUS [TEXT]
    same "$1: exit status $2" "$status" "$2"
    [ -z "${3-}" ] || check "$1: says why" grep -qF -- "$3" err.txt
}

mkdir -p tree/sub
seq 1 3000 >tree/a.c
echo b >tree/sub/b.c
ln -s ../a.c tree/sub/link
tar -czf good.tgz tree
hash=$(sha256sum <good.tgz | cut -d ' ' -f 1)

run extract good.tgz -o out --expect "sha256:$hash"
ends "a good archive" 0
check "a good archive: its tree is there" diff -r tree out/gzip.d/tree
same "a good archive: links live" "$(readlink out/gzip.d/tree/sub/link)" ../a.c
manifest_agrees() {
    awk -F '\t' '$1 == "written" && $2 == "file" { print $4 "  out/" $5 }' out.txt | sha256sum -c --quiet
}
check "a good archive: the manifest's hashes hold" manifest_agrees

run extract good.tgz -o out
ends "a folder that is not empty" 3 "not empty"
run extract good.tgz -o out --force -q
ends "--force" 0
check "--force replaces nothing" test -e out/gzip -a -e "out/gzip~2"
run extract good.tgz -o new --expect "sha256:${hash//[0-9a-f]/0}"
ends "a wrong --expect" 3 "expected"
check "a wrong --expect: nothing is written" test -z "$(ls -A new)"
run extract nowhere.tgz -o new2
ends "a missing input" 3 nowhere
check "a missing input: no folder is made" test ! -e new2
run extract good.tgz -o a.file/x
ends "a folder below nothing" 3
run extract tree -o tree/sub/x
ends "a folder inside of what is read" 3 "in what is read"
run extract good.tgz
ends "no folder" 2
run extract -o new3
ends "no input" 2
run extract good.tgz -o leaves --leaves '*.c'
ends "globs" 0
same "globs: only what was asked for" "$(cd leaves && find . -type f | sort | tr '\n' ' ')" \
    "./gzip.d/tree/a.c ./gzip.d/tree/sub/b.c "
run extract good.tgz -o json --json
ends "--json" 0
same "--json: it is JSON" "$(jq -r '.schema + " " + (.items | length | tostring)' out.txt)" \
    "correspond-manifest/1 4"

if [ "$(id -u)" -ne 0 ]; then
    mkdir readonly
    chmod 555 readonly
    run extract good.tgz -o readonly
    ends "a read-only folder" 3 readonly
else
    skip "a read-only folder" "root writes everywhere"
fi
head -c 3000000 /dev/zero >zeros
tar -cf zeros.tar zeros
status=0
(ulimit -f 1000 && exec "$CORRESPOND" extract zeros.tar -o full) >out.txt 2>err.txt || status=$?
ends "files that may not grow" 3 "cannot write"
check "files that may not grow: nothing is left half written" test -z "$(find full -type f)"

# Ctrl-C in the middle.
mkdir many
for i in $(seq 1 1500); do cp tree/a.c "many/$i.c"; done
tar -cf many.tar many many many
interrupt() {
    local pid got=0
    "$CORRESPOND" extract many.tar -o stopped >out.txt 2>err.txt &
    pid=$!
    for _ in $(seq 1 200); do
        [ ! -e stopped/many/3.c ] || break
        sleep 0.02
    done
    kill -INT $pid
    wait $pid || got=$?
    [ $got -eq 130 ] || { echo "exit status $got"; cat err.txt; return 1; }
    for file in stopped/many/*; do
        cmp -s "$file" tree/a.c || { echo "$file is not whole"; return 1; }
    done
    grep -q "not finished" err.txt
}
set -m
check "Ctrl-C: status 130, and only whole files" interrupt
set +m

run tree good.tgz --json
ends "tree --json" 0
same "tree --json: it is JSON" "$(jq -r '.schema + " " + .members[2].path' out.txt)" \
    "correspond-tree/1 good.tgz!gzip!/tree/a.c"
gzip -dc good.tgz >good.tar
at_offset() {
    cmp -i "$(jq '.members[2].offset' out.txt):0" -n "$(jq '.members[2].size' out.txt)" \
        good.tar tree/a.c
}
check "tree --json: the offset holds" at_offset
# Each byte of a container is a member's that stands in it, or its own.
run tree good.tgz --json
adds_up() {
    jq -e '.members as $all | [range($all | length)] | all(. as $i | $all[$i] as $m |
        ([$all[] | select(.parent == $i and .offset != null) | .size] | add // 0) + $m.own ==
            $m.size)' out.txt >/dev/null
}
check "tree --json: sizes add up" adds_up
run tree good.tgz --expect "sha1:$(sha1sum <good.tgz | cut -d ' ' -f 1)"
ends "tree --expect" 0
run tree good.tgz --expect "sha1:0000000000000000000000000000000000000000"
ends "tree with a wrong --expect" 3 "expected sha1:0000"
run tree good.tgz --format xml
ends "tree in no known format" 2 xml

# Budgets, each hit once.
hits() { # NAME REASON OPTION...
    local name=$1 reason=$2
    shift 2
    run tree "$@"
    ends "$name" 0
    check "$name: $reason" grep -qE "^unread.*$reason" out.txt
}
hits "--max-depth" "too many layers" good.tgz --max-depth 1
hits "--max-members" "more than 3 members" good.tgz --max-members 3
hits "--max-total" "too many bytes" good.tgz --max-total 4K
head -c 200000000 /dev/zero | gzip >bomb.gz
hits "--max-ratio" "one byte unpacks to more than 100" bomb.gz --max-ratio 100
run tree good.tgz --max-depth none
ends "a budget that is no number" 2 max-depth
run tree good.tgz --no-sandbox
ends "--no-sandbox" 0
run tree good.tgz -v
check "-v names the sandbox" grep -q "sandbox:" err.txt
tap_end
