// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The files of page/, which are part of every page.
#ifndef COR_REPORT_PAGE_H
#define COR_REPORT_PAGE_H

#include <stdio.h>

enum cor_page_file {
    COR_PAGE_CSS,
    COR_PAGE_DARK_CSS,
    COR_PAGE_PICTURE_CSS,
    COR_PAGE_JS,
    COR_PAGE_FILE_COUNT
};

void cor_page_resource(enum cor_page_file file, FILE *out);

#endif
