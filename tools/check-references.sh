#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# check-references.sh CORRESPOND [KERNEL.deb...]
#
# Holds every reference that the program lists (kind, enclosing function, type) against objdump and
# readelf: those of the demo product, then those of a choice of modules of each kernel package with
# its image. Packages are given, or fetched with apt: KERNELS names them (default: this processor's
# kernel, and those of arm64, i386 and armhf where apt knows these architectures). STRIDE: every
# how many modules one is taken (default 40).
set -euo pipefail
export LC_ALL=C
correspond=$(realpath "$1")
shift
root=$(cd "$(dirname "$0")/.." && pwd)
cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/correspond}
mkdir -p "$cache"
cache=$(realpath "$cache")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=0

# Every file below a folder, under its hash, as the referee wants it.
by_hash() { # FOLDER TO
    local file
    mkdir -p "$2"
    find "$1" -type f -print0 | while IFS= read -r -d '' file; do
        cp "$file" "$2/$(sha256sum <"$file" | cut -d ' ' -f 1)"
    done
}

# referee NAME SHIPPED FILES ARGUMENT...
referee() {
    local name=$1 shipped=$2 files=$3 status=0
    shift 3
    "$correspond" audit "$shipped" "$@" --json "$work/report.json" >/dev/null 2>"$work/err" || status=$?
    case $status in
    0 | 1 | 4) ;;
    *)
        cat "$work/err" >&2
        wrong=1
        return
        ;;
    esac
    by_hash "$files" "$work/files"
    printf '%-44s ' "$name"
    python3 "$root/tools/check-references.py" "$work/report.json" "$work/files" || wrong=1
    rm -rf "$work/files"
}

unpack_all() { # FOLDER: gzip and tar files are opened in place, some levels deep
    local level file
    for level in 1 2 3; do
        find "$1" -type f -print0 >"$work/list-$level"
        while IFS= read -r -d '' file; do
            case $(head -c 4096 "$file" | file -b -) in
            gzip*) gzip -dc <"$file" >"$file.un" && rm "$file" ;;
            *tar*) mkdir -p "$file.d" && bsdtar -xf "$file" -C "$file.d" && rm "$file" ;;
            esac
        done <"$work/list-$level"
    done
}

demo() {
    mkdir "$work/demo" "$work/demo/un"
    "$root/demo/make-product.sh" "$work/demo" 2>/dev/null
    bsdtar -xf "$work/demo/installer.iso" -C "$work/demo/un"
    unpack_all "$work/demo/un"
    referee demo "$work/demo/installer.iso" "$work/demo/un" --source "$work/demo/source.iso" --all
}

kernel() { # FILE.deb
    local folder=$work/kernel
    mkdir -p "$folder/all" "$folder/some"
    dpkg-deb --fsys-tarfile "$1" | tar -x -C "$folder/all"
    find "$folder/all" -name '*.ko*' | sort | awk -v n="${STRIDE:-40}" 'NR % n == 3' |
        while IFS= read -r file; do cp "$file" "$folder/some/"; done
    find "$folder/all/boot" -name 'vmlinu*' -exec cp {} "$folder/some/" \;
    rm -rf "$folder/all"
    referee "$(basename "$1" .deb)" "$folder/some" "$folder/some" --source "$root/demo/openlinux"
    rm -rf "$folder"
}

fetch() { # PACKAGE
    local file
    file=$(cd "$work" && apt-get download --print-uris "$1" 2>/dev/null | awk 'NR == 1 { print $2 }')
    [ -n "$file" ] || {
        echo "skipped: apt knows no $1" >&2
        return 1
    }
    [ -f "$cache/$file" ] || (cd "$cache" && apt-get download "$1" >&2)
    echo "$cache/$file"
}

demo
if [ $# -eq 0 ]; then
    for package in ${KERNELS:-linux-image-amd64 linux-image-arm64:arm64 linux-image-686:i386 \
        linux-image-armmp:armhf}; do
        # The name without a version depends on the one with it.
        real=$(apt-cache depends "$package" 2>/dev/null | awk '/Depends: linux-image/ { print $2; exit }')
        file=$(fetch "${real:-$package}") || continue
        set -- "$@" "$file"
    done
fi
for package in "$@"; do
    kernel "$package"
done
exit $wrong
