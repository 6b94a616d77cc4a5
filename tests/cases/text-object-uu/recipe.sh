# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/blob.c <<'C'
int blob_attach(int x) { return x + 1; }
C
put source/shim.c <<'C'
int blob_attach(int x);
int shim_init(void)
{
    return blob_attach(1);
}
C
# uu IN OUT
uu() {
    {
        printf '/* Proprietary. */\nbegin 644 %s\n' "$(basename "$1")"
        perl -0777 -ne 'print pack "u", $_' "$1"
        printf '`\nend\n'
    } >"$2"
}
object hidden/hal.o hidden/blob.c
foreign mips-linux-gnu hidden/mips.o hidden/blob.c
uu hidden/hal.o source/hal.o.uu
uu hidden/mips.o source/mips.o.uu
