// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// boot.cfg of ESXi's loader: "key=value" lines, "#" comments. It names the kernel and the modules
// in the order in which they are loaded; names on a medium may differ in case.
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "intake/manifest.h"

enum { LONGEST_NOTE = 16 << 10 };

struct boot {
    struct cor_walker *walker;
    struct cor_node *node;
    struct cor_slice kernel, modules, prefix, build;
    size_t module_count;
    struct cor_buffer order;
    struct cor_name_list absent;
};

static bool is_boot_cfg(const struct cor_node *node)
{
    size_t size = strlen(node->member.path);
    return size > 9 && node->member.path[size - 9] == '/' &&
           strncasecmp(node->member.path + size - 8, "boot.cfg", 8) == 0;
}

static void take_line(struct boot *boot, struct cor_slice line)
{
    const struct {
        struct cor_slice key;
        struct cor_slice *value;
    } keys[] = {{COR_SLICE("kernel="), &boot->kernel},
                {COR_SLICE("modules="), &boot->modules},
                {COR_SLICE("prefix="), &boot->prefix},
                {COR_SLICE("build="), &boot->build}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (cor_slice_starts(line, keys[i].key))
            *keys[i].value = cor_slice_trim(
                cor_slice(line.data + keys[i].key.size, line.size - keys[i].key.size));
}

static void read_lines(struct boot *boot, struct cor_slice rest)
{
    while (rest.size) {
        const char *end = memchr(rest.data, '\n', rest.size);
        size_t size = end ? (size_t)(end - rest.data) : rest.size;
        take_line(boot, cor_slice_trim(cor_slice(rest.data, size)));
        rest = end ? cor_slice(end + 1, rest.size - size - 1) : cor_slice(NULL, 0);
    }
}

// Absolute names begin at the medium's root; on a copy in a plain folder, beside boot.cfg.
static enum cor_status find(struct boot *boot, struct cor_slice name, struct cor_node **ret_node)
{
    const char *path = boot->node->member.path;
    size_t beside = (size_t)(strrchr(path, '/') - path) + 1, root = beside;
    for (size_t i = beside; i > 1; i--)
        if (path[i - 1] == '/' && path[i - 2] == '!') {
            root = i;
            break;
        }
    bool absolute = name.size && name.data[0] == '/';
    struct cor_slice prefix = absolute ? cor_slice("", 0) : boot->prefix;
    const size_t roots[] = {prefix.size && prefix.data[0] == '/' ? root : beside, root, beside};
    for (; name.size && name.data[0] == '/'; name.data++)
        name.size--;
    for (; prefix.size && prefix.data[0] == '/'; prefix.data++)
        prefix.size--;
    bool slash = prefix.size && prefix.data[prefix.size - 1] != '/';
    *ret_node = NULL;
    for (size_t i = 0; !*ret_node && i < sizeof roots / sizeof *roots; i++) {
        const char *full = cor_arena_printf(&boot->walker->walk->arena, "%.*s%.*s%s%.*s",
                                            (int)roots[i], path, (int)prefix.size, prefix.data,
                                            slash ? "/" : "", (int)name.size, name.data);
        enum cor_status status =
            full ? cor_manifest_find_folded(boot->walker, boot->node, full, ret_node) : COR_NOMEM;
        if (status != COR_OK)
            return status;
    }
    return COR_OK;
}

// Options may follow a name.
static struct cor_slice first_word(struct cor_slice text)
{
    size_t size = 0;
    while (size < text.size && text.data[size] != ' ' && text.data[size] != '\t')
        size++;
    return cor_slice(text.data, size);
}

static enum cor_status take_name(struct boot *boot, struct cor_slice name)
{
    struct cor_node *found;
    enum cor_status status = find(boot, name, &found);
    if (status == COR_OK && !found) {
        char text[80];
        snprintf(text, sizeof text, "%.*s", (int)name.size, name.data);
        cor_name_list_add(&boot->absent, text);
    }
    return status;
}

static enum cor_status take_modules(struct boot *boot)
{
    struct cor_slice rest = boot->modules;
    enum cor_status status = COR_OK;
    while (status == COR_OK && rest.size) {
        const char *end = memmem(rest.data, rest.size, "---", 3);
        size_t size = end ? (size_t)(end - rest.data) : rest.size;
        struct cor_slice name = first_word(cor_slice_trim(cor_slice(rest.data, size)));
        rest = end ? cor_slice(end + 3, rest.size - size - 3) : cor_slice(NULL, 0);
        if (!name.size)
            continue;
        status = take_name(boot, name);
        if (status == COR_OK && boot->order.size + name.size < LONGEST_NOTE / 2)
            status = cor_buffer_printf(&boot->order, "%s%.*s", boot->module_count ? " " : "",
                                       (int)name.size, name.data);
        boot->module_count++;
    }
    return status;
}

static enum cor_status tell(struct boot *boot)
{
    struct cor_node *node = boot->node;
    struct cor_walker *walker = boot->walker;
    struct cor_slice order = cor_buffer_slice(&boot->order);
    const char *note = cor_arena_printf(
        &walker->walk->arena, "kernel %.*s, build %.*s, %zu modules in this order: %.*s",
        (int)boot->kernel.size, boot->kernel.data, (int)boot->build.size, boot->build.data,
        boot->module_count, (int)order.size, order.data);
    const char *sentence =
        note ? cor_arena_printf(&walker->walk->arena, "%s: %s", node->member.path, note) : NULL;
    enum cor_status status = sentence ? cor_manifest_note(walker, node, note) : COR_NOMEM;
    if (status == COR_OK)
        status = cor_manifest_tell(walker, sentence);
    if (status != COR_OK || boot->absent.count == 0)
        return status;
    return cor_walker_unread(walker, node, COR_NOT_FOUND, COR_HIDES_CODE,
                             "it names what is not there: %s", cor_name_list_end(&boot->absent));
}

static enum cor_status check(struct cor_walker *walker, const struct cor_manifest *manifest)
{
    struct boot boot = {.walker = walker,
                        .node = manifest->node,
                        .kernel = {"", 0},
                        .prefix = {"", 0},
                        .build = {"unknown", 7}};
    cor_buffer_init(&boot.order, LONGEST_NOTE);
    read_lines(&boot, cor_slice(manifest->bytes, manifest->size));
    struct cor_slice kernel = first_word(boot.kernel);
    boot.kernel = kernel.size ? kernel : COR_SLICE("none");
    enum cor_status status = kernel.size ? take_name(&boot, kernel) : COR_OK;
    if (status == COR_OK)
        status = take_modules(&boot);
    if (status == COR_OK && (kernel.size || boot.module_count))
        status = tell(&boot);
    cor_buffer_dispose(&boot.order);
    return status == COR_NOMEM ? COR_NOMEM : COR_OK;
}

const struct cor_manifest_kind cor_manifest_boot_cfg = {is_boot_cfg, check};
