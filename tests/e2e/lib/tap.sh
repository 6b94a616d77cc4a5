# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
# TAP for shell scripts. A script sources this, calls ok, not_ok, check or skip for each point, and
# tap_end at its end. Comments go out with tap_note.
tap_count=0
tap_failed=0

tap_note() {
    printf '%s\n' "$*" | sed 's/^/# /'
}

ok() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s\n' "$tap_count" "$*"
}

not_ok() {
    tap_count=$((tap_count + 1))
    tap_failed=$((tap_failed + 1))
    printf 'not ok %d - %s\n' "$tap_count" "$*"
}

skip() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

# check NAME COMMAND...: one point; what the command prints is shown when it fails.
check() {
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then
        ok "$name"
    else
        [ -z "$said" ] || tap_note "$said" | head -n 60
        not_ok "$name"
    fi
}

# same NAME GOT WANT
same() {
    if [ "$2" = "$3" ]; then
        ok "$1"
    else
        tap_note "got:  $2"
        tap_note "want: $3"
        not_ok "$1"
    fi
}

tap_end() {
    printf '1..%d\n' "$tap_count"
    [ "$tap_failed" -eq 0 ]
}

# Ends the script with one failed point when there is no program to test.
tap_needs_program() {
    [ ! -x "$CORRESPOND" ] || return 0
    not_ok "the program was built ($CORRESPOND)"
    tap_end || exit 1
}
