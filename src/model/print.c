// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "model/print.h"

#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/names.h"

enum { WORD_LEAST = 4 };

// "__memcpy_chk" is what a checking C library makes of "memcpy".
static struct cor_slice without_check(struct cor_slice name)
{
    if (name.size > 6 && cor_slice_starts(name, COR_SLICE("__")) &&
        cor_slice_ends(name, COR_SLICE("_chk")))
        return cor_slice(name.data + 2, name.size - 6);
    return name;
}

uint32_t cor_print_name(struct cor_slice name)
{
    const char *dot = name.size > 1 ? memchr(name.data + 1, '.', name.size - 1) : NULL;
    if (dot)
        name.size = (size_t)(dot - name.data);
    return cor_hash_text(without_check(name)) & ~1u;
}

bool cor_print_leaves_out(struct cor_slice name)
{
    static const char *const names[] = {
        "memcpy", "memset",  "memmove", "memcmp", "bcmp",    "strlen",     "strcmp", "strncmp",
        "strcpy", "strncpy", "strchr",  "abort",  "puts",    "putchar",    "fputs",  "fputc",
        "fwrite", "printf",  "fprintf", "mcount", "_mcount", "__fentry__", "stpcpy", "strcat",
    };
    static const char *const starts[] = {
        "__x86_",  "__stack_",     "__ubsan_", "__asan_", "__kasan_", "__tsan_",  "__msan_",
        "__gcov_", "__sanitizer_", "__aeabi_", "__gnu_",  "_savegpr", "_restgpr", "__tls_",
    };
    name = without_check(name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cor_slice_same(name, cor_slice_text(names[i])))
            return true;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (cor_slice_starts(name, cor_slice_text(starts[i])))
            return true;
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

enum cor_status cor_print_add_words(cor_print_list *list, struct cor_slice text)
{
    const char *at = text.data, *end = text.data + text.size;
    while (at < end) {
        const char *begin = at;
        // What an escape sequence stands for is no letter.
        if (*at == '\\' && at + 1 < end)
            begin = at += 2;
        while (at < end && is_letter(*at))
            at++;
        size_t size = (size_t)(at - begin);
        if (size >= WORD_LEAST &&
            cor_array_add(list, cor_hash_text(cor_slice(begin, size)) | 1u) != COR_OK)
            return COR_NOMEM;
        if (at == begin)
            at++;
    }
    return COR_OK;
}

static int hash_order(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static size_t settle(cor_print_list *list)
{
    size_t count = 0;
    if (list && list->count)
        qsort(list->items, list->count, sizeof *list->items, hash_order);
    for (size_t i = 0; list && i < list->count; i++)
        if (!count || list->items[i] != list->items[count - 1])
            list->items[count++] = list->items[i];
    return count;
}

const struct cor_print *cor_print_make(struct cor_arena *arena, cor_print_list *list,
                                       cor_print_list *calls, uint32_t size)
{
    size_t count = settle(list), more = settle(calls);
    struct cor_print *print =
        cor_arena_alloc(arena, 1, sizeof *print + (count + more) * sizeof *print->hashes);
    if (!print)
        return NULL;
    *print = (struct cor_print){
        .size = size, .count = cor_u32_clamp(count), .calls = cor_u32_clamp(more)};
    if (count)
        memcpy(print->hashes, list->items, count * sizeof *list->items);
    if (more)
        memcpy(print->hashes + count, calls->items, more * sizeof *calls->items);
    return print;
}

static bool has(const uint32_t *hashes, uint32_t count, uint32_t hash)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (hashes[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && hashes[low] == hash;
}

bool cor_print_has(const struct cor_print *print, uint32_t hash)
{
    return has(print->hashes, print->count, hash);
}

bool cor_print_has_call(const struct cor_print *print, uint32_t hash)
{
    return has(print->hashes + print->count, print->calls, hash);
}
