# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/a.c <<'C'
int b_part(int x);
int a_part(int x) { return b_part(x) + 1; }
C
put source/b.c <<'C'
int b_part(int x) { return x * 3; }
C
object a.o source/a.c
object b.o source/b.c
mkdir shipped
ar rcsD shipped/libab.a a.o b.o
