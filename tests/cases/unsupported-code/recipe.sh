# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/mod.c <<'C'
int mod_init(void) { return 1; }
C
module shipped/mod GPL source/mod.c
{
    printf 'MZ'
    head -c 58 /dev/zero
    printf '\100\000\000\000PE\000\000\144\206\001\000'
    head -c 300 /dev/zero
} >shipped/tool.exe
