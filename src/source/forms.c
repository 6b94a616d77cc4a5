// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/forms.h"

#include "source/chars.h"
#include "source/words.h"

enum { FIRST_ID = 0x80, TEXT_LIMIT = 1 << 16 };

void cor_forms_init(struct cor_forms *forms)
{
    *forms = (struct cor_forms){0};
    cor_map_init(&forms->by_text);
    cor_arena_init(&forms->arena);
    cor_buffer_init(&forms->text, TEXT_LIMIT * 2);
    cor_buffer_init(&forms->filled, (size_t)1 << 20);
}

void cor_forms_dispose(struct cor_forms *forms)
{
    cor_names_free(forms->texts);
    cor_map_dispose(&forms->by_text);
    cor_arena_dispose(&forms->arena);
    cor_array_dispose(&forms->recorder.events);
    cor_array_dispose(&forms->recorder.macros);
    cor_array_dispose(&forms->recorder.pasted);
    cor_buffer_dispose(&forms->text);
    cor_buffer_dispose(&forms->filled);
}

// --- recording --------------------------------------------------------------------------------

enum cor_status cor_form_record(struct cor_form_recorder *recorder, struct cor_slice name,
                                uint32_t line, const struct cor_kept *what)
{
    struct cor_form_event event = {.what = *what};
    event.through_macro = what->through && what->through == recorder->invocation->name.data;
    if (what->through && !event.through_macro)
        event.through = cor_slice_text(what->through);
    recorder->spoiled |= line != recorder->invocation->line;
    for (size_t i = 0; i < recorder->events.count; i++) {
        const struct cor_form_event *known = &recorder->events.items[i];
        if (cor_slice_same(known->name, name) && cor_slice_same(known->through, event.through) &&
            known->through_macro == event.through_macro && known->what.how == what->how &&
            known->what.linkage == what->linkage && known->what.data == what->data &&
            known->what.active == what->active)
            return COR_OK;
    }
    const char *text = cor_arena_text(recorder->arena, name);
    if (event.through.size)
        event.through.data = cor_arena_text(recorder->arena, event.through);
    if (!text || (event.through.size && !event.through.data))
        return COR_NOMEM;
    event.name = cor_slice(text, name.size);
    return cor_array_add(&recorder->events, event);
}

enum cor_status cor_form_note_pasted(struct cor_form_recorder *recorder, struct cor_slice word)
{
    for (size_t i = 0; i < recorder->pasted.count; i++)
        if (cor_slice_same(recorder->pasted.items[i], word))
            return COR_OK;
    const char *text = cor_arena_text(recorder->arena, word);
    return text ? cor_array_add(&recorder->pasted, cor_slice(text, word.size)) : COR_NOMEM;
}

enum cor_status cor_form_note_macro(struct cor_form_recorder *recorder, struct cor_macro *first,
                                    const struct cor_alternatives *alternatives)
{
    for (size_t i = 0; i < recorder->macros.count; i++)
        if (recorder->macros.items[i].first == first)
            return COR_OK;
    size_t size =
        offsetof(struct cor_alternatives, items) + alternatives->count * sizeof(struct cor_macro *);
    const struct cor_alternatives *copy = cor_arena_copy(recorder->arena, alternatives, size);
    return copy ? cor_array_add(&recorder->macros, (struct cor_form_macro){first, copy})
                : COR_NOMEM;
}

// --- texts ------------------------------------------------------------------------------------

// Words that the parser looks at stay: capitals, keywords, names of the implementation.
static bool may_be_marked(const struct cor_token *token)
{
    static const char *const special[] = {"operator", "friend",  "alias",    "ifunc",     "class",
                                          "weak",     "public",  "private",  "protected", "signals",
                                          "global",   "cglobal", "cvisible", "main"};
    bool small = false;
    if (token->kind != COR_TOKEN_WORD || token->macro != COR_MACRO_NONE || token->text[0] == '_')
        return false;
    for (uint32_t i = 0; i < token->size; i++)
        small |= token->text[i] >= 'a' && token->text[i] <= 'z';
    for (size_t i = 0; small && i < sizeof special / sizeof *special; i++)
        small = !cor_token_is(token, special[i]);
    return small && cor_word_class(cor_token_slice(token)) == COR_WORD_PLAIN;
}

static enum cor_status put_mark(struct cor_forms *forms, struct cor_form_words *words,
                                struct cor_slice word, bool *ret_possible)
{
    unsigned number = 0;
    while (number < words->count && !cor_slice_same(words->items[number], word))
        number++;
    if (number == sizeof words->items / sizeof *words->items) {
        *ret_possible = false;
        return COR_OK;
    }
    if (number == words->count)
        words->items[words->count++] = word;
    char mark[COR_FORM_MARK_SIZE] = {(char)COR_FORM_MARK, (char)(FIRST_ID + number), 'a'};
    return cor_buffer_append(&forms->text, mark, sizeof mark);
}

enum cor_status cor_form_text(struct cor_forms *forms, const struct cor_macro_scope *scope,
                              const struct cor_invocation *invocation, struct cor_form_words *words,
                              bool *ret_possible)
{
    struct cor_lexer lexer;
    struct cor_slice text = invocation->text;
    enum cor_status status = COR_OK;
    const char *copied = text.data;
    words->count = 0;
    forms->text.size = 0;
    *ret_possible = text.size < TEXT_LIMIT && !cor_form_is_marked(text);
    cor_lexer_init(&lexer, text.data, text.size);
    lexer.directives = false;
    for (bool first = true; status == COR_OK && *ret_possible; first = false) {
        struct cor_token token;
        cor_lex(&lexer, &token);
        if (token.kind == COR_TOKEN_END)
            break;
        if (token.kind == COR_TOKEN_WORD)
            token.macro = cor_macro_in_scope(scope, cor_token_slice(&token));
        if (first || !may_be_marked(&token))
            continue;
        status = cor_buffer_append(&forms->text, copied, (size_t)(token.text - copied));
        if (status == COR_OK)
            status = put_mark(forms, words, cor_token_slice(&token), ret_possible);
        copied = token.text + token.size;
    }
    if (status == COR_OK)
        status = cor_buffer_append(&forms->text, copied, (size_t)(text.data + text.size - copied));
    return status;
}

struct cor_slice cor_form_fill(struct cor_forms *forms, struct cor_slice text,
                               const struct cor_form_words *words)
{
    enum cor_status status = COR_OK;
    forms->filled.size = 0;
    for (size_t i = 0; i < text.size && status == COR_OK;) {
        const char *mark = memchr(text.data + i, COR_FORM_MARK, text.size - i);
        size_t plain = mark ? (size_t)(mark - text.data) - i : text.size - i;
        status = cor_buffer_append(&forms->filled, text.data + i, plain);
        i += plain;
        if (!mark || status != COR_OK)
            break;
        unsigned number = (unsigned char)mark[1] - FIRST_ID;
        if (number < words->count)
            status = cor_buffer_append(&forms->filled, words->items[number].data,
                                       words->items[number].size);
        i += COR_FORM_MARK_SIZE;
    }
    return status == COR_OK ? cor_buffer_slice(&forms->filled) : cor_slice(NULL, 0);
}
