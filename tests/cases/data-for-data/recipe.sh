# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/core.c <<'C'
int core_state;
C
put source/mod.c <<'C'
extern int core_state;
int mod_init(void) { return core_state + 1; }
C
kernel source/core.c
module shipped/mod GPL source/mod.c
