# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/blob.c <<'C'
int blob_attach(int x) { return x + 1; }
C
put source/shim.c <<'C'
int blob_attach(int x);
int shim_init(void) { return blob_attach(1); }
C
object source/blob.o source/blob.c
