// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The references of a listed row, each with the line of the source that made it.
#include <stdlib.h>
#include <string.h>

#include "audit/case_evidence.h"
#include "audit/case_text.h"
#include "audit/source_lines.h"
#include "base/buffer.h"
#include "binary/link_proof.h"

// The references of one component to one name.
struct joining {
    struct cor_pipeline *pipeline;
    struct cor_case *case_;
    struct cor_case_symbol *row;
    const struct cor_name *name;
    const struct cor_reference *items;
    size_t count;
    uint32_t component;
    const char *function; // whose places stand in `places`
    cor_source_places places;
};

// A relocation row tells a call from another use; what is used tells an address from data.
static enum cor_refkind refine(enum cor_refkind kind, const struct cor_case_symbol *row)
{
    if (kind != COR_REFKIND_ADDRESS && kind != COR_REFKIND_DATA)
        return kind;
    return row->data ? COR_REFKIND_DATA : COR_REFKIND_ADDRESS;
}

// The released file whose path ends as the debug information's does, by most parts.
static uint32_t released_file(const struct cor_source_facts *source, const char *path)
{
    size_t size = strlen(path), best = 0;
    uint32_t found = COR_NONE;
    for (size_t i = 0; i < source->files.count; i++) {
        const char *other = source->files.items[i].path;
        size_t length = strlen(other), same = 0, parts = 0;
        while (same < size && same < length && path[size - 1 - same] == other[length - 1 - same])
            parts = path[size - 1 - same++] == '/' ? same : parts;
        if (same == length || same == size)
            parts = same + 1;
        if (parts > best) {
            best = parts;
            found = (uint32_t)i;
        }
    }
    const char *slash = strrchr(path, '/');
    return best >= strlen(slash ? slash + 1 : path) ? found : COR_NONE;
}

static enum cor_status find_file(struct cor_pipeline *pipeline, const char *path,
                                 uint32_t *ret_file)
{
    const struct cor_name *name;
    uint64_t known;
    enum cor_status status = cor_names_intern(pipeline->names, cor_slice_text(path), &name);
    if (status == COR_OK && !cor_map_get(&pipeline->line_files, name, &known)) {
        known = released_file(&pipeline->source, path);
        status = cor_map_put(&pipeline->line_files, name, known);
    }
    if (status == COR_OK)
        *ret_file = (uint32_t)known;
    return status;
}

static enum cor_status by_dwarf(struct joining *joining, const struct cor_reference *reference,
                                struct cor_case_reference *copy)
{
    uint32_t file;
    enum cor_status status = find_file(joining->pipeline, reference->line_file, &file);
    if (status != COR_OK || file == COR_NONE)
        return status;
    copy->source_file = joining->pipeline->source.files.items[file].path;
    copy->source_line = reference->line;
    copy->source_function = reference->line_function;
    copy->source_by = COR_LINE_BY_DWARF;
    return COR_OK;
}

static void take_place(const struct joining *joining, const struct cor_source_place *place,
                       enum cor_line_by by, struct cor_case_reference *copy)
{
    copy->source_file = joining->pipeline->source.files.items[place->file].path;
    copy->source_line = place->line;
    copy->source_function = place->function;
    copy->source_by = by;
}

static enum cor_status list_places(struct joining *joining, struct cor_case_reference *copy)
{
    enum { MOST = 1 << 16 };
    struct cor_buffer text;
    cor_buffer_init(&text, MOST);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < joining->places.count; i++) {
        const struct cor_source_place *place = &joining->places.items[i];
        status = cor_buffer_printf(&text, "%s%s:%u %s", i ? "\n" : "",
                                   joining->pipeline->source.files.items[place->file].path,
                                   place->line, place->function ? place->function : "");
    }
    copy->source_others = cor_arena_text(&joining->case_->arena, cor_buffer_slice(&text));
    cor_buffer_dispose(&text);
    copy->source_by = COR_LINE_BY_AMBIGUOUS;
    return status == COR_LIMIT                        ? COR_OK
           : status == COR_OK && !copy->source_others ? COR_NOMEM
                                                      : status;
}

// How many references the function makes.
static size_t count_of(const struct joining *joining, size_t index)
{
    const struct cor_reference *at = &joining->items[index];
    size_t count = 0;
    for (size_t i = 0; i < joining->count; i++) {
        const struct cor_reference *each = &joining->items[i];
        count += each->function && strcmp(each->function, at->function) == 0;
    }
    return count;
}

// A call is made where the text calls, the loading of an address elsewhere; as far as both stand in
// the function.
static void keep_fitting(struct joining *joining, enum cor_refkind kind)
{
    cor_source_places *places = &joining->places;
    bool call = kind == COR_REFKIND_CALL || kind == COR_REFKIND_TAIL_CALL;
    size_t fitting = 0, kept = 0;
    for (size_t i = 0; i < places->count; i++)
        fitting += places->items[i].call == call;
    for (size_t i = 0; fitting && i < places->count; i++)
        if (places->items[i].call == call)
            places->items[kept++] = places->items[i];
    places->count = fitting ? kept : places->count;
}

static enum cor_status by_text(struct joining *joining, size_t index,
                               struct cor_case_reference *copy)
{
    const cor_source_places *places = &joining->places;
    const struct cor_source_place *inside = NULL, *outside = NULL;
    size_t count = count_of(joining, index), direct = 0;
    keep_fitting(joining, joining->items[index].kind);
    for (size_t i = 0; i < places->count; i++) {
        if (places->items[i].stands)
            outside = &places->items[i];
        else
            inside = &places->items[i];
        direct += !places->items[i].stands;
    }
    if (!places->count)
        return COR_OK;
    if (direct == 1 && (places->count == 1 || count == 1))
        take_place(joining, inside, COR_LINE_BY_ONLY, copy);
    else if (direct == 0 && places->count == 1)
        take_place(joining, outside, COR_LINE_BY_ONLY, copy);
    else
        return list_places(joining, copy);
    return COR_OK;
}

// Of all that the function may come from, the places with the name.
static enum cor_status take_places(struct joining *joining, struct cor_source_lines *lines)
{
    const cor_source_places *all;
    joining->places.count = 0;
    enum cor_status status = cor_source_lines_find(lines, joining->function, &all);
    for (size_t i = 0; status == COR_OK && all && i < all->count; i++)
        if (all->items[i].name == joining->name)
            status = cor_array_add(&joining->places, all->items[i]);
    return status;
}

static enum cor_status find_line(struct joining *joining, struct cor_source_lines *lines,
                                 size_t index, struct cor_case_reference *copy)
{
    const struct cor_reference *reference = &joining->items[index];
    enum cor_status status = COR_OK;
    if (reference->line_file)
        status = by_dwarf(joining, reference, copy);
    if (status != COR_OK || copy->source_file || !reference->function)
        return status;
    joining->function = reference->function;
    status = take_places(joining, lines);
    return status == COR_OK ? by_text(joining, index, copy) : status;
}

// Where the provider's function stands: a module is taken to be loaded at a round address.
static uint64_t provider_address(const struct joining *joining)
{
    enum { LOADED_AT = 0x10000000, RELOCATABLE = 1 };
    const struct cor_case_provider *provider = &joining->row->providers.items[0];
    const struct cor_component *component =
        joining->pipeline->product.components.items[provider->component - 1];
    return provider->address + (component->elf_type == RELOCATABLE ? LOADED_AT : 0);
}

static enum cor_status prove(struct joining *joining, const struct cor_reference *reference,
                             struct cor_case_reference *copy)
{
    struct cor_link_proof proof;
    if (!joining->row->providers.count)
        return COR_OK;
    enum cor_status status =
        cor_link_prove(joining->pipeline->product.components.items[joining->component - 1],
                       reference, provider_address(joining), &joining->case_->arena, &proof);
    if (status != COR_OK)
        return status;
    copy->after = proof.after;
    copy->after_bytes = proof.bytes;
    copy->place = proof.after ? proof.place : 0;
    copy->target = proof.after ? proof.target : 0;
    copy->unproved = proof.why_not;
    return COR_OK;
}

static enum cor_status add_reference(struct joining *joining, struct cor_source_lines *lines,
                                     size_t index)
{
    const struct cor_reference *reference = &joining->items[index];
    struct cor_case_reference copy = {
        .component = joining->component,
        .section = reference->section,
        .offset = reference->offset,
        .type = reference->type,
        .addend = reference->addend,
        .kind = refine(reference->kind, joining->row),
        .function = reference->function,
        .instruction = reference->instruction,
        .bytes = reference->bytes,
    };
    enum cor_status status = find_line(joining, lines, index, &copy);
    if (status == COR_OK)
        status = prove(joining, reference, &copy);
    const char **texts[] = {&copy.unproved,    &copy.section,        &copy.type,
                            &copy.function,    &copy.instruction,    &copy.bytes,
                            &copy.source_file, &copy.source_function};
    if (status == COR_OK)
        status = cor_case_texts(joining->case_, texts, sizeof texts / sizeof *texts);
    return status == COR_OK ? cor_array_add(&joining->row->references, copy) : status;
}

// References stand in name order: the first of a name by bisection.
static size_t first_of(const struct cor_references *list, const struct cor_name *name)
{
    size_t low = 0, high = list->items.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cor_name_order(list->items.items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum cor_status lines_of(struct cor_pipeline *pipeline, uint32_t id,
                                struct cor_source_lines **ret_lines)
{
    size_t count = pipeline->product.components.count;
    if (!pipeline->lines)
        pipeline->lines = cor_arena_alloc(&pipeline->arena, count, sizeof *pipeline->lines);
    if (!pipeline->lines)
        return COR_NOMEM;
    *ret_lines = &pipeline->lines[id - 1];
    if ((*ret_lines)->pipeline)
        return COR_OK;
    return cor_source_lines_open(pipeline, pipeline->product.components.items[id - 1], *ret_lines);
}

static enum cor_status add_component_references(struct cor_pipeline *pipeline,
                                                struct cor_case *case_, const struct cor_name *name,
                                                uint32_t id, struct cor_case_symbol *row)
{
    const struct cor_references *list = &pipeline->references[id - 1];
    struct cor_source_lines *lines;
    struct joining joining = {
        .pipeline = pipeline, .case_ = case_, .row = row, .name = name, .component = id};
    size_t first = first_of(list, name);
    while (first + joining.count < list->items.count &&
           list->items.items[first + joining.count].name == name)
        joining.count++;
    if (!joining.count)
        return COR_OK;
    joining.items = &list->items.items[first];
    enum cor_status status = lines_of(pipeline, id, &lines);
    for (size_t i = 0; status == COR_OK && i < joining.count; i++)
        status = add_reference(&joining, lines, i);
    cor_array_dispose(&joining.places);
    return status;
}

static bool needs_it(const struct cor_case_symbol *row, uint32_t id)
{
    for (size_t i = 0; i < row->needed_by.count; i++)
        if (row->needed_by.items[i].component == id)
            return true;
    return false;
}

enum cor_status cor_case_add_references(struct cor_pipeline *pipeline, struct cor_case *case_,
                                        const struct cor_name *name, struct cor_case_symbol *row)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < row->needed_by.count; i++)
        status =
            add_component_references(pipeline, case_, name, row->needed_by.items[i].component, row);
    if (status == COR_OK && row->providers.count &&
        !needs_it(row, row->providers.items[0].component))
        status =
            add_component_references(pipeline, case_, name, row->providers.items[0].component, row);
    return status;
}
