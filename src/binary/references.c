// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/references.h"

#include <elf.h>
#include <stdlib.h>

#include "binary/reference_reader.h"

bool cor_reference_relocatable(const struct cor_reference_reader *reader)
{
    return reader->image.type == ET_REL;
}

struct cor_slice cor_reference_content(const struct cor_reference_reader *reader, uint32_t section)
{
    if (section >= reader->image.section_count)
        return cor_slice("", 0);
    return reader->image.sections[section].data;
}

uint64_t cor_reference_base(const struct cor_reference_reader *reader, uint32_t section)
{
    return cor_reference_relocatable(reader) || section >= reader->image.section_count
               ? 0
               : reader->image.sections[section].address;
}

bool cor_reference_begin(struct cor_reference_reader *reader, uint32_t section)
{
    uint32_t space = cor_reference_relocatable(reader) ? section : 0;
    cor_function_sweep_begin(&reader->sweep, &reader->functions, space);
    cor_decoder_begin(&reader->decoder, space);
    reader->text = NULL;
    return cor_image_spend(&reader->image, cor_reference_content(reader, section).size);
}

static const char *hex_of(struct cor_arena *arena, const char *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    char text[64];
    size_t length = size < sizeof text / 2 ? size : sizeof text / 2;
    for (size_t i = 0; i < length; i++) {
        text[i * 2] = digits[(unsigned char)bytes[i] >> 4];
        text[i * 2 + 1] = digits[(unsigned char)bytes[i] & 15];
    }
    return cor_arena_text(arena, cor_slice(text, length * 2));
}

enum cor_status cor_reference_texts(struct cor_reference_reader *reader, struct cor_slice code,
                                    uint64_t base, struct cor_reference *reference)
{
    const struct cor_decoder *decoder = &reader->decoder;
    if (!reader->text || reader->text_start != decoder->start) {
        reader->text_start = decoder->start;
        reader->text = cor_arena_text(reader->arena, cor_slice_text(decoder->instruction.text));
        reader->hex =
            hex_of(reader->arena, code.data + (decoder->start - base), decoder->instruction.size);
    }
    reference->start = decoder->start;
    reference->compressed = cor_disasm_is_compressed(decoder->disasm);
    reference->instruction = reader->text;
    reference->bytes = reader->hex;
    return reader->text && reader->hex ? COR_OK : COR_NOMEM;
}

static int reference_order(const void *a, const void *b)
{
    const struct cor_reference *x = a, *y = b;
    int order = cor_name_order(x->name, y->name);
    if (!order)
        order = strcmp(x->section, y->section);
    if (!order)
        order = (x->offset > y->offset) - (x->offset < y->offset);
    return order ? order : strcmp(x->type, y->type);
}

static enum cor_status open_reader(struct cor_reference_reader *reader,
                                   const struct cor_component *component, const void *bytes,
                                   size_t size, struct cor_diag *diag)
{
    enum cor_status status = cor_image_open(&reader->image, &reader->scratch, bytes, size, diag);
    if (status != COR_OK)
        return status;
    cor_dynamic_open(&reader->image, &reader->dynamic);
    status = cor_places_open(&reader->image, &reader->scratch, &reader->places);
    if (status == COR_OK)
        status = cor_functions_open(&reader->image, component, &reader->functions);
    if (status == COR_OK)
        status = cor_mapping_open(&reader->image, &reader->mapping);
    reader->decoder.mapping = &reader->mapping;
    if (status == COR_OK)
        status = cor_disasm_open(&reader->image, &reader->decoder.disasm);
    return status;
}

static void close_reader(struct cor_reference_reader *reader)
{
    cor_disasm_close(reader->decoder.disasm);
    cor_mapping_dispose(&reader->mapping);
    cor_function_sweep_dispose(&reader->sweep);
    cor_functions_dispose(&reader->functions);
    cor_array_dispose(&reader->hits);
    cor_plt_dispose(&reader->plt);
    cor_arena_dispose(&reader->scratch);
}

enum cor_status cor_references_read(const struct cor_component *component, struct cor_names *names,
                                    const void *bytes, size_t size, const struct cor_map *wanted,
                                    struct cor_arena *arena, struct cor_references *references,
                                    struct cor_diag *diag)
{
    struct cor_reference_reader reader = {.component = component,
                                          .names = names,
                                          .wanted = wanted,
                                          .arena = arena,
                                          .references = references};
    size_t before = references->items.count;
    cor_arena_init(&reader.scratch);
    enum cor_status status = open_reader(&reader, component, bytes, size, diag);
    if (status == COR_OK)
        status = cor_reference_rows(&reader);
    if (status == COR_OK)
        status = cor_reference_uses(&reader);
    close_reader(&reader);
    if (status == COR_NOMEM)
        status = cor_fail(diag, COR_FATAL, status, "ELF", "out of memory");
    if (status != COR_OK)
        references->items.count = before;
    else if (references->items.count > before)
        qsort(references->items.items + before, references->items.count - before,
              sizeof *references->items.items, reference_order);
    return status;
}

void cor_references_dispose(struct cor_references *references)
{
    cor_array_dispose(&references->items);
}
