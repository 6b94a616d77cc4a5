# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/copy.S <<'C'
#define ENTRY(name) .globl name; .type name, @function; name:
    .text
ENTRY(core_copy)
    ret
    .size core_copy, . - core_copy
C
put source/mod.c <<'C'
void core_copy(void);
int mod_init(void) { core_copy(); return 1; }
C
kernel source/copy.S
module shipped/mod GPL source/mod.c
