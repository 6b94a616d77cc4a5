// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/page.h"

// Made from page/ when the program is built: arrays of bytes, and their sizes.
#include "report/page_files.h"

static const struct {
    const char *data;
    size_t size;
} files[COR_PAGE_FILE_COUNT] = {
    [COR_PAGE_CSS] = {page_css, sizeof page_css},
    [COR_PAGE_DARK_CSS] = {dark_css, sizeof dark_css},
    [COR_PAGE_PICTURE_CSS] = {picture_css, sizeof picture_css},
    [COR_PAGE_JS] = {page_js, sizeof page_js},
};

void cor_page_resource(enum cor_page_file file, FILE *out)
{
    fwrite(files[file].data, 1, files[file].size, out);
}
