# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/mod.c <<'C'
int mod_init(void) { return 1; }
C
module shipped/a/mod GPL source/mod.c
mkdir shipped/b
cp shipped/a/mod shipped/b/mod
