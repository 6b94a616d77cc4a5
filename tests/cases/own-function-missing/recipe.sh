# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/mod.c <<'C'
int mod_init(void) { return 1; }
C
put hidden/secret.c <<'C'
int mod_secret(void) { return 2; }
C
module one.o GPL source/mod.c
object two.o hidden/secret.c
mkdir shipped
ld -r -o shipped/mod one.o two.o
