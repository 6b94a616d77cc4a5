// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/disasm.h"

#include <capstone/capstone.h>
#include <elf.h>
#include <stdio.h>

#include "base/alloc.h"

struct processor {
    uint16_t machine;
    cs_arch arch;
    cs_mode narrow, wide; // modes of 32-bit and 64-bit objects
    bool ordered;         // instructions follow the object's byte order
    bool fixed;
    uint8_t step;
};

struct cor_disasm {
    csh handle;
    cs_insn *instruction;
    const struct processor *processor;
    cs_mode mode;
    bool compressed;
};

static const struct processor processors[] = {
    {EM_X86_64, CS_ARCH_X86, CS_MODE_64, CS_MODE_64, false, false, 1},
    {EM_386, CS_ARCH_X86, CS_MODE_32, CS_MODE_32, false, false, 1},
    {EM_ARM, CS_ARCH_ARM, CS_MODE_ARM, CS_MODE_ARM, true, true, 4},
    {EM_AARCH64, CS_ARCH_ARM64, CS_MODE_ARM, CS_MODE_ARM, false, true, 4},
    {EM_MIPS, CS_ARCH_MIPS, CS_MODE_MIPS32, CS_MODE_MIPS64, true, true, 4},
    {EM_PPC, CS_ARCH_PPC, CS_MODE_32, CS_MODE_32, true, true, 4},
    {EM_PPC64, CS_ARCH_PPC, CS_MODE_64, CS_MODE_64, true, true, 4},
    {EM_S390, CS_ARCH_SYSZ, CS_MODE_BIG_ENDIAN, CS_MODE_BIG_ENDIAN, true, false, 2},
    {EM_SPARC, CS_ARCH_SPARC, CS_MODE_BIG_ENDIAN, CS_MODE_BIG_ENDIAN, true, true, 4},
    {EM_SPARC32PLUS, CS_ARCH_SPARC, CS_MODE_V9, CS_MODE_V9, true, true, 4},
    {EM_SPARCV9, CS_ARCH_SPARC, CS_MODE_V9, CS_MODE_V9, true, true, 4},
    {EM_68K, CS_ARCH_M68K, CS_MODE_M68K_040, CS_MODE_M68K_040, true, false, 2},
};

static const struct processor *processor_of(const struct cor_image *image)
{
    enum { MICROMIPS = 0x02000000, MIPS16 = 0x04000000 };
    if (image->machine == EM_MIPS && (image->flags & (MICROMIPS | MIPS16)))
        return NULL;
    for (size_t i = 0; i < sizeof processors / sizeof *processors; i++)
        if (processors[i].machine == image->machine)
            return &processors[i];
    return NULL;
}

static cs_mode mode_of(const struct cor_image *image, const struct processor *processor)
{
    enum { MIPS_ARCH = (int)0xf0000000, R6_32 = (int)0x90000000, R6_64 = (int)0xa0000000 };
    unsigned mode = (unsigned)(image->wide ? processor->wide : processor->narrow);
    int arch = (int)image->flags & MIPS_ARCH;
    if (image->machine == EM_MIPS && (arch == R6_32 || arch == R6_64))
        mode |= CS_MODE_MIPS32R6;
    // The code of linked ARM objects of the newer big-endian kind is little-endian.
    bool little_code = image->machine == EM_ARM && (image->flags & EF_ARM_BE8);
    if (processor->ordered && image->big && !little_code)
        mode |= (unsigned)CS_MODE_BIG_ENDIAN;
    return (cs_mode)mode;
}

enum cor_status cor_disasm_open(const struct cor_image *image, struct cor_disasm **ret_disasm)
{
    const struct processor *processor = processor_of(image);
    *ret_disasm = NULL;
    if (!processor)
        return COR_OK;
    struct cor_disasm *disasm = cor_alloc_zero(1, sizeof *disasm);
    if (!disasm)
        return COR_NOMEM;
    disasm->processor = processor;
    disasm->mode = mode_of(image, processor);
    if (cs_open(processor->arch, disasm->mode, &disasm->handle) != CS_ERR_OK) {
        // The library was built without this processor.
        cor_free(disasm);
        return COR_OK;
    }
    disasm->instruction = cs_malloc(disasm->handle);
    if (!disasm->instruction) {
        cor_disasm_close(disasm);
        return COR_NOMEM;
    }
    if (processor->arch == CS_ARCH_X86)
        cs_option(disasm->handle, CS_OPT_SYNTAX, CS_OPT_SYNTAX_ATT);
    *ret_disasm = disasm;
    return COR_OK;
}

void cor_disasm_close(struct cor_disasm *disasm)
{
    if (!disasm)
        return;
    if (disasm->instruction)
        cs_free(disasm->instruction, 1);
    cs_close(&disasm->handle);
    cor_free(disasm);
}

bool cor_disasm_one(struct cor_disasm *disasm, struct cor_slice code, uint64_t address,
                    bool compressed, struct cor_instruction *ret_instruction)
{
    if (compressed != disasm->compressed) {
        unsigned thumb = compressed ? CS_MODE_THUMB : 0;
        cs_option(disasm->handle, CS_OPT_MODE, (unsigned)disasm->mode | thumb);
        disasm->compressed = compressed;
    }
    const uint8_t *at = (const uint8_t *)code.data;
    size_t left = code.size;
    if (!cs_disasm_iter(disasm->handle, &at, &left, &address, disasm->instruction))
        return false;
    const cs_insn *got = disasm->instruction;
    ret_instruction->size = got->size;
    snprintf(ret_instruction->text, sizeof ret_instruction->text, "%s%s%s", got->mnemonic,
             got->op_str[0] ? " " : "", got->op_str);
    return got->size > 0;
}

bool cor_disasm_is_compressed(const struct cor_disasm *disasm)
{
    return disasm->compressed;
}

size_t cor_disasm_step(const struct cor_disasm *disasm, bool compressed)
{
    return compressed ? 2 : disasm->processor->step;
}

bool cor_disasm_fixed(const struct cor_disasm *disasm, bool compressed)
{
    return disasm->processor->fixed && !compressed;
}
