#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# fuzz.sh CORRESPOND
#
# Damages the parts of the demo product one after another and audits each wreck with the sanitized
# program. Every run must end with a known status, within 60 s, without a word of the sanitizers.
# FUZZ_ROUNDS (200) and FUZZ_SEED (1) choose; what fails is kept in FUZZ_OUT (out/fuzz).
set -euo pipefail
export LC_ALL=C
correspond=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
rounds=${FUZZ_ROUNDS:-200}
seed=${FUZZ_SEED:-1}
keep=$(mkdir -p "${FUZZ_OUT:-out/fuzz}" && cd "${FUZZ_OUT:-out/fuzz}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"${CC:-gcc}" -O2 -o damage "$here/damage.c"
"$here/../demo/make-product.sh" product 2>/dev/null

# The seeds: both images, and every layer inside them.
mkdir opened parts
bsdtar -xf product/installer.iso -C opened
bsdtar -xf product/source.iso -C opened
chmod -R u+w opened
for archive in opened/*.v00 opened/*.t00 opened/*.tgz; do
    tar -xzf "$archive" -C opened
    gzip -dc "$archive" >"parts/$(basename "$archive").tar"
done
gzip -dc opened/k.b00 >opened/vkernel
find opened product -type f ! -name COPYING | while IFS= read -r file; do
    cp "$file" "parts/$(echo "$file" | tr '/' '-')"
done
mapfile -t parts < <(find parts -type f | sort)

failed=0
for ((i = 0; i < rounds; i++)); do
    part=${parts[i % ${#parts[@]}]}
    wreck=$(basename "$part")
    rm -rf case
    mkdir -p case/shipped case/source
    ./damage $((seed + i)) <"$part" >"case/shipped/$wreck"
    cp "case/shipped/$wreck" case/source/
    cp opened/usr/lib/modules/netdrv case/shipped/whole
    cp opened/drivers/netdrv.c case/source/
    status=0
    timeout 60 "$correspond" audit case/shipped --source case/source -o case/x.corr \
        --json case/x.json >case/out 2>case/err || status=$?
    if [ "$status" -gt 4 ] || [ "$status" -eq 2 ] ||
        grep -qE 'Sanitizer|runtime error:' case/err; then
        failed=$((failed + 1))
        rm -rf "${keep:?}/$((seed + i))"
        cp -r case "$keep/$((seed + i))"
        echo "seed $((seed + i)), $wreck: status $status, kept in $keep/$((seed + i))"
    fi
done
echo "$((rounds - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
