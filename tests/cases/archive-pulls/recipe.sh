# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/main.c <<'C'
int a_part(int x);
int b_part(int x);
__attribute__((weak)) int soft_part(int x);
int start(int x) { return a_part(x) + b_part(x) + (soft_part ? soft_part(x) : 0); }
C
put source/a.c <<'C'
int b_part(int x);
int c_part(int x);
int a_part(int x) { return b_part(x) + c_part(x) + 1; }
C
for name in b c idle soft; do
    put source/$name.c <<C
int ${name}_part(int x) { return x * 3; }
C
done
mkdir shipped
object shipped/main.o source/main.c
for name in a b c idle soft; do
    object $name.o source/$name.c
done
ar rcsD shipped/libab.a a.o b.o c.o idle.o soft.o
