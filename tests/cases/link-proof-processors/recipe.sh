# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
mkdir shipped
while read -r name target flags; do
    put "hidden/$name.c" <<C
int core_$name(int x) { return x + 1; }
C
    put "source/$name.c" <<C
int core_$name(int x);
int mod_$name(void) { return core_$name(2) + 1; }
C
    # shellcheck disable=SC2086 # a list of flags
    foreign "$target" mod.o "source/$name.c" $flags
    # shellcheck disable=SC2086
    foreign "$target" core.o "hidden/$name.c" $flags
    ar rcsD "shipped/lib$name.a" mod.o core.o
    rm mod.o core.o
done <<'T'
i386 i386-linux-gnu
amd64 x86_64-linux-gnu
arm arm-linux-gnueabi -marm
thumb armv7-linux-gnueabihf -mthumb
arm64 aarch64-linux-gnu
mips mips-linux-gnu
mipsel mipsel-linux-gnu
ppc powerpc-linux-gnu
ppc64 powerpc64-linux-gnu
ppc64le powerpc64le-linux-gnu
s390x s390x-linux-gnu
riscv64 riscv64-linux-gnu
T
