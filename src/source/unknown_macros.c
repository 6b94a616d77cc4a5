// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/unknown_macros.h"

#include <stdio.h>

#include "source/chars.h"
#include "source/words.h"

enum { ARGUMENT_LIMIT = 4, SHORT_NAME = 5, NAME_LIMIT = 120 };

static bool is_shouted(struct cor_slice name)
{
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] >= 'a' && name.data[i] <= 'z')
            return false;
    return name.size > 1;
}

// "name(args);" without a type, or a name in capitals before a body or a value.
static bool is_macro_like(const struct cor_found *found)
{
    static const char *const harmless[] = {"MODULE_", "EXPORT_", "__attribute", "_Pragma",
                                           "__diag_"};
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (cor_slice_starts(found->name, cor_slice_text(harmless[i])))
            return false;
    bool alone = found->token_count && found->tokens[0].size == found->name.size &&
                 memcmp(found->tokens[0].text, found->name.data, found->name.size) == 0;
    bool composed = memchr(found->name.data, '_', found->name.size) != NULL;
    return is_shouted(found->name) || (alone && composed && strcmp(found->tail, ";") == 0);
}

static enum cor_status add_gap(struct cor_finisher *finisher, const char *before,
                               struct cor_slice argument, const char *behind)
{
    char pattern[NAME_LIMIT + 8];
    int size = snprintf(pattern, sizeof pattern, "%s%.*s%s", before, (int)argument.size,
                        argument.data, behind);
    if (size <= 0)
        return COR_OK;
    const char *kept = cor_arena_text(&finisher->census->arena, cor_slice(pattern, (size_t)size));
    return kept ? cor_census_gap(finisher->census, finisher->invocation->line, kept,
                                 "a macro that the source does not define")
                : COR_NOMEM;
}

// A short argument is taken as a part between underscores, lest its pattern match everything.
static enum cor_status add_gaps(struct cor_finisher *finisher, struct cor_slice argument)
{
    if (argument.size >= NAME_LIMIT)
        return COR_OK;
    if (argument.size >= SHORT_NAME)
        return add_gap(finisher, "*", argument, "*");
    enum cor_status status = add_gap(finisher, "", argument, "_*");
    if (status == COR_OK)
        status = add_gap(finisher, "*_", argument, "");
    return status == COR_OK ? add_gap(finisher, "*_", argument, "_*") : status;
}

static const struct cor_token *arguments_of(const struct cor_found *found,
                                            const struct cor_token **ret_end)
{
    const struct cor_token *at = found->tokens, *end = found->tokens + found->token_count;
    while (at < end && at->text != found->at)
        at++;
    *ret_end = end;
    return at + 1 < end && at[1].mark == '(' ? at + 2 : NULL;
}

enum cor_status cor_note_unknown_macro(struct cor_finisher *finisher, const struct cor_found *found)
{
    if (!is_macro_like(found) || cor_macro_is_opaque(found->name) ||
        cor_macro_of_scope(finisher->expander.scope, found->name))
        return COR_OK;
    const struct cor_token *end, *at = arguments_of(found, &end);
    enum cor_status status = COR_OK;
    unsigned depth = 1, count = 0;
    for (; at && at < end && depth && count < ARGUMENT_LIMIT && status == COR_OK; at++) {
        bool begins = at[-1].mark == '(' || at[-1].mark == ',';
        bool ends = at + 1 < end && (at[1].mark == ',' || at[1].mark == ')');
        if (depth == 1 && begins && ends && at->kind == COR_TOKEN_WORD &&
            cor_word_class(cor_token_slice(at)) == COR_WORD_PLAIN) {
            status = add_gaps(finisher, cor_token_slice(at));
            count++;
        }
        depth += at->mark == '(';
        depth -= at->mark == ')';
    }
    return status;
}

static bool is_released(const struct cor_recogniser *recogniser, struct cor_slice spelled)
{
    while (cor_slice_starts(spelled, COR_SLICE("../")))
        spelled = cor_slice(spelled.data + 3, spelled.size - 3);
    for (size_t i = 0; i < recogniser->files.count; i++) {
        const struct cor_census_file *file = recogniser->files.items[i];
        if (cor_slice_ends(cor_slice(file->path, file->path_size), spelled))
            return true;
    }
    return false;
}

enum cor_status cor_note_missing_trace_header(struct cor_finisher *finisher,
                                              const struct cor_census_file *file)
{
    static const char *const patterns[] = {
        "__traceiter_*",    "__bpf_trace_*",      "perf_trace_*",  "trace_event_*",
        "__SCT__tp_func_*", "trace_raw_output_*", "__probestub_*", "do_trace_event_*"};
    const struct cor_recogniser *recogniser = finisher->census->recogniser;
    if (!file->trace_points)
        return COR_OK;
    const struct cor_include *includes = recogniser->includes_of[file->worker];
    bool missing = false;
    for (size_t i = file->includes.first; i < file->includes.first + file->includes.count; i++)
        missing |= memmem(includes[i].spelled.data, includes[i].spelled.size, "trace", 5) &&
                   !is_released(recogniser, includes[i].spelled);
    enum cor_status status = COR_OK;
    for (size_t i = 0; missing && i < sizeof patterns / sizeof *patterns && status == COR_OK; i++)
        status = cor_census_gap(finisher->census, 1, patterns[i],
                                "trace points of a header that is not in the source");
    return status;
}
