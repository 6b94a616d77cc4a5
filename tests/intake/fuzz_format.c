// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// libFuzzer's entry for one row of the table of formats, which FUZZ_FORMAT names. Built with
// -Dfuzz=true and clang; tools/fuzz-formats.sh makes the seeds and runs it.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "row_run.h"

int LLVMFuzzerInitialize(int *count, char ***words);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct cor_format *format;

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count, (void)words;
    const char *name = getenv("FUZZ_FORMAT");
    format = name ? row_named(name) : NULL;
    if (format)
        return 0;
    fprintf(stderr, "FUZZ_FORMAT names no row of the table of formats\n");
    exit(2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    row_run(format, data, size);
    return 0;
}
