# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/Makefile <<'M'
# SPDX-License-Identifier: GPL-2.0
VERSION = 5
PATCHLEVEL = 10
SUBLEVEL = 4
EXTRAVERSION =
M
put source/mod.c <<'C'
int mod_work(int x) { return x + 2; }
C
linux_module shipped/mod.ko GPL source/mod.c mod_work
