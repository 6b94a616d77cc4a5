// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/cited.h"

#include <string.h>

#include "report/index.h"

enum { LONGEST_NAME = 60 };

enum cor_status cor_cited_init(struct cor_cited *cited)
{
    *cited = (struct cor_cited){.names = cor_names_new()};
    cor_arena_init(&cited->arena);
    cor_map_init(&cited->known);
    return cited->names ? COR_OK : COR_NOMEM;
}

void cor_cited_dispose(struct cor_cited *cited)
{
    cor_array_dispose(&cited->files);
    cor_map_dispose(&cited->known);
    cor_names_free(cited->names);
    cor_arena_dispose(&cited->arena);
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

// "members/0001-k.b00": the number keeps names apart, the rest is for people.
static const char *bundle_name(struct cor_cited *cited, const char *path, bool source)
{
    char safe[LONGEST_NAME + 1];
    const char *inner = cor_index_inner_name(path), *slash = strrchr(inner, '/');
    size_t size = 0;
    for (const char *at = slash ? slash + 1 : inner; *at && size < LONGEST_NAME; at++)
        safe[size++] = is_plain(*at) ? *at : '_';
    safe[size] = '\0';
    return cor_arena_printf(&cited->arena, "%s/%04zu-%s", source ? "source" : "members",
                            cited->files.count + 1, safe);
}

static enum cor_status add(struct cor_cited *cited, const struct cor_name *key, uint32_t input,
                           const char *path, bool source)
{
    struct cor_cited_file file = {.input = input,
                                  .path = cor_arena_text(&cited->arena, cor_slice_text(path)),
                                  .name = bundle_name(cited, path, source)};
    if (!file.path || !file.name)
        return COR_NOMEM;
    enum cor_status status = cor_map_put(&cited->known, key, cited->files.count);
    return status == COR_OK ? cor_array_add(&cited->files, file) : status;
}

enum cor_status cor_cite(struct cor_cited *cited, uint32_t input, const char *path, bool source,
                         const struct cor_cited_file **ret_file)
{
    const struct cor_name *key;
    uint64_t index = cited->files.count;
    const char *text = cor_arena_printf(&cited->arena, "%u %s", (unsigned)input, path);
    enum cor_status status =
        text ? cor_names_intern(cited->names, cor_slice_text(text), &key) : COR_NOMEM;
    if (status != COR_OK)
        return status;
    if (!cor_map_get(&cited->known, key, &index)) {
        if (cited->complete) {
            *ret_file = NULL;
            return COR_OK;
        }
        status = add(cited, key, input, path, source);
        if (status != COR_OK)
            return status;
    }
    const struct cor_cited_file *file = &cited->files.items[index];
    *ret_file = !cited->complete || file->bytes ? file : NULL;
    return COR_OK;
}
