// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Preprocessor lines. Every branch is read: #else goes back to the state before #if, and #endif to
// the state at the end of the first branch that can be compiled.
#include "source/parser.h"

#include "base/alloc.h"
#include "source/chars.h"
#include "source/conditions.h"

enum { SAVED_TOKENS_LIMIT = 4096, BRANCH_LIMIT = 4096, LONG_STATEMENT = 16 };

static bool save(struct cor_parser *parser, struct cor_parse_state *state)
{
    if (parser->tokens.count > LONG_STATEMENT && !parser->brace)
        cor_parser_peel(parser);
    struct cor_parse_state saved = {.brace = parser->brace,
                                    .block = parser->block,
                                    .block_begin = parser->block_begin,
                                    .open = parser->open,
                                    .function = parser->function,
                                    .token_count = parser->tokens.count};
    if (saved.token_count > SAVED_TOKENS_LIMIT)
        saved.token_count = saved.open = 0;
    if (saved.token_count) {
        size_t size = saved.token_count * sizeof *saved.tokens;
        saved.tokens = cor_alloc(size);
        if (!saved.tokens) {
            parser->status = COR_NOMEM;
            return false;
        }
        memcpy(saved.tokens, parser->tokens.items, size);
    }
    *state = saved;
    return true;
}

static void restore(struct cor_parser *parser, const struct cor_parse_state *state)
{
    if (parser->brace != state->brace)
        parser->unbalanced = true;
    parser->brace = state->brace;
    parser->block = state->block;
    parser->block_begin = state->block_begin;
    parser->open = state->open;
    parser->function = state->function;
    parser->tokens.count = 0;
    if (!state->token_count)
        return;
    if (cor_array_reserve(&parser->tokens, state->token_count) != COR_OK) {
        parser->status = COR_NOMEM;
        parser->open = 0;
        return;
    }
    memcpy(parser->tokens.items, state->tokens, state->token_count * sizeof *state->tokens);
    parser->tokens.count = state->token_count;
}

static void set_dead(struct cor_parser *parser, struct cor_parse_branch *branch, bool dead)
{
    parser->dead -= branch->dead;
    branch->dead = dead;
    parser->dead += branch->dead;
}

static void set_assembly(struct cor_parser *parser, struct cor_parse_branch *branch, bool assembly)
{
    parser->assembly -= branch->assembly;
    branch->assembly = assembly;
    parser->assembly += branch->assembly;
    branch->begin = parser->lexer.at;
}

// "__ASSEMBLY__" and the like: 1 the branch is for the assembler, -1 its #else is.
static int assembly_side(struct cor_slice word, struct cor_slice rest)
{
    static const char *const names[] = {"__ASSEMBLY__", "__ASSEMBLER__", "__ASSEMBLY"};
    rest = cor_slice_trim(rest);
    bool negated = cor_slice_same(word, COR_SLICE("ifndef"));
    if (!negated && !cor_slice_same(word, COR_SLICE("ifdef"))) {
        if (rest.size && rest.data[0] == '!') {
            negated = true;
            rest = cor_slice_trim(cor_slice(rest.data + 1, rest.size - 1));
        }
        if (!cor_slice_starts(rest, COR_SLICE("defined")))
            return 0;
        rest = cor_slice(rest.data + 7, rest.size - 7);
        while (rest.size && (rest.data[0] == ' ' || rest.data[0] == '('))
            rest = cor_slice(rest.data + 1, rest.size - 1);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct cor_slice name = cor_slice_text(names[i]);
        if (cor_slice_starts(rest, name) &&
            (rest.size == name.size || !cor_is_word(rest.data[name.size])) &&
            !memmem(rest.data, rest.size, "&&", 2) && !memmem(rest.data, rest.size, "||", 2))
            return negated ? -1 : 1;
    }
    return 0;
}

static void begin_if(struct cor_parser *parser, enum cor_truth truth, int side)
{
    struct cor_parse_branch branch = {.dead_before = parser->dead > 0,
                                      .always_seen = truth == COR_TRUTH_ALWAYS};
    if (parser->branches.count >= BRANCH_LIMIT || !save(parser, &branch.before))
        return;
    if (cor_array_add(&parser->branches, branch) != COR_OK) {
        cor_free(branch.before.tokens);
        parser->status = COR_NOMEM;
        return;
    }
    struct cor_parse_branch *added = &parser->branches.items[parser->branches.count - 1];
    set_dead(parser, added, truth == COR_TRUTH_NEVER);
    set_assembly(parser, added, side > 0);
    added->assembly_next = side < 0;
}

// Closes the current branch; its end counts when it is the first that can be compiled.
static void end_branch(struct cor_parser *parser, struct cor_parse_branch *branch, const char *hash)
{
    if (branch->assembly) {
        if (parser->assembly == 1 && branch->begin && branch->begin < hash)
            cor_parser_emit(
                parser, &(struct cor_found){
                            .kind = COR_FOUND_REGION,
                            .target = cor_slice(branch->begin, (size_t)(hash - branch->begin))});
        return;
    }
    if (branch->has_first_end) {
        if (parser->brace == 0 && parser->open == 0 && parser->tokens.count)
            cor_parser_remember_head(parser);
        if (parser->brace != branch->first_end.brace)
            parser->unbalanced = true;
        return;
    }
    if (!branch->dead && save(parser, &branch->first_end))
        branch->has_first_end = true;
}

static void next_branch(struct cor_parser *parser, enum cor_truth truth, const char *hash)
{
    if (!parser->branches.count)
        return;
    struct cor_parse_branch *branch = &parser->branches.items[parser->branches.count - 1];
    end_branch(parser, branch, hash);
    set_assembly(parser, branch, branch->assembly_next);
    set_dead(parser, branch, branch->always_seen || truth == COR_TRUTH_NEVER);
    branch->always_seen |= truth == COR_TRUTH_ALWAYS;
    if (parser->status == COR_OK)
        restore(parser, &branch->before);
}

static void end_if(struct cor_parser *parser, const char *hash)
{
    if (!parser->branches.count)
        return;
    struct cor_parse_branch *branch = &parser->branches.items[parser->branches.count - 1];
    bool was_dead = branch->dead || branch->assembly;
    end_branch(parser, branch, hash);
    set_assembly(parser, branch, false);
    set_dead(parser, branch, false);
    if (parser->status == COR_OK) {
        if (branch->has_first_end) {
            restore(parser, &branch->first_end);
            parser->unbalanced |= branch->first_end.brace != branch->before.brace;
        } else if (was_dead) {
            restore(parser, &branch->before);
        }
    }
    cor_free(branch->before.tokens);
    cor_free(branch->first_end.tokens);
    parser->branches.count--;
}

static const char *skip_blanks(const char *at, const char *end)
{
    for (;;) {
        while (at < end && cor_is(*at, COR_CHAR_BLANK))
            at++;
        if (at < end && *at == '/' && at[1] == '*')
            at = cor_skip_block_comment(at, end);
        else if (at < end && *at == '\\' && at[1] == '\n')
            at += 2;
        else
            return at < end ? at : end;
    }
}

static struct cor_slice take_word(const char **at, const char *end)
{
    const char *begin = *at = skip_blanks(*at, end);
    while (*at < end && cor_is_word(**at))
        (*at)++;
    return cor_slice(begin, (size_t)(*at - begin));
}

// Register headers hold millions of these; a number in hexadecimal makes no name.
static bool is_register_number(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    return at + 1 < end && at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
}

static const char *define(struct cor_parser *parser, const char *at)
{
    const char *end = parser->lexer.end;
    struct cor_found found = {.kind = COR_FOUND_DEFINE,
                              .branches = (uint32_t)parser->branches.count};
    found.name = take_word(&at, end);
    found.at = found.name.data;
    if (is_register_number(at, end))
        return cor_skip_directive(at, end);
    const char *stop = cor_skip_directive(at, end);
    if (at < stop && *at == '(') {
        const char *close = memchr(at, ')', (size_t)(stop - at));
        found.has_parameters = true;
        if (!close)
            return stop;
        found.parameters = cor_slice(at + 1, (size_t)(close - at - 1));
        at = close + 1;
    }
    found.target = cor_slice_trim(cor_slice(at, (size_t)(stop - at)));
    if (found.name.size)
        cor_parser_emit(parser, &found);
    return stop;
}

static void include(struct cor_parser *parser, const char *at, const char *stop)
{
    at = skip_blanks(at, stop);
    if (at >= stop)
        return;
    char close = *at == '<' ? '>' : '"';
    const char *end = at + 1 < stop ? memchr(at + 1, close, (size_t)(stop - at - 1)) : NULL;
    if ((*at != '<' && *at != '"') || !end)
        return;
    cor_parser_emit(parser, &(struct cor_found){.kind = COR_FOUND_INCLUDE,
                                                .name = cor_slice(at + 1, (size_t)(end - at - 1)),
                                                .at = at});
}

// #pragma weak new = old; #pragma redefine_extname old new
static void pragma(struct cor_parser *parser, const char *at, const char *stop)
{
    struct cor_slice what = take_word(&at, stop);
    struct cor_found found = {.linkage = COR_LINKAGE_WEAK};
    if (cor_slice_same(what, COR_SLICE("weak"))) {
        found.kind = COR_FOUND_ALIAS;
        found.name = take_word(&at, stop);
        at = skip_blanks(at, stop);
        if (at >= stop || *at != '=')
            return;
        at++;
    } else if (cor_slice_same(what, COR_SLICE("redefine_extname"))) {
        found.kind = COR_FOUND_LABEL;
        found.linkage = COR_LINKAGE_EXTERNAL;
        found.name = take_word(&at, stop);
    } else {
        return;
    }
    found.at = found.name.data;
    found.target = take_word(&at, stop);
    if (found.name.size && found.target.size)
        cor_parser_emit(parser, &found);
}

void cor_parser_directive(struct cor_parser *parser, const char *hash)
{
    const char *end = parser->lexer.end, *at = hash + 1;
    struct cor_slice word = take_word(&at, end);
    if (cor_slice_same(word, COR_SLICE("define"))) {
        parser->lexer.at = define(parser, at);
        return;
    }
    const char *stop = parser->lexer.at = cor_skip_directive(at, end);
    struct cor_slice rest = cor_slice(at, at < stop ? (size_t)(stop - at) : 0);
    if (cor_slice_same(word, COR_SLICE("if")))
        begin_if(parser, cor_condition_truth(rest), assembly_side(word, rest));
    else if (cor_slice_same(word, COR_SLICE("ifdef")) || cor_slice_same(word, COR_SLICE("ifndef")))
        begin_if(parser, COR_TRUTH_UNKNOWN, assembly_side(word, rest));
    else if (cor_slice_same(word, COR_SLICE("elif")))
        next_branch(parser, cor_condition_truth(rest), hash);
    else if (cor_slice_same(word, COR_SLICE("else")) || cor_slice_starts(word, COR_SLICE("elif")))
        next_branch(parser, COR_TRUTH_UNKNOWN, hash);
    else if (cor_slice_same(word, COR_SLICE("endif")))
        end_if(parser, hash);
    else if (cor_slice_starts(word, COR_SLICE("include")))
        include(parser, at, stop);
    else if (cor_slice_same(word, COR_SLICE("pragma")))
        pragma(parser, at, stop);
}
