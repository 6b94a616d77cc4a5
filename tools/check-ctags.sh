#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# check-ctags.sh BODIES
#
# Every function body that universal-ctags finds in TREE and the recogniser does not is listed, by
# kind. TREE names a folder; else Debian's kernel source is downloaded and unpacked.
set -euo pipefail
export LC_ALL=C
bodies=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
if ! ctags --version 2>/dev/null | grep -q Universal; then
    echo "check-ctags.sh: needs universal-ctags (apt-get install universal-ctags)" >&2
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${TREE-}" ]; then
    source=$("$here/kernel-pair.sh" | tail -n 1)
    dpkg-deb --fsys-tarfile "$source" | tar -xO --wildcards './usr/src/linux-source-*.tar.xz' |
        tar -xJ -C "$work"
    TREE=$(echo "$work"/linux-source-*)
fi
TREE=$(realpath "$TREE")

"$bodies" "$TREE" >"$work/all"
awk -F '\t' '$4 != "data"' "$work/all" | cut -f 1,2 | sort -u >"$work/ours"
cut -f 2,3 "$work/all" | sort -u >"$work/places"
(
    cd "$TREE"
    ctags -R --languages=C,C++ --kinds-C=f --kinds-C++=f --fields=n --excmd=number -f - . 2>/dev/null
) | awk -F '\t' '!/^!/ { sub("^\\./", "", $2); sub(";\"$", "", $3); print $1 "\t" $2 "\t" $3 }' |
    sort -u >"$work/theirs"

# Ours names members with their classes: compare by the last part.
awk -F '\t' '{ n = $1; sub(/.*::/, "", n); print n "\t" $2 }' "$work/ours" | sort -u >"$work/last"
awk -F '\t' '
    FILENAME == ARGV[1] { ours[$1 FS $2] = 1; next }
    FILENAME == ARGV[2] { places[$1 FS $2] = 1; next }
    {
        name = $1
        sub(/.*::/, "", name)
        if ((name FS $2) in ours) next
        kind = ($2 FS $3) in places ? "a macro: ours names what it makes" : "only ctags finds it"
        print kind "\t" $1 "\t" $2 ":" $3
    }' "$work/last" "$work/places" "$work/theirs" | sort >"$work/missing"

grep '^only' "$work/missing" | while IFS=$'\t' read -r kind name place; do
    printf '%s\t%s\t%s\t%s\n' "$kind" "$name" "$place" \
        "$(sed -n "${place##*:}p" "$TREE/${place%:*}" | cut -c 1-70)"
done || true
echo "bodies by ctags: $(wc -l <"$work/theirs"), by ours: $(wc -l <"$work/ours")"
cut -f 1 "$work/missing" | uniq -c
