# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int vmk_log(int x) { return x + 1; }
C
put source/lib.c <<'C'
int offered(int x) { return x + 9; }
C
put source/driver.c <<'C'
int offered(int x);
int init_module(void) { return offered(2); }
C
kernel hidden/core.c
esxi_module shipped/lib GPL source/lib.c provides=lib#1 export=offered
esxi_module shipped/closed "ThirdParty:VMware Proprietary" source/driver.c requires=lib#1
esxi_module shipped/free GPLv2 source/driver.c requires=lib#1
