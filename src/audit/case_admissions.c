// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Comments of the release that say where a body is: kept when they name a component, or say that
// the body is not open.
#include <string.h>

#include "audit/case_evidence.h"
#include "audit/case_text.h"

enum { SHORTEST_NAME = 3 };

static bool says_closed(const char *text)
{
    static const char *const words[] = {
        "proprietary", "closed source", "closed-source", "binary-only", "binary only",
        "binary blob", "object code",   "not released",  "no source",   "without source"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(text, words[i]))
            return true;
    return false;
}

static bool is_part(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '-' || letter == '.';
}

// Whether the text has the name as a word; a full stop may end a sentence.
static const char *find_word(const char *text, struct cor_slice name)
{
    if (name.size < SHORTEST_NAME)
        return NULL;
    for (const char *at = text; *at; at++) {
        if (strncasecmp(at, name.data, name.size) != 0 || (at > text && is_part(at[-1])))
            continue;
        const char *end = at + name.size;
        if (!is_part(*end) || (*end == '.' && !is_part(end[1])))
            return at;
    }
    return NULL;
}

static struct cor_slice without_ending(struct cor_slice name)
{
    for (size_t i = name.size; i > 1; i--)
        if (name.data[i - 1] == '.')
            return cor_slice(name.data, i - 1);
    return name;
}

// Under which of its names the text speaks of a component.
static const char *speaks_of(const struct cor_case_component *component, const char *text,
                             struct cor_slice *ret_word)
{
    const char *const names[] = {component->name, component->given_name};
    for (size_t i = 0; i < 2; i++) {
        if (!names[i])
            continue;
        struct cor_slice forms[] = {cor_slice_text(names[i]),
                                    without_ending(cor_slice_text(names[i]))};
        for (size_t k = 0; k < 2; k++) {
            const char *found = find_word(text, forms[k]);
            if (found) {
                *ret_word = cor_slice(found, forms[k].size);
                return found;
            }
        }
    }
    return NULL;
}

// The provider first; then whoever has no released body.
static uint32_t whom(const struct cor_case *case_, const struct cor_case_symbol *row,
                     const char *text, struct cor_slice *ret_word)
{
    for (size_t i = 0; i < row->providers.count; i++) {
        const struct cor_case_component *component =
            cor_case_component_by_id(case_, row->providers.items[i].component);
        if (component && speaks_of(component, text, ret_word))
            return component->id;
    }
    for (size_t i = 0; i < case_->components.count; i++)
        if (!case_->components.items[i].has_source &&
            speaks_of(&case_->components.items[i], text, ret_word))
            return case_->components.items[i].id;
    return 0;
}

enum cor_status cor_case_add_admissions(struct cor_pipeline *pipeline, struct cor_case *case_,
                                        const struct cor_name *name, struct cor_case_symbol *row)
{
    struct cor_admissions run = cor_source_admissions(&pipeline->source, name);
    enum cor_status status = COR_OK;
    if (row->class_ == COR_CLASS_RELEASED || row->class_ == COR_CLASS_TOOLCHAIN)
        return COR_OK;
    for (size_t i = 0; status == COR_OK && i < run.count; i++) {
        const struct cor_source_file *file = &pipeline->source.files.items[run.items[i].file];
        struct cor_slice word = {NULL, 0};
        struct cor_case_admission admission = {.input = file->input,
                                               .file = file->path,
                                               .line = run.items[i].line,
                                               .text = run.items[i].text};
        admission.component = whom(case_, row, admission.text, &word);
        if (!admission.component && !says_closed(admission.text))
            continue;
        pipeline->cited[run.items[i].file] = true;
        if (word.data && !(admission.word = cor_arena_text(&case_->arena, word)))
            return COR_NOMEM;
        const char **texts[] = {&admission.file, &admission.text};
        status = cor_case_texts(case_, texts, sizeof texts / sizeof *texts);
        if (status == COR_OK)
            status = cor_array_add(&row->admissions, admission);
    }
    return status;
}
