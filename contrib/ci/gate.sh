#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
#
# gate.sh SHIPPED SOURCE [CASE]
#
# Gates a release: ends with a status other than 0 when what is to be shipped holds a function
# whose source is not in what is to be released. Copy it into your own project.
#
#     BASELINE=old.corr   what the last release lacked too does not count
#     POLICY=policy.json  decisions on what does not count, see correspond-policy(5)
#     SYSTEM="a.deb b.so" the libraries that the system provides
#     UNDETERMINED=1      what could not be decided fails the gate too
#
# Beside CASE (release.corr when not given) it leaves report.html, report.sarif, report.junit.
set -euo pipefail
shipped=$1
source=$2
case_file=${3:-release.corr}
folder=$(dirname "$case_file")
arguments=()
[ -z "${BASELINE-}" ] || [ ! -e "$BASELINE" ] || arguments+=(--baseline "$BASELINE")
[ -z "${POLICY-}" ] || arguments+=(--policy "$POLICY")
for library in ${SYSTEM-}; do
    arguments+=(--system "$library")
done

status=0
correspond audit "$shipped" --source "$source" "${arguments[@]}" -o "$case_file" || status=$?
if [ "$status" -ne 0 ] && [ "$status" -ne 1 ] && [ "$status" -ne 4 ]; then
    echo "gate: the audit could not run (status $status)" >&2
    exit "$status"
fi
for format in html sarif junit; do
    correspond report "$case_file" --format $format -o "$folder/report.$format"
done
if [ -n "${BASELINE-}" ] && [ -e "$BASELINE" ]; then
    correspond diff "$BASELINE" "$case_file" || true
fi
case $status in
0) echo "gate: open, everything corresponds" ;;
1) echo "gate: shut, source is missing; see $folder/report.html" >&2 ;;
4)
    if [ -n "${UNDETERMINED-}" ]; then
        echo "gate: shut, something could not be decided; see $folder/report.html" >&2
    else
        echo "gate: open, but something could not be decided; see $folder/report.html"
        status=0
    fi
    ;;
esac
exit "$status"
