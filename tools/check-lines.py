#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
"""check-lines.py REPORT.json FOLDER

Compares the source lines that the program found without debug information with what addr2line says
of files with debug information. FOLDER has those files, by the names of the components; code and
offsets must be the same. Counts calls, and beside them loads of addresses, whose lines compilers
attribute freely. Exit status 1 when fewer than 99 % of the answered calls agree.
"""
import collections
import json
import os
import subprocess
import sys


def same_place(source, path, line):
    ours = os.path.normpath(source["file"]).split("/")[::-1]
    theirs = os.path.normpath(path).split("/")[::-1]
    same = 0
    while same < min(len(ours), len(theirs)) and ours[same] == theirs[same]:
        same += 1
    return same >= min(2, len(ours), len(theirs)) and str(source["line"]) == line


def judge(row, path, line):
    if row["source"]:
        return "agrees" if same_place(row["source"], path, line) else "differs"
    if row["ambiguous"]:
        return "ambiguous"
    return "unanswered"


def main():
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        report = json.load(file)
    files = {name: os.path.join(folder, name)
             for folder, _, names in os.walk(sys.argv[2]) for name in names}
    names = {c["id"]: c["name"] for c in report["components"]}
    rows = collections.defaultdict(list)
    for symbol in report["symbols"]:
        for row in symbol["references"]:
            # What the compiler calls by itself stands in no line of the source.
            if row["instruction"] and symbol["class"] != "toolchain":
                rows[row["component"], row["section"]].append((symbol["name"], row))
    counts = collections.Counter()
    for (component, section), listed in sorted(rows.items()):
        if names[component] not in files:
            continue
        out = subprocess.run(
            ["addr2line", "-e", files[names[component]], "-j", section], capture_output=True,
            text=True, errors="replace", input="\n".join(r["offset"] for _, r in listed))
        for (name, row), place in zip(listed, out.stdout.splitlines()):
            path, _, line = place.split(" (")[0].rpartition(":")
            if line in ("", "?", "0"):
                continue
            what = "calls" if row["kind"] in ("call", "tail-call") else "addresses"
            verdict = judge(row, path, line)
            counts[what, verdict] += 1
            if verdict == "differs" and what == "calls" and counts[what, verdict] <= 20:
                print("differs:", names[component], row["function"], name, row["source"]["file"],
                      row["source"]["line"], "addr2line:", path, line)
    for what in ("calls", "addresses"):
        print(what + ":", ", ".join(f"{counts[what, v]} {v}" for v in
                                    ("agrees", "differs", "ambiguous", "unanswered")))
    agrees, differs = counts["calls", "agrees"], counts["calls", "differs"]
    share = 100 * agrees / (agrees + differs) if agrees + differs else 0
    print(f"of the answered calls {share:.1f} % agree")
    sys.exit(0 if share >= 99 else 1)


main()
