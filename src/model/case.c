// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "model/case.h"

#include <string.h>

void cor_case_init(struct cor_case *case_)
{
    *case_ = (struct cor_case){.undefined.known = true, .defined.known = true};
    cor_arena_init(&case_->arena);
}

static void symbol_dispose(struct cor_case_symbol *symbol)
{
    cor_array_dispose(&symbol->needed_by);
    cor_array_dispose(&symbol->providers);
    cor_array_dispose(&symbol->references);
    cor_array_dispose(&symbol->definitions);
    cor_array_dispose(&symbol->namesakes);
    cor_array_dispose(&symbol->declarations);
    cor_array_dispose(&symbol->calls);
    cor_array_dispose(&symbol->admissions);
}

void cor_case_dispose(struct cor_case *case_)
{
    for (size_t i = 0; i < case_->symbols.count; i++)
        symbol_dispose(&case_->symbols.items[i]);
    for (size_t i = 0; i < case_->works.count; i++) {
        cor_array_dispose(&case_->works.items[i].components);
        cor_array_dispose(&case_->works.items[i].licences);
        cor_array_dispose(&case_->works.items[i].missing);
        cor_array_dispose(&case_->works.items[i].edges);
    }
    for (size_t i = 0; i < case_->components.count; i++)
        cor_array_dispose(&case_->components.items[i].folders);
    cor_array_dispose(&case_->source_files);
    cor_array_dispose(&case_->crossings);
    cor_array_dispose(&case_->options);
    cor_array_dispose(&case_->excuses);
    cor_array_dispose(&case_->inputs);
    cor_array_dispose(&case_->members);
    cor_array_dispose(&case_->components);
    cor_array_dispose(&case_->symbols);
    cor_array_dispose(&case_->functions);
    cor_array_dispose(&case_->works);
    cor_array_dispose(&case_->notes);
    cor_arena_dispose(&case_->arena);
}

const struct cor_case_component *cor_case_component_by_id(const struct cor_case *case_, uint32_t id)
{
    return id >= 1 && id <= case_->components.count ? &case_->components.items[id - 1] : NULL;
}

const struct cor_case_excuse *cor_case_excuse_by_number(const struct cor_case *case_,
                                                        uint32_t number)
{
    return number >= 1 && number <= case_->excuses.count ? &case_->excuses.items[number - 1] : NULL;
}

const struct cor_case_source_file *cor_case_source_file(const struct cor_case *case_,
                                                        uint32_t input, const char *path)
{
    size_t low = 0, high = path ? case_->source_files.count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cor_case_source_file *file = &case_->source_files.items[middle];
        int order =
            file->input != input ? (file->input < input ? -1 : 1) : strcmp(file->path, path);
        if (order == 0)
            return file;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *cor_case_option(const struct cor_case *case_, const char *name)
{
    for (size_t i = 0; i < case_->options.count; i++)
        if (strcmp(case_->options.items[i].name, name) == 0)
            return case_->options.items[i].value;
    return NULL;
}

void cor_tally_add(struct cor_tally *sum, const struct cor_tally *more)
{
    if (!more->known)
        return;
    sum->total += more->total;
    for (unsigned i = 0; i < COR_CLASS_COUNT; i++)
        sum->of[i] += more->of[i];
}
