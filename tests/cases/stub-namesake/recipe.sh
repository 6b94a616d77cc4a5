# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/one.c <<'C'
int write_row(const char *text, int size), rows_left(void);
static int check(int level) { return write_row("the licence is not valid", level) + rows_left(); }
int start(int level) { return check(level) + 1; }
C
put source/one.c <<'C'
int start(int level) { return level + 1; }
C
put source/two.c <<'C'
static int check(int level) { return 0; }
int second(int level) { return check(level) + 2; }
int third(int level) { return check(level) * 3; }
C
compile gcc one.o hidden/one.c -fPIC
compile gcc two.o source/two.c -fPIC
mkdir shipped
ld -shared --build-id=none -soname libone.so -o shipped/libone.so one.o two.o
