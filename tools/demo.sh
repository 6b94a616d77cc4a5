#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# demo.sh CORRESPOND OUT
#
# Makes the demo product in OUT, audits it, and shows one finding in full.
set -eu
correspond=$1
out=$2
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$out"
"$here/demo/make-product.sh" "$out" 2>/dev/null || "$here/demo/make-product.sh" "$out"

status=0
"$correspond" audit "$out/installer.iso" --source "$out/source.iso" \
    -o "$out/demo.corr" --json "$out/demo.json" || status=$?
if [ "$status" -ne 1 ]; then
    echo "demo: the audit ended with status $status, but the demo has findings (1)" >&2
    exit 1
fi
echo
echo "One finding in full: correspond show $out/demo.corr vk_device_name"
echo
"$correspond" show "$out/demo.corr" vk_device_name
cat <<TEXT

The product:     $out/installer.iso
Its source:      $out/source.iso
The case file:   $out/demo.corr
The JSON report: $out/demo.json
TEXT
