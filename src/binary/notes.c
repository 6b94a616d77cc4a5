// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/notes.h"

#include <elf.h>

#include "base/buffer.h"
#include "base/checked.h"
#include "binary/bytes.h"

static const char *hex_text(struct cor_arena *arena, struct cor_slice bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *text = cor_arena_alloc(arena, bytes.size * 2 + 1, 1);
    for (size_t i = 0; text && i < bytes.size; i++) {
        text[i * 2] = digits[(unsigned char)bytes.data[i] >> 4];
        text[i * 2 + 1] = digits[(unsigned char)bytes.data[i] & 15];
    }
    return text;
}

static enum cor_status read_note_run(const struct cor_image *image, struct cor_slice notes,
                                     struct cor_component *component)
{
    while (notes.size >= 12 && !component->build_id) {
        uint64_t name = cor_get32(notes.data, image->big);
        uint64_t description = cor_get32(notes.data + 4, image->big);
        uint32_t type = cor_get32(notes.data + 8, image->big);
        uint64_t start = 12 + ((name + 3) & ~UINT64_C(3));
        uint64_t end = start + ((description + 3) & ~UINT64_C(3));
        if (!cor_range_fits(start, description, notes.size))
            break;
        if (type == NT_GNU_BUILD_ID && name == 4 && memcmp(notes.data + 12, "GNU", 4) == 0) {
            component->build_id =
                hex_text(&component->arena, cor_slice(notes.data + start, (size_t)description));
            return component->build_id ? COR_OK : COR_NOMEM;
        }
        size_t skip = end < notes.size ? (size_t)end : notes.size;
        notes = cor_slice(notes.data + skip, notes.size - skip);
    }
    return COR_OK;
}

static enum cor_status read_build_id(struct cor_image *image, struct cor_component *component)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++)
        if (image->sections[i].type == SHT_NOTE &&
            cor_image_spend(image, image->sections[i].data.size))
            status = read_note_run(image, image->sections[i].data, component);
    for (size_t i = 0; i < image->segment_count && status == COR_OK; i++)
        if (image->segments[i].type == PT_NOTE &&
            cor_image_spend(image, image->segments[i].data.size))
            status = read_note_run(image, image->segments[i].data, component);
    return status;
}

static enum cor_status read_debuglink(const struct cor_image *image,
                                      struct cor_component *component)
{
    struct cor_slice name;
    const struct cor_section *section = cor_image_named(image, ".gnu_debuglink");
    if (!section || !cor_string_at(section->data, 0, &name))
        return COR_OK;
    size_t crc = (name.size + 4) & ~(size_t)3;
    if (!cor_range_fits(crc, 4, section->data.size))
        return COR_OK;
    component->debuglink_crc = cor_get32(section->data.data + crc, image->big);
    component->debuglink = cor_arena_text(&component->arena, name);
    return component->debuglink ? COR_OK : COR_NOMEM;
}

static enum cor_status read_compiler(const struct cor_image *image, struct cor_component *component)
{
    struct cor_slice text;
    const struct cor_section *section = cor_image_named(image, ".comment");
    if (!section)
        return COR_OK;
    // Some linkers leave empty strings in front.
    for (size_t at = 0; cor_string_at(section->data, at, &text); at += text.size + 1) {
        if (!text.size)
            continue;
        component->compiler = cor_arena_text(&component->arena, text);
        return component->compiler ? COR_OK : COR_NOMEM;
    }
    return COR_OK;
}

enum cor_status cor_notes_read(struct cor_image *image, struct cor_component *component)
{
    enum cor_status status = read_build_id(image, component);
    if (status == COR_OK)
        status = read_debuglink(image, component);
    if (status == COR_OK)
        status = read_compiler(image, component);
    return status;
}

static enum cor_status add_pair(struct cor_component *component, struct cor_slice text)
{
    const char *equals = memchr(text.data, '=', text.size);
    size_t length = equals ? (size_t)(equals - text.data) : text.size;
    struct cor_slice value = equals ? cor_slice(equals + 1, text.size - length - 1) : COR_SLICE("");
    struct cor_key_value pair = {cor_arena_text(&component->arena, cor_slice(text.data, length)),
                                 cor_arena_text(&component->arena, value)};
    if (!pair.key || !pair.value)
        return COR_NOMEM;
    return cor_array_add(&component->modinfo, pair);
}

static enum cor_status add_pairs(struct cor_component *component, struct cor_slice text)
{
    enum cor_status status = COR_OK;
    while (text.size && status == COR_OK) {
        const char *end = memchr(text.data, '\0', text.size);
        size_t length = end ? (size_t)(end - text.data) : text.size;
        if (length)
            status = add_pair(component, cor_slice(text.data, length));
        size_t skip = end ? length + 1 : length;
        text = cor_slice(text.data + skip, text.size - skip);
    }
    return status;
}

enum { MOST_LICENCES = 32 };

static bool said_before(const char *const *seen, size_t count, const char *value)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(seen[i], value) == 0)
            return true;
    return false;
}

// A module linked from several files may declare several licences.
static enum cor_status join_licences(struct cor_component *component)
{
    const char *seen[MOST_LICENCES];
    size_t count = 0;
    struct cor_buffer joined;
    enum cor_status status = COR_OK;
    cor_buffer_init(&joined, SIZE_MAX / 2);
    for (size_t i = 0; i < component->modinfo.count && status == COR_OK; i++) {
        const struct cor_key_value *pair = &component->modinfo.items[i];
        if (strcmp(pair->key, "license") != 0 || count == MOST_LICENCES ||
            said_before(seen, count, pair->value))
            continue;
        status = cor_buffer_printf(&joined, "%s%s", count ? " and " : "", pair->value);
        seen[count++] = pair->value;
    }
    if (status == COR_OK && count) {
        component->licence = cor_arena_text(&component->arena, cor_buffer_slice(&joined));
        status = component->licence ? COR_OK : COR_NOMEM;
    }
    cor_buffer_dispose(&joined);
    return status;
}

enum cor_status cor_modinfo_read(struct cor_image *image, struct cor_component *component)
{
    const char *where = ".vmkmodinfo";
    const struct cor_section *section = cor_image_named(image, where);
    if (!section) {
        where = ".modinfo";
        section = cor_image_named(image, where);
    }
    if (!section)
        return COR_OK;
    enum cor_status status = add_pairs(component, section->data);
    if (status == COR_OK)
        status = join_licences(component);
    if (status == COR_OK && component->licence)
        component->licence_where = where;
    return status;
}
