# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/core.c <<'C'
int core_ready(void) { return 1; }
C
put source/mod.c <<'C'
extern void debug_hook(void);
int core_ready(void);
int mod_init(void) { debug_hook(); return core_ready(); }
C
kernel source/core.c
module shipped/mod GPL source/mod.c
