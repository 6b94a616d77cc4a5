# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int core_call(int x) { return x + 1; }
C
put source/mod.c <<'C'
int core_call(int x);
int mod_init(void)
{
    int a = core_call(2);
    return a + core_call(a);
}
C
kernel hidden/core.c
module shipped/mod GPL source/mod.c
