# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
"""One trial: takes something out of a release by chance, audits, and compares with the truth."""
import json
import os
import random
import re
import shutil
import subprocess
from collections import Counter

import cut

MISSING = ("binary-only", "prebuilt")


class Trial:
    """`gone`: the (file, line) pairs of withheld bodies; `files`: whole files that are gone."""

    def __init__(self, pair, kind, decoys, variant, seed, folder):
        self.pair, self.kind, self.decoys, self.variant = pair, kind, decoys, variant
        self.seed, self.folder, self.random = seed, folder, random.Random(seed)
        self.release = os.path.join(folder, "release")
        self.files, self.gone, self.moved, self.planted = set(), set(), {}, []
        self.not_counted = set()

    def code_files(self):
        """Every file that some function of the product comes from, headers left out."""
        return sorted({s for sources in self.pair.sources.values() for s in sources})

    def path(self, file):
        return os.path.join(self.release, self.moved.get(file, file))

    def is_gone(self, file, line):
        return file in self.files or (file, line) in self.gone

    def rows(self):
        for component, rows in sorted(self.pair.truth.items()):
            for symbol, file, line, local in rows:
                yield component, symbol, file, line, local


def remove_files(trial, count):
    names = trial.code_files()
    for file in trial.random.sample(names, min(count, len(names))):
        os.remove(trial.path(file))
        trial.files.add(file)


def remove_folder(trial):
    folders = sorted({os.path.dirname(file) for file in trial.code_files()})
    folder = trial.random.choice(folders)
    for file in trial.code_files():
        if os.path.dirname(file) == folder:
            os.remove(trial.path(file))
            trial.files.add(file)


def cut_functions(trial, count, prototype):
    """Single functions, where both readings of the text agree on where the body ends."""
    rows = sorted({(file, line, symbol) for _, symbol, file, line, _ in trial.rows()
                   if file in set(trial.code_files()) and "." not in symbol})
    trial.random.shuffle(rows)
    done = 0
    for file, line, symbol in rows:
        if done == count:
            break
        if not os.path.exists(trial.path(file)) or (file, line) in trial.gone:
            continue
        name = cut.plain_name(symbol)
        if cut.cut(trial.path(file), cut.line_now(trial, file, line), name, prototype):
            trial.gone.add((file, line))
            done += 1


def as_objects(trial, count):
    names = [file for file in trial.code_files() if file in trial.pair.units]
    for file in trial.random.sample(names, min(count, len(names))):
        target = re.sub(r"\.(c|cc)$", ".o", trial.path(file))
        strip = trial.random.choice(([], ["--strip-debug"]))
        subprocess.run(["objcopy", *strip, trial.pair.units[file], target], check=True)
        os.remove(trial.path(file))
        trial.files.add(file)


def move_all(trial, rename):
    """Every unit to another folder and, with `rename`, under another name."""
    folders = [f"part{n}/code" for n in range(trial.random.randint(1, 6))]
    for number, file in enumerate(trial.code_files()):
        if not os.path.exists(trial.path(file)):
            continue
        base = f"unit{number:03d}{os.path.splitext(file)[1]}" if rename else os.path.basename(file)
        folder = trial.random.choice(folders)
        if os.path.exists(os.path.join(trial.release, folder, base)):
            folder = os.path.join(folder, f"n{number}")
        target = os.path.join(folder, base)
        os.makedirs(os.path.join(trial.release, folder), exist_ok=True)
        os.rename(trial.path(file), os.path.join(trial.release, target))
        trial.moved[file] = target


def withhold(trial):
    kind = trial.kind
    if kind in ("moved", "renamed", "moved-files-1", "renamed-files-1", "renamed-cut-3"):
        move_all(trial, kind.startswith("renamed"))
    if kind.endswith("files-1"):
        remove_files(trial, 1)
    elif kind == "files-10":
        remove_files(trial, 10)
    elif kind == "files-all":
        remove_files(trial, 1 << 20)
    elif kind == "folder":
        remove_folder(trial)
    elif kind.endswith("cut-1"):
        cut_functions(trial, 1, False)
    elif kind.endswith("cut-3"):
        cut_functions(trial, 3, False)
    elif kind == "cut-20":
        cut_functions(trial, 20, False)
    elif kind == "prototype-3":
        cut_functions(trial, 3, True)
    elif kind == "object-1":
        as_objects(trial, 1)
    elif kind == "object-5":
        as_objects(trial, 5)


KINDS = ("honest", "moved", "renamed", "files-1", "files-10", "files-all", "folder", "cut-1",
         "cut-3", "cut-20", "prototype-3", "object-1", "object-5", "moved-files-1",
         "renamed-files-1", "renamed-cut-3")


def write(trial, file, text):
    path = os.path.join(trial.release, file)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "a") as out:
        out.write(text)
    trial.planted.append(file)


def other_unit(trial, components, foreign):
    """A unit that is still there, of the components that have the function or of others."""
    names = sorted({file for component, files in trial.pair.sources.items() for file in files
                    if (component in components) != foreign and os.path.exists(trial.path(file))})
    if foreign:
        own = {f for component in components for f in trial.pair.sources[component]}
        names = [name for name in names if name not in own]
    return trial.moved.get(*[trial.random.choice(names)] * 2) if names else None


def body(name, head="int "):
    return f"\n{head}{name}(void)\n{{\n\treturn 0;\n}}\n"


MAIN = "\nint main(void)\n{\n\tprintf(\"%d\", 1);\n\treturn 0;\n}\n"


def plant(trial, kind, name, components, local):
    """True when planted. Where the withheld body is itself static, a static namesake in a unit of
    the same component is one that only names of files or places can tell."""
    number = len(trial.planted)
    if kind == "static":
        file = other_unit(trial, components, trial.random.random() < 0.5)
        if file:
            write(trial, file, body(name, "static int "))
    elif kind == "tool":
        write(trial, f"tools/gen{number}.c", "#include <stdio.h>\n" + body(name) + MAIN)
    elif kind == "tool-two-files":
        write(trial, f"scripts/host{number}/util.c", "#include <stdio.h>\n" + body(name))
        write(trial, f"scripts/host{number}/main.c", "#include <stdio.h>\n" + MAIN)
    elif kind == "test":
        write(trial, f"tests/test_case{number}.c",
              "#include <stdio.h>\n#include <assert.h>\n" + body(name) + MAIN)
    elif kind == "processor":
        write(trial, f"arch/sparc/lib/fast{number}.c", body(name))
    elif kind == "component":
        file = other_unit(trial, components, True)
        if not file:
            return False
        write(trial, file, body(name))
    elif kind == "component-new-file":
        file = other_unit(trial, components, True)
        if not file:
            return False
        write(trial, os.path.join(os.path.dirname(file), f"extra{number}.c"), body(name))
    elif kind == "macro":
        write(trial, f"include/compat{number}.h", f"#define {name}(...) 0\n")
    elif kind == "never":
        write(trial, f"include/old{number}.c", "#if 0\n" + body(name) + "#endif\n")
    elif kind == "inline":
        write(trial, f"include/stub{number}.h", body(name, "static inline int "))
    elif kind == "weak":
        if local:
            return False
        file = other_unit(trial, components, False)
        if not file:
            return False
        write(trial, file, body(name, "__attribute__((weak)) int "))
    return True


DECOYS = ("none", "static", "tool", "tool-two-files", "test", "processor", "component",
          "component-new-file", "macro", "never", "inline", "weak")


def plant_decoys(trial):
    lost = {}
    for component, symbol, file, line, local in trial.rows():
        if trial.is_gone(file, line) and "." not in symbol and not symbol.startswith("_Z") \
                and symbol != "main":
            lost.setdefault((symbol, local), set()).add(component)
    names = sorted(lost)
    for name, local in trial.random.sample(names, min(len(names), trial.random.choice((1, 1, 5)))):
        plant(trial, trial.decoys, name, lost[(name, local)], local)


def audit(trial, program, system):
    report = os.path.join(trial.folder, "report.json")
    command = [program, "audit", trial.pair.products[trial.variant], "--source", trial.release,
               "-j", "1", "--json", report, "-o", os.path.join(trial.folder, "case.corr")]
    for path in system:
        command += ["--system", path]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1, 4):
        return None, f"exit {done.returncode}: {done.stderr[-500:]}"
    with open(report) as file:
        return json.load(file), None


def observed(report):
    """({(component, symbol): Counter of classes}, {...: reason}) of what components define."""
    names = {row["id"]: row["name"] for row in report["components"]}
    classes, reasons = {}, {}

    def add(component, symbol, row):
        key = (names[component], symbol)
        classes.setdefault(key, Counter())[row["class"]] += 1
        reasons[key] = row["reason"]

    for row in report["functions"]:
        add(row["component"], row["name"], row)
    for row in report["symbols"]:
        if row["class"] in MISSING + ("undetermined",):
            for provider in row["providers"]:
                add(provider["component"], row["name"], row)
    return classes, reasons


class Result:
    def __init__(self):
        self.right = self.false = self.lost = self.open = self.honest_open = self.rows = 0
        self.errors = []


def compare(trial, report):
    result = Result()
    classes, reasons = observed(report)
    truth = {}
    for component, symbol, file, line, local in trial.rows():
        row = truth.setdefault((component, symbol), [0, 0, file, line])
        row[0 if trial.is_gone(file, line) else 1] += 1
    for key, (gone, there, file, line) in sorted(truth.items()):
        seen = classes.get(key, Counter())
        missing, unknown = sum(seen[c] for c in MISSING), seen["undetermined"]
        result.rows += gone + there
        right = min(gone, missing)
        result.right += right
        result.false += missing - right
        lost = gone - right
        open_ = min(lost, unknown)
        result.open += open_
        result.lost += lost - open_
        result.honest_open += min(there, unknown - open_)
        for error, count in (("false", missing - right), ("lost", lost - open_),
                             ("open", open_), ("open-honest", unknown - open_)):
            if count:
                result.errors.append((error, *key, f"{file}:{line}", reasons.get(key)))
    return result


def run(pair, kind, decoys, variant, seed, folder, program, system):
    trial = Trial(pair, kind, decoys, variant, seed, folder)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(pair.release, trial.release)
    withhold(trial)
    if decoys != "none":
        plant_decoys(trial)
    report, failure = audit(trial, program, system)
    if failure:
        result = Result()
        result.errors.append(("failed", "", "", "", failure))
        return result
    return compare(trial, report)
