#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# kernel.sh CORRESPOND
#
# Time and memory of an audit of Debian's kernel pair, three times. Goal: under 60 s and 2 GiB on
# two cores.
set -euo pipefail
correspond=$(realpath "$1")
here=$(cd "$(dirname "$0")/../tools" && pwd)
{ read -r image && read -r source; } < <("$here/kernel-pair.sh")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for run in 1 2 3; do
    status=0
    /usr/bin/time -f "run $run: wall %e s, user %U s, system %S s, memory %M KiB" -o "$work/time" \
        "$correspond" audit "$image" --source "$source" -j "${WORKERS:-2}" -o "$work/k.corr" \
        --json "$work/k.json" >"$work/out" 2>"$work/err" || status=$?
    case $status in
    0 | 1 | 4) grep '^run' "$work/time" ;;
    *)
        tail -n 5 "$work/err"
        exit "$status"
        ;;
    esac
done
stat -c '%s bytes: %n' "$work/k.corr" "$work/k.json" | sed "s|$work/||"
