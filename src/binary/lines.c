// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/lines.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "binary/image.h"

struct lines {
    Dwfl *dwfl;
    Dwfl_Module *module;
    Elf *elf;
    GElf_Addr bias;
    bool relocatable;
    const char *section; // the latest one looked up, and where it stands
    GElf_Addr section_at;
    bool section_found;
};

bool cor_lines_has(const void *bytes, size_t size)
{
    struct cor_image image;
    struct cor_arena arena;
    cor_arena_init(&arena);
    bool has = cor_image_open(&image, &arena, bytes, size, NULL) == COR_OK &&
               (cor_image_named(&image, ".debug_line") || cor_image_named(&image, ".zdebug_line"));
    cor_arena_dispose(&arena);
    return has;
}

// Debug information is looked for nowhere else: the audit names what it has read.
static int find_nothing(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
                        const char *file, const char *link, GElf_Word checksum, char **ret_name)
{
    (void)module, (void)data, (void)name, (void)base, (void)file, (void)link, (void)checksum;
    (void)ret_name;
    return -1;
}

static const Dwfl_Callbacks callbacks = {.find_elf = dwfl_build_id_find_elf,
                                         .find_debuginfo = find_nothing,
                                         .section_address = dwfl_offline_section_address};

// The library lays out and relocates objects, but reads them through a file alone.
static int file_of(const void *bytes, size_t size)
{
    int file = memfd_create("object", MFD_CLOEXEC);
    for (size_t done = 0; file >= 0 && done < size;) {
        ssize_t more = write(file, (const char *)bytes + done, size - done);
        if (more <= 0) {
            close(file);
            return -1;
        }
        done += (size_t)more;
    }
    return file;
}

static bool open_lines(struct lines *lines, const void *bytes, size_t size)
{
    *lines = (struct lines){.dwfl = dwfl_begin(&callbacks)};
    int file = lines->dwfl ? file_of(bytes, size) : -1;
    if (file < 0)
        return false;
    dwfl_report_begin(lines->dwfl);
    lines->module = dwfl_report_offline(lines->dwfl, "object", "object", file);
    if (!lines->module)
        close(file);
    dwfl_report_end(lines->dwfl, NULL, NULL);
    Dwarf_Addr bias;
    if (!lines->module || !dwfl_module_getdwarf(lines->module, &bias))
        return false;
    lines->elf = dwfl_module_getelf(lines->module, &lines->bias);
    GElf_Ehdr header;
    if (!lines->elf || !gelf_getehdr(lines->elf, &header))
        return false;
    lines->relocatable = header.e_type == ET_REL;
    return true;
}

static void find_section(struct lines *lines, const char *name)
{
    size_t names;
    GElf_Shdr header;
    lines->section = name;
    lines->section_found = false;
    if (elf_getshdrstrndx(lines->elf, &names) != 0)
        return;
    for (Elf_Scn *at = NULL; (at = elf_nextscn(lines->elf, at));) {
        const char *text =
            gelf_getshdr(at, &header) ? elf_strptr(lines->elf, names, header.sh_name) : NULL;
        if (!text || strcmp(text, name) != 0)
            continue;
        lines->section_at = header.sh_addr;
        lines->section_found = (header.sh_flags & SHF_EXECINSTR) != 0;
        return;
    }
}

// The function at an address: the innermost that was inlined there, else the one it stands in.
static const char *function_at(struct lines *lines, GElf_Addr address)
{
    Dwarf_Addr bias;
    Dwarf_Die *unit = dwfl_module_addrdie(lines->module, address, &bias), *scopes = NULL;
    const char *name = NULL;
    int count = unit ? dwarf_getscopes(unit, address - bias, &scopes) : 0;
    for (int i = 0; i < count && !name; i++) {
        int tag = dwarf_tag(&scopes[i]);
        if (tag == DW_TAG_inlined_subroutine || tag == DW_TAG_subprogram)
            name = dwarf_diename(&scopes[i]);
    }
    if (count > 0)
        free(scopes);
    return name;
}

static enum cor_status read_one(struct lines *lines, struct cor_reference *reference,
                                struct cor_arena *arena)
{
    int number = 0;
    if (!lines->section || strcmp(lines->section, reference->section) != 0)
        find_section(lines, reference->section);
    if (!lines->section_found)
        return COR_OK;
    GElf_Addr address = reference->offset + lines->bias;
    if (lines->relocatable)
        address += lines->section_at;
    Dwfl_Line *line = dwfl_module_getsrc(lines->module, address);
    const char *file = line ? dwfl_lineinfo(line, NULL, &number, NULL, NULL, NULL) : NULL;
    if (!file || number <= 0)
        return COR_OK;
    const char *function = function_at(lines, address);
    reference->line_file = cor_arena_text(arena, cor_slice_text(file));
    reference->line = (uint32_t)number;
    if (function)
        reference->line_function = cor_arena_text(arena, cor_slice_text(function));
    return reference->line_file && (!function || reference->line_function) ? COR_OK : COR_NOMEM;
}

enum cor_status cor_lines_read(const void *bytes, size_t size, struct cor_references *references,
                               struct cor_arena *arena)
{
    struct lines lines = {0};
    enum cor_status status = COR_OK;
    if (references->items.count && open_lines(&lines, bytes, size))
        for (size_t i = 0; status == COR_OK && i < references->items.count; i++)
            if (!references->items.items[i].line_file)
                status = read_one(&lines, &references->items.items[i], arena);
    if (lines.dwfl)
        dwfl_end(lines.dwfl);
    return status;
}
