#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# check-kernel.sh CORRESPOND
#
# Audits Debian's kernel image against its source, both straight as packages, and compares the
# totals of every module with what nm -u and readelf say. The last line is TAP's count in words.
# OUT names the folder for case file and report (default: out/kernel).
set -euo pipefail
export LC_ALL=C
correspond=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
{ read -r image && read -r source; } < <("$here/kernel-pair.sh")
out=${OUT:-out/kernel}
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

status=0
/usr/bin/time -f 'wall %e s, user %U s, memory %M KiB' "$correspond" audit "$image" \
    --source "$source" -o "$out/kernel.corr" --json "$out/kernel.json" || status=$?
echo "exit status of the audit: $status"
case $status in
0 | 1 | 4) ;;
*) exit "$status" ;;
esac

jq -r '.components[] | select(.kind == "kernel-module") |
    [(.path | sub("^.*!/(\\./)?"; "")),
     .undefined.total, ([.undefined | to_entries[] | select(.key != "total") | .value] | add),
     .defined.total, ([.defined | to_entries[] | select(.key != "total") | .value] | add)] | @tsv' \
    "$out/kernel.json" | sort >"$work/ours"

dpkg-deb -x "$image" "$work/tree"
(
    cd "$work/tree"
    find . -name '*.ko' | sed 's|^\./||' | sort >"$work/modules"
    xargs nm -u -A <"$work/modules" | cut -d : -f 1 | uniq -c | awk '{ print $2 "\t" $1 }' |
        sort >"$work/undefined"
    xargs readelf -sW <"$work/modules" | awk '
        /^File: / { file = $2; seen[file] = 0 }
        ($4 == "FUNC" || $4 == "IFUNC" || $4 == "GNU_IFUNC") && $7 != "UND" { seen[file]++ }
        END { for (f in seen) print f "\t" seen[f] }' | sort >"$work/defined"
)
join -t "$(printf '\t')" -a 1 -e 0 -o 0,2.2 "$work/modules" "$work/undefined" |
    join -t "$(printf '\t')" -a 1 -e 0 -o 0,1.2,1.2,2.2,2.2 - "$work/defined" |
    sort >"$work/theirs"

differ=$(diff "$work/theirs" "$work/ours" | grep -c '^[<>]' || true)
diff "$work/theirs" "$work/ours" | head -n 40 || true
echo
echo "modules: $(wc -l <"$work/modules"), undefined rows by nm: $(awk '{ n += $2 } END { print n }' "$work/theirs")"
jq -r '"undefined: \(.totals.undefined)", "defined:   \(.totals.defined)", "names:     \(.totals.names)",
    "findings:  \([.symbols[] | select(.finding)] | length) rows",
    "unread:    \(.coverage.unread | length) members",
    "source:    \(.coverage.source_files) files, \(.coverage.source_bytes) bytes"' "$out/kernel.json"
echo "distinct names by class:"
jq -r '.symbols[] | [.class, .name] | @tsv' "$out/kernel.json" | sort -u | cut -f 1 | uniq -c
echo "$(comm -12 "$work/theirs" "$work/ours" | wc -l) modules agree, $differ lines differ"
[ "$differ" -eq 0 ]
