# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
"""Cuts one function's body out of a C file, and only where that can be done without doubt."""
import re
import shutil
import subprocess


def plain_name(symbol):
    if not symbol.startswith("_Z"):
        return symbol
    text = subprocess.run(["c++filt", "-p", symbol], capture_output=True, text=True).stdout.strip()
    return re.sub(r"<.*", "", text).split("::")[-1]


def line_now(trial, file, line):
    """Cut bodies leave empty lines behind, so lines stay where they were."""
    return line


def blank(text):
    """The text with comments, strings and characters blanked, of the same length."""
    def hide(found):
        return re.sub(r"[^\n]", " ", found.group(0))
    return re.sub(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", hide, text,
                  flags=re.S)


def body_end(code, brace):
    depth = 0
    for at in range(brace, len(code)):
        depth += {"{": 1, "}": -1}.get(code[at], 0)
        if depth == 0:
            return at + 1
    return None


def ctags_end(path, name, line):
    """Where ctags lets the function end; None when it is not installed or does not know."""
    if not shutil.which("ctags"):
        return None
    text = subprocess.run(["ctags", "-f", "-", "--fields=+ne", "--kinds-C=f", "--kinds-C++=f", path],
                          capture_output=True, text=True).stdout
    for row in text.splitlines():
        fields = row.split("\t")
        if fields[0].split("::")[-1] == name and f"line:{line}" in fields:
            ends = [field[4:] for field in fields if field.startswith("end:")]
            return int(ends[0]) if ends else None
    return None


def cut(path, line, name, prototype):
    """Blanks the function that is declared at `line`; with `prototype` its head stays. False, and
    nothing changed, when the text there is not plainly one function."""
    with open(path, errors="surrogateescape") as file:
        text = file.read()
    code = blank(text)
    starts = [0] + [found.end() for found in re.finditer("\n", code)]
    if line > len(starts):
        return False
    at = starts[line - 1]
    found = re.compile(r"\b" + re.escape(name) + r"\s*\(").search(code, at)
    if not found or found.start() >= (starts[line] if line < len(starts) else len(code)):
        return False
    brace = code.find("{", found.end())
    if brace < 0 or ";" in code[found.end():brace] or "#" in code[found.end():brace]:
        return False
    end = body_end(code, brace)
    if not end or "#" in code[brace:end]:
        return False
    end_line = code.count("\n", 0, end) + 1
    known = ctags_end(path, name, line)
    if known is not None and known != end_line:
        return False
    begin = max(code.rfind(sign, 0, found.start()) for sign in ";}") + 1
    while "#" in code[begin:found.start()]:
        begin = code.index("\n", code.index("#", begin)) + 1
        while code[begin - 2] == "\\":
            begin = code.index("\n", begin) + 1
    if begin > found.start():
        return False
    if prototype:
        new = text[:brace].rstrip() + ";" + "\n" * (text[len(text[:brace].rstrip()):end].count("\n"))
    else:
        new = text[:begin] + "\n" * text[begin:end].count("\n")
    with open(path, "w", errors="surrogateescape") as file:
        file.write(new + text[end:])
    return True
