# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put hidden/foo.c <<'C'
int foo_call(int x) { return x + 1; }
C
put source/mod.c <<'C'
int foo_call(int x);
int mod_init(void) { return foo_call(1); }
C
put source/build.sh <<'C'
#!/bin/sh
# wget https://example.org/dl/foo-1.2.tar.gz
echo "see https://example.org/foo-1.2.tar.gz"
wget https://example.org/foo-manual.pdf
make
C
mkdir shipped
shared shipped/libfoo.so libfoo.so hidden/foo.c
shared shipped/libmod.so libmod.so source/mod.c shipped/libfoo.so
