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
mkdir cut
seq 1 20000 >shipped/zzz
(cd shipped && tar --sort=name -cf ../cut/whole.tar boot.cfg k mod zzz)
head -c 40000 cut/whole.tar >cut/product.tar
rm cut/whole.tar
