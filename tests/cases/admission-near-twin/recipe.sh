# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int core_call(int x) { return x + 1; }
C
put source/mod.c <<'C'
/* Defined in another file. */
int core_call(int x);
int mod_init(void) { return core_call(2) + 1; } // like mod does
C
kernel hidden/core.c
module shipped/mod GPL source/mod.c
