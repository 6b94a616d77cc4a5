// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/show.h"

#include <stdlib.h>
#include <string.h>

#include "report/find.h"
#include "report/put.h"

static enum cor_status show_symbols(const struct cor_index *index, const char *name, FILE *out,
                                    bool *ret_found)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < index->case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &index->case_->symbols.items[i];
        if (strcmp(symbol->name, name) != 0)
            continue;
        if (*ret_found)
            fputs("\n\n", out);
        *ret_found = true;
        status = cor_show_symbol(index, symbol, true, out);
    }
    return status;
}

static void show_components(const struct cor_case *case_, const char *what, FILE *out,
                            bool *ret_found)
{
    for (size_t i = 0; i < case_->components.count; i++) {
        const struct cor_case_component *component = &case_->components.items[i];
        if (!cor_means_component(component, what))
            continue;
        if (*ret_found)
            fputs("\n\n", out);
        *ret_found = true;
        cor_show_component(case_, component, out);
    }
}

enum cor_status cor_show(const struct cor_case *case_, const char *what, FILE *out)
{
    struct cor_index index;
    bool found = false;
    enum cor_status status = cor_index_init(&index, case_);
    if (status != COR_OK)
        return status;
    status = show_symbols(&index, what, out, &found);
    if (status == COR_OK)
        show_components(case_, what, out, &found);
    if (status == COR_OK && !found) {
        found = cor_show_file(&index, what, out);
        status = cor_show_members(&index, what, out, &found);
    }
    cor_index_dispose(&index);
    if (status != COR_OK)
        return status;
    return found ? cor_put_done(out) : COR_NOT_FOUND;
}
