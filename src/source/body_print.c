// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/body_print.h"

#include "base/alloc.h"
#include "base/names.h"
#include "source/chars.h"
#include "source/lexer.h"
#include "source/words.h"

enum { LEAST_BITS = 1 << 12, MOST_BITS = 1 << 24, BITS_PER_NAME = 16, SHORT = 12 };

static uint32_t second(uint32_t hash)
{
    return (hash >> 13 | hash << 19) * 0x9e3779b1u;
}

static void add_bit(struct cor_name_sieve *sieve, uint32_t hash)
{
    hash &= sieve->mask;
    sieve->words[hash / 64] |= (uint64_t)1 << hash % 64;
}

static bool has_bit(const struct cor_name_sieve *sieve, uint32_t hash)
{
    hash &= sieve->mask;
    return sieve->words[hash / 64] >> hash % 64 & 1;
}

static bool in_sieve(const struct cor_name_sieve *sieve, uint32_t hash)
{
    return has_bit(sieve, hash >> 1) && has_bit(sieve, second(hash));
}

enum cor_status cor_name_sieve_fill(struct cor_name_sieve *sieve, const struct cor_map *interest)
{
    uint32_t bits = LEAST_BITS;
    while (bits < MOST_BITS && bits / BITS_PER_NAME < interest->count)
        bits *= 2;
    sieve->words = cor_alloc_zero(bits / 64, sizeof *sieve->words);
    if (!sieve->words)
        return COR_NOMEM;
    sieve->mask = bits - 1;
    for (size_t i = 0; i < interest->slot_count; i++) {
        const struct cor_name *name = interest->slots[i].key;
        if (!name)
            continue;
        uint32_t hash = cor_print_name(cor_name_slice(name));
        add_bit(sieve, hash >> 1);
        add_bit(sieve, second(hash));
    }
    return COR_OK;
}

void cor_name_sieve_dispose(struct cor_name_sieve *sieve)
{
    cor_free(sieve->words);
    *sieve = (struct cor_name_sieve){0};
}

void cor_body_words_dispose(struct cor_body_words *words)
{
    cor_array_dispose(&words->list);
    cor_array_dispose(&words->calls);
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && (cor_is(*at, COR_CHAR_BLANK) || *at == '\n' ||
                        (*at == '\\' && at + 1 < end && at[1] == '\n')))
        at++;
    return at;
}

static const char *read_string(struct cor_body_words *words, const char *at, const char *end,
                               enum cor_status *status)
{
    const char *behind = cor_skip_quoted(at, end);
    *status = cor_print_add_words(&words->list, cor_slice(at, (size_t)(behind - at)));
    return behind;
}

static bool is_statement_word(struct cor_slice word)
{
    return cor_word_class(word) != COR_WORD_PLAIN;
}

static const char *read_word(struct cor_body_words *words, const struct cor_name_sieve *sieve,
                             const char *at, const char *end, enum cor_status *status)
{
    const char *begin = at;
    while (at < end && cor_is_word(*at))
        at++;
    struct cor_slice word = cor_slice(begin, (size_t)(at - begin));
    uint32_t hash = cor_print_name(word);
    if (in_sieve(sieve, hash) && !cor_print_leaves_out(word))
        *status = cor_array_add(&words->list, hash);
    // In a short body every name counts: it may be a macro.
    const char *next = skip_space(at, end);
    bool called = (next < end && *next == '(') || words->size < SHORT;
    if (*status == COR_OK && called && !is_statement_word(word))
        *status = cor_array_add(&words->calls, hash);
    return at;
}

static const char *skip_slash(const char *at, const char *end)
{
    if (at + 1 < end && at[1] == '*')
        return cor_skip_block_comment(at, end);
    return at + 1 < end && at[1] == '/' ? cor_skip_line(at, end) : at + 1;
}

static const char *skip_number(const char *at, const char *end)
{
    while (at < end && (cor_is_word(*at) || *at == '.'))
        at++;
    return at;
}

enum cor_status cor_body_words_add(struct cor_body_words *words, const struct cor_name_sieve *sieve,
                                   struct cor_slice text)
{
    const char *at = text.data, *end = text.data + text.size;
    enum cor_status status = COR_OK;
    while (at < end && status == COR_OK) {
        if (cor_is(*at, COR_CHAR_BLANK) || *at == '\n') {
            at++;
            continue;
        }
        if (*at == '/') {
            at = skip_slash(at, end);
            continue;
        }
        words->size++;
        if (cor_is(*at, COR_CHAR_LETTER))
            at = read_word(words, sieve, at, end, &status);
        else if (cor_is(*at, COR_CHAR_DIGIT))
            at = skip_number(at, end);
        else if (*at == '\'')
            at = cor_skip_quoted(at, end);
        else if (*at == '"')
            at = read_string(words, at, end, &status);
        else
            at++;
    }
    return status;
}
