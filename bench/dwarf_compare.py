# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
"""dwarf_compare.py TREE BODIES DWARF: where bodies stand, as the recogniser and as DWARF say.

Prints the rate of agreement, every kind of disagreement with its count, and examples. Exits 1 when
less than 99.9 % of what can be compared agrees."""
import os
import sys
from collections import Counter, defaultdict

SHOWN = 12


def read(path):
    with open(path, errors="surrogateescape") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def in_tree(tree, path, known={}):
    """The path below the tree: the longest end of it that is a file there; None for made files."""
    if path not in known:
        parts = path.strip("/").split("/")
        known[path] = next((end for end in ("/".join(parts[n:]) for n in range(len(parts)))
                            if "/" in end and os.path.isfile(os.path.join(tree, end))), None)
    return known[path]


def line_text(tree, file, line, known={}):
    if file not in known:
        with open(os.path.join(tree, file), errors="replace") as text:
            known[file] = text.read().split("\n")
    lines = known[file]
    return lines[line - 1] if line <= len(lines) else ""


def kind_of(tree, name, file, line, places):
    """Why no body of ours stands at the place that DWARF names."""
    base = name.split(".")[0]
    if not places:
        return "no body of that name is known"
    if base not in line_text(tree, file, line):
        if any(other == file for other, _ in places):
            return "a macro or a head of several lines: DWARF names another line of the same file"
        return "a macro of a header makes the name: DWARF names the header"
    if any(other == file for other, _ in places):
        return "another line of the same file"
    return "the body at that place was not found"


def main():
    tree, bodies, dwarf = sys.argv[1:4]
    ours = defaultdict(set)
    for name, file, line, how in read(bodies):
        if how != "data":
            ours[name].add((file, int(line)))
    total, agree, made = 0, 0, 0
    kinds, examples = Counter(), defaultdict(list)
    for name, path, line in read(dwarf):
        file, line = in_tree(tree, path), int(line)
        if not file:
            made += 1
            continue
        total += 1
        places = ours.get(name, set())
        if (file, line) in places:
            agree += 1
            continue
        kind = kind_of(tree, name, file, line, places)
        kinds[kind] += 1
        if len(examples[kind]) < SHOWN:
            examples[kind].append(f"{name} {file}:{line}, ours {sorted(places)[:2]}")
    print(f"{total} places of functions compared, {made} more are in files that the build makes")
    print(f"file and line agree: {agree} ({100 * agree / max(total, 1):.3f} %)")
    for kind, count in kinds.most_common():
        print(f"{count:8} {kind}")
        for text in examples[kind]:
            print(f"             {text}")
    return 0 if total and agree * 1000 >= total * 999 else 1


if __name__ == "__main__":
    sys.exit(main())
