#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
"""check-references.py REPORT.json FOLDER

Holds the references of a report against `objdump -dr` and `readelf`. FOLDER has the components'
files, each under its SHA-256. Every relocation row, and in linked objects every direct call, that
refers to a name which the report lists in full must stand there with its kind (call, tail-call,
address, data) and its enclosing function, and none beside. Prints the differences; exit status 1
when there is one.
"""
import collections
import json
import os
import re
import subprocess
import sys

JUMPS = re.compile(
    r"^("
    r"j(?!al)[a-z0-9]+|jmp\w*|b(?!l|alr?c?$|alx|nd|sr|rasl?|t[srcw]?$|swap)[a-z.0-9]*|b\.\w+|cb[n]?z|tb[n]?z|"
    r"j|jr|tail|brcl|jg\w*|j[a-z]+|ba)$")
CALLS = re.compile(
    r"^("
    r"call\w*|bl|blx|blr|bl[a-z]{2}|jal|jalr|balc?|bal|bgezal|bltzal|brasl|bras|basr|bsr|jsr)(\.[nw])?$")
PREFIXES = {"bnd", "notrack", "addr32", "data16", "rex.W", "repz", "cs", "ds", "es", "ss"}
PLAIN = {"bic", "bfi", "bfc", "bswap", "bsf", "bsr", "bt", "bts", "btr", "bkpt", "bti", "brk",
         "bfxil", "bif", "bit", "bsl", "bclr", "bset", "break", "basr"}


# Types of rows that stand for the symbol's address in a table of the linker's.
SLOT = re.compile(r"GOT|^\*$")


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, errors="replace").stdout


def kind_of(mnemonic):
    if CALLS.match(mnemonic):
        return "call"
    if mnemonic not in PLAIN and JUMPS.match(mnemonic):
        return "tail-call"
    return "other"


class Symbols:
    """The functions of an object, by section and address."""

    def __init__(self, path):
        self.relocatable = "REL (" in run("readelf", "-hW", path)
        self.odd = bool(re.search(r"Machine:\s+(ARM|MIPS)", run("readelf", "-hW", path)))
        self.sections = {}
        for line in run("readelf", "-SW", path).splitlines():
            m = re.match(r"\s*\[\s*(\d+)\]\s+(\S+)\s+\S+\s+([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)", line)
            if m:
                self.sections[int(m[1])] = (m[2], int(m[3], 16), int(m[4], 16))
        self.functions = collections.defaultdict(list)
        self.labels = collections.defaultdict(list)
        table = run("readelf", "-sW", path)
        if "'.symtab'" in table:
            table = table[table.index("'.symtab'"):]
        for line in table.splitlines():
            f = re.sub(r"\[[^]]*\]", " ", line).split()
            if len(f) < 8 or not f[0].endswith(":") or not f[6].isdigit():
                continue
            if f[3] not in ("FUNC", "IFUNC", "NOTYPE"):
                continue
            start = int(f[1], 16)
            size = int(f[2], 16) if f[2].startswith("0x") else int(f[2])
            section = int(f[6]) if self.relocatable else 0
            name = f[7].split("@")[0]
            if f[3] == "NOTYPE":
                if not name.startswith("$") and f[4] != "SECTION":
                    self.labels[section].append((start, name))
                continue
            if self.odd:
                start &= ~1
            self.functions[section].append((start, start + size, name))

    def index(self, section):
        if not self.relocatable:
            return 0
        for number, (name, _, _) in self.sections.items():
            if name == section:
                return number
        return -1

    def names(self, section, place):
        """All names that the function at a place has."""
        best, found = -1, set()
        index = self.index(section)
        for start, end, name in self.functions[index]:
            if start <= place < end and start >= best:
                found = found | {name} if start == best else {name}
                best = start
        if not found:
            below = [(s, n) for s, n in self.labels[index] if s <= place]
            below += [(s, n) for s, e, n in self.functions[index] if s <= place and s == e]
            ends = [e for _, e, _ in self.functions[index] if e <= place]
            if below:
                top = max(below)[0]
                if not ends or top >= max(ends):
                    found = {n for s, n in below if s == top}
        return found


def code_rows(path, names, symbols):
    """Rows in code, and direct calls of linked code: (section, offset, name) -> (type, mnemonic)."""
    rows = {}
    section, at, mnemonic, text = "", 0, "", ""
    for line in run("objdump", "-drw", "-z", path).splitlines():
        m = re.match(r"Disassembly of section (.*):$", line)
        if m:
            section = m[1]
            continue
        m = re.match(r"\s+([0-9a-f]+):\t(?:[0-9a-f]{2,8} )+\s*(?:\t(.*))?$", line)
        row = re.search(r"\t([0-9a-f]+): (R_\S+)\t(.*)$", line)
        if m:
            at, text = int(m[1], 16), (m[2] or "").split("\t" + (row[1] + ":" if row else "\0"))[0]
            words = [w for w in text.split() if w not in PREFIXES] or [""]
            mnemonic = words[0]
            if mnemonic in ("call", "jmp") and words[1:] and words[1].startswith("*"):
                mnemonic += " *"
            if mnemonic.endswith((",pt", ",pn")):
                mnemonic = mnemonic[:-3]
        for r in re.finditer(r"\t([0-9a-f]+): (R_\S+)\t([^\t]*)", line):
            name = re.sub(r"([-+]0x[0-9a-f]+)$", "", r[3]).split("@")[0]
            if name in names:
                rows[section, int(r[1], 16), name] = (r[2], mnemonic, at)
        if symbols.relocatable or not m:
            continue
        target = re.search(r"<([^>@+]+)(@plt|@@?[\w.]+)?>\s*$", text)
        if target and target[1] in names and not section.startswith((".plt", ".iplt")):
            kind = kind_of(mnemonic)
            through_slot = "#" in text or target[2] not in (None, "@plt")
            if kind != "other":
                rows[section, at, target[1]] = ("*", mnemonic, at)
            elif through_slot and mnemonic.startswith(("mov", "lea")):
                rows[section, at, target[1]] = ("*", mnemonic, at)
    return rows


def data_rows(path, names, symbols):
    """Rows of loaded sections that are no code."""
    rows = {}
    section = ""
    for line in run("readelf", "-rW", path).splitlines():
        m = re.match(r"Relocation section '\.rela?(.*)' at", line)
        if m:
            section = m[1]
            continue
        m = re.match(r"([0-9a-f]+)\s+[0-9a-f]+\s+(R_\S+)\s+[0-9a-f]+\s+(\S+)", line)
        if not m or section.startswith((".debug", ".stab", ".line")):
            continue
        name, place = m[3].split("@")[0], int(m[1], 16)
        if name not in names:
            continue
        where = section
        if not symbols.relocatable:
            where = next((n for n, a, s in symbols.sections.values() if a and a <= place < a + s), "")
        rows[where, place, name] = (m[2], "", place)
    return rows


def main():
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        report = json.load(file)
    folder = sys.argv[2]
    files = {c["id"]: os.path.join(folder, c["sha256"]) for c in report["components"]}
    wanted, told, data = collections.defaultdict(set), collections.defaultdict(dict), {}
    for symbol in report["symbols"]:
        if not symbol["full"]:
            continue
        who = set(symbol["needed_by"]) | {p["component"] for p in symbol["providers"][:1]}
        for component in who:
            wanted[component].add(symbol["name"])
            data[component, symbol["name"]] = symbol["data"]
        for row in symbol["references"]:
            key = row["section"], int(row["offset"], 16), symbol["name"]
            told[row["component"]][key] = row
    wrong, count = 0, collections.Counter()

    def say(*words):
        nonlocal wrong
        wrong += 1
        if wrong <= 40:
            print(*words)

    for component, names in sorted(wanted.items()):
        path = files[component]
        if not os.path.exists(path):
            continue
        symbols = Symbols(path)
        rows = data_rows(path, names, symbols)
        code = code_rows(path, names, symbols)
        rows.update(code)
        for key in sorted(set(rows) | set(told[component])):
            here, there = told[component].get(key), rows.get(key)
            if not here:
                say("not in the report:", component, *key, there)
                continue
            if not there:
                say("not in objdump's:", component, *key, here["type"], here["kind"])
                continue
            kind = kind_of(there[1]) if key in code else "other"
            if there[1].endswith(" *"):
                kind = kind_of(there[1][:-2]) if SLOT.search(there[0]) else "other"
            if kind == "other":
                kind = "data" if data[component, key[2]] else "address"
            count[kind] += 1
            if here["kind"] != kind:
                say("kind:", component, *key, "report", here["kind"], "objdump", kind, there[1])
            if key in code:
                known = symbols.names(key[0], there[2])
                if here["function"] not in known and (known or here["function"]):
                    say("function:", component, *key, "report", here["function"], "objdump", known)
            if there[0] != "*" and here["type"] != there[0] and not there[0].startswith(here["type"]):
                say("type:", component, *key, "report", here["type"], "readelf", there[0])
    total = sum(count.values())
    print(f"references: {total} compared ({', '.join(f'{v} {k}' for k, v in sorted(count.items()))}), "
          f"{wrong} differ")
    sys.exit(1 if wrong or not total else 0)


main()
