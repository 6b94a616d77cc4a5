# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/def.h <<'C'
#define DEFINE_CORE(name) int core_##name##_show(int x) { return x; }
C
put source/core.c <<'C'
#include "def.h"
DEFINE_CORE(state)
C
put source/mod.c <<'C'
int core_state_show(int x);
int mod_init(void) { return core_state_show(2) + 1; }
C
kernel source/core.c
module shipped/mod GPL source/mod.c
