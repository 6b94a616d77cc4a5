#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# check-bindings.sh BENCH-BINDINGS [COUNT [ROOT]]
#
# Takes COUNT programs of this machine with their libraries for one product, or all ELF objects of a
# root file system with COUNT of its programs, and compares how every need is bound with what the
# system's own loader says (LD_DEBUG=bindings while it only traces, so that no program runs; in ROOT
# through chroot). Both directions: what the loader binds and we do not, and the reverse.
# Explained, and counted apart: `copy`, a library's need of data that a program has a copy of (the
# loader names the program, we the library whose data it is); `stub`, the address of a function that
# a program has a stub for; `unused`, an undefined row that no relocation refers to.
set -euo pipefail
bindings=$(realpath "$1")
count=${2:-100}
root=${3-}
root=${root:+$(realpath "$root")}
work=$(mktemp -d)
debug=$(mktemp -d "$root/tmp/bindings.XXXXXX")
trap 'rm -rf "$work" "$debug"' EXIT
cd "$work"
export LC_ALL=C

in_root() { # COMMAND...
    if [ -n "$root" ]; then chroot "$root" "$@"; else "$@"; fi
}

may_be_programs() { # what may be a program, as the root file system calls it
    if [ -n "$root" ]; then
        find "$root/usr" -xdev -type f -perm /111 | sort | sed "s|^$root||"
    else
        ls -d /usr/bin/* /usr/sbin/*
    fi
}

# Programs with an interpreter that is this machine's.
may_be_programs | while read -r program; do
    file=$root$program
    if [ ! -f "$file" ] || [ -L "$file" ] || [ ! -r "$file" ] || [ -u "$file" ]; then
        continue
    fi
    loader=$(readelf -Wl "$file" 2>/dev/null | sed -n 's/.*program interpreter: \(.*\)]/\1/p') || continue
    if readelf -d "$file" 2>/dev/null | grep -q SONAME; then
        continue
    fi
    [ -z "$loader" ] || echo "$program $loader"
done | awk -v count="$count" '{line[NR] = $0} END {
    step = NR > count ? NR / count : 1
    for (i = 1; i <= NR; i += step) print line[int(i)]}' >programs
echo "$(wc -l <programs) programs"

# The loader's word: user, symbol, version, provider, by real paths.
while read -r program loader; do
    in_root env LD_TRACE_LOADED_OBJECTS=1 LD_WARN=yes LD_BIND_NOW=yes LD_DEBUG=bindings \
        LD_DEBUG_OUTPUT="${debug#"$root"}/debug" "$program" >trace 2>/dev/null </dev/null || continue
    awk '$2 == "=>" && $3 ~ /^\// {print $3} $1 ~ /^\// {print $1}' trace >>used
    echo "$program" >>used
    cat "$debug"/debug.* | sed -n "s/.*binding file \(.*\) \[0\] to \(.*\) \[0\]: [a-z]* symbol \`\(.*\)'\( \[\(.*\)\]\)\?\$/\1 \3 \5 \2/p" |
        awk 'NF == 3 {print $1, $2, "-", $3} NF == 4' >>said
    rm -f "$debug"/debug.*
done <programs
sort -u used >names
in_root xargs realpath <names >resolved
paste -d " " names resolved >real
awk '{print $2}' real | sort -u >traced
if [ -n "$root" ]; then
    find "$root" -xdev -type f \( -perm /111 -o -name '*.so*' -o -path '*/etc/ld.so.conf*' \) |
        sed "s|^$root||" >others
    sort -u traced others >files
else
    sort -u traced >files
    ls -d /etc/ld.so.conf /etc/ld.so.conf.d/*.conf >>files 2>/dev/null || true
fi
echo "$(wc -l <traced) files of them and their libraries"
awk 'NR == FNR {real[$1] = $2; next}
    {print ($1 in real ? real[$1] : $1), $2, $3, ($4 in real ? real[$4] : $4)}' real said |
    sort -u >loader
"$bindings" "$root" <files 2>loads | sort -u >ours
sed -n 's/^objects //p' loads | sed 's/$/ ELF objects in the product/'
grep -c '^load ' loads | sed 's/$/ libraries loaded by name/' || true

# What explains a difference.
while read -r file; do
    { readelf -Wr "$root$file" && readelf -W --dyn-syms "$root$file"; } | awk -v file="$file" '
        /R_.*_COPY/ {at[$4]; next}
        $2 in at && $7 != "UND" {sub(/@.*/, "", $8); print file, $8}'
done <traced >copies
while read -r file; do
    readelf -W --dyn-syms "$root$file" | awk -v file="$file" '$7 == "UND" && $2 !~ /^0*$/ {sub(/@.*/, "", $8); print file, $8}'
done <traced >stubs
awk '
    FILENAME == "traced" {traced[$1]; next}
    FILENAME == "copies" {copy[$1, $2]; next}
    FILENAME == "stubs" {stub[$1, $2]; next}
    FILENAME == "loader" {
        all++
        key = $1 SUBSEP $2 SUBSEP $3
        said[key, $4]; named[key]; named[$1, $2]
        lines[++n] = $0
        next
    }
    {
        need[$1, $2]
        needs++
        if ($4 == "-") {
            if (($1, $2) in named) {print "not bound by us:", $0; bad++} else unbound++
        } else if (($1, $2, $3, $4) in said) {
            same++
            ours[$1, $2, $3, $4]
        } else {
            ours[$1, $2, $3, $4]
            late[++m] = $0
        }
    }
    END {
        for (i = 1; i <= n; i++) {
            split(lines[i], f, " ")
            if (!((f[1], f[2]) in need)) {own++; other += f[1] != f[4]; continue}
            checked++
            if ((f[1], f[2], f[3], f[4]) in ours) continue
            if ((f[4], f[2]) in copy) {copies++; explained[f[1], f[2]]; continue}
            if ((f[4], f[2]) in stub) {stubs++; explained[f[1], f[2]]; continue}
            print "the loader alone:", lines[i]; bad++
        }
        for (i = 1; i <= m; i++) {
            split(late[i], f, " ")
            if ((f[1], f[2]) in explained) continue
            if (!((f[1], f[2]) in named)) {unused++; continue}
            # What another program of the root provides to its own libraries was not looked at.
            if (!(f[4] in traced)) {elsewhere++; continue}
            print "we alone:", late[i]; bad++
        }
        printf "%d bindings of needs, %d of them the same, copy %d, stub %d\n", checked, same, copies, stubs
        printf "needs %d, bound by nobody %d, unused or not traced %d\n", needs, unbound, unused + elsewhere
        printf "%d bindings of names that the object defines itself, %d to another object\n", own, other
        printf "%d differences\n", bad
        exit bad > 0
    }' traced copies stubs loader ours
