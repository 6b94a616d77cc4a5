// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Recipes that fetch what the release lacks: what was compiled from that is not in the release,
// and nobody can say that it is missing.
#include "source/build_text.h"

#include "source/chars.h"

enum { AROUND = 10, ABOUT_LIMIT = 4096, STEM_MINIMUM = 3 };

static bool has(struct cor_slice text, const char *word)
{
    return memmem(text.data, text.size, word, strlen(word)) != NULL;
}

static bool has_any(struct cor_slice text, const char *const *words)
{
    for (; *words; words++)
        if (has(text, *words))
            return true;
    return false;
}

// What brings whole trees of source, whatever the address looks like; and what may bring anything.
static const char *const trees[] = {
    "git clone", "git submodule",  "svn co",         "svn checkout",  "hg clone",
    "repo init", "GIT_REPOSITORY", "SVN_REPOSITORY", "HG_REPOSITORY", NULL,
};
static const char *const fetchers[] = {
    "wget",         "curl",     "aria2c",          "URL ",  "URL\t",
    "FetchContent", "SRC_URI",  "_SITE",           "_URL",  "url =",
    "url=",         "Source",   "source=",         "Patch", "urlretrieve",
    "urlopen",      "download", "Download",        "fetch", "file(DOWNLOAD",
    "http_archive", "urls =",   "ExternalProject", NULL,
};

static const char *const archive_endings[] = {
    ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".tar.lz", ".tgz",  ".tbz",     ".tbz2",  ".txz",
    ".tar",    ".zip",     ".7z",     ".git",     ".patch",  ".diff", ".src.rpm", ".crate", ".c",
    ".h",      ".cc",      ".cpp",    ".hpp",     ".S",      ".gz",   ".xz",      ".bz2",   NULL,
};

// Compilers and the like are not linked into what they make.
static const char *const tools[] = {
    "toolchain", "gcc-", "clang", "llvm-", "cmake-", "ninja", "python", "get-pip", "rustup", NULL,
};

static size_t ending_of(struct cor_slice base)
{
    for (size_t i = 0; archive_endings[i]; i++) {
        struct cor_slice ending = cor_slice_text(archive_endings[i]);
        if (base.size > ending.size && cor_slice_ends(base, ending))
            return ending.size;
    }
    return 0;
}

// "foo-1.2.tar.gz" and "foo.git" are of foo; "" when there is no such name.
static struct cor_slice stem_of(struct cor_slice base)
{
    struct cor_slice stem = cor_slice(base.data, base.size - ending_of(base));
    for (size_t i = 1; i < stem.size; i++) {
        bool version = i + 1 < stem.size && strchr("-_.", stem.data[i]) &&
                       (cor_is(stem.data[i + 1], COR_CHAR_DIGIT) || stem.data[i + 1] == '$' ||
                        (stem.data[i + 1] == 'v' && i + 2 < stem.size &&
                         cor_is(stem.data[i + 2], COR_CHAR_DIGIT)));
        if (version || stem.data[i] == '$')
            stem.size = i;
    }
    if (stem.size && (stem.data[0] == '$' || cor_is(stem.data[0], COR_CHAR_DIGIT)))
        stem.size = 0;
    return stem;
}

// The address that begins at or before `colon`, which stands before "//".
static struct cor_slice address_at(struct cor_slice line, const char *colon)
{
    const char *begin = colon, *end = colon;
    while (begin > line.data && (cor_is_word(begin[-1]) || begin[-1] == '+'))
        begin--;
    while (end < line.data + line.size && !strchr(" \t\"';,)>]|", *end) && *end)
        end++;
    return cor_slice(begin, (size_t)(end - begin));
}

static struct cor_slice last_part(struct cor_slice address)
{
    const char *stop = memchr(address.data, '?', address.size);
    if (stop)
        address.size = (size_t)(stop - address.data);
    while (address.size && address.data[address.size - 1] == '/')
        address.size--;
    const char *slash = memrchr(address.data, '/', address.size);
    return slash ? cor_slice(slash + 1, (size_t)(address.data + address.size - slash - 1))
                 : address;
}

// The lines around the place: they name what is built from it.
static struct cor_slice about(const struct cor_build_reader *reader)
{
    const char *begin = reader->text.data + reader->at, *end = begin;
    const char *first = reader->text.data, *last = reader->text.data + reader->text.size;
    uint32_t lines = reader->next_line - reader->line + AROUND;
    for (uint32_t i = 0; i <= lines && begin > first; begin--)
        i += begin[-1] == '\n';
    for (uint32_t i = 0; i < AROUND && end < last; end++)
        i += *end == '\n';
    while ((size_t)(end - begin) > ABOUT_LIMIT)
        begin++;
    return cor_slice(begin, (size_t)(end - begin));
}

static enum cor_status add(struct cor_build_reader *reader, struct cor_slice base)
{
    struct cor_census *census = reader->census;
    struct cor_download download = {.file = census->file, .line = reader->line};
    const char *copy = cor_arena_text(&census->arena, base);
    if (!copy)
        return COR_NOMEM;
    download.base = cor_slice(copy, base.size);
    download.stem = stem_of(download.base);
    struct cor_slice recipe = cor_slice(census->file->base.data, census->file->base.size);
    const char *dot = memrchr(recipe.data, '.', recipe.size);
    download.about = cor_arena_printf(&census->arena, "%.*s\n%.*s\n%.*s", (int)download.stem.size,
                                      download.stem.data, (int)(dot ? dot - recipe.data : 0),
                                      recipe.data, (int)about(reader).size, about(reader).data);
    return download.about ? cor_array_add(&census->downloads, download) : COR_NOMEM;
}

enum cor_status cor_build_downloads(struct cor_build_reader *reader)
{
    struct cor_slice line = cor_buffer_slice(&reader->now);
    enum cor_status status = COR_OK;
    const char *at = line.data, *end = line.data + line.size;
    bool modules = cor_slice_same(reader->census->file->base, COR_SLICE(".gitmodules"));
    bool tree = modules || has_any(line, trees), fetch = tree || has_any(line, fetchers);
    if (has(line, "echo ") || has(line, "printf ") || has(line, "print("))
        return COR_OK;
    while (status == COR_OK && (at = memmem(at, (size_t)(end - at), "://", 3)) != NULL) {
        struct cor_slice address = address_at(line, at);
        struct cor_slice base = last_part(address);
        bool archive = ending_of(base) > 0;
        at += 3;
        if (!base.size || has_any(base, tools) || !stem_of(base).size)
            continue;
        if (tree || (archive && (fetch || reader->is_make)))
            status = add(reader, base);
    }
    return status;
}

// "x/dl/foo-1.2.tar.gz!gzip!/..." or a folder called "foo", "foo-1.2".
static bool holds(const struct cor_census_file *file, const struct cor_download *download)
{
    const char *path = file->path;
    struct cor_slice base = download->base;
    struct cor_slice folder = cor_slice(base.data, base.size - ending_of(base));
    if (file->path_size <= folder.size || !folder.size)
        return false;
    const char *end = path + file->path_size;
    for (const char *part = path; part < end;) {
        const char *stop = part;
        while (stop < end && *stop != '/' && *stop != '!')
            stop++;
        struct cor_slice name = cor_slice(part, (size_t)(stop - part));
        bool inside = stop < end;
        if ((inside && (cor_slice_same(name, folder) || cor_slice_same(name, download->stem))) ||
            cor_slice_same(name, base))
            return true;
        part = stop + 1;
    }
    return false;
}

static bool is_there(const struct cor_recogniser *recogniser, const struct cor_download *download)
{
    for (size_t i = 0; i < recogniser->files.count; i++)
        if (recogniser->files.items[i] != download->file &&
            holds(recogniser->files.items[i], download))
            return true;
    return false;
}

static enum cor_status add_gap(struct cor_census *census, const struct cor_download *download)
{
    struct cor_census_gap gap = {
        .file = download->file, .line = download->line, .about = download->about};
    gap.reason = cor_arena_printf(&census->arena, "it fetches %.*s, which the release lacks",
                                  (int)download->base.size, download->base.data);
    return gap.reason ? cor_array_add(&census->gaps, gap) : COR_NOMEM;
}

enum cor_status cor_finish_downloads(struct cor_recogniser *recogniser)
{
    enum cor_status status = COR_OK;
    for (unsigned i = 0; i < recogniser->options.worker_count; i++) {
        struct cor_census *census = &recogniser->censuses[i];
        for (size_t k = 0; k < census->downloads.count && status == COR_OK; k++) {
            const struct cor_download *download = &census->downloads.items[k];
            if (download->stem.size >= STEM_MINIMUM && !is_there(recogniser, download))
                status = add_gap(census, download);
        }
    }
    return status;
}
