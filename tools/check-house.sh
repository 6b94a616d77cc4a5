#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# The house rules that a machine can check, one TAP point each. CORRESPOND names the program whose
# --help is looked at. The limits stand below.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."
# shellcheck source=tests/e2e/lib/tap.sh
. tests/e2e/lib/tap.sh
CORRESPOND=${CORRESPOND:-build-dev/correspond}
FUNCTION_GOAL=60 # lines that 90 % of all functions keep to
FUNCTION_MOST=100
FILE_WARN=500
FILE_MOST=800

# Every file that belongs to the project: what git knows, else what lies here.
project_files() { # OPTION...
    if git rev-parse --git-dir >/dev/null 2>&1; then
        git ls-files --exclude-standard "$@"
    else
        find . -type f ! -path './.git/*' ! -path './build*' ! -path './out/*' | sed 's|^\./||'
    fi | while IFS= read -r file; do [ ! -f "$file" ] || echo "$file"; done
}
mapfile -t committed < <(project_files --cached)
mapfile -t files < <(project_files --cached --others)
matching() {
    printf '%s\n' "${files[@]}" | grep -E "$1" || true
}
mapfile -t sources < <(matching '^src/.*\.[ch]$')
mapfile -t headers < <(matching '^(src|include)/.*\.h$')
mapfile -t formatted < <(matching '^(src|include|examples|tests|tools|bench|demo)/.*\.[ch]$')
mapfile -t scripts < <(matching '\.sh$|^\.ci/run$')

floors() {
    awk '
        BEGIN {
            n = split("base model casefile intake binary linkage verdict report audit api cli", f, " ")
            for (i = 1; i <= n; i++) rank[f[i]] = i
            rank["source"] = rank["binary"]
            split("base model casefile", low, " ")
            for (i in low) for_report[low[i]] = 1
        }
        /^[ \t]*#[ \t]*include[ \t]*"/ {
            split(FILENAME, path, "/"); from = path[2]
            split($0, quoted, "\""); to = quoted[2]
            if (to !~ /\//) { print FILENAME ":" FNR ": write \"floor/" to "\""; bad = 1; next }
            sub(/\/.*/, "", to)
            if (!(to in rank)) { print FILENAME ":" FNR ": no floor is called " to; bad = 1 }
            else if (to == from) next
            else if (rank[to] >= rank[from]) {
                print FILENAME ":" FNR ": " from " must not include " to; bad = 1
            } else if (from == "report" && !(to in for_report)) {
                print FILENAME ":" FNR ": report must not include " to; bad = 1
            }
        }
        END { exit bad }' "${sources[@]}"
}

# header pattern, then the files that may include it
third_party() {
    awk '
        BEGIN {
            allowed["archive(_entry)?\\.h"] = "^src/(intake/|cli/version)"
            allowed["(bzlib|lzma|zstd|lz4|lz4frame|lz4hc)\\.h"] = "^src/(intake/|cli/version)"
            allowed["zlib\\.h"] = "^src/(intake/|binary/debug|binary/kernel_facts|cli/version)"
            allowed["lzo/.*"] = "^src/(intake/|cli/version)"
            allowed["openssl/.*"] = "^src/(intake/hash|cli/version)"
            allowed["(libelf|gelf)\\.h"] = "^src/binary/"
            allowed["elfutils/.*"] = "^src/(binary/|cli/version)"
            allowed["dwarf\\.h"] = "^src/binary/"
            allowed["capstone/.*"] = "^src/(binary/disasm|cli/version)"
            allowed["sqlite3\\.h"] = "^src/(casefile/|cli/version)"
            allowed["jansson\\.h"] = "^src/(report/|audit/policy|cli/version)"
            allowed["(libiberty/)?demangle\\.h"] = "^src/verdict/demangle"
        }
        /^[ \t]*#[ \t]*include[ \t]*</ {
            name = $0; sub(/^[^<]*</, "", name); sub(/>.*/, "", name)
            for (h in allowed) if (name ~ "^" h "$") {
                if (FILENAME ~ /\.h$/ && FILENAME !~ /^src\/casefile\//) {
                    print FILENAME ":" FNR ": <" name "> in a header"; bad = 1
                } else if (FILENAME !~ allowed[h]) {
                    print FILENAME ":" FNR ": <" name "> does not belong here"; bad = 1
                }
            }
        }
        END { exit bad }' "${sources[@]}"
}

function_sizes() {
    ctags --languages=C --langmap=C:.c --kinds-C=f --fields=ne -f - "${sources[@]}" 2>/dev/null |
        awk -F '\t' -v goal=$FUNCTION_GOAL -v most=$FUNCTION_MOST '
            {
                line = end = 0
                for (i = 4; i <= NF; i++) {
                    if ($i ~ /^line:/) line = substr($i, 6) + 0
                    if ($i ~ /^end:/) end = substr($i, 5) + 0
                }
                if (!line || !end) next
                size = end - line + 1
                total++
                within += size <= goal
                if (size > most) { print $2 ":" line ": " $1 " has " size " lines"; bad = 1 }
            }
            END {
                if (!total) { print "no functions found"; exit 1 }
                if (within * 10 < total * 9) {
                    print within " of " total " functions are within " goal " lines"; bad = 1
                }
                exit bad
            }'
}

file_sizes() {
    local bad=0 lines file
    while read -r lines file; do
        [ "$file" != total ] || continue
        if [ "$lines" -gt $FILE_MOST ]; then
            echo "$file has $lines lines"
            bad=1
        elif [ "$lines" -gt $FILE_WARN ]; then
            echo "# warning: $file has $lines lines" >&3
        fi
    done < <(wc -l "${sources[@]}")
    return $bad
}

# On a copy of what is committed: a log or a build folder that lies here is not the project's.
licence_lines() {
    local copy status=0
    copy=$(mktemp -d)
    printf '%s\0' "${committed[@]}" | xargs -0 cp --parents -t "$copy" --
    reuse --root "$copy" lint 2>&1 || status=$?
    rm -rf "$copy"
    return $status
}

format_kept() {
    clang-format --dry-run -Werror "${formatted[@]}"
}

headers_alone() {
    local bad=0 header
    for header in "${headers[@]}"; do
        "$1" -std=c17 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Wall -Wextra -Werror -Wno-unused \
            -fsyntax-only -Isrc -Iinclude -include "$header" -x c /dev/null || {
            echo "$header does not compile alone with $1"
            bad=1
        }
    done
    return $bad
}

no_binaries() {
    local found
    found=$(printf '%s\0' "${committed[@]}" | xargs -0 grep -IL . -- 2>/dev/null |
        while IFS= read -r file; do [ ! -s "$file" ] || echo "$file"; done)
    [ -z "$found" ] || {
        echo "$found"
        return 1
    }
}

scripts_clean() {
    shellcheck -x "${scripts[@]}"
}

# The commands by the program's own --help: indented lines that begin with a word.
commands() {
    "$CORRESPOND" --help | awk '/^  +[a-z]+( |$)/ { print $1 }' | sort -u
}

man_pages() {
    local bad=0 command count=0
    for command in $(commands); do
        count=$((count + 1))
        [ -f "man/correspond-$command.1.scd" ] || {
            echo "no man/correspond-$command.1.scd"
            bad=1
        }
    done
    [ "$count" -gt 0 ] || { echo "--help names no commands"; bad=1; }
    return $bad
}

# The options that the program's --help tells, and those that the man page's OPTIONS explain.
help_options() { # [COMMAND]
    "$CORRESPOND" ${1:+"$1"} --help |
        awk '/^ +-/ { for (i = 1; i <= NF && $i ~ /^-/; i++) { sub(/,$/, "", $i); print $i } }' | sort
}
man_options() { # [COMMAND]
    awk '/^# / { on = $2 == "OPTIONS"; next } on && /^\*-/' "man/correspond${1:+-$1}.1.scd" |
        grep -oE '\*-[-a-z]+\*' | tr -d '*' | sort
}
options_agree() {
    diff <(help_options "$1") <(man_options "$1")
}

# Every command is named where a reader looks for it.
see_also() {
    local bad=0 command
    for command in $(commands); do
        grep -q "correspond-$command\*(1)" man/correspond.1.scd || {
            echo "man/correspond.1.scd does not name correspond-$command(1)"
            bad=1
        }
        grep -q "'correspond-$command.1'" man/meson.build || {
            echo "man/meson.build does not install correspond-$command.1"
            bad=1
        }
        grep -q "correspond $command " README.md || {
            echo "README.md does not name correspond $command"
            bad=1
        }
    done
    return $bad
}

help_columns() {
    local said
    said=$("$CORRESPOND" ${1:+"$1"} --help 2>/dev/null) || { echo "exit status $?"; return 1; }
    [ -n "$said" ] || { echo "nothing on stdout"; return 1; }
    ! awk 'length > 80 { print FNR ": " length " columns"; found = 1 } END { exit !found }' \
        <<<"$said"
}

# The linker takes the first of two when nothing else draws in the object of the second. The
# floors' libraries; libcorrespond holds them all once more.
symbols_once() {
    local libraries
    mapfile -t libraries < <(find "$(dirname "$CORRESPOND")/src" -name 'lib*.a' \
        ! -name libcorrespond.a | sort)
    [ ${#libraries[@]} -gt 0 ] || { echo "no libraries found"; return 1; }
    nm -A -g --defined-only "${libraries[@]}" 2>&1 | awk '
        $NF ~ /^cor_/ {
            total++
            file = $1; sub(/:[^:]*$/, "", file)
            if ($NF in first) { print $NF ": in " first[$NF] " and " file; bad = 1 }
            first[$NF] = file
        }
        END { if (!total) print "no symbols found"; exit bad || !total }'
}

exec 3>&1
check "floors include only lower floors" floors
check "third-party headers stay in their files" third_party
check "functions fit a screen" function_sizes
check "files are small" file_sizes
check "every file has its licence lines" licence_lines
check "clang-format has nothing to change" format_kept
check "every header compiles alone with gcc" headers_alone gcc
check "every header compiles alone with clang" headers_alone clang
check "no binary file is committed" no_binaries
check "shellcheck has nothing to say" scripts_clean
if [ -x "$CORRESPOND" ]; then
    check "no symbol is defined in two objects" symbols_once
    check "every command has a man page" man_pages
    check "every command is named in correspond(1) and README" see_also
    check "--help fits 80 columns" help_columns
    for command in $(commands); do
        check "$command --help fits 80 columns" help_columns "$command"
        check "$command --help and its man page tell the same options" options_agree "$command"
    done
else
    not_ok "the program was built ($CORRESPOND)"
fi
tap_end
