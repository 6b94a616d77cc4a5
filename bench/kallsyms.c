// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Developer's tool: prints the symbols of the kernels in a file as /proc/kallsyms does, address,
// letter and name; what was recovered of each kernel goes to standard error. With -e its exports as
// Module.symvers has them: checksum, name, "vmlinux", kind, namespace; and the address.
//     bench-kallsyms [-e] FILE
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "binary/elf.h"
#include "binary/kallsyms.h"
#include "binary/kernel_image.h"
#include "intake/input.h"
#include "intake/walk.h"

static void print_all(const struct cor_kallsyms *tables)
{
    char text[COR_KALLSYMS_LONGEST];
    size_t at = tables->names, size;
    for (uint32_t i = 0; i < tables->count; i++)
        if (cor_kallsyms_name(tables, at, text, &size, &at))
            printf("%016" PRIx64 " %c %s\n", cor_kallsyms_address(tables, i), text[0], text + 1);
}

static bool find(const struct cor_leaf *leaf, struct cor_kallsyms *tables)
{
    struct cor_slice bytes = cor_slice((const char *)leaf->bytes, leaf->size);
    struct cor_arena arena;
    struct cor_image image;
    struct cor_kernel_map map = {0};
    bool found = false;
    cor_arena_init(&arena);
    if (cor_image_open(&image, &arena, bytes.data, bytes.size, NULL) == COR_OK) {
        cor_kernel_map_elf(&image, &map);
        found = cor_kallsyms_find(bytes, image.wide, image.big, &map, tables);
    } else {
        for (unsigned i = 0; i < 4 && !found; i++)
            found = cor_kallsyms_find(bytes, i % 2 == 0, i > 1, NULL, tables);
    }
    cor_arena_dispose(&arena);
    return found;
}

static void print_exports(const struct cor_leaf *leaf)
{
    struct cor_component *component = cor_component_new();
    struct cor_names *names = cor_names_new();
    enum cor_status status = cor_elf_read(component, names, leaf->bytes, leaf->size, NULL);
    if (status != COR_OK)
        status = cor_kernel_image_read(component, names, leaf->bytes, leaf->size);
    if (status == COR_OK && component->kind == COR_KIND_KERNEL)
        fprintf(stderr, "%s: %s, %s%s%s, config %zu bytes, %zu exports%s%s\n", leaf->member->path,
                component->machine ? component->machine : "?",
                component->kernel_banner ? component->kernel_banner : "no banner",
                component->unsupported ? ", " : "",
                component->unsupported ? component->unsupported : "",
                component->kernel_config ? strlen(component->kernel_config) : 0,
                component->exports.count, component->damage ? ", " : "",
                component->damage ? component->damage : "");
    for (size_t i = 0; status == COR_OK && i < component->exports.count; i++) {
        const struct cor_export *export = &component->exports.items[i];
        printf("0x%08" PRIx32 "\t%s\tvmlinux\t%s\t%s\t0x%" PRIx64 "\n", export->crc,
               export->name->text, export->gpl_only ? "EXPORT_SYMBOL_GPL" : "EXPORT_SYMBOL",
               export->namespace_ ? export->namespace_ : "", export->address);
    }
    cor_component_free(component);
    cor_names_free(names);
}

static bool want_exports;

static enum cor_status visit(struct cor_visitor *visitor, const struct cor_leaf *leaf,
                             unsigned worker)
{
    static const char *const forms[] = {"words", "offsets", "per-cpu", "distances"};
    struct cor_kallsyms tables;
    (void)visitor;
    (void)worker;
    if (want_exports) {
        print_exports(leaf);
        return COR_OK;
    }
    if (!find(leaf, &tables))
        return COR_OK;
    fprintf(stderr, "%s: %" PRIu32 " symbols, %d bits, %s-endian, %s, base 0x%" PRIx64 "%s\n",
            leaf->member->path, tables.count, tables.wide ? 64 : 32, tables.big ? "big" : "little",
            forms[tables.form], tables.base, tables.based ? "" : " (unknown)");
    print_all(&tables);
    return COR_OK;
}

int main(int argc, char **argv)
{
    struct cor_arena arena;
    struct cor_input input;
    struct cor_walk *walk = NULL;
    struct cor_visitor visitor = {visit, NULL};
    struct cor_workers *workers = cor_workers_new(1, 64 << 20);
    const struct cor_walk_options options = {.workers = workers, .limits = cor_default_limits};
    cor_arena_init(&arena);
    want_exports = argc == 3 && strcmp(argv[1], "-e") == 0;
    enum cor_status status = argc == 2 + want_exports && workers ? COR_OK : COR_USAGE;
    if (status == COR_OK)
        status = cor_input_open(argv[argc - 1], &arena, &input, NULL);
    if (status == COR_OK)
        status = cor_walk_inputs(&input, 1, &options, &visitor, &walk);
    cor_walk_free(walk);
    cor_workers_free(workers);
    cor_arena_dispose(&arena);
    return status != COR_OK;
}
