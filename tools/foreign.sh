# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
#
# Sourced by scripts that take Debian's kernels for other processors: from PACKAGES, a folder of
# .deb files, or downloaded to CACHE with apt's lists for that processor.
packages=${PACKAGES-}
[ -z "$packages" ] || packages=$(realpath "$packages")
cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/correspond}/kernels
mkdir -p "$cache"

foreign_apt() { # ARCHITECTURE COMMAND...: apt for another architecture, with lists of its own
    local folder=$cache/$1 architecture=$1 command=$2
    shift 2
    mkdir -p "$folder/lists/partial" "$folder/archives/partial"
    : >"$folder/status"
    "apt-$command" -o Dir::State::lists="$folder/lists" -o Dir::State::status="$folder/status" \
        -o Dir::Cache="$folder" -o APT::Architecture="$architecture" \
        -o APT::Architectures::="$architecture" -o APT::Sandbox::User=root \
        -o Acquire::Languages=none -qq "$@"
}

package() { # ARCHITECTURE NAME: the path of its newest .deb
    local folder=$cache/$1 found
    found=$(find ${packages:+"$packages"} "$folder" -name "$2_*.deb" 2>/dev/null | sort | tail -n 1)
    if [ -z "$found" ]; then
        (cd "$folder" && foreign_apt "$1" get download "$2" >&2)
        found=$(find "$folder" -name "$2_*.deb" | sort | tail -n 1)
    fi
    echo "$found"
}

flavour_image() { # ARCHITECTURE FLAVOUR: the image package's name
    local names
    names=$(mktemp)
    {
        find ${packages:+"$packages"} "$cache/$1" -name 'linux-image-6.1.0-*.deb' 2>/dev/null |
            sed 's|.*/||; s|_.*||'
        [ -d "$cache/$1/lists/partial" ] || foreign_apt "$1" get update >&2 || true
        foreign_apt "$1" cache search --names-only "^linux-image-6\\.1\\.0-[0-9]+-$2(-unsigned)?\$" |
            cut -d ' ' -f 1
    } >"$names"
    grep -xE "linux-image-6\\.1\\.0-[0-9]+-$2(-unsigned)?" "$names" | head -n 1
    rm -f "$names"
}
