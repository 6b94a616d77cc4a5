#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# audit.sh CORRESPOND CASE "SHIPPED..." "SOURCE..."
#
# What `make audit` runs: the lists are split at blanks. The status of the audit is printed, and
# only 2, 3 and 130 (it did not run) make this script fail.
set -u
correspond=$1
case_file=$2
shipped=$3
source=$4
if [ -z "$source" ]; then
    echo 'usage: make audit SHIPPED="FILE..." SOURCE="FILE..." [CASE=FILE.corr]' >&2
    exit 2
fi
set --
# shellcheck disable=SC2086 # lists of words
for path in $shipped; do
    set -- "$@" "$path"
done
# shellcheck disable=SC2086
for path in $source; do
    set -- "$@" --source "$path"
done
mkdir -p "$(dirname "$case_file")"
"$correspond" audit "$@" -o "$case_file" --json "${case_file%.corr}.json"
status=$?
echo "exit status $status; case file $case_file, JSON report ${case_file%.corr}.json"
case $status in
2 | 3 | 130) exit "$status" ;;
esac
exit 0
