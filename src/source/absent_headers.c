// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Headers that the release includes and does not hold. Their inline functions may stand in the
// binaries all the same. Headers that a build makes are none of them, nor the C library's.
#include <stdlib.h>

#include "source/finish.h"

enum { FAMILY_MINIMUM = 10 }; // so many headers in a folder: what is missing there is generated

struct header {
    uint32_t base_hash;
    const struct cor_census_file *file;
};

typedef COR_ARRAY(struct header) header_list;

static int header_order(const void *a, const void *b)
{
    const struct header *x = a, *y = b;
    if (x->base_hash != y->base_hash)
        return x->base_hash < y->base_hash ? -1 : 1;
    return x->file->index < y->file->index ? -1 : x->file->index > y->file->index;
}

static bool ends_in(const struct cor_census_file *file, struct cor_slice spelled)
{
    struct cor_slice path = cor_slice(file->path, file->path_size);
    if (cor_slice_ends(path, COR_SLICE(".in"))) // configure makes it
        path.size -= 3;
    return cor_slice_ends(path, spelled) &&
           (path.size == spelled.size || path.data[path.size - spelled.size - 1] == '/');
}

static bool is_there(const header_list *headers, struct cor_slice spelled, uint32_t base_hash)
{
    size_t low = 0, high = headers->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (headers->items[middle].base_hash < base_hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < headers->count && headers->items[low].base_hash == base_hash; low++)
        if (ends_in(headers->items[low].file, spelled))
            return true;
    return false;
}

// C's and POSIX's own, C++'s (without an ending), and what builds make.
static bool is_ordinary(struct cor_slice spelled)
{
    static const char *const families[] = {
        "sys/", "netinet/",        "arpa/",  "bits/",    "gnu/",       "generated/", "config/",
        "rpc/", "net/if",          "tr1/",   "machine/", "netpacket/", "protocols/", "./",
        "../",  "CoreFoundation/", "IOKit/",
    };
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (cor_slice_starts(spelled, cor_slice_text(families[i])))
            return true;
    return false;
}

static size_t family_size(struct cor_slice spelled)
{
    const char *slash = memchr(spelled.data, '/', spelled.size);
    return slash ? (size_t)(slash + 1 - spelled.data) : 0;
}

// Without a folder: of C++ alone, where templates and inline functions come from such headers.
static bool may_have_templates(const struct cor_census_file *file, struct cor_slice spelled)
{
    static const char *const ordinary[] = {
        "assert.h",   "complex.h", "ctype.h",    "dirent.h",  "dlfcn.h",  "errno.h",
        "execinfo.h", "fcntl.h",   "float.h",    "getopt.h",  "grp.h",    "inttypes.h",
        "libgen.h",   "limits.h",  "locale.h",   "malloc.h",  "math.h",   "memory.h",
        "netdb.h",    "poll.h",    "pthread.h",  "pwd.h",     "sched.h",  "semaphore.h",
        "setjmp.h",   "signal.h",  "stdarg.h",   "stdbool.h", "stddef.h", "stdint.h",
        "stdio.h",    "stdlib.h",  "string.h",   "strings.h", "syslog.h", "termios.h",
        "time.h",     "unistd.h",  "utime.h",    "wchar.h",   "wctype.h", "windows.h",
        "config.h",   "termio.h",  "byteswap.h", "endian.h",  "iconv.h",  "langinfo.h",
        "zlib.h",
    };
    if (file->language != COR_LANGUAGE_CXX || !memchr(spelled.data, '.', spelled.size))
        return false;
    for (size_t i = 0; i < sizeof ordinary / sizeof *ordinary; i++)
        if (cor_slice_same(spelled, cor_slice_text(ordinary[i])))
            return false;
    return true;
}

static size_t count_family(const header_list *headers, struct cor_slice family)
{
    size_t count = 0;
    for (size_t i = 0; i < headers->count && count < FAMILY_MINIMUM; i++) {
        const struct cor_census_file *file = headers->items[i].file;
        const char *found = memmem(file->path, file->path_size, family.data, family.size);
        count += found && (found == file->path || found[-1] == '/');
    }
    return count;
}

static enum cor_status add(struct cor_source_facts *facts, const struct cor_census_file *file,
                           const struct cor_include *include)
{
    struct cor_absent_header absent = {.file = file->index, .line = include->line};
    absent.spelled = cor_arena_text(&facts->arena, include->spelled);
    return absent.spelled ? cor_array_add(&facts->absent, absent) : COR_NOMEM;
}

// What is known of a family's first header that is not there.
struct family {
    struct cor_slice name;
    bool absent;
};

typedef COR_ARRAY(struct family) family_list;

static enum cor_status is_absent(const header_list *headers, family_list *families,
                                 struct cor_slice spelled, bool *ret_absent)
{
    struct cor_slice name = cor_slice(spelled.data, family_size(spelled));
    for (size_t i = 0; i < families->count; i++)
        if (cor_slice_same(families->items[i].name, name)) {
            *ret_absent = families->items[i].absent;
            return COR_OK;
        }
    *ret_absent = !is_ordinary(spelled) && count_family(headers, name) < FAMILY_MINIMUM;
    return cor_array_add(families, (struct family){name, *ret_absent});
}

static enum cor_status look_at(const struct cor_recogniser *recogniser,
                               const struct cor_census_file *file, const header_list *headers,
                               family_list *families, struct cor_source_facts *facts)
{
    const struct cor_include *includes = recogniser->includes_of[file->worker];
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < file->includes.count && status == COR_OK; i++) {
        const struct cor_include *include = &includes[file->includes.first + i];
        bool absent = false;
        bool alone = !family_size(include->spelled);
        if ((alone && !may_have_templates(file, include->spelled)) ||
            is_there(headers, include->spelled, include->base_hash))
            continue;
        absent = alone;
        if (!alone)
            status = is_absent(headers, families, include->spelled, &absent);
        if (status == COR_OK && absent)
            status = add(facts, file, include);
    }
    return status;
}

enum cor_status cor_fill_absent_headers(struct cor_recogniser *recogniser,
                                        struct cor_source_facts *facts)
{
    header_list headers = {0};
    family_list families = {0};
    enum cor_status status = cor_array_reserve(&headers, recogniser->files.count);
    for (size_t i = 0; i < recogniser->files.count && status == COR_OK; i++) {
        const struct cor_census_file *file = recogniser->files.items[i];
        headers.items[headers.count++] = (struct header){file->base_hash, file};
    }
    if (headers.count)
        qsort(headers.items, headers.count, sizeof *headers.items, header_order);
    for (size_t i = 0; i < recogniser->files.count && status == COR_OK; i++)
        status = look_at(recogniser, recogniser->files.items[i], &headers, &families, facts);
    cor_array_dispose(&headers);
    cor_array_dispose(&families);
    return status;
}
