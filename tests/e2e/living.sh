#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# Living with cases: show and list, diff, verify, baseline and policy, and the evidence bundle, on
# the demo product as it is released and as it would be if it were complete.
# shellcheck disable=SC2016 # jq has variables of its own
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
unset SOURCE_DATE_EPOCH

# run STATUS ARGUMENT...: the program ends so; `out` and `err` are left.
run() {
    local want=$1 got=0
    shift
    "$CORRESPOND" "$@" >out 2>err </dev/null || got=$?
    if [ "$got" -ne "$want" ] || grep -qE 'Sanitizer|runtime error' err; then
        echo "exit status $got, want $want: $*"
        head -n 40 out err
        return 1
    fi
}
# says STATUS TEXT ARGUMENT...: ... and the text stands on stdout or stderr.
says() {
    local want=$1 text=$2
    shift 2
    run "$want" "$@" || return 1
    # Lines are broken at 80 columns.
    cat out err | tr -s ' \t\n' ' ' | grep -qF -- "$text" || {
        echo "want \"$text\""
        head -n 40 out err
        return 1
    }
}
# holds JQ ARGUMENT...: the expression is true of what is printed.
holds() {
    local expression=$1 want=$2
    shift 2
    run "$want" "$@" && jq -e "$expression" out
}

mkdir lacking complete
"$root/demo/make-product.sh" lacking >/dev/null 2>make.err
"$root/demo/make-product.sh" --complete complete >/dev/null 2>make.err
audit_lacking="audit lacking/installer.iso --source lacking/source.iso -q"
audit_complete="audit complete/installer.iso --source complete/source.iso -q"
# shellcheck disable=SC2086 # words
check "the product that lacks source" run 1 $audit_lacking -o lacking.corr --json lacking.json
# shellcheck disable=SC2086
check "the complete product" run 0 $audit_complete -o complete.corr

# --- show and list
check "show: a near name is told" says 3 "did you mean vk_device_name" show lacking.corr vk_device_nam
check "show: letters of another case" says 3 "did you mean vk_lock" show lacking.corr VK_LOCK
check "show: nothing near" says 3 "of this name" show lacking.corr zzzzzzzzzzzz
check "show: a component" says 0 "is component" show lacking.corr netdrv
check "show: a component by its id" says 0 "is component 1," show lacking.corr 1
check "show: a source file" says 0 "calls vk_device_name" show lacking.corr openlinux/pci.c
check "show: a source file is a member too" says 0 "sha256" show lacking.corr openlinux/pci.c
check "show: a member by its whole path" says 0 "is a member (read)" show lacking.corr \
    'installer.iso!/k.b00'
check "show: no part of a name" run 3 show lacking.corr ci.c
check "show: JSON of a symbol is the report's row" holds \
    '.schema == "correspond-show/1" and .what == "vk_lock" and
     (.symbols | length == 1) and .symbols[0].class == "binary-only"' 0 \
    show lacking.corr vk_lock --format json
same "show: JSON and report agree" \
    "$("$CORRESPOND" show lacking.corr vk_lock --format json | jq -cS .symbols[0])" \
    "$(jq -cS '.symbols[] | select(.name == "vk_lock")' lacking.json)"
check "show: JSON of a file" holds '.mentions | any(.symbol == "vk_lock" and .is == "call")' 0 \
    show lacking.corr openlinux/pci.c --format json
check "show: no such format" says 2 "neither text nor json" show lacking.corr vk_lock --format xml
for list in components symbols findings functions members unread sources inputs works notes \
    options excuses; do
    check "list $list has a heading and columns" run 0 list lacking.corr $list
    same "list $list: one line a row" "$(awk -F '\t' 'NR == 1 { n = NF } NF != n' out | wc -l)" 0
done
check "list: no such list" says 2 "is none of" list lacking.corr nothing

# The case's --exclude holds for what show reads again: without pci.c nobody calls vk_log there.
# shellcheck disable=SC2086
check "an audit that leaves a file out" run 1 $audit_lacking --exclude '*/register.c' -o part.corr
check "show of a released name keeps to --exclude" holds \
    '.symbols[0] | .class == "released" and .full and
     (.definitions + .calls | all(.file | endswith("register.c") | not))' 0 \
    show part.corr ol_device_gone --format json
check "the case keeps --exclude" says 0 '*/register.c' list part.corr options

# --- diff
check "diff: a complete candidate is no regress" says 0 "No regress: 12 added, 2 settled." \
    diff lacking.corr complete.corr
check "diff: the other way round it is" says 1 "Regress: 12 lost, 2 clouded." \
    diff complete.corr lacking.corr
check "diff: nothing changed" says 0 "No regress: 12 still-lacking, 2 still-undetermined." \
    diff lacking.corr lacking.corr
check "diff: JSON" holds '.schema == "correspond-diff/1" and .regress and .totals.lost == 12 and
    (.names | any(.name == "vk_lock" and .change == "lost" and .was == "released" and
     .is == "binary-only" and (.new_component | endswith("/openlinux"))))' 1 \
    diff complete.corr lacking.corr --format json
check "diff: HTML" says 1 '<h2 id="lost"' diff complete.corr lacking.corr -f html
check "diff: no such format" run 2 diff lacking.corr complete.corr -f csv
check "diff: one case" run 2 diff lacking.corr
check "diff: no case file" run 3 diff lacking.corr lacking.json
cp lacking.corr renamed.corr
# Folders named by version: the components are still the same.
sqlite3 renamed.corr "UPDATE component SET path = replace(path, '/modules/', '/modules-2/')"
check "diff: components that moved are known by their names" says 0 \
    "12 still-lacking, 2 still-undetermined." diff lacking.corr renamed.corr

# --- verify
check "verify: all holds" says 0 "facts hold." verify lacking.corr
check "verify: of a complete product too" run 0 verify complete.corr
check "verify: with what was left out" run 0 verify part.corr
# shellcheck disable=SC2086
check "an audit with a budget" run 0 $audit_complete --max-depth 3 -o shallow.corr
check "the case keeps the budget" says 0 "max-depth 3" list shallow.corr options
check "verify: with the budgets that were given" run 0 verify shallow.corr
mkdir moved
mv lacking/source.iso moved/else.iso
check "verify: an input is gone" says 3 "source.iso" verify lacking.corr
check "verify: an input was moved" says 0 "facts hold." verify lacking.corr \
    --at SOURCE1=moved/else.iso
check "verify: no such input" says 2 "SOURCE7" verify lacking.corr --at SOURCE7=x
check "verify: no path" run 2 verify lacking.corr --at SOURCE1
mv moved/else.iso lacking/source.iso
check "verify: another source is told first" says 1 "source.iso: changed" verify lacking.corr \
    --at SOURCE1=complete/source.iso
tamper() { # SQL TEXT: the change is seen
    cp lacking.corr tampered.corr
    sqlite3 tampered.corr "$1"
    says 1 "$2" verify tampered.corr
}
check "verify: a class was changed" tamper \
    "UPDATE symbol SET class = 0 WHERE name = 'vk_lock'" \
    "symbol vk_lock: class is binary-only, the case says released"
check "verify: a finding was hidden" tamper \
    "UPDATE symbol SET finding = 0 WHERE name = 'vk_log'" "symbol vk_log: finding is yes"
check "verify: an offset was changed" tamper \
    "UPDATE reference SET patch_offset = patch_offset + 1 WHERE symbol =
        (SELECT id FROM symbol WHERE name = 'vk_log') AND ordinal = 0" "reference vk_log: patch_offset"
check "verify: a line was changed" tamper \
    "UPDATE source_call SET line = line + 1 WHERE ordinal = 0 AND symbol =
        (SELECT id FROM symbol WHERE name = 'vk_log')" "vk_log: line is"
check "verify: an excerpt was changed" tamper \
    "UPDATE source_call SET excerpt = 'x' WHERE ordinal = 0 AND symbol =
        (SELECT id FROM symbol WHERE name = 'vk_log')" "vk_log: excerpt"
check "verify: an input's hash was changed" tamper \
    "UPDATE input SET sha256 = replace(sha256, substr(sha256, 1, 1), '0')" "changed"
check "verify: a member's hash was changed" tamper \
    "UPDATE member SET sha256 = zeroblob(32) WHERE path LIKE '%pci.c'" "pci.c: sha256 is"
check "verify: a total was changed" tamper "UPDATE summary SET findings = 0" "findings is"
check "verify: JSON" holds '.schema == "correspond-verify/1" and .holds and .different == 0 and
    .facts > 1000' 0 verify lacking.corr -f json

# --- baseline
# shellcheck disable=SC2086
check "baseline: what is known does not count" says 0 "0 new findings" $audit_lacking \
    --baseline lacking.corr -o known.corr
# shellcheck disable=SC2086
check "baseline: what is new counts" says 1 "0 known, 12 new findings" $audit_lacking \
    --baseline complete.corr
sqlite3 -batch lacking.corr .dump >/dev/null
cp lacking.corr fewer.corr
sqlite3 fewer.corr "UPDATE symbol SET finding = 0, class = 0 WHERE name = 'vk_lock'"
# shellcheck disable=SC2086
check "baseline: one new name counts" says 1 ", 1 new findings" $audit_lacking --baseline fewer.corr
check "baseline: the case tells it" says 0 "baseline" list known.corr excuses
check "baseline: verify judges it again" run 0 verify known.corr
mv lacking.corr away.corr
check "baseline: verify says when it is gone" says 0 "could not be checked" verify known.corr
mv away.corr lacking.corr
# shellcheck disable=SC2086
check "baseline: no such case" run 3 $audit_lacking --baseline nowhere.corr

# --- policy
cat >policy.json <<'JSON'
{
  "schema": "correspond-policy/1",
  "waivers": [
    {"name": "vk_*", "component": "openlinux", "reason": "in talks", "author": "Ada",
     "expires": "2026-12-31"},
    {"component": "*drv", "reason": "an old one", "author": "Ada", "expires": "2025-12-31"}
  ],
  "out_of_scope": [
    {"component": "oltool", "reason": "not ours", "author": "Bob", "expires": "2030-01-01"}
  ]
}
JSON
# shellcheck disable=SC2086
check "policy: some findings are excused" says 1 "10 of these 12 rows" $audit_lacking \
    --policy policy.json --today 2026-12-31 -o policy.corr --json policy.json.out
check "policy: the row says why" jq -e '(.excuses | length == 3) and
    (.symbols | map(select(.excuse == 1)) | map(.name) | index("vk_lock") != null) and
    (.symbols | map(select(.name == "foo_open")) | all(.excuse == 3)) and
    (.symbols | map(select(.name == "vk_heap_alloc")) | all(.excuse == null)) and
    .totals.excused_findings == 10 and .totals.excused_undetermined == 2' policy.json.out
check "policy: classes and totals stay" jq -e --slurpfile plain lacking.json \
    '.totals.undefined == $plain[0].totals.undefined and .totals.findings == 12' policy.json.out
check "policy: an expired entry says so" says 0 "expired on 2025-12-31" report policy.corr
# shellcheck disable=SC2086
check "policy: the day after, nothing is excused" says 1 "expired on 2026-12-31" $audit_lacking \
    --policy policy.json --today 2027-01-01
# shellcheck disable=SC2086
check "policy: the day by SOURCE_DATE_EPOCH" env SOURCE_DATE_EPOCH=1798761600 "$CORRESPOND" \
    $audit_complete --policy policy.json
# shellcheck disable=SC2086
check "policy: a day that is none" says 2 "2026-02-29" $audit_lacking --policy policy.json \
    --today 2026-02-29
check "policy: verify judges it again" run 0 verify policy.corr
for format in text json html markdown csv sarif junit dot graphml spdx cyclonedx; do
    check "policy: its use shows in $format" says 0 "in talks" report policy.corr --format $format
done
all_excused='{"schema": "correspond-policy/1", "waivers": [{"name": "*", "reason": "r",
    "author": "a", "expires": "2099-01-01"}]}'
echo "$all_excused" >all.json
# shellcheck disable=SC2086
check "policy: everything excused is status 0" says 0 "0 count for the exit status" \
    $audit_lacking --policy all.json
wrong_policy() { # LINE TEXT: standard input is a policy that is refused so
    cat >wrong.json
    # shellcheck disable=SC2086
    says 2 "line $1: $2" $audit_lacking --policy wrong.json -o never.corr && test ! -e never.corr
}
check "policy: an unknown key" wrong_policy 3 nothing <<'JSON'
{
  "schema": "correspond-policy/1",
  "nothing": []
}
JSON
check "policy: an unknown key in an entry" wrong_policy 4 auther <<'JSON'
{"schema": "correspond-policy/1",
 "waivers": [{"name": "x", "reason": "with \" a quote: and \\",
   "expires": "2030-01-01",
   "auther": "a"}]}
JSON
check "policy: no expiry" wrong_policy 2 expires <<'JSON'
{"schema": "correspond-policy/1",
 "waivers": [{"name": "x", "reason": "r", "author": "a"}]}
JSON
check "policy: an expiry that is no day" wrong_policy 3 expires <<'JSON'
{"schema": "correspond-policy/1",
 "waivers": [{"name": "x", "reason": "r", "author": "a",
   "expires": "next year"}]}
JSON
check "policy: a component out of scope has no name" wrong_policy 2 name <<'JSON'
{"schema": "correspond-policy/1",
 "out_of_scope": [{"name": "x", "reason": "r", "author": "a", "expires": "2030-01-01"}]}
JSON
check "policy: a waiver of nothing in particular" wrong_policy 2 "a waiver needs" <<'JSON'
{"schema": "correspond-policy/1",
 "waivers": [{"reason": "r", "author": "a", "expires": "2030-01-01"}]}
JSON
check "policy: another schema" wrong_policy 1 schema <<<'{"schema": "correspond-policy/2"}'
check "policy: no JSON" wrong_policy 2 "" <<<'{"schema":
}'
check "policy: an empty file" wrong_policy 1 "" </dev/null
# shellcheck disable=SC2086
check "policy: no such file" says 2 "none.json" $audit_lacking --policy none.json

# --- bundle
check "bundle" run 0 bundle lacking.corr -o one.zip
twice() (
    mkdir -p there
    cd there
    export TZ=Asia/Tokyo
    "$CORRESPOND" bundle ../lacking.corr -o two.zip --at SHIPPED1=../lacking/installer.iso \
        --at SOURCE1=../lacking/source.iso && cmp ../one.zip two.zip
)
check "bundle: the same bytes in another folder and time zone" twice
mkdir opened
bsdtar -xf one.zip -C opened
verify_script() { # WORD SKIPPED: its last line
    # Nothing but the bundle is given.
    (cd / && env -i PATH="$PATH" "${@:3}" sh "$work/opened/verify.sh") >out 2>&1 || {
        tail -n 30 out
        return 1
    }
    [[ $(tail -n 1 out) =~ ^[1-9][0-9]*\ succeeded,\ 0\ failed,\ $2\ skipped ]] || {
        tail -n 3 out
        return 1
    }
}
check "bundle: its script succeeds on the bundle alone" verify_script x '[1-9][0-9]*'
check "bundle: with the inputs nothing is skipped" verify_script x 0 \
    SHIPPED1="$work/lacking/installer.iso" SOURCE1="$work/lacking/source.iso"
check "bundle: the case file in it is the one" cmp lacking.corr opened/case.corr
check "bundle: every file has its hash" bash -c \
    'cd opened && sha256sum --quiet -c SHA256SUMS && [ $(find . -type f | wc -l) -eq $(($(wc -l <SHA256SUMS) + 1)) ]'
damaged() {
    cp -r opened damaged
    chmod -R u+w damaged
    printf x | dd of="$(echo damaged/members/*openlinux)" bs=1 seek=64 conv=notrunc status=none
    ! sh damaged/verify.sh >out 2>&1 && grep -q FAILED out
}
check "bundle: a damaged member is seen" damaged
check "bundle: an input is not the one of the case" says 3 "is not the file of the case" bundle \
    lacking.corr -o never.zip --at SOURCE1=complete/source.iso
check "bundle: ... and nothing is written" test ! -e never.zip
check "bundle: no -o" says 2 "-o FILE" bundle lacking.corr
check "bundle: no such key" says 2 "--sign" bundle lacking.corr -o k.zip --sign rot13:me
check "bundle: a folder that is not there" run 3 bundle lacking.corr -o nowhere/k.zip
if [ -w /dev/full ]; then
    check "bundle: a full disk" run 3 bundle lacking.corr -o /dev/full
else
    skip "bundle: a full disk" "no /dev/full"
fi

if command -v ssh-keygen >/dev/null; then
    ssh-keygen -q -t ed25519 -N '' -C test -f key
    printf 'me@example.org %s\n' "$(cut -d ' ' -f 1,2 key.pub)" >signers
    signed_ssh() {
        run 0 bundle lacking.corr -o ssh.zip --sign ssh:key &&
            ssh-keygen -Y verify -f signers -I me@example.org -n correspond -s ssh.zip.sig <ssh.zip
    }
    check "bundle: signed with an ssh key" signed_ssh
    check "bundle: signed again over an older signature" signed_ssh
    check "bundle: the signature does not hold for other bytes" bash -c \
        '! ssh-keygen -Y verify -f signers -I me@example.org -n correspond -s ssh.zip.sig <complete.corr'
    check "bundle: an ssh key that is not there" run 3 bundle lacking.corr -o k.zip --sign ssh:nokey
else
    skip "bundle: signed with an ssh key" "no ssh-keygen"
fi
if command -v gpg >/dev/null; then
    export GNUPGHOME=$work/gnupg
    mkdir -m 700 "$GNUPGHOME"
    gpg --batch --quiet --passphrase '' --quick-generate-key 'Test <me@example.org>' ed25519 sign \
        never 2>gpg.err || true
    signed_gpg() {
        run 0 bundle lacking.corr -o gpg.zip --sign gpg:me@example.org &&
            gpg --batch --verify gpg.zip.asc gpg.zip
    }
    check "bundle: signed with a gpg key" signed_gpg
    check "bundle: a gpg key that is not there" run 3 bundle lacking.corr -o k.zip \
        --sign gpg:you@example.org
    gpgconf --kill all 2>/dev/null || true
else
    skip "bundle: signed with a gpg key" "no gpg"
fi
tap_end
