// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/bom_content.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/bom.h"
#include "report/edges.h"
#include "report/file_licences.h"
#include "report/index.h"

const char *cor_bom_kind_word(enum cor_bom_kind kind)
{
    static const char *const words[] = {"Input", "Component", "Source"};
    return words[kind];
}

const char *cor_bom_expression(const struct cor_bom_item *item, char reference[32])
{
    if (item->expression || !item->licence)
        return item->expression;
    snprintf(reference, 32, "LicenseRef-%" PRIu32, item->licence_ref);
    return reference;
}

static enum cor_status add_inputs(struct cor_bom *bom)
{
    enum cor_status status = COR_OK;
    for (uint32_t i = 0; status == COR_OK && i < bom->case_->inputs.count; i++) {
        const struct cor_input *input = &bom->case_->inputs.items[i];
        struct cor_bom_item item = {.kind = COR_BOM_INPUT,
                                    .number = i + 1,
                                    .name = input->name,
                                    .path = input->name,
                                    .input = i,
                                    .sha1 = input->sha1[0] ? input->sha1 : NULL,
                                    .sha256 = input->sha256[0] ? input->sha256 : NULL,
                                    .of_input = input};
        status = cor_array_add(&bom->items, item);
    }
    return status;
}

// The number of a licence that SPDX has no identifier for; 0 for the others.
static enum cor_status licence_ref(struct cor_bom *bom, const struct cor_bom_item *item,
                                   uint32_t *ret_number)
{
    const char *licence = item->licence;
    *ret_number = 0;
    if (!licence || item->expression)
        return COR_OK;
    for (size_t i = 0; i < bom->licences.count; i++)
        if (strcmp(bom->licences.items[i], licence) == 0) {
            *ret_number = (uint32_t)i + 1;
            return COR_OK;
        }
    *ret_number = (uint32_t)bom->licences.count + 1;
    return cor_array_add(&bom->licences, licence);
}

static enum cor_status add_components(struct cor_bom *bom)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < bom->case_->components.count; i++) {
        const struct cor_case_component *component = &bom->case_->components.items[i];
        struct cor_bom_item item = {.kind = COR_BOM_COMPONENT,
                                    .number = component->id,
                                    .name = component->name,
                                    .path = component->path,
                                    .input = component->input,
                                    .sha256 = component->sha256,
                                    .of_component = component,
                                    .licence = component->licence,
                                    .expression = cor_bom_licence(component->licence)};
        status = licence_ref(bom, &item, &item.licence_ref);
        if (status == COR_OK)
            status = cor_array_add(&bom->items, item);
    }
    return status;
}

// A source file that the report cites, while they are gathered.
struct cited {
    uint32_t input;
    const char *file;
};

struct all_cited {
    COR_ARRAY(struct cited) list;
};

static int cited_order(const void *a, const void *b)
{
    const struct cited *left = a, *right = b;
    if (left->input != right->input)
        return left->input < right->input ? -1 : 1;
    return strcmp(left->file, right->file);
}

static enum cor_status cite(struct all_cited *cited, const struct cor_case_place *places,
                            size_t count)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < count; i++)
        if (places[i].file)
            status = cor_array_add(&cited->list, (struct cited){places[i].input, places[i].file});
    return status;
}

static enum cor_status add_source(struct cor_bom *bom, const struct cor_index *index,
                                  const struct cited *cited, uint32_t number)
{
    const char *path = cor_index_source_path(index, cited->input, cited->file, &bom->arena);
    if (!path)
        return COR_NOMEM;
    const struct cor_member *member = cor_index_member(index, cited->input, cor_slice_text(path));
    char *hash = NULL;
    if (member && member->hashed) {
        hash = cor_arena_alloc(&bom->arena, 2 * sizeof member->sha256 + 1, 1);
        if (!hash)
            return COR_NOMEM;
        for (size_t i = 0; i < sizeof member->sha256; i++)
            snprintf(hash + 2 * i, 3, "%02x", member->sha256[i]);
    }
    const struct cor_case_source_file *file =
        cor_case_source_file(bom->case_, cited->input, cited->file);
    struct cor_bom_item item = {.kind = COR_BOM_SOURCE,
                                .number = number,
                                .name = cor_index_inner_name(cited->file),
                                .path = path,
                                .input = cited->input,
                                .sha256 = hash,
                                .licence = file ? cor_file_licence_text(file) : NULL};
    if (file && file->licence && cor_bom_is_expression(file->licence))
        item.expression = file->licence;
    enum cor_status status = licence_ref(bom, &item, &item.licence_ref);
    return status == COR_OK ? cor_array_add(&bom->items, item) : status;
}

static enum cor_status add_sources(struct cor_bom *bom, const struct cor_index *index)
{
    struct all_cited cited = {0};
    enum cor_status status = COR_OK;
    uint32_t number = 0;
    for (size_t i = 0; status == COR_OK && i < bom->case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &bom->case_->symbols.items[i];
        if (!symbol->finding)
            continue;
        status = cite(&cited, symbol->calls.items, symbol->calls.count);
        if (status == COR_OK)
            status = cite(&cited, symbol->declarations.items, symbol->declarations.count);
    }
    if (cited.list.count > 1)
        qsort(cited.list.items, cited.list.count, sizeof *cited.list.items, cited_order);
    for (size_t i = 0; status == COR_OK && i < cited.list.count; i++)
        if (i == 0 || cited_order(&cited.list.items[i - 1], &cited.list.items[i]) != 0)
            status = add_source(bom, index, &cited.list.items[i], ++number);
    cor_array_dispose(&cited.list);
    return status;
}

static bool is_static(const struct cor_case_symbol *symbol, uint32_t provider)
{
    for (size_t i = 0; i < symbol->providers.count; i++)
        if (symbol->providers.items[i].component == provider)
            return symbol->providers.items[i].how &&
                   strcmp(symbol->providers.items[i].how, "static") == 0;
    return false;
}

static enum cor_status add_links(struct cor_bom *bom)
{
    struct cor_edges edges;
    const struct cor_case *case_ = bom->case_;
    enum cor_status status = cor_edges_make(case_, &edges);
    for (size_t i = 0; status == COR_OK && i < edges.list.count; i++) {
        const struct cor_edge *edge = &edges.list.items[i];
        if (cor_case_component_by_id(case_, edge->from) && edge->from != edge->to &&
            cor_case_component_by_id(case_, edge->to))
            status = cor_array_add(
                &bom->links,
                (struct cor_bom_link){edge->from, edge->to,
                                      is_static(&case_->symbols.items[edge->symbol], edge->to)});
    }
    cor_edges_dispose(&edges);
    return status;
}

enum cor_status cor_bom_init(struct cor_bom *bom, const struct cor_case *case_)
{
    struct cor_index index;
    *bom = (struct cor_bom){.case_ = case_};
    cor_arena_init(&bom->arena);
    enum cor_status status = add_inputs(bom);
    if (status == COR_OK)
        status = add_components(bom);
    if (status == COR_OK)
        status = cor_index_init(&index, case_);
    if (status == COR_OK) {
        status = add_sources(bom, &index);
        cor_index_dispose(&index);
    }
    if (status == COR_OK)
        status = add_links(bom);
    if (status != COR_OK)
        cor_bom_dispose(bom);
    return status;
}

void cor_bom_dispose(struct cor_bom *bom)
{
    cor_array_dispose(&bom->items);
    cor_array_dispose(&bom->links);
    cor_array_dispose(&bom->licences);
    cor_arena_dispose(&bom->arena);
}
