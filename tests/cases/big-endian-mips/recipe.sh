# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int core_call(int x) { return x + 1; }
C
put source/mod.c <<'C'
int core_call(int x);
int mod_init(void) { return core_call(2) + 1; }
C
foreign mips-linux-gnu mod.o source/mod.c
foreign mips-linux-gnu core.o hidden/core.c
mkdir shipped
ar rcsD shipped/libmod.a mod.o core.o
