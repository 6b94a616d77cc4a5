# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/vendor.c <<'C'
int vendor_call(int x) { return x + 1; }
C
put source/mod.c <<'C'
int vendor_call(int x);
int mod_init(void) { return vendor_call(2) + 1; }
C
put source/sub.c <<'C'
int vendor_call(int x);
int sub_init(void) { return vendor_call(3) + 1; }
C
object vendor.o source/vendor.c
module mod.o GPL source/mod.c
mkdir -p shipped
ld -r -o shipped/mod mod.o vendor.o
module shipped/sub GPL source/sub.c
ar rcsD source/libvendor.a vendor.o
