// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// .macro definitions of all files.
#include "base/alloc.h"
#include "source/assembly.h"
#include "source/chars.h"

struct cor_gas_table {
    struct cor_names *names;
    struct cor_map by_name; // to the first struct cor_gas_macro
    struct cor_arena arena;
};

void cor_gas_table_free(struct cor_gas_table *table)
{
    if (!table)
        return;
    cor_names_free(table->names);
    cor_map_dispose(&table->by_name);
    cor_arena_dispose(&table->arena);
    cor_free(table);
}

static struct cor_slice take_line(const char **at, const char *end)
{
    const char *begin = *at, *newline = memchr(begin, '\n', (size_t)(end - begin));
    *at = newline ? newline + 1 : end;
    return cor_slice_trim(cor_slice(begin, (size_t)((newline ? newline : end) - begin)));
}

static bool starts_word(struct cor_slice line, const char *word)
{
    size_t size = strlen(word);
    return line.size >= size && memcmp(line.data, word, size) == 0 &&
           (line.size == size || !cor_is_word(line.data[size]));
}

static struct cor_slice macro_body(const char **at, const char *end)
{
    const char *begin = *at;
    for (unsigned depth = 1; *at < end;) {
        const char *line_begin = *at;
        struct cor_slice line = take_line(at, end);
        depth += starts_word(line, ".macro");
        depth -= starts_word(line, ".endm") || starts_word(line, ".endmacro");
        if (!depth)
            return cor_slice(begin, (size_t)(line_begin - begin));
    }
    return cor_slice(begin, (size_t)(end - begin));
}

static enum cor_status add(struct cor_gas_table *table, struct cor_slice head,
                           struct cor_slice body, const struct cor_census_file *file)
{
    size_t size = 0;
    while (size < head.size && (cor_is_word(head.data[size]) || head.data[size] == '.'))
        size++;
    const struct cor_name *name;
    if (!size)
        return COR_OK;
    enum cor_status status = cor_names_intern(table->names, cor_slice(head.data, size), &name);
    if (status != COR_OK)
        return status;
    struct cor_gas_macro *macro = cor_arena_alloc(&table->arena, 1, sizeof *macro);
    if (!macro)
        return COR_NOMEM;
    *macro = (struct cor_gas_macro){
        .name = cor_name_slice(name),
        .parameters = cor_slice_trim(cor_slice(head.data + size, head.size - size)),
        .body = body,
        .file = file};
    if (macro->parameters.size && macro->parameters.data[0] == ',')
        macro->parameters = cor_slice(macro->parameters.data + 1, macro->parameters.size - 1);
    uint64_t first;
    if (cor_map_get(&table->by_name, name, &first))
        macro->next = (const struct cor_gas_macro *)(uintptr_t)first;
    return cor_map_put(&table->by_name, name, (uintptr_t)macro);
}

static enum cor_status scan(struct cor_gas_table *table, struct cor_slice text,
                            const struct cor_census_file *file)
{
    const char *at = text.data, *end = text.data + text.size;
    if (!memmem(text.data, text.size, ".macro", 6))
        return COR_OK;
    while (at < end) {
        struct cor_slice line = take_line(&at, end);
        if (!starts_word(line, ".macro"))
            continue;
        struct cor_slice head = cor_slice_trim(cor_slice(line.data + 6, line.size - 6));
        enum cor_status status = add(table, head, macro_body(&at, end), file);
        if (status != COR_OK)
            return status;
    }
    return COR_OK;
}

enum cor_status cor_gas_table_fill(struct cor_recogniser *recogniser)
{
    struct cor_gas_table *table = recogniser->gas = cor_alloc_zero(1, sizeof *table);
    if (!table || !(table->names = cor_names_new()))
        return COR_NOMEM;
    for (size_t i = recogniser->files.count; i-- > 0;) {
        const struct cor_census_file *file = recogniser->files.items[i];
        const struct cor_census *census = &recogniser->censuses[file->worker];
        for (size_t j = 0; j < file->chunks.count; j++) {
            enum cor_status status =
                scan(table, census->chunks.items[file->chunks.first + j].text, file);
            if (status != COR_OK)
                return status;
        }
    }
    return COR_OK;
}

const struct cor_gas_macro *cor_gas_find(const struct cor_gas_table *table, struct cor_slice name,
                                         const struct cor_census_file *file)
{
    const struct cor_name *known = cor_names_find(table->names, name);
    uint64_t first;
    if (!known || !cor_map_get(&table->by_name, known, &first))
        return NULL;
    const struct cor_gas_macro *found = (const struct cor_gas_macro *)(uintptr_t)first;
    const struct cor_gas_macro *near = NULL;
    for (const struct cor_gas_macro *macro = found; macro; macro = macro->next) {
        if (macro->file == file)
            return macro;
        if (!near && !cor_other_architecture(macro->file->path, file->path))
            near = macro;
    }
    return near;
}
