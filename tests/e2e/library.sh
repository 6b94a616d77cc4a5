#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# The public library: what it exports, that an installed copy is enough to build and run the
# example, in C and with the header in C++, and that it says what the program says.
# shellcheck disable=SC2016 # words of another shell
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/e2e/lib/tap.sh
. "$root/tests/e2e/lib/tap.sh"
CORRESPOND=${CORRESPOND:-$root/build-dev/correspond}
tap_needs_program
# The plain library: a sanitized one wants a sanitized caller.
release=$(dirname "${CORRESPOND_RELEASE:-$root/build/correspond}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
if [ ! -e "$release/src/api/libcorrespond.so" ]; then
    not_ok "the library was built ($release)"
    tap_end
    exit
fi

same "only what the version script names is exported" \
    "$(nm -D --defined-only "$release/src/api/libcorrespond.so" | awk '$2 != "A" { print $3 }' |
        sed 's/@.*//' | sort)" \
    "$(grep -oE '^ +cor_[a-z_]+;' "$root/src/api/correspond.map" | tr -d ' ;' | sort)"
same "the header declares just these" \
    "$(grep -oE '\bcor_(library|request|result)_[a-z_]+\(' "$root/include/correspond.h" |
        tr -d '(' | sort -u)" \
    "$(grep -oE '^ +cor_[a-z_]+;' "$root/src/api/correspond.map" | tr -d ' ;' | sort)"
same "the library's name carries its version" \
    "$(readelf -d "$release/src/api/libcorrespond.so" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')" \
    libcorrespond.so.1

DESTDIR=$work/root meson install -C "$release" --no-rebuild --quiet >install.log 2>&1 || true
pc=$(find root -name correspond.pc)
check "it is installed with a pkg-config file" test -n "$pc"
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
PKG_CONFIG_PATH=$work/$(dirname "${pc:-.}")
PKG_CONFIG_SYSROOT_DIR=$work/root
libdir=$work/$(dirname "$(dirname "${pc:-./.}")")
build() { # OUT FLAG...
    local out=$1
    shift
    # shellcheck disable=SC2046 # words
    gcc -std=c11 -Wall -Wextra -Werror "$root/examples/findings.c" "$@" \
        $(pkg-config --cflags --libs correspond) -o "$out"
}
check "the example builds against the installed library" build findings
cat >plus.cc <<'C'
#include <correspond.h>
int main() { return cor_library_version() == nullptr; }
C
if command -v g++ >/dev/null; then
    # shellcheck disable=SC2046
    check "the header serves C++" g++ -Wall -Wextra -Werror plus.cc \
        $(pkg-config --cflags --libs correspond) -o plus
else
    skip "the header serves C++" "no g++"
fi

"$root/demo/make-product.sh" . >/dev/null 2>make.err
status=0
"$CORRESPOND" audit installer.iso --source source.iso -q --json report.json >/dev/null || status=$?
run_example() {
    local got=0
    LD_LIBRARY_PATH=$libdir ./findings installer.iso source.iso >found || got=$?
    [ "$got" -eq "$status" ]
}
check "the example ends as the program does ($status)" run_example
same "the example finds what the program finds" \
    "$(grep -oE '^[^ ]+ is [a-z-]+$' found | sort)" \
    "$(jq -r '(.symbols, .functions) | map(select(.finding)) | .[] | .name + " is " + .class' \
        report.json | sort)"
same "the example prints the calls" "$(grep -c '^  called at' found)" \
    "$(jq '.symbols | map(select(.finding) | .calls | length) | add' report.json)"
status=3
check_missing() {
    local got=0
    LD_LIBRARY_PATH=$libdir ./findings nowhere source.iso 2>err || got=$?
    [ "$got" -eq 3 ] && grep -q nowhere err
}
check "a missing input is told" check_missing
# The static library, with the sanitizers, leaks nothing.
check "the static library does the same" bash -c \
    '"$1/examples/findings-static" installer.iso source.iso >static; [ $? -eq 1 ] && cmp found static' \
    static "$(dirname "$CORRESPOND")"
tap_end
