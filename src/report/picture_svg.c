// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <inttypes.h>

#include "report/html_frame.h"
#include "report/page.h"
#include "report/picture_arrows.h"
#include "report/put.h"

enum { PADDING = 10, FACE = 14, STACK = 4 };

static const char *const classes[COR_COVERAGE_COUNT] = {"all", "part", "none", "unknown"};

// A hatching and a word say the same as the colour.
static const char *const patterns[COR_COVERAGE_COUNT] = {
    [COR_COVERAGE_PART] = "dots",
    [COR_COVERAGE_NONE] = "hatch",
};

static const char defs[] =
    "<defs><pattern id=hatch width=8 height=8 patternUnits=userSpaceOnUse "
    "patternTransform=\"rotate(45)\"><path d=\"M0 0V8\" stroke=\"#d55e00\" stroke-width=2.4 "
    "opacity=.32 /></pattern><pattern id=dots width=9 height=9 patternUnits=userSpaceOnUse>"
    "<circle cx=2 cy=2 r=1.3 fill=\"#9a7d00\" opacity=.4 /></pattern>"
    "<marker id=tip class=tip viewBox=\"0 0 8 8\" refX=8 refY=4 markerWidth=8 markerHeight=8 "
    "markerUnits=userSpaceOnUse orient=auto><path d=\"M0 0L8 4L0 8z\" /></marker>"
    "<marker id=badtip class=\"tip bad\" viewBox=\"0 0 8 8\" refX=8 refY=4 markerWidth=11 "
    "markerHeight=11 markerUnits=userSpaceOnUse orient=auto><path d=\"M0 0L8 4L0 8z\" /></marker>"
    "</defs>";

void cor_picture_write_defs(FILE *out)
{
    fputs("<svg id=shared width=0 height=0 aria-hidden=true><style>\n", out);
    cor_page_resource(COR_PAGE_PICTURE_CSS, out);
    fprintf(out, "</style>%s</svg>\n", defs);
}

static void put_rect(FILE *out, const char *class_, const struct cor_picture_box *box, int aside)
{
    fprintf(out, "<rect class=\"%s\" x=%d y=%d width=%d height=%d rx=6", class_, box->x + aside,
            box->y + aside, box->width, box->height);
}

static void put_title(const struct cor_picture *picture, size_t which, FILE *out)
{
    const struct cor_picture_box *box = &picture->boxes.items[which];
    const struct cor_picture_link *inside = &picture->links[which * picture->boxes.count + which];
    const char *path = picture->plan->order.items[box->first]->path;
    fputs("<title>", out);
    cor_html_part(out, box->count == 1 ? cor_slice_text(path) : cor_slice(path, box->shared));
    fputs(": ", out);
    cor_picture_put_kind(box, out);
    fputs(", ", out);
    cor_picture_put_facts(box, out);
    if (inside->needs && box->count > 1) {
        fputs("; ", out);
        cor_put_count(out, inside->needs, "link inside", "links inside");
    }
    fputs("</title>", out);
}

static void put_box(const struct cor_picture *picture, size_t which, FILE *out)
{
    const struct cor_picture_box *box = &picture->boxes.items[which];
    char class_[32];
    fprintf(out, "<a class=node data-box=%zu href=\"#", which);
    cor_picture_put_id(picture->plan, box, out);
    fputs("\">", out);
    put_title(picture, which, out);
    snprintf(class_, sizeof class_, "box %s", classes[box->coverage]);
    // A group looks like a pile.
    for (int aside = box->count > 1 ? 2 * STACK : 0; aside >= 0; aside -= STACK) {
        put_rect(out, class_, box, aside);
        fputs(" />", out);
    }
    if (patterns[box->coverage]) {
        put_rect(out, "hatch", box, 0);
        fprintf(out, " fill=\"url(#%s)\" />", patterns[box->coverage]);
    }
    int x = box->x + PADDING, y = box->y + 19;
    fprintf(out, "<text class=name x=%d y=%d>", x, y);
    cor_picture_put_name(picture->plan, box, (box->width - 2 * PADDING) * 1000 / (FACE + 1), out);
    fprintf(out, "</text><text x=%d y=%d>", x, y + 15);
    cor_picture_put_kind(box, out);
    fprintf(out, "</text><text x=%d y=%d>", x, y + 29);
    cor_picture_put_facts(box, out);
    fputs("</text></a>\n", out);
}

static void put_work(const struct cor_case_work *work, FILE *out)
{
    fputs("Combined work: ", out);
    cor_put_count(out, work->components.count, "component, ", "components, ");
    cor_put_count(out, work->links, "link", "links");
    if (work->missing.count) {
        fputs("; ", out);
        cor_put_count(out, work->missing.count, "has no source", "have no source");
    }
}

static void put_frame(const struct cor_picture *picture, size_t number, FILE *out)
{
    const struct cor_picture_frame *frame = &picture->frames.items[number];
    const struct cor_plan *plan = picture->plan;
    if (frame->width == 0)
        return;
    fprintf(out,
            "<rect class=work x=%d y=%d width=%d height=%d rx=10 /><text class=frame x=%d y=%d>",
            frame->x, frame->y, frame->width, frame->height, frame->x + 14, frame->y + 21);
    if (picture->scope.count)
        cor_picture_put_name(plan, &picture->scope, frame->width * 1000 / FACE, out);
    else
        put_work(&plan->case_->works.items[plan->works.items[number]], out);
    fputs("</text>\n", out);
}

// Thicker for more, by the number of digits.
static int thickness(uint64_t needs)
{
    int tenths = 12;
    for (; needs >= 10; needs /= 10)
        tenths += 7;
    return tenths;
}

static void put_arrow_title(const struct cor_picture *picture, const struct cor_arrow *arrow,
                            FILE *out)
{
    enum { WIDE = 1 << 20 };
    fputs("<title>", out);
    cor_picture_put_name(picture->plan, &picture->boxes.items[arrow->from], WIDE, out);
    fputs(" needs ", out);
    cor_put_count(out, arrow->link->needs, "name of ", "names of ");
    cor_picture_put_name(picture->plan, &picture->boxes.items[arrow->to], WIDE, out);
    if (arrow->link->findings) {
        fputs("; findings: ", out);
        cor_put_number(out, arrow->link->findings);
    }
    fputs("</title>", out);
}

static void put_arrow(const struct cor_picture *picture, const struct cor_arrow *arrow, FILE *out)
{
    const struct cor_case *case_ = picture->plan->case_;
    bool bad = arrow->link->findings > 0;
    int width = thickness(arrow->link->needs);
    const int *x = arrow->x, *y = arrow->y;
    fprintf(out, "<%s class=link data-from=%u data-to=%u", bad ? "a" : "g", (unsigned)arrow->from,
            (unsigned)arrow->to);
    if (bad) {
        fputs(" href=\"#", out);
        cor_html_id(out, case_, &case_->symbols.items[arrow->link->symbol]);
        fputc('"', out);
    }
    fputc('>', out);
    put_arrow_title(picture, arrow, out);
    char path[128];
    snprintf(path, sizeof path, "M%d %dC%d %d %d %d %d %d", x[0], y[0], x[1], y[1], x[2], y[2],
             x[3], y[3]);
    // What is too thin to point at has a broad twin that nobody sees.
    if (bad)
        fprintf(out, "<path class=touch d=\"%s\" />", path);
    fprintf(out, "<path class=\"arrow%s\" d=\"%s\" stroke-width=%d.%d marker-end=\"url(#%s)\" />",
            bad ? " bad" : "", path, width / 10, width % 10, bad ? "badtip" : "tip");
    fputs(bad ? "</a>\n" : "</g>\n", out);
}

// "3 of 12": so many of the names are findings.
static void put_label(const struct cor_arrow *arrow, FILE *out)
{
    const struct cor_picture_link *link = arrow->link;
    if (!arrow->labelled)
        return;
    fprintf(out, "<text class=\"count%s\" data-from=%u data-to=%u x=%d y=%d>",
            link->findings ? " bad" : "", (unsigned)arrow->from, (unsigned)arrow->to,
            arrow->label_x, arrow->label_y + 4);
    if (link->findings && link->findings < link->needs) {
        cor_put_number(out, link->findings);
        fputs(" of ", out);
    }
    cor_put_number(out, link->needs);
    fputs("</text>\n", out);
}

static void put_left_out(const struct cor_picture *picture, size_t arrows, FILE *out)
{
    if (!arrows && !picture->left_out)
        return;
    fputs("<p class=soft>Not drawn: ", out);
    if (arrows)
        cor_put_count(out, arrows, "thinner arrow", "thinner arrows");
    if (arrows && picture->left_out)
        fputs(", ", out);
    if (picture->left_out)
        cor_put_count(out, picture->left_out, "box beside it with fewer links",
                      "boxes beside it with fewer links");
    fputs(".</p>\n", out);
}

enum cor_status cor_picture_write(const struct cor_picture *picture, FILE *out)
{
    struct cor_arrows arrows;
    enum cor_status status = cor_arrows_make(picture, &arrows);
    if (status != COR_OK)
        return status;
    fprintf(out,
            "<div class=view><div class=drawing tabindex=0><svg class=picture role=img "
            "aria-label=\"The components "
            "and what they need of each other\" viewBox=\"0 0 %d %d\" width=%d height=%d>\n",
            picture->width, picture->height, picture->width, picture->height);
    for (size_t i = 0; i < picture->frames.count; i++)
        put_frame(picture, i, out);
    // What tells most is drawn last, above the rest.
    for (size_t i = arrows.list.count; i-- > 0;)
        put_arrow(picture, &arrows.list.items[i], out);
    for (size_t i = 0; i < picture->boxes.count; i++)
        put_box(picture, i, out);
    for (size_t i = 0; i < arrows.list.count; i++)
        put_label(&arrows.list.items[i], out);
    fputs("</svg></div>\n", out);
    put_left_out(picture, arrows.left_out, out);
    fputs("</div>\n", out);
    cor_array_dispose(&arrows.list);
    return COR_OK;
}
