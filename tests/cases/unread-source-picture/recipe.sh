# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int core_call(int x) { return x + 1; }
C
put source/mod.c <<'C'
int core_call(int x);
int mod_init(void) { return core_call(2) + 1; }
C
kernel hidden/core.c
module shipped/mod GPL source/mod.c
printf '\211PNG\r\n\032\n\000\000\000\rIHDR\000\000' >source/logo.png
