// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/plt.h"

#include <elf.h>
#include <stdlib.h>

#include "binary/bytes.h"

static int entry_order(const void *a, const void *b)
{
    const struct cor_plt_entry *x = a, *y = b;
    if (x->address != y->address)
        return x->address < y->address ? -1 : 1;
    return cor_name_order(x->name, y->name);
}

static const struct cor_name *find(const struct cor_plt_entry *entries, size_t count,
                                   uint64_t address)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (entries[middle].address < address)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && entries[low].address == address ? entries[low].name : NULL;
}

const struct cor_name *cor_plt_slot(const struct cor_plt *plt, uint64_t address)
{
    return find(plt->slots.items, plt->slots.count, address);
}

const struct cor_name *cor_plt_stub(const struct cor_plt *plt, uint64_t address)
{
    return find(plt->stubs.items, plt->stubs.count, address);
}

const struct cor_name *cor_plt_target(const struct cor_plt *plt, uint64_t address)
{
    return find(plt->targets.items, plt->targets.count, address);
}

static const unsigned char *bytes_of(const struct cor_section *section)
{
    return (const unsigned char *)section->data.data;
}

static uint64_t relative(const unsigned char *field, uint64_t end)
{
    return end + (uint64_t)(int64_t)(int32_t)cor_get32(field, false);
}

// The slot that "ff /r" goes through, by the byte behind ff.
uint64_t cor_plt_x86_slot(const struct cor_image *image, const struct cor_plt *plt,
                          const unsigned char *at, uint64_t address)
{
    if ((at[1] & 0xc7) == 0x05)
        return image->wide || image->machine == EM_X86_64 ? relative(at + 2, address + 6)
                                                          : cor_get32(at + 2, false);
    if ((at[1] & 0xc7) == 0x83 && image->machine == EM_386)
        return (uint32_t)(plt->got + cor_get32(at + 2, false));
    return UINT64_MAX;
}

// A stub may begin with endbr, with a "bnd" prefix before the jump, or with a load of its number.
static size_t x86_stub_start(const unsigned char *bytes, size_t jump)
{
    size_t start = jump;
    if (start >= 1 && bytes[start - 1] == 0xf2)
        start--;
    if (start >= 6 && bytes[start - 6] == 0x41 && bytes[start - 5] == 0xbb)
        start -= 6;
    if (start >= 4 && bytes[start - 4] == 0xf3 && bytes[start - 3] == 0x0f &&
        bytes[start - 2] == 0x1e && (bytes[start - 1] & 0xfe) == 0xfa)
        start -= 4;
    return start;
}

static enum cor_status x86_stubs(const struct cor_image *image, struct cor_plt *plt,
                                 const struct cor_section *section)
{
    const unsigned char *bytes = bytes_of(section);
    enum cor_status status = COR_OK;
    for (size_t i = 0; i + 6 <= section->data.size && status == COR_OK; i++) {
        if (bytes[i] != 0xff || (bytes[i + 1] & 0x38) != 0x20)
            continue;
        uint64_t slot = cor_plt_x86_slot(image, plt, bytes + i, section->address + i);
        const struct cor_name *name = cor_plt_slot(plt, slot);
        if (name)
            status = cor_array_add(
                &plt->stubs,
                (struct cor_plt_entry){section->address + x86_stub_start(bytes, i), name});
    }
    return status;
}

// adrp x16, PAGE; ldr x17, [x16, OFFSET]; perhaps a landing pad (bti c) before.
static enum cor_status aarch64_stubs(struct cor_plt *plt, const struct cor_section *section)
{
    const unsigned char *bytes = bytes_of(section);
    enum cor_status status = COR_OK;
    for (size_t i = 0; i + 8 <= section->data.size && status == COR_OK; i += 4) {
        uint32_t adrp = cor_get32(bytes + i, false), load = cor_get32(bytes + i + 4, false);
        if ((adrp & 0x9f00001f) != 0x90000010 || (load & 0xffc003ff) != 0xf9400211)
            continue;
        uint64_t pages = ((adrp >> 5) & 0x7ffff) << 2 | ((adrp >> 29) & 3);
        pages = (pages ^ 0x100000) - 0x100000;
        uint64_t address = section->address + i;
        uint64_t slot = (address & ~UINT64_C(0xfff)) + (pages << 12) + ((load >> 10) & 0xfff) * 8;
        if (i >= 4 && cor_get32(bytes + i - 4, false) == 0xd503245f)
            address -= 4;
        const struct cor_name *name = cor_plt_slot(plt, slot);
        if (name)
            status = cor_array_add(&plt->stubs, (struct cor_plt_entry){address, name});
    }
    return status;
}

bool cor_plt_holds_stubs(const struct cor_section *section)
{
    return strncmp(section->name, ".plt", 4) == 0 || strncmp(section->name, ".iplt", 5) == 0;
}

enum cor_status cor_plt_open(const struct cor_image *image, struct cor_plt *plt)
{
    enum cor_status status = COR_OK;
    if (plt->targets.count)
        qsort(plt->targets.items, plt->targets.count, sizeof *plt->targets.items, entry_order);
    if (!plt->slots.count)
        return COR_OK;
    qsort(plt->slots.items, plt->slots.count, sizeof *plt->slots.items, entry_order);
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++) {
        const struct cor_section *section = &image->sections[i];
        if (!cor_plt_holds_stubs(section))
            continue;
        if (image->machine == EM_X86_64 || image->machine == EM_386)
            status = x86_stubs(image, plt, section);
        else if (image->machine == EM_AARCH64)
            status = aarch64_stubs(plt, section);
    }
    if (plt->stubs.count)
        qsort(plt->stubs.items, plt->stubs.count, sizeof *plt->stubs.items, entry_order);
    return status;
}

void cor_plt_dispose(struct cor_plt *plt)
{
    cor_array_dispose(&plt->slots);
    cor_array_dispose(&plt->stubs);
    cor_array_dispose(&plt->targets);
}
