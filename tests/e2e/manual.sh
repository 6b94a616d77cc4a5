#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# What the manual says is tried: the examples of every command's page, the queries of
# correspond-casefile(5), the policy of correspond-policy(5); the completion against the options
# that --help tells; progress, which belongs on terminals alone.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/e2e/lib/tap.sh
. "$root/tests/e2e/lib/tap.sh"
CORRESPOND=${CORRESPOND:-$root/build-dev/correspond}
tap_needs_program
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir bin fixture complete
ln -s "$CORRESPOND" bin/correspond
export PATH=$work/bin:$PATH
unset SOURCE_DATE_EPOCH

# --- what the examples speak of
"$root/demo/make-product.sh" fixture >/dev/null 2>make.err
"$root/demo/make-product.sh" --complete complete >/dev/null 2>make.err
correspond audit fixture/installer.iso --source fixture/source.iso -q -o fixture/product.corr >out || true
correspond audit complete/installer.iso --source complete/source.iso -q -o fixture/complete.corr >out
(cd fixture
    mkdir -p elsewhere root/usr/lib tool
    cp installer.iso source.iso elsewhere
    cp "$root"/demo/tool/* tool
    tar -cJf tool.tar.xz tool
    gcc -shared -fPIC -x c -o root/usr/lib/libfoo.so.1 - <<<'int foo(void) { return 1; }'
    gcc -c -x c -o x.ko - <<<'int f(void) { return 1; }'
    tar -cf firmware.bin x.ko
    tar -czf tool.deb x.ko
    rm -r tool x.ko
    # The case says where its inputs are: beside it.
    correspond audit installer.iso --source source.iso -q -o product.corr >/dev/null || true
    correspond bundle product.corr -q -o evidence.zip)

# The blocks of indented lines below EXAMPLES, each ended by a line of its own.
examples() { # PAGE
    awk '/^# / { on = $2 == "EXAMPLES"; next }
        on && /^\t/ { print substr($0, 2); open = 1; next }
        open { print "\001"; open = 0 }
        END { if (open) print "\001" }' "$1" | sed 's/\\\(.\)/\1/g'
}
run_example() { # TEXT: 0, 1 and 4 are what an audit, a diff or a verification may say
    local got=0
    rm -rf place
    cp -r fixture place
    (cd place && bash -o pipefail -c "$1") >said 2>&1 </dev/null || got=$?
    case $got in 0 | 1 | 4) ;; *)
        echo "exit status $got"
        head -n 20 said
        return 1
        ;;
    esac
    ! grep -E 'Usage:|see correspond|Sanitizer|No such file' said
}
for page in "$root"/man/correspond-*.1.scd; do
    name=$(basename "$page" .1.scd)
    count=0
    while IFS= read -r -d $'\001' text; do
        text=${text#$'\n'}
        text=${text%$'\n'}
        count=$((count + 1))
        check "$name: $(head -n 1 <<<"$text")" run_example "$text"
    done < <(examples "$page")
    check "$name has examples" test "$count" -gt 0
done

# --- the queries
run_query() {
    sqlite3 -batch -bail -readonly fixture/product.corr "$1" >rows && test -s rows
}
count=0
while IFS= read -r -d $'\001' text; do
    count=$((count + 1))
    check "casefile(5), query $count: $(tr -s ' \n' ' ' <<<"$text" | cut -c 1-60)" run_query "$text"
done < <(awk '/^```/ { if (on) print "\001"; on = !on; next } on' \
    "$root/man/correspond-casefile.5.scd")
same "there are ten queries" "$count" 10
check "the totals add up" bash -c \
    "! sqlite3 -readonly fixture/product.corr 'SELECT name FROM component WHERE undefined_known AND
        undefined_total != undefined_released + undefined_prebuilt + undefined_binary_only +
        undefined_unresolved + undefined_toolchain + undefined_undetermined' | grep ."
undocumented() {
    sqlite3 -readonly fixture/product.corr \
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')" | while IFS= read -r name; do
        grep -qE "(\\*|_)$name(\\*|_)" "$root/man/correspond-casefile.5.scd" || echo "$name"
    done
}
same "every table and view is documented" "$(undocumented)" ""

# --- the policy
awk '/^```/ { on = !on; next } on' "$root/man/correspond-policy.5.scd" >policy.json
policy_works() {
    local got=0
    correspond audit fixture/installer.iso --source fixture/source.iso -q --policy policy.json \
        --today 2026-01-01 --json - >report.json || got=$?
    [ "$got" -eq 1 ] && jq -e '.excuses | length == 2 and any(.uses > 0)' report.json
}
check "the policy of correspond-policy(5) works" policy_works

# --- completion
options() { # COMMAND
    correspond "$1" --help | grep -oE '^ +(-., )?--[a-z-]+' | grep -oE -- '--[a-z-]+' | sort -u
}
commands=$(correspond --help | awk '/^  +[a-z]+( |$)/ { print $1 }')
for shell in bash zsh fish; do
    correspond --completion $shell >completion.$shell
done
complete_bash() { # WORD...: what bash offers for the last one
    bash -c '. ./completion.bash
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _correspond 2>/dev/null
        printf "%s\n" "${COMPREPLY[@]}"' bash "$@" | sort -u
}
same "bash: the commands" "$(complete_bash correspond '' | grep -v -- -- | sort)" "$(sort <<<"$commands")"
for command in $commands; do
    same "bash: the options of $command" "$(complete_bash correspond "$command" --)" \
        "$(options "$command")"
    same "zsh: the options of $command" "$(sed -n "/^    ($command)/,/;;/p" completion.zsh |
        grep -oE -- '--[a-z-]+\[' | tr -d '[' | sort -u)" "$(options "$command")"
    same "fish: the options of $command" "$(grep "seen_subcommand_from $command'" completion.fish |
        grep -oE -- ' -l [a-z-]+' | sed 's/ -l /--/' | sort -u)" \
        "$(options "$command" | grep -v -x -e --help)"
done
same "bash: the formats of report" "$(complete_bash correspond report x --format js)" json
same "bash: what list knows" "$(complete_bash correspond list x.corr exc)" excuses
check "a shell that is not known" bash -c '! correspond --completion tcsh'
for shell in zsh fish; do
    if command -v $shell >/dev/null; then
        check "$shell reads its completion" timeout 60 $shell -n completion.$shell
    else
        skip "$shell reads its completion" "no $shell"
    fi
done

# --- progress
on_terminal() { # OUT ARGUMENT...: stderr is a terminal
    local out=$1
    shift
    script -qec "correspond $* >/dev/null" "$out" </dev/null >/dev/null || true
}
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    audit="audit fixture/installer.iso --source fixture/source.iso"
    on_terminal shown "$audit"
    check "a terminal is shown the progress" grep -q 'reading source' shown
    on_terminal hidden "$audit --quiet"
    check "not with --quiet" bash -c "! grep -q 'reading source' hidden"
else
    skip "progress on a terminal" "no script, or no terminals here"
fi
correspond audit fixture/installer.iso --source fixture/source.iso >out 2>err || true
check "a file is not" bash -c "! grep -q 'reading source' err"
correspond audit fixture/installer.iso --source fixture/source.iso -v >out 2>err || true
check "--verbose tells the stages in lines" grep -qE '^correspond: reading source: [0-9.]+ s' err
NO_COLOR=1 correspond show fixture/product.corr >out 2>err
check "NO_COLOR: no colour" bash -c "! grep -q $'\033' out err"
tap_end
