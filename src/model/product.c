// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "model/product.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/map.h"

void cor_product_init(struct cor_product *product)
{
    *product = (struct cor_product){0};
    cor_arena_init(&product->arena);
}

void cor_product_dispose(struct cor_product *product)
{
    for (size_t i = 0; i < product->components.count; i++)
        cor_component_free(product->components.items[i]);
    cor_array_dispose(&product->components);
    cor_array_dispose(&product->boot_kernels);
    cor_array_dispose(&product->settings);
    cor_array_dispose(&product->unread_kernels);
    cor_arena_dispose(&product->arena);
}

static int component_order(const void *left, const void *right)
{
    const struct cor_component *a = *(struct cor_component *const *)left;
    const struct cor_component *b = *(struct cor_component *const *)right;
    if (a->input != b->input)
        return a->input < b->input ? -1 : 1;
    return strcmp(a->path, b->path);
}

static int digest_order(const void *left, const void *right)
{
    const struct cor_component *a = *(struct cor_component *const *)left;
    const struct cor_component *b = *(struct cor_component *const *)right;
    int order = memcmp(a->sha256, b->sha256, sizeof a->sha256);
    if (order)
        return order;
    return (a->id > b->id) - (a->id < b->id);
}

static void mark_copies(struct cor_product *product)
{
    struct cor_component **items = product->components.items;
    size_t count = product->components.count;
    if (count > 1)
        qsort(items, count, sizeof *items, digest_order);
    struct cor_component *first = NULL;
    for (size_t i = 0; i < count; i++) {
        items[i]->same_as = 0;
        if (items[i]->id == 0)
            continue;
        bool copy = first && memcmp(items[i]->sha256, first->sha256, 32) == 0;
        items[i]->same_as = copy ? first->id : 0;
        if (!copy)
            first = items[i];
    }
    if (count > 1)
        qsort(items, count, sizeof *items, component_order);
}

static int setting_order(const void *left, const void *right)
{
    const struct cor_setting *a = left, *b = right;
    return strcmp(a->path, b->path);
}

void cor_product_number(struct cor_product *product)
{
    if (product->settings.count > 1)
        qsort(product->settings.items, product->settings.count, sizeof *product->settings.items,
              setting_order);
    if (product->components.count > 1)
        qsort(product->components.items, product->components.count,
              sizeof *product->components.items, component_order);
    for (size_t i = 0; i < product->components.count; i++)
        product->components.items[i]->id = (uint32_t)i + 1;
    mark_copies(product);
}

void cor_product_keep(struct cor_product *product, const bool *keep)
{
    uint32_t next = 0;
    for (size_t i = 0; i < product->components.count; i++)
        product->components.items[i]->id = keep[i] ? ++next : 0;
    mark_copies(product);
}

bool cor_component_same_machine(const struct cor_component *a, const struct cor_component *b)
{
    return a->elf_machine == b->elf_machine && a->elf_class == b->elf_class &&
           a->big_endian == b->big_endian;
}

static bool named_by_boot(const struct cor_product *product, const struct cor_component *component)
{
    for (size_t i = 0; i < product->boot_kernels.count; i++)
        if (strcasecmp(product->boot_kernels.items[i], component->name) == 0)
            return true;
    return false;
}

static bool plain_module(const struct cor_component *component)
{
    return component->role == COR_ROLE_SHIPPED && component->elf_type == ET_REL &&
           !cor_component_modinfo(component, "vermagic") && !cor_component_archive(component, NULL);
}

static bool could_be_kernel(const struct cor_component *component)
{
    return component->role == COR_ROLE_SHIPPED && !component->unsupported &&
           (component->elf_type == ET_DYN || component->elf_type == ET_EXEC) &&
           !component->interpreter && component->needed.count == 0;
}

static enum cor_status collect_needs(const struct cor_product *product, struct cor_map *needs)
{
    for (size_t i = 0; i < product->components.count; i++) {
        const struct cor_component *component = product->components.items[i];
        if (!plain_module(component))
            continue;
        for (size_t k = 0; k < component->undefined.count; k++)
            if (cor_map_put(needs, component->undefined.items[k].name, 1) != COR_OK)
                return COR_NOMEM;
    }
    return COR_OK;
}

static bool satisfies(const struct cor_component *component, const struct cor_map *needs)
{
    uint64_t one;
    for (size_t i = 0; i < component->defined.count; i++)
        if (component->defined.items[i].binding != COR_BIND_LOCAL &&
            cor_map_get(needs, component->defined.items[i].name, &one))
            return true;
    return false;
}

enum cor_status cor_product_find_kernels(struct cor_product *product)
{
    struct cor_map needs;
    bool known = false;
    cor_map_init(&needs);
    for (size_t i = 0; i < product->components.count; i++) {
        struct cor_component *component = product->components.items[i];
        if (component->role == COR_ROLE_SHIPPED && named_by_boot(product, component))
            component->kind = COR_KIND_KERNEL;
        known =
            known || (component->role == COR_ROLE_SHIPPED && component->kind == COR_KIND_KERNEL);
    }
    enum cor_status status = known ? COR_OK : collect_needs(product, &needs);
    for (size_t i = 0; status == COR_OK && !known && i < product->components.count; i++) {
        struct cor_component *component = product->components.items[i];
        if (could_be_kernel(component) && satisfies(component, &needs))
            component->kind = COR_KIND_KERNEL;
    }
    cor_map_dispose(&needs);
    return status;
}
