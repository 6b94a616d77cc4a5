// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a box of a picture is called, and what is said of it.
#include <inttypes.h>
#include <string.h>

#include "report/metrics.h"
#include "report/picture.h"
#include "report/put.h"

// The last two folders say where it is.
static struct cor_slice folder_name(const struct cor_case_component *component, size_t shared)
{
    size_t end = shared ? shared - 1 : 0, start = end;
    for (unsigned slashes = 0; start > 0; start--)
        if (component->path[start - 1] == '/' && ++slashes == 2)
            break;
    return cor_slice(component->path + start, end - start);
}

// What of a path comes right after the shared folder: a folder, or the name itself.
static struct cor_slice next_name(const struct cor_case_component *component, size_t shared)
{
    const char *path = component->path + shared;
    size_t size = strcspn(path, "/");
    return path[size] ? cor_slice(path, size) : cor_slice_text(component->name);
}

void cor_picture_put_name(const struct cor_plan *plan, const struct cor_picture_box *box, int width,
                          FILE *out)
{
    const struct cor_case_component *first = plan->order.items[box->first];
    const struct cor_case_component *last = plan->order.items[box->first + box->count - 1];
    if (box->count == 1) {
        cor_metrics_fit(out, cor_slice_text(first->name), width);
    } else if (box->part) {
        cor_metrics_fit(out, next_name(first, box->shared), width / 2 - 500);
        fputs(" \xe2\x80\x93 ", out);
        cor_metrics_fit(out, next_name(last, box->shared), width / 2 - 500);
    } else {
        cor_metrics_fit(out, folder_name(first, box->shared), width);
        fputc('/', out);
    }
}

void cor_picture_put_id(const struct cor_plan *plan, const struct cor_picture_box *box, FILE *out)
{
    if (box->count == 1)
        fprintf(out, "c%" PRIu32, plan->order.items[box->first]->id);
    else
        fprintf(out, "b%zu-%zu", box->first + 1, box->count);
}

void cor_picture_put_facts(const struct cor_picture_box *box, FILE *out)
{
    if (box->coverage == COR_COVERAGE_PART) {
        cor_put_number(out, box->released);
        fputs(" of ", out);
        cor_put_number(out, box->functions);
        fputs(" released", out);
    } else if (box->coverage == COR_COVERAGE_UNKNOWN) {
        fputs(cor_coverage_word(box->coverage), out);
    } else {
        cor_put_count(out, box->functions, "function, ", "functions, ");
        fputs(cor_coverage_word(box->coverage), out);
    }
}

void cor_picture_put_kind(const struct cor_picture_box *box, FILE *out)
{
    if (box->count > 1) {
        cor_put_number(out, box->count);
        fputc(' ', out);
    }
    fprintf(out, "%s%s", cor_kind_word(box->kind), box->count > 1 ? "s" : "");
}
