#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# The demo product from end to end: made from its recipe, audited, and every statement of the
# report held against demo/expected.tsv, nm, readelf and the printed commands themselves.
# shellcheck disable=SC2016 # jq has variables of its own
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/e2e/lib/tap.sh
. "$root/tests/e2e/lib/tap.sh"
CORRESPOND=${CORRESPOND:-$root/build-dev/correspond}
tap_needs_program
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# audit STATUS ARGUMENT...: the exit status must be this one; talk goes to audit.err.
audit() {
    local want=$1 got=0
    shift
    "$CORRESPOND" audit "$@" >audit.out 2>audit.err || got=$?
    [ "$got" -eq "$want" ] || {
        echo "exit status $got, want $want"
        tail -n 40 audit.out audit.err
        return 1
    }
}

make_twice() {
    mkdir -p one two
    "$root/demo/make-product.sh" one 2>make.err || { cat make.err; return 1; }
    "$root/demo/make-product.sh" two 2>make.err || { cat make.err; return 1; }
    cmp one/installer.iso two/installer.iso && cmp one/source.iso two/source.iso
}
check "the product is made twice alike" make_twice

check "the audit finds (exit status 1)" audit 1 one/installer.iso --source one/source.iso \
    -o one.corr --json one.json
check "audit --all finds too" audit 1 one/installer.iso --source one/source.iso --all \
    -o all.corr --json all.json
for report in one.json all.json; do
    [ -s $report ] || echo '{}' >$report
done

# --- classes
name_of='(.components | map({key: (.id | tostring), value: .name}) | from_entries) as $name'
sort -u <(grep -v '^#' "$root/demo/expected.tsv" | cut -f 1) >names
while IFS=$'\t' read -r symbol class finding direction needed; do
    got=$(jq -r --arg s "$symbol" "$name_of"' | .symbols // [] | map(select(.name == $s)) | map(
        [.class, (if .finding then "yes" else "no" end), .direction,
         (.needed_by | map($name[tostring]) | join(","))] | join(" ")) | join("; ")' \
        all.json 2>&1 || true)
    if [ "$direction" = "*" ]; then
        got=$(awk '{ $3 = "*"; print }' <<<"$got")
    fi
    same "$symbol is $class" "$got" "$class $finding $direction $needed"
done < <(grep -v '^#' "$root/demo/expected.tsv")

same "the short report lists what is neither released nor toolchain" \
    "$(jq -r '.symbols // [] | map(select(.class != "released" and .class != "toolchain" and
        (.needed_by | length > 0))) | map(.name) | unique | .[]' one.json | tr '\n' ' ')" \
    "$(grep -v '^#' "$root/demo/expected.tsv" | grep -vE $'\t(released|toolchain)\t' | cut -f 1 |
        sort | tr '\n' ' ')"
same "no other name is a finding" \
    "$(jq -r '.symbols // [] | map(select(.finding)) | map(.name) | unique | .[]' all.json | tr '\n' ' ')" \
    "$(grep -v '^#' "$root/demo/expected.tsv" | awk -F '\t' '$3 == "yes" { print $1 }' | sort |
        tr '\n' ' ')"

# --- single statements: name, then a jq expression over the full report that must be true
symbol='def symbol(n): .symbols[] | select(.name == n);'
says() {
    local name=$1
    check "$name" jq -e "$symbol $2" all.json
}
says "a call under #if 0 is not active" \
    'symbol("vk_device_name").calls | any(.function == "ol_pci_rescan" and .active == false)
     and any(.function == "ol_pci_device_removed" and .active)'
says "calls have file and line" \
    'symbol("vk_device_name").calls | map(select(.active)) |
     all((.file | endswith("openlinux/pci.c")) and .line > 0)'
says "the prototype is found" \
    'symbol("vk_device_name").declarations | any(.file | endswith("core/include/vk_device.h"))'
says "a call through a macro names the macro's place" \
    'symbol("vk_log").calls | any((.file | endswith("pci.c")) and
     (.via | any(.file | endswith("vk_log.h"))))'
says "a call through an inline function names its place" \
    'symbol("vk_heap_alloc").calls | any((.file | endswith("vk_heap.h")) or
     (.via | any(.file | endswith("vk_heap.h"))))'
says "a call is a call" \
    '(.components[] | select(.name == "openlinux") | .id) as $user |
     symbol("vk_device_name").references | map(select(.component == $user)) | length == 1 and (.[0] | .kind == "call" and
     .function == "ol_pci_device_removed" and .section == ".text" and .type == "R_X86_64_PLT32")'
says "the provider's own calls are listed beside" \
    '(.components[] | select(.name == "k.b00") | .id) as $core |
     symbol("vk_device_name").references | any(.component == $core and .kind == "call")'
says "a tail call is a tail call" \
    'symbol("vk_device_slot").references | any(.kind == "tail-call" and .function == "ol_pci_slot")'
says "a table's row is an address" \
    'symbol("vk_heap_free").references | any(.kind == "address" and .type == "R_X86_64_64")'
says "a use of data is data" 'symbol("vk_core_ready").references | any(.kind == "data")'
says "the provider has section, address and size" \
    'symbol("vk_device_name").providers | length == 1 and (.[0] | .section == ".text" and
     (.address | startswith("0x")) and .size != null)'
says "the static namesake is named" \
    'symbol("vk_irq_mask").namesakes | any((.file | endswith("netdrv.c")) and (.why | length > 0))'
says "the stub in a header is a namesake" \
    'symbol("vk_timer_now") | .definitions == [] and
     (.namesakes | any(.file | endswith("vk_timer.h")))'
says "the prebuilt object is named" \
    'symbol("ol_checksum") | tostring | contains("checksum.o_shipped")'
says "the library that was not given is named" \
    'symbol("foo_open").reason | contains("libfoo.so.1")'
says "a weak name is flagged" 'symbol("ol_debug_hook").flags | any(. == "weak")'
says "an alias is an alias" \
    'symbol("ol_register_driver_v2").definitions | any(.how == "alias")'
says "a function made by a macro is a body" \
    'symbol("ol_get_vendor").definitions | any(.how == "macro" and (.file | endswith("register.c")))'
says "a body in assembly is a body" \
    'symbol("ol_memzero").definitions | any(.how == "assembly" and (.file | endswith("memzero.S")))'
says "functions that nobody needs are listed" \
    '[.functions[] | select(.class == "binary-only") | .name] |
     (index("vk_core_start") != null) and (index("vk_core_remove") != null)'
says "every licence stands" \
    '[.components[] | select(.name == "openlinux" or .name == "netdrv" or .name == "blkdrv") |
      .licence.declared] == ["GPL", "GPL", "GPL"]'
says "nothing shipped is unread" '.coverage.unread == []'
says "one combined work holds core, module and drivers" \
    '(.components | map(select(.role == "shipped" and .name != "oltool") | .id)) as $all |
     .works | any((.components | sort) == ($all | sort) and .links > 0 and (.missing | length == 1))'
says "every key is there" \
    '(.schema == "correspond-report/1") and (.tool | has("name") and has("version")) and
     (.inputs | all(has("role") and has("name") and has("size") and has("sha1") and has("sha256")))
     and (.coverage | has("members") and has("unread") and has("source_files") and has("source_bytes"))
     and (.totals | has("undefined") and has("defined") and has("components") and has("names") and
          has("outside"))
     and (.symbols | all(has("name") and has("class") and has("reason") and has("flags") and
          has("finding") and has("needed_by") and has("providers") and has("references") and
          has("definitions") and has("namesakes") and has("declarations") and has("calls") and
          has("verify")))'

# --- hashes and totals
same "the inputs' hashes" \
    "$(jq -r '.inputs // [] | map(.sha1 + " " + .sha256) | .[]' all.json)" \
    "$(for iso in one/installer.iso one/source.iso; do
        echo "$(sha1sum <$iso | cut -d ' ' -f 1) $(sha256sum <$iso | cut -d ' ' -f 1)"
    done)"

mkdir -p opened
bsdtar -xf one/installer.iso -C opened
for archive in opened/*.v00 opened/*.t00; do
    tar -xzf "$archive" -C opened
done
gzip -dc opened/k.b00 >opened/vkernel
while read -r file name; do
    undefined=$(nm -u "opened/$file" | wc -l)
    defined=$(readelf -sW "opened/$file" | awk '/^Symbol table .\.symtab/ { on = 1 }
        /^Symbol table .\.dynsym/ { on = 0 }
        on && ($4 == "FUNC" || $4 == "GNU_IFUNC") && $7 != "UND" { n++ } END { print n + 0 }')
    got=$(jq -r --arg n "$name" '.components // [] | .[] | select(.name == $n) |
        [.undefined.total, .defined.total,
         (.undefined | to_entries | map(select(.key != "total") | .value) | add),
         (.defined | to_entries | map(select(.key != "total") | .value) | add)] | join(" ")' all.json)
    same "the totals of $name are those of nm and readelf" "$got" \
        "$undefined $defined $undefined $defined"
done <<'LIST'
vkernel k.b00
usr/lib/modules/openlinux openlinux
usr/lib/modules/netdrv netdrv
usr/lib/modules/blkdrv blkdrv
usr/bin/oltool oltool
LIST

# --- the same bytes with any number of workers, from any folder, by any name of the path
for workers in 1 4; do
    check "the audit with -j $workers" audit 1 one/installer.iso --source one/source.iso \
        -j $workers -o "j$workers.corr" --json "j$workers.json"
    check "-j $workers changes no byte" cmp one.json "j$workers.json"
done
mkdir -p "else where/deep"
elsewhere() (
    cd "else where/deep"
    audit 1 "$work/two/installer.iso" --source ../../two/source.iso -o x.corr --json "$work/two.json"
)
check "the audit from another folder" elsewhere
check "another folder changes no byte" cmp one.json two.json
dump_same() {
    [ -s j1.corr ] && [ -s j4.corr ] && sqlite3 j1.corr .dump >j1.sql && sqlite3 j4.corr .dump >j4.sql && cmp j1.sql j4.sql
}
check "the case files' dumps are alike" dump_same
report_again() {
    "$CORRESPOND" report one.corr --format json -o again.json && cmp one.json again.json
}
check "the report is made again from the case file alone" report_again
json_stdout() {
    "$CORRESPOND" audit one/installer.iso --source one/source.iso -o s.corr >s.out 2>/dev/null
    [ $? -eq 1 ] && [ -s s.out ] && ! grep -q $'\033' s.out
}
check "the summary is plain text when no terminal reads it" json_stdout

# --- show, and its commands run by hand
jq -r '.symbols // [] | map(select(.finding)) | map(.name) | unique | .[]' one.json >findings
same "there are findings to show" "$(wc -l <findings)" \
    "$(grep -v '^#' "$root/demo/expected.tsv" | awk -F '\t' '$3 == "yes"' | wc -l)"

# The commands of a show: lines "    $ command", continued by a backslash at the end; among them
# the assignments of $SHIPPED1 and so on.
printed_commands() {
    awk '
        more { line = line "\n" $0; more = /\\$/; if (!more) print_it(); next }
        /^ *\$ / { line = $0; sub(/^ *\$ /, "", line); more = /\\$/; if (!more) print_it() }
        function print_it() { printf "%s%c", line, 0 }' "$1"
}
run_by_hand() {
    local name=$1 bad=0 count=0 command assign='' status folder=$work/by-hand
    "$CORRESPOND" show one.corr "$name" >show.out 2>show.err || {
        cat show.err
        return 1
    }
    while IFS= read -r -d '' command; do
        if [[ $command =~ ^(SHIPPED|SOURCE|DEBUG|SYSTEM)[0-9]+= ]]; then
            assign+="$command"$'\n'
            continue
        fi
        count=$((count + 1))
        rm -rf "$folder"
        mkdir "$folder"
        status=0
        (cd "$folder" && bash -c "$assign$command") >hand.out 2>hand.err </dev/null || status=$?
        if [ $status -ne 0 ] || [ ! -s hand.out ]; then
            echo "status $status, $(wc -c <hand.out) bytes: $command"
            head -n 3 hand.err
            bad=1
        fi
    done < <(printed_commands show.out)
    [ "$count" -gt 0 ] || { echo "no commands printed"; head -n 60 show.out; return 1; }
    return $bad
}
while IFS= read -r name; do
    check "the commands of show $name run as printed" run_by_hand "$name"
done <findings

verify_of_json() {
    local bad=0 count=0 command status
    SHIPPED1=$work/one/installer.iso SOURCE1=$work/one/source.iso
    export SHIPPED1 SOURCE1
    while IFS= read -r -d '' command; do
        count=$((count + 1))
        rm -rf by-hand
        mkdir by-hand
        status=0
        (cd by-hand && bash -c "$command") >hand.out 2>hand.err </dev/null || status=$?
        if [ $status -ne 0 ] || [ ! -s hand.out ]; then
            echo "status $status, $(wc -c <hand.out) bytes: $command"
            bad=1
        fi
    done < <(jq -j '.symbols[] | select(.finding) | .verify[] | . + "\u0000"' one.json)
    [ "$count" -gt 0 ] || { echo "no commands in the report"; return 1; }
    return $bad
}
check "the commands of the JSON report run as printed" verify_of_json

show_says() {
    "$CORRESPOND" show one.corr vk_device_name >show.out 2>&1 || return 1
    local word
    for word in ol_pci_device_removed vk_device.h R_X86_64_PLT32 k.b00 SHIPPED1= readelf; do
        grep -qF -- "$word" show.out || { echo "no $word in:"; cat show.out; return 1; }
    done
}
check "show tells the whole story" show_says
unknown_symbol() {
    local status=0
    "$CORRESPOND" show one.corr no_such_name >show.out 2>show.err || status=$?
    [ $status -ne 0 ] && [ $status -le 4 ] && [ -s show.err ]
}
check "show says so when there is no such name" unknown_symbol
for what in components symbols members unread sources; do
    check "list $what" "$CORRESPOND" list one.corr $what
done

# --- nothing withheld: nothing found
mkdir -p whole
check "the complete product is made" "$root/demo/make-product.sh" --complete whole
check "the complete product corresponds (exit status 0)" audit 0 whole/installer.iso \
    --source whole/source.iso --all -o whole.corr --json whole.json
[ -s whole.json ] || echo '{}' >whole.json
check "the complete product has no finding" jq -e \
    '(.symbols | length > 20) and (.symbols | all(.finding == false)) and
     (.symbols | all(.class == "released" or .class == "toolchain")) and .functions == []' whole.json
tap_end
