// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Census of C and C++: turns what the parser finds into records.
#include "source/census.h"

#include "source/forms.h"
#include "source/chars.h"
#include "source/language.h"
#include "source/macros.h"
#include "source/recogniser_state.h"

enum { INLINE_LIMIT = 4096, TEXT_LIMIT = 64 * 1024 };

const struct cor_name *cor_wanted_name(const struct cor_recogniser *recogniser,
                                       struct cor_slice text, enum cor_status *status)
{
    const struct cor_name *name = NULL;
    uint64_t value;
    if (!recogniser->options.interest) {
        *status = cor_names_intern(recogniser->options.names, text, &name);
        return *status == COR_OK ? name : NULL;
    }
    name = cor_names_find(recogniser->options.names, text);
    return name && cor_map_get(recogniser->options.interest, name, &value) ? name : NULL;
}

static uint64_t seen_hash(struct cor_slice name)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * 0x100000001b3u;
    return hash;
}

static enum cor_status note_seen(struct cor_census *census, struct cor_slice name, uint32_t line,
                                 const struct cor_kept *what)
{
    return cor_array_add(&census->seen, (struct cor_seen){.hash = seen_hash(name),
                                                          .line = line,
                                                          .how = what->how,
                                                          .linkage = what->linkage,
                                                          .data = what->data,
                                                          .active = what->active});
}

// A name that a generator puts together: enough of it must be known, or it could be any.
static enum cor_status note_printed(struct cor_census *census, struct cor_slice name, uint32_t line)
{
    enum { LITERAL_MINIMUM = 7, ANY = sizeof COR_ANY - 1 };
    char *pattern = cor_arena_alloc(&census->arena, name.size + 1, 1);
    size_t size = 0, literal = 0;
    if (!pattern)
        return COR_NOMEM;
    for (size_t i = 0; i < name.size;) {
        bool any = cor_slice_starts(cor_slice(name.data + i, name.size - i), COR_SLICE(COR_ANY));
        literal += !any;
        pattern[size++] = any ? '*' : name.data[i];
        i += any ? ANY : 1;
    }
    pattern[size] = '\0';
    return literal < LITERAL_MINIMUM
               ? COR_OK
               : cor_census_gap(census, line, pattern, "the name is put together by a generator");
}

enum cor_status cor_census_define(struct cor_census *census, struct cor_slice name, uint32_t line,
                                  const struct cor_kept *what)
{
    enum cor_status status = COR_OK;
    if (census->recorder)
        return cor_form_record(census->recorder, name, line, what);
    if (memmem(name.data, name.size, COR_ANY, sizeof COR_ANY - 1))
        return note_printed(census, name, line);
    if (!census->recogniser->finished)
        status = note_seen(census, name, line, what);
    const struct cor_name *wanted =
        status == COR_OK ? cor_wanted_name(census->recogniser, name, &status) : NULL;
    if (status != COR_OK || !wanted)
        return status;
    struct cor_kept kept = *what;
    kept.name = wanted;
    kept.file = census->file;
    kept.line = line;
    return cor_array_add(&census->kept, kept);
}

enum cor_status cor_census_gap(struct cor_census *census, uint32_t line, const char *pattern,
                               const char *reason)
{
    if (census->recorder) {
        census->recorder->spoiled = true;
        return COR_OK;
    }
    return cor_array_add(&census->gaps,
                         (struct cor_census_gap){census->file, line, pattern, reason, NULL});
}

static enum cor_status keep_text(struct cor_census *census, struct cor_slice text,
                                 struct cor_slice *ret_copy)
{
    const char *copy = cor_arena_text(&census->arena, text);
    if (!copy)
        return COR_NOMEM;
    *ret_copy = cor_slice(copy, text.size);
    return COR_OK;
}

static uint32_t line_of(struct cor_census *census, const char *at)
{
    return census->line_base + cor_text_line(&census->text, at);
}

static enum cor_status take_define(struct cor_census *census, const struct cor_found *found)
{
    census->file->trace_points |= cor_slice_same(found->name, COR_SLICE("CREATE_TRACE_POINTS"));
    enum cor_status status = cor_census_print_macro(census, found);
    if (status != COR_OK || !cor_macro_matters(found->name, found->target, found->has_parameters))
        return status;
    struct cor_macro macro = {.hash = cor_hash_text(found->name),
                              .file = census->file,
                              .function_like = found->has_parameters,
                              .conditional = found->branches > (census->file->header ? 1u : 0u)};
    macro.line = line_of(census, found->at);
    status = keep_text(census, found->name, &macro.name);
    if (status == COR_OK)
        status = keep_text(census, found->target, &macro.body);
    if (status == COR_OK && found->has_parameters)
        status = keep_text(census, found->parameters, &macro.parameters);
    macro.shape = cor_macro_shape(&macro);
    if (status == COR_OK)
        status = cor_array_reserve(&census->macros, 1);
    if (status == COR_OK)
        census->macros.items[census->macros.count++] = macro;
    return status;
}

static enum cor_status take_include(struct cor_census *census, const struct cor_found *found)
{
    struct cor_include include;
    enum cor_status status = keep_text(census, found->name, &include.spelled);
    if (status != COR_OK)
        return status;
    include.base_hash = cor_hash_text(cor_path_base(include.spelled.data));
    include.line = line_of(census, found->at);
    return cor_array_add(&census->includes, include);
}

// The token behind the parenthesis at `from`, or `from`.
static size_t behind_group(const struct cor_found *found, size_t from)
{
    size_t depth = 0;
    for (size_t i = from; i < found->token_count; i++) {
        depth += found->tokens[i].mark == '(';
        depth -= found->tokens[i].mark == ')' && depth;
        if (!depth)
            return i == from ? from : i + 1;
    }
    return from;
}

// The statement's tokens as one line of text; braces come empty, and so do the arguments of macros
// that make no names. Lists that only pass parameters on are all the same.
static enum cor_status join(struct cor_census *census, const struct cor_found *found,
                            struct cor_slice *ret_text)
{
    size_t size = found->tail ? strlen(found->tail) : 0;
    for (size_t i = 0; i < found->token_count; i++)
        size += found->tokens[i].kind == COR_TOKEN_BLOCK ? 3 : found->tokens[i].size + 1u;
    if (size > TEXT_LIMIT)
        return COR_LIMIT;
    char *text = cor_arena_alloc(&census->arena, size + 1, 1);
    if (!text)
        return COR_NOMEM;
    size_t at = 0;
    for (size_t i = 0; i < found->token_count; i++) {
        const struct cor_token *token = &found->tokens[i];
        struct cor_slice piece =
            token->kind == COR_TOKEN_BLOCK ? COR_SLICE("{}") : cor_token_slice(token);
        if (at && (token->flags & COR_TOKEN_SPACED))
            text[at++] = ' ';
        memcpy(text + at, piece.data, piece.size);
        at += piece.size;
        if (token->kind != COR_TOKEN_WORD)
            continue;
        bool list = cor_macro_is_list(piece);
        size_t behind = list || cor_macro_is_opaque(piece) ? behind_group(found, i + 1) : i + 1;
        if (list && behind > i + 2) { // shorter than any "( ... )" with what stands around it
            memcpy(text + at, "(x)", 3);
            at += 3;
        }
        i = behind - 1;
    }
    if (found->tail) {
        memcpy(text + at, found->tail, strlen(found->tail));
        at += strlen(found->tail);
    }
    *ret_text = cor_slice(text, at);
    return COR_OK;
}

static enum cor_status take_invocation(struct cor_census *census, const struct cor_found *found)
{
    if (cor_macro_is_opaque(found->name))
        return COR_OK;
    struct cor_invocation invocation = {.line = line_of(census, found->at),
                                        .active = found->active,
                                        .assembly = found->kind == COR_FOUND_ASSEMBLY};
    enum cor_status status = join(census, found, &invocation.text);
    if (status == COR_LIMIT)
        return cor_census_gap(census, invocation.line, NULL, "a macro's arguments are too long");
    if (status == COR_OK && found->name.size)
        status = keep_text(census, found->name, &invocation.name);
    if (status == COR_OK && found->scope.size)
        status = keep_text(census, found->scope, &invocation.scope);
    if (status == COR_OK)
        status = cor_array_add(&census->invocations, invocation);
    return status;
}

static enum cor_status take_rename(struct cor_census *census, const struct cor_found *found)
{
    struct cor_rename rename = {.line = line_of(census, found->at)};
    enum cor_status status = keep_text(census, found->name, &rename.from);
    if (status == COR_OK)
        status = keep_text(census, found->target, &rename.to);
    if (status == COR_OK)
        status = cor_array_add(&census->labels, rename);
    return status;
}

static enum cor_status take_alias(struct cor_census *census, const struct cor_found *found)
{
    struct cor_kept kept = {.how = COR_HOW_ALIAS,
                            .linkage = (uint8_t)found->linkage,
                            .data = found->data,
                            .active = found->active};
    kept.through = cor_arena_text(&census->arena, found->target);
    if (!kept.through)
        return COR_NOMEM;
    return cor_census_define(census, found->name, line_of(census, found->at), &kept);
}

static enum cor_status take_body(struct cor_census *census, const struct cor_found *found)
{
    bool data = found->kind == COR_FOUND_DATA;
    census->is_program |= !data && cor_slice_same(found->name, COR_SLICE("main"));
    enum cor_how how = census->how == COR_HOW_PLAIN && data ? COR_HOW_DATA : census->how;
    struct cor_kept kept = {.how = (uint8_t)how,
                            .linkage = (uint8_t)found->linkage,
                            .data = data,
                            .active = found->active,
                            .through = census->through};
    return cor_census_define(census, found->name, line_of(census, found->at), &kept);
}

// Inline functions of headers are kept: calls may be made through them.
static enum cor_status take_inline(struct cor_census *census, const struct cor_found *found)
{
    if (!census->file->header || found->linkage == COR_LINKAGE_EXTERNAL ||
        found->target.size > INLINE_LIMIT || !memchr(found->target.data, '(', found->target.size))
        return COR_OK;
    struct cor_inline kept = {.line = line_of(census, found->at)};
    enum cor_status status = keep_text(census, found->name, &kept.name);
    if (status == COR_OK)
        status = keep_text(census, found->target, &kept.body);
    if (status == COR_OK)
        status = cor_array_add(&census->inlines, kept);
    return status;
}

static enum cor_status take_whole_body(struct cor_census *census, const struct cor_found *found)
{
    enum cor_status status = cor_census_print_body(census, found);
    return status == COR_OK ? take_inline(census, found) : status;
}

enum cor_status cor_census_take(void *context, const struct cor_found *found)
{
    struct cor_census *census = context;
    switch (found->kind) {
    case COR_FOUND_FUNCTION:
    case COR_FOUND_DATA:
        return take_body(census, found);
    case COR_FOUND_ALIAS:
        return take_alias(census, found);
    case COR_FOUND_LABEL:
        return take_rename(census, found);
    case COR_FOUND_INVOCATION:
    case COR_FOUND_ASSEMBLY:
        return take_invocation(census, found);
    case COR_FOUND_DEFINE:
        return take_define(census, found);
    case COR_FOUND_INCLUDE:
        return take_include(census, found);
    case COR_FOUND_REGION:
        return cor_census_chunk(census, found->target, line_of(census, found->target.data));
    case COR_FOUND_BODY:
        return take_whole_body(census, found);
    case COR_FOUND_DECLARATION:
    case COR_FOUND_WORD:
        break;
    }
    return COR_OK;
}

// Directives stay: their #if and #endif must pair.
static void blank_lines(char *at, const char *end)
{
    while (at < end) {
        char *begin = at;
        while (at < end && cor_is(*at, COR_CHAR_BLANK))
            at++;
        bool directive = at < end && *at == '#';
        while (at < end && *at != '\n')
            at++;
        if (!directive)
            memset(begin, ' ', (size_t)(at - begin));
        at += at < end;
    }
}

// Headers that only assembly includes need not say so: their .macro definitions are kept, and are
// no C.
static enum cor_status take_gas_macros(struct cor_census *census)
{
    char *at = census->text.data, *end = at + census->text.size;
    enum cor_status status = COR_OK;
    while (status == COR_OK && (at = memmem(at, (size_t)(end - at), ".macro", 6)) != NULL) {
        char *begin = at;
        at += 6;
        while (begin > census->text.data && (begin[-1] == ' ' || begin[-1] == '\t'))
            begin--;
        char *close = memmem(at, (size_t)(end - at), ".endm", 5);
        if (!close || (begin > census->text.data && begin[-1] != '\n') ||
            !cor_is(*at, COR_CHAR_BLANK))
            continue;
        at = close + 5;
        status = cor_census_chunk(census, cor_slice(begin, (size_t)(at - begin)),
                                  line_of(census, begin));
        blank_lines(begin, at);
    }
    return status;
}

enum cor_status cor_census_c(struct cor_census *census)
{
    struct cor_parser parser;
    census->is_program = false;
    cor_parser_init(&parser, &census->text);
    parser.emit = cor_census_take;
    parser.context = census;
    parser.cxx = census->file->language == COR_LANGUAGE_CXX;
    parser.header = census->file->header;
    enum cor_status status = census->file->header ? take_gas_macros(census) : COR_OK;
    if (status == COR_OK)
        status = cor_parse(&parser);
    cor_parser_dispose(&parser);
    if (status == COR_OK && census->is_program)
        status = cor_census_host_program(census);
    return status;
}
