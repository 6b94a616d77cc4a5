# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/hal.c <<'C'
int hal_handed(int x) { return x + 1; }
int hal_table(int x) { return x + 2; }
int vendor_queue(int x) { return x + 3; }
int hal_own(int x) { return x + 5; }
C
put source/names.h <<'C'
#define queue vendor_queue
#define ATTACH(fn, x) do_attach(fn, x)
C
put source/shim.c <<'C'
#include "names.h"
struct ops { int (*ctrl)(int); };
int hal_handed(int), hal_table(int), queue(int), hal_own(int);
int do_attach(int (*fn)(int), int x) { return fn(x); }
int one(void) { return ATTACH(hal_handed, 1); }
const struct ops table = {
    .ctrl = hal_table,
};
int two(void) { return queue(2); }
int four(void) { return hal_own(4); }
C
put source/own.c <<'C'
int hal_own(int x) { return x; }
C
object source/hal.o_shipped hidden/hal.c
