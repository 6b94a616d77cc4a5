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

static const struct cor_name *slot_at(const struct cor_plt *plt, uint64_t address)
{
    return find(plt->slots.items, plt->slots.count, address);
}

static const struct cor_name *stub_at(const struct cor_plt *plt, uint64_t address)
{
    return find(plt->stubs.items, plt->stubs.count, address);
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
static uint64_t x86_slot(const struct cor_image *image, const struct cor_plt *plt,
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
        uint64_t slot = x86_slot(image, plt, bytes + i, section->address + i);
        const struct cor_name *name = slot_at(plt, slot);
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
        const struct cor_name *name = slot_at(plt, slot);
        if (name)
            status = cor_array_add(&plt->stubs, (struct cor_plt_entry){address, name});
    }
    return status;
}

static bool holds_stubs(const struct cor_section *section)
{
    return strncmp(section->name, ".plt", 4) == 0 || strncmp(section->name, ".iplt", 5) == 0;
}

enum cor_status cor_plt_open(const struct cor_image *image, struct cor_plt *plt)
{
    enum cor_status status = COR_OK;
    if (!plt->slots.count)
        return COR_OK;
    qsort(plt->slots.items, plt->slots.count, sizeof *plt->slots.items, entry_order);
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++) {
        const struct cor_section *section = &image->sections[i];
        if (!holds_stubs(section))
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
}

// e8 call, e9 jmp and 0f 8x jcc to a stub; ff /2 call, ff /4 jmp and 8b mov through a slot.
static bool x86_use(const struct cor_image *image, const struct cor_plt *plt,
                    const unsigned char *at, size_t left, uint64_t address,
                    struct cor_plt_use *ret_use)
{
    uint64_t target = UINT64_MAX, size = 5;
    bool direct = true;
    enum cor_refkind kind = COR_REFKIND_TAIL_CALL;
    if ((at[0] & 0xfe) == 0xe8 && left >= 5) {
        target = relative(at + 1, address + 5);
        kind = at[0] == 0xe8 ? COR_REFKIND_CALL : kind;
    } else if (left >= 6 && at[0] == 0x0f && (at[1] & 0xf0) == 0x80) {
        target = relative(at + 2, address + 6);
        size = 6;
    } else if (left >= 6 && (at[0] == 0xff || at[0] == 0x8b)) {
        unsigned operation = (at[1] >> 3) & 7;
        if (at[0] == 0xff && operation != 2 && operation != 4)
            return false;
        target = x86_slot(image, plt, at, address);
        kind = at[0] == 0x8b ? COR_REFKIND_ADDRESS : operation == 2 ? COR_REFKIND_CALL : kind;
        direct = false;
        size = 6;
    }
    if (!image->wide && direct)
        target &= UINT32_MAX;
    *ret_use = (struct cor_plt_use){direct ? stub_at(plt, target) : slot_at(plt, target), address,
                                    address + size, kind, direct ? "PLT" : "GOT"};
    return ret_use->name != NULL;
}

static bool aarch64_use(const struct cor_plt *plt, const unsigned char *at, uint64_t address,
                        struct cor_plt_use *ret_use)
{
    uint32_t word = cor_get32(at, false);
    if ((word & 0x7c000000) != 0x14000000)
        return false;
    uint64_t distance = ((word & 0x3ffffff) ^ 0x2000000) - UINT64_C(0x2000000);
    *ret_use = (struct cor_plt_use){stub_at(plt, address + distance * 4), address, address + 4,
                                    word >> 31 ? COR_REFKIND_CALL : COR_REFKIND_TAIL_CALL, "PLT"};
    return ret_use->name != NULL;
}

enum cor_status cor_plt_scan(const struct cor_image *image, const struct cor_plt *plt,
                             const struct cor_section *section, cor_plt_uses *uses)
{
    const unsigned char *bytes = bytes_of(section);
    size_t size = section->data.size;
    bool x86 = image->machine == EM_X86_64 || image->machine == EM_386;
    size_t step = x86 ? 1 : 4;
    struct cor_plt_use use;
    if (holds_stubs(section) || !plt->slots.count || (!x86 && image->machine != EM_AARCH64))
        return COR_OK;
    for (size_t i = 0; i + 4 < size + 1; i += step) {
        uint64_t address = section->address + i;
        bool found = x86 ? x86_use(image, plt, bytes + i, size - i, address, &use)
                         : aarch64_use(plt, bytes + i, address, &use);
        if (found && cor_array_add(uses, use) != COR_OK)
            return COR_NOMEM;
    }
    return COR_OK;
}
