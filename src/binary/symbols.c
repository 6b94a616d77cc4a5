// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/symbols.h"

#include <elf.h>

#include "binary/bytes.h"

static size_t row_size(const struct cor_image *image)
{
    return image->wide ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);
}

static struct cor_slice extended_of(const struct cor_image *image, size_t table)
{
    for (size_t i = 0; i < image->section_count; i++)
        if (image->sections[i].type == SHT_SYMTAB_SHNDX && image->sections[i].link == table)
            return image->sections[i].data;
    return cor_slice("", 0);
}

void cor_symbol_rows_bare(const struct cor_image *image, struct cor_slice rows,
                          struct cor_slice strings, struct cor_symbol_rows *ret_rows)
{
    *ret_rows = (struct cor_symbol_rows){rows, strings, {"", 0}, rows.size / row_size(image)};
}

void cor_symbol_rows_open(struct cor_image *image, size_t index, struct cor_symbol_rows *ret_rows)
{
    const struct cor_section *section = &image->sections[index];
    struct cor_slice strings = {"", 0};
    if (section->link > 0 && section->link < image->section_count)
        strings = image->sections[section->link].data;
    else
        cor_image_damage(image, "section %zu (%s) names no string table", index, section->name);
    cor_symbol_rows_bare(image, section->data, strings, ret_rows);
    ret_rows->extended = extended_of(image, index);
    if (section->data.size % row_size(image))
        cor_image_damage(image, "section %zu (%s) holds no whole number of rows", index,
                         section->name);
}

static void read_wide(const struct cor_image *image, const char *at, struct cor_symbol_row *row,
                      uint32_t *ret_name, uint16_t *ret_section)
{
    *ret_name = cor_get32(at, image->big);
    row->type = (uint8_t)at[4] & 15;
    row->binding = (uint8_t)at[4] >> 4;
    row->visibility = at[5] & 3;
    *ret_section = cor_get16(at + 6, image->big);
    row->value = cor_get64(at + 8, image->big);
    row->size = cor_get64(at + 16, image->big);
}

static void read_narrow(const struct cor_image *image, const char *at, struct cor_symbol_row *row,
                        uint32_t *ret_name, uint16_t *ret_section)
{
    *ret_name = cor_get32(at, image->big);
    row->value = cor_get32(at + 4, image->big);
    row->size = cor_get32(at + 8, image->big);
    row->type = (uint8_t)at[12] & 15;
    row->binding = (uint8_t)at[12] >> 4;
    row->visibility = at[13] & 3;
    *ret_section = cor_get16(at + 14, image->big);
}

// MIPS has numbers of its own for small data that is common or undefined.
static enum cor_place reserved_place(const struct cor_image *image, uint16_t section)
{
    bool mips = image->machine == EM_MIPS || image->machine == EM_MIPS_RS3_LE;
    if (section == SHN_ABS)
        return COR_PLACE_ABSOLUTE;
    if (section == SHN_COMMON || (mips && section == SHN_MIPS_SCOMMON) ||
        (image->machine == EM_X86_64 && section == 0xff02))
        return COR_PLACE_COMMON;
    if (mips && section == SHN_MIPS_SUNDEFINED)
        return COR_PLACE_UNDEFINED;
    return COR_PLACE_OTHER;
}

static void place_row(struct cor_image *image, const struct cor_symbol_rows *rows, size_t index,
                      uint16_t section, struct cor_symbol_row *row)
{
    row->section = section;
    if (section == SHN_XINDEX && rows->extended.size / 4 > index)
        row->section = cor_get32(rows->extended.data + index * 4, image->big);
    else if (section >= SHN_LORESERVE) {
        row->place = reserved_place(image, section);
        return;
    }
    row->place = row->section == SHN_UNDEF ? COR_PLACE_UNDEFINED : COR_PLACE_SECTION;
    if (image->section_count && row->section >= image->section_count) {
        cor_image_damage(image, "symbol %zu stands in section %u, which does not exist", index,
                         row->section);
        row->place = COR_PLACE_OTHER;
    }
}

bool cor_symbol_row(struct cor_image *image, const struct cor_symbol_rows *rows, size_t index,
                    struct cor_symbol_row *ret_row)
{
    uint32_t name;
    uint16_t section;
    const char *at = rows->rows.data + index * row_size(image);
    if (image->wide)
        read_wide(image, at, ret_row, &name, &section);
    else
        read_narrow(image, at, ret_row, &name, &section);
    place_row(image, rows, index, section, ret_row);
    if (name == 0) {
        ret_row->name = cor_slice("", 0);
        return true;
    }
    if (cor_string_at(rows->strings, name, &ret_row->name))
        return cor_image_spend(image, ret_row->name.size);
    cor_image_damage(image, "the name of symbol %zu lies outside the string table", index);
    return false;
}

bool cor_symbol_cut(struct cor_slice *name, struct cor_slice *ret_version)
{
    const char *at = name->size ? memchr(name->data, '@', name->size) : NULL;
    // Names that Microsoft's rules mangle begin with "?" and hold "@" themselves.
    if (!at || at == name->data || name->data[0] == '?')
        return false;
    size_t length = (size_t)(at - name->data), skip = length + 1;
    while (skip < name->size && skip < length + 3 && name->data[skip] == '@')
        skip++;
    if (skip == name->size)
        return false;
    *ret_version = cor_slice(name->data + skip, name->size - skip);
    name->size = length;
    return true;
}
