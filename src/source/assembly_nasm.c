// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Intel-syntax assembly of nasm and yasm: %macro, %define, %rep, global, labels. Conditions are
// not judged: every branch counts.
#include "source/assembler.h"

#include <stdlib.h>

#include "source/chars.h"

enum { MACROS = 256, DEFINES = 256, ARGUMENTS = 16, REPEATS = 256, WORK = 200000 };

struct nasm_macro {
    struct cor_slice name, body;
};

struct nasm_define {
    struct cor_slice name, parameter, value;
};

struct nasm {
    struct cor_assembler *assembler;
    struct nasm_macro macros[MACROS];
    struct nasm_define defines[DEFINES];
    unsigned macro_count, define_count, depth, work;
    struct cor_slice suffix; // INIT_XMM sse2: behind the names that cglobal makes
};

static struct cor_slice trim_comment(struct cor_slice line)
{
    char quote = '\0';
    for (size_t i = 0; i < line.size; i++) {
        char c = line.data[i];
        if (!quote && c == ';')
            return cor_slice_trim(cor_slice(line.data, i));
        if (c == '"' || c == '\'' || c == '`')
            quote = !quote ? c : quote == c ? '\0' : quote;
    }
    return cor_slice_trim(line);
}

static struct cor_slice next_line(struct cor_slice text, size_t *at)
{
    const char *begin = text.data + *at, *newline = memchr(begin, '\n', text.size - *at);
    size_t size = newline ? (size_t)(newline - begin) : text.size - *at;
    *at += size + (newline != NULL);
    return trim_comment(cor_slice(begin, size));
}

static bool is_name_char(char c)
{
    return cor_is_word(c) || c == '.' || c == '@' || c == '?' || c == '~' || c == '#';
}

static struct cor_slice take_word(struct cor_slice *rest)
{
    size_t size = 0;
    *rest = cor_slice_trim(*rest);
    if (rest->size && rest->data[0] == '%')
        size++;
    while (size < rest->size && is_name_char(rest->data[size]))
        size++;
    struct cor_slice word = cor_slice(rest->data, size);
    *rest = cor_slice(rest->data + size, rest->size - size);
    return word;
}

static bool is(struct cor_slice word, const char *text)
{
    size_t size = strlen(text);
    if (word.size != size)
        return false;
    for (size_t i = 0; i < size; i++) {
        char c = word.data[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c) != text[i])
            return false;
    }
    return true;
}

// From behind the opening line to the matching end.
static struct cor_slice block(struct cor_slice text, size_t *at, const char *open,
                              const char *close, uint32_t *lines)
{
    size_t begin = *at, end = text.size;
    for (unsigned depth = 1; *at < text.size;) {
        size_t here = *at;
        struct cor_slice line = next_line(text, at), word = take_word(&line);
        ++*lines;
        depth += is(word, open) || (open[1] == 'm' && is(word, "%imacro"));
        depth -= is(word, close);
        if (!depth) {
            end = here;
            break;
        }
    }
    return cor_slice(text.data + begin, end - begin);
}

static void put(struct nasm *nasm, struct cor_buffer *out, struct cor_slice text)
{
    if (cor_buffer_append(out, text.data, text.size) == COR_NOMEM)
        nasm->assembler->status = COR_NOMEM;
}

static struct cor_slice keep(struct nasm *nasm, const struct cor_buffer *made)
{
    char *copy = cor_scratch_take(&nasm->assembler->scratch, made->size + 1);
    if (!copy) {
        nasm->assembler->status = COR_NOMEM;
        return cor_slice("", 0);
    }
    if (made->size)
        memcpy(copy, made->data, made->size);
    copy[made->size] = '\0';
    return cor_slice(copy, made->size);
}

// %1 and %{1} by the arguments.
static struct cor_slice substituted(struct nasm *nasm, struct cor_slice body,
                                    const struct cor_slice *arguments, unsigned count)
{
    struct cor_buffer out;
    cor_buffer_init(&out, (size_t)1 << 20);
    for (size_t i = 0; i < body.size && nasm->assembler->status == COR_OK;) {
        const char *at = body.data + i;
        bool brace = at[0] == '%' && i + 2 < body.size && at[1] == '{';
        size_t digit = brace ? 2 : 1, used = digit + 1 + brace;
        if (at[0] == '%' && i + digit < body.size && cor_is(at[digit], COR_CHAR_DIGIT)) {
            unsigned number = (unsigned)(at[digit] - '0');
            if (number >= 1 && number <= count)
                put(nasm, &out, arguments[number - 1]);
            i += used < body.size - i ? used : body.size - i;
        } else {
            put(nasm, &out, cor_slice(at, 1));
            i++;
        }
    }
    struct cor_slice kept = keep(nasm, &out);
    cor_buffer_dispose(&out);
    return kept;
}

static const struct nasm_define *find_define(const struct nasm *nasm, struct cor_slice word)
{
    for (unsigned i = nasm->define_count; i-- > 0;)
        if (cor_slice_same(nasm->defines[i].name, word))
            return &nasm->defines[i];
    return NULL;
}

// Words that are defined replaced, "a %+ b" joined.
static struct cor_slice preprocessed(struct nasm *nasm, struct cor_slice line, unsigned depth)
{
    struct cor_buffer out;
    bool changed = false;
    cor_buffer_init(&out, (size_t)1 << 16);
    while (line.size && nasm->assembler->status == COR_OK) {
        if (line.size > 1 && line.data[0] == '%' && line.data[1] == '+') {
            while (out.size && out.data[out.size - 1] == ' ')
                out.size--;
            line = cor_slice_trim(cor_slice(line.data + 2, line.size - 2));
            continue;
        }
        size_t size = 0;
        while (size < line.size && cor_is_word(line.data[size]))
            size++;
        struct cor_slice word = cor_slice(line.data, size ? size : 1);
        const struct nasm_define *define = size ? find_define(nasm, word) : NULL;
        line = cor_slice(line.data + word.size, line.size - word.size);
        if (!define) {
            put(nasm, &out, word);
            continue;
        }
        changed = true;
        struct cor_slice value = define->value;
        const char *close =
            line.size && line.data[0] == '(' ? memchr(line.data, ')', line.size) : NULL;
        if (define->parameter.size && close) {
            const struct cor_slice argument =
                cor_slice_trim(cor_slice(line.data + 1, (size_t)(close - line.data - 1)));
            line = cor_slice(close + 1, (size_t)(line.data + line.size - close - 1));
            const struct nasm_define own = {define->parameter, {0}, argument};
            struct nasm inner = {.assembler = nasm->assembler, .define_count = 1};
            inner.defines[0] = own;
            value = depth < 8 ? preprocessed(&inner, value, depth + 1) : value;
        }
        put(nasm, &out, value);
    }
    struct cor_slice kept = keep(nasm, &out);
    cor_buffer_dispose(&out);
    return changed && depth < 8 ? preprocessed(nasm, kept, depth + 1) : kept;
}

static void define(struct nasm *nasm, struct cor_slice rest)
{
    struct nasm_define made = {.name = take_word(&rest)};
    const char *close = rest.size && rest.data[0] == '(' ? memchr(rest.data, ')', rest.size) : NULL;
    if (close) {
        made.parameter = cor_slice_trim(cor_slice(rest.data + 1, (size_t)(close - rest.data - 1)));
        rest = cor_slice(close + 1, (size_t)(rest.data + rest.size - close - 1));
    }
    made.value = cor_slice_trim(rest);
    if (made.name.size && !cor_slice_same(made.name, made.value) && nasm->define_count < DEFINES)
        nasm->defines[nasm->define_count++] = made;
}

static struct cor_symbol_entry *label(struct nasm *nasm, struct cor_slice name, bool data)
{
    struct cor_assembler *assembler = nasm->assembler;
    if (!name.size || name.data[0] == '.' || !cor_asm_is_name(name))
        return NULL;
    cor_asm_define(assembler, name, false);
    struct cor_symbol_entry *symbol = cor_asm_entry(assembler, name);
    if (symbol)
        symbol->object |= data;
    return symbol;
}

// cglobal name, ...: prefix_name_suffix.
static void cglobal(struct nasm *nasm, struct cor_slice rest)
{
    struct cor_buffer out;
    struct cor_slice name = take_word(&rest);
    const struct nasm_define *prefix = find_define(nasm, COR_SLICE("private_prefix"));
    cor_buffer_init(&out, 1024);
    if (prefix) {
        put(nasm, &out, prefix->value);
        put(nasm, &out, COR_SLICE("_"));
    }
    put(nasm, &out, name);
    if (nasm->suffix.size) {
        put(nasm, &out, COR_SLICE("_"));
        put(nasm, &out, nasm->suffix);
    }
    struct cor_symbol_entry *symbol = label(nasm, keep(nasm, &out), false);
    if (symbol)
        symbol->global = true;
    cor_buffer_dispose(&out);
}

static void globals(struct nasm *nasm, struct cor_slice rest)
{
    for (struct cor_slice name; (name = take_word(&rest)).size;) {
        struct cor_symbol_entry *symbol =
            cor_asm_is_name(name) ? cor_asm_entry(nasm->assembler, name) : NULL;
        if (symbol)
            symbol->global = true;
        const char *comma = memchr(rest.data, ',', rest.size);
        size_t skip = comma ? (size_t)(comma + 1 - rest.data) : rest.size;
        rest = cor_slice(rest.data + skip, rest.size - skip);
    }
}

static bool is_data(struct cor_slice rest)
{
    static const char *const words[] = {"db",   "dw",   "dd",   "dq",   "do",   "dt",
                                        "resb", "resw", "resd", "resq", "times"};
    struct cor_slice word = take_word(&rest);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is(word, words[i]))
            return true;
    return false;
}

static void lines(struct nasm *nasm, struct cor_slice text, bool count);

static void call(struct nasm *nasm, const struct nasm_macro *macro, struct cor_slice rest)
{
    struct cor_slice arguments[ARGUMENTS];
    unsigned count = 0;
    rest = cor_slice_trim(rest);
    while (rest.size && count < ARGUMENTS) {
        const char *comma = memchr(rest.data, ',', rest.size);
        size_t size = comma ? (size_t)(comma - rest.data) : rest.size;
        arguments[count++] = cor_slice_trim(cor_slice(rest.data, size));
        size += comma != NULL;
        rest = cor_slice(rest.data + size, rest.size - size);
    }
    nasm->depth++;
    lines(nasm, substituted(nasm, macro->body, arguments, count), false);
    nasm->depth--;
}

static void statement(struct nasm *nasm, struct cor_slice line)
{
    struct cor_slice rest = preprocessed(nasm, line, 0), word = take_word(&rest);
    for (unsigned i = nasm->macro_count; i-- > 0 && nasm->depth < COR_ASM_DEPTH_LIMIT;)
        if (cor_slice_same(nasm->macros[i].name, word)) {
            call(nasm, &nasm->macros[i], rest);
            return;
        }
    struct cor_slice after = cor_slice_trim(rest);
    if (is(word, "global") || is(word, "public"))
        globals(nasm, rest);
    else if (is(word, "cglobal") || is(word, "cvisible"))
        cglobal(nasm, rest);
    else if (word.size > 5 && is(cor_slice(word.data, 5), "init_"))
        nasm->suffix = take_word(&rest);
    else if (after.size && after.data[0] == ':')
        label(nasm, word, is_data(cor_slice(after.data + 1, after.size - 1)));
    else if (is(take_word(&after), "proc") || is_data(rest))
        label(nasm, word, is_data(rest));
}

static void repeat(struct nasm *nasm, struct cor_slice head, struct cor_slice body)
{
    head = preprocessed(nasm, head, 0);
    long count = head.size && head.size < 8 ? strtol(head.data, NULL, 0) : 1;
    nasm->depth++;
    for (long i = 0; i < count && i < REPEATS && nasm->depth < COR_ASM_DEPTH_LIMIT; i++)
        lines(nasm, body, false);
    nasm->depth--;
}

static void lines(struct nasm *nasm, struct cor_slice text, bool count)
{
    for (size_t at = 0; at < text.size && nasm->assembler->status == COR_OK;) {
        struct cor_slice line = next_line(text, &at), rest = line, word = take_word(&rest);
        uint32_t passed = 0;
        if (++nasm->work > WORK)
            return;
        if (is(word, "%macro") || is(word, "%imacro")) {
            struct nasm_macro macro = {.name = take_word(&rest)};
            macro.body = block(text, &at, "%macro", "%endmacro", &passed);
            if (nasm->macro_count < MACROS)
                nasm->macros[nasm->macro_count++] = macro;
        } else if (is(word, "%rep")) {
            repeat(nasm, rest, block(text, &at, "%rep", "%endrep", &passed));
        } else if (is(word, "%define") || is(word, "%xdefine") || is(word, "%assign") ||
                   is(word, "%idefine")) {
            define(nasm, rest);
        } else if (word.size && word.data[0] != '%') {
            statement(nasm, line);
        }
        if (count)
            nasm->assembler->line += passed + 1;
    }
}

bool cor_asm_is_nasm(const struct cor_assembler *assembler, struct cor_slice text)
{
    if (cor_slice_ends(assembler->file->base, COR_SLICE(".nasm")))
        return true;
    return cor_slice_ends(assembler->file->base, COR_SLICE(".asm")) &&
           !memmem(text.data, text.size, ".globl", 6) && !memmem(text.data, text.size, ".macro", 6);
}

void cor_asm_nasm(struct cor_assembler *assembler, struct cor_slice text)
{
    struct nasm *nasm = cor_scratch_take(&assembler->scratch, sizeof *nasm);
    if (!nasm) {
        assembler->status = COR_NOMEM;
        return;
    }
    memset(nasm, 0, sizeof *nasm);
    nasm->assembler = assembler;
    lines(nasm, text, true);
}
