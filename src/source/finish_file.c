// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Expands what the census kept of one file, and judges the results.
#include "source/finish.h"

#include "source/assembly.h"
#include "source/unknown_macros.h"

static bool seen_before(struct cor_finisher *finisher, struct cor_slice result)
{
    uint32_t hash = cor_hash_text(result);
    for (size_t i = 0; i < finisher->results.count; i++)
        if (finisher->results.items[i] == hash)
            return true;
    // Without memory a result is only judged twice.
    return cor_array_add(&finisher->results, hash) != COR_OK && false;
}

static enum cor_status take_found(void *context, const struct cor_found *found)
{
    struct cor_finisher *finisher = context;
    struct cor_census *census = finisher->census;
    const struct cor_invocation *invocation = finisher->invocation;
    bool data = found->kind == COR_FOUND_DATA;
    struct cor_kept kept = {.how = finisher->expander.expanded ? COR_HOW_MACRO
                                   : data                      ? COR_HOW_DATA
                                                               : COR_HOW_PLAIN,
                            .linkage = (uint8_t)found->linkage,
                            .data = data || (found->kind == COR_FOUND_ALIAS && found->data),
                            .active = invocation->active,
                            .through = census->through};
    switch (found->kind) {
    case COR_FOUND_INVOCATION:
        if (census->recorder)
            census->recorder->spoiled |= cor_form_is_marked(found->name);
        return cor_note_unknown_macro(finisher, found);
    case COR_FOUND_ASSEMBLY:
        return cor_judge_asm_tokens(finisher, found->tokens, found->token_count);
    case COR_FOUND_ALIAS:
        kept.how = COR_HOW_ALIAS;
        kept.through = cor_arena_text(&census->arena, found->target);
        if (!kept.through)
            return COR_NOMEM;
        break;
    case COR_FOUND_FUNCTION:
    case COR_FOUND_DATA:
        break;
    case COR_FOUND_DECLARATION:
    case COR_FOUND_LABEL:
    case COR_FOUND_DEFINE:
    case COR_FOUND_INCLUDE:
    case COR_FOUND_BODY:
    case COR_FOUND_REGION:
    case COR_FOUND_WORD:
        return COR_OK;
    }
    if (!invocation->scope.size)
        return cor_census_define(census, found->name, invocation->line, &kept);
    const char *name =
        cor_arena_printf(&census->arena, "%.*s%.*s", (int)invocation->scope.size,
                         invocation->scope.data, (int)found->name.size, found->name.data);
    return name ? cor_census_define(census, cor_slice_text(name), invocation->line, &kept)
                : COR_NOMEM;
}

static enum cor_status judge(void *context, struct cor_slice result)
{
    struct cor_finisher *finisher = context;
    if (seen_before(finisher, result))
        return COR_OK;
    finisher->census->through =
        finisher->expander.expanded ? finisher->invocation->name.data : NULL;
    // A macro that makes strings alone stands within an asm( that another macro opens.
    struct cor_slice text = cor_slice_trim(result);
    if (finisher->invocation->assembly || (text.size && text.data[0] == '"'))
        return cor_judge_asm_text(finisher, result);
    if (finisher->census->recorder && text.size && (unsigned char)text.data[0] == COR_FORM_MARK)
        finisher->census->recorder->spoiled = true; // it may begin with a macro of the assembler
    if (cor_begins_gas_macro(finisher, result))
        return cor_judge_gas(finisher, result);
    enum cor_status status = cor_text_set(&finisher->text, result.data, result.size);
    if (status != COR_OK)
        return status;
    struct cor_parser parser;
    cor_parser_init(&parser, &finisher->text);
    parser.emit = take_found;
    parser.context = finisher;
    parser.expanded = true;
    parser.cxx = finisher->census->file->language == COR_LANGUAGE_CXX;
    parser.header = finisher->census->file->header;
    status = cor_parse(&parser);
    cor_parser_dispose(&parser);
    return status;
}

enum cor_status cor_finish_invocation(struct cor_finisher *finisher,
                                      const struct cor_invocation *invocation)
{
    finisher->invocation = invocation;
    finisher->results.count = 0;
    enum cor_status status = cor_expand(&finisher->expander, finisher->census->file,
                                        invocation->text, invocation->assembly, judge, finisher);
    if (finisher->census->recorder) {
        finisher->census->recorder->spoiled |=
            finisher->expander.overflow || finisher->gas_calls.count;
        finisher->gas_calls.count = 0;
        return status;
    }
    if (status == COR_OK && finisher->expander.overflow)
        status = cor_gap_patterns(finisher->census, invocation, "a macro's expansion is too large");
    return status == COR_OK ? cor_finish_gas_calls(finisher) : status;
}

static enum cor_status finish_invocation(struct cor_finisher *finisher,
                                         const struct cor_invocation *invocation)
{
    bool done;
    if (invocation->scope.size) // forms know nothing of scopes
        return cor_finish_invocation(finisher, invocation);
    enum cor_status status = cor_finish_form(finisher, invocation, &done);
    return status != COR_OK || done ? status : cor_finish_invocation(finisher, invocation);
}

enum cor_status cor_finish_file(struct cor_finisher *finisher, struct cor_census_file *file)
{
    struct cor_recogniser *recogniser = finisher->census->recogniser;
    const struct cor_census *from = &recogniser->censuses[file->worker];
    enum cor_status status = COR_OK;
    finisher->census->file = file;
    for (size_t i = 0; i < file->invocations.count && status == COR_OK; i++)
        status = finish_invocation(finisher, &from->invocations.items[file->invocations.first + i]);
    if (status == COR_OK)
        status = cor_note_missing_trace_header(finisher, file);
    if (status == COR_OK && file->chunks.count)
        status = cor_finish_assembly(finisher, file);
    return status;
}
