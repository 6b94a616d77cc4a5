// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/evidence.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "source/chars.h"
#include "source/words.h"

void cor_evidence_free(struct cor_evidence *evidence)
{
    if (!evidence)
        return;
    for (unsigned i = 0; evidence->shares && i < evidence->share_count; i++) {
        struct cor_evidence_share *share = &evidence->shares[i];
        cor_arena_dispose(&share->arena);
        cor_array_dispose(&share->declarations);
        cor_array_dispose(&share->uses);
        cor_array_dispose(&share->excerpts);
        cor_text_dispose(&share->text);
    }
    pthread_mutex_destroy(&evidence->lock);
    cor_arena_dispose(&evidence->arena);
    cor_map_dispose(&evidence->through);
    cor_array_dispose(&evidence->definitions);
    cor_free(evidence->shares);
    cor_free(evidence);
}

struct cor_evidence *cor_evidence_new(unsigned share_count)
{
    struct cor_evidence *evidence = cor_alloc_zero(1, sizeof *evidence);
    if (!evidence)
        return NULL;
    pthread_mutex_init(&evidence->lock, NULL);
    evidence->shares = cor_alloc_zero(share_count, sizeof *evidence->shares);
    evidence->share_count = share_count;
    if (!evidence->shares) {
        cor_evidence_free(evidence);
        return NULL;
    }
    return evidence;
}

static enum cor_status prepare(struct cor_recogniser *recogniser, const struct cor_map *wanted)
{
    struct cor_evidence *evidence = recogniser->evidence;
    pthread_mutex_lock(&evidence->lock);
    if (!evidence->prepared) {
        evidence->prepared = true;
        evidence->wanted = wanted;
        evidence->prepare_status = cor_evidence_prepare(recogniser, evidence);
    }
    enum cor_status status = evidence->prepare_status;
    pthread_mutex_unlock(&evidence->lock);
    return status;
}

// A word on file scope, until it is known whether its statement declares it.
struct waiting {
    struct cor_slice word;
    const char *at;
    bool active;
};

struct reader {
    struct cor_recogniser *recogniser;
    struct cor_evidence *evidence;
    struct cor_evidence_share *share;
    struct cor_parser parser;
    const struct cor_census_file *file;
    COR_ARRAY(struct waiting) waiting;
};

static uint32_t line_of(struct reader *reader, const char *at)
{
    return cor_text_line(&reader->share->text, at);
}

static enum cor_status excerpt(struct reader *reader, uint32_t line)
{
    struct cor_evidence_share *share = reader->share;
    size_t count = share->excerpts.count;
    if (count && share->excerpts.items[count - 1].line == line &&
        share->excerpts.items[count - 1].file == reader->file->index)
        return COR_OK;
    struct cor_slice lines;
    struct cor_excerpt made = {.file = reader->file->index, .line = line};
    made.first_line = cor_text_around(&share->text, line, &lines);
    made.text = cor_arena_text(&share->arena, lines);
    return made.text ? cor_array_add(&share->excerpts, made) : COR_NOMEM;
}

static const struct cor_name *wanted_name(const struct reader *reader, struct cor_slice word,
                                          const struct cor_through **ret_through)
{
    *ret_through = NULL;
    uint64_t value;
    if (!cor_evidence_sieve(reader->evidence, word))
        return NULL;
    const struct cor_name *name = cor_names_find(reader->recogniser->options.names, word);
    if (!name)
        return NULL;
    if (cor_map_get(reader->evidence->wanted, name, &value))
        return name;
    if (cor_map_get(&reader->evidence->through, name, &value))
        *ret_through = (const struct cor_through *)(uintptr_t)value;
    return NULL;
}

static enum cor_status add_use(struct reader *reader, const struct cor_use *what, const char *at)
{
    struct cor_use use = *what;
    struct cor_evidence_share *share = reader->share;
    use.file = reader->file->index;
    use.line = line_of(reader, at);
    if (reader->parser.function.size) {
        use.function = cor_arena_text(&share->arena, reader->parser.function);
        if (!use.function)
            return COR_NOMEM;
    }
    if (use.through) {
        use.through = cor_arena_text(&share->arena, cor_slice_text(use.through));
        if (!use.through)
            return COR_NOMEM;
    }
    enum cor_status status = cor_array_add(&share->uses, use);
    return status == COR_OK ? excerpt(reader, use.line) : status;
}

static enum cor_status add_uses(struct reader *reader, const struct cor_name *name,
                                const struct cor_through *through, const char *at,
                                struct cor_use use)
{
    use.name = name;
    if (name)
        return add_use(reader, &use, at);
    enum cor_status status = COR_OK;
    for (; through && status == COR_OK; through = through->next) {
        use.name = through->wanted;
        use.through = through->place;
        status = add_use(reader, &use, at);
    }
    return status;
}

static enum cor_status add_declaration(struct reader *reader, const struct cor_name *name,
                                       const char *at, bool data)
{
    struct cor_declaration declaration = {
        .name = name, .file = reader->file->index, .line = line_of(reader, at), .data = data};
    enum cor_status status = cor_array_add(&reader->share->declarations, declaration);
    return status == COR_OK ? excerpt(reader, declaration.line) : status;
}

static const char *skip_blanks(const struct reader *reader, const char *at)
{
    const char *end = reader->share->text.data + reader->share->text.size;
    while (at < end && (cor_is(*at, COR_CHAR_BLANK) || *at == '\n'))
        at++;
    return at;
}

static const char *before(const struct reader *reader, const char *at)
{
    const char *begin = reader->share->text.data;
    while (at > begin && (cor_is(at[-1], COR_CHAR_BLANK) || at[-1] == '\n'))
        at--;
    return at > begin ? at - 1 : NULL;
}

static bool is_member(const struct reader *reader, const char *at)
{
    const char *last = before(reader, at);
    return last && (*last == '.' || (*last == '>' && last[-1] == '-'));
}

// Within a body: "extern int name(int);".
static bool is_local_prototype(const struct reader *reader, const char *at)
{
    const char *last = before(reader, at), *begin = reader->share->text.data;
    if (!last || !cor_is_word(*last))
        return false;
    const char *word = last;
    while (word > begin && cor_is_word(word[-1]))
        word--;
    const char *line = word;
    while (line > begin && line[-1] != '\n')
        line--;
    if (*skip_blanks(reader, line) == '#')
        return false;
    enum cor_word class_ = cor_word_class(cor_slice(word, (size_t)(last - word + 1)));
    return class_ != COR_WORD_CONTROL && !cor_is(*word, COR_CHAR_DIGIT);
}

static enum cor_status take_word(struct reader *reader, const struct cor_found *found)
{
    const struct cor_through *through;
    const struct cor_name *name = wanted_name(reader, found->name, &through);
    if (!name && !through)
        return COR_OK;
    if (!found->in_block) {
        struct waiting waiting = {found->name, found->at, found->active};
        return cor_array_add(&reader->waiting, waiting);
    }
    if (is_member(reader, found->at) && !found->in_string)
        return COR_OK;
    bool call = *skip_blanks(reader, found->name.data + found->name.size) == '(';
    if (call && !found->in_string && is_local_prototype(reader, found->at))
        return name ? add_declaration(reader, name, found->at, false) : COR_OK;
    struct cor_use use = {.kind =
                              call && !found->in_string ? COR_REFKIND_CALL : COR_REFKIND_ADDRESS,
                          .active = found->active};
    return add_uses(reader, name, through, found->at, use);
}

// The statement with the waiting words is over. `at` was declared by it; the other words are its
// parameters' when `drop`, else uses.
static enum cor_status settle(struct reader *reader, const char *at, bool drop)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < reader->waiting.count && status == COR_OK; i++) {
        const struct waiting *waiting = &reader->waiting.items[i];
        const struct cor_through *through;
        const struct cor_name *name = wanted_name(reader, waiting->word, &through);
        if (waiting->at == at || drop || is_member(reader, waiting->at))
            continue;
        struct cor_use use = {.kind = COR_REFKIND_ADDRESS, .active = waiting->active};
        status = add_uses(reader, name, through, waiting->at, use);
    }
    reader->waiting.count = 0;
    return status;
}

static enum cor_status take_declared(struct reader *reader, const struct cor_found *found)
{
    const struct cor_through *through;
    const struct cor_name *name = wanted_name(reader, found->name, &through);
    bool function =
        found->kind == COR_FOUND_FUNCTION || (found->kind == COR_FOUND_DECLARATION && !found->data);
    enum cor_status status = COR_OK;
    if (name && found->kind == COR_FOUND_DECLARATION)
        status = add_declaration(reader, name, found->at, found->data);
    return status == COR_OK ? settle(reader, found->at, function) : status;
}

// "#define X(a) name(a)": a use in the macro's own text.
static enum cor_status take_define(struct reader *reader, const struct cor_found *found)
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
        const struct cor_name *name = wanted_name(reader, word, &through);
        if (!name || is_member(reader, word.data))
            continue;
        bool call = *skip_blanks(reader, word.data + word.size) == '(';
        struct cor_use use = {.name = name,
                              .kind = call ? COR_REFKIND_CALL : COR_REFKIND_ADDRESS,
                              .active = found->active};
        char place[160];
        snprintf(place, sizeof place, "macro %.*s",
                 (int)(found->name.size < 128 ? found->name.size : 128), found->name.data);
        use.through = place;
        struct cor_slice function = reader->parser.function;
        reader->parser.function = cor_slice("", 0);
        status = add_use(reader, &use, word.data);
        reader->parser.function = function;
    }
    return status;
}

static enum cor_status take(void *context, const struct cor_found *found)
{
    struct reader *reader = context;
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
    case COR_FOUND_LABEL:
    case COR_FOUND_ASSEMBLY:
    case COR_FOUND_INCLUDE:
    case COR_FOUND_REGION:
        break;
    }
    return COR_OK;
}

static enum cor_status read_c(struct reader *reader)
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
    cor_parser_dispose(&reader->parser);
    cor_array_dispose(&reader->waiting);
    return status;
}

static bool is_call_instruction(struct cor_slice word)
{
    static const char *const words[] = {"call", "callq", "jmp", "bl",    "b", "blx",
                                        "jal",  "jsr",   "bsr", "brasl", "la"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (cor_slice_same(word, cor_slice_text(words[i])))
            return true;
    return false;
}

// In assembly every word that is no label and no .globl is a use.
static enum cor_status read_assembly(struct reader *reader)
{
    struct cor_lexer lexer;
    struct cor_token token, last = {0};
    enum cor_status status = COR_OK;
    bool directive = false;
    cor_lexer_init(&lexer, reader->share->text.data, reader->share->text.size);
    lexer.directives = false;
    while (status == COR_OK) {
        cor_lex(&lexer, &token);
        if (token.kind == COR_TOKEN_END)
            break;
        if (token.flags & COR_TOKEN_FIRST)
            directive = token.mark == '.' || token.mark == '#';
        const struct cor_through *through = NULL;
        const struct cor_name *name = token.kind == COR_TOKEN_WORD && !directive
                                          ? wanted_name(reader, cor_token_slice(&token), &through)
                                          : NULL;
        if (name && *lexer.at != ':') {
            struct cor_use use = {.name = name, .kind = COR_REFKIND_ADDRESS, .active = true};
            if (last.kind == COR_TOKEN_WORD && is_call_instruction(cor_token_slice(&last)))
                use.kind = COR_REFKIND_CALL;
            status = add_use(reader, &use, token.text);
        }
        last = token;
    }
    return status;
}

static const struct cor_census_file *find_file(const struct cor_recogniser *recogniser,
                                               const struct cor_source_text *text)
{
    size_t low = 0, high = recogniser->files.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cor_census_file *file = recogniser->files.items[middle];
        int order = file->input != text->input ? (file->input < text->input ? -1 : 1)
                                               : strcmp(file->path, text->path);
        if (order == 0)
            return file;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static enum cor_status definition_excerpts(struct reader *reader)
{
    const struct cor_evidence *evidence = reader->evidence;
    size_t low = 0, high = evidence->definitions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (evidence->definitions.items[middle].file->index < reader->file->index)
            low = middle + 1;
        else
            high = middle;
    }
    enum cor_status status = COR_OK;
    for (; low < evidence->definitions.count && status == COR_OK; low++) {
        if (evidence->definitions.items[low].file != reader->file)
            break;
        status = excerpt(reader, evidence->definitions.items[low].line);
    }
    return status;
}

enum cor_status cor_recogniser_evidence(struct cor_recogniser *recogniser,
                                        const struct cor_map *wanted,
                                        const struct cor_source_text *text, unsigned worker)
{
    if (!recogniser->evidence || worker >= recogniser->options.worker_count)
        return COR_USAGE;
    enum cor_status status = prepare(recogniser, wanted);
    if (status != COR_OK)
        return status;
    struct reader reader = {.recogniser = recogniser,
                            .evidence = recogniser->evidence,
                            .share = &recogniser->evidence->shares[worker]};
    reader.file = find_file(recogniser, text);
    if (!reader.file)
        return COR_NOT_FOUND;
    status = cor_text_set(&reader.share->text, text->bytes, text->size);
    if (status == COR_OK)
        status = definition_excerpts(&reader);
    if (status != COR_OK)
        return status;
    if (reader.file->language == COR_LANGUAGE_C || reader.file->language == COR_LANGUAGE_CXX)
        return read_c(&reader);
    return reader.file->language == COR_LANGUAGE_ASSEMBLY ? read_assembly(&reader) : COR_OK;
}

// --- results ----------------------------------------------------------------------------------

static int text_order(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

static int number_order(uint64_t a, uint64_t b)
{
    return a == b ? 0 : a < b ? -1 : 1;
}

static int declaration_order(const void *a, const void *b)
{
    const struct cor_declaration *x = a, *y = b;
    int order = cor_name_order(x->name, y->name);
    if (!order)
        order = number_order(x->file, y->file);
    if (!order)
        order = number_order(x->line, y->line);
    return order ? order : x->data - y->data;
}

static int use_order(const void *a, const void *b)
{
    const struct cor_use *x = a, *y = b;
    int order = cor_name_order(x->name, y->name);
    if (!order)
        order = number_order(x->file, y->file);
    if (!order)
        order = number_order(x->line, y->line);
    if (!order)
        order = number_order(x->kind, y->kind);
    if (!order)
        order = text_order(x->through, y->through);
    if (!order)
        order = text_order(x->function, y->function);
    return order ? order : y->active - x->active;
}

static int excerpt_order(const void *a, const void *b)
{
    const struct cor_excerpt *x = a, *y = b;
    int order = number_order(x->file, y->file);
    return order ? order : number_order(x->line, y->line);
}

#define SORT_UNIQUE(array, order)                                                                  \
    do {                                                                                           \
        size_t kept = 0;                                                                           \
        if ((array).count)                                                                         \
            qsort((array).items, (array).count, sizeof *(array).items, (order));                   \
        for (size_t i = 0; i < (array).count; i++)                                                 \
            if (!kept || (order)(&(array).items[kept - 1], &(array).items[i]) != 0)                \
                (array).items[kept++] = (array).items[i];                                          \
        (array).count = kept;                                                                      \
    } while (0)

#define MOVE_ALL(to, from)                                                                         \
    do {                                                                                           \
        if (cor_array_reserve(&(to), (from).count) != COR_OK)                                      \
            return COR_NOMEM;                                                                      \
        for (size_t i = 0; i < (from).count; i++)                                                  \
            (to).items[(to).count++] = (from).items[i];                                            \
        (from).count = 0;                                                                          \
    } while (0)

enum cor_status cor_recogniser_evidence_finish(struct cor_recogniser *recogniser,
                                               struct cor_source_facts *facts)
{
    struct cor_evidence *evidence = recogniser->evidence;
    if (!evidence)
        return COR_USAGE;
    for (unsigned w = 0; w < evidence->share_count; w++) {
        struct cor_evidence_share *share = &evidence->shares[w];
        MOVE_ALL(facts->declarations, share->declarations);
        MOVE_ALL(facts->uses, share->uses);
        MOVE_ALL(facts->excerpts, share->excerpts);
        cor_arena_adopt(&facts->arena, &share->arena);
    }
    SORT_UNIQUE(facts->declarations, declaration_order);
    SORT_UNIQUE(facts->uses, use_order);
    SORT_UNIQUE(facts->excerpts, excerpt_order);
    return COR_OK;
}
