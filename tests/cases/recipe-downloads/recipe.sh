# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/foo.c <<'C'
int foo_call(int x) { return x + 1; }
C
put hidden/bar.c <<'C'
int bar_call(int x) { return x + 2; }
C
put source/mod.c <<'C'
int foo_call(int x), bar_call(int x);
int mod_init(void) { return foo_call(1) + bar_call(2); }
C
put source/build.sh <<'C'
#!/bin/sh
# what the release lacks
wget https://example.org/dl/foo-1.2.tar.gz
make
C
mkdir shipped
shared shipped/libfoo.so libfoo.so hidden/foo.c
shared shipped/libbar.so libbar.so hidden/bar.c
shared shipped/libmod.so libmod.so source/mod.c shipped/libfoo.so shipped/libbar.so
