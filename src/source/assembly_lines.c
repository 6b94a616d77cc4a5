// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Lines of assembly, with the blocks that gas repeats.
#include "source/assembler.h"

#include "source/chars.h"

enum { REPEAT_LIMIT = 4096 };

static bool begins_with(struct cor_slice line, const char *word)
{
    size_t size = strlen(word);
    return line.size >= size && memcmp(line.data, word, size) == 0 &&
           (line.size == size || !cor_is_word(line.data[size]));
}

static struct cor_slice next_line(struct cor_slice text, size_t *at)
{
    const char *begin = text.data + *at;
    const char *newline = memchr(begin, '\n', text.size - *at);
    size_t size = newline ? (size_t)(newline - begin) : text.size - *at;
    *at += size + (newline != NULL);
    return cor_slice_trim(cor_slice(begin, size));
}

// From behind the opening line to the matching end; `at` moves behind that.
static struct cor_slice block(struct cor_slice text, size_t *at, const char *const *openers,
                              const char *closer, uint32_t *lines_in)
{
    size_t begin = *at, end = text.size;
    for (unsigned depth = 1; *at < text.size;) {
        size_t here = *at;
        struct cor_slice line = next_line(text, at);
        ++*lines_in;
        for (const char *const *opener = openers; *opener; opener++)
            depth += begins_with(line, *opener);
        depth -= begins_with(line, closer);
        if (!depth) {
            end = here;
            break;
        }
    }
    return cor_slice(text.data + begin, end - begin);
}

static void repeat(struct cor_assembler *assembler, struct cor_slice head, struct cor_slice body)
{
    int64_t count;
    if (assembler->depth >= COR_ASM_DEPTH_LIMIT || !cor_asm_evaluate(assembler, head, &count))
        count = 1;
    if (count > REPEAT_LIMIT)
        count = REPEAT_LIMIT;
    assembler->depth++;
    for (int64_t i = 0; i < count && assembler->status == COR_OK; i++)
        cor_asm_lines(assembler, body, false);
    assembler->depth--;
}

static void repeat_for(struct cor_assembler *assembler, struct cor_slice head,
                       struct cor_slice body, bool each_char)
{
    struct cor_gas_argument argument = {.name = cor_asm_argument(&head, false)};
    if (assembler->depth >= COR_ASM_DEPTH_LIMIT)
        return;
    assembler->depth++;
    for (unsigned i = 0; i < REPEAT_LIMIT && assembler->status == COR_OK; i++) {
        if (each_char) {
            if (i >= head.size)
                break;
            argument.value = cor_slice(head.data + i, 1);
        } else {
            if (!head.size && i)
                break;
            argument.value = cor_asm_argument(&head, false);
        }
        cor_asm_lines(assembler, cor_asm_substituted(assembler, body, &argument, 1), false);
    }
    assembler->depth--;
}

void cor_asm_lines(struct cor_assembler *assembler, struct cor_slice text, bool count_lines)
{
    static const char *const macros[] = {".macro", NULL};
    static const char *const loops[] = {".rept", ".irp", ".irpc", NULL};
    for (size_t at = 0; at < text.size && assembler->status == COR_OK;) {
        struct cor_slice line = next_line(text, &at);
        uint32_t passed = 0;
        if (line.size && begins_with(line, ".macro")) {
            block(text, &at, macros, ".endm", &passed);
        } else if (line.size && begins_with(line, ".rept")) {
            struct cor_slice body = block(text, &at, loops, ".endr", &passed);
            repeat(assembler, cor_slice(line.data + 5, line.size - 5), body);
        } else if (line.size && (begins_with(line, ".irp") || begins_with(line, ".irpc"))) {
            bool each_char = begins_with(line, ".irpc");
            size_t skip = each_char ? 5 : 4;
            struct cor_slice body = block(text, &at, loops, ".endr", &passed);
            repeat_for(assembler, cor_slice(line.data + skip, line.size - skip), body, each_char);
        } else if (line.size) {
            cor_asm_line(assembler, line);
        }
        if (count_lines)
            assembler->line += passed + 1;
    }
}
