#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# kernel.sh CORRESPOND
#
# Time and memory of an audit of Debian's kernel pair, and of what one would do without the
# program: unpack both packages, collect the names that the modules need with nm, the names that
# the source defines with ctags, and compare the lists. Goal: under 60 s and 2 GiB on two cores.
# RUNS is the number of audits (default 3), WORKERS that of threads (2).
set -euo pipefail
export LC_ALL=C
correspond=$(realpath "$1")
here=$(cd "$(dirname "$0")/../tools" && pwd)
{ read -r image && read -r source; } < <("$here/kernel-pair.sh")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# timed NAME COMMAND...: runs it and prints time and memory of its largest process.
timed() {
    local name=$1 status=0
    shift
    /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >"$work/said" 2>"$work/err" || status=$?
    case $status in
    0 | 1 | 4) ;;
    *)
        tail -n 5 "$work/err"
        exit "$status"
        ;;
    esac
    tail -n 1 "$work/time" | awk -v name="$name" '{
        printf "%-34s %7.1f s wall %7.1f s user %6.1f s system %6.0f MiB\n",
               name, $1, $2, $3, $4 / 1024 }'
    awk 'END { print $1 }' "$work/time" >>"$work/times"
}

for ((run = 1; run <= ${RUNS:-3}; run++)); do
    timed "correspond, run $run" "$correspond" audit "$image" --source "$source" -q \
        -j "${WORKERS:-2}" -o "$work/k.corr" --json "$work/k.json"
done
: >"$work/times"
# shellcheck disable=SC2016 # the inner shell expands them
{
    timed "by hand: unpack both packages" bash -c '
        dpkg-deb -x "$1" "$3/image" && dpkg-deb -x "$2" "$3/source" && mkdir "$3/tree" &&
        for file in "$3"/source/usr/src/*.tar.xz; do tar -xf "$file" -C "$3/tree"; done' \
        - "$image" "$source" "$work"
    timed "by hand: nm -u of every module" bash -c '
        find "$1/image" -name "*.ko" -print0 | xargs -0 nm -u | awk "\$1 == \"U\" || \$1 == \"w\" {
            print \$2 }" | sort -u >"$1/needed"' - "$work"
    timed "by hand: ctags of the source" bash -c '
        ctags -R --languages=C,Asm --kinds-C=fv --kinds-Asm=l -f - "$1/tree" | cut -f 1 |
        sort -u >"$1/defined"' - "$work"
    timed "by hand: compare" bash -c 'comm -23 "$1/needed" "$1/defined" >"$1/missing"' - "$work"
}
awk '{ sum += $1 } END { printf "%-34s %7.1f s wall\n", "by hand: sum", sum }' "$work/times"

echo
echo "names that the modules need, and what stands without a body in the source:"
printf '  by hand      %6d names, %d without a definition; nothing says why\n' \
    "$(wc -l <"$work/needed")" "$(wc -l <"$work/missing")"
printf '  correspond   %6d names, %d found to be missing, %d undetermined, each with its reason\n' \
    "$(jq .totals.names "$work/k.json")" \
    "$(jq '[.symbols[] | select(.class == "binary-only" or .class == "prebuilt" or
        .class == "unresolved") | .name] | unique | length' "$work/k.json")" \
    "$(jq '[.symbols[] | select(.class == "undetermined") | .name] | unique | length' \
        "$work/k.json")"
stat -c '%s %n' "$work/k.corr" "$work/k.json" | while read -r size file; do
    printf '  %-12s %11d bytes\n' "${file##*/}" "$size"
done
