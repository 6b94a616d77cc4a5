#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# check-totals.sh CORRESPOND
#
# Totals of more than a thousand objects for six processors: modules of Debian's kernels, spread
# over each package. For every one the undefined rows, the defined functions and the relocation
# rows must be those that readelf lists, and the classes must add up.
#   KERNELS   "architecture:flavour" words     OBJECTS   how many of each (default 170)
set -euo pipefail
export LC_ALL=C
correspond=$(realpath "$1")
kernels=${KERNELS:-arm64:arm64 armhf:armmp ppc64el:powerpc64le mipsel:4kc-malta s390x:s390x
    i386:686}
objects=${OBJECTS:-170}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tools/foreign.sh
. "$(dirname "$0")/foreign.sh"

mkdir "$work/shipped" "$work/source"
echo 'int unrelated(void) { return 0; }' >"$work/source/unrelated.c"
for kernel in $kernels; do
    architecture=${kernel%%:*}
    mkdir -p "$cache/$architecture" "$work/tree" "$work/shipped/$architecture"
    name=$(flavour_image "$architecture" "${kernel#*:}")
    dpkg-deb --fsys-tarfile "$(package "$architecture" "$name")" |
        tar -x -C "$work/tree" --wildcards './lib/modules/*.ko'
    find "$work/tree" -name '*.ko' | sort | awk -v want="$objects" '
        {line[NR] = $0}
        END {step = NR > want ? NR / want : 1; for (i = 1; i <= NR; i += step) print line[int(i)]}' |
        xargs -I '{}' mv '{}' "$work/shipped/$architecture/"
    rm -rf "$work/tree"
done

cd "$work"
status=0
"$correspond" audit shipped --source source --json x.json >/dev/null 2>err || status=$?
case $status in
0 | 1 | 4) ;;
*)
    cat err >&2
    exit "$status"
    ;;
esac
jq -r '.components[] | select(.role == "shipped") |
    [.path, .undefined.total, ([.undefined | to_entries[] | select(.key != "total") | .value] | add),
     .defined.total, ([.defined | to_entries[] | select(.key != "total") | .value] | add),
     .relocation_rows] | @tsv' x.json | sort >ours
find shipped -name '*.ko' | sort | while read -r file; do
    readelf -rsW "$file" | awk -v OFS='\t' -v file="$file" '
        /^Relocation section .* contains [0-9]+ entr/ {rows += $(NF - 1)}
        /^Symbol table/ {on = /\.symtab/}
        on && $7 == "UND" && $1 != "0:" && $8 != "" {undefined++}
        on && $7 != "UND" && ($4 == "FUNC" || $4 == "IFUNC") {defined++}
        END {print file, undefined + 0, undefined + 0, defined + 0, defined + 0, rows + 0}'
done >theirs
differ=$(diff theirs ours | grep -c '^[<>]' || true)
diff theirs ours | head -n 20 || true
awk '{u += $2; d += $4; r += $6} END {
    print NR " objects: " u " undefined rows, " d " defined functions, " r " relocation rows"}' theirs
for kernel in $kernels; do
    echo "  ${kernel%%:*}: $(grep -c "^shipped/${kernel%%:*}/" theirs)"
done
echo "$differ lines differ"
[ "$differ" -eq 0 ]
