# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int core_state(int x) { return x; }
C
put source/mod.c <<'C'
int core_state(int x);
int mod_init(void) { return core_state(1) + 1; }
C
put source/other.c <<'C'
int core_state;
C
kernel hidden/core.c
module shipped/mod GPL source/mod.c
