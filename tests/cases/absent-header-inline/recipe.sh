# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/linux/jhash.h <<'C'
static int jhash_words(int x) { return x * 31; }
C
put source/drv.c <<'C'
#include <linux/jhash.h>
int drv_init(int x) { return jhash_words(x); }
C
module shipped/drv.ko GPL source/drv.c -I "$PWD/hidden"
