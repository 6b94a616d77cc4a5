# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/a.c <<'C'
int a_open(int x) { return x + 1; }
C
shared shipped/liba.so.1 liba.so.1 source/a.c
