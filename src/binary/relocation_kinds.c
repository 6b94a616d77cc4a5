// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <elf.h>

#include "binary/bytes.h"
#include "binary/relocation_types.h"

// A rule looks at the machine code around the patched place. CALL, TAIL_CALL or ADDRESS.
typedef enum cor_refkind rule_fn(const struct cor_image *image, struct cor_slice code, size_t at);

static bool has(struct cor_slice code, size_t at, size_t before, size_t after)
{
    return at >= before && at <= code.size && code.size - at >= after;
}

static unsigned byte_at(struct cor_slice code, size_t at)
{
    return (unsigned char)code.data[at];
}

static enum cor_refkind always_call(const struct cor_image *image, struct cor_slice code, size_t at)
{
    (void)image, (void)code, (void)at;
    return COR_REFKIND_CALL;
}

static enum cor_refkind always_jump(const struct cor_image *image, struct cor_slice code, size_t at)
{
    (void)image, (void)code, (void)at;
    return COR_REFKIND_TAIL_CALL;
}

static enum cor_refkind linked(bool link)
{
    return link ? COR_REFKIND_CALL : COR_REFKIND_TAIL_CALL;
}

// e8 call, e9 jmp, 0f 8x jcc.
static enum cor_refkind x86_near(const struct cor_image *image, struct cor_slice code, size_t at)
{
    (void)image;
    if (has(code, at, 1, 4) && (byte_at(code, at - 1) & 0xfe) == 0xe8)
        return linked(byte_at(code, at - 1) == 0xe8);
    if (has(code, at, 2, 4) && byte_at(code, at - 2) == 0x0f &&
        (byte_at(code, at - 1) & 0xf0) == 0x80)
        return COR_REFKIND_TAIL_CALL;
    return COR_REFKIND_ADDRESS;
}

// eb jmp, 7x jcc, e0 to e3 loop and jcxz.
static enum cor_refkind x86_short(const struct cor_image *image, struct cor_slice code, size_t at)
{
    (void)image;
    if (!has(code, at, 1, 1))
        return COR_REFKIND_ADDRESS;
    unsigned opcode = byte_at(code, at - 1);
    bool jump = opcode == 0xeb || (opcode & 0xf0) == 0x70 || (opcode & 0xfc) == 0xe0;
    return jump ? COR_REFKIND_TAIL_CALL : COR_REFKIND_ADDRESS;
}

// ff /2 call and ff /4 jmp through the global offset table.
static enum cor_refkind x86_through_got(const struct cor_image *image, struct cor_slice code,
                                        size_t at)
{
    (void)image;
    if (!has(code, at, 2, 4) || byte_at(code, at - 2) != 0xff)
        return x86_near(image, code, at);
    unsigned operation = (byte_at(code, at - 1) >> 3) & 7, mode = byte_at(code, at - 1) >> 6;
    if (mode == 3 || (operation != 2 && operation != 4))
        return COR_REFKIND_ADDRESS;
    return linked(operation == 2);
}

static enum cor_refkind arm_branch(const struct cor_image *image, struct cor_slice code, size_t at)
{
    if (!has(code, at, 0, 4))
        return COR_REFKIND_ADDRESS;
    uint32_t word = cor_get32(code.data + at, image->big);
    // blx takes the condition that no other instruction has.
    return linked(word >> 28 == 15 || ((word >> 24) & 15) == 0xb);
}

static enum cor_refkind thumb_branch(const struct cor_image *image, struct cor_slice code,
                                     size_t at)
{
    if (!has(code, at, 0, 4))
        return COR_REFKIND_ADDRESS;
    return linked(cor_get16(code.data + at + 2, image->big) & 0x4000);
}

static enum cor_refkind mips_region(const struct cor_image *image, struct cor_slice code, size_t at)
{
    if (!has(code, at, 0, 4))
        return COR_REFKIND_ADDRESS;
    return linked(cor_get32(code.data + at, image->big) >> 26 != 2);
}

static enum cor_refkind mips_relative(const struct cor_image *image, struct cor_slice code,
                                      size_t at)
{
    enum { REGIMM = 1, LINKS = 0x10, BALC = 0x3a };
    if (!has(code, at, 0, 4))
        return COR_REFKIND_ADDRESS;
    uint32_t word = cor_get32(code.data + at, image->big);
    return linked(word >> 26 == BALC || (word >> 26 == REGIMM && ((word >> 16) & LINKS)));
}

// The row marks the instruction that jumps to the symbol: jalr, jr, or what became of them.
static enum cor_refkind mips_jalr(const struct cor_image *image, struct cor_slice code, size_t at)
{
    enum { FUNCTION = 0x3f, JR = 8 };
    if (!has(code, at, 0, 4))
        return COR_REFKIND_ADDRESS;
    uint32_t word = cor_get32(code.data + at, image->big);
    if (word >> 26 != 0)
        return mips_relative(image, code, at);
    return linked((word & FUNCTION) != JR && ((word >> 11) & 31) != 0);
}

static enum cor_refkind ppc_branch(const struct cor_image *image, struct cor_slice code, size_t at)
{
    // Some assemblers let the row point into the middle of the word: the low half holds the bit.
    at &= ~(size_t)3;
    if (!has(code, at, 0, 4))
        return COR_REFKIND_ADDRESS;
    return linked(cor_get32(code.data + at, image->big) & 1);
}

// jal, or auipc with the jalr behind it: the return address goes to a register, or to none.
static enum cor_refkind riscv_jal(const struct cor_image *image, struct cor_slice code, size_t at)
{
    (void)image;
    if (!has(code, at, 0, 4))
        return COR_REFKIND_ADDRESS;
    return linked((cor_get32(code.data + at, false) >> 7) & 31);
}

static enum cor_refkind riscv_call(const struct cor_image *image, struct cor_slice code, size_t at)
{
    return riscv_jal(image, code, has(code, at, 0, 4) ? at + 4 : at);
}

static enum cor_refkind riscv_short(const struct cor_image *image, struct cor_slice code, size_t at)
{
    (void)image;
    if (!has(code, at, 0, 2))
        return COR_REFKIND_ADDRESS;
    return linked(cor_get16(code.data + at, false) >> 13 == 1);
}

// brasl c0x5, brcl c0x4, bras a7x5, brc a7x4; larl c0x0 takes an address.
static enum cor_refkind s390_relative(const struct cor_image *image, struct cor_slice code,
                                      size_t at)
{
    (void)image;
    if (!has(code, at, 2, 2))
        return COR_REFKIND_ADDRESS;
    unsigned opcode = byte_at(code, at - 2), low = byte_at(code, at - 1) & 15;
    if ((opcode != 0xc0 && opcode != 0xa7) || (low != 4 && low != 5))
        return COR_REFKIND_ADDRESS;
    return linked(low == 5);
}

static enum cor_refkind larch_branch(const struct cor_image *image, struct cor_slice code,
                                     size_t at)
{
    (void)image;
    if (!has(code, at, 0, 4))
        return COR_REFKIND_ADDRESS;
    return linked(cor_get32(code.data + at, false) >> 26 == 0x15);
}

static enum cor_refkind m68k_near(const struct cor_image *image, struct cor_slice code, size_t at)
{
    if (!has(code, at, 2, 2))
        return COR_REFKIND_ADDRESS;
    unsigned word = cor_get16(code.data + at - 2, image->big);
    if ((word & 0xffc0) == 0x4e80 || (word & 0xff00) == 0x6100)
        return COR_REFKIND_CALL;
    bool jump = (word & 0xffc0) == 0x4ec0 || (word & 0xf000) == 0x6000;
    return jump ? COR_REFKIND_TAIL_CALL : COR_REFKIND_ADDRESS;
}

// The class in the upper bits: 5a and 5b call, 5d call if, 58, 59 and 5c jump.
static enum cor_refkind hexagon_branch(const struct cor_image *image, struct cor_slice code,
                                       size_t at)
{
    (void)image;
    if (!has(code, at, 0, 4))
        return COR_REFKIND_ADDRESS;
    unsigned class = cor_get32(code.data + at, false) >> 24;
    return linked((class & 0xfe) == 0x5a || class == 0x5d);
}

static const struct {
    uint16_t machine;
    uint32_t type;
    rule_fn *rule;
} rules[] = {
    {EM_X86_64, R_X86_64_PC32, x86_near},
    {EM_X86_64, R_X86_64_PLT32, x86_near},
    {EM_X86_64, R_X86_64_PC8, x86_short},
    {EM_X86_64, R_X86_64_GOTPCREL, x86_through_got},
    {EM_X86_64, R_X86_64_GOTPCRELX, x86_through_got},
    {EM_X86_64, R_X86_64_REX_GOTPCRELX, x86_through_got},
    {EM_386, R_386_PC32, x86_near},
    {EM_386, R_386_PLT32, x86_near},
    {EM_386, R_386_PC8, x86_short},
    {EM_386, R_386_GOT32, x86_through_got},
    {EM_386, R_386_GOT32X, x86_through_got},
    {EM_ARM, R_ARM_CALL, arm_branch},
    {EM_ARM, R_ARM_PC24, arm_branch},
    {EM_ARM, R_ARM_PLT32, arm_branch},
    {EM_ARM, R_ARM_JUMP24, arm_branch},
    {EM_ARM, R_ARM_THM_PC22, thumb_branch},
    {EM_ARM, R_ARM_THM_JUMP24, thumb_branch},
    {EM_ARM, R_ARM_THM_JUMP19, always_jump},
    {EM_ARM, R_ARM_THM_PC11, always_jump},
    {EM_ARM, R_ARM_THM_PC9, always_jump},
    {EM_AARCH64, R_AARCH64_CALL26, always_call},
    {EM_AARCH64, R_AARCH64_JUMP26, always_jump},
    {EM_AARCH64, R_AARCH64_CONDBR19, always_jump},
    {EM_AARCH64, R_AARCH64_TSTBR14, always_jump},
    {EM_MIPS, R_MIPS_26, mips_region},
    {EM_MIPS, R_MIPS_PC16, mips_relative},
    {EM_MIPS, 60 /* R_MIPS_PC21_S2 */, mips_relative},
    {EM_MIPS, 61 /* R_MIPS_PC26_S2 */, mips_relative},
    {EM_MIPS, R_MIPS_JALR, mips_jalr},
    {EM_MIPS, 100 /* R_MIPS16_26 */, always_call},
    {EM_PPC, R_PPC_REL24, ppc_branch},
    {EM_PPC, R_PPC_PLTREL24, ppc_branch},
    {EM_PPC, R_PPC_LOCAL24PC, ppc_branch},
    {EM_PPC, R_PPC_ADDR24, ppc_branch},
    {EM_PPC, R_PPC_REL14, ppc_branch},
    {EM_PPC64, R_PPC64_REL24, ppc_branch},
    {EM_PPC64, 116 /* R_PPC64_REL24_NOTOC */, ppc_branch},
    {EM_PPC64, R_PPC64_ADDR24, ppc_branch},
    {EM_PPC64, R_PPC64_REL14, ppc_branch},
    {EM_RISCV, R_RISCV_CALL, riscv_call},
    {EM_RISCV, R_RISCV_CALL_PLT, riscv_call},
    {EM_RISCV, R_RISCV_JAL, riscv_jal},
    {EM_RISCV, R_RISCV_BRANCH, always_jump},
    {EM_RISCV, R_RISCV_RVC_BRANCH, always_jump},
    {EM_RISCV, R_RISCV_RVC_JUMP, riscv_short},
    {EM_S390, R_390_PC32DBL, s390_relative},
    {EM_S390, R_390_PLT32DBL, s390_relative},
    {EM_S390, R_390_PC16DBL, s390_relative},
    {EM_S390, R_390_PLT16DBL, s390_relative},
    {EM_SPARC, R_SPARC_WDISP30, always_call},
    {EM_SPARC, R_SPARC_WPLT30, always_call},
    {EM_SPARC, R_SPARC_WDISP22, always_jump},
    {EM_SPARC, R_SPARC_WDISP19, always_jump},
    {EM_SPARC, R_SPARC_WDISP16, always_jump},
    {EM_LOONGARCH, 66 /* R_LARCH_B26 */, larch_branch},
    {EM_LOONGARCH, 65 /* R_LARCH_B21 */, always_jump},
    {EM_LOONGARCH, 64 /* R_LARCH_B16 */, always_jump},
    {EM_BPF, 10 /* R_BPF_64_32 */, always_call},
    {EM_QDSP6, 1 /* R_HEX_B22_PCREL */, hexagon_branch},
    {EM_QDSP6, 2 /* R_HEX_B15_PCREL */, hexagon_branch},
    {EM_QDSP6, 36 /* R_HEX_PLT_B22_PCREL */, hexagon_branch},
    {EM_68K, R_68K_32, m68k_near},
    {EM_68K, R_68K_PC32, m68k_near},
    {EM_68K, R_68K_PC16, m68k_near},
    {EM_68K, R_68K_PLT32, m68k_near},
    {EM_68K, R_68K_PLT16, m68k_near},
};

static uint16_t family_of(uint16_t machine)
{
    if (machine == EM_SPARCV9 || machine == EM_SPARC32PLUS)
        return EM_SPARC;
    return machine == EM_MIPS_RS3_LE ? EM_MIPS : machine;
}

enum cor_refkind cor_relocation_kind(const struct cor_image *image, uint32_t type,
                                     struct cor_slice code, uint64_t at)
{
    uint16_t machine = family_of(image->machine);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].machine == machine && rules[i].type == type)
            return rules[i].rule(image, code, at < code.size ? (size_t)at : code.size);
    return COR_REFKIND_ADDRESS;
}
