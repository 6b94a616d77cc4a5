#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# make-product.sh [--complete] OUT
#
# Compiles and packs the demo product: OUT/installer.iso (what the vendor ships) and
# OUT/source.iso (what the vendor releases as source). With --complete nothing is withheld: the
# product carries its library and its licence check, and the release holds every source file.
# Made twice with the same tools, the files are identical.
#
# The product is code for x86-64. On another machine set CC, LD and STRIP to a cross toolchain.
set -eu
export LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1420070400
umask 022

complete=no
if [ "${1-}" = --complete ]; then
    complete=yes
    shift
fi
if [ $# -ne 1 ]; then
    echo "usage: make-product.sh [--complete] OUT" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
CC=${CC:-gcc}
LD=${LD:-ld}
STRIP=${STRIP:-strip}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -p "$work/obj" "$work/ship" "$work/pack" "$work/release"

# Kernel code: no C library, no position independence, none of the host compiler's hardening.
base_flags="-std=gnu17 -O2 -ffreestanding -fno-stack-protector -fno-asynchronous-unwind-tables
    -fcf-protection=none -fno-common -Wall -Wextra -Werror -DVK_KERNEL"
module_flags="$base_flags -fno-pic -fno-pie -mno-red-zone"

# compile OBJECT SOURCE FLAG...: the source is named relative to its folder, so that no path of
# this machine gets into the object.
compile() {
    object=$1
    source=$2
    shift 2
    (cd "$here/$(dirname "$source")" &&
        "$CC" "$@" -I"$here/core/include" -I"$here/openlinux" -c "$(basename "$source")" \
            -o "$work/obj/$object")
}

build_core() {
    set --
    for part in device kernel $([ $complete = no ] || echo licence); do
        # shellcheck disable=SC2086 # a list of flags
        compile "core-$part.o" "core/$part.c" $base_flags -fPIC
        set -- "$@" "$work/obj/core-$part.o"
    done
    "$LD" -shared --build-id=none -soname vkernel -o "$work/ship/vkernel" "$@"
    "$STRIP" --strip-debug "$work/ship/vkernel"
}

build_module() {
    for part in pci register; do
        # shellcheck disable=SC2086
        compile "$part.o" "openlinux/$part.c" $module_flags -mcmodel=kernel
    done
    # shellcheck disable=SC2086
    compile option.o openlinux/option.c $module_flags -mcmodel=kernel -fstack-protector-strong
    compile memzero.o openlinux/memzero.S
    # shellcheck disable=SC2086
    compile checksum.o prebuilt/checksum.c $module_flags -mcmodel=kernel
    (cd "$work/obj" &&
        "$LD" -r -o "$work/ship/openlinux" pci.o register.o option.o memzero.o checksum.o)
}

build_drivers() {
    # shellcheck disable=SC2086
    compile netdrv.o drivers/netdrv.c $module_flags -mcmodel=kernel
    # shellcheck disable=SC2086
    compile blkdrv-main.o drivers/blkdrv.c $module_flags -mcmodel=kernel
    # shellcheck disable=SC2086
    compile counters.o drivers/counters.c $base_flags -fPIC -mcmodel=large
    (cd "$work/obj" &&
        "$LD" -r -o "$work/ship/netdrv" netdrv.o &&
        "$LD" -r -o "$work/ship/blkdrv" blkdrv-main.o counters.o)
}

build_tool() {
    # shellcheck disable=SC2086
    compile foo.o tool/foo.c $base_flags -fPIC
    # shellcheck disable=SC2086
    compile oltool.o tool/oltool.c $base_flags -fPIE
    "$LD" -shared --build-id=none -soname libfoo.so.1 -o "$work/ship/libfoo.so.1" \
        "$work/obj/foo.o"
    "$LD" -pie --build-id=none -dynamic-linker /lib64/ld-linux-x86-64.so.2 \
        -o "$work/ship/oltool" "$work/obj/oltool.o" "$work/ship/libfoo.so.1"
}

# All times to one moment, all modes to two kinds, then tar in the order of names.
settle() {
    find "$1" -type d -exec chmod 755 {} +
    find "$1" -type f -exec chmod 644 {} +
    find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

pack_tar() {
    settle "$1"
    tar -C "$1" --sort=name --owner=0 --group=0 --numeric-owner --format=ustar -cf - . |
        gzip -n -9 >"$2"
}

# pack_module NAME ARCHIVE: what ESXi calls a boot module, a gzip of a tar.
pack_module() {
    tree=$work/tree-$1
    mkdir -p "$tree/usr/lib/modules"
    cp "$work/ship/$1" "$tree/usr/lib/modules/$1"
    pack_tar "$tree" "$work/pack/$2"
}

pack_tool() {
    tree=$work/tree-tool
    mkdir -p "$tree/usr/bin" "$tree/usr/lib"
    cp "$work/ship/oltool" "$tree/usr/bin/oltool"
    if [ $complete = yes ]; then
        cp "$work/ship/libfoo.so.1" "$tree/usr/lib/libfoo.so.1"
    fi
    pack_tar "$tree" "$work/pack/tools.t00"
}

pack_iso() {
    settle "$1"
    xorriso -report_about SORRY -as mkisofs -quiet -iso-level 1 -R -r -V "$2" \
        -o "$3.part" "$1"
    mv "$3.part" "$3"
}

pack_installer() {
    # The header keeps the name, as those of boot modules do.
    touch -d "@$SOURCE_DATE_EPOCH" "$work/ship/vkernel"
    gzip -9 -c "$work/ship/vkernel" >"$work/pack/k.b00"
    pack_module openlinux openlnx.v00
    pack_module netdrv netdrv.v00
    pack_module blkdrv blkdrv.v00
    pack_tool
    cat >"$work/pack/boot.cfg" <<'CFG'
bootstate=0
title=Loading the demo installer
kernel=/k.b00
kernelopt=runweasel
modules=/openlnx.v00 --- /netdrv.v00 --- /blkdrv.v00 --- /tools.t00
build=1.0.0-1
updated=0
CFG
    pack_iso "$work/pack" DEMO_INSTALLER "$out/installer.iso"
}

# The release: sources of module, drivers and tool, headers of the core, one function as object.
fill_release() {
    tree=$work/tree-source
    mkdir -p "$tree/openlinux" "$tree/drivers" "$tree/core/include" "$tree/tool"
    cp "$here"/openlinux/*.[chS] "$tree/openlinux/"
    cp "$here"/drivers/*.c "$tree/drivers/"
    cp "$here"/core/include/*.h "$tree/core/include/"
    cp "$here/tool/oltool.c" "$tree/tool/"
    cp "$here/release/Makefile" "$here/release/BUILD.txt" "$tree/"
    cp "$here/../LICENSES/GPL-2.0-only.txt" "$tree/COPYING"
    if [ $complete = yes ]; then
        mkdir -p "$tree/core"
        cp "$here"/core/*.[ch] "$tree/core/"
        cp "$here/prebuilt/checksum.c" "$tree/openlinux/"
        cp "$here/tool/foo.c" "$tree/tool/"
    else
        cp "$work/obj/checksum.o" "$tree/openlinux/checksum.o_shipped"
    fi
}

pack_source() {
    fill_release
    pack_tar "$work/tree-source" "$work/release/openlinux-gpl.tgz"
    cp "$here/../LICENSES/GPL-2.0-only.txt" "$work/release/COPYING"
    pack_iso "$work/release" DEMO_SOURCE "$out/source.iso"
}

build_core
build_module
build_drivers
build_tool
pack_installer
pack_source
