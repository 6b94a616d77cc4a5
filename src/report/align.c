// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/align.h"

#include <string.h>

#include "base/array.h"
#include "base/slice.h"

// Wider cells go beyond their column.
enum { WIDEST = 44, GAP = 2 };

struct widths {
    COR_ARRAY(size_t) list;
};

static size_t width_of(struct cor_slice cell)
{
    size_t width = 0;
    for (size_t i = 0; i < cell.size; i++)
        width += ((unsigned char)cell.data[i] & 0xc0) != 0x80;
    return width;
}

// Cuts the next cell off a line; false behind the last.
static bool next_cell(struct cor_slice *line, struct cor_slice *ret_cell)
{
    if (!line->data)
        return false;
    const char *tab = memchr(line->data, '\t', line->size);
    size_t size = tab ? (size_t)(tab - line->data) : line->size;
    *ret_cell = cor_slice(line->data, size);
    *line = tab ? cor_slice(tab + 1, line->size - size - 1) : cor_slice(NULL, 0);
    return true;
}

static enum cor_status measure(struct cor_slice line, struct widths *widths)
{
    enum cor_status status = COR_OK;
    struct cor_slice cell;
    for (size_t i = 0; status == COR_OK && next_cell(&line, &cell); i++) {
        size_t width = width_of(cell);
        if (i == widths->list.count)
            status = cor_array_add(&widths->list, (size_t)0);
        if (status == COR_OK && width <= WIDEST && width > widths->list.items[i])
            widths->list.items[i] = width;
    }
    return status;
}

static void put_line(struct cor_slice line, const struct widths *widths, FILE *out)
{
    struct cor_slice cell;
    for (size_t i = 0; next_cell(&line, &cell); i++) {
        size_t width = width_of(cell), column = widths->list.items[i];
        fwrite(cell.data, 1, cell.size, out);
        if (line.data)
            fprintf(out, "%*s", (int)((width < column ? column - width : 0) + GAP), "");
    }
    fputc('\n', out);
}

enum cor_status cor_align(const char *text, FILE *out)
{
    struct widths widths = {0};
    enum cor_status status = COR_OK;
    for (int pass = 0; pass < 2; pass++)
        for (const char *at = text; status == COR_OK && *at;) {
            size_t size = strcspn(at, "\n");
            if (pass == 0)
                status = measure(cor_slice(at, size), &widths);
            else
                put_line(cor_slice(at, size), &widths, out);
            at += size + (at[size] == '\n');
        }
    cor_array_dispose(&widths.list);
    return status;
}
