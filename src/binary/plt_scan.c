// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <elf.h>

#include "binary/bytes.h"
#include "binary/plt.h"

static void use_of(struct cor_plt_use *use, const struct cor_name *name, uint64_t address,
                   uint64_t size, enum cor_refkind kind, const char *through)
{
    *use = (struct cor_plt_use){name, address, address + size, kind, through};
}

// What a direct call or jump goes to: a stub, or a definition of the object's own.
static void direct_use(const struct cor_plt *plt, uint64_t target, uint64_t address, uint64_t size,
                       bool call, struct cor_plt_use *use)
{
    const struct cor_name *name = cor_plt_stub(plt, target);
    enum cor_refkind kind = call ? COR_REFKIND_CALL : COR_REFKIND_TAIL_CALL;
    if (name)
        use_of(use, name, address, size, kind, "PLT");
    else
        use_of(use, cor_plt_target(plt, target), address, size, kind, call ? "CALL" : "JMP");
}

static uint64_t relative(const unsigned char *field, uint64_t end)
{
    return end + (uint64_t)(int64_t)(int32_t)cor_get32(field, false);
}

static uint64_t narrowed(const struct cor_image *image, uint64_t address)
{
    return image->wide ? address : address & UINT32_MAX;
}

// ff /2 call, ff /4 jmp and 8b mov through a slot.
static bool x86_slot_use(const struct cor_image *image, const struct cor_plt *plt,
                         const unsigned char *at, uint64_t address, struct cor_plt_use *use)
{
    unsigned operation = (at[1] >> 3) & 7;
    if (at[0] == 0xff && operation != 2 && operation != 4)
        return false;
    enum cor_refkind kind = at[0] == 0x8b    ? COR_REFKIND_ADDRESS
                            : operation == 2 ? COR_REFKIND_CALL
                                             : COR_REFKIND_TAIL_CALL;
    use_of(use, cor_plt_slot(plt, cor_plt_x86_slot(image, plt, at, address)), address, 6, kind,
           "GOT");
    return use->name != NULL;
}

// 8d lea from the place itself; c7 /0 and b8 to bf mov, 68 push of an address as a number. The size
// of the instruction without prefixes; 0 when it is none of these.
static uint64_t x86_load_target(const struct cor_image *image, const unsigned char *at, size_t left,
                                uint64_t address, uint64_t *ret_target)
{
    uint64_t size = 6;
    if (left >= 6 && at[0] == 0x8d && (at[1] & 0xc7) == 0x05 && image->machine == EM_X86_64) {
        *ret_target = relative(at + 2, address + 6);
    } else if (left >= 6 && at[0] == 0xc7 && (at[1] & 0xf8) == 0xc0) {
        *ret_target = relative(at + 2, 0);
    } else if (left >= 5 && ((at[0] & 0xf8) == 0xb8 || at[0] == 0x68)) {
        *ret_target = relative(at + 1, 0);
        size = 5;
    } else {
        return 0;
    }
    *ret_target = narrowed(image, *ret_target);
    return size;
}

static bool x86_load(const struct cor_image *image, const struct cor_plt *plt,
                     const unsigned char *at, size_t left, uint64_t address,
                     struct cor_plt_use *use)
{
    uint64_t target, size = x86_load_target(image, at, left, address, &target);
    if (!size)
        return false;
    use_of(use, cor_plt_target(plt, target), address, size, COR_REFKIND_ADDRESS, "LEA");
    return use->name != NULL;
}

// e8 call, e9 jmp and 0f 8x jcc; eb jmp and 7x jcc to what is near.
static bool x86_use(const struct cor_image *image, const struct cor_plt *plt,
                    const unsigned char *at, size_t left, uint64_t address, struct cor_plt_use *use)
{
    if ((at[0] & 0xfe) == 0xe8 && left >= 5) {
        direct_use(plt, narrowed(image, relative(at + 1, address + 5)), address, 5, at[0] == 0xe8,
                   use);
        return use->name != NULL;
    }
    if (left >= 6 && at[0] == 0x0f && (at[1] & 0xf0) == 0x80) {
        direct_use(plt, narrowed(image, relative(at + 2, address + 6)), address, 6, false, use);
        return use->name != NULL;
    }
    if (at[0] == 0xeb || (at[0] & 0xf0) == 0x70) {
        uint64_t target = address + 2 + (uint64_t)(int64_t)(int8_t)at[1];
        direct_use(plt, narrowed(image, target), address, 2, false, use);
        return use->name != NULL;
    }
    if (left >= 6 && (at[0] == 0xff || at[0] == 0x8b))
        return x86_slot_use(image, plt, at, address, use);
    return plt->targets.count && x86_load(image, plt, at, left, address, use);
}

static uint64_t signed_field(uint32_t value, unsigned bits)
{
    uint64_t sign = UINT64_C(1) << (bits - 1);
    return ((value & (sign * 2 - 1)) ^ sign) - sign;
}

// adr; adrp and the add behind it, at which the address is whole: how far behind `at` that stands.
static bool aarch64_load(const unsigned char *at, size_t left, uint64_t address,
                         uint64_t *ret_target, uint64_t *ret_behind)
{
    uint32_t word = cor_get32(at, false);
    uint32_t field = ((word >> 5) & 0x7ffff) << 2 | ((word >> 29) & 3);
    *ret_behind = 0;
    *ret_target = address + signed_field(field, 21);
    if ((word & 0x9f000000) == 0x10000000)
        return true;
    uint32_t add = left >= 8 ? cor_get32(at + 4, false) : 0;
    if ((word & 0x9f000000) != 0x90000000 || (add & 0xffc00000) != 0x91000000 ||
        ((add >> 5) & 31) != (word & 31))
        return false;
    *ret_behind = 4;
    *ret_target = (address & ~UINT64_C(0xfff)) + (signed_field(field, 21) << 12);
    *ret_target += (add >> 10) & 0xfff;
    return true;
}

// b, bl and loads.
static bool aarch64_use(const struct cor_plt *plt, const unsigned char *at, size_t left,
                        uint64_t address, struct cor_plt_use *use)
{
    uint32_t word = cor_get32(at, false);
    uint64_t target, behind;
    if ((word & 0x7c000000) == 0x14000000) {
        direct_use(plt, address + signed_field(word, 26) * 4, address, 4, word >> 31, use);
        return use->name != NULL;
    }
    if (!aarch64_load(at, left, address, &target, &behind))
        return false;
    use_of(use, cor_plt_target(plt, target), address + behind, 4, COR_REFKIND_ADDRESS, "LEA");
    return use->name != NULL;
}

// b, bl and blx of both instruction sets; places without mapping symbols count as 32-bit code.
static bool arm_use(const struct cor_plt *plt, const unsigned char *at, size_t left,
                    uint64_t address, struct cor_plt_use *use)
{
    uint32_t word = left >= 4 ? cor_get32(at, false) : 0;
    uint32_t high = word & 0xffff, low = word >> 16;
    if (left >= 4 && address % 4 == 0 && (word & 0x0e000000) == 0x0a000000) {
        bool exchange = word >> 28 == 15, link = exchange || ((word >> 24) & 1);
        uint64_t target = address + 8 + signed_field(word, 24) * 4;
        target += exchange && ((word >> 24) & 1) ? 2 : 0;
        direct_use(plt, target & UINT32_MAX, address, 4, link, use);
        if (use->name)
            return true;
    }
    if (left < 4 || (high & 0xf800) != 0xf000 || (low & 0xc000) != 0xc000)
        return false;
    uint32_t sign = (high >> 10) & 1, i1 = !(((low >> 13) & 1) ^ sign),
             i2 = !(((low >> 11) & 1) ^ sign);
    uint32_t field = sign << 24 | i1 << 23 | i2 << 22 | (high & 0x3ff) << 12 | (low & 0x7ff) << 1;
    uint64_t target = address + 4 + signed_field(field, 25);
    if (!(low & 0x1000))
        target &= ~UINT64_C(3);
    direct_use(plt, target & UINT32_MAX, address, 4, true, use);
    return use->name != NULL;
}

static bool find_use(const struct cor_image *image, const struct cor_plt *plt,
                     const unsigned char *at, size_t left, uint64_t address,
                     struct cor_plt_use *use)
{
    switch (image->machine) {
    case EM_X86_64:
    case EM_386:
        return x86_use(image, plt, at, left, address, use);
    case EM_AARCH64:
        return left >= 4 && aarch64_use(plt, at, left, address, use);
    case EM_ARM:
        return !image->big && arm_use(plt, at, left, address, use);
    default:
        return false;
    }
}

bool cor_plt_load(const struct cor_image *image, const unsigned char *at, size_t left,
                  uint64_t address, uint64_t *ret_target)
{
    uint64_t behind;
    if (image->machine == EM_AARCH64)
        return left >= 4 && aarch64_load(at, left, address, ret_target, &behind);
    return x86_load_target(image, at, left, address, ret_target) != 0;
}

static size_t step_of(const struct cor_image *image)
{
    if (image->machine == EM_X86_64 || image->machine == EM_386)
        return 1;
    return image->machine == EM_ARM ? 2 : 4;
}

enum cor_status cor_plt_scan(const struct cor_image *image, const struct cor_plt *plt,
                             const struct cor_section *section, cor_plt_uses *uses)
{
    const unsigned char *bytes = (const unsigned char *)section->data.data;
    size_t size = section->data.size, step = step_of(image);
    struct cor_plt_use use;
    if (cor_plt_holds_stubs(section) || (!plt->slots.count && !plt->targets.count))
        return COR_OK;
    for (size_t i = 0; i + 2 <= size; i += step)
        if (find_use(image, plt, bytes + i, size - i, section->address + i, &use) &&
            cor_array_add(uses, use) != COR_OK)
            return COR_NOMEM;
    return COR_OK;
}
