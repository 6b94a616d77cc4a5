#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
"""Withheld-release trials: truth.py CORRESPOND [--trials N] [--seed S] [--jobs N] [--work DIR]
[--bluez DIR] [--libxcrypt DIR] [--one PAIR:KIND:DECOYS:VARIANT:SEED]

Builds small pairs from real code, withholds by chance, audits, and compares every function that
was lost with the DWARF of the pair. Prints precision, recall and every error with its trial."""
import argparse
import os
import random
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pairs  # noqa: E402
import trial  # noqa: E402

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "../.."))
PACKAGES = "libarchive zlib libelf libdw libcrypto jansson sqlite3 capstone liblzma libzstd"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("correspond")
    parser.add_argument("--trials", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--work", default=os.path.join(ROOT, "out/truth"))
    parser.add_argument("--bluez", help="unpacked source of bluez")
    parser.add_argument("--libxcrypt", help="unpacked source of libxcrypt")
    parser.add_argument("--one", help="repeat one trial and keep its folder")
    parser.add_argument("--only", default="", help="only trials whose name contains this")
    parser.add_argument("--errors", type=int, default=100, help="how many errors to print")
    return parser.parse_args()


def build(options):
    flags = subprocess.run(["pkg-config", "--cflags", *PACKAGES.split()], capture_output=True,
                           text=True).stdout.split()
    flags += ["-std=c17", "-Isrc", "-D_GNU_SOURCE", '-DCOR_VERSION="0"']
    wanted = {"own": ROOT, "kernel": ROOT, "cxx": ROOT, "bluez": options.bluez,
              "xcrypt": options.libxcrypt}
    return {name: pairs.make(name, options.work, root, flags, options.jobs)
            for name, root in wanted.items() if root and name in pairs.RECIPES}


def plan(options, made):
    """Names of trials, "pair:kind:decoys:variant:seed", the same for the same seed."""
    if options.one:
        return [options.one]
    chance, names = random.Random(options.seed), []
    while len(names) < options.trials:
        kind = chance.choice(trial.KINDS)
        honest = kind in ("honest", "moved", "renamed")
        decoys = "none" if honest else chance.choice(trial.DECOYS)
        names.append(":".join((chance.choice(sorted(made)), kind, decoys,
                               chance.choice(("named", "unnamed")), str(chance.randrange(10**6)))))
    return [name for name in names if options.only in name]


def main():
    options = arguments()
    program = os.path.realpath(options.correspond)
    options.work = os.path.realpath(options.work)
    made = build(options)
    system = [subprocess.run(["gcc", f"-print-file-name={name}"], capture_output=True,
                             text=True).stdout.strip()
              for name in ("libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2")]
    system = [os.path.realpath(path) for path in system if os.path.exists(path)]
    names, started = plan(options, made), time.time()

    def job(item):
        number, name = item
        pair, kind, decoys, variant, seed = name.split(":")
        folder = os.path.join(options.work, "trial-one" if options.one else
                              f"trial-{number % (2 * options.jobs)}-{number % 7}")
        folder = f"{folder}-{number}" if not options.one else folder
        result = trial.run(made[pair], kind, decoys, variant, int(seed), folder, program, system)
        if not options.one:
            trial.shutil.rmtree(folder, ignore_errors=True)
        return result

    with ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(job, enumerate(names)))
    report(options, names, results, time.time() - started)
    return 1 if any(r.false or r.lost for r in results) or any(
        e[0] == "failed" for r in results for e in r.errors) else 0


def share(part, whole):
    return f"{100 * part / whole:.2f} %" if whole else "-"


def report(options, names, results, seconds):
    shown, kinds = 0, Counter()
    for name, result in zip(names, results):
        pair, kind, decoys, variant, _ = name.split(":")
        for error in result.errors:
            kinds[(error[0], pair, kind, decoys, variant)] += 1
            if shown < options.errors:
                print(f"{error[0]}: {error[1]} {error[2]} ({error[3]}): {error[4]}  [{name}]")
                shown += 1
    right, false = sum(r.right for r in results), sum(r.false for r in results)
    lost, unknown = sum(r.lost for r in results), sum(r.open for r in results)
    honest_open, rows = sum(r.honest_open for r in results), sum(r.rows for r in results)
    print("\nerrors by kind (error, pair, withheld, decoys, variant):")
    for key, count in kinds.most_common(60):
        print(f"  {count:6} {' '.join(key)}")
    print(f"\n{len(names)} trials in {seconds:.0f} s; {rows} functions judged, "
          f"{right + lost + unknown} withheld")
    print(f"precision {share(right, right + false)} ({false} false accusations)")
    print(f"recall {share(right + unknown, right + unknown + lost)} ({lost} lost); found outright "
          f"{share(right, right + unknown + lost)}")
    print(f"undetermined: {unknown} of the withheld ({share(unknown, right + unknown + lost)}), "
          f"{honest_open} of the released ({share(honest_open, rows - right - unknown - lost)})")


if __name__ == "__main__":
    sys.exit(main())
