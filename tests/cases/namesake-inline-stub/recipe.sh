# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int core_attach(int x) { return x + 1; }
C
put source/core.h <<'C'
#ifdef HAVE_CORE
int core_attach(int x);
#else
static inline int core_attach(int x)
{
    return 0;
}
#endif
C
put source/mod.c <<'C'
#include "core.h"
int mod_init(void) { return core_attach(2) + 1; }
C
kernel hidden/core.c
module shipped/mod GPL source/mod.c -DHAVE_CORE
