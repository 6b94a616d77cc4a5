#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# The recipe of contrib/ci that gates a release: shut for the product that lacks source, open for
# the complete one, for what the baseline has too, and for what the policy excuses.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/e2e/lib/tap.sh
. "$root/tests/e2e/lib/tap.sh"
CORRESPOND=${CORRESPOND:-$root/build-dev/correspond}
tap_needs_program
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir bin lacking complete
ln -s "$CORRESPOND" bin/correspond
export PATH=$work/bin:$PATH
"$root/demo/make-product.sh" lacking >/dev/null 2>make.err
"$root/demo/make-product.sh" --complete complete >/dev/null 2>make.err

gate() { # STATUS PRODUCT CASE
    local got=0
    "$root/contrib/ci/gate.sh" "$2/installer.iso" "$2/source.iso" "$3" >said 2>&1 || got=$?
    [ "$got" -eq "$1" ] || {
        echo "exit status $got, want $1"
        tail -n 20 said
        return 1
    }
}
check "shut for a release that lacks source" gate 1 lacking lacking.corr
check "it says so" grep -q "gate: shut" said
for format in html sarif junit; do
    check "it leaves report.$format" test -s report.$format
done
check "open for a complete one" gate 0 complete complete.corr
check "open for what the last release lacked too" env BASELINE=lacking.corr bash -c \
    "$(declare -f gate); root=$root; gate 0 lacking again.corr"
check "shut for what the last release had" env BASELINE=complete.corr bash -c \
    "$(declare -f gate); root=$root; gate 1 lacking again.corr"
cat >policy.json <<'JSON'
{"schema": "correspond-policy/1", "waivers": [
  {"component": "*", "reason": "a trial", "author": "me", "expires": "2999-12-31"}]}
JSON
check "open for what the policy excuses" env POLICY=policy.json bash -c \
    "$(declare -f gate); root=$root; gate 0 lacking again.corr"
check "a missing input is no release" gate 3 nowhere again.corr
tap_end
