// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Declarations and uses in C and C++.
#include <stdio.h>

#include "source/chars.h"
#include "source/evidence_reader.h"
#include "source/words.h"

const char *cor_reader_skip_blanks(const struct cor_reader *reader, const char *at)
{
    const char *end = reader->share->text.data + reader->share->text.size;
    while (at < end && (cor_is(*at, COR_CHAR_BLANK) || *at == '\n'))
        at++;
    return at;
}

const char *cor_reader_before(const struct cor_reader *reader, const char *at)
{
    const char *begin = reader->share->text.data;
    while (at > begin && (cor_is(at[-1], COR_CHAR_BLANK) || at[-1] == '\n'))
        at--;
    return at > begin ? at - 1 : NULL;
}

bool cor_reader_is_member(const struct cor_reader *reader, const char *at)
{
    const char *last = cor_reader_before(reader, at);
    return last && (*last == '.' || (*last == '>' && last[-1] == '-'));
}

bool cor_reader_is_prototype(const struct cor_reader *reader, const char *at)
{
    const char *last = cor_reader_before(reader, at), *begin = reader->share->text.data;
    if (!last || !cor_is_word(*last))
        return false;
    const char *word = last;
    while (word > begin && cor_is_word(word[-1]))
        word--;
    const char *line = word;
    while (line > begin && line[-1] != '\n')
        line--;
    if (*cor_reader_skip_blanks(reader, line) == '#')
        return false;
    enum cor_word class_ = cor_word_class(cor_slice(word, (size_t)(last - word + 1)));
    return class_ != COR_WORD_CONTROL && !cor_is(*word, COR_CHAR_DIGIT);
}

static enum cor_status take_word(struct cor_reader *reader, const struct cor_found *found)
{
    const struct cor_through *through;
    const struct cor_name *name = cor_reader_wanted(reader, found->name, &through);
    if (found->in_block) {
        enum cor_status status = cor_bodies_word(reader, found, name || through);
        if (status != COR_OK)
            return status;
    }
    if (!name && !through)
        return found->in_block && !found->in_string &&
                       *cor_reader_skip_blanks(reader, found->name.data + found->name.size) == '('
                   ? cor_pasted_word(reader, found)
                   : COR_OK;
    if (!found->in_block) {
        struct cor_waiting waiting = {found->name, found->at, found->active};
        return cor_array_add(&reader->waiting, waiting);
    }
    if (cor_reader_is_member(reader, found->at) && !found->in_string)
        return COR_OK;
    bool call = *cor_reader_skip_blanks(reader, found->name.data + found->name.size) == '(';
    if (call && !found->in_string && cor_reader_is_prototype(reader, found->at))
        return name ? cor_reader_declaration(reader, name, found->at, false) : COR_OK;
    struct cor_use use = {.kind =
                              call && !found->in_string ? COR_REFKIND_CALL : COR_REFKIND_ADDRESS,
                          .active = found->active};
    return cor_reader_uses(reader, name, through, found->at, use);
}

// The statement with the waiting words is over. `at` was declared by it; the other words are its
// parameters' when `drop`, else uses.
static enum cor_status settle(struct cor_reader *reader, const char *at, bool drop)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < reader->waiting.count && status == COR_OK; i++) {
        const struct cor_waiting *waiting = &reader->waiting.items[i];
        const struct cor_through *through;
        const struct cor_name *name = cor_reader_wanted(reader, waiting->word, &through);
        if (waiting->at == at || drop || cor_reader_is_member(reader, waiting->at))
            continue;
        struct cor_use use = {.kind = COR_REFKIND_ADDRESS, .active = waiting->active};
        status = cor_reader_uses(reader, name, through, waiting->at, use);
    }
    reader->waiting.count = 0;
    return status;
}

static enum cor_status take_declared(struct cor_reader *reader, const struct cor_found *found)
{
    const struct cor_through *through;
    const struct cor_name *name = cor_reader_wanted(reader, found->name, &through);
    bool function =
        found->kind == COR_FOUND_FUNCTION || (found->kind == COR_FOUND_DECLARATION && !found->data);
    enum cor_status status = COR_OK;
    if (name && found->kind == COR_FOUND_DECLARATION)
        status = cor_reader_declaration(reader, name, found->at, found->data);
    return status == COR_OK ? settle(reader, found->at, function) : status;
}

// "#define X(a) name(a)": a use in the macro's own text.
static enum cor_status take_define(struct cor_reader *reader, const struct cor_found *found)
{
    enum cor_status status = COR_OK;
    struct cor_slice body = found->target;
    for (size_t i = 0; i < body.size && status == COR_OK;) {
        if (!cor_is(body.data[i], COR_CHAR_LETTER)) {
            i++;
            continue;
        }
        size_t begin = i;
        while (i < body.size && cor_is_word(body.data[i]))
            i++;
        struct cor_slice word = cor_slice(body.data + begin, i - begin);
        const struct cor_through *through;
        const struct cor_name *name = cor_reader_wanted(reader, word, &through);
        if (!name || cor_reader_is_member(reader, word.data))
            continue;
        bool call = *cor_reader_skip_blanks(reader, word.data + word.size) == '(';
        struct cor_use use = {.name = name,
                              .kind = call ? COR_REFKIND_CALL : COR_REFKIND_ADDRESS,
                              .active = found->active};
        char place[160];
        snprintf(place, sizeof place, COR_MACRO_TEXT "%.*s",
                 (int)(found->name.size < 128 ? found->name.size : 128), found->name.data);
        use.through = place;
        struct cor_slice function = reader->parser.function;
        reader->parser.function = cor_slice("", 0);
        status = cor_reader_use(reader, &use, word.data);
        reader->parser.function = function;
    }
    return status;
}

static enum cor_status take(void *context, const struct cor_found *found)
{
    struct cor_reader *reader = context;
    if (reader->recogniser->options.count_outside) {
        enum cor_status status = found->kind == COR_FOUND_WORD ? cor_outside_word(reader, found)
                                 : found->kind == COR_FOUND_DEFINE
                                     ? cor_outside_define(reader, found)
                                     : COR_OK;
        if (status != COR_OK)
            return status;
    }
    switch (found->kind) {
    case COR_FOUND_WORD:
        return take_word(reader, found);
    case COR_FOUND_FUNCTION:
    case COR_FOUND_DATA:
    case COR_FOUND_DECLARATION:
    case COR_FOUND_ALIAS:
        return take_declared(reader, found);
    case COR_FOUND_DEFINE:
        return take_define(reader, found);
    case COR_FOUND_INVOCATION:
        return settle(reader, NULL, false);
    case COR_FOUND_BODY:
        return cor_bodies_end(reader, found);
    case COR_FOUND_LABEL:
    case COR_FOUND_ASSEMBLY:
    case COR_FOUND_INCLUDE:
    case COR_FOUND_REGION:
        break;
    }
    return COR_OK;
}

enum cor_status cor_evidence_c(struct cor_reader *reader)
{
    cor_parser_init(&reader->parser, &reader->share->text);
    reader->parser.emit = take;
    reader->parser.context = reader;
    reader->parser.words = true;
    reader->parser.cxx = reader->file->language == COR_LANGUAGE_CXX;
    reader->parser.header = reader->file->header;
    enum cor_status status = cor_parse(&reader->parser);
    reader->parser.function = cor_slice("", 0);
    if (status == COR_OK)
        status = settle(reader, NULL, false);
    if (status == COR_OK)
        status = cor_bodies_settle(reader);
    if (status == COR_OK)
        status = cor_outside_settle(reader);
    cor_parser_dispose(&reader->parser);
    cor_array_dispose(&reader->waiting);
    return status;
}
