// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/dynamic.h"

#include <elf.h>

#include "binary/bytes.h"

static size_t row_size(const struct cor_image *image)
{
    return image->wide ? sizeof(Elf64_Dyn) : sizeof(Elf32_Dyn);
}

static int64_t tag_at(const struct cor_image *image, const struct cor_dynamic *dynamic,
                      size_t index)
{
    const char *at = dynamic->rows.data + index * row_size(image);
    return image->wide ? (int64_t)cor_get64(at, image->big) : (int32_t)cor_get32(at, image->big);
}

static uint64_t value_at(const struct cor_image *image, const struct cor_dynamic *dynamic,
                         size_t index)
{
    return cor_image_word(image,
                          dynamic->rows.data + index * row_size(image) + row_size(image) / 2);
}

bool cor_dynamic_value(const struct cor_image *image, const struct cor_dynamic *dynamic,
                       int64_t tag, uint64_t *ret_value)
{
    for (size_t i = 0; i < dynamic->count; i++) {
        if (tag_at(image, dynamic, i) == tag) {
            *ret_value = value_at(image, dynamic, i);
            return true;
        }
    }
    return false;
}

static struct cor_slice limited(struct cor_slice slice, uint64_t size)
{
    return cor_slice(slice.data, size < slice.size ? (size_t)size : slice.size);
}

struct cor_slice cor_dynamic_range(const struct cor_image *image, const struct cor_dynamic *dynamic,
                                   int64_t address_tag, int64_t size_tag)
{
    uint64_t address, size;
    if (!cor_dynamic_value(image, dynamic, address_tag, &address) ||
        !cor_dynamic_value(image, dynamic, size_tag, &size))
        return cor_slice("", 0);
    return limited(cor_image_at(image, address), size);
}

void cor_dynamic_open(struct cor_image *image, struct cor_dynamic *ret_dynamic)
{
    const struct cor_section *section = cor_image_typed(image, SHT_DYNAMIC);
    const struct cor_segment *segment = cor_image_segment(image, PT_DYNAMIC);
    *ret_dynamic = (struct cor_dynamic){{"", 0}, 0, {"", 0}};
    if (segment && segment->data.size)
        ret_dynamic->rows = segment->data;
    else if (section)
        ret_dynamic->rows = section->data;
    size_t limit = ret_dynamic->rows.size / row_size(image);
    while (ret_dynamic->count < limit && tag_at(image, ret_dynamic, ret_dynamic->count) != DT_NULL)
        ret_dynamic->count++;
    ret_dynamic->strings = cor_dynamic_range(image, ret_dynamic, DT_STRTAB, DT_STRSZ);
    if (!ret_dynamic->strings.size && section && section->link < image->section_count)
        ret_dynamic->strings = image->sections[section->link].data;
}

// Some 64-bit machines have hash tables of 64-bit words.
static uint64_t count_by_hash(const struct cor_image *image, struct cor_slice table)
{
    bool wide = image->wide && (image->machine == EM_S390 || image->machine == EM_ALPHA);
    if (table.size < (wide ? 16u : 8u))
        return 0;
    return wide ? cor_get64(table.data + 8, image->big) : cor_get32(table.data + 4, image->big);
}

// The chain of the highest bucket ends at the last symbol; the low bit of a hash marks the end.
static uint64_t count_by_gnu_hash(const struct cor_image *image, struct cor_slice table)
{
    if (table.size < 16)
        return 0;
    uint64_t buckets = cor_get32(table.data, image->big);
    uint64_t first = cor_get32(table.data + 4, image->big);
    uint64_t bloom = cor_get32(table.data + 8, image->big);
    uint64_t start = 16 + bloom * (image->wide ? 8 : 4), last = 0;
    if (start > table.size || buckets > (table.size - start) / 4)
        return 0;
    for (uint64_t i = 0; i < buckets; i++) {
        uint32_t head = cor_get32(table.data + start + i * 4, image->big);
        last = head > last ? head : last;
    }
    if (last < first)
        return first;
    uint64_t chains = (table.size - start) / 4 - buckets;
    const char *chain = table.data + start + buckets * 4;
    while (last - first < chains && !(cor_get32(chain + (last - first) * 4, image->big) & 1))
        last++;
    return last + 1;
}

static uint64_t count_symbols(const struct cor_image *image, const struct cor_dynamic *dynamic)
{
    uint64_t value;
    if (image->machine == EM_MIPS && cor_dynamic_value(image, dynamic, DT_MIPS_SYMTABNO, &value))
        return value;
    if (cor_dynamic_value(image, dynamic, DT_HASH, &value))
        return count_by_hash(image, cor_image_at(image, value));
    if (cor_dynamic_value(image, dynamic, DT_GNU_HASH, &value))
        return count_by_gnu_hash(image, cor_image_at(image, value));
    return 0;
}

void cor_dynamic_symbols(struct cor_image *image, const struct cor_dynamic *dynamic,
                         struct cor_symbol_rows *ret_rows)
{
    uint64_t address;
    *ret_rows = (struct cor_symbol_rows){{"", 0}, {"", 0}, {"", 0}, 0};
    for (size_t i = 0; i < image->section_count; i++) {
        if (image->sections[i].type == SHT_DYNSYM && image->sections[i].data.size) {
            cor_symbol_rows_open(image, i, ret_rows);
            return;
        }
    }
    if (!cor_dynamic_value(image, dynamic, DT_SYMTAB, &address))
        return;
    struct cor_slice rows = cor_image_at(image, address);
    uint64_t size =
        count_symbols(image, dynamic) * (image->wide ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym));
    if (size > rows.size)
        cor_image_damage(image, "the dynamic symbol table lies outside the file");
    cor_symbol_rows_bare(image, limited(rows, size), dynamic->strings, ret_rows);
}

static enum cor_status text_of(struct cor_image *image, struct cor_slice strings, uint64_t offset,
                               struct cor_component *component, const char **ret_text)
{
    struct cor_slice text;
    if (!cor_string_at(strings, offset, &text)) {
        cor_image_damage(image, "a name of the dynamic section lies outside its string table");
        return COR_OK;
    }
    const char *copy = cor_arena_text(&component->arena, text);
    if (!copy)
        return COR_NOMEM;
    *ret_text = copy;
    return COR_OK;
}

static enum cor_status add_needed(struct cor_image *image, struct cor_slice strings,
                                  uint64_t offset, struct cor_component *component)
{
    const char *needed = NULL;
    enum cor_status status = text_of(image, strings, offset, component, &needed);
    if (status != COR_OK || !needed)
        return status;
    return cor_array_add(&component->needed, needed);
}

static enum cor_status read_interpreter(struct cor_image *image, struct cor_component *component)
{
    const struct cor_segment *segment = cor_image_segment(image, PT_INTERP);
    struct cor_slice text;
    if (!segment || !cor_string_at(segment->data, 0, &text))
        return COR_OK;
    component->interpreter = cor_arena_text(&component->arena, text);
    return component->interpreter ? COR_OK : COR_NOMEM;
}

enum cor_status cor_dynamic_facts(struct cor_image *image, const struct cor_dynamic *dynamic,
                                  struct cor_component *component)
{
    enum cor_status status = read_interpreter(image, component);
    const struct {
        int64_t tag;
        const char **text;
    } single[] = {{DT_SONAME, &component->soname},
                  {DT_RPATH, &component->rpath},
                  {DT_RUNPATH, &component->runpath}};
    for (size_t i = 0; i < dynamic->count && status == COR_OK; i++) {
        int64_t tag = tag_at(image, dynamic, i);
        uint64_t value = value_at(image, dynamic, i);
        if (tag == DT_NEEDED)
            status = add_needed(image, dynamic->strings, value, component);
        for (size_t k = 0; k < sizeof single / sizeof *single && status == COR_OK; k++)
            if (single[k].tag == tag && !*single[k].text)
                status = text_of(image, dynamic->strings, value, component, single[k].text);
    }
    return status;
}
