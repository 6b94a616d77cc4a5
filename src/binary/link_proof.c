// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/link_proof.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "binary/disasm.h"
#include "binary/link_encode.h"

enum { LONGEST = 32, PATCHED = 4 };

struct code {
    unsigned char bytes[LONGEST];
    size_t size;
};

static int digit_of(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

static bool bytes_of(const char *hex, struct code *code)
{
    for (code->size = 0; code->size < LONGEST && hex[0] && hex[1]; hex += 2) {
        int high = digit_of(hex[0]), low = digit_of(hex[1]);
        if (high < 0 || low < 0)
            return false;
        code->bytes[code->size++] = (unsigned char)(high << 4 | low);
    }
    return code->size > 0;
}

static const char *hex_of(struct cor_arena *arena, const struct code *code)
{
    static const char digits[] = "0123456789abcdef";
    char text[LONGEST * 2];
    for (size_t i = 0; i < code->size; i++) {
        text[i * 2] = digits[code->bytes[i] >> 4];
        text[i * 2 + 1] = digits[code->bytes[i] & 15];
    }
    return cor_arena_text(arena, cor_slice(text, code->size * 2));
}

// The last operand of a branch is where it leads; disassemblers write it as an address.
static bool target_of(const char *text, uint64_t *ret_target)
{
    const char *last = NULL;
    for (const char *at = text; (at = strstr(at, "0x")) != NULL; at += 2)
        last = at;
    char *end;
    if (!last)
        return false;
    *ret_target = strtoull(last, &end, 16);
    return *end == '\0';
}

static struct cor_image image_of(const struct cor_component *component)
{
    return (struct cor_image){.machine = component->elf_machine,
                              .wide = component->elf_class == 64,
                              .big = component->big_endian,
                              .type = component->elf_type};
}

// Loaders keep what calls each other together: 1 MiB behind the provider's function, or 16 MiB
// before it where that is not the same region.
static uint64_t near_to(uint64_t symbol, uint64_t offset, const struct cor_image *image)
{
    enum { STEP = 0x10000, BEHIND = 0x100000, BEFORE = 0x1000000 };
    uint64_t place = (symbol & ~(uint64_t)(STEP - 1)) + BEHIND + offset;
    bool apart = image->machine == EM_MIPS && (place ^ symbol) >> 28;
    if (place < symbol || (!image->wide && place > UINT32_MAX) || apart)
        place -= BEHIND + BEFORE;
    return image->wide ? place : place & UINT32_MAX;
}

static enum cor_status decode(const struct cor_image *image, const struct cor_reference *reference,
                              const struct code *code, struct cor_arena *arena,
                              struct cor_link_proof *proof)
{
    struct cor_disasm *disasm;
    struct cor_instruction instruction;
    struct cor_slice slice = cor_slice((const char *)code->bytes, code->size);
    enum cor_status status = cor_disasm_open(image, &disasm);
    if (status != COR_OK)
        return status;
    if (!disasm)
        proof->why_not = "the disassembler does not know this processor";
    else if (!cor_disasm_one(disasm, slice, proof->place, reference->compressed, &instruction) ||
             !target_of(instruction.text, &proof->target))
        proof->why_not = "the disassembler does not say where the instruction leads";
    else if (!(proof->after = cor_arena_text(arena, cor_slice_text(instruction.text))) ||
             !(proof->bytes = hex_of(arena, code)))
        status = COR_NOMEM;
    cor_disasm_close(disasm);
    return status;
}

static bool is_decoded(const char *type)
{
    return strcmp(type, "CALL") == 0 || strcmp(type, "JMP") == 0;
}

static enum cor_status prove(const struct cor_component *component,
                             const struct cor_reference *reference, uint64_t symbol,
                             struct cor_arena *arena, struct cor_link_proof *proof)
{
    const struct cor_image image = image_of(component);
    struct code code;
    uint64_t within = reference->offset - reference->start;
    proof->place = reference->start;
    if (!bytes_of(reference->bytes, &code))
        return COR_OK;
    if (!is_decoded(reference->type)) {
        if (component->elf_type == ET_REL)
            proof->place = near_to(symbol, reference->start, &image);
        struct cor_link_field field = {reference->number, code.bytes + within,   image.big,
                                       !image.wide,       proof->place + within, symbol,
                                       reference->addend};
        enum cor_link_encoded encoded = within > code.size || code.size - within < PATCHED
                                            ? COR_LINK_UNKNOWN
                                            : cor_link_encode(image.machine, &field);
        if (encoded != COR_LINK_ENCODED) {
            proof->why_not = encoded == COR_LINK_TOO_FAR
                                 ? "the call cannot reach so far by itself"
                                 : "relocations of this type are not applied here";
            return COR_OK;
        }
    }
    return decode(&image, reference, &code, arena, proof);
}

enum cor_status cor_link_prove(const struct cor_component *component,
                               const struct cor_reference *reference, uint64_t symbol,
                               struct cor_arena *arena, struct cor_link_proof *proof)
{
    *proof = (struct cor_link_proof){0};
    bool call = reference->kind == COR_REFKIND_CALL || reference->kind == COR_REFKIND_TAIL_CALL;
    if (!call)
        return COR_OK;
    if (!reference->instruction || !reference->bytes) {
        proof->why_not = "the instruction was not decoded";
        return COR_OK;
    }
    if (strcmp(reference->type, "PLT") == 0 || strcmp(reference->type, "GOT") == 0) {
        proof->why_not = "the call goes through the loader's table";
        return COR_OK;
    }
    enum cor_status status = prove(component, reference, symbol, arena, proof);
    uint64_t wanted = component->elf_machine == EM_ARM ? symbol & ~UINT64_C(1) : symbol;
    if (status == COR_OK && proof->after && proof->target != wanted)
        proof->why_not = "the instruction leads elsewhere";
    if (proof->why_not)
        proof->after = proof->bytes = NULL;
    return status;
}
