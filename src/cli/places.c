// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <ctype.h>
#include <string.h>

#include "cli/cli.h"

// "SOURCE2" as in the printed commands.
static bool is_input(const struct cor_input *input, const char *name, size_t size)
{
    char own[40];
    int length =
        snprintf(own, sizeof own, "%s%u", cor_role_word(input->role), (unsigned)input->number);
    if (length < 0 || (size_t)length != size)
        return false;
    for (size_t i = 0; i < size; i++)
        if (tolower((unsigned char)name[i]) != own[i])
            return false;
    return true;
}

static enum cor_status find_place(const struct cor_case *case_, const char *word,
                                  struct cor_place_now *ret_place, struct cor_diag *diag)
{
    const char *equals = strchr(word, '=');
    for (size_t i = 0; equals && equals[1] && i < case_->inputs.count; i++) {
        const struct cor_input *input = &case_->inputs.items[i];
        if (is_input(input, word, (size_t)(equals - word))) {
            *ret_place = (struct cor_place_now){input->role, input->number, equals + 1};
            return COR_OK;
        }
    }
    return cor_fail(diag, COR_FATAL, COR_USAGE, word,
                    "is not SHIPPED1=PATH, SOURCE2=PATH or the like of an input of the case");
}

enum cor_status cor_find_places(const struct cor_case *case_, const cor_texts *words,
                                cor_places *places, struct cor_diag *diag)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < words->count; i++) {
        struct cor_place_now place;
        status = find_place(case_, words->items[i], &place, diag);
        if (status == COR_OK)
            status = cor_array_add(places, place);
    }
    return status;
}
