// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <inttypes.h>

#include "report/diff.h"
#include "report/put.h"

enum { MOST_NAMES = 40, MOST_COMPONENTS = 20, NAME_COLUMN = 34 };

static void put_inputs(FILE *out, const char *what, const struct cor_case *case_)
{
    fprintf(out, "  %s\n", what);
    for (size_t i = 0; i < case_->inputs.count; i++) {
        const struct cor_input *input = &case_->inputs.items[i];
        fprintf(out, "    %-9s ", cor_role_word(input->role));
        cor_put(out, input->name);
        fputs(input->folder ? "/\n" : "\n", out);
        if (input->sha256[0])
            fprintf(out, "      sha256 %s\n", input->sha256);
    }
}

// "3 names lost, 2 still lacking": the parts that are 0 are left out.
void cor_diff_answer(const struct cor_diff *diff, FILE *out)
{
    bool any = false;
    fputs(diff->regress ? "Regress: " : "No regress: ", out);
    for (unsigned i = 0; i < COR_CHANGE_COUNT; i++) {
        if (!diff->count[i])
            continue;
        fputs(any ? ", " : "", out);
        cor_put_number(out, diff->count[i]);
        fprintf(out, " %s", cor_change_word((enum cor_change)i));
        any = true;
    }
    fputs(any ? "." : "nothing changed, and nothing was lacking.", out);
}

static void put_class(FILE *out, bool listed, enum cor_class class_)
{
    fputs(listed ? cor_class_word(class_) : "not listed", out);
}

static void put_name(FILE *out, const struct cor_changed_name *name)
{
    const struct cor_case_component *component = name->new_ ? name->new_ : name->old;
    size_t width = cor_put_width(name->name);
    fputs("  ", out);
    cor_put(out, name->name);
    fprintf(out, "%*s  ", (int)(width < NAME_COLUMN ? NAME_COLUMN - width : 0), "");
    put_class(out, name->was_listed, name->was);
    if (name->change != COR_CHANGE_STILL || name->was != name->is) {
        fputs(" -> ", out);
        put_class(out, name->is_listed, name->is);
    }
    if (component) {
        fputs(name->own ? ", in " : ", for ", out);
        cor_put(out, component->name);
    }
    fputc('\n', out);
}

static void put_names(FILE *out, const struct cor_diff *diff, enum cor_change change)
{
    size_t count = 0;
    if (diff->count[change])
        fprintf(out, "\n%s\n", cor_change_heading(change));
    for (size_t i = 0; i < diff->names.count; i++)
        if (diff->names.items[i].change == change && ++count <= MOST_NAMES)
            put_name(out, &diff->names.items[i]);
    if (count > MOST_NAMES)
        fprintf(out, "  and %zu more (--format json tells all)\n", count - MOST_NAMES);
}

static void put_components(FILE *out, const char *heading,
                           const struct cor_case_component *const *items, size_t count)
{
    if (count)
        fprintf(out, "\n%s\n", heading);
    for (size_t i = 0; i < count && i < MOST_COMPONENTS; i++) {
        fputs("  ", out);
        cor_put(out, items[i]->path);
        fputc('\n', out);
    }
    if (count > MOST_COMPONENTS)
        fprintf(out, "  and %zu more\n", count - MOST_COMPONENTS);
}

enum cor_status cor_diff_text(const struct cor_diff *diff, FILE *out)
{
    fputs("Compared\n", out);
    put_inputs(out, "old", diff->old);
    put_inputs(out, "new", diff->new_);
    fputs("\nAnswer\n  ", out);
    cor_diff_answer(diff, out);
    fputc('\n', out);
    for (unsigned i = 0; i < COR_CHANGE_COUNT; i++)
        put_names(out, diff, (enum cor_change)i);
    put_components(out, "Components that are no longer there", diff->gone.items, diff->gone.count);
    put_components(out, "Components that were not there", diff->added.items, diff->added.count);
    return cor_put_done(out);
}
