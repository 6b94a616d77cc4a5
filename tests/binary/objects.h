// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The compilers' targets that tests go through, and the program they compile.
#ifndef COR_TESTS_BINARY_OBJECTS_H
#define COR_TESTS_BINARY_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>

struct target {
    const char *name;    // for messages, and the object's file: NAME.o
    const char *compile; // the command without input and output
    const char *machine;
    int bits;
    bool big;
    bool decoded; // the disassembler knows its instructions
};

extern const struct target targets[];
extern const size_t target_count;

// Compiles the program for every target there is; how many there are not is told as a comment.
// Returns how many there are.
size_t targets_compile(void);

#endif
