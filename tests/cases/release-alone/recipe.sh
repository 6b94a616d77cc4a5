# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/blob.c <<'C'
int blob_attach(int x) { return x + 1; }
int blob_lonely(int x) { return x + 2; }
C
put source/shim.c <<'C'
int blob_attach(int x);
int kernel_thing(int x);
int shim_init(void)
{
    return blob_attach(1) + kernel_thing(2);
}
C
object source/blob.o_shipped hidden/blob.c
