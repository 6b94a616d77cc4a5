# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
"""Where the bodies of an object's functions stand, as its DWARF says (by readelf alone)."""
import os
import re
import subprocess

DIE = re.compile(r"^ <(\d+)><([0-9a-f]+)>: Abbrev Number: (\d+)(?: \((\w+)\))?")
ATTRIBUTE = re.compile(r"^    <[0-9a-f]+>   (DW_AT_\w+)\s*: (.*)$")
# readelf writes "(form) (offset: 0x2a): text", older ones "(indirect string, offset: 0x2a): text".
FORM = re.compile(r"^\((?:indirect |alt )?[a-z_]+\d*[^)]*\):?\s*(?:\(offset: 0x[0-9a-f]+\): )?")
REFERENCE = re.compile(r"<(0x[0-9a-f]+)>")
SUFFIX = re.compile(r"\.(?:\d+|isra\.|constprop\.|part\.|cold|lto_priv|localalias|clone\.).*$")


def base_name(symbol):
    """A symbol's name without what the compiler put behind it."""
    return SUFFIX.sub("", symbol)


def _run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True,
                          errors="replace", env=dict(os.environ, LC_ALL="C")).stdout


def _file_table(path):
    """The paths of a one-unit object's line table, by number."""
    folders, files, part = {}, {}, None
    for line in _run("readelf", "-W", "--debug-dump=rawline", path).splitlines():
        if "The Directory Table" in line:
            part = folders
        elif "The File Name Table" in line:
            part = files
        elif "Line Number Statements" in line:
            break
        elif part is not None:
            fields = line.split("\t")
            if len(fields) >= 2 and fields[0].strip().isdigit():
                number = int(fields[0])
                name = FORM.sub("", fields[-1].strip())
                if part is folders:
                    folders[number] = name
                else:
                    numbers = [int(field) for field in fields[1:] if field.strip().isdigit()]
                    folder = folders.get(numbers[0] if numbers else 0, "")
                    files[number] = os.path.join(folder, name)
    return files


def _dies(path):
    """Every DIE as a dictionary: its tag and its attributes' texts, by offset."""
    dies, die = {}, None
    for line in _run("readelf", "-W", "--debug-dump=info", path).splitlines():
        found = DIE.match(line)
        if found:
            die = {"tag": found.group(4)}
            dies[int(found.group(2), 16)] = die
            continue
        found = ATTRIBUTE.match(line)
        if found and die is not None:
            die[found.group(1)] = FORM.sub("", found.group(2).strip())
    return dies


def _follow(dies, die, attribute):
    for _ in range(8):
        if attribute in die:
            return die[attribute]
        link = die.get("DW_AT_abstract_origin") or die.get("DW_AT_specification")
        found = REFERENCE.search(link) if link else None
        if not found or int(found.group(1), 16) not in dies:
            return None
        die = dies[int(found.group(1), 16)]
    return None


def bodies(path, folder):
    """{linkage name: (file, line)} of the bodies that the object holds code of.

    Relative paths in the DWARF are relative to `folder`, where the compiler ran."""
    files, dies, found = _file_table(path), _dies(path), {}
    for die in dies.values():
        if die["tag"] != "DW_TAG_subprogram" or not (
                "DW_AT_low_pc" in die or "DW_AT_ranges" in die):
            continue
        name = _follow(dies, die, "DW_AT_linkage_name") or _follow(dies, die, "DW_AT_name")
        number = _follow(dies, die, "DW_AT_decl_file")
        line = _follow(dies, die, "DW_AT_decl_line")
        if name and number and line:
            file = files.get(int(number.split()[0]), "?")
            found[name] = (os.path.normpath(os.path.join(folder, file)), int(line.split()[0]))
    return found


def functions(path):
    """[(symbol, local)] for each function row of the object's .symtab."""
    rows = []
    for line in _run("readelf", "-W", "--syms", path).splitlines():
        fields = line.split()
        if len(fields) >= 8 and fields[3] in ("FUNC", "IFUNC") and fields[6] != "UND":
            rows.append((fields[7].split("@")[0], fields[4] == "LOCAL"))
    return rows
