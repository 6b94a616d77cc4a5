// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The configuration that a kernel carries against the one that was released with the source.
#include <stdlib.h>

#include "base/buffer.h"
#include "verdict/versions.h"

struct option {
    struct cor_slice name, value; // "CONFIG_X"; "n" where it is not set
};

typedef COR_ARRAY(struct option) option_list;

static bool read_option(struct cor_slice line, struct option *ret_option)
{
    static const struct cor_slice off = {"# CONFIG_", 9}, not_set = {" is not set", 11};
    const char *equals = memchr(line.data, '=', line.size);
    if (cor_slice_starts(line, off) && cor_slice_ends(line, not_set)) {
        *ret_option =
            (struct option){cor_slice(line.data + 2, line.size - 2 - not_set.size), COR_SLICE("n")};
        return true;
    }
    if (!cor_slice_starts(line, COR_SLICE("CONFIG_")) || !equals)
        return false;
    size_t size = (size_t)(equals - line.data);
    *ret_option =
        (struct option){cor_slice(line.data, size), cor_slice(equals + 1, line.size - size - 1)};
    return true;
}

static int option_order(const void *a, const void *b)
{
    const struct option *x = a, *y = b;
    return cor_slice_order(x->name, y->name);
}

static enum cor_status read_options(const char *text, option_list *list)
{
    struct option option;
    while (*text) {
        size_t size = strcspn(text, "\n");
        if (read_option(cor_slice_trim(cor_slice(text, size)), &option) &&
            cor_array_add(list, option) != COR_OK)
            return COR_NOMEM;
        text += size + (text[size] == '\n');
    }
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, option_order);
    return COR_OK;
}

// What tools found out about themselves says nothing of the source.
static bool is_about_tools(struct cor_slice name)
{
    static const char *const starts[] = {
        "CONFIG_CC_",  "CONFIG_GCC_",    "CONFIG_CLANG_", "CONFIG_AS_",    "CONFIG_LD_",
        "CONFIG_LLD_", "CONFIG_PAHOLE_", "CONFIG_RUSTC_", "CONFIG_TOOLS_", "CONFIG_BUILD_SALT"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (cor_slice_starts(name, cor_slice_text(starts[i])))
            return true;
    return false;
}

// Options that both sides tell and that differ; the first few of them in words.
static size_t list_differences(const option_list *own, const option_list *released,
                               struct cor_buffer *words)
{
    enum { SHOWN = 4 };
    size_t count = 0;
    for (size_t i = 0, k = 0; i < own->count && k < released->count;) {
        const struct option *a = &own->items[i], *b = &released->items[k];
        int order = cor_slice_order(a->name, b->name);
        i += order <= 0;
        k += order >= 0;
        if (order != 0 || cor_slice_same(a->value, b->value) || is_about_tools(a->name))
            continue;
        if (count++ < SHOWN &&
            cor_buffer_printf(words, "%s%.*s=%.*s, released %.*s", count > 1 ? "; " : "",
                              (int)a->name.size, a->name.data, (int)a->value.size, a->value.data,
                              (int)b->value.size, b->value.data) != COR_OK)
            break;
    }
    return count;
}

static enum cor_status compare(const struct cor_evidence *evidence, size_t number,
                               const struct cor_stated *config, struct cor_verdicts *verdicts)
{
    const struct cor_component *kernel = evidence->product->components.items[number];
    option_list own = {0}, released = {0};
    struct cor_buffer words;
    cor_buffer_init(&words, 4096);
    enum cor_status status = read_options(kernel->kernel_config, &own);
    if (status == COR_OK)
        status = read_options(config->version, &released);
    size_t count = status == COR_OK ? list_differences(&own, &released, &words) : 0;
    if (count) {
        const char *note = cor_arena_printf(
            &verdicts->arenas[0],
            "version-differs: %zu options of the configuration that %s carries are others in "
            "%s (%s)",
            count, kernel->path, evidence->source->files.items[config->file].path,
            cor_buffer_slice(&words).data);
        verdicts->components[number].version_differs = true;
        status = note ? cor_array_add(&verdicts->notes, note) : COR_NOMEM;
    }
    cor_buffer_dispose(&words);
    cor_array_dispose(&own);
    cor_array_dispose(&released);
    return status;
}

enum cor_status cor_configs_compare(const struct cor_evidence *evidence,
                                    struct cor_verdicts *verdicts)
{
    const struct cor_stated *config = NULL;
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < evidence->source->stated.count; i++) {
        // One of several may be another product's.
        if (evidence->source->stated.items[i].config && config)
            return COR_OK;
        if (evidence->source->stated.items[i].config)
            config = &evidence->source->stated.items[i];
    }
    for (size_t i = 0; config && status == COR_OK && i < evidence->product->components.count; i++)
        if (verdicts->components[i].judged && evidence->product->components.items[i]->kernel_config)
            status = compare(evidence, i, config, verdicts);
    return status;
}
