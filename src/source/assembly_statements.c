// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One line of assembly: what the preprocessor makes of it, its labels and its statements.
#include "source/assembler.h"

#include "source/chars.h"

enum { LINE_LIMIT = 1 << 16, WORK_LIMIT = 2000000 };

static bool take_label(struct cor_assembler *assembler, struct cor_slice *rest)
{
    struct cor_slice from = cor_slice_trim(*rest), after = from;
    struct cor_slice name = cor_asm_symbol(&after);
    if (!name.size || !after.size || after.data[0] != ':' ||
        (after.size > 1 && after.data[1] == '='))
        return false;
    cor_asm_define(assembler, name, false);
    size_t colons = after.size > 1 && after.data[1] == ':' ? 2 : 1;
    *rest = cor_slice(after.data + colons, after.size - colons);
    return true;
}

static void statement(struct cor_assembler *assembler, struct cor_slice text)
{
    struct cor_slice rest = text;
    while (take_label(assembler, &rest))
        continue;
    struct cor_slice word = cor_asm_symbol(&rest);
    if (!word.size)
        return;
    if (cor_asm_directive(assembler, word, rest))
        return;
    struct cor_slice after = cor_slice_trim(rest);
    if (after.size > 1 && after.data[0] == '=' && after.data[1] != '=') {
        cor_asm_assign(assembler, word, cor_slice(after.data + 1, after.size - 1));
        return;
    }
    if (cor_asm_call_macro(assembler, word, rest) || cor_asm_known_macro(assembler, word, rest))
        return;
    struct cor_slice second = after;
    struct cor_slice keyword = cor_asm_symbol(&second);
    if (cor_slice_same(keyword, COR_SLICE("PROC")) || cor_slice_same(keyword, COR_SLICE("proc")) ||
        cor_slice_same(keyword, COR_SLICE("MACRO")))
        cor_asm_define(assembler, word, false);
}

static void statements(struct cor_assembler *assembler, struct cor_slice text)
{
    size_t begin = 0;
    bool quoted = false;
    for (size_t i = 0; i <= text.size && assembler->status == COR_OK; i++) {
        char c = i < text.size ? text.data[i] : '\n';
        if (c == '"')
            quoted = !quoted;
        if (c == '\n')
            quoted = false;
        if ((c == ';' && !quoted) || c == '\n') {
            statement(assembler, cor_slice(text.data + begin, i - begin));
            begin = i + 1;
        }
    }
}

// One way that a line turns out. A line whose name is a key in `expansions` has its ways there.
struct expansion {
    struct expansion *next;
    struct cor_slice text;
};

struct expansions {
    struct cor_assembler *assembler;
    struct expansion *first, **last;
};

// Kept until the expander is free again: gas macros in the line use it too.
static enum cor_status keep_expansion(void *context, struct cor_slice result)
{
    struct expansions *kept = context;
    struct cor_scratch *scratch = &kept->assembler->scratch;
    for (const struct expansion *other = kept->first; other; other = other->next)
        if (cor_slice_same(other->text, result))
            return COR_OK;
    struct expansion *expansion = cor_scratch_take(scratch, sizeof *expansion);
    char *text = cor_scratch_take(scratch, result.size + 1);
    if (!expansion || !text)
        return COR_NOMEM;
    memcpy(text, result.data, result.size);
    text[result.size] = '\0';
    *expansion = (struct expansion){.text = cor_slice(text, result.size)};
    *kept->last = expansion;
    kept->last = &expansion->next;
    return COR_OK;
}

// Whether the preprocessor could turn the line into something that makes a name.
static bool wants_expansion(const struct cor_assembler *assembler, struct cor_slice line)
{
    const struct cor_macro_table *table = &assembler->finisher->census->recogniser->macros.own;
    bool first = true, directive = line.data[0] == '.';
    for (size_t i = 0; i < line.size;) {
        if (!cor_is(line.data[i], COR_CHAR_LETTER)) {
            i += 1;
            continue;
        }
        size_t begin = i;
        while (i < line.size && cor_is_word(line.data[i]))
            i++;
        bool call = i < line.size && line.data[i] == '(';
        bool label = i < line.size && line.data[i] == ':';
        if (first || call || directive || label) {
            const struct cor_macro *macro =
                cor_macro_find(table, cor_slice(line.data + begin, i - begin));
            if (macro && (call || !macro->function_like))
                return true;
        }
        first = false;
        if (!directive && !call && !label && begin == 0 && line.size > 60)
            break;
    }
    return false;
}

// The line's expansions. Macros of the assembler repeat the same lines over and over, and where a
// line stands does not matter.
static const struct expansion *expansions_of(struct cor_assembler *assembler, struct cor_slice line)
{
    const struct cor_name *name;
    uint64_t known;
    struct expansions kept = {.assembler = assembler};
    kept.last = &kept.first;
    if (!assembler->lines && !(assembler->lines = cor_names_new()))
        assembler->status = COR_NOMEM;
    else
        assembler->status = cor_names_intern(assembler->lines, line, &name);
    if (assembler->status != COR_OK)
        return NULL;
    if (cor_map_get(&assembler->expansions, name, &known))
        return (const struct expansion *)(uintptr_t)known;
    assembler->status = cor_expand(&assembler->finisher->expander, assembler->file, line, true,
                                   keep_expansion, &kept);
    if (assembler->status == COR_OK)
        assembler->status = cor_map_put(&assembler->expansions, name, (uintptr_t)kept.first);
    return kept.first;
}

void cor_asm_line(struct cor_assembler *assembler, struct cor_slice line)
{
    if (++assembler->work > WORK_LIMIT || line.size > LINE_LIMIT)
        return;
    if (!assembler->in_c && wants_expansion(assembler, line) &&
        !cor_asm_line_is_inert(assembler, line))
        for (const struct expansion *each = expansions_of(assembler, line); each; each = each->next)
            statements(assembler, each->text);
    statements(assembler, line); // labels beside the macro, and macros nobody defines
}
