// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the source files that the case names say of their own licence.
#include <stdlib.h>
#include <string.h>

#include "audit/case_text.h"

// The last two decide between copies of one path.
static int file_order(const void *a, const void *b)
{
    const struct cor_case_source_file *left = a, *right = b;
    if (left->input != right->input)
        return left->input < right->input ? -1 : 1;
    int order = strcmp(left->path, right->path);
    if (order == 0)
        order = (left->line > right->line) - (left->line < right->line);
    if (order == 0)
        order = strcmp(left->licence ? left->licence : "", right->licence ? right->licence : "");
    return order;
}

static void drop_copies(struct cor_case *case_)
{
    size_t kept = 0;
    for (size_t i = 0; i < case_->source_files.count; i++) {
        struct cor_case_source_file *file = &case_->source_files.items[i];
        const struct cor_case_source_file *before =
            kept ? &case_->source_files.items[kept - 1] : NULL;
        if (!before || before->input != file->input || strcmp(before->path, file->path) != 0)
            case_->source_files.items[kept++] = *file;
    }
    case_->source_files.count = kept;
}

enum cor_status cor_case_add_source_files(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pipeline->source.files.count; i++) {
        const struct cor_source_file *file = &pipeline->source.files.items[i];
        struct cor_case_source_file row = {file->input, file->path, file->licence, file->notice,
                                           file->licence || file->notice ? file->licence_line : 0};
        const char **texts[] = {&row.path, &row.licence, &row.notice};
        if (!pipeline->cited[i])
            continue;
        status = cor_case_texts(case_, texts, sizeof texts / sizeof *texts);
        if (status == COR_OK)
            status = cor_array_add(&case_->source_files, row);
    }
    if (status == COR_OK && case_->source_files.count > 1)
        qsort(case_->source_files.items, case_->source_files.count,
              sizeof *case_->source_files.items, file_order);
    drop_copies(case_);
    return status;
}
