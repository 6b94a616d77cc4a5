// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Relocations of calls, as the psABI supplement of each processor computes them.
#include <elf.h>

#include "binary/bytes.h"
#include "binary/link_encode.h"

static void put(unsigned char *at, uint64_t value, unsigned size, bool big)
{
    for (unsigned i = 0; i < size; i++)
        at[big ? size - 1 - i : i] = (unsigned char)(value >> (8 * i));
}

static uint32_t word_at(const struct cor_link_field *field)
{
    return cor_get32((const char *)field->at, field->big);
}

// Whether the distance fits into `bits` signed bits that count units of `unit` bytes.
static bool reaches(int64_t distance, unsigned bits, unsigned unit)
{
    int64_t limit = (int64_t)1 << (bits - 1), units = distance / unit;
    return distance % unit == 0 && units >= -limit && units < limit;
}

static bool put_bits(const struct cor_link_field *field, uint32_t mask, uint64_t value)
{
    put(field->at, (word_at(field) & ~mask) | ((uint32_t)value & mask), 4, field->big);
    return true;
}

static int64_t distance_of(const struct cor_link_field *field)
{
    return (int64_t)(field->symbol + (uint64_t)field->addend - field->place);
}

static bool relative32(const struct cor_link_field *field)
{
    int64_t distance = distance_of(field);
    if (!field->narrow && !reaches(distance, 32, 1))
        return false;
    put(field->at, (uint64_t)distance, 4, field->big);
    return true;
}

static bool branch26(const struct cor_link_field *field)
{
    int64_t distance = distance_of(field);
    return reaches(distance, 26, 4) && put_bits(field, 0x03ffffff, (uint64_t)distance >> 2);
}

// bl to code of the other instruction set becomes blx.
static bool arm_branch(const struct cor_link_field *field)
{
    int64_t distance = distance_of(field);
    bool other = field->symbol & 1;
    distance -= other;
    if (other && (word_at(field) >> 24) != 0xeb && (word_at(field) >> 25) != 0x7d)
        return false;
    if (!reaches(distance, 25, 2) || (!other && distance % 4))
        return false;
    if (other)
        return put_bits(field, 0xffffffff,
                        0xfa000000u | (uint32_t)((distance >> 1) & 1) << 24 |
                            ((uint64_t)distance >> 2 & 0x00ffffff));
    return put_bits(field, 0x00ffffff, (uint64_t)distance >> 2);
}

// The addend stands in the instruction itself, in two halves.
static int64_t thumb_addend(const struct cor_link_field *field)
{
    uint32_t high = cor_get16((const char *)field->at, field->big);
    uint32_t low = cor_get16((const char *)field->at + 2, field->big);
    uint32_t sign = high >> 10 & 1, i1 = !((low >> 13 & 1) ^ sign), i2 = !((low >> 11 & 1) ^ sign);
    uint32_t value = sign << 24 | i1 << 23 | i2 << 22 | (high & 0x3ff) << 12 | (low & 0x7ff) << 1;
    return (int64_t)value - (sign ? 1 << 25 : 0);
}

static bool thumb_branch(const struct cor_link_field *from)
{
    struct cor_link_field copy = *from, *field = &copy;
    copy.addend = thumb_addend(from);
    int64_t distance = distance_of(field);
    bool call = field->type == R_ARM_THM_PC22, other = !(field->symbol & 1);
    distance -= !other;
    if (other)
        distance =
            (int64_t)(field->symbol + (uint64_t)field->addend - (field->place & ~UINT64_C(3)));
    if (!reaches(distance, 24, 2) || (other && !call))
        return false;
    uint32_t sign = distance < 0, bits = (uint32_t)distance;
    uint32_t j1 = !((bits >> 23 & 1) ^ sign), j2 = !((bits >> 22 & 1) ^ sign);
    uint32_t high = 0xf000u | sign << 10 | (bits >> 12 & 0x3ff);
    uint32_t low =
        (call ? other ? 0xc000u : 0xd000u : 0x9000u) | j1 << 13 | j2 << 11 | (bits >> 1 & 0x7ff);
    put(field->at, high, 2, field->big);
    put(field->at + 2, low, 2, field->big);
    return true;
}

// Within the region of 256 MiB of the instruction behind.
static bool mips_region(const struct cor_link_field *field)
{
    uint64_t target = field->symbol + (uint64_t)field->addend;
    if ((target ^ (field->place + 4)) >> 28 || target % 4)
        return false;
    return put_bits(field, 0x03ffffff, target >> 2);
}

static bool ppc_branch(const struct cor_link_field *field)
{
    int64_t distance = distance_of(field);
    return reaches(distance, 24, 4) && put_bits(field, 0x03fffffc, (uint64_t)distance);
}

static bool s390_branch(const struct cor_link_field *field)
{
    int64_t distance = distance_of(field);
    if (!reaches(distance, 32, 2))
        return false;
    put(field->at, (uint64_t)(distance / 2), 4, true);
    return true;
}

static bool sparc_call(const struct cor_link_field *field)
{
    int64_t distance = distance_of(field);
    return reaches(distance, 30, 4) && put_bits(field, 0x3fffffff, (uint64_t)distance >> 2);
}

static const struct {
    uint16_t machine;
    uint32_t type;
    bool (*encode)(const struct cor_link_field *field);
} rows[] = {
    {EM_X86_64, R_X86_64_PC32, relative32},
    {EM_X86_64, R_X86_64_PLT32, relative32},
    {EM_386, R_386_PC32, relative32},
    {EM_386, R_386_PLT32, relative32},
    {EM_ARM, R_ARM_CALL, arm_branch},
    {EM_ARM, R_ARM_JUMP24, arm_branch},
    {EM_ARM, R_ARM_PC24, arm_branch},
    {EM_ARM, R_ARM_PLT32, arm_branch},
    {EM_ARM, R_ARM_THM_PC22, thumb_branch},
    {EM_ARM, R_ARM_THM_JUMP24, thumb_branch},
    {EM_AARCH64, R_AARCH64_CALL26, branch26},
    {EM_AARCH64, R_AARCH64_JUMP26, branch26},
    {EM_MIPS, R_MIPS_26, mips_region},
    {EM_PPC, R_PPC_REL24, ppc_branch},
    {EM_PPC, R_PPC_PLTREL24, ppc_branch},
    {EM_PPC, R_PPC_LOCAL24PC, ppc_branch},
    {EM_PPC64, R_PPC64_REL24, ppc_branch},
    {EM_PPC64, 116 /* R_PPC64_REL24_NOTOC */, ppc_branch},
    {EM_S390, R_390_PC32DBL, s390_branch},
    {EM_S390, R_390_PLT32DBL, s390_branch},
    {EM_SPARC, R_SPARC_WDISP30, sparc_call},
    {EM_SPARC, R_SPARC_WPLT30, sparc_call},
    {EM_SPARCV9, R_SPARC_WDISP30, sparc_call},
};

enum cor_link_encoded cor_link_encode(uint16_t machine, const struct cor_link_field *field)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].machine == machine && rows[i].type == field->type)
            return rows[i].encode(field) ? COR_LINK_ENCODED : COR_LINK_TOO_FAR;
    return COR_LINK_UNKNOWN;
}
