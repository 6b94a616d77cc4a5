# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# Short names for common jobs. meson does the building.
.SUFFIXES:
.PHONY: all check-references check-lines
.PHONY: deps
.PHONY: dev
.PHONY: check
.PHONY: demo
.PHONY: audit
.PHONY: install
.PHONY: deb
.PHONY: clean
.PHONY: check-kernel
.PHONY: check-pairs
.PHONY: check-bindings
.PHONY: bench
.PHONY: fuzz
.PHONY: truth
.PHONY: check-page
.PHONY: check-formats
.PHONY: check-kallsyms
.PHONY: check-ctags

# Each may be set on the command line or in the environment.
JOBS ?= $(shell nproc)
DESTDIR ?=
prefix ?= /usr/local
PROGRAMS ?= 100
SHIPPED ?=
SOURCE ?=
CASE ?= out/audit.corr

# The release build, without sanitizers.
all: build/build.ninja
	ninja -j $(JOBS) -C build

# Installs the Debian packages of tools/packages.txt that are missing.
deps:
	tools/deps.sh

# The developers' build: sanitizers, warnings as errors.
dev: build-dev/build.ninja
	ninja -j $(JOBS) -C build-dev

build/build.ninja:
	meson setup build --buildtype=release

build-dev/build.ninja:
	meson setup build-dev --native-file native-dev.ini

# All tests. The last line counts them.
check: deps
	@$(MAKE) all dev
	tools/run-tests.sh build-dev build

# Makes the demo product, audits it and prints the findings.
demo: deps
	@$(MAKE) all
	tools/demo.sh build/correspond out/demo

# make audit SHIPPED="a.iso b.zip" SOURCE="src.tgz" [CASE=x.corr]
audit: all
	tools/audit.sh build/correspond "$(CASE)" "$(SHIPPED)" "$(SOURCE)"

# The prefix is set at install time; DESTDIR stands before it.
install: build/build.ninja
	meson configure build -Dprefix="$(prefix)"
	ninja -j $(JOBS) -C build
	DESTDIR="$(DESTDIR)" meson install -C build --no-rebuild

# Debian packages in out/deb, looked at by lintian and audited against their own source.
deb:
	JOBS=$(JOBS) tools/deb.sh out/deb

clean:
	rm -rf build build-dev out

# Downloads Debian's kernel and its source, audits the pair and compares every module with nm.
check-kernel: all
	tools/check-kernel.sh build/correspond

# Audits honest Debian packages and modules against their sources: nothing may be found.
check-pairs: all
	tools/check-pairs.sh build/correspond

# Recovers the symbols and exports of Debian's kernels for eight processors (700 MB), and compares
# them with Module.symvers and System.map. KERNELS, MAPS, PACKAGES: see the script.
check-kallsyms: all
	ninja -j $(JOBS) -C build bench/bench-kallsyms
	tools/check-kallsyms.sh build/bench/bench-kallsyms

# Uses reports in Chromium, driven by a package from npm.
check-page: all
	ninja -j $(JOBS) -C build bench/large-case
	tools/check-page.sh build/correspond build/bench/large-case out/page

# Has every format validated, by packages from npm. CASES="a.corr b.corr" are validated too.
check-formats: all
	tools/check-formats.sh build/correspond out/formats $(CASES)

# Time and memory on the kernel pair.
bench: all
	bench/kernel.sh build/correspond

# Bodies that universal-ctags finds and the recogniser does not. TREE: a folder; else Debian's kernel.
check-ctags: build/build.ninja
	ninja -j $(JOBS) -C build bench/bench-bodies
	tools/check-ctags.sh build/bench/bench-bodies

# Withholds source by chance from small pairs and compares every loss with the pairs' DWARF.
# TRUTH_OPTIONS="--trials 1000 --seed 7 --bluez DIR --libxcrypt DIR"
truth: all
	python3 bench/truth/truth.py build/correspond $(TRUTH_OPTIONS)

# Feeds damaged inputs to the sanitized program (FUZZ_ROUNDS, FUZZ_SEED), and libFuzzer's to every
# format by itself (FUZZ_SECONDS each, FUZZ_FORMATS).
FUZZ_SECONDS ?= 60
FUZZ_FORMATS ?=
fuzz: dev
	tools/fuzz.sh build-dev/correspond
	mkdir -p out
	tools/fuzz-formats.sh $(FUZZ_SECONDS) $(FUZZ_FORMATS)

# Compares how programs of this machine are linked with what its loader says. PROGRAMS: how many.
check-bindings: all
	ninja -j $(JOBS) -C build bench/bench-bindings
	bench/check-bindings.sh build/bench/bench-bindings $(PROGRAMS)

# Holds every listed reference of the demo product and of kernel modules against objdump. KERNELS.
check-references: all
	tools/check-references.sh build/correspond $(KERNELS)

# Compares source lines found without debug information with addr2line: MODULES (with debug
# information) and the folders of their SOURCE.
check-lines: all
	tools/check-lines.sh build/correspond $(MODULES) -- $(SOURCE)
