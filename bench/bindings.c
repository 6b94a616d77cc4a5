// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Developer's tool: takes the ELF files named on standard input, and the loader's configuration
// among them, for a product and prints how each need is bound: user, symbol, version, provider.
// What is loaded by name goes to standard error.
//     bench-bindings [ROOT]
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "binary/elf.h"
#include "linkage/linkage.h"

static char *slurp(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return NULL;
    long size = ftell(file);
    rewind(file);
    char *bytes = size < 0 ? NULL : malloc((size_t)size + 1);
    if (bytes && fread(bytes, 1, (size_t)size, file) != (size_t)size) {
        free(bytes);
        bytes = NULL;
    }
    fclose(file);
    *ret_size = (size_t)size;
    return bytes;
}

static void add_setting(struct cor_product *product, const char *path, const char *bytes,
                        size_t size)
{
    const struct cor_setting setting = {
        strcmp(path, "/etc/ld.so.conf") == 0 ? COR_SETTING_LD_CONF : COR_SETTING_LD_CONF_PART,
        cor_arena_printf(&product->arena, "root%s", path),
        cor_arena_text(&product->arena, cor_slice(bytes, size))};
    if (!setting.path || !setting.text || cor_array_add(&product->settings, setting) != COR_OK)
        abort();
}

static void add(struct cor_product *product, struct cor_names *names, const char *root,
                const char *path)
{
    size_t size;
    char place[8192];
    snprintf(place, sizeof place, "%s%s", root, path);
    char *bytes = slurp(place, &size);
    if (bytes && strncmp(path, "/etc/ld.so.conf", 15) == 0) {
        add_setting(product, path, bytes, size);
        free(bytes);
        return;
    }
    struct cor_component *component = cor_component_new();
    if (!bytes || !component)
        abort();
    if (cor_elf_read(component, names, bytes, size, NULL) != COR_OK ||
        (component->elf_type != 2 && component->elf_type != 3)) {
        cor_component_free(component);
    } else {
        component->role = COR_ROLE_SHIPPED;
        component->path = cor_arena_printf(&component->arena, "root%s", path);
        if (!component->path)
            abort();
        component->name = strrchr(component->path, '/') + 1;
        if (cor_array_add(&product->components, component) != COR_OK)
            abort();
    }
    free(bytes);
}

static void print_need(const struct cor_product *product, const struct cor_links *links,
                       size_t user, size_t need)
{
    const struct cor_component *component = product->components.items[user];
    const struct cor_symbol *symbol = &component->undefined.items[need];
    const struct cor_resolution *resolution = &links->components[user].resolutions[need];
    for (uint32_t i = 0; i < resolution->count; i++) {
        const struct cor_provider *provider = &links->providers.items[resolution->first + i];
        printf("%s %s %s %s\n", component->path + 4, symbol->name->text,
               symbol->version ? symbol->version : "-",
               product->components.items[provider->component]->path + 4);
    }
    if (!resolution->count)
        printf("%s %s %s - %s\n", component->path + 4, symbol->name->text,
               symbol->version ? symbol->version : "-",
               resolution->missing ? resolution->missing : "");
}

int main(int argc, char **argv)
{
    struct cor_product product;
    struct cor_links links;
    struct cor_names *names = cor_names_new();
    char line[4096];
    cor_product_init(&product);
    cor_links_init(&links);
    while (names && fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        add(&product, names, argc > 1 ? argv[1] : "", line);
    }
    cor_product_number(&product);
    fprintf(stderr, "objects %zu\n", product.components.count);
    if (cor_linkage_resolve(&product, &links) != COR_OK)
        return 1;
    for (size_t i = 0; i < product.components.count; i++)
        for (size_t k = 0; k < product.components.items[i]->undefined.count; k++)
            print_need(&product, &links, i, k);
    for (size_t i = 0; i < links.loads.count; i++)
        fprintf(stderr, "load %s %s\n", product.components.items[links.loads.items[i].user]->path,
                product.components.items[links.loads.items[i].library]->path);
    cor_links_dispose(&links);
    cor_product_dispose(&product);
    cor_names_free(names);
    return 0;
}
