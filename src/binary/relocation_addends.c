// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <elf.h>

#include "base/checked.h"
#include "binary/bytes.h"
#include "binary/relocation_types.h"

// The addend's field in the patched word: `bits` from the lowest on, times `scale`.
struct field {
    uint16_t machine;
    uint32_t type;
    uint8_t bytes, bits, scale;
};

static const struct field fields[] = {
    {EM_386, R_386_32, 4, 32, 1},        {EM_386, R_386_PC32, 4, 32, 1},
    {EM_386, R_386_PLT32, 4, 32, 1},     {EM_386, R_386_GOT32, 4, 32, 1},
    {EM_386, R_386_GOT32X, 4, 32, 1},    {EM_386, R_386_GOTOFF, 4, 32, 1},
    {EM_386, R_386_GOTPC, 4, 32, 1},     {EM_386, R_386_TLS_LE, 4, 32, 1},
    {EM_386, R_386_TLS_IE, 4, 32, 1},    {EM_386, R_386_TLS_GD, 4, 32, 1},
    {EM_386, R_386_16, 2, 16, 1},        {EM_386, R_386_PC16, 2, 16, 1},
    {EM_386, R_386_8, 1, 8, 1},          {EM_386, R_386_PC8, 1, 8, 1},
    {EM_ARM, R_ARM_ABS32, 4, 32, 1},     {EM_ARM, R_ARM_REL32, 4, 32, 1},
    {EM_ARM, R_ARM_TARGET1, 4, 32, 1},   {EM_ARM, R_ARM_GOTOFF, 4, 32, 1},
    {EM_ARM, R_ARM_GOTPC, 4, 32, 1},     {EM_ARM, R_ARM_GOT32, 4, 32, 1},
    {EM_ARM, R_ARM_PREL31, 4, 31, 1},    {EM_ARM, R_ARM_CALL, 4, 24, 4},
    {EM_ARM, R_ARM_JUMP24, 4, 24, 4},    {EM_ARM, R_ARM_PC24, 4, 24, 4},
    {EM_ARM, R_ARM_PLT32, 4, 24, 4},     {EM_ARM, R_ARM_ABS16, 2, 16, 1},
    {EM_ARM, R_ARM_ABS8, 1, 8, 1},       {EM_MIPS, R_MIPS_32, 4, 32, 1},
    {EM_MIPS, R_MIPS_REL32, 4, 32, 1},   {EM_MIPS, R_MIPS_26, 4, 26, 4},
    {EM_MIPS, R_MIPS_HI16, 4, 16, 1},    {EM_MIPS, R_MIPS_LO16, 4, 16, 1},
    {EM_MIPS, R_MIPS_GOT16, 4, 16, 1},   {EM_MIPS, R_MIPS_CALL16, 4, 16, 1},
    {EM_MIPS, R_MIPS_PC16, 4, 16, 4},    {EM_MIPS, R_MIPS_GPREL16, 4, 16, 1},
    {EM_MIPS, R_MIPS_GPREL32, 4, 32, 1}, {EM_MIPS, R_MIPS_64, 8, 64, 1},
};

static int64_t extend(uint64_t value, unsigned bits)
{
    uint64_t sign = UINT64_C(1) << (bits - 1);
    if (bits < 64)
        value &= (sign << 1) - 1;
    return (int64_t)((value ^ sign) - sign);
}

int64_t cor_relocation_in_place(const struct cor_image *image, uint32_t type,
                                struct cor_slice bytes, uint64_t at)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const struct field *field = &fields[i];
        if (field->machine != image->machine || field->type != type ||
            !cor_range_fits(at, field->bytes, bytes.size))
            continue;
        const char *place = bytes.data + at;
        uint64_t value = field->bytes == 8   ? cor_get64(place, image->big)
                         : field->bytes == 4 ? cor_get32(place, image->big)
                         : field->bytes == 2 ? cor_get16(place, image->big)
                                             : (unsigned char)*place;
        return extend(value, field->bits) * field->scale;
    }
    return 0;
}
