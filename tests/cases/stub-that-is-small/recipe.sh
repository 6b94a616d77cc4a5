# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/one.c <<'C'
static int check(int level) { return 0; }
int start(int level) { return check(level) + 1; }
C
compile gcc one.o source/one.c -fPIC
mkdir shipped
ld -shared --build-id=none -soname libone.so -o shipped/libone.so one.o
