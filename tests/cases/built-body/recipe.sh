# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/k/Makefile <<'M'
obj-y := main.o core.o
M
put source/k/core.c <<'C'
int core_call(int x) { return x + 1; }
C
put source/k/main.c <<'C'
int main_call(int x) { return x + 3; }
C
put source/mod.c <<'C'
int core_call(int x);
int mod_init(void) { return core_call(2) + 1; }
C
kernel source/k/core.c
module shipped/mod GPL source/mod.c
