#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# check-kallsyms.sh BENCH-KALLSYMS
#
# Recovers the symbols and exports of Debian's kernels for several processors from the images alone
# and compares them with what the builds left behind: exports with Module.symvers of the headers
# package (name, checksum, kind, namespace), symbols with System.map of the debug package where that
# is fetched. Packages are taken from PACKAGES (a folder of .deb files) or downloaded to CACHE.
#   KERNELS   "architecture:flavour" words (default: ten)
#   MAPS      flavours whose debug package, several hundred MB, is fetched for its System.map
set -euo pipefail
export LC_ALL=C
program=$(realpath "$1")
kernels=${KERNELS:-amd64:amd64 amd64:cloud-amd64 i386:686 arm64:arm64 armhf:armmp armel:marvell
    ppc64el:powerpc64le mipsel:4kc-malta mips64el:5kc-malta s390x:s390x}
maps=${MAPS-cloud-amd64}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
differ=0

# shellcheck source=tools/foreign.sh
. "$(dirname "$0")/foreign.sh"

compare_exports() { # ARCHITECTURE RELEASE IMAGE
    local headers
    headers=$(package "$1" "linux-headers-$2")
    dpkg-deb --fsys-tarfile "$headers" |
        tar -xO --wildcards './usr/src/*/Module.symvers' |
        awk -F '\t' -v OFS='\t' '$3 == "vmlinux" {print $1, $2, $4, $5}' | sort >"$work/theirs"
    "$program" -e "$3" 2>/dev/null | cut -f 1,2,4,5 | sort >"$work/ours"
    report exports "$2"
}

# Both ways where the kernel keeps all symbols; else what it keeps, and every function of the map's
# first text section but what the kernel's own rules leave out.
compare_map() { # RELEASE IMAGE MAP
    "$program" "$2" 2>/dev/null | awk '{print substr($1, 9), $3}' | sort -u >"$work/all"
    awk '{print substr($1, length($1) - 7), $3}' "$3" | sort -u >"$work/map"
    comm -12 "$work/all" "$work/map" >"$work/theirs"
    cp "$work/all" "$work/ours"
    report symbols "$1"
}

report() { # WHAT RELEASE: the files `theirs` and `ours`
    local same all
    same=$(comm -12 "$work/theirs" "$work/ours" | wc -l)
    all=$(sort -u "$work/theirs" "$work/ours" | wc -l)
    echo "$2: $same $1 the same, $((all - same)) differ"
    comm -3 "$work/theirs" "$work/ours" | head -n 5
    [ "$same" -gt 0 ] || all=1
    differ=$((differ + all - same))
}

for kernel in $kernels; do
    architecture=${kernel%%:*} flavour=${kernel#*:}
    mkdir -p "$cache/$architecture"
    name=$(flavour_image "$architecture" "$flavour")
    if [ -z "$name" ]; then
        echo "$flavour: apt knows no such kernel"
        differ=$((differ + 1))
        continue
    fi
    release=${name#linux-image-}
    release=${release%-unsigned}
    rm -rf "$work/tree"
    mkdir "$work/tree"
    dpkg-deb --fsys-tarfile "$(package "$architecture" "$name")" |
        tar -x -C "$work/tree" --wildcards './boot/vmlinu*'
    image=$(find "$work/tree/boot" -name 'vmlinu*')
    compare_exports "$architecture" "$release" "$image"
    case " $maps " in
    *" $flavour "*)
        dpkg-deb --fsys-tarfile "$(package "$architecture" "linux-image-$release-dbg")" |
            tar -xO --wildcards './usr/lib/debug/boot/System.map*' >"$work/System.map"
        compare_map "$release" "$image" "$work/System.map"
        ;;
    esac
done
echo "$differ differences"
[ "$differ" -eq 0 ]
