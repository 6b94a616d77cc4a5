#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# check-pairs.sh CORRESPOND
#
# Audits honest Debian releases, each with and without the runtime libraries it needs: no name may
# be found, and the totals of every shipped component must be what nm -u counts. The third pair
# are modules that are built here out of *-dkms packages, against the headers of a Debian kernel,
# with the kernel's own source. Packages come from apt into a cache folder (CACHE names it; some
# 250 MB). OUT names the folder for case files and reports (default: out/pairs).
set -euo pipefail
export LC_ALL=C
correspond=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/correspond}
out=${OUT:-out/pairs}
mkdir -p "$cache" "$out"
cache=$(realpath "$cache")
out=$(realpath "$out")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=0

# The path of a package's newest version, downloaded if need be.
fetch() {
    local file
    file=$(cd "$work" && apt-get download --print-uris "$1" | awk 'NR == 1 { print $2 }')
    [ -n "$file" ] || {
        echo "check-pairs.sh: apt knows no $1 (run apt-get update)" >&2
        return 1
    }
    [ -f "$cache/$file" ] || (cd "$cache" && apt-get download "$1" >&2)
    echo "$cache/$file"
}

complain() {
    echo "WRONG: $*"
    wrong=$((wrong + 1))
}

# compare REPORT FOLDER: each shipped component against nm on the unpacked file.
compare() {
    local path total sum ours theirs compared=0
    while IFS=$'\t' read -r path total sum; do
        ours="$total $sum"
        theirs=$(nm -u "$2/$path" 2>/dev/null | wc -l)
        readelf -SW "$2/$path" | grep -q ' SYMTAB ' || theirs=$(nm -D -u "$2/$path" | wc -l)
        [ "$ours" = "$theirs $theirs" ] || complain "$path: total and sum are $ours, nm says $theirs"
        compared=$((compared + 1))
    done < <(jq -r '.components[] | select(.role == "shipped" and .kind != "unsupported") |
        [(.path | sub("^.*data\\.tar[^/]*/(\\./)?"; "") | sub("^[^!]*!/"; "")), .undefined.total,
         ([.undefined | to_entries[] | select(.key != "total") | .value] | add)] | @tsv' "$1")
    [ "$compared" -gt 0 ] || complain "$1 has no component to compare"
}

heading() {
    printf '%-30s %5s %6s %6s %6s %6s %6s %6s %6s %5s %7s\n' 'pair' parts needed releas prebui \
        binary unres. toolch undet. found seconds
}

# pair NAME UNPACKED ARGUMENT...: one audit, one row, and what must hold.
pair() {
    local name=$1 tree=$2 status=0 file found
    shift 2
    file=$out/$(tr -c 'a-z0-9\n' - <<<"$name")
    /usr/bin/time -f %e -o "$work/time" "$correspond" audit "$@" -q -o "$file.corr" \
        --json "$file.json" >"$file.txt" 2>"$work/err" || status=$?
    case $status in
    0 | 1 | 4) ;;
    *)
        complain "$name ended with status $status: $(tail -n 3 "$work/err")"
        return
        ;;
    esac
    found=$(jq '[.symbols[] | select(.finding)] | length' "$file.json")
    jq -r '[([.components[] | select(.role == "shipped")] | length),
        (.totals.undefined | ([to_entries[] | select(.key != "total") | .value] | add), .released,
         .prebuilt, .["binary-only"], .unresolved, .toolchain, .undetermined)] | map(tostring) |
         join(" ")' "$file.json" | while read -r row; do
        # shellcheck disable=SC2086 # a list of numbers
        printf '%-30s %5s %6s %6s %6s %6s %6s %6s %6s %5s %7s\n' "$name" $row "$found" \
            "$(tail -n 1 "$work/time")"
    done
    [ "$found" -eq 0 ] || {
        jq -r '.symbols[] | select(.finding) | "    \(.name) \(.class): \(.reason)"' "$file.json" |
            head -n 20
        complain "$name: $found findings in an honest release"
    }
    compare "$file.json" "$tree"
}

same_version() {
    [ "$(dpkg-deb -f "$1" Version)" = "$(dpkg-deb -f "$2" Version)" ] ||
        complain "$1 and $2 are of different versions"
}

# userland PACKAGE SOURCE LIBRARY...
userland() {
    local package=$1 shipped source library system=() debug
    shipped=$(fetch "$1")
    source=$(fetch "$2")
    shift 2
    same_version "$shipped" "$source"
    for library; do
        system+=(--system "$(fetch "$library")")
    done
    dpkg-deb -x "$shipped" "$work/$package"
    pair "$package" "$work/$package" "$shipped" --source "$source"
    pair "$package, libraries given" "$work/$package" "$shipped" --source "$source" "${system[@]}"
    if apt-cache show "$package-dbgsym" >/dev/null 2>&1; then
        debug=$(fetch "$package-dbgsym")
        pair "$package, debug files given" "$work/$package" "$shipped" --source "$source" \
            "${system[@]}" --debug "$debug"
    else
        missing_debug+=" $package-dbgsym"
    fi
}

# The headers go where their Makefiles want them, so they are installed.
headers() {
    [ ! -e "/lib/modules/$1/build" ] || return 0
    local sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        "linux-headers-$1" >"$work/apt" 2>&1 </dev/null || {
        tail -n 5 "$work/apt"
        return 1
    }
}

# modules PACKAGE...: builds what is in *-dkms packages, and audits all modules together.
modules() {
    local image kernel release package folder name
    { read -r image && read -r kernel; } < <(CACHE=$cache "$here/kernel-pair.sh")
    release=$(dpkg-deb -f "$image" Package | sed 's/^linux-image-//; s/-unsigned$//')
    headers "$release"
    mkdir -p "$work/built" "$work/modules" "$work/dkms"
    for package; do
        dpkg-deb -x "$(fetch "$package")" "$work/dkms"
    done
    for folder in "$work"/dkms/usr/src/*/; do
        name=$(basename "$folder")
        cp -r "$folder" "$work/built/$name"
        make -C "/lib/modules/$release/build" M="$work/built/$name" modules \
            >"$work/built/$name.log" 2>&1 || {
            complain "$name does not build: $(tail -n 3 "$work/built/$name.log")"
            continue
        }
        cp "$work/built/$name"/*.ko "$work/modules/"
    done
    pair "$# dkms modules" "$work" "$work/modules" --source "$work/dkms/usr/src" --source "$kernel"
}

missing_debug=
heading
userland libcrypt1 libxcrypt-source libc6
userland bluez bluez-source libc6 libglib2.0-0 libdbus-1-3 libreadline8 libudev1 libasound2 libdw1
modules acpi-call-dkms bbswitch-dkms v4l2loopback-dkms
[ -z "$missing_debug" ] || echo "not in apt's sources, so not given with --debug:$missing_debug"
echo "$wrong wrong"
[ "$wrong" -eq 0 ]
