# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/a.c <<'C'
int a_open(int x) { return x + 1; }
C
put hidden/other.c <<'C'
int a_open(int x) { return x + 2; }
C
put source/b.c <<'C'
int a_open(int x);
int b_open(int x) { return a_open(x) * 2; }
C
shared liba.so.1 liba.so.1 hidden/a.c
shared shipped/libb.so.2 libb.so.2 source/b.c liba.so.1
shared shipped/libother.so.1 libother.so.1 hidden/other.c
