// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/align.h"
#include "report/colour.h"

bool cor_wants_columns(void)
{
    return isatty(STDOUT_FILENO);
}

bool cor_wants_colour(void)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(none && *none) && !(term && strcmp(term, "dumb") == 0);
}

enum cor_status cor_write_dressed(cor_output_writer *writer, void *what, enum cor_dress dress,
                                  FILE *out)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    if (!memory)
        return COR_NOMEM;
    enum cor_status status = writer(what, memory);
    if (fclose(memory) != 0 && status == COR_OK)
        status = COR_NOMEM;
    if (status == COR_OK && dress == COR_DRESS_COLUMNS)
        status = cor_align(text, out);
    else if (status == COR_OK)
        cor_colour(text, out);
    free(text);
    return status;
}
