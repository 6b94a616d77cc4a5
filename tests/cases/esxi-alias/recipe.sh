# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int vmk_log(int x) { return x + 1; }
C
put source/base.c <<'C'
int real_open(int x) { return x + 9; }
int shared(int x) { return x + 8; }
C
put hidden/blob.c <<'C'
int real_closed(int x) { return x + 11; }
C
put source/driver.c <<'C'
int open_9(int x);
int closed_9(int x);
int shared(int x);
int init_module(void) { return open_9(2) + closed_9(3) + shared(1); }
C
kernel hidden/core.c
esxi_module shipped/base GPL source/base.c provides=base#1 alias=real_open:open_9 export=shared
esxi_module shipped/blob VMware hidden/blob.c provides=base#2 alias=real_closed:closed_9 alias=shared:shared
esxi_module shipped/driver GPL source/driver.c requires=base#1 requires=base#2
