// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/versions.h"

#include <elf.h>

#include "base/checked.h"
#include "binary/bytes.h"

// A table of records that each say how far the next one is.
struct table {
    struct cor_slice bytes, strings;
    uint64_t count;
};

static struct table table_of(const struct cor_image *image, const struct cor_dynamic *dynamic,
                             uint32_t type, int64_t tag, int64_t count_tag)
{
    struct table table = {{"", 0}, {"", 0}, 0};
    uint64_t address;
    const struct cor_section *section = cor_image_typed(image, type);
    if (section && section->data.size && section->link < image->section_count)
        return (struct table){section->data, image->sections[section->link].data, section->info};
    if (cor_dynamic_value(image, dynamic, tag, &address) &&
        cor_dynamic_value(image, dynamic, count_tag, &table.count))
        table.bytes = cor_image_at(image, address);
    table.strings = dynamic->strings;
    return table;
}

static enum cor_status put(struct cor_image *image, struct cor_versions *versions,
                           struct cor_arena *arena, const struct table *table, uint32_t number,
                           uint64_t name, const char *from)
{
    struct cor_slice text;
    number &= 0x7fff;
    if (!cor_string_at(table->strings, name, &text)) {
        cor_image_damage(image, "a version's name lies outside its string table");
        return COR_OK;
    }
    while (versions->items.count <= number)
        if (cor_array_add(&versions->items, (struct cor_version){0}) != COR_OK)
            return COR_NOMEM;
    if (versions->items.items[number].name)
        return COR_OK;
    versions->items.items[number] = (struct cor_version){cor_arena_text(arena, text), from};
    return versions->items.items[number].name ? COR_OK : COR_NOMEM;
}

static enum cor_status read_definitions(struct cor_image *image, struct cor_versions *versions,
                                        struct cor_arena *arena, const struct table *table)
{
    uint64_t at = 0;
    for (uint64_t i = 0; i < table->count; i++) {
        if (!cor_range_fits(at, sizeof(Elf64_Verdef), table->bytes.size))
            break;
        const char *record = table->bytes.data + at;
        uint16_t flags = cor_get16(record + 2, image->big);
        uint64_t name_at = at + cor_get32(record + 12, image->big);
        uint32_t next = cor_get32(record + 16, image->big);
        if (!(flags & VER_FLG_BASE) &&
            cor_range_fits(name_at, sizeof(Elf64_Verdaux), table->bytes.size)) {
            enum cor_status status =
                put(image, versions, arena, table, cor_get16(record + 4, image->big),
                    cor_get32(table->bytes.data + name_at, image->big), NULL);
            if (status != COR_OK)
                return status;
        }
        if (!next)
            break;
        at += next;
    }
    return COR_OK;
}

static enum cor_status read_file_needs(struct cor_image *image, struct cor_versions *versions,
                                       struct cor_arena *arena, const struct table *table,
                                       uint64_t at, uint32_t count, const char *from)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!cor_range_fits(at, sizeof(Elf64_Vernaux), table->bytes.size))
            break;
        const char *record = table->bytes.data + at;
        uint32_t next = cor_get32(record + 12, image->big);
        enum cor_status status =
            put(image, versions, arena, table, cor_get16(record + 6, image->big),
                cor_get32(record + 8, image->big), from);
        if (status != COR_OK || !next)
            return status;
        at += next;
    }
    return COR_OK;
}

static enum cor_status read_file(struct cor_image *image, struct cor_arena *arena,
                                 const struct table *table, uint64_t name, const char **ret_from)
{
    struct cor_slice text;
    *ret_from = NULL;
    if (!cor_string_at(table->strings, name, &text)) {
        cor_image_damage(image, "the name of a versioned library lies outside its string table");
        return COR_OK;
    }
    *ret_from = cor_arena_text(arena, text);
    return *ret_from ? COR_OK : COR_NOMEM;
}

static enum cor_status read_needs(struct cor_image *image, struct cor_versions *versions,
                                  struct cor_arena *arena, const struct table *table)
{
    uint64_t at = 0;
    enum cor_status status = COR_OK;
    for (uint64_t i = 0; i < table->count && status == COR_OK; i++) {
        if (!cor_range_fits(at, sizeof(Elf64_Verneed), table->bytes.size))
            break;
        const char *record = table->bytes.data + at;
        uint32_t next = cor_get32(record + 12, image->big);
        const char *from;
        status = read_file(image, arena, table, cor_get32(record + 4, image->big), &from);
        if (status == COR_OK)
            status = read_file_needs(image, versions, arena, table,
                                     at + cor_get32(record + 8, image->big),
                                     cor_get16(record + 2, image->big), from);
        if (!next)
            break;
        at += next;
    }
    return status;
}

enum cor_status cor_versions_open(struct cor_image *image, const struct cor_dynamic *dynamic,
                                  struct cor_arena *arena, struct cor_versions *versions)
{
    uint64_t address;
    *versions = (struct cor_versions){.rows = {"", 0}};
    const struct cor_section *section = cor_image_typed(image, SHT_GNU_versym);
    if (section && section->data.size)
        versions->rows = section->data;
    else if (cor_dynamic_value(image, dynamic, DT_VERSYM, &address))
        versions->rows = cor_image_at(image, address);
    if (!versions->rows.size)
        return COR_OK;
    struct table needs = table_of(image, dynamic, SHT_GNU_verneed, DT_VERNEED, DT_VERNEEDNUM);
    struct table definitions = table_of(image, dynamic, SHT_GNU_verdef, DT_VERDEF, DT_VERDEFNUM);
    enum cor_status status = read_definitions(image, versions, arena, &definitions);
    if (status == COR_OK)
        status = read_needs(image, versions, arena, &needs);
    return status;
}

void cor_versions_dispose(struct cor_versions *versions)
{
    cor_array_dispose(&versions->items);
}

void cor_versions_set(const struct cor_image *image, const struct cor_versions *versions,
                      size_t row, struct cor_symbol *symbol)
{
    enum { HIDDEN = 0x8000, OWN_VERSIONS = 2 };
    if (row >= versions->rows.size / 2)
        return;
    uint16_t number = cor_get16(versions->rows.data + row * 2, image->big);
    symbol->old_version = (number & HIDDEN) != 0;
    number &= HIDDEN - 1;
    if (number < OWN_VERSIONS || number >= versions->items.count)
        return;
    symbol->first_version = number == OWN_VERSIONS;
    symbol->version = versions->items.items[number].name;
    symbol->from = versions->items.items[number].from;
}
