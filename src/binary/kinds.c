// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/kinds.h"

#include <elf.h>

static const char *const machines[] = {
#define MACHINE(number, word) [number] = (word),
#include "binary/machines.def"
};

const char *cor_machine_word(struct cor_component *component, uint16_t machine)
{
    if (machine == 0x9026) // Alpha's number before it had an official one
        return "alpha";
    if (machine < sizeof machines / sizeof *machines && machines[machine])
        return machines[machine];
    return cor_arena_printf(&component->arena, "em-%u", machine);
}

static bool has_section(const struct cor_image *image, const char *name)
{
    return cor_image_named(image, name) != NULL;
}

static bool is_module(const struct cor_image *image)
{
    return has_section(image, ".vmkmodinfo") ||
           (has_section(image, ".modinfo") && has_section(image, ".gnu.linkonce.this_module"));
}

static bool defines(const struct cor_component *component, const char *name)
{
    for (size_t i = 0; i < component->defined.count; i++)
        if (strcmp(component->defined.items[i].name->text, name) == 0)
            return true;
    return false;
}

static bool is_kernel(const struct cor_image *image, const struct cor_component *component)
{
    return has_section(image, "__ksymtab") || has_section(image, "__ksymtab_gpl") ||
           (has_section(image, ".init.text") && has_section(image, "__param")) ||
           defines(component, "linux_banner");
}

// A shared library may name an interpreter too (the C library does): its own name tells.
static enum cor_kind linked_kind(const struct cor_image *image, const struct cor_dynamic *dynamic,
                                 const struct cor_component *component)
{
    uint64_t flags = 0;
    bool pie = cor_dynamic_value(image, dynamic, DT_FLAGS_1, &flags) && (flags & DF_1_PIE);
    if (image->type == ET_EXEC || pie)
        return COR_KIND_EXECUTABLE;
    if (cor_image_segment(image, PT_INTERP) && !component->soname)
        return COR_KIND_EXECUTABLE;
    return COR_KIND_SHARED_OBJECT;
}

// GCC's sections hold a header whose fifth byte says that there is no machine code beside them;
// before version 10 a symbol said it.
static bool is_slim_lto(const struct cor_image *image, const struct cor_component *component)
{
    for (size_t i = 0; i < image->section_count; i++) {
        const struct cor_section *section = &image->sections[i];
        if (strncmp(section->name, ".gnu.lto_.lto.", 14) == 0 && section->data.size > 4)
            return section->data.data[4] != 0;
    }
    return has_section(image, ".gnu.lto_.symtab") && defines(component, "__gnu_lto_slim");
}

static void mark_unsupported(struct cor_component *component, const char *reason)
{
    component->kind = COR_KIND_UNSUPPORTED;
    component->unsupported = reason;
}

enum cor_status cor_kind_set(const struct cor_image *image, const struct cor_dynamic *dynamic,
                             struct cor_component *component)
{
    if (image->type == ET_REL) {
        component->kind = is_module(image) ? COR_KIND_KERNEL_MODULE : COR_KIND_RELOCATABLE;
        if (is_slim_lto(image, component))
            mark_unsupported(component, "GCC LTO object without machine code");
    } else if (image->type == ET_EXEC || image->type == ET_DYN) {
        bool kernel = !cor_image_segment(image, PT_INTERP) && is_kernel(image, component);
        component->kind = kernel ? COR_KIND_KERNEL : linked_kind(image, dynamic, component);
    } else if (image->type == ET_CORE) {
        mark_unsupported(component, "core file");
    } else {
        const char *reason =
            cor_arena_printf(&component->arena, "unknown ELF file type %u", image->type);
        if (!reason)
            return COR_NOMEM;
        mark_unsupported(component, reason);
    }
    return COR_OK;
}
