# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/one.c <<'C'
int one_call(int x) { return x + 1; }
C
put source/two.c <<'C'
int one_call(int x);
int init_module(void) { return one_call(2) + 1; }
C
linux_module shipped/one.ko Proprietary hidden/one.c one_call
linux_module shipped/two.ko GPL source/two.c
