# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/a.c <<'C'
int a_open(int x) { return x + 1; }
C
put source/b.c <<'C'
int a_open(int x);
int b_open(int x) { return a_open(x) * 2; }
C
put source/main.c <<'C'
int b_open(int x);
int main_answer;
void _start(void) { main_answer = b_open(3); for (;;); }
C
shared shipped/usr/lib/liba.so.1 liba.so.1 source/a.c
shared shipped/usr/lib/libb.so.2 libb.so.2 source/b.c shipped/usr/lib/liba.so.1
program shipped/usr/bin/main source/main.c -rpath-link shipped/usr/lib shipped/usr/lib/libb.so.2
