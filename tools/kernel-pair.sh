#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# kernel-pair.sh
#
# Downloads Debian 12's kernel image and the source of the same version (some 210 MB) into a cache
# folder and prints both paths. CACHE names the folder; IMAGE_DEB and SOURCE_DEB name files that
# are there already.
set -euo pipefail
if [ -n "${IMAGE_DEB-}" ] && [ -n "${SOURCE_DEB-}" ]; then
    realpath "$IMAGE_DEB" "$SOURCE_DEB"
    exit 0
fi
cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/correspond}
mkdir -p "$cache"
cd "$cache"

version=$(apt-cache madison linux-source-6.1 | awk -F '|' '{ gsub(/ /, "", $2); print $2; exit }')
[ -n "$version" ] || {
    echo "kernel-pair.sh: apt knows no linux-source-6.1 (run apt-get update)" >&2
    exit 1
}
# The image package's name holds an ABI number, so it is found by its version.
image=$(apt-cache search --names-only '^linux-image-6\.1\.0-[0-9]+-amd64-unsigned$' |
    cut -d ' ' -f 1 | while read -r name; do
    if apt-cache madison "$name" | awk -F '|' '{ gsub(/ /, "", $2); print $2 }' |
        grep -qxF "$version"; then
        echo "$name"
    fi
done | head -n 1)
[ -n "$image" ] || {
    echo "kernel-pair.sh: no unsigned kernel image of version $version" >&2
    exit 1
}
for package in "$image" linux-source-6.1; do
    ls "${package}_"*"${version#*:}_"*.deb >/dev/null 2>&1 ||
        apt-get download "$package=$version" >&2
done
realpath "${image}_"*"${version#*:}_"*.deb "linux-source-6.1_"*"${version#*:}_"*.deb
