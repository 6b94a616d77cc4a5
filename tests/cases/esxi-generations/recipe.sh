# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int vmk_log(int x) { return x + 1; }
C
put hidden/old.c <<'C'
int add_driver(int x) { return x + 9; }
C
put hidden/new.c <<'C'
int add_driver(int x) { return x + 92; }
C
put source/driver.c <<'C'
int add_driver(int x);
int vmk_log(int x);
int init_module(void) { return add_driver(2) + vmk_log(1); }
C
kernel hidden/core.c
esxi_module shipped/vmklinux_9 GPL hidden/old.c provides=driverAPI#9.0 export=add_driver
esxi_module shipped/vmklinux_9_2 GPL hidden/new.c provides=driverAPI#9.2 export=add_driver
esxi_module shipped/driver_old GPLv2 source/driver.c requires=driverAPI#9.0 requires=vmkernel#nover
esxi_module shipped/driver_new GPLv2 source/driver.c requires=driverAPI#9.2
