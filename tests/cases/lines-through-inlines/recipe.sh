# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int core_call(int x) { return x + 1; }
C
put source/wrap.h <<'C'
#define DEEP(x) core_call((x) + 1)
static inline int wrap(int x)
{
    return DEEP(x);
}
C
put source/mod.c <<'C'
#include "wrap.h"
static __attribute__((always_inline)) inline int outer(int x) { return wrap(x) * 3; }
int core_call(int x);
int mod_init(void) { return outer(2) + 1; }
C
sed -i 's/^static inline/static inline __attribute__((always_inline))/; 1i int core_call(int x);' source/wrap.h
kernel hidden/core.c
module shipped/mod GPL source/mod.c
