// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/file_licences.h"

struct gathering {
    const struct cor_case *case_;
    struct cor_file_licence *files;
    size_t most, count;
};

static bool has(const struct gathering *gathering, const struct cor_case_source_file *file)
{
    for (size_t i = 0; i < gathering->count; i++)
        if (gathering->files[i].file == file)
            return true;
    return false;
}

static void gather(struct gathering *gathering, const char *part,
                   const struct cor_case_place *places, size_t count)
{
    for (size_t i = 0; i < count && gathering->count < gathering->most; i++) {
        const struct cor_case_source_file *file =
            cor_case_source_file(gathering->case_, places[i].input, places[i].file);
        if (!file || has(gathering, file))
            continue;
        gathering->files[gathering->count++] = (struct cor_file_licence){part, file};
    }
}

size_t cor_file_licences(const struct cor_case *case_, const struct cor_case_symbol *symbol,
                         struct cor_file_licence *files, size_t most)
{
    struct gathering gathering = {case_, files, most, 0};
    gather(&gathering, "called in", symbol->calls.items, symbol->calls.count);
    gather(&gathering, "declared in", symbol->declarations.items, symbol->declarations.count);
    return gathering.count;
}

const char *cor_file_licence_how(const struct cor_case_source_file *file)
{
    return file->licence  ? "its SPDX tag"
           : file->notice ? "its notice"
                          : "says nothing of its licence";
}

const char *cor_file_licence_text(const struct cor_case_source_file *file)
{
    return file->licence ? file->licence : file->notice;
}
