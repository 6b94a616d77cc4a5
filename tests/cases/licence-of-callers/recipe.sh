# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/core.c <<'C'
int core_call(int x) { return x + 1; }
C
# REUSE-IgnoreStart
put source/mod.c <<'C'
// SPDX-License-Identifier: GPL-2.0 OR MIT
int core_call(int x);
int mod_init(void) { return core_call(2) + 1; }
C
put source/words.c <<'C'
/*
 * Licensed under the terms of the
 * GNU General Public License, version 2.
 */
int core_call(int x);
int words(void) { return core_call(3) + 1; }
C
put source/twin.c <<'C'
/* Prints the GNU General Public License. */
int core_call(int x);
const char *twin_text = "distributed under the terms of the GNU General Public License";
int twin(void) { return core_call(4) + 1; }
C
# REUSE-IgnoreEnd
kernel hidden/core.c
module shipped/mod GPL source/mod.c
