# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int core_call(int x) { return x + 1; }
C
put hidden/mod.c <<'C'
int core_call(int x);
int mod_init(void) { return core_call(2) + 1; }
C
put source/other.c <<'C'
int other(void) { return 0; }
C
kernel hidden/core.c
module shipped/mod Proprietary hidden/mod.c
