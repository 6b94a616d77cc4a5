#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# Totals add up, on this machine's own objects, libraries and programs: for every component the
# classes sum to what nm -u counts, and the defined functions to what readelf lists.
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
mkdir shipped source
echo 'int unrelated(void) { return 0; }' >source/unrelated.c

# A sample: start files, libraries, programs; each under a name of its own.
libraries=$(dirname "$(gcc -print-file-name=crt1.o)")
add() {
    local file
    for file; do
        if [ -f "$file" ] && [ "$(head -c 4 "$file" | tail -c 3)" = ELF ]; then
            cp "$file" "shipped/$(basename "$file")"
        fi
    done
}
add "$libraries"/*crt*.o "$libraries"/lib{z,elf,lzma,zstd,bz2,archive,sqlite3}.so.?
add "$(dirname "$(gcc -print-libgcc-file-name)")"/crt*.o
add /usr/bin/{gcc,nm,tar,grep,jq,sqlite3,xz,gzip,make}
chmod -R u+w shipped

status=0
"$CORRESPOND" audit shipped --source source -o x.corr --json x.json >out 2>err || status=$?
case $status in
0 | 1 | 4) ok "the audit runs (exit status $status)" ;;
*)
    tap_note "$(tail -n 20 err)"
    not_ok "the audit runs (exit status $status)"
    ;;
esac
[ -s x.json ] || echo '{}' >x.json

has_symtab() {
    readelf -SW "$1" | grep -q ' SYMTAB '
}
same "every file is a component" "$(jq '.components // [] | length' x.json)" \
    "$(find shipped -type f | wc -l)"
for file in shipped/*; do
    name=$(basename "$file")
    if has_symtab "$file"; then
        undefined=$(nm -u "$file" 2>/dev/null | wc -l)
        defined=$(readelf -sW "$file" | awk '/^Symbol table/ { on = /\.symtab/ }
            on && ($4 == "FUNC" || $4 == "IFUNC" || $4 == "GNU_IFUNC") && $7 != "UND" { n++ }
            END { print n + 0 }')
    else
        undefined=$(nm -D -u "$file" 2>/dev/null | wc -l)
        defined=null
    fi
    got=$(jq -r --arg n "$name" '.components // [] | .[] | select(.name == $n) |
        [.undefined.total, ([.undefined | to_entries[] | select(.key != "total") | .value] | add),
         (.defined.total | tostring)] | join(" ")' x.json)
    same "totals of $name" "$got" "$undefined $undefined $defined"
done
same "the sum over the components" \
    "$(jq '[.components // [] | .[] | .undefined.total] | add // 0' x.json)" \
    "$(jq '[.totals.undefined | to_entries[] | select(.key != "total") | .value] | add // 0' x.json \
        2>/dev/null || echo none)"
tap_end
