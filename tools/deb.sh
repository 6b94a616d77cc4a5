#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# deb.sh OUT
#
# Builds the Debian packages from a copy of the project's files into the folder OUT, looks at them
# with lintian, and audits them against the same files: stripped programs with the symbols of their
# debug packages, the system's libraries as system.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")/.." && pwd)
out=$1
for tool in dpkg-buildpackage dh lintian; do
    command -v $tool >/dev/null || {
        echo "deb.sh: $tool is missing: apt-get install dpkg-dev debhelper lintian" >&2
        exit 1
    }
done
rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd)
version=$(sed -n '1s/.*(\(.*\)).*/\1/p' "$here/debian/changelog")
tree=$out/correspond-$version
mkdir "$tree"
(cd "$here" && git ls-files -z --cached --others --exclude-standard |
    while IFS= read -r -d '' file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done |
    tar --null -cf - -T -) | tar -C "$tree" -xf -
# Debian's tool may refuse the licence files beside its own.
find "$tree/debian" -name '*.license' -delete

log=$out/build.log
(cd "$tree" && dpkg-buildpackage -us -uc -b -j"${JOBS:-$(nproc)}") >"$log" 2>&1 || {
    tail -n 40 "$log"
    exit 1
}
echo "packages:"
(cd "$out" && ls -- *.deb)

echo "lintian:"
lintian --fail-on error,warning --profile debian --info "$out"/*.changes
echo "lintian has nothing to say"

echo "audit of the packages against their source:"
mkdir "$out/root" "$out/source"
cp -r "$tree/src" "$tree/include" "$out/source"
dpkg-deb -x "$(echo "$out"/correspond_*.deb)" "$out/root"
program=$out/root/usr/bin/correspond
mapfile -t system < <(ldd "$program" |
    awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// { print $1 }' | xargs -n 1 readlink -f |
    sed 's/^/--system=/')
mapfile -t debug < <(find "$out" -maxdepth 1 -name '*-dbgsym_*.deb' | sort | sed 's/^/--debug=/')
"$here/tools/self-policy.sh" >"$out/policy.json"
"$program" audit "$out"/correspond_*.deb "$out"/libcorrespond1_*.deb --source "$out/source" \
    "${system[@]}" "${debug[@]}" --policy "$out/policy.json" --today 2026-01-01 -q \
    -o "$out/self.corr" >"$out/self.txt" || {
    sed -n '/^Answer/,$p' "$out/self.txt"
    exit 1
}
sed -n '/^Answer/,/^Notes/p' "$out/self.txt" | sed '/^Notes/d'
