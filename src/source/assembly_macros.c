// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Calls of gas macros.
#include "source/assembler.h"

#include <stdio.h>

#include "source/chars.h"

enum { ALTERNATIVES = 6, ARGUMENTS = 32 };

struct cor_slice cor_asm_argument(struct cor_slice *rest, bool all)
{
    *rest = cor_slice_trim(*rest);
    size_t size = 0;
    unsigned depth = 0;
    bool quoted = false;
    for (; size < rest->size; size++) {
        char c = rest->data[size];
        if (c == '"')
            quoted = !quoted;
        if (quoted || all)
            continue;
        depth += c == '(';
        depth -= c == ')' && depth;
        if (depth == 0 && (c == ',' || (cor_is(c, COR_CHAR_BLANK) && size)))
            break;
    }
    struct cor_slice argument = cor_slice_trim(cor_slice(rest->data, size));
    *rest = cor_slice(rest->data + size, rest->size - size);
    cor_asm_skip_comma(rest);
    if (argument.size >= 2 && argument.data[0] == '"' && argument.data[argument.size - 1] == '"')
        argument = cor_slice(argument.data + 1, argument.size - 2);
    return argument;
}

static unsigned gas_parameters(const struct cor_gas_macro *macro,
                               struct cor_gas_argument *arguments)
{
    unsigned count = 0;
    struct cor_slice rest = macro->parameters;
    while (rest.size && count < ARGUMENTS) {
        struct cor_slice parameter = cor_asm_argument(&rest, false);
        if (!parameter.size)
            break;
        struct cor_gas_argument argument = {.name = parameter};
        const char *equals = memchr(parameter.data, '=', parameter.size);
        const char *colon = memchr(parameter.data, ':', parameter.size);
        if (equals) {
            argument.name.size = (size_t)(equals - parameter.data);
            argument.value = cor_slice(equals + 1, parameter.size - argument.name.size - 1);
        }
        if (colon && (size_t)(colon - parameter.data) < argument.name.size) {
            argument.rest = memmem(colon, (size_t)(parameter.data + parameter.size - colon),
                                   "vararg", 6) != NULL;
            argument.name.size = (size_t)(colon - parameter.data);
        }
        argument.name = cor_slice_trim(argument.name);
        arguments[count++] = argument;
    }
    return count;
}

static struct cor_slice evaluated(struct cor_assembler *assembler, struct cor_slice value)
{
    int64_t number;
    if (value.size < 2 || value.data[0] != '%' ||
        !cor_asm_evaluate(assembler, cor_slice(value.data + 1, value.size - 1), &number))
        return value;
    char *text = cor_scratch_take(&assembler->scratch, 24);
    if (!text) {
        assembler->status = COR_NOMEM;
        return value;
    }
    int size = snprintf(text, 24, "%lld", (long long)number);
    return cor_slice(text, size > 0 ? (size_t)size : 0);
}

static void bind_arguments(struct cor_assembler *assembler, struct cor_gas_argument *arguments,
                           unsigned count, struct cor_slice rest)
{
    unsigned position = 0;
    while (rest.size && position < ARGUMENTS) {
        bool all = position < count && arguments[position].rest;
        struct cor_slice value = cor_asm_argument(&rest, all);
        const char *equals = value.size ? memchr(value.data, '=', value.size) : NULL;
        bool named = false;
        for (unsigned i = 0; equals && i < count; i++) {
            struct cor_slice key =
                cor_slice_trim(cor_slice(value.data, (size_t)(equals - value.data)));
            if (cor_slice_same(key, arguments[i].name)) {
                arguments[i].value =
                    evaluated(assembler, cor_slice(equals + 1,
                                                   (size_t)(value.data + value.size - equals - 1)));
                named = true;
            }
        }
        if (!named) {
            if (position < count)
                arguments[position].value = evaluated(assembler, value);
            position++;
        }
    }
}

struct cor_slice cor_asm_substituted(struct cor_assembler *assembler, struct cor_slice body,
                                     const struct cor_gas_argument *arguments, unsigned count)
{
    struct cor_buffer out;
    cor_buffer_init(&out, (size_t)1 << 22);
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < body.size && status == COR_OK;) {
        const char *slash = memchr(body.data + i, '\\', body.size - i);
        size_t run = slash ? (size_t)(slash - body.data) - i : body.size - i;
        status = cor_buffer_append(&out, body.data + i, run);
        i += run;
        if (!slash || status != COR_OK)
            break;
        struct cor_slice after = cor_slice(body.data + i + 1, body.size - i - 1);
        if (cor_slice_starts(after, COR_SLICE("()"))) {
            i += 3;
            continue;
        }
        if (cor_slice_starts(after, COR_SLICE("@"))) {
            status = cor_buffer_append(&out, "@", 1);
            i += 2;
            continue;
        }
        size_t size = 0;
        while (size < after.size && cor_is_word(after.data[size]))
            size++;
        const struct cor_gas_argument *found = NULL;
        for (unsigned j = 0; j < count; j++)
            if (cor_slice_same(arguments[j].name, cor_slice(after.data, size)))
                found = &arguments[j];
        if (found)
            status = cor_buffer_append(&out, found->value.data ? found->value.data : "",
                                       found->value.size);
        else
            status = cor_buffer_append(&out, "\\", 1);
        i += found ? size + 1 : 1;
    }
    struct cor_slice made = cor_buffer_slice(&out);
    char *kept = cor_scratch_take(&assembler->scratch, made.size + 1);
    if (!kept || status == COR_NOMEM)
        assembler->status = COR_NOMEM;
    if (kept) {
        memcpy(kept, made.data, made.size);
        kept[made.size] = '\0';
    }
    cor_buffer_dispose(&out);
    return kept && status == COR_OK ? cor_slice(kept, made.size) : cor_slice("", 0);
}

bool cor_asm_call_macro(struct cor_assembler *assembler, struct cor_slice word,
                        struct cor_slice rest)
{
    const struct cor_gas_macro *macro =
        cor_gas_find(assembler->finisher->census->recogniser->gas, word, assembler->file);
    struct cor_form_recorder *recorder = assembler->finisher->census->recorder;
    if (recorder)
        recorder->spoiled |= cor_form_is_marked(word);
    if (!macro)
        return false;
    if (assembler->depth >= COR_ASM_DEPTH_LIMIT)
        return true;
    assembler->depth++;
    bool own = macro->file == assembler->file;
    for (unsigned i = 0; macro && i < (own ? 1 : ALTERNATIVES); i++, macro = macro->next) {
        if (!own && cor_other_architecture(macro->file->path, assembler->file->path))
            continue;
        struct cor_gas_argument arguments[ARGUMENTS];
        unsigned count = gas_parameters(macro, arguments);
        bind_arguments(assembler, arguments, count, rest);
        cor_asm_lines(assembler, cor_asm_substituted(assembler, macro->body, arguments, count),
                      false);
    }
    assembler->depth--;
    return true;
}
