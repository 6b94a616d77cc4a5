#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# The program audits its own release build against its own source: everything corresponds, but for
# the static library of the system's, which a policy names. With one source file withheld, just the
# functions of that file are found.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/e2e/lib/tap.sh
. "$root/tests/e2e/lib/tap.sh"
CORRESPOND=${CORRESPOND:-$root/build-dev/correspond}
tap_needs_program
built=${CORRESPOND_RELEASE:-$root/build/correspond}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
if [ ! -x "$built" ]; then
    not_ok "the release build stands ($built)"
    tap_end
    exit
fi

"$root/tools/self-policy.sh" >policy.json
mkdir whole
(cd "$root" && find src include -name '*.[ch]' -o -name '*.def' -o -name '*.sql') |
    tar -C "$root" -cf - -T - | tar -C whole -xf -
# The system's headers that the build reads: what is inline in them stands in the program.
mkdir headers
ninja -C "$(dirname "$built")" -t deps | awk '$1 ~ /^\/usr\// { print $1 }' | sort -u |
    tar -cf - -T - 2>/dev/null | tar -C headers -xf -
cp -r whole less
withheld=src/report/put.c
rm "less/$withheld"
mapfile -t system < <(ldd "$built" |
    awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// { print $1 }' | xargs -n 1 readlink -f | sed 's/^/--system=/')
self() { # STATUS SOURCE: audits the release build
    local got=0
    "$CORRESPOND" audit "$built" --source "$2" --source headers "${system[@]}" -q --policy policy.json \
        --today 2026-01-01 --json "$2.json" >out 2>err || got=$?
    [ "$got" -eq "$1" ] || {
        echo "exit status $got, want $1"
        head -n 60 out err
        return 1
    }
}
counting='(.symbols, .functions) | map(select(.finding and .excuse == null)) | .[] | .name'
check "the program corresponds to its source" self 0 whole
same "no finding counts" "$(jq -r "$counting" whole.json | wc -l)" 0
same "nothing is undetermined" \
    "$(jq -r '(.symbols, .functions) | .[] | select(.class == "undetermined" and .excuse == null) | .name' whole.json)" ""
check "its functions are known, and most are its own" jq -e \
    '.totals.defined.total > 1000 and .totals.defined.released * 10 > .totals.defined.total * 9' whole.json
check "what it needs comes from the system" jq -e \
    '.totals.undefined.toolchain == .totals.undefined.total' whole.json
check "without one file it does not" self 1 less
same "the functions of that file are found, and no other" \
    "$(jq -r "$counting" less.json | sed 's/\..*//' | sort -u)" \
    "$(nm --defined-only "$(dirname "$built")/src/report/libreport.a" 2>/dev/null |
        awk '/(^|\/)put\.c\.o:$/ { on = 1; next } /:$/ { on = 0 } on && $2 ~ /[tT]/ { print $3 }' |
        sed 's/\..*//' | sort -u | grep -xFf <(nm "$built" | awk '{ print $3 }' | sed 's/\..*//' | sort -u))"
tap_end
