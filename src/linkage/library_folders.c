// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// ld.so.conf (ldconfig(8)): a folder a line, "include" with a pattern, "hwcap" lines, comments.
// ld-musl-ARCH.path: folders parted by newlines or colons. ld.so.preload: names parted by spaces or
// colons.
#include "linkage/library_folders.h"

#include <fnmatch.h>
#include <string.h>

enum { LONGEST_PATH = 4096, DEEPEST = 8 };

// What stands before "/etc/..." in the file's path.
static struct cor_slice root_of(const char *path)
{
    struct cor_slice text = cor_slice_text(path);
    for (size_t at = text.size; at-- > 0;)
        if (strncmp(path + at, "/etc/ld", 7) == 0)
            return cor_slice(path, at);
    return cor_slice(path, 0);
}

// A field up to one of `ends`, trimmed; false at the end of the text.
static bool next_field(struct cor_slice *text, const char *ends, struct cor_slice *ret_field)
{
    size_t size = 0;
    if (!text->size)
        return false;
    while (size < text->size && !strchr(ends, text->data[size]))
        size++;
    size_t skip = size < text->size ? size + 1 : size;
    *ret_field = cor_slice_trim(cor_slice(text->data, size));
    *text = cor_slice(text->data + skip, text->size - skip);
    return true;
}

static enum cor_status add(struct cor_library_folders *folders, const struct cor_setting *setting,
                           struct cor_slice path)
{
    struct cor_library_folder folder = {.root = root_of(setting->path),
                                        .musl = setting->kind == COR_SETTING_LD_MUSL_PATH};
    // Some write "folder=TYPE".
    const char *equals = memchr(path.data, '=', path.size);
    if (equals)
        path.size = (size_t)(equals - path.data);
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    if (path.size < 2 || path.data[0] != '/')
        return COR_OK;
    folder.path = path;
    return cor_array_add(&folders->items, folder);
}

static enum cor_status read_conf(struct cor_library_folders *folders,
                                 const struct cor_product *product,
                                 const struct cor_setting *setting, unsigned depth);

// The pattern is a path in the same file system, or relative to the file's folder.
static enum cor_status include(struct cor_library_folders *folders,
                               const struct cor_product *product, const struct cor_setting *setting,
                               struct cor_slice pattern, unsigned depth)
{
    char text[LONGEST_PATH];
    struct cor_slice root = root_of(setting->path);
    const char *slash = strrchr(setting->path, '/');
    if (pattern.size && pattern.data[0] != '/')
        root = cor_slice(setting->path, (size_t)(slash + 1 - setting->path));
    if (root.size + pattern.size >= sizeof text)
        return COR_OK;
    memcpy(text, root.data, root.size);
    memcpy(text + root.size, pattern.data, pattern.size);
    text[root.size + pattern.size] = '\0';
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < product->settings.count; i++) {
        const struct cor_setting *other = &product->settings.items[i];
        if (other->kind == COR_SETTING_LD_CONF_PART &&
            fnmatch(text, other->path, FNM_PATHNAME | FNM_NOESCAPE) == 0)
            status = read_conf(folders, product, other, depth + 1);
    }
    return status;
}

static enum cor_status read_conf(struct cor_library_folders *folders,
                                 const struct cor_product *product,
                                 const struct cor_setting *setting, unsigned depth)
{
    struct cor_slice text = cor_slice_text(setting->text), line;
    enum cor_status status = COR_OK;
    while (status == COR_OK && depth < DEEPEST && next_field(&text, "\n", &line)) {
        const char *comment = line.size ? memchr(line.data, '#', line.size) : NULL;
        if (comment)
            line = cor_slice_trim(cor_slice(line.data, (size_t)(comment - line.data)));
        if (cor_slice_starts(line, COR_SLICE("include ")) ||
            cor_slice_starts(line, COR_SLICE("include\t"))) {
            struct cor_slice rest = cor_slice_trim(cor_slice(line.data + 8, line.size - 8)), word;
            while (status == COR_OK && next_field(&rest, " \t", &word))
                status = include(folders, product, setting, word, depth);
        } else {
            status = add(folders, setting, line);
        }
    }
    return status;
}

static enum cor_status read_fields(struct cor_library_folders *folders,
                                   const struct cor_setting *setting)
{
    struct cor_slice text = cor_slice_text(setting->text), field;
    enum cor_status status = COR_OK;
    bool preload = setting->kind == COR_SETTING_LD_PRELOAD;
    while (status == COR_OK && next_field(&text, preload ? " \t\n:" : "\n:", &field)) {
        const struct cor_library_preload name = {root_of(setting->path), field};
        if (!preload)
            status = add(folders, setting, field);
        else if (field.size)
            status = cor_array_add(&folders->preloads, name);
    }
    return status;
}

enum cor_status cor_library_folders_build(struct cor_library_folders *folders,
                                          const struct cor_product *product)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < product->settings.count; i++) {
        const struct cor_setting *setting = &product->settings.items[i];
        if (setting->kind == COR_SETTING_LD_CONF)
            status = read_conf(folders, product, setting, 0);
        else if (setting->kind == COR_SETTING_LD_PRELOAD ||
                 setting->kind == COR_SETTING_LD_MUSL_PATH)
            status = read_fields(folders, setting);
    }
    return status;
}

void cor_library_folders_dispose(struct cor_library_folders *folders)
{
    cor_array_dispose(&folders->items);
    cor_array_dispose(&folders->preloads);
}
