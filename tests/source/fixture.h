// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A release of a few texts in memory, read as a whole; what was found as lines of text.
#ifndef COR_TESTS_SOURCE_FIXTURE_H
#define COR_TESTS_SOURCE_FIXTURE_H

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "source/recogniser.h"

struct fixture_text {
    const char *path, *text;
};

struct fixture {
    struct cor_names *names;
    struct cor_workers *workers;
    struct cor_recogniser *recogniser;
    struct cor_source_facts facts;
    struct cor_buffer lines;
    enum cor_status status;
};

static inline void fixture_run(struct fixture *fixture, const struct fixture_text *texts,
                               size_t count, unsigned workers, size_t cut)
{
    memset(fixture, 0, sizeof *fixture);
    cor_source_facts_init(&fixture->facts);
    cor_buffer_init(&fixture->lines, 1 << 20);
    fixture->names = cor_names_new();
    fixture->workers = cor_workers_new(workers, 16);
    struct cor_recogniser_options options = {
        .names = fixture->names, .worker_count = workers, .count_outside = true};
    fixture->recogniser = fixture->names ? cor_recogniser_new(&options) : NULL;
    fixture->status = COR_NOMEM;
    if (!fixture->workers || !fixture->recogniser)
        return;
    fixture->status = COR_OK;
    for (size_t i = 0; i < count && fixture->status == COR_OK; i++) {
        size_t size = strlen(texts[i].text);
        struct cor_source_text text = {
            .path = texts[i].path, .bytes = texts[i].text, .size = size < cut ? size : cut};
        fixture->status =
            cor_recogniser_census(fixture->recogniser, &text, (unsigned)(i % workers));
    }
    if (fixture->status == COR_OK)
        fixture->status =
            cor_recogniser_finish(fixture->recogniser, fixture->workers, &fixture->facts);
}

static inline const char *fixture_lines(struct fixture *fixture)
{
    for (size_t i = 0; i < fixture->facts.definitions.count; i++) {
        const struct cor_definition *d = &fixture->facts.definitions.items[i];
        enum cor_status status = cor_buffer_printf(
            &fixture->lines, "%s %s %s %s:%u%s%s%s%s\n", d->name->text,
            cor_how_word((enum cor_how)d->how), cor_linkage_word((enum cor_linkage)d->linkage),
            fixture->facts.files.items[d->file].path, d->line, d->data ? " data" : "",
            d->active ? "" : " dead", d->through ? " through " : "", d->through ? d->through : "");
        if (status != COR_OK)
            return "";
    }
    return cor_buffer_slice(&fixture->lines).data;
}

static inline void fixture_free(struct fixture *fixture)
{
    cor_recogniser_free(fixture->recogniser);
    cor_source_facts_dispose(&fixture->facts);
    cor_buffer_dispose(&fixture->lines);
    cor_workers_free(fixture->workers);
    cor_names_free(fixture->names);
}

#endif
