#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# check-lines.sh CORRESPOND MODULE... -- SOURCE...
#
# MODULE: Linux modules with debug information (those of a *-dbg package, say); SOURCE: folders of
# their source. The modules are audited without their debug information, and the lines that the
# program finds are compared with those of addr2line.
set -euo pipefail
export LC_ALL=C
correspond=$(realpath "$1")
shift
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/with" "$work/without"
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    cp "$1" "$work/with/"
    strip --strip-debug -o "$work/without/$(basename "$1")" "$1"
    shift
done
[ $# -gt 1 ] || {
    echo "usage: check-lines.sh CORRESPOND MODULE... -- SOURCE..." >&2
    exit 2
}
shift
sources=()
for folder; do sources+=(--source "$folder"); done
"$correspond" audit "$work/without" "${sources[@]}" --all --json "$work/report.json" \
    >/dev/null 2>"$work/err" || [ $? -ne 3 ] || { cat "$work/err" >&2; exit 1; }
python3 "$root/tools/check-lines.py" "$work/report.json" "$work/with"
