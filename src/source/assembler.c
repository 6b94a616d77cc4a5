// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Assembles as far as names go: labels, .globl, .set, and gas macros that make them.
#include "source/assembly.h"

#include <stdio.h>

#include "source/chars.h"

enum {
    DEPTH_LIMIT = 40,
    REPEAT_LIMIT = 4096,
    ARGUMENTS = 32,
    ALTERNATIVES = 6,
    LINE_LIMIT = 1 << 16
};

struct assembler {
    struct cor_finisher *finisher;
    const struct cor_census_file *file;
    struct cor_symbols symbols;
    struct cor_scratch scratch; // texts of expanded lines: they live as long as the symbols
    uint32_t line;
    unsigned depth;
    size_t work; // lines processed
    bool data_section;
    bool in_c; // the text came from asm("...")
    enum cor_status status;
};

enum { WORK_LIMIT = 2000000 };

static void lines(struct assembler *assembler, struct cor_slice text, bool count_lines);

static bool is_symbol_char(char c)
{
    return cor_is_word(c) || c == '.' || c == '\\' || c == '@';
}

static struct cor_slice take_symbol(struct cor_slice *rest)
{
    *rest = cor_slice_trim(*rest);
    size_t size = 0;
    if (rest->size && rest->data[0] == '"') {
        const char *close = memchr(rest->data + 1, '"', rest->size - 1);
        if (close) {
            struct cor_slice name = cor_slice(rest->data + 1, (size_t)(close - rest->data - 1));
            *rest = cor_slice(close + 1, (size_t)(rest->data + rest->size - close - 1));
            return name;
        }
    }
    while (size < rest->size && is_symbol_char(rest->data[size]))
        size++;
    struct cor_slice name = cor_slice(rest->data, size);
    *rest = cor_slice(rest->data + size, rest->size - size);
    return name;
}

static void skip_comma(struct cor_slice *rest)
{
    *rest = cor_slice_trim(*rest);
    if (rest->size && rest->data[0] == ',')
        *rest = cor_slice_trim(cor_slice(rest->data + 1, rest->size - 1));
}

static struct cor_symbol_entry *entry(struct assembler *assembler, struct cor_slice name)
{
    struct cor_symbol_entry *found = cor_symbols_entry(&assembler->symbols, name);
    if (!found)
        assembler->status = COR_NOMEM;
    return found;
}

static bool is_name(struct cor_slice text)
{
    return text.size && cor_is(text.data[0], COR_CHAR_LETTER) && !memchr(text.data, '@', 1);
}

static void define(struct assembler *assembler, struct cor_slice name, bool alias)
{
    struct cor_symbol_entry *symbol = is_name(name) ? entry(assembler, name) : NULL;
    if (!symbol || symbol->defined)
        return;
    symbol->defined = true;
    symbol->alias = alias;
    symbol->line = assembler->line;
    symbol->object |= assembler->data_section;
}

// --- numbers ----------------------------------------------------------------------------------

static bool read_term(struct assembler *assembler, struct cor_slice *rest, int64_t *ret_value)
{
    *rest = cor_slice_trim(*rest);
    while (rest->size && rest->data[0] == '(')
        *rest = cor_slice_trim(cor_slice(rest->data + 1, rest->size - 1));
    struct cor_slice word = take_symbol(rest);
    if (!word.size || word.size > 18)
        return false;
    if (cor_is(word.data[0], COR_CHAR_DIGIT)) {
        int64_t value = 0;
        for (size_t i = 0; i < word.size; i++) {
            if (!cor_is(word.data[i], COR_CHAR_DIGIT))
                return false;
            value = value * 10 + (word.data[i] - '0');
        }
        *ret_value = value;
        return true;
    }
    const struct cor_symbol_entry *symbol = entry(assembler, word);
    if (!symbol || !symbol->has_value)
        return false;
    *ret_value = symbol->value;
    return true;
}

static bool evaluate(struct assembler *assembler, struct cor_slice text, int64_t *ret_value)
{
    int64_t value, other;
    struct cor_slice rest = text;
    if (!read_term(assembler, &rest, &value))
        return false;
    for (;;) {
        rest = cor_slice_trim(rest);
        while (rest.size && rest.data[0] == ')')
            rest = cor_slice_trim(cor_slice(rest.data + 1, rest.size - 1));
        if (!rest.size)
            break;
        char sign = rest.data[0];
        rest = cor_slice(rest.data + 1, rest.size - 1);
        if ((sign != '+' && sign != '-' && sign != '*') || !read_term(assembler, &rest, &other))
            return false;
        bool over = sign == '+'   ? __builtin_add_overflow(value, other, &value)
                    : sign == '-' ? __builtin_sub_overflow(value, other, &value)
                                  : __builtin_mul_overflow(value, other, &value);
        if (over)
            return false;
    }
    *ret_value = value;
    return true;
}

static void assign(struct assembler *assembler, struct cor_slice name, struct cor_slice value)
{
    int64_t number;
    bool known = evaluate(assembler, value, &number);
    struct cor_symbol_entry *symbol = is_name(name) ? entry(assembler, name) : NULL;
    if (!symbol)
        return;
    if (known) {
        symbol->has_value = true;
        symbol->value = number;
    }
    define(assembler, name, true);
}

// --- directives -------------------------------------------------------------------------------

typedef void directive_fn(struct assembler *assembler, struct cor_slice rest);

static void for_each_name(struct assembler *assembler, struct cor_slice rest,
                          void (*apply)(struct cor_symbol_entry *symbol))
{
    while (rest.size) {
        struct cor_slice name = take_symbol(&rest);
        struct cor_symbol_entry *symbol = is_name(name) ? entry(assembler, name) : NULL;
        if (!symbol)
            return;
        apply(symbol);
        skip_comma(&rest);
    }
}

static void set_global(struct cor_symbol_entry *symbol)
{
    symbol->global = true;
}

static void set_weak(struct cor_symbol_entry *symbol)
{
    symbol->weak = true;
}

static void do_global(struct assembler *assembler, struct cor_slice rest)
{
    for_each_name(assembler, rest, set_global);
}

static void do_weak(struct assembler *assembler, struct cor_slice rest)
{
    for_each_name(assembler, rest, set_weak);
}

static void do_set(struct assembler *assembler, struct cor_slice rest)
{
    struct cor_slice name = take_symbol(&rest);
    skip_comma(&rest);
    assign(assembler, name, rest);
}

static bool contains(struct cor_slice text, const char *word)
{
    return text.data && memmem(text.data, text.size, word, strlen(word)) != NULL;
}

static void do_type(struct assembler *assembler, struct cor_slice rest)
{
    struct cor_slice name = take_symbol(&rest);
    struct cor_symbol_entry *symbol = is_name(name) ? entry(assembler, name) : NULL;
    if (!symbol || !rest.size)
        return;
    symbol->function |= contains(rest, "func") || contains(rest, "FUNC");
    symbol->object |= contains(rest, "object");
}

static void do_comm(struct assembler *assembler, struct cor_slice rest)
{
    struct cor_slice name = take_symbol(&rest);
    define(assembler, name, false);
    struct cor_symbol_entry *symbol = is_name(name) ? entry(assembler, name) : NULL;
    if (symbol)
        symbol->object = symbol->global = true;
}

static void do_symver(struct assembler *assembler, struct cor_slice rest)
{
    take_symbol(&rest);
    skip_comma(&rest);
    struct cor_slice name = take_symbol(&rest);
    const char *at = name.size ? memchr(name.data, '@', name.size) : NULL;
    if (!at)
        return;
    name.size = (size_t)(at - name.data);
    define(assembler, name, true);
    struct cor_symbol_entry *symbol = is_name(name) ? entry(assembler, name) : NULL;
    if (symbol)
        symbol->global = true;
}

static void do_section(struct assembler *assembler, struct cor_slice rest)
{
    rest = cor_slice_trim(rest);
    if (rest.size && rest.data[0] == '"')
        rest = cor_slice(rest.data + 1, rest.size - 1);
    assembler->data_section = cor_slice_starts(rest, COR_SLICE(".data")) ||
                              cor_slice_starts(rest, COR_SLICE(".bss")) ||
                              cor_slice_starts(rest, COR_SLICE(".rodata"));
}

static void do_data(struct assembler *assembler, struct cor_slice rest)
{
    (void)rest;
    assembler->data_section = true;
}

static void do_text(struct assembler *assembler, struct cor_slice rest)
{
    (void)rest;
    assembler->data_section = false;
}

// nasm's and x264's "cglobal name, ...": a function called name.
static void do_define_global(struct assembler *assembler, struct cor_slice rest)
{
    struct cor_slice name = take_symbol(&rest);
    define(assembler, name, false);
    struct cor_symbol_entry *symbol = is_name(name) ? entry(assembler, name) : NULL;
    if (symbol)
        symbol->global = true;
}

static const struct {
    const char *word;
    directive_fn *run;
} directives[] = {
    {".globl", do_global},
    {".global", do_global},
    {"global", do_global},
    {"GLOBAL", do_global},
    {"public", do_global},
    {"PUBLIC", do_global},
    {".export", do_global},
    {"EXPORT", do_global},
    {".weak", do_weak},
    {".set", do_set},
    {".equ", do_set},
    {".equiv", do_set},
    {".thumb_set", do_set},
    {".type", do_type},
    {".comm", do_comm},
    {".symver", do_symver},
    {".section", do_section},
    {".pushsection", do_section},
    {".data", do_data},
    {".bss", do_data},
    {".text", do_text},
    {".popsection", do_text},
    {".previous", do_text},
    {"cglobal", do_define_global},
    {"cvisible", do_define_global},
};

// Macros of well-known headers, for releases that do not bring them.
static const struct {
    const char *word;
    bool global, weak, object, alias;
} known_macros[] = {
    {"ENTRY", true, false, false, false},
    {"GLOBAL", true, false, false, false},
    {"WEAK", true, true, false, false},
    {"SYM_FUNC_START", true, false, false, false},
    {"SYM_FUNC_START_NOALIGN", true, false, false, false},
    {"SYM_FUNC_START_WEAK", true, true, false, false},
    {"SYM_FUNC_START_LOCAL", false, false, false, false},
    {"SYM_CODE_START", true, false, false, false},
    {"SYM_CODE_START_NOALIGN", true, false, false, false},
    {"SYM_CODE_START_LOCAL", false, false, false, false},
    {"SYM_TYPED_FUNC_START", true, false, false, false},
    {"SYM_FUNC_ALIAS", true, false, false, true},
    {"SYM_FUNC_ALIAS_WEAK", true, true, false, true},
    {"SYM_FUNC_ALIAS_LOCAL", false, false, false, true},
    {"SYM_DATA_START", true, false, true, false},
    {"SYM_DATA", true, false, true, false},
    {"SYM_DATA_LOCAL", false, false, true, false},
    {"SYM_INNER_LABEL", true, false, false, false},
    {"FUNC", true, false, false, false},
    {"FUNCTION", true, false, false, false},
    {"PROC", true, false, false, false},
    {"LEAF", true, false, false, false},
    {"NESTED", true, false, false, false},
    {"FEXPORT", true, false, false, false},
    {"_GLOBAL", true, false, false, false},
    {"_GLOBAL_TOC", true, false, false, false},
    {"_ASM_NOKPROBE", false, false, false, false},
};

static bool known_macro(struct assembler *assembler, struct cor_slice word, struct cor_slice rest)
{
    rest = cor_slice_trim(rest);
    if (!rest.size || rest.data[0] != '(')
        return false;
    rest = cor_slice(rest.data + 1, rest.size - 1);
    for (size_t i = 0; i + 1 < sizeof known_macros / sizeof *known_macros; i++) {
        if (!cor_slice_same(word, cor_slice_text(known_macros[i].word)))
            continue;
        struct cor_slice name = take_symbol(&rest);
        define(assembler, name, known_macros[i].alias);
        struct cor_symbol_entry *symbol = is_name(name) ? entry(assembler, name) : NULL;
        if (!symbol)
            return true;
        symbol->global |= known_macros[i].global;
        symbol->weak |= known_macros[i].weak;
        symbol->object |= known_macros[i].object;
        return true;
    }
    return false;
}

// --- gas macros -------------------------------------------------------------------------------

struct gas_argument {
    struct cor_slice name, value;
    bool rest; // :vararg
};

static struct cor_slice take_argument(struct cor_slice *rest, bool all)
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
    skip_comma(rest);
    if (argument.size >= 2 && argument.data[0] == '"' && argument.data[argument.size - 1] == '"')
        argument = cor_slice(argument.data + 1, argument.size - 2);
    return argument;
}

static unsigned gas_parameters(const struct cor_gas_macro *macro, struct gas_argument *arguments)
{
    unsigned count = 0;
    struct cor_slice rest = macro->parameters;
    while (rest.size && count < ARGUMENTS) {
        struct cor_slice parameter = take_argument(&rest, false);
        if (!parameter.size)
            break;
        struct gas_argument argument = {.name = parameter};
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

static struct cor_slice evaluated(struct assembler *assembler, struct cor_slice value)
{
    int64_t number;
    if (value.size < 2 || value.data[0] != '%' ||
        !evaluate(assembler, cor_slice(value.data + 1, value.size - 1), &number))
        return value;
    char *text = cor_scratch_take(&assembler->scratch, 24);
    if (!text) {
        assembler->status = COR_NOMEM;
        return value;
    }
    int size = snprintf(text, 24, "%lld", (long long)number);
    return cor_slice(text, size > 0 ? (size_t)size : 0);
}

static void bind_arguments(struct assembler *assembler, struct gas_argument *arguments,
                           unsigned count, struct cor_slice rest)
{
    unsigned position = 0;
    while (rest.size && position < ARGUMENTS) {
        bool all = position < count && arguments[position].rest;
        struct cor_slice value = take_argument(&rest, all);
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

// The body with \name, \() and \@ replaced.
static struct cor_slice substituted(struct assembler *assembler, struct cor_slice body,
                                    const struct gas_argument *arguments, unsigned count)
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
        const struct gas_argument *found = NULL;
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

static bool call_gas_macro(struct assembler *assembler, struct cor_slice word,
                           struct cor_slice rest)
{
    const struct cor_gas_macro *macro =
        cor_gas_find(assembler->finisher->census->recogniser->gas, word, assembler->file);
    if (!macro)
        return false;
    if (assembler->depth >= DEPTH_LIMIT)
        return true;
    assembler->depth++;
    bool own = macro->file == assembler->file;
    for (unsigned i = 0; macro && i < (own ? 1 : ALTERNATIVES); i++, macro = macro->next) {
        struct gas_argument arguments[ARGUMENTS];
        unsigned count = gas_parameters(macro, arguments);
        bind_arguments(assembler, arguments, count, rest);
        lines(assembler, substituted(assembler, macro->body, arguments, count), false);
    }
    assembler->depth--;
    return true;
}

// --- statements -------------------------------------------------------------------------------

static bool take_label(struct assembler *assembler, struct cor_slice *rest)
{
    struct cor_slice from = cor_slice_trim(*rest), after = from;
    struct cor_slice name = take_symbol(&after);
    if (!name.size || !after.size || after.data[0] != ':' ||
        (after.size > 1 && after.data[1] == '='))
        return false;
    define(assembler, name, false);
    size_t colons = after.size > 1 && after.data[1] == ':' ? 2 : 1;
    *rest = cor_slice(after.data + colons, after.size - colons);
    return true;
}

static void statement(struct assembler *assembler, struct cor_slice text)
{
    struct cor_slice rest = text;
    while (take_label(assembler, &rest))
        continue;
    struct cor_slice word = take_symbol(&rest);
    if (!word.size)
        return;
    bool possible = word.size >= 4 && memchr(".gGpPEc", word.data[0], 7);
    for (size_t i = 0; possible && i < sizeof directives / sizeof *directives; i++)
        if (cor_slice_same(word, cor_slice_text(directives[i].word))) {
            directives[i].run(assembler, rest);
            return;
        }
    struct cor_slice after = cor_slice_trim(rest);
    if (after.size > 1 && after.data[0] == '=' && after.data[1] != '=') {
        assign(assembler, word, cor_slice(after.data + 1, after.size - 1));
        return;
    }
    if (call_gas_macro(assembler, word, rest) || known_macro(assembler, word, rest))
        return;
    struct cor_slice second = after;
    struct cor_slice keyword = take_symbol(&second);
    if (cor_slice_same(keyword, COR_SLICE("PROC")) || cor_slice_same(keyword, COR_SLICE("proc")) ||
        cor_slice_same(keyword, COR_SLICE("MACRO")))
        define(assembler, word, false);
}

static void statements(struct assembler *assembler, struct cor_slice text)
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

struct expanded_line {
    struct expanded_line *next;
    struct cor_slice text;
};

struct expanded_lines {
    struct assembler *assembler;
    struct expanded_line *first, **last;
};

// Kept until the expander is free again: gas macros in the line use it too.
static enum cor_status keep_expanded(void *context, struct cor_slice result)
{
    struct expanded_lines *kept = context;
    struct cor_scratch *scratch = &kept->assembler->scratch;
    for (const struct expanded_line *line = kept->first; line; line = line->next)
        if (cor_slice_same(line->text, result))
            return COR_OK;
    struct expanded_line *line = cor_scratch_take(scratch, sizeof *line);
    char *text = cor_scratch_take(scratch, result.size + 1);
    if (!line || !text)
        return COR_NOMEM;
    memcpy(text, result.data, result.size);
    text[result.size] = '\0';
    *line = (struct expanded_line){.text = cor_slice(text, result.size)};
    *kept->last = line;
    kept->last = &line->next;
    return COR_OK;
}

// Whether the preprocessor could turn the line into something that makes a name.
static bool wants_expansion(const struct assembler *assembler, struct cor_slice line)
{
    const struct cor_macro_table *table = &assembler->finisher->census->recogniser->macros;
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

static void one_line(struct assembler *assembler, struct cor_slice line)
{
    if (++assembler->work > WORK_LIMIT || line.size > LINE_LIMIT)
        return;
    if (assembler->in_c || !wants_expansion(assembler, line)) {
        statements(assembler, line);
        return;
    }
    struct expanded_lines kept = {.assembler = assembler};
    kept.last = &kept.first;
    enum cor_status status = cor_expand(&assembler->finisher->expander, assembler->file, line, true,
                                        keep_expanded, &kept);
    if (assembler->status == COR_OK)
        assembler->status = status;
    for (const struct expanded_line *each = kept.first; each; each = each->next)
        statements(assembler, each->text);
    statements(assembler, line); // labels beside the macro, and macros nobody defines
}

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

static void repeat(struct assembler *assembler, struct cor_slice head, struct cor_slice body)
{
    int64_t count;
    if (assembler->depth >= DEPTH_LIMIT || !evaluate(assembler, head, &count))
        count = 1;
    if (count > REPEAT_LIMIT)
        count = REPEAT_LIMIT;
    assembler->depth++;
    for (int64_t i = 0; i < count && assembler->status == COR_OK; i++)
        lines(assembler, body, false);
    assembler->depth--;
}

static void repeat_for(struct assembler *assembler, struct cor_slice head, struct cor_slice body,
                       bool each_char)
{
    struct gas_argument argument = {.name = take_argument(&head, false)};
    if (assembler->depth >= DEPTH_LIMIT)
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
            argument.value = take_argument(&head, false);
        }
        lines(assembler, substituted(assembler, body, &argument, 1), false);
    }
    assembler->depth--;
}

static void lines(struct assembler *assembler, struct cor_slice text, bool count_lines)
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
            one_line(assembler, line);
        }
        if (count_lines)
            assembler->line += passed + 1;
    }
}

// --- results ----------------------------------------------------------------------------------

static enum cor_status emit_symbol(struct assembler *assembler,
                                   const struct cor_symbol_entry *symbol)
{
    struct cor_census *census = assembler->finisher->census;
    if (!symbol->defined || symbol->name.data[0] == '.')
        return COR_OK;
    if (memchr(symbol->name.data, '@', symbol->name.size) ||
        memchr(symbol->name.data, '\\', symbol->name.size)) {
        char *pattern = cor_arena_alloc(&census->arena, symbol->name.size + 1, 1);
        if (!pattern)
            return COR_NOMEM;
        size_t stars = 0;
        for (size_t i = 0; i < symbol->name.size; i++) {
            char c = symbol->name.data[i];
            pattern[i] = c == '@' || c == '\\' ? '*' : c;
            stars += pattern[i] == '*';
        }
        if (symbol->name.size - stars < 4)
            return COR_OK;
        return cor_census_gap(census, symbol->line, pattern,
                              "a label counted by an assembler macro");
    }
    bool from_c = assembler->in_c;
    struct cor_kept kept = {.how = symbol->alias ? COR_HOW_ALIAS
                                   : from_c      ? COR_HOW_INLINE_ASSEMBLY
                                                 : COR_HOW_ASSEMBLY,
                            .linkage = symbol->weak     ? COR_LINKAGE_WEAK
                                       : symbol->global ? COR_LINKAGE_EXTERNAL
                                                        : COR_LINKAGE_INTERNAL,
                            .data = symbol->object && !symbol->function,
                            .active = true,
                            .through = from_c ? census->through : NULL};
    return cor_census_define(census, symbol->name, symbol->line, &kept);
}

static enum cor_status finish(struct assembler *assembler)
{
    enum cor_status status = assembler->status;
    for (size_t i = 0; i < assembler->symbols.entries.count && status == COR_OK; i++)
        status = emit_symbol(assembler, &assembler->symbols.entries.items[i]);
    cor_symbols_dispose(&assembler->symbols);
    cor_scratch_dispose(&assembler->scratch);
    return status;
}

static struct assembler assembler_for(struct cor_finisher *finisher)
{
    struct assembler assembler = {.finisher = finisher, .file = finisher->census->file};
    cor_scratch_init(&assembler.scratch);
    return assembler;
}

enum cor_status cor_finish_assembly(struct cor_finisher *finisher,
                                    const struct cor_census_file *file)
{
    const struct cor_census *from = &finisher->census->recogniser->censuses[file->worker];
    struct assembler assembler = assembler_for(finisher);
    for (size_t i = 0; i < file->chunks.count && assembler.status == COR_OK; i++) {
        const struct cor_chunk *chunk = &from->chunks.items[file->chunks.first + i];
        assembler.line = chunk->line;
        assembler.data_section = false;
        lines(&assembler, chunk->text, true);
    }
    return finish(&assembler);
}

static enum cor_status assemble(struct cor_finisher *finisher, struct cor_slice text, bool in_c)
{
    struct assembler assembler = assembler_for(finisher);
    assembler.in_c = in_c;
    assembler.line = finisher->invocation->line;
    lines(&assembler, text, false);
    return finish(&assembler);
}

static char unescaped(char c)
{
    return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
}

static enum cor_status append_string(struct cor_buffer *out, struct cor_slice string)
{
    const char *open = memchr(string.data, '"', string.size);
    if (!open)
        return COR_OK;
    const char *at = open + 1, *end = string.data + string.size - 1;
    enum cor_status status = COR_OK;
    for (; at < end && status == COR_OK; at++) {
        char c = *at;
        if (c == '\\' && at + 1 < end)
            c = unescaped(*++at);
        status = cor_buffer_append(out, &c, 1);
    }
    return status;
}

// Expanding lines of assembly would disturb the expansion that is being judged, so that C macros
// in the strings must have been expanded before.
enum cor_status cor_judge_asm_tokens(struct cor_finisher *finisher, const struct cor_token *tokens,
                                     size_t count)
{
    finisher->assembly.size = 0;
    for (size_t i = 0; i < count; i++) {
        if (tokens[i].mark == ':')
            break; // operands
        if (tokens[i].kind != COR_TOKEN_STRING)
            continue;
        enum cor_status status = append_string(&finisher->assembly, cor_token_slice(&tokens[i]));
        if (status != COR_OK)
            return status == COR_LIMIT ? COR_OK : status;
    }
    return assemble(finisher, cor_buffer_slice(&finisher->assembly), true);
}

enum cor_status cor_judge_asm_text(struct cor_finisher *finisher, struct cor_slice text)
{
    struct cor_lexer lexer;
    struct cor_token token;
    COR_ARRAY(struct cor_token) tokens = {0};
    enum cor_status status = COR_OK;
    cor_lexer_init(&lexer, text.data, text.size);
    lexer.directives = false;
    while (status == COR_OK) {
        cor_lex(&lexer, &token);
        if (token.kind == COR_TOKEN_END)
            break;
        status = cor_array_add(&tokens, token);
    }
    if (status == COR_OK)
        status = cor_judge_asm_tokens(finisher, tokens.items, tokens.count);
    cor_array_dispose(&tokens);
    return status;
}

bool cor_begins_gas_macro(const struct cor_finisher *finisher, struct cor_slice text)
{
    struct cor_slice rest = text;
    struct cor_slice word = take_symbol(&rest);
    return word.size && finisher->expander.expanded && rest.size && rest.data[0] != '(' &&
           cor_gas_find(finisher->census->recogniser->gas, word, finisher->census->file) != NULL;
}

enum cor_status cor_judge_gas(struct cor_finisher *finisher, struct cor_slice text)
{
    struct cor_slice copy = cor_slice(cor_arena_text(&finisher->census->arena, text), text.size);
    if (!copy.data)
        return COR_NOMEM;
    return cor_array_add(&finisher->gas_calls, copy);
}

enum cor_status cor_finish_gas_calls(struct cor_finisher *finisher)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < finisher->gas_calls.count && status == COR_OK; i++)
        status = assemble(finisher, finisher->gas_calls.items[i], false);
    finisher->gas_calls.count = 0;
    return status;
}
