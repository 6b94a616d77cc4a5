// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// modules.dep: "kernel/a.ko.xz: kernel/b.ko.xz kernel/c.ko", the folder being the table's own, and
// all that has to be loaded before, not only what is used directly. modules.symbols:
// "alias symbol:NAME MODULE".
#include "linkage/linux_tables.h"

#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/map.h"

enum { LONGEST_PATH = 4096, MOST_NOTES = 50 };

struct tables {
    struct cor_linking *linking;
    struct cor_names *names;
    struct cor_map modules; // interned path without decompression -> index in the product
    unsigned notes;
};

static const struct cor_component *component_at(const struct tables *tables, uint32_t number)
{
    return tables->linking->product->components.items[number];
}

// "x/a.ko.xz!xz" -> "x/a.ko.xz"
static struct cor_slice stored_path(const char *path)
{
    struct cor_slice text = cor_slice_text(path);
    const char *bang = memrchr(text.data, '!', text.size);
    if (bang && bang[1] != '/')
        text.size = (size_t)(bang - text.data);
    return text;
}

static enum cor_status index_modules(struct tables *tables)
{
    const struct cor_product *product = tables->linking->product;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < product->components.count; i++) {
        const struct cor_component *component = product->components.items[i];
        const struct cor_name *name;
        if (component->kind != COR_KIND_KERNEL_MODULE ||
            component->role != tables->linking->subject)
            continue;
        status = cor_names_intern(tables->names, stored_path(component->path), &name);
        if (status == COR_OK)
            status = cor_map_put(&tables->modules, name, i);
    }
    return status;
}

static uint32_t find_module(const struct tables *tables, const struct cor_setting *setting,
                            struct cor_slice file)
{
    char path[LONGEST_PATH];
    const char *slash = strrchr(setting->path, '/');
    size_t folder = slash ? (size_t)(slash + 1 - setting->path) : 0;
    uint64_t value;
    if (folder + file.size >= sizeof path)
        return COR_NONE;
    memcpy(path, setting->path, folder);
    memcpy(path + folder, file.data, file.size);
    const struct cor_name *name =
        cor_names_find(tables->names, cor_slice(path, folder + file.size));
    return name && cor_map_get(&tables->modules, name, &value) ? (uint32_t)value : COR_NONE;
}

static enum cor_status note(struct tables *tables, const char *text)
{
    if (!text)
        return COR_NOMEM;
    // A table of another kernel contradicts everywhere.
    if (tables->notes++ >= MOST_NOTES)
        return COR_OK;
    return cor_array_add(&tables->linking->links->notes, text);
}

static enum cor_status note_absent(struct tables *tables, const struct cor_setting *setting,
                                   struct cor_slice file)
{
    return note(tables, cor_arena_printf(&tables->linking->links->arena,
                                         "%s lists %.*s, which was not shipped beside it",
                                         setting->path, (int)file.size, file.data));
}

// Puts the listed provider first, where the first is another module.
static void choose(struct tables *tables, struct cor_resolution *resolution,
                   const unsigned char *listed)
{
    struct cor_provider *items = tables->linking->links->providers.items + resolution->first;
    if (component_at(tables, items[0].component)->kind != COR_KIND_KERNEL_MODULE)
        return;
    for (uint32_t i = 0; i < resolution->count && !listed[items[0].component]; i++) {
        if (!listed[items[i].component])
            continue;
        struct cor_provider chosen = items[i];
        memmove(items + 1, items, i * sizeof *items);
        items[0] = chosen;
    }
}

static enum cor_status check_needs(struct tables *tables, const struct cor_setting *setting,
                                   uint32_t user, const unsigned char *listed)
{
    const struct cor_component *module = component_at(tables, user);
    struct cor_resolution *resolutions = tables->linking->links->components[user].resolutions;
    unsigned char *told = cor_alloc_zero(tables->linking->product->components.count, 1);
    enum cor_status status = told ? COR_OK : COR_NOMEM;
    for (size_t i = 0; status == COR_OK && resolutions && i < module->undefined.count; i++) {
        if (!resolutions[i].count)
            continue;
        choose(tables, &resolutions[i], listed);
        uint32_t provider = tables->linking->links->providers.items[resolutions[i].first].component;
        const struct cor_component *other = component_at(tables, provider);
        if (other->kind != COR_KIND_KERNEL_MODULE || listed[provider] || told[provider])
            continue;
        told[provider] = 1;
        status = note(tables, cor_arena_printf(&tables->linking->links->arena,
                                               "%s needs %s of %s, which %s does not say",
                                               module->path, module->undefined.items[i].name->text,
                                               other->path, setting->path));
    }
    cor_free(told);
    return status;
}

static enum cor_status check_line(struct tables *tables, const struct cor_setting *setting,
                                  struct cor_slice line, unsigned char *listed)
{
    const char *colon = memchr(line.data, ':', line.size);
    struct cor_slice word;
    enum cor_status status = COR_OK;
    if (!colon)
        return COR_OK;
    size_t size = (size_t)(colon - line.data);
    struct cor_slice file = cor_slice(line.data, size);
    uint32_t user = find_module(tables, setting, file);
    if (user == COR_NONE)
        return note_absent(tables, setting, file);
    struct cor_slice rest = cor_slice(colon + 1, line.size - size - 1);
    while (cor_next_word(&rest, &word)) {
        uint32_t module = find_module(tables, setting, word);
        if (module != COR_NONE)
            listed[module] = 1;
    }
    status = check_needs(tables, setting, user, listed);
    rest = cor_slice(colon + 1, line.size - size - 1);
    while (cor_next_word(&rest, &word)) {
        uint32_t module = find_module(tables, setting, word);
        if (module != COR_NONE)
            listed[module] = 0;
    }
    return status;
}

static enum cor_status check_dependencies(struct tables *tables, const struct cor_setting *setting)
{
    unsigned char *listed = cor_alloc_zero(tables->linking->product->components.count + 1, 1);
    struct cor_slice text = cor_slice_text(setting->text), line;
    enum cor_status status = listed ? COR_OK : COR_NOMEM;
    while (status == COR_OK && cor_next_line(&text, &line))
        status = check_line(tables, setting, line, listed);
    cor_free(listed);
    return status;
}

// Modules are called by file names, with '_' for '-', without folders and endings.
static bool is_called(const struct cor_component *module, struct cor_slice name)
{
    size_t i = 0;
    for (; i < name.size && module->name[i]; i++) {
        char c = module->name[i] == '-' ? '_' : module->name[i];
        if (c != (name.data[i] == '-' ? '_' : name.data[i]))
            return false;
    }
    return i == name.size && strncmp(module->name + i, ".ko", 3) == 0;
}

static bool anybody_exports(const struct tables *tables, struct cor_slice symbol,
                            struct cor_slice module, bool *ret_there)
{
    const struct cor_product *product = tables->linking->product;
    *ret_there = false;
    for (size_t i = 0; i < product->components.count; i++) {
        const struct cor_component *component = product->components.items[i];
        if (component->kind != COR_KIND_KERNEL_MODULE || !is_called(component, module))
            continue;
        *ret_there = true;
        for (size_t k = 0; k < component->exports.count; k++)
            if (cor_slice_same(cor_name_slice(component->exports.items[k].name), symbol))
                return true;
    }
    return false;
}

static enum cor_status check_symbols(struct tables *tables, const struct cor_setting *setting)
{
    static const struct cor_slice prefix = {"symbol:", 7};
    struct cor_slice text = cor_slice_text(setting->text), line, words[3];
    enum cor_status status = COR_OK;
    while (status == COR_OK && tables->notes < MOST_NOTES && cor_next_line(&text, &line)) {
        bool there;
        if (!cor_next_word(&line, &words[0]) || !cor_slice_same(words[0], COR_SLICE("alias")) ||
            !cor_next_word(&line, &words[1]) || !cor_slice_starts(words[1], prefix) ||
            !cor_next_word(&line, &words[2]))
            continue;
        struct cor_slice symbol =
            cor_slice(words[1].data + prefix.size, words[1].size - prefix.size);
        if (!anybody_exports(tables, symbol, words[2], &there) && there)
            status =
                note(tables, cor_arena_printf(&tables->linking->links->arena,
                                              "%s says that %.*s exports %.*s, and it does not",
                                              setting->path, (int)words[2].size, words[2].data,
                                              (int)symbol.size, symbol.data));
    }
    return status;
}

enum cor_status cor_linux_tables_check(struct cor_linking *linking)
{
    const struct cor_product *product = linking->product;
    struct tables tables = {.linking = linking};
    enum cor_status status = COR_OK;
    if (!product->settings.count)
        return COR_OK;
    cor_map_init(&tables.modules);
    tables.names = cor_names_new();
    status = tables.names ? index_modules(&tables) : COR_NOMEM;
    for (size_t i = 0; status == COR_OK && i < product->settings.count; i++) {
        const struct cor_setting *setting = &product->settings.items[i];
        if (setting->kind == COR_SETTING_MODULES_DEP)
            status = check_dependencies(&tables, setting);
        else if (setting->kind == COR_SETTING_MODULES_SYMBOLS)
            status = check_symbols(&tables, setting);
    }
    cor_names_free(tables.names);
    cor_map_dispose(&tables.modules);
    return status;
}
