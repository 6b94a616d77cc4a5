# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/watch.h <<'C'
int watch_open(int x), watch_read(int x), watch_close(int x);
#define WATCH(x) (watch_open(x) + watch_read(x) * watch_close(x))
C
unit() { # NAME: a file with a static function whose uses a macro hides, of a name that all files have
    put "source/$1.c" <<C
#include <watch.h>
int $1_first(int x), $1_last(int x);
static int check(int x) { return $1_first(x) + WATCH(x) * $1_last(x); }
int $1_start(int x) { return check(x) + 1; }
int $1_stop(int x) { return check(x) * 5 + check(x + 1); }
C
    compile gcc "$1.o" "source/$1.c" -fPIC -I"$headers" -fno-inline
}
headers=$PWD/hidden
unit one
unit two
unit three
mkdir shipped
ld -shared --build-id=none -soname libunits.so -o shipped/libunits.so one.o two.o three.o
