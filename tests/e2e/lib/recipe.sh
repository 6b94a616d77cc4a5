# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
# Words for the recipes of test cases. A recipe runs in an empty folder with `set -eu` and makes
# what its case's arguments name, mostly the folders shipped/ and source/. A source that is not
# part of the release goes to hidden/.
export LC_ALL=C SOURCE_DATE_EPOCH=1420070400
recipe_flags="-std=gnu17 -O1 -ffreestanding -fno-stack-protector -fno-asynchronous-unwind-tables
    -fcf-protection=none -fno-common -fno-inline -w"

# put FILE: standard input becomes FILE; its folder is made.
put() {
    mkdir -p "$(dirname "$1")"
    cat >"$1"
}

# compile COMPILER OUT SOURCE FLAG...: in the source's folder, so that no path gets into the object.
compile() {
    local compiler=$1 out=$2 source=$3
    shift 3
    mkdir -p "$(dirname "$out")"
    out=$(cd "$(dirname "$out")" && pwd)/$(basename "$out")
    # shellcheck disable=SC2086 # a list of flags
    (cd "$(dirname "$source")" &&
        $compiler $recipe_flags "$@" -c "$(basename "$source")" -o "$out")
}

# object OUT SOURCE FLAG...: a relocatable object.
object() {
    local out=$1 source=$2
    shift 2
    compile gcc "$out" "$source" -fno-pic "$@"
}

# foreign TARGET OUT SOURCE FLAG...: the same through clang for another processor.
foreign() {
    local target=$1 out=$2 source=$3
    shift 3
    compile "clang --target=$target" "$out" "$source" -fno-pic "$@"
}

# shared OUT SONAME SOURCE LIBRARY...: a shared object without a C library, linked with these.
shared() {
    local out=$1 soname=$2 source=$3
    shift 3
    compile gcc "$out.o" "$source" -fPIC
    ld -shared --build-id=none -soname "$soname" -o "$out" "$out.o" "$@"
    rm "$out.o"
}

# program OUT SOURCE LIBRARY...: an executable without a C library; it begins at _start.
program() {
    local out=$1 source=$2
    shift 2
    compile gcc "$out.o" "$source" -fPIE
    ld -pie --build-id=none -dynamic-linker /lib64/ld-linux-x86-64.so.2 -o "$out" "$out.o" "$@"
    rm "$out.o"
}

# kernel SOURCE: shipped/k, which shipped/boot.cfg names as the product's kernel.
kernel() {
    shared shipped/k vkernel "$1"
    printf 'kernel=k\nmodules=mod\n' >shipped/boot.cfg
}

# module OUT LICENCE SOURCE FLAG...: an object with a module section and no export table.
module() {
    local out=$1 licence=$2 source=$3
    shift 3
    mkdir -p made
    cat >made/modinfo.h <<TEXT
static const char recipe_licence[] __attribute__((used, section(".modinfo"))) = "license=$licence";
TEXT
    object "$out" "$source" -include "$PWD/made/modinfo.h" "$@"
    rm -r made
}

# linux_module OUT LICENCE SOURCE EXPORT...: a Linux 6.1 module that exports these names.
linux_module() {
    local out=$1 licence=$2 source=$3 name
    shift 3
    mkdir -p made
    {
        cat <<TEXT
static const char recipe_licence[] __attribute__((used, section(".modinfo"))) = "license=$licence";
static const char recipe_magic[] __attribute__((used, section(".modinfo"))) =
    "vermagic=6.1.0-test SMP mod_unload";
char __this_module[64] __attribute__((section(".gnu.linkonce.this_module")));
TEXT
        for name; do
            cat <<TEXT
__asm__(".section \"__ksymtab_strings\",\"aMS\",%progbits,1\n"
        "__kstrtab_${name}: .asciz \"${name}\"\n"
        "__kstrtabns_${name}: .asciz \"\"\n"
        ".previous\n"
        ".section \"___ksymtab+${name}\",\"a\"\n"
        ".balign 4\n"
        "__ksymtab_${name}:\n"
        ".long ${name} - .\n"
        ".long __kstrtab_${name} - .\n"
        ".long __kstrtabns_${name} - .\n"
        ".previous\n");
TEXT
        done
    } >made/module.h
    # Modules are linked once more, which puts the rows of all exports into one section.
    printf 'SECTIONS { __ksymtab 0 : { *(SORT(___ksymtab+*)) } }\n' >made/module.lds
    object made/part.o "$source" -include "$PWD/made/module.h"
    mkdir -p "$(dirname "$out")"
    ld -r -T made/module.lds -o "$out" made/part.o
    rm -r made
}

# esxi_module OUT LICENCE SOURCE WORD...: a module for ESXi's kernel. Words: requires=NAME#VERSION,
# provides=NAME#VERSION, export=NAME, alias=NAME:ALIAS (the same twice: another module's symbol).
esxi_module() {
    local out=$1 licence=$2 source=$3 word name alias
    shift 3
    mkdir -p made
    {
        printf '#define INFO(id, text) static const char info_##id[] \\\n'
        printf '    __attribute__((used, section(".vmkmodinfo"))) = text;\n'
        printf 'INFO(licence, "license=%s")\n' "$licence"
        for word; do
            name=${word#*=}
            case $word in
            requires=*)
                printf 'INFO(r%s, "nsRequired=%s")\n' "$(name_of "$name")" "$name"
                printf '__asm__(".pushsection .vmkrequiredns,\\"aS\\",@progbits\\n"\n'
                printf '        ".string \\"%s\\"\\n.popsection\\n");\n' "$name"
                ;;
            provides=*) printf 'INFO(p%s, "nsProvides=%s")\n' "$(name_of "$name")" "$name" ;;
            export=*)
                cat <<TEXT
static char str_${name}[] = "${name}";
static const struct { char *name; int type; } exp_${name}
    __attribute__((section(".vmksymbolexports"), used, aligned(8))) = { str_${name}, 0 };
TEXT
                ;;
            alias=*)
                alias=${name#*:} name=${name%:*}
                cat <<TEXT
static char of_${alias}[] = "${name}", to_${alias}[] = "${alias}";
static const struct { char *name, *alias; } ali_${alias}
    __attribute__((section(".vmksymbolaliases"), used, aligned(8))) = { of_${alias}, to_${alias} };
TEXT
                ;;
            esac
        done
    } >made/module.h
    object "$out" "$source" -include "$PWD/made/module.h"
    rm -r made
}

name_of() { # TEXT: an identifier
    printf '%s' "$1" | tr -c 'a-zA-Z0-9' _
}
