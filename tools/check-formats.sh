#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# check-formats.sh CORRESPOND OUT [CASE.corr...]
#
# Writes every format of the demo product's case, of the complete demo product's, and of the cases
# named, and has them validated. The validators come from npm, as tests/formats/package-lock.json
# pins them (200 MB); all else is Debian's: nodejs npm graphviz libxml2-utils.
set -euo pipefail
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "$0")/.." && pwd)
correspond=$1
mkdir -p "$2"
out=$(cd "$2" && pwd)
shift 2

missing=()
for tool in node npm dot xmllint; do
    command -v "$tool" >/dev/null || missing+=("$tool")
done
if [ ${#missing[@]} -ne 0 ]; then
    echo "check-formats: missing: ${missing[*]}" >&2
    echo "check-formats: apt-get install nodejs npm graphviz libxml2-utils" >&2
    exit 1
fi

# Not "npm ci": one of them names optional packages that its lock cannot hold.
(cd "$here/tests/formats" && npm install --no-save --omit=optional --no-audit --no-fund \
    --ignore-scripts --loglevel=error) >&2
chmod +x "$here/tests/formats/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
"$here/tools/demo.sh" "$correspond" "$out/demo" >"$out/demo.txt"
mkdir -p "$out/complete"
"$here/demo/make-product.sh" --complete "$out/complete"
"$correspond" audit "$out/complete/installer.iso" --source "$out/complete/source.iso" \
    -o "$out/complete/complete.corr" >"$out/complete.txt" || [ $? -eq 4 ]

names=()
for case in "$out/demo/demo.corr" "$out/complete/complete.corr" "$@"; do
    name=$(basename "$case" .corr)
    names+=("$name")
    for format in json sarif cyclonedx spdx spdx3 graphml dot junit csv markdown text; do
        "$correspond" report "$case" --format $format -o "$out/$name.$format"
    done
done
node "$here/tests/formats/check.mjs" "$here/docs/correspond-report-1.schema.json" "$out" "${names[@]}"
