// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/macros.h"

#include "base/alloc.h"
#include "source/chars.h"
#include "source/known_macros.h"
#include "source/words.h"

enum { FIRST_SLOTS = 1 << 12, FAR_LIMIT = 32 };

void cor_macro_table_dispose(struct cor_macro_table *table)
{
    cor_free(table->slots);
    *table = (struct cor_macro_table){0};
}

static struct cor_macro **slot_of(struct cor_macro **slots, size_t count, uint32_t hash,
                                  struct cor_slice name)
{
    for (size_t i = hash & (count - 1);; i = (i + 1) & (count - 1))
        if (!slots[i] || (slots[i]->hash == hash && cor_slice_same(slots[i]->name, name)))
            return &slots[i];
}

static enum cor_status grow(struct cor_macro_table *table)
{
    size_t count = table->slot_count ? table->slot_count * 2 : FIRST_SLOTS;
    struct cor_macro **slots = cor_alloc_zero(count, sizeof *slots);
    if (!slots)
        return COR_NOMEM;
    for (size_t i = 0; i < table->slot_count; i++)
        if (table->slots[i])
            *slot_of(slots, count, table->slots[i]->hash, table->slots[i]->name) = table->slots[i];
    cor_free(table->slots);
    table->slots = slots;
    table->slot_count = count;
    return COR_OK;
}

enum cor_status cor_macro_table_add(struct cor_macro_table *table, struct cor_macro *macro)
{
    if (table->count * 2 >= table->slot_count && grow(table) != COR_OK)
        return COR_NOMEM;
    struct cor_macro **slot = slot_of(table->slots, table->slot_count, macro->hash, macro->name);
    table->count += !*slot;
    macro->next = *slot;
    *slot = macro;
    return COR_OK;
}

// The slot of a macro of that name, or the slot count.
static size_t find_slot(const struct cor_macro_table *table, uint32_t hash, struct cor_slice name)
{
    if (!table->slot_count)
        return 0;
    struct cor_macro **slot = slot_of(table->slots, table->slot_count, hash, name);
    return *slot ? (size_t)(slot - table->slots) : table->slot_count;
}

struct cor_macro *cor_macro_find(const struct cor_macro_table *table, struct cor_slice name)
{
    size_t slot = find_slot(table, cor_hash_text(name), name);
    return slot < table->slot_count ? table->slots[slot] : NULL;
}

struct cor_macro *cor_macro_of_scope(const struct cor_macro_scope *scope, struct cor_slice name)
{
    struct cor_macro *macro = cor_macro_find(&scope->own, name);
    return macro ? macro : cor_macro_find(&scope->known, name);
}

uint32_t cor_macro_in_scope(const struct cor_macro_scope *scope, struct cor_slice name)
{
    uint32_t hash = cor_hash_text(name);
    size_t number = find_slot(&scope->own, hash, name);
    if (number == scope->own.slot_count) {
        size_t slot = find_slot(&scope->known, hash, name);
        if (slot == scope->known.slot_count)
            return COR_MACRO_NONE;
        number += slot;
    }
    if (cor_word_class(name) != COR_WORD_PLAIN || cor_macro_is_opaque(name))
        return COR_MACRO_NONE;
    return number < UINT32_MAX - 2 ? (uint32_t)number + 2 : COR_MACRO_NONE;
}

static enum cor_status add_known(struct cor_macro_table *table, const struct cor_known_macro *row,
                                 const struct cor_census_file *file, struct cor_arena *arena)
{
    struct cor_slice name = cor_slice_text(row->name);
    struct cor_macro *macro = cor_arena_alloc(arena, 1, sizeof *macro);
    if (!macro)
        return COR_NOMEM;
    memset(macro, 0, sizeof *macro);
    macro->name = name;
    macro->parameters = cor_slice_text(row->parameters);
    macro->body = cor_slice_text(row->body);
    macro->hash = cor_hash_text(name);
    macro->file = file;
    macro->function_like = true;
    macro->shape = cor_macro_shape(macro);
    return cor_macro_table_add(table, macro);
}

enum cor_status cor_macro_table_add_known(struct cor_macro_table *table, struct cor_arena *arena)
{
    struct cor_census_file *nowhere = cor_arena_alloc(arena, 1, sizeof *nowhere);
    if (!nowhere)
        return COR_NOMEM;
    *nowhere = (struct cor_census_file){.path = "", .base = COR_SLICE(""), .header = true};
    size_t count;
    const struct cor_known_macro *rows = cor_known_macros(&count);
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < count && status == COR_OK; i++)
        status = add_known(table, &rows[i], nowhere, arena);
    return status;
}

bool cor_path_ends_so(struct cor_slice path, struct cor_slice spelled)
{
    while (cor_slice_starts(spelled, COR_SLICE("../")) ||
           cor_slice_starts(spelled, COR_SLICE("./"))) {
        size_t skip = spelled.data[1] == '.' ? 3 : 2;
        spelled = cor_slice(spelled.data + skip, spelled.size - skip);
    }
    return cor_slice_ends(path, spelled) &&
           (path.size == spelled.size || path.data[path.size - spelled.size - 1] == '/');
}

bool cor_census_includes(const struct cor_census_file *a, const struct cor_census_file *b,
                         const struct cor_include *includes_of[])
{
    const struct cor_include *includes = includes_of[a->worker] + a->includes.first;
    for (size_t i = 0; i < a->includes.count; i++)
        if (includes[i].base_hash == b->base_hash &&
            cor_path_ends_so(cor_slice(b->path, b->path_size), includes[i].spelled))
            return true;
    return false;
}

bool cor_other_architecture(const char *a, const char *b)
{
    const char *x = strstr(a, "arch/"), *y = strstr(b, "arch/");
    if (!x || !y || (x != a && x[-1] != '/') || (y != b && y[-1] != '/'))
        return false;
    size_t size = strcspn(x + 5, "/");
    return strncmp(x + 5, y + 5, size) != 0 || y[5 + size] != '/';
}

// Programs of the build and of tests have headers of their own.
static bool other_product(const char *macro, const char *file)
{
    static const char *const folders[] = {"tools/", "scripts/", "samples/", "Documentation/"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *found = strstr(macro, folders[i]);
        if (found && (found == macro || found[-1] == '/') && !strstr(file, folders[i]))
            return true;
    }
    return false;
}

// A recipe's macros (-Dname=other) are seen by whatever it compiles.
static bool is_unit(const struct cor_census_file *file)
{
    return !file->header &&
           (file->language == COR_LANGUAGE_C || file->language == COR_LANGUAGE_CXX ||
            file->language == COR_LANGUAGE_ASSEMBLY);
}

enum { OWN, INCLUDER, INCLUDED, FAR = 0x10000, UNLIKELY = 0x20000, UNSEEN = UINT32_MAX };

// How near `macro` is to `file`: the file itself, those that include it, those it includes, then by
// the length of the common path; last what can hardly be meant, and UNSEEN what nobody includes.
static uint32_t distance(const struct cor_macro *macro, const struct cor_census_file *file,
                         const struct cor_include *includes_of[])
{
    if (macro->file == file)
        return OWN;
    if (cor_census_includes(macro->file, file, includes_of)) // of a .c file, too
        return INCLUDER;
    const char *a = macro->file->path, *b = file->path;
    bool foreign = cor_other_architecture(a, b); // every one has its own asm/*.h
    if (!foreign && cor_census_includes(file, macro->file, includes_of))
        return INCLUDED;
    if (is_unit(macro->file) && !macro->file->included)
        return UNSEEN;
    uint32_t common = 0;
    for (uint32_t i = 0; a[i] && a[i] == b[i]; i++)
        if (a[i] == '/')
            common = i + 1;
    uint32_t far = FAR - (common < 0xff00 ? common : 0xff00);
    bool program = is_unit(macro->file) && !file->header; // no other file sees a .c file's macros
    return program || foreign || other_product(a, b) ? UNLIKELY - common % FAR : far;
}

static bool repeats(const struct cor_alternatives *alternatives, const struct cor_macro *macro)
{
    for (unsigned i = 0; i < alternatives->count; i++) {
        const struct cor_macro *other = alternatives->items[i];
        if (other->shape == macro->shape && other->function_like == macro->function_like)
            return true;
    }
    return false;
}

static void insert(struct cor_alternatives *alternatives, uint32_t *distances,
                   struct cor_macro *macro, uint32_t far, unsigned limit)
{
    unsigned at = alternatives->count;
    while (at > 0 && distances[at - 1] > far)
        at--;
    if (at >= limit)
        return;
    if (alternatives->count < limit)
        alternatives->count++;
    for (unsigned i = alternatives->count - 1; i > at; i--) {
        alternatives->items[i] = alternatives->items[i - 1];
        distances[i] = distances[i - 1];
    }
    alternatives->items[at] = macro;
    distances[at] = far;
}

// The worst distance that still counts when something stands at `far`: a file's own macros and its
// includers' leave no room for others. A .c file that others include may be a unit of its own, too.
static uint32_t horizon(const struct cor_macro *macro, const struct cor_census_file *file,
                        uint32_t far)
{
    if (far == INCLUDER && !file->header && !macro->conditional)
        return INCLUDED;
    if (far <= INCLUDER && !macro->conditional)
        return INCLUDER;
    return far <= FAR ? FAR : UINT32_MAX;
}

// A header that a folder keeps for itself, and the file stands elsewhere.
static bool is_private(const struct cor_macro *macro, const struct cor_census_file *file)
{
    size_t folder =
        macro->file->path_size ? (size_t)(macro->file->base.data - macro->file->path) : 0;
    return folder && strncmp(macro->file->path, file->path, folder) != 0 &&
           !memmem(macro->file->path, folder, "include/", 8);
}

// A macro without parameters, or one that the file hardly sees, may not be meant at all: NULL among
// the alternatives. A name in small letters rather is none.
static void allow_none(struct cor_alternatives *found, const struct cor_census_file *file,
                       uint32_t far, bool sure)
{
    const struct cor_macro *first = found->items[0];
    if (sure || found->count >= COR_ALTERNATIVES_LIMIT)
        return;
    bool small = false;
    for (size_t i = 0; i < first->name.size; i++)
        small |= first->name.data[i] >= 'a' && first->name.data[i] <= 'z';
    bool unlikely = far > FAR || (far > INCLUDED && is_private(first, file));
    // "#ifdef X / void f(int a); / #else / #define f(a)": where f is defined it is no macro.
    if (first->function_like && !unlikely && !(small && first->conditional))
        return;
    found->items[found->count++] = NULL;
    if (!small || (first->function_like && !unlikely))
        return;
    found->items[found->count - 1] = found->items[0];
    found->items[0] = NULL;
}

void cor_macro_alternatives(struct cor_macro *first, const struct cor_census_file *file,
                            const struct cor_include *includes_of[],
                            struct cor_alternatives *ret_alternatives)
{
    uint32_t distances[COR_ALTERNATIVES_LIMIT], limit = UINT32_MAX;
    struct cor_alternatives *found = ret_alternatives;
    found->count = 0;
    bool sure = false;
    for (struct cor_macro *macro = first; macro; macro = macro->next) {
        uint32_t far = distance(macro, file, includes_of);
        if (far == UNSEEN)
            continue;
        sure |= far <= INCLUDED && !macro->conditional;
        if (horizon(macro, file, far) < limit) {
            limit = horizon(macro, file, far);
            while (found->count && distances[found->count - 1] > limit)
                found->count--;
        }
        if (far <= limit && !repeats(found, macro))
            insert(found, distances, macro, far,
                   limit <= INCLUDED ? COR_ALTERNATIVES_LIMIT : FAR_LIMIT);
    }
    if (found->count)
        allow_none(found, file, distances[0], sure);
}

// --- bodies -----------------------------------------------------------------------------------

bool cor_macro_matters(struct cor_slice name, struct cor_slice body, bool function_like)
{
    if (function_like)
        return true;
    if (!body.size)
        return !(cor_slice_ends(name, COR_SLICE("_H")) || cor_slice_ends(name, COR_SLICE("_H_")) ||
                 cor_slice_ends(name, COR_SLICE("_H__")));
    if (cor_is(body.data[0], COR_CHAR_DIGIT)) {
        size_t digits = 0;
        while (digits < body.size && cor_is_word(body.data[digits]))
            digits++;
        return digits == body.size && digits <= 6;
    }
    if (body.data[0] == '(')
        return memchr(body.data + 1, '(', body.size - 1) && body.size > 8;
    return !memchr("\"'-~!<&", body.data[0], 7);
}

struct parameters {
    struct cor_slice names[64];
    uint32_t count;
    bool variadic;
};

static void read_parameters(struct cor_slice text, struct parameters *parameters)
{
    struct cor_lexer lexer;
    struct cor_token token;
    *parameters = (struct parameters){0};
    cor_lexer_init(&lexer, text.data, text.size);
    lexer.directives = false;
    for (;;) {
        cor_lex(&lexer, &token);
        if (token.kind == COR_TOKEN_END || parameters->count >= 63)
            return;
        if (token.kind == COR_TOKEN_WORD) {
            parameters->names[parameters->count++] = cor_token_slice(&token);
        } else if (token.size == 3 && token.mark == '.') {
            parameters->variadic = true;
            if (!parameters->count || lexer.begin == token.text ||
                memchr(",(", token.text[-1] == ' ' ? ',' : token.text[-1], 2))
                parameters->names[parameters->count++] = COR_SLICE("__VA_ARGS__");
        }
    }
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0xff51afd7ed558ccdu;
    return hash ^ hash >> 32;
}

uint64_t cor_macro_shape(const struct cor_macro *macro)
{
    struct parameters parameters = {0};
    struct cor_lexer lexer;
    if (macro->function_like)
        read_parameters(macro->parameters, &parameters);
    uint64_t hash = mix(parameters.count, macro->function_like);
    cor_lexer_init(&lexer, macro->body.data, macro->body.size);
    lexer.directives = false;
    for (struct cor_token token;;) {
        cor_lex(&lexer, &token);
        if (token.kind == COR_TOKEN_END)
            return hash;
        uint32_t number = 0;
        while (number < parameters.count &&
               (token.kind != COR_TOKEN_WORD ||
                !cor_slice_same(cor_token_slice(&token), parameters.names[number])))
            number++;
        hash = number < parameters.count ? mix(hash, number + 1)
                                         : mix(hash, cor_hash_text(cor_token_slice(&token)));
    }
}

static void mark_parameter(struct cor_token *token, const struct parameters *parameters)
{
    for (uint32_t i = 0; token->kind == COR_TOKEN_WORD && i < parameters->count; i++)
        if (cor_slice_same(cor_token_slice(token), parameters->names[i])) {
            token->kind = COR_TOKEN_PARAMETER;
            token->match = i;
        }
}

// Braces and values of variables make no names: what stands in them is dropped, unless labels in
// assembly strings stand there.
struct strainer {
    uint32_t brace, paren;
    bool value, whole;
};

static bool passes(struct strainer *strainer, const struct cor_token *token)
{
    if (strainer->whole)
        return true;
    if (strainer->brace) {
        strainer->brace += token->mark == '{';
        strainer->brace -= token->mark == '}';
        return strainer->brace == 0 && !strainer->value;
    }
    if (strainer->value && strainer->paren == 0 && (token->mark == ';' || token->mark == ','))
        strainer->value = false;
    bool pass = !strainer->value;
    if (token->mark == '(')
        strainer->paren++;
    else if (token->mark == ')' && strainer->paren)
        strainer->paren--;
    else if (token->mark == '{')
        strainer->brace = 1;
    else if (token->mark == '=' && strainer->paren == 0)
        strainer->value = true;
    return pass;
}

// A body whose braces do not pair is kept whole.
static bool braces_pair(struct cor_slice body)
{
    long depth = 0;
    for (size_t i = 0; i < body.size; i++) {
        depth += body.data[i] == '{';
        depth -= body.data[i] == '}';
        if (depth < 0)
            return false;
    }
    return depth == 0;
}

static struct cor_macro_body *read_body(const struct cor_macro *macro, bool full,
                                        const struct cor_macro_scope *scope,
                                        struct cor_arena *arena, struct cor_scratch *scratch)
{
    struct parameters parameters;
    struct cor_lexer lexer;
    size_t limit = macro->body.size + 1, count = 0;
    struct cor_token *tokens = cor_scratch_take(scratch, limit * sizeof *tokens);
    if (!tokens)
        return NULL;
    read_parameters(macro->parameters, &parameters);
    cor_lexer_init(&lexer, macro->body.data, macro->body.size);
    lexer.directives = false;
    struct strainer strainer = {.whole =
                                    full || !braces_pair(macro->body) ||
                                    memmem(macro->body.data, macro->body.size, ".glob", 5) != NULL};
    while (count < limit) {
        struct cor_token *token = &tokens[count];
        cor_lex(&lexer, token);
        if (token->kind == COR_TOKEN_END)
            break;
        if (!passes(&strainer, token))
            continue;
        if (macro->function_like)
            mark_parameter(token, &parameters);
        if (token->kind == COR_TOKEN_WORD)
            token->macro = cor_macro_in_scope(scope, cor_token_slice(token));
        count++;
    }
    struct cor_macro_body *body =
        cor_arena_alloc(arena, 1, sizeof *body + count * sizeof *body->tokens);
    if (!body)
        return NULL;
    body->count = (uint32_t)count;
    body->parameter_count = parameters.count;
    body->variadic = parameters.variadic;
    memcpy(body->tokens, tokens, count * sizeof *tokens);
    return body;
}

const struct cor_macro_body *cor_macro_body(struct cor_macro *macro, bool full,
                                            const struct cor_macro_scope *scope,
                                            struct cor_arena *arena, struct cor_scratch *scratch)
{
    const struct cor_macro_body *body =
        atomic_load_explicit(&macro->bodies[full], memory_order_acquire);
    if (body)
        return body;
    const struct cor_macro_body *made = read_body(macro, full, scope, arena, scratch);
    if (!made)
        return NULL;
    if (!atomic_compare_exchange_strong(&macro->bodies[full], &body, made))
        return body;
    return made;
}
