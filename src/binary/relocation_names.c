// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <elf.h>
#include <stdlib.h>

#include "binary/relocation_types.h"

struct row {
    uint32_t number;
    const char *name;
};

// One list per processor, in order of numbers.
#define PROCESSOR(machine, word) static const struct row rows_##word[] = {
#define RELOCATION(number, name) {(number), (name)},
#define END                                                                                        \
    }                                                                                              \
    ;
#include "binary/relocation_types.def"

static const struct {
    uint16_t machine;
    const struct row *rows;
    size_t count;
} processors[] = {
#define PROCESSOR(machine, word) {(machine), rows_##word, sizeof rows_##word / sizeof *rows_##word},
#define RELOCATION(number, name)
#define END
#include "binary/relocation_types.def"
};

static int row_order(const void *key, const void *row)
{
    uint32_t number = *(const uint32_t *)key, other = ((const struct row *)row)->number;
    return (number > other) - (number < other);
}

static uint16_t list_of(uint16_t machine)
{
    switch (machine) {
    case EM_SPARC32PLUS:
    case EM_SPARCV9:
        return EM_SPARC;
    case EM_MIPS_RS3_LE:
        return EM_MIPS;
    case EM_ARCV2:
        return EM_ARC_COMPACT;
    default:
        return machine;
    }
}

const char *cor_relocation_name(uint16_t machine, uint32_t type)
{
    for (size_t i = 0; i < sizeof processors / sizeof *processors; i++) {
        if (processors[i].machine != list_of(machine))
            continue;
        const struct row *row =
            bsearch(&type, processors[i].rows, processors[i].count, sizeof(struct row), row_order);
        return row ? row->name : NULL;
    }
    return NULL;
}
