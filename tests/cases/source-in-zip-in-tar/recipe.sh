# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put tree/core.c <<'C'
int core_call(int x) { return x + 1; }
C
put tree/mod.c <<'C'
int core_call(int x);
int mod_init(void) { return core_call(2) + 1; }
C
kernel tree/core.c
module shipped/mod GPL tree/mod.c
mkdir inner packed
(cd tree && zip -qX ../inner/code.zip core.c mod.c)
tar -cJf packed/release.tar.xz inner
(cd shipped && find . -type f | cpio -o -H newc --quiet | zstd -q >../packed/product.cpio.zst)
