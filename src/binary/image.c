// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/image.h"

#include <gelf.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "binary/bytes.h"

void cor_image_damage(struct cor_image *image, const char *format, ...)
{
    char text[160];
    va_list args;
    if (image->damage)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    image->damage = cor_arena_text(image->arena, cor_slice_text(text));
    if (!image->damage)
        image->damage = "damaged";
}

bool cor_image_spend(struct cor_image *image, uint64_t amount)
{
    enum { PASSES = 16, LEAST = 1 << 20 };
    uint64_t limit = (uint64_t)image->size * PASSES + LEAST;
    if (image->spent <= limit && amount <= limit - image->spent) {
        image->spent += amount;
        return true;
    }
    cor_image_damage(image, "its tables overlap, and not all of them were read");
    return false;
}

bool cor_string_at(struct cor_slice strings, uint64_t offset, struct cor_slice *ret_text)
{
    if (offset >= strings.size)
        return false;
    const char *start = strings.data + offset;
    const char *end = memchr(start, '\0', strings.size - (size_t)offset);
    if (!end)
        return false;
    *ret_text = cor_slice(start, (size_t)(end - start));
    return true;
}

uint64_t cor_image_word(const struct cor_image *image, const char *at)
{
    return image->wide ? cor_get64(at, image->big) : cor_get32(at, image->big);
}

const struct cor_section *cor_image_named(const struct cor_image *image, const char *name)
{
    for (size_t i = 0; i < image->section_count; i++)
        if (strcmp(image->sections[i].name, name) == 0)
            return &image->sections[i];
    return NULL;
}

const struct cor_section *cor_image_typed(const struct cor_image *image, uint32_t type)
{
    for (size_t i = 0; i < image->section_count; i++)
        if (image->sections[i].type == type)
            return &image->sections[i];
    return NULL;
}

const struct cor_segment *cor_image_segment(const struct cor_image *image, uint32_t type)
{
    for (size_t i = 0; i < image->segment_count; i++)
        if (image->segments[i].type == type)
            return &image->segments[i];
    return NULL;
}

struct cor_slice cor_image_at(const struct cor_image *image, uint64_t address)
{
    for (size_t i = 0; i < image->segment_count; i++) {
        const struct cor_segment *segment = &image->segments[i];
        if (segment->type != PT_LOAD || address < segment->address ||
            address - segment->address >= segment->data.size)
            continue;
        size_t skip = (size_t)(address - segment->address);
        return cor_slice(segment->data.data + skip, segment->data.size - skip);
    }
    return cor_slice("", 0);
}

static Elf *open_memory(const char *bytes, size_t size)
{
    char *image;
    // elf_memory() takes a writable pointer and writes nothing when it reads.
    memcpy(&image, &bytes, sizeof image);
    elf_version(EV_CURRENT);
    return elf_memory(image, size);
}

// libelf refuses a file whose section table is out of reach. The segments can be read all the
// same: a copy of the headers' values is opened without any section table.
static Elf *open_without_sections(struct cor_image *image, char **ret_copy)
{
    size_t table = image->wide ? offsetof(Elf64_Ehdr, e_shoff) : offsetof(Elf32_Ehdr, e_shoff);
    size_t count = image->wide ? offsetof(Elf64_Ehdr, e_shnum) : offsetof(Elf32_Ehdr, e_shnum);
    char *copy = cor_alloc(image->size);
    if (!copy)
        return NULL;
    memcpy(copy, image->bytes, image->size);
    memset(copy + table, 0, image->wide ? 8 : 4);
    memset(copy + count, 0, 4); // e_shnum, e_shstrndx
    *ret_copy = copy;
    cor_image_damage(image, "the section header table lies outside the file");
    return open_memory(copy, image->size);
}

static struct cor_slice file_range(const struct cor_image *image, uint64_t offset, uint64_t size)
{
    if (!cor_range_fits(offset, size, image->size))
        return cor_slice("", 0);
    return cor_slice(image->bytes + offset, (size_t)size);
}

static void read_section(struct cor_image *image, size_t index, const GElf_Shdr *header)
{
    struct cor_section *section = &image->sections[index];
    *section = (struct cor_section){.name = "",
                                    .type = header->sh_type,
                                    .link = header->sh_link,
                                    .info = header->sh_info,
                                    .flags = header->sh_flags,
                                    .address = header->sh_addr,
                                    .offset = header->sh_offset,
                                    .size = header->sh_size,
                                    .data = {"", 0}};
    if (header->sh_type != SHT_NOBITS && header->sh_type != SHT_NULL)
        section->data = file_range(image, header->sh_offset, header->sh_size);
}

static void name_sections(struct cor_image *image, const GElf_Word *names, size_t strings_index)
{
    struct cor_slice strings = {"", 0}, name;
    if (strings_index < image->section_count)
        strings = image->sections[strings_index].data;
    for (size_t i = 0; i < image->section_count; i++) {
        struct cor_section *section = &image->sections[i];
        if (cor_string_at(strings, names[i], &name))
            section->name = name.data;
        else if (section->type != SHT_NULL)
            cor_image_damage(image, "section %zu has no readable name", i);
        if (section->size && !section->data.size && section->type != SHT_NOBITS &&
            section->type != SHT_NULL)
            cor_image_damage(image, "section %zu (%s) lies outside the file", i, section->name);
    }
}

static enum cor_status read_sections(struct cor_image *image, Elf *elf, uint64_t table)
{
    size_t count = 0, strings_index = 0;
    GElf_Shdr header;
    if (elf_getshdrnum(elf, &count) != 0)
        count = 0;
    if (count == 0) {
        if (table != 0)
            cor_image_damage(image, "the section header table cannot be read");
        return COR_OK;
    }
    if (elf_getshdrstrndx(elf, &strings_index) != 0)
        strings_index = SIZE_MAX;
    image->sections = cor_arena_alloc(image->arena, count, sizeof *image->sections);
    GElf_Word *names = cor_arena_alloc(image->arena, count, sizeof *names);
    if (!image->sections || !names)
        return COR_NOMEM;
    image->section_count = count;
    for (size_t i = 0; i < count; i++) {
        image->sections[i] = (struct cor_section){.name = "", .data = {"", 0}};
        if (gelf_getshdr(elf_getscn(elf, i), &header) == NULL) {
            cor_image_damage(image, "section %zu has no readable header", i);
            continue;
        }
        names[i] = header.sh_name;
        read_section(image, i, &header);
    }
    name_sections(image, names, strings_index);
    return COR_OK;
}

static enum cor_status read_segments(struct cor_image *image, Elf *elf, uint64_t table)
{
    size_t count = 0;
    GElf_Phdr header;
    if (elf_getphdrnum(elf, &count) != 0 || (count == 0 && table != 0)) {
        if (table != 0)
            cor_image_damage(image, "the program header table cannot be read");
        return COR_OK;
    }
    image->segments = cor_arena_alloc(image->arena, count, sizeof *image->segments);
    if (!image->segments)
        return COR_NOMEM;
    for (size_t i = 0; i < count && i <= INT32_MAX; i++) {
        if (gelf_getphdr(elf, (int)i, &header) == NULL)
            break;
        struct cor_slice data = file_range(image, header.p_offset, header.p_filesz);
        if (header.p_filesz && !data.size && header.p_type == PT_LOAD) {
            cor_image_damage(image, "segment %zu lies outside the file", i);
            if (header.p_offset < image->size)
                data = file_range(image, header.p_offset, image->size - header.p_offset);
        }
        image->segments[image->segment_count++] = (struct cor_segment){
            header.p_type, header.p_flags, header.p_vaddr, header.p_memsz, data};
    }
    return COR_OK;
}

static enum cor_status check_ident(const char *bytes, size_t size, struct cor_diag *diag)
{
    if (size < EI_NIDENT)
        return cor_fail(diag, COR_LOST, COR_TRUNCATED, "ELF", "the file ends within its header");
    if (memcmp(bytes, ELFMAG, SELFMAG) != 0)
        return cor_fail(diag, COR_LOST, COR_MALFORMED, "ELF", "no ELF file");
    bool wide = bytes[EI_CLASS] == ELFCLASS64;
    if (!wide && bytes[EI_CLASS] != ELFCLASS32)
        return cor_fail(diag, COR_LOST, COR_MALFORMED, "ELF", "unknown ELF class");
    if (bytes[EI_DATA] != ELFDATA2LSB && bytes[EI_DATA] != ELFDATA2MSB)
        return cor_fail(diag, COR_LOST, COR_MALFORMED, "ELF", "unknown ELF byte order");
    if (size < (wide ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr)))
        return cor_fail(diag, COR_LOST, COR_TRUNCATED, "ELF", "the file ends within its header");
    return COR_OK;
}

static enum cor_status read_headers(struct cor_image *image, Elf *elf, uint64_t section_table,
                                    struct cor_diag *diag)
{
    GElf_Ehdr header;
    if (!elf || elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &header))
        return cor_fail(diag, COR_LOST, COR_MALFORMED, "ELF", "unreadable ELF header");
    image->type = header.e_type;
    image->machine = header.e_machine;
    image->flags = header.e_flags;
    enum cor_status status = read_sections(image, elf, section_table);
    if (status == COR_OK)
        status = read_segments(image, elf, header.e_phoff);
    return status;
}

enum cor_status cor_image_open(struct cor_image *image, struct cor_arena *arena, const void *bytes,
                               size_t size, struct cor_diag *diag)
{
    char *copy = NULL;
    enum cor_status status = check_ident(bytes, size, diag);
    if (status != COR_OK)
        return status;
    *image = (struct cor_image){.bytes = bytes, .size = size, .arena = arena};
    image->wide = image->bytes[EI_CLASS] == ELFCLASS64;
    image->big = image->bytes[EI_DATA] == ELFDATA2MSB;
    size_t at = image->wide ? offsetof(Elf64_Ehdr, e_shoff) : offsetof(Elf32_Ehdr, e_shoff);
    uint64_t section_table = cor_image_word(image, image->bytes + at);
    Elf *elf = open_memory(image->bytes, size);
    if (!elf)
        elf = open_without_sections(image, &copy);
    status = read_headers(image, elf, section_table, diag);
    elf_end(elf);
    cor_free(copy);
    return status;
}
