#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# check-page.sh CORRESPOND LARGE_CASE OUT
#
# Uses reports as HTML in Chromium: the demo product's, and one of 4,000 components that the
# program LARGE_CASE makes up. The driver comes from npm, as tests/page/package-lock.json pins it;
# all else is Debian's: chromium nodejs npm poppler-utils libxml2-utils.
set -euo pipefail
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "$0")/.." && pwd)
correspond=$1 large_case=$2
mkdir -p "$3"
out=$(cd "$3" && pwd)

missing=()
for tool in "${CHROMIUM:-chromium}" node npm pdftotext xmllint; do
    command -v "$tool" >/dev/null || missing+=("$tool")
done
if [ ${#missing[@]} -ne 0 ]; then
    echo "check-page: missing: ${missing[*]}" >&2
    echo "check-page: apt-get install chromium nodejs npm poppler-utils libxml2-utils" >&2
    exit 1
fi
CHROMIUM=$(command -v "${CHROMIUM:-chromium}")
export CHROMIUM

(cd "$here/tests/page" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error) >&2
"$here/tools/demo.sh" "$correspond" "$out/demo" >"$out/demo.txt"
"$correspond" report "$out/demo/demo.corr" --format html -o "$out/demo.html"
"$large_case" "$out/large.corr"
"$correspond" report "$out/large.corr" --format html -o "$out/large.html"
node "$here/tests/page/check.mjs" "$out/demo.html" "$out/large.html" "$out"
