// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which language a text is in, by its path and, where that says nothing, its first bytes.
#include "source/recogniser.h"

#include "base/slice.h"
#include "source/language.h"

struct row {
    const char *ending;
    enum cor_language language;
};

// The first row whose ending the path has. Endings that say "what is underneath" come off first.
static const struct row endings[] = {
    {".c", COR_LANGUAGE_C},
    {".h", COR_LANGUAGE_C},
    {".inc", COR_LANGUAGE_C},
    {".i", COR_LANGUAGE_C},
    {".def", COR_LANGUAGE_C},
    {".tmpl", COR_LANGUAGE_C},
    {".x", COR_LANGUAGE_C},
    {"syscalls.list", COR_LANGUAGE_GENERATOR},
    {".list", COR_LANGUAGE_OTHER},
    {".cc", COR_LANGUAGE_CXX},
    {".cpp", COR_LANGUAGE_CXX},
    {".cxx", COR_LANGUAGE_CXX},
    {".C", COR_LANGUAGE_CXX},
    {".c++", COR_LANGUAGE_CXX},
    {".hh", COR_LANGUAGE_CXX},
    {".hpp", COR_LANGUAGE_CXX},
    {".hxx", COR_LANGUAGE_CXX},
    {".ipp", COR_LANGUAGE_CXX},
    {".tcc", COR_LANGUAGE_CXX},
    {".inl", COR_LANGUAGE_CXX},
    {".lds.S", COR_LANGUAGE_LINKER_SCRIPT},
    {".lds", COR_LANGUAGE_LINKER_SCRIPT},
    {".ld", COR_LANGUAGE_LINKER_SCRIPT},
    {".lds.h", COR_LANGUAGE_LINKER_SCRIPT},
    {".ld.S", COR_LANGUAGE_LINKER_SCRIPT},
    {".S", COR_LANGUAGE_ASSEMBLY},
    {".s", COR_LANGUAGE_ASSEMBLY},
    {".asm", COR_LANGUAGE_ASSEMBLY},
    {".sx", COR_LANGUAGE_ASSEMBLY},
    {".nasm", COR_LANGUAGE_ASSEMBLY},
    {".a51", COR_LANGUAGE_ASSEMBLY},
    {".mk", COR_LANGUAGE_MAKE},
    {".mak", COR_LANGUAGE_MAKE},
    {".am", COR_LANGUAGE_MAKE},
    {".patch", COR_LANGUAGE_PATCH},
    {".diff", COR_LANGUAGE_PATCH},
    {".awk", COR_LANGUAGE_GENERATOR},
    {".pl", COR_LANGUAGE_GENERATOR},
    {".sh", COR_LANGUAGE_GENERATOR},
    {".py", COR_LANGUAGE_GENERATOR},
    {".tbl", COR_LANGUAGE_GENERATOR},
    {".asn1", COR_LANGUAGE_GENERATOR},
    {".y", COR_LANGUAGE_GENERATOR},
    {".l", COR_LANGUAGE_GENERATOR},
    {".uc", COR_LANGUAGE_GENERATOR},
    {".yy", COR_LANGUAGE_GENERATOR},
    {".ll", COR_LANGUAGE_GENERATOR},
    {".rs", COR_LANGUAGE_UNKNOWN_CODE},
    {".go", COR_LANGUAGE_UNKNOWN_CODE},
    {".java", COR_LANGUAGE_UNKNOWN_CODE},
    {".m", COR_LANGUAGE_UNKNOWN_CODE},
    {".mm", COR_LANGUAGE_UNKNOWN_CODE},
    {".swift", COR_LANGUAGE_UNKNOWN_CODE},
    {".f", COR_LANGUAGE_UNKNOWN_CODE},
    {".f90", COR_LANGUAGE_UNKNOWN_CODE},
    {".F", COR_LANGUAGE_UNKNOWN_CODE},
    {".d", COR_LANGUAGE_UNKNOWN_CODE},
    {".pas", COR_LANGUAGE_UNKNOWN_CODE},
    {".adb", COR_LANGUAGE_UNKNOWN_CODE},
    {".zig", COR_LANGUAGE_UNKNOWN_CODE},
    {".nim", COR_LANGUAGE_UNKNOWN_CODE},
    {".pyx", COR_LANGUAGE_UNKNOWN_CODE},
    {".cu", COR_LANGUAGE_CXX},
};

static const char *const wrappers[] = {"_shipped", ".in", ".orig", ".template", ".dist"};

static const char *const make_names[] = {"Makefile", "makefile", "GNUmakefile", "Kbuild"};

static struct cor_slice last_part(struct cor_slice path)
{
    // A text that spells object code is a container: itself is in it.
    if (cor_slice_ends(path, COR_SLICE("!/text")))
        path.size -= 6;
    const char *slash = path.size ? memrchr(path.data, '/', path.size) : NULL;
    if (!slash)
        return path;
    return cor_slice(slash + 1, path.size - (size_t)(slash + 1 - path.data));
}

static struct cor_slice unwrapped(struct cor_slice name)
{
    for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++) {
        struct cor_slice ending = cor_slice_text(wrappers[i]);
        if (cor_slice_ends(name, ending) && name.size > ending.size)
            return cor_slice(name.data, name.size - ending.size);
    }
    return name;
}

static enum cor_language by_content(struct cor_slice text)
{
    static const struct {
        const char *begin;
        enum cor_language language;
    } begins[] = {
        {"#!/bin/sh", COR_LANGUAGE_GENERATOR},
        {"#!/usr/bin/env", COR_LANGUAGE_GENERATOR},
        {"#!/usr/bin/perl", COR_LANGUAGE_GENERATOR},
        {"#! /usr/bin", COR_LANGUAGE_GENERATOR},
        {"#!/bin/bash", COR_LANGUAGE_GENERATOR},
        {"diff --git ", COR_LANGUAGE_PATCH},
        {"--- a/", COR_LANGUAGE_PATCH},
        {"Index: ", COR_LANGUAGE_PATCH},
        {"// -*- C++ -*-", COR_LANGUAGE_CXX},
    };
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (cor_slice_starts(text, cor_slice_text(begins[i].begin)))
            return begins[i].language;
    struct cor_slice head = cor_slice(text.data, text.size < 4096 ? text.size : 4096);
    if (memmem(head.data, head.size, "\n--- a/", 7) && memmem(head.data, head.size, "\n+++ ", 5))
        return COR_LANGUAGE_PATCH;
    return COR_LANGUAGE_OTHER;
}

struct cor_slice cor_path_base(const char *path)
{
    return last_part(cor_slice_text(path));
}

bool cor_path_is_header(const char *path)
{
    struct cor_slice name = unwrapped(last_part(cor_slice_text(path)));
    return cor_slice_ends(name, COR_SLICE(".h")) || cor_slice_ends(name, COR_SLICE(".hh")) ||
           cor_slice_ends(name, COR_SLICE(".hpp")) || cor_slice_ends(name, COR_SLICE(".hxx")) ||
           cor_slice_ends(name, COR_SLICE(".inl"));
}

static bool begins_with_any(struct cor_slice line, const char *const *words)
{
    for (; *words; words++)
        if (cor_slice_starts(line, cor_slice_text(*words)))
            return true;
    return false;
}

// A header called .h may be one of C++: some line begins as no line of C does.
static bool is_cxx_text(struct cor_slice text)
{
    static const char *const words[] = {"namespace ", "template ",  "template<",        "class ",
                                        "public:",    "protected:", "using namespace ", NULL};
    if (!memmem(text.data, text.size, "::", 2) && !memmem(text.data, text.size, "public:", 7))
        return false;
    for (size_t at = 0; at < text.size;) {
        const char *newline = memchr(text.data + at, '\n', text.size - at);
        size_t size = newline ? (size_t)(newline - text.data) - at : text.size - at;
        struct cor_slice line = cor_slice_trim(cor_slice(text.data + at, size));
        if (begins_with_any(line, words) && !memchr(line.data, '.', line.size) &&
            !memchr(line.data, '=', line.size))
            return true;
        at += size + 1;
    }
    return false;
}

enum cor_language cor_source_language(const char *path, const void *bytes, size_t size)
{
    struct cor_slice name = unwrapped(last_part(cor_slice_text(path)));
    for (size_t i = 0; i < sizeof make_names / sizeof *make_names; i++)
        if (cor_slice_starts(name, cor_slice_text(make_names[i])))
            return COR_LANGUAGE_MAKE;
    struct cor_slice best = {0};
    enum cor_language language = COR_LANGUAGE_OTHER;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct cor_slice ending = cor_slice_text(endings[i].ending);
        if (cor_slice_ends(name, ending) && ending.size > best.size) {
            best = ending;
            language = endings[i].language;
        }
    }
    struct cor_slice text = cor_slice(bytes, size);
    bool header = cor_slice_same(best, COR_SLICE(".h")) || cor_slice_same(best, COR_SLICE(".inc"));
    if (header && is_cxx_text(text))
        return COR_LANGUAGE_CXX;
    return best.size ? language : by_content(text);
}

bool cor_source_is_text(const void *bytes, size_t size)
{
    const unsigned char *in = bytes;
    if (size >= 2 && ((in[0] == 0xff && in[1] == 0xfe) || (in[0] == 0xfe && in[1] == 0xff)))
        return true;
    size_t look = size < 8192 ? size : 8192;
    return !look || !memchr(bytes, 0, look);
}
