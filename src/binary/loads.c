// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/loads.h"

#include <elf.h>

enum { LONGEST_NAME = 255, MOST_NAMES = 1000 };

static bool loads_libraries(const struct cor_component *component)
{
    static const char *const loaders[] = {"dlopen",    "dlmopen",      "android_dlopen_ext",
                                          "lt_dlopen", "lt_dlopenext", "g_module_open"};
    for (size_t i = 0; i < component->undefined.count; i++)
        for (size_t k = 0; k < sizeof loaders / sizeof *loaders; k++)
            if (strcmp(component->undefined.items[i].name->text, loaders[k]) == 0)
                return true;
    return false;
}

// What follows ".so": nothing, or a version like ".1.2".
static bool is_ending(struct cor_slice text)
{
    if (text.size && text.data[0] != '.')
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != '.' && (text.data[i] < '0' || text.data[i] > '9'))
            return false;
    return true;
}

static bool is_file_name(struct cor_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] <= ' ' || text.data[i] > '~' || text.data[i] == '%')
            return false;
    return text.size > 3 && text.size <= LONGEST_NAME && text.data[0] != '.';
}

static bool known(const struct cor_component *component, struct cor_slice text)
{
    if (component->interpreter && cor_slice_same(cor_slice_text(component->interpreter), text))
        return true;
    for (size_t i = 0; i < component->loads.count; i++)
        if (cor_slice_same(cor_slice_text(component->loads.items[i]), text))
            return true;
    return false;
}

static enum cor_status add(struct cor_component *component, struct cor_slice text)
{
    if (component->loads.count >= MOST_NAMES || known(component, text))
        return COR_OK;
    const char *copy = cor_arena_text(&component->arena, text);
    return copy ? cor_array_add(&component->loads, copy) : COR_NOMEM;
}

static enum cor_status read_texts(struct cor_slice data, struct cor_component *component)
{
    enum cor_status status = COR_OK;
    size_t at = 0;
    while (status == COR_OK && at < data.size) {
        const char *found = memmem(data.data + at, data.size - at, ".so", 3);
        if (!found)
            break;
        size_t middle = (size_t)(found - data.data), start = middle;
        while (start > at && data.data[start - 1] != '\0' && middle - start <= LONGEST_NAME)
            start--;
        const char *end = memchr(found, '\0', data.size - middle);
        if (!end)
            break;
        struct cor_slice text = cor_slice(data.data + start, (size_t)(end - data.data) - start);
        bool whole = start == 0 || data.data[start - 1] == '\0';
        if (whole && is_file_name(text) &&
            is_ending(cor_slice(found + 3, (size_t)(end - found) - 3)))
            status = add(component, text);
        at = middle + 3;
    }
    return status;
}

static bool holds_texts(const struct cor_section *section)
{
    return section->type == SHT_PROGBITS && (section->flags & SHF_ALLOC) &&
           !(section->flags & (SHF_WRITE | SHF_EXECINSTR));
}

enum cor_status cor_loads_read(struct cor_image *image, struct cor_component *component)
{
    enum cor_status status = COR_OK;
    if (image->type == ET_REL || !loads_libraries(component))
        return COR_OK;
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++)
        if (holds_texts(&image->sections[i]) &&
            cor_image_spend(image, image->sections[i].data.size))
            status = read_texts(image->sections[i].data, component);
    return status;
}
