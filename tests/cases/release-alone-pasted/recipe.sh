# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/hal.c <<'C'
int fw_12_start(int x) { return x + 4; }
int fw_13_start(int x) { return x + 5; }
C
put source/names.h <<'C'
#define PASTE(a, b, c) a##b##c
#define JOIN(a, b, c) PASTE(a, b, c)
#define FW_VERSION 12
#define VERSIONED(n) JOIN(fw_, FW_VERSION, n)
C
put source/shim.c <<'C'
#include "names.h"
int VERSIONED(_start)(int);
int FW_plain(int x) { return x; }
int three(void) { return VERSIONED(_start)(3) + FW_plain(4); }
C
object source/hal.o_shipped hidden/hal.c
