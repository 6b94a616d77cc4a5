# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/configure.ac <<'M'
AC_PREREQ([2.69])
AC_INIT([demo], [1.3])
M
put source/one.c <<'C'
int one(int x) { return x + 2; }
C
mkdir demo_1.2-1_amd64.deb
shared demo_1.2-1_amd64.deb/libone.so libone.so source/one.c
