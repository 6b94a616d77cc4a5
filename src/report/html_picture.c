// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The picture of the whole with its legend, and each group of components in it as a fold of its
// own: a picture of what is inside and beside it, and a list.
#include "base/interrupt.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"

// Folders below folders: a picture has fewer components than the one that it is part of.
enum { DEEPEST = 24, WIDE = 1 << 20 };

static void put_list(const struct cor_page *page, const struct cor_picture_box *box, FILE *out)
{
    for (size_t i = 0; i < box->count; i++) {
        fputs(i ? ", " : "<p class=names>", out);
        cor_page_component(page->case_, page->plan->order.items[box->first + i]->id, out);
    }
    fputs("</p>\n", out);
}

static void put_summary(const struct cor_page *page, const struct cor_picture_box *box, FILE *out)
{
    fputs("<code>", out);
    cor_picture_put_name(page->plan, box, WIDE, out);
    fputs("</code> <span class=soft>", out);
    cor_picture_put_kind(box, out);
    fputs(", ", out);
    cor_picture_put_facts(box, out);
    fputs("</span>", out);
}

static enum cor_status put_fold(struct cor_page *page, const struct cor_picture *of, size_t which,
                                const struct cor_picture *picture)
{
    const struct cor_picture_box *box = &of->boxes.items[which];
    struct cor_fold fold;
    enum cor_status status = cor_fold_init(&fold);
    if (status != COR_OK)
        return status;
    cor_picture_put_id(page->plan, box, fold.out[COR_FOLD_ID]);
    fputs("class=box", fold.out[COR_FOLD_ATTRIBUTES]);
    put_summary(page, box, fold.out[COR_FOLD_SUMMARY]);
    put_list(page, box, fold.out[COR_FOLD_WITHOUT]);
    status = cor_picture_write(picture, fold.out[COR_FOLD_BODY]);
    put_list(page, box, fold.out[COR_FOLD_BODY]);
    if (status == COR_OK)
        status = cor_page_fold(page, &fold, COR_BUDGET_PICTURES);
    cor_fold_dispose(&fold);
    return status;
}

// The groups of a picture, each before those inside it.
static enum cor_status put_groups(struct cor_page *page, const struct cor_picture *of,
                                  unsigned depth)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < of->inside && depth < DEEPEST; i++) {
        struct cor_picture picture;
        if (of->boxes.items[i].count == 1)
            continue;
        status = cor_interrupted() ? COR_INTERRUPTED : cor_picture_init_box(&picture, of, i);
        if (status != COR_OK)
            break;
        status = put_fold(page, of, i, &picture);
        // A box that did not come apart further would be met again.
        if (status == COR_OK && picture.inside > 1)
            status = put_groups(page, &picture, depth + 1);
        cor_picture_dispose(&picture);
    }
    return status;
}

static const char legend[] =
    "<ul class=\"legend picture\">"
    "<li><svg viewBox=\"0 0 24 15\" aria-hidden=true><rect class=\"box all\" x=1 y=1 width=22 "
    "height=13 rx=3 /></svg>all functions released</li>"
    "<li><svg viewBox=\"0 0 24 15\" aria-hidden=true><rect class=\"box part\" x=1 y=1 width=22 "
    "height=13 rx=3 /><rect x=1 y=1 width=22 height=13 rx=3 fill=\"url(#dots)\" /></svg>partly "
    "released</li>"
    "<li><svg viewBox=\"0 0 24 15\" aria-hidden=true><rect class=\"box none\" x=1 y=1 width=22 "
    "height=13 rx=3 /><rect x=1 y=1 width=22 height=13 rx=3 fill=\"url(#hatch)\" /></svg>no source"
    "</li>"
    "<li><svg viewBox=\"0 0 24 15\" aria-hidden=true><rect class=\"box unknown\" x=1 y=1 width=22 "
    "height=13 rx=3 /></svg>not judged</li>"
    "<li><svg viewBox=\"0 0 24 15\" aria-hidden=true><path class=\"arrow bad\" d=\"M1 8H17\" "
    "stroke-width=2 marker-end=\"url(#badtip)\" /></svg>needs so many names, findings among them"
    "</li>"
    "<li><svg viewBox=\"0 0 24 15\" aria-hidden=true><path class=\"arrow\" d=\"M1 8H18\" "
    "stroke-width=1.5 marker-end=\"url(#tip)\" /></svg>needs so many names, no finding</li>"
    "<li>The higher a box, the more functions. A pile is a group that opens. A frame is a combined "
    "work.</li></ul>\n";

enum cor_status cor_page_picture(struct cor_page *page)
{
    struct cor_picture picture;
    fputs("<h2 id=picture>The picture</h2>\n", page->out);
    if (page->plan->order.count == 0) {
        fputs("<p>There is no component to draw.</p>\n", page->out);
        return COR_OK;
    }
    enum cor_status status = cor_picture_init(&picture, page->plan);
    if (status != COR_OK)
        return status;
    cor_picture_write_defs(page->out);
    fputs("<div class=tools id=tools hidden></div>\n<div id=stage>", page->out);
    status = cor_picture_write(&picture, page->out);
    fprintf(page->out, "</div>\n%s", legend);
    bool groups = picture.boxes.count < page->plan->order.count;
    if (groups)
        fputs(
            "<details id=boxes class=later><summary>The groups of the picture as a list</summary>\n"
            "<noscript>",
            page->out);
    if (status == COR_OK)
        status = put_groups(page, &picture, 0);
    fputs(groups ? "</noscript></details>\n" : "", page->out);
    cor_picture_dispose(&picture);
    return status;
}
