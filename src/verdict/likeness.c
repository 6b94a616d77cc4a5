// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/likeness.h"

#include "base/alloc.h"

enum {
    SLOTS = 1 << 20,
    ALWAYS_TELLING = 8,
    TELLING_SHARE = 200, // of all functions
    CHASED_MAX = 64,
    WORDS_MAX = 512,
    FEW_TOKENS = 8,
    CODE_LEAST = 96 // bytes: a body of few tokens without names becomes less
};

static uint32_t *slot(const struct cor_usage *usage, uint32_t hash)
{
    return &usage->counts[(hash ^ hash >> 20) % SLOTS];
}

enum cor_status cor_usage_build(const struct cor_product *product, struct cor_usage *usage)
{
    uint32_t functions = 0;
    usage->counts = cor_alloc_zero(SLOTS, sizeof *usage->counts);
    if (!usage->counts)
        return COR_NOMEM;
    for (size_t i = 0; i < product->components.count; i++) {
        const struct cor_component *component = product->components.items[i];
        for (size_t k = 0; k < component->defined.count; k++) {
            const struct cor_print *print = component->defined.items[k].print;
            for (uint32_t n = 0; print && n < print->count; n++)
                ++*slot(usage, print->hashes[n]);
            functions += print != NULL;
        }
    }
    usage->limit = functions / TELLING_SHARE;
    if (usage->limit < ALWAYS_TELLING)
        usage->limit = ALWAYS_TELLING;
    return COR_OK;
}

void cor_usage_dispose(struct cor_usage *usage)
{
    cor_free(usage->counts);
    usage->counts = NULL;
}

static const struct cor_print *helpers_of(const struct cor_source_facts *source,
                                          const struct cor_definition *definition)
{
    return source->files.items[definition->file].helpers;
}

static bool is_near(const struct cor_source_facts *source, const struct cor_definition *definition,
                    uint32_t hash)
{
    const struct cor_print *helpers = helpers_of(source, definition);
    return cor_print_has(definition->print, hash) || (helpers && cor_print_has(helpers, hash));
}

// Uses that are looked for in what the body calls.
struct chase {
    const struct cor_source_facts *source;
    uint32_t left[CHASED_MAX];
    unsigned count;
    uint32_t seen[WORDS_MAX];
    unsigned words;
    unsigned unknown; // words that the release does not explain
};

static void strike(struct chase *chase, const struct cor_print *print)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < chase->count; i++)
        if (!cor_print_has(print, chase->left[i]))
            chase->left[kept++] = chase->left[i];
    chase->count = kept;
}

static void add_calls(struct chase *chase, const struct cor_print *print)
{
    for (uint32_t i = 0; i < print->calls && chase->words < WORDS_MAX; i++) {
        uint32_t word = print->hashes[print->count + i];
        bool known = false;
        for (unsigned k = 0; k < chase->words && !known; k++)
            known = chase->seen[k] == word;
        if (!known)
            chase->seen[chase->words++] = word;
    }
}

static size_t first_of(const struct cor_source_facts *source, uint32_t word)
{
    size_t low = 0, high = source->words.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->words.items[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Follows macros and inline functions until everything is found or there is nothing more.
static void follow(struct chase *chase, const struct cor_print *body,
                   const struct cor_print *helpers)
{
    const struct cor_source_facts *source = chase->source;
    add_calls(chase, body);
    unsigned own = chase->words;
    if (helpers)
        add_calls(chase, helpers);
    for (unsigned i = 0; i < chase->words && chase->count; i++) {
        uint32_t word = chase->seen[i];
        size_t first = first_of(source, word), at = first;
        for (; at < source->words.count && source->words.items[at].word == word; at++) {
            strike(chase, source->words.items[at].print);
            add_calls(chase, source->words.items[at].print);
        }
        bool here = cor_print_has(body, word) || (helpers && cor_print_has_call(helpers, word));
        chase->unknown += i < own && at == first && !here;
    }
}

struct cor_likeness cor_liken(const struct cor_source_facts *source, const struct cor_usage *usage,
                              const struct cor_print *needed, const struct cor_symbol *symbol,
                              const struct cor_definition *definition)
{
    const struct cor_print *code = symbol->print, *body = definition->print;
    struct cor_likeness likeness = {.known = code && body};
    struct chase chase = {.source = source};
    if (!likeness.known)
        return likeness;
    likeness.body_calls = body->calls;
    likeness.tokens = body->size;
    likeness.code = code->size;
    for (uint32_t i = 0; i < code->count; i++) {
        if (*slot(usage, code->hashes[i]) > usage->limit)
            continue;
        likeness.uses++;
        if (!is_near(source, definition, code->hashes[i]) && chase.count < CHASED_MAX)
            chase.left[chase.count++] = code->hashes[i];
    }
    follow(&chase, body, helpers_of(source, definition));
    likeness.open = chase.unknown;
    likeness.near = likeness.uses - chase.count;
    for (unsigned i = 0; i < chase.count; i++)
        likeness.strange += !cor_print_is_text(chase.left[i]);
    for (uint32_t i = 0; i < body->count; i++) {
        if (cor_print_is_text(body->hashes[i]))
            continue;
        likeness.body_names++;
        if (!needed || !cor_print_has(needed, body->hashes[i]))
            continue;
        likeness.calls++;
        likeness.met += cor_print_has(code, body->hashes[i]);
    }
    return likeness;
}

bool cor_likeness_tells(const struct cor_likeness *likeness)
{
    return likeness->known && (likeness->uses >= 2 || likeness->calls >= 2);
}

bool cor_is_unlike(const struct cor_likeness *likeness)
{
    if (!cor_likeness_tells(likeness))
        return false;
    if (likeness->uses >= 2)
        return likeness->near * 2 < likeness->uses;
    return likeness->met == 0 && likeness->near == 0;
}

// What the code uses can come neither from the body nor from what it calls; or the body calls what
// the code never does.
static bool is_unexplained(const struct cor_likeness *likeness)
{
    return likeness->strange > likeness->open || (likeness->calls >= 2 && likeness->met == 0);
}

bool cor_is_foreign(const struct cor_likeness *likeness)
{
    return cor_is_unlike(likeness) && is_unexplained(likeness);
}

bool cor_is_hopeless(const struct cor_likeness *likeness)
{
    return likeness->uses >= 4 && likeness->near * 4 < likeness->uses && is_unexplained(likeness);
}

bool cor_is_impossible(const struct cor_likeness *likeness)
{
    if (!likeness->known || likeness->body_calls || likeness->body_names || !likeness->code ||
        likeness->tokens > FEW_TOKENS)
        return false;
    return likeness->strange || likeness->code > CODE_LEAST;
}

unsigned cor_likeness_score(const struct cor_likeness *likeness)
{
    if (!likeness->known || !likeness->uses)
        return 500;
    return 1000 * likeness->near / likeness->uses;
}
