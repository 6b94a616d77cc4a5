#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# deps.sh [--check]
#
# Installs the packages of packages.txt that are missing. With --check it installs nothing and
# prints the missing names; exit status 1 when there are any.
set -eu
list=$(dirname "$0")/packages.txt

if ! command -v dpkg-query >/dev/null; then
    [ "${1-}" = --check ] && exit 0
    echo "deps.sh: this is no Debian system; install what these packages hold:" >&2
    sed '/^#/d' "$list" >&2
    exit 1
fi

missing=
# shellcheck disable=SC2013 # one word a line is what is wanted
for package in $(sed 's/#.*//; s/[[:space:]].*//' "$list"); do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
if [ "${1-}" = --check ]; then
    [ -z "$missing" ] || { echo "missing:$missing"; exit 1; }
    exit 0
fi
[ -n "$missing" ] || exit 0

sudo=
if [ "$(id -u)" -ne 0 ]; then
    sudo=sudo
    command -v sudo >/dev/null || {
        echo "deps.sh: run as root, or install sudo; missing:$missing" >&2
        exit 1
    }
fi
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
install() {
    # shellcheck disable=SC2086 # lists of words
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing \
        </dev/null
}
# A fresh machine has no package lists, and old lists name files that are gone.
if ! apt-cache show meson >/dev/null 2>&1; then
    $sudo apt-get update </dev/null
    install
else
    install || { $sudo apt-get update </dev/null && install; }
fi
