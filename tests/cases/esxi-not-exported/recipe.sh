# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int vmk_log(int x) { return x + 1; }
C
put hidden/lib.c <<'C'
int offered(int x) { return x + 9; }
int kept(int x) { return x + 10; }
C
put source/driver.c <<'C'
int offered(int x);
int kept(int x);
int init_module(void) { return offered(2) + kept(3); }
C
kernel hidden/core.c
esxi_module shipped/lib GPL hidden/lib.c provides=lib#1 export=offered
esxi_module shipped/driver GPL source/driver.c requires=lib#1
printf 'kernel=k\nmodules=lib --- driver\n' >shipped/boot.cfg
