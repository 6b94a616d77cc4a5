# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
"""Builds small pairs from real code: what is shipped, its source, and the truth about both."""
import glob
import json
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import dwarf


class Pair:
    """`release`: the source folder. `products`: {variant: folder of components}. `truth`:
    {component: [(symbol, file, line, local)]}, the files relative to the release. `units`:
    {file: object}, for trials that release a file as object code."""

    def __init__(self, name, folder):
        self.name, self.folder = name, folder
        self.release = os.path.join(folder, "release")
        self.products, self.truth, self.units, self.sources = {}, {}, {}, {}

    def save(self):
        with open(os.path.join(self.folder, "pair.json"), "w") as file:
            json.dump([self.products, self.truth, self.units, self.sources], file)

    def load(self):
        with open(os.path.join(self.folder, "pair.json")) as file:
            self.products, self.truth, self.units, self.sources = json.load(file)
        return self


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


class Builder:
    def __init__(self, pair, jobs):
        self.pair, self.jobs = pair, jobs
        self.objects = os.path.join(pair.folder, "objects")
        os.makedirs(self.objects, exist_ok=True)

    def compile(self, source, flags, tag=""):
        """One unit to an object with DWARF; None when it does not compile."""
        target = os.path.join(self.objects, (tag + source).replace("/", "_") + ".o")
        compiler = "g++" if source.endswith((".cc", ".cpp")) else "gcc"
        done = run(compiler, "-g", "-O2", "-fPIC", "-w", "-fno-lto", *flags, "-c", source, "-o",
                   target, cwd=self.pair.release)
        return target if done.returncode == 0 else None

    def component(self, name, sources, flags, link):
        """Compiles and links; what does not compile is left out and stays plain source."""
        with ThreadPoolExecutor(self.jobs) as pool:
            objects = list(pool.map(lambda s: self.compile(s, flags, name + "_"), sources))
        built = [(s, o) for s, o in zip(sources, objects) if o]
        full = os.path.join(self.pair.folder, "full", name)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        done = run(*link, "-o", full, *[o for _, o in built])
        if done.returncode or not built:
            raise SystemExit(f"{self.pair.name}: {name} does not link: {done.stderr[:2000]}")
        with ThreadPoolExecutor(self.jobs) as pool:
            rows = list(pool.map(lambda o: self.rows(o[1]), built))
        self.pair.truth[name] = sorted(row for part in rows for row in part)
        self.pair.sources[name] = [s for s, _ in built]
        self.pair.units.update(dict(built))
        self.ship(full, name)

    def rows(self, item):
        bodies = dwarf.bodies(item, self.pair.release)
        rows = []
        for symbol, local in dwarf.functions(item):
            place = bodies.get(symbol) or bodies.get(dwarf.base_name(symbol))
            if place:
                rows.append((symbol, os.path.relpath(place[0], self.pair.release), place[1], local))
        return rows

    def ship(self, full, name):
        """Without DWARF; once with the names of the files it was made of, once without."""
        for variant in ("named", "unnamed"):
            folder = self.pair.products.setdefault(
                variant, os.path.join(self.pair.folder, "product-" + variant))
            os.makedirs(folder, exist_ok=True)
            target = os.path.join(folder, name)
            keep = ["--keep-file-symbols"] if variant == "named" else []
            done = run("objcopy", "--strip-debug", *keep, full, target)
            if done.returncode:
                raise SystemExit(f"{self.pair.name}: objcopy: {done.stderr[:2000]}")


def copy_code(origin, release, folders, also=()):
    """The text files of some folders of a source tree, without what a build left there."""
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(origin, folder, "**"), recursive=True)):
            base = os.path.basename(path)
            if not os.path.isfile(path) or os.path.islink(path):
                continue
            if base.endswith((".c", ".h", ".cc", ".cpp", ".hpp", ".def", ".S", ".in", ".am", ".txt",
                              ".build")) or base in ("Makefile", "Kbuild"):
                target = os.path.join(release, os.path.relpath(path, origin))
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copyfile(path, target)
    for path in also:
        shutil.copyfile(os.path.join(origin, path), os.path.join(release, path))


def units(release, folder, leave_out=()):
    found = sorted(glob.glob(os.path.join(release, folder, "*.c")) +
                   glob.glob(os.path.join(release, folder, "*.cc")))
    names = [os.path.relpath(path, release) for path in found]
    return [name for name in names if name not in leave_out]


SHARED = ("gcc", "-shared", "-Wl,--unresolved-symbols=ignore-all")
PROGRAM = ("gcc", "-Wl,--unresolved-symbols=ignore-all")
OBJECT = ("ld", "-r")
KERNEL = ("gcc", "-nostdlib", "-static", "-no-pie", "-Wl,--unresolved-symbols=ignore-all",
          "-Wl,--build-id=none", "-Wl,-e,0")


def own(pair, builder, root, flags):
    """This program's own source: a library for each floor, and the program."""
    copy_code(root, pair.release, ["src", "tests"])
    for floor in ("base", "model", "casefile", "intake", "binary", "source", "linkage", "verdict",
                  "report", "audit"):
        sources = units(pair.release, "src/" + floor)
        if floor == "intake":
            sources += units(pair.release, "src/intake/formats")
        builder.component(f"lib{floor}.so", sources, flags, (*SHARED, f"-Wl,-soname,lib{floor}.so"))
    folder = os.path.join(pair.folder, "full")
    libraries = [os.path.join(folder, n) for n in sorted(os.listdir(folder)) if n.endswith(".so")]
    builder.component("program", units(pair.release, "src/cli"), flags,
                      (*PROGRAM, "-Wl,--no-as-needed", *libraries))


def kernel(pair, builder, root, flags):
    """The same source as a kernel without file names of its own, and modules loaded into it."""
    copy_code(root, pair.release, ["src", "tests"])
    flags = [*flags, "-fno-inline"]
    base = units(pair.release, "src/base") + units(pair.release, "src/model")
    builder.component("kernel", base, flags, KERNEL)
    for floor in ("binary", "source", "linkage", "report"):
        builder.component(floor + ".o", units(pair.release, "src/" + floor), flags, OBJECT)


def bluez(pair, builder, root, flags):
    copy_code(root, pair.release, ["lib", "src/shared", "monitor", "emulator", "tools", "gdbus",
                                   "peripheral", "attrib", "unit", "client"], ["config.h"])
    os.makedirs(os.path.join(pair.release, "lib/bluetooth"), exist_ok=True)
    for header in glob.glob(os.path.join(pair.release, "lib/*.h")):
        shutil.copyfile(header, os.path.join(pair.release, "lib/bluetooth",
                                             os.path.basename(header)))
    flags = ["-I.", "-Ilib", "-Isrc", "-Igdbus", "-DHAVE_CONFIG_H", '-DSTORAGEDIR="/s"',
             '-DCONFIGDIR="/c"', "-D_GNU_SOURCE"]
    builder.component("libbluetooth.so", units(pair.release, "lib"), flags,
                      (*SHARED, "-Wl,-soname,libbluetooth.so"))
    builder.component("libshared.so", units(pair.release, "src/shared"), flags,
                      (*SHARED, "-Wl,-soname,libshared.so"))
    folder = os.path.join(pair.folder, "full")
    libraries = [os.path.join(folder, n) for n in ("libbluetooth.so", "libshared.so")]
    link = (*PROGRAM, "-Wl,--no-as-needed", *libraries)
    builder.component("btmon", units(pair.release, "monitor"), flags, link)
    builder.component("peripheral.o", units(pair.release, "peripheral"), flags, OBJECT)
    for tool in ("bluemoon", "btgatt-client", "rctest", "btproxy", "hcidump"):
        builder.component(tool, [f"tools/{tool}.c"], flags, link)


XCRYPT_CONFIG = """
#define HAVE_STDINT_H 1
#define HAVE_SYS_TYPES_H 1
#define HAVE_UNISTD_H 1
#define HAVE_SYS_CDEFS_H 1
#define HAVE_SYS_CDEFS_BEGIN_END_DECLS 1
#define HAVE_SYS_CDEFS_THROW 1
#define HAVE_ENDIAN_H 1
#define HAVE_EXPLICIT_BZERO 1
#define HAVE_GETENTROPY 1
#define HAVE_GETRANDOM 1
#define HAVE_SYS_RANDOM_H 1
#define HAVE_FCNTL_H 1
#define HAVE_SYS_STAT_H 1
#define HAVE_STATIC_ASSERT_IN_ASSERT_H 1
#define HAVE_STDALIGN_H 1
#include <stdalign.h>
#define HAVE_STDBOOL_H 1
#define PACKAGE "x"
#define ENABLE_FAILURE_TOKENS 1
#define ENDIANNESS_IS_LITTLE 1
#define HAVE_MAX_ALIGN_T 1
"""


def xcrypt(pair, builder, root, flags):
    copy_code(root, pair.release, ["lib", "test"])
    lib = os.path.join(pair.release, "lib")
    hashes = "".join(f"#define INCLUDE_{name} 1\n" for name in (
        "yescrypt gost_yescrypt scrypt bcrypt bcrypt_y bcrypt_a bcrypt_x sha512crypt sha256crypt "
        "sha1crypt sunmd5 md5crypt nt bsdicrypt bigcrypt descrypt des").split())
    for name, text in (("config.h", XCRYPT_CONFIG), ("crypt-hashes.h", hashes),
                       ("crypt-symbol-vers.h", "")):
        with open(os.path.join(lib, name), "w") as file:
            file.write(text)
    with open(os.path.join(lib, "crypt.h.in")) as file:
        text = re.sub(r"@DEFINE_\w+@", "#define", file.read())
    with open(os.path.join(lib, "crypt.h"), "w") as file:
        file.write(re.sub(r"@\w+@", "", text))
    builder.component("libcrypt.so", units(pair.release, "lib", ("lib/gen-des-tables.c", "lib/alg-yescrypt-platform.c")),
                      ["-Ilib", "-DHAVE_CONFIG_H", "-DIN_LIBCRYPT"],
                      (*SHARED, "-Wl,-soname,libcrypt.so"))


RECIPES = {"own": own, "kernel": kernel, "bluez": bluez, "xcrypt": xcrypt}


def make(name, work, root, flags, jobs):
    """The pair, built once and kept."""
    folder = os.path.join(work, name)
    pair = Pair(name, folder)
    if os.path.exists(os.path.join(folder, "pair.json")):
        return pair.load()
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(pair.release)
    RECIPES[name](pair, Builder(pair, jobs), root, flags)
    pair.save()
    return pair
