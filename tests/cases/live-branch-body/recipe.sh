# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/core.c <<'C'
#ifdef CONFIG_CORE
int core_call(int x) { return x + 1; }
#endif
C
put source/mod.c <<'C'
int core_call(int x);
int mod_init(void) { return core_call(2) + 1; }
C
kernel source/core.c 2>/dev/null || true
printf '#define CONFIG_CORE 1\n' >config.h
compile gcc k.o source/core.c -fPIC -include "$PWD/config.h"
ld -shared --build-id=none -soname vkernel -o shipped/k k.o
module shipped/mod GPL source/mod.c
