// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <elf.h>

#include "binary/reference_reader.h"

// What looks like a use counts only where decoding from the function's start meets it.
static enum cor_status emit_use(struct cor_reference_reader *reader, uint32_t section,
                                const struct cor_plt_use *use)
{
    enum { LONGEST_PREFIX = 4 };
    const struct cor_function *function;
    const struct cor_decoder *decoder = &reader->decoder;
    uint64_t gap, base = cor_reference_base(reader, section);
    struct cor_slice code = cor_reference_content(reader, section);
    enum cor_status status = cor_function_sweep_to(&reader->sweep, use->start, &function, &gap);
    if (status != COR_OK)
        return status;
    if (!cor_decoder_at(&reader->decoder, code, base, function ? function->start : gap,
                        use->end - 1, false) ||
        decoder->end != use->end || decoder->start > use->start ||
        use->start - decoder->start > LONGEST_PREFIX)
        return COR_OK;
    struct cor_reference reference = {.name = use->name,
                                      .offset = decoder->start,
                                      .type = use->through,
                                      .kind = use->kind,
                                      .function = function ? function->name->text : NULL};
    status = cor_places_name(&reader->places, section, reader->arena, &reference.section);
    if (status == COR_OK)
        status = cor_reference_texts(reader, code, base, &reference);
    if (status == COR_OK)
        status = cor_array_add(&reader->references->items, reference);
    return status;
}

static enum cor_status read_section_uses(struct cor_reference_reader *reader, uint32_t section)
{
    cor_plt_uses uses = {0};
    enum cor_status status = COR_OK;
    if (!cor_reference_begin(reader, section))
        return COR_OK;
    status = cor_plt_scan(&reader->image, &reader->plt, &reader->image.sections[section], &uses);
    for (size_t i = 0; i < uses.count && status == COR_OK; i++)
        status = emit_use(reader, section, &uses.items[i]);
    cor_array_dispose(&uses);
    return status;
}

// The component's own definitions of names that are wanted inside too.
static enum cor_status add_targets(struct cor_reference_reader *reader)
{
    const struct cor_component *component = reader->component;
    bool odd = reader->image.machine == EM_ARM;
    enum cor_status status = COR_OK;
    uint64_t value;
    for (size_t i = 0; i < component->defined.count && status == COR_OK; i++) {
        const struct cor_symbol *symbol = &component->defined.items[i];
        if (symbol->binding == COR_BIND_LOCAL || symbol->address == 0 ||
            !cor_map_get(reader->wanted, symbol->name, &value) || value != COR_WANTED_INSIDE)
            continue;
        uint64_t address = symbol->address & ~(uint64_t)(odd && cor_symbol_is_function(symbol));
        status = cor_array_add(&reader->plt.targets, (struct cor_plt_entry){address, symbol->name});
    }
    return status;
}

// Uses that no row tells: through the procedure linkage table, and of own definitions.
enum cor_status cor_reference_uses(struct cor_reference_reader *reader)
{
    struct cor_image *image = &reader->image;
    if (cor_reference_relocatable(reader) || reader->kept_rows || !reader->decoder.disasm)
        return COR_OK;
    if (!cor_dynamic_value(image, &reader->dynamic, DT_PLTGOT, &reader->plt.got))
        reader->plt.got = 0;
    enum cor_status status = add_targets(reader);
    if (status == COR_OK)
        status = cor_plt_open(image, &reader->plt);
    if (!reader->plt.slots.count && !reader->plt.targets.count)
        return status;
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++)
        if ((image->sections[i].flags & SHF_EXECINSTR) && image->sections[i].data.size)
            status = read_section_uses(reader, (uint32_t)i);
    return status;
}
