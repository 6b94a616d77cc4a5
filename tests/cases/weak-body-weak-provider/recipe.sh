# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/default.c <<'C'
int __attribute__((weak)) core_setup(int x)
{
    return 0;
}
C
put source/mod.c <<'C'
int core_setup(int x);
int mod_init(void) { return core_setup(2) + 1; }
C
kernel source/default.c
module shipped/mod GPL source/mod.c
