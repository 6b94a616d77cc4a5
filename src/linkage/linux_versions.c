// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Module.symvers: "0xCHECKSUM<tab>NAME<tab>MODULE<tab>EXPORT_SYMBOL[_GPL][<tab>NAMESPACE]", MODULE
// being "vmlinux" or a path.
#include "linkage/linux_tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

enum { LONGEST_LIST = 2000 };

static int export_order(const void *key, const void *item)
{
    return cor_slice_order(*(const struct cor_slice *)key,
                           cor_name_slice(((const struct cor_export *)item)->name));
}

// "drivers/net/a" is installed as kernel/drivers/net/a.ko; of a module built outside of the
// kernel's tree only the name is known.
static bool is_owner(const struct cor_component *component, struct cor_slice module)
{
    if (cor_slice_same(module, COR_SLICE("vmlinux")))
        return component->kind == COR_KIND_KERNEL;
    if (component->kind != COR_KIND_KERNEL_MODULE)
        return false;
    if (module.data[0] == '/') {
        const char *slash = memrchr(module.data, '/', module.size);
        size_t skip = (size_t)(slash + 1 - module.data);
        module = cor_slice(slash + 1, module.size - skip);
    }
    const char *end = component->path + strlen(component->path);
    const char *at = component->path;
    while ((at = memmem(at, (size_t)(end - at), module.data, module.size))) {
        if (at > component->path && at[-1] == '/' && strncmp(at + module.size, ".ko", 3) == 0)
            return true;
        at++;
    }
    return false;
}

static enum cor_status compare(const struct cor_component *component, struct cor_slice name,
                               uint32_t checksum, bool gpl, struct cor_buffer *list)
{
    const struct cor_export *export = NULL;
    if (component->exports.count)
        export = bsearch(&name, component->exports.items, component->exports.count, sizeof *export,
                         export_order);
    const char *what = NULL;
    if (!export)
        what = "not exported";
    else if (export->has_crc && export->crc != checksum)
        what = "another checksum";
    else if (export->gpl_only != gpl)
        what = gpl ? "exported to all" : "exported to GPL modules alone";
    if (!what)
        return COR_OK;
    enum cor_status status = cor_buffer_printf(list, "%s%.*s (%s)", list->size ? ", " : "",
                                               (int)name.size, name.data, what);
    return status == COR_LIMIT ? COR_OK : status;
}

static enum cor_status check_line(const struct cor_linking *linking, struct cor_slice line,
                                  struct cor_buffer *list)
{
    struct cor_slice words[4];
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < 4; i++)
        if (!cor_next_word(&line, &words[i]))
            return COR_OK;
    char number[16] = "";
    if (words[0].size < sizeof number)
        memcpy(number, words[0].data, words[0].size);
    uint32_t checksum = (uint32_t)strtoul(number, NULL, 16);
    bool gpl = cor_slice_starts(words[3], COR_SLICE("EXPORT_SYMBOL_GPL"));
    for (size_t i = 0; status == COR_OK && i < linking->product->components.count; i++) {
        const struct cor_component *component = linking->product->components.items[i];
        if (component->role == linking->subject && is_owner(component, words[2]) &&
            component->exports.count)
            status = compare(component, words[1], checksum, gpl, list);
    }
    return status;
}

static enum cor_status check(struct cor_linking *linking, const struct cor_setting *setting)
{
    struct cor_slice text = cor_slice_text(setting->text), line;
    struct cor_buffer list;
    enum cor_status status = COR_OK;
    cor_buffer_init(&list, LONGEST_LIST);
    while (status == COR_OK && cor_next_line(&text, &line))
        status = check_line(linking, line, &list);
    if (status == COR_OK && list.size) {
        const char *note =
            cor_arena_printf(&linking->links->arena, "%s differs from what was shipped: %s",
                             setting->path, list.data);
        status = note ? cor_array_add(&linking->links->notes, note) : COR_NOMEM;
    }
    cor_buffer_dispose(&list);
    return status;
}

enum cor_status cor_linux_versions_check(struct cor_linking *linking)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < linking->product->settings.count; i++)
        if (linking->product->settings.items[i].kind == COR_SETTING_MODULE_SYMVERS)
            status = check(linking, &linking->product->settings.items[i]);
    return status;
}
