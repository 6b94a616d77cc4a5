// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/kernel_image.h"

#include <elf.h>

#include "binary/kallsyms.h"
#include "binary/kernel_exports.h"
#include "binary/kinds.h"

// What the header of a raw image says (Documentation/arm64/booting, riscv/boot-image-header).
struct header {
    size_t offset;
    const char *magic;
    size_t size;
    uint16_t machine;
    bool wide, big;
};

static const struct header headers[] = {
    {0x38, "ARM\x64", 4, EM_AARCH64, true, false},
    {0x38, "RSC\x05", 4, EM_RISCV, true, false},
    {0x10008, "S390EP", 6, EM_S390, true, true},
};

static const struct header *find_header(struct cor_slice bytes)
{
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        const struct header *header = &headers[i];
        if (bytes.size > header->offset + header->size &&
            memcmp(bytes.data + header->offset, header->magic, header->size) == 0)
            return header;
    }
    return NULL;
}

// Where no header tells the machine, a function does that every kernel for it has.
static uint16_t machine_of(const struct cor_component *component)
{
    static const struct {
        const char *function;
        uint16_t machine;
    } marks[] = {
        {"arm_memblock_init", EM_ARM},       {"__aeabi_uidivmod", EM_ARM},
        {"arm64_memblock_init", EM_AARCH64}, {"s390_adjust_jiffies", EM_S390},
        {"s390_handle_mcck", EM_S390},       {"plat_mem_setup", EM_MIPS},
        {"riscv_fill_hwcap", EM_RISCV},      {"ppc_save_regs", EM_PPC},
        {"x86_init_noop", EM_386},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!cor_kallsyms_find_symbol(component, cor_slice_text(marks[i].function)))
            continue;
        if (marks[i].machine == EM_PPC && component->elf_class == 64)
            return EM_PPC64;
        return marks[i].machine == EM_386 && component->elf_class == 64 ? EM_X86_64
                                                                        : marks[i].machine;
    }
    return EM_NONE;
}

static bool find_tables(struct cor_slice bytes, const struct header *header,
                        struct cor_kallsyms *ret_tables)
{
    const struct cor_kernel_map unplaced = {.bytes = bytes};
    if (header && cor_kallsyms_find(bytes, header->wide, header->big, &unplaced, ret_tables))
        return true;
    return cor_kallsyms_find(bytes, true, false, NULL, ret_tables) ||
           cor_kallsyms_find(bytes, false, false, NULL, ret_tables) ||
           cor_kallsyms_find(bytes, true, true, NULL, ret_tables) ||
           cor_kallsyms_find(bytes, false, true, NULL, ret_tables);
}

static enum cor_status fill(struct cor_component *component, struct cor_names *names,
                            const struct cor_kallsyms *tables, const struct header *header)
{
    component->elf_class = tables->wide ? 64 : 32;
    component->big_endian = tables->big;
    enum cor_status status = cor_kallsyms_fill(component, names, tables, NULL);
    if (status != COR_OK)
        return status;
    component->elf_machine = header ? header->machine : machine_of(component);
    component->machine = cor_machine_word(component, component->elf_machine);
    if (!tables->based)
        component->damage =
            tables->form == COR_KALLSYMS_DISTANCES
                ? "nothing tells where it runs: addresses count from its start"
                : "nothing tells where it runs: addresses count from its first symbol";
    return component->machine ? cor_kernel_exports_raw(component, names, tables) : COR_NOMEM;
}

enum cor_status cor_kernel_image_read(struct cor_component *component, struct cor_names *names,
                                      const void *bytes, size_t size)
{
    const struct cor_slice all = cor_slice(bytes, size);
    const struct header *header = find_header(all);
    struct cor_kallsyms tables;
    enum cor_status status = cor_kernel_facts_read(all, component);
    if (status != COR_OK)
        return status;
    if (!component->kernel_release)
        return COR_NOT_FOUND;
    component->kind = COR_KIND_KERNEL;
    component->file_size = size;
    if (!find_tables(all, header, &tables)) {
        component->unsupported = cor_kallsyms_absence(all);
        return COR_OK;
    }
    return fill(component, names, &tables, header);
}
