// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/unpack_command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report/shell.h"

// Filters by the words of member paths. Without a command: bsdtar takes the layer off itself, and
// whatever filters stand between it and the entries.
static const struct filter {
    const char *word, *command;
} filters[] = {
    {"gzip", "gzip -dc"},
    {"xz", "xz -dc"},
    {"bzip2", "bzip2 -dc"},
    {"zstd", "zstd -dc"},
    {"lz4", "lz4 -dc"},
    {"lz4-legacy", "lz4 -dc"},
    {"lzma", "xz --format=lzma -dc"},
    {"lzip", "lzip -dc"},
    {"lzop", "lzop -dc"},
    {"rpm", NULL},
};

// Containers that bsdtar reads, and whether it must be able to seek in them.
static const struct container {
    const char *format;
    bool seeks;
} containers[] = {
    {"tar", false}, {"cpio", false},   {"ar", false}, {"zip", true},
    {"7z", true},   {"iso9660", true}, {"cab", true}, {"rar", true},
    {"rar5", true}, {"xar", true},     {"lha", true}, {"vib", false},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct extraction {
    struct cor_buffer *command;
    const struct cor_index *index;
    const struct cor_input *input;
    uint32_t input_index;
    const char *path;
    struct cor_arena *arena;
    const char *why;
    const char *file; // below the input, while nothing was appended yet; NULL afterwards
    bool transparent; // bsdtar is to take filters off
    unsigned spools;
};

static const struct filter *find_filter(struct cor_slice word)
{
    for (size_t i = 0; i < COUNT(filters); i++)
        if (cor_slice_same(word, cor_slice_text(filters[i].word)))
            return &filters[i];
    return NULL;
}

static const struct container *find_container(const char *format)
{
    for (size_t i = 0; format && i < COUNT(containers); i++)
        if (strcmp(format, containers[i].format) == 0)
            return &containers[i];
    return NULL;
}

static enum cor_status no_tool(struct extraction *extraction, size_t at, const char *format)
{
    extraction->why = cor_arena_printf(extraction->arena, "no stock tool reads %s (%.*s)",
                                       format ? format : "this layer", (int)at, extraction->path);
    return extraction->why ? COR_UNSUPPORTED : COR_NOMEM;
}

// The input's file, or what came so far, as the next stage wants it: by a pipe.
static enum cor_status add_stage(struct extraction *extraction, const char *stage)
{
    enum cor_status status = COR_OK;
    if (extraction->file) {
        status = cor_buffer_printf(extraction->command, "cat ");
        if (status == COR_OK)
            status = cor_shell_file(extraction->command, extraction->input, extraction->file);
        extraction->file = NULL;
    }
    return status == COR_OK ? cor_buffer_printf(extraction->command, " | %s", stage) : status;
}

// bsdtar up to the name of the archive.
static enum cor_status add_bsdtar(struct extraction *extraction, const struct container *container)
{
    struct cor_buffer *command = extraction->command;
    enum cor_status status;
    if (extraction->file) {
        status = cor_buffer_printf(command, "bsdtar -xOf ");
        if (status == COR_OK)
            status = cor_shell_file(command, extraction->input, extraction->file);
        extraction->file = NULL;
        return status;
    }
    if (!container->seeks)
        return cor_buffer_printf(command, " | bsdtar -xOf -");
    unsigned number = ++extraction->spools;
    return cor_buffer_printf(command, " >layer%u;\nbsdtar -xOf layer%u", number, number);
}

static enum cor_status add_cut(struct extraction *extraction, const struct cor_member *member)
{
    char stage[80];
    snprintf(stage, sizeof stage, "tail -c +%" PRIu64 " | head -c %" PRIu64, member->offset + 1,
             member->size);
    return add_stage(extraction, stage);
}

// The entry or filter that stands at path[at, end), taken from the member path[0, from).
static enum cor_status add_layer(struct extraction *extraction, size_t from, size_t at, size_t end)
{
    struct cor_slice part = cor_slice(extraction->path + at, end - at);
    const struct cor_member *outer = cor_index_member(extraction->index, extraction->input_index,
                                                      cor_slice(extraction->path, from));
    const struct cor_member *inner = cor_index_member(extraction->index, extraction->input_index,
                                                      cor_slice(extraction->path, end));
    const char *format = outer ? outer->format : NULL;
    bool entry = extraction->path[at - 1] == '/';
    const struct filter *filter = entry ? NULL : find_filter(part);
    const struct container *container = find_container(format);
    if (filter && (!filter->command || extraction->transparent)) {
        extraction->transparent = true;
        return COR_OK;
    }
    if (filter)
        return add_stage(extraction, filter->command);
    if (inner && inner->cut && !container)
        return add_cut(extraction, inner);
    if (!entry || (format && !container))
        return no_tool(extraction, from, format);
    static const struct container unknown = {NULL, false};
    enum cor_status status = add_bsdtar(extraction, container ? container : &unknown);
    const char *name = cor_arena_text(extraction->arena, part);
    extraction->transparent = false;
    if (status == COR_OK && name)
        status = cor_buffer_printf(extraction->command, " ");
    if (status == COR_OK && name)
        status = cor_shell_entry(extraction->command, name);
    return name ? status : COR_NOMEM;
}

// Where the layer ends that begins at path[at]: at the next "!/", at the next "!" and a filter's
// word, or at the next "!" before which a known member's path ends.
static size_t layer_end(const struct extraction *extraction, size_t at)
{
    const char *path = extraction->path;
    for (size_t i = at + 1; path[i]; i++) {
        if (path[i] != '!')
            continue;
        struct cor_slice word = cor_slice(path + i + 1, strcspn(path + i + 1, "!"));
        if (path[i + 1] == '/' || find_filter(word) ||
            cor_index_member(extraction->index, extraction->input_index, cor_slice(path, i)))
            return i;
    }
    return strlen(path);
}

static enum cor_status add_layers(struct extraction *extraction)
{
    const char *path = extraction->path;
    size_t from = strlen(extraction->input->name);
    if (strncmp(path, extraction->input->name, from) != 0)
        return no_tool(extraction, 0, "a path outside the input");
    if (path[from] == '/')
        from = layer_end(extraction, from);
    const char *file = path + strlen(extraction->input->name);
    extraction->file =
        cor_arena_text(extraction->arena, cor_slice(file + (*file == '/'),
                                                    from - (size_t)(file - path) - (*file == '/')));
    if (!extraction->file)
        return COR_NOMEM;
    while (path[from]) {
        size_t at = from + (path[from + 1] == '/' ? 2 : 1), end = layer_end(extraction, at);
        enum cor_status status = add_layer(extraction, from, at, end);
        if (status != COR_OK)
            return status;
        from = end;
    }
    return COR_OK;
}

enum cor_status cor_unpack_command(struct cor_buffer *command, const struct cor_index *index,
                                   uint32_t input, const char *path, bool entries,
                                   struct cor_arena *arena, const char **ret_why)
{
    if (input >= index->case_->inputs.count)
        return COR_INTERNAL;
    struct extraction extraction = {.command = command,
                                    .index = index,
                                    .path = path,
                                    .input = &index->case_->inputs.items[input],
                                    .input_index = input,
                                    .arena = arena};
    enum cor_status status = add_layers(&extraction);
    if (status == COR_OK && entries) {
        const struct cor_member *member = cor_index_member(index, input, cor_slice_text(path));
        const char *format = member ? member->format : NULL;
        const struct container *container = find_container(format);
        status = container ? add_bsdtar(&extraction, container)
                           : no_tool(&extraction, strlen(path), format);
    } else if (status == COR_OK && extraction.file) {
        status = cor_buffer_printf(command, "cat ");
        if (status == COR_OK)
            status = cor_shell_file(command, extraction.input, extraction.file);
    }
    if (status == COR_UNSUPPORTED)
        *ret_why = extraction.why;
    return status;
}
