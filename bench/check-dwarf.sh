#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# check-dwarf.sh BENCH_BODIES BENCH_DWARF
#
# Compares file and line of every body that the recogniser finds with what DWARF says, for Debian's
# cloud kernel and its modules. DEBUG names a folder with debug files, or such a package; TREE the
# unpacked source. What is not given is downloaded.
set -euo pipefail
export LC_ALL=C
bodies=$(realpath "$1") dwarf=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${TREE-}" ]; then
    source=$("$here/../tools/kernel-pair.sh" | tail -n 1)
    dpkg-deb --fsys-tarfile "$source" | tar -xO --wildcards './usr/src/linux-source-*.tar.xz' |
        tar -xJ -C "$work"
    TREE=$(echo "$work"/linux-source-*)
fi
if [ -z "${DEBUG-}" ]; then
    package=$(apt-cache depends linux-image-cloud-amd64-dbg | sed -n 's/^ *Depends: //p' | head -n 1)
    (cd "$work" && apt-get -q download "$package")
    DEBUG=$(echo "$work"/"$package"_*.deb)
fi
if [ -f "$DEBUG" ]; then
    dpkg-deb -x "$DEBUG" "$work/debug"
    DEBUG=$work/debug
fi
"$bodies" "$TREE" >"$work/bodies"
find "$DEBUG" -type f \( -name 'vmlinux*' -o -name '*.ko' -o -name '*.ko.debug' -o -name '*.debug' \) \
    -print0 | sort -z | xargs -0 -n 50 "$dwarf" | sort -u >"$work/dwarf"
python3 "$here/dwarf_compare.py" "$TREE" "$work/bodies" "$work/dwarf"
