# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/one.c <<'C'
int one_call(int x) { return x + 1; }
C
put source/user.c <<'C'
int one_call(int x);
int user_init(void) { return one_call(2) + 1; }
C
linux_module shipped/lib/modules/6.1.0-test/kernel/a/one.ko GPL source/one.c one_call
linux_module shipped/lib/modules/6.1.0-test/kernel/b/one.ko GPL source/one.c one_call
linux_module shipped/lib/modules/6.1.0-test/kernel/user.ko GPL source/user.c
put shipped/lib/modules/6.1.0-test/modules.dep <<'T'
kernel/a/one.ko:
kernel/b/one.ko:
kernel/user.ko: kernel/b/one.ko
T
put shipped/lib/modules/6.1.0-test/modules.symbols <<'T'
# Aliases for symbols, used by symbol_request().
alias symbol:one_call one
T
put shipped/lib/modules/6.1.0-test/Module.symvers <<'T'
0x00000000	one_call	kernel/b/one	EXPORT_SYMBOL	
T
