// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <inttypes.h>

#include "report/html_frame.h"
#include "report/metrics.h"
#include "report/picture_arrows.h"
#include "report/put.h"

enum { PADDING = 10, FACE = 14, SMALL = 12, MOST_LABELS = 28 };

// The colours are those of Okabe and Ito; a hatching and a word say the same without colour.
static const char *const style[] = {
    "text{font:12px system-ui,sans-serif;fill:#1c1c1c}.name{font-size:14px;font-weight:600}",
    ".box{stroke-width:1.5}.all{fill:#d6ebf8;stroke:#0072b2}.part{fill:#f4ecc8;stroke:#9a7d00}",
    ".none{fill:#fbdcc4;stroke:#d55e00;stroke-width:2.5}",
    ".unknown{fill:#ececec;stroke:#707070;stroke-dasharray:5 4}.hatch{pointer-events:none}",
    "a:hover .box,a:focus .box{stroke-width:4}a:focus{outline:none}",
    ".work{fill:none;stroke:#8a8a8a;stroke-width:1.5;rx:10}.frame{fill:#666}",
    ".arrow{fill:none;stroke:#8a8a8a;opacity:.55}.tip{fill:#8a8a8a}",
    ".arrow.bad{stroke:#c24a00;opacity:1}.tip.bad{fill:#c24a00}",
    ".count{font-size:12px;fill:#444;paint-order:stroke;stroke:#fff;stroke-width:4px;"
    "text-anchor:middle;pointer-events:none}.count.bad{fill:#a63c00;font-weight:700}",
    "a:hover .arrow,a:focus .arrow{stroke-width:5;opacity:1}",
    "@media screen and "
    "(prefers-color-scheme:dark){text{fill:#eee}.all{fill:#123a54;stroke:#56b4e9}",
    ".part{fill:#463c10;stroke:#e3c84a}.none{fill:#57290c;stroke:#ff9a52}",
    ".unknown{fill:#333;stroke:#aaa}.frame{fill:#bbb}.arrow.bad{stroke:#ff9a52}",
    ".tip.bad{fill:#ff9a52}.count{fill:#ccc;stroke:#17181a}.count.bad{fill:#ffb680}}",
};

static const char *const classes[COR_COVERAGE_COUNT] = {"all", "part", "none", "unknown"};

static const char defs[] =
    "<defs><pattern id=hatch width=8 height=8 patternUnits=userSpaceOnUse "
    "patternTransform=\"rotate(45)\"><path d=\"M0 0V8\" stroke=\"#d55e00\" stroke-width=2.4 "
    "opacity=.32 /></pattern><pattern id=dots width=9 height=9 patternUnits=userSpaceOnUse>"
    "<circle cx=2 cy=2 r=1.3 fill=\"#9a7d00\" opacity=.4 /></pattern>"
    "<marker id=tip class=tip viewBox=\"0 0 8 8\" refX=8 refY=4 markerWidth=8 markerHeight=8 "
    "markerUnits=userSpaceOnUse orient=auto><path d=\"M0 0L8 4L0 8z\" /></marker>"
    "<marker id=badtip class=\"tip bad\" viewBox=\"0 0 8 8\" refX=8 refY=4 markerWidth=11 "
    "markerHeight=11 markerUnits=userSpaceOnUse orient=auto><path d=\"M0 0L8 4L0 8z\" /></marker>"
    "</defs>\n";

static void put_rect(FILE *out, const char *class_, const struct cor_picture_box *box)
{
    fprintf(out, "<rect class=\"%s\" x=%d y=%d width=%d height=%d rx=6", class_, box->x, box->y,
            box->width, box->height);
}

static void put_hatch(FILE *out, const struct cor_picture_box *box)
{
    const char *fill = box->coverage == COR_COVERAGE_NONE   ? "hatch"
                       : box->coverage == COR_COVERAGE_PART ? "dots"
                                                            : NULL;
    if (!fill)
        return;
    put_rect(out, "hatch", box);
    fprintf(out, " fill=\"url(#%s)\" />", fill);
}

static void put_facts(FILE *out, const struct cor_picture_box *box)
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

static void put_kind(FILE *out, const struct cor_picture_box *box)
{
    if (box->count > 1) {
        cor_put_number(out, box->count);
        fputc(' ', out);
    }
    fprintf(out, "%s%s", cor_kind_word(box->kind), box->count > 1 ? "s" : "");
}

static void put_box(const struct cor_picture *picture, size_t which, FILE *out)
{
    const struct cor_picture_box *box = &picture->boxes.items[which];
    const struct cor_case_component *first = picture->order.items[box->first];
    const struct cor_picture_link *inside = &picture->links[which * picture->boxes.count + which];
    struct cor_slice name;
    char class_[32];
    cor_picture_name(picture, box, &name);
    if (box->count == 1)
        fprintf(out, "<a href=\"#c%" PRIu32 "\">", first->id);
    else
        fprintf(out, "<a href=\"#b%zu\">", which + 1);
    fputs("<title>", out);
    cor_html_part(out, box->count == 1 ? cor_slice_text(first->path)
                                       : cor_slice(first->path, box->shared));
    fputs(": ", out);
    put_kind(out, box);
    fputs(", ", out);
    put_facts(out, box);
    if (inside->needs && box->count > 1) {
        fputs("; ", out);
        cor_put_count(out, inside->needs, "link inside", "links inside");
    }
    fputs("</title>", out);
    snprintf(class_, sizeof class_, "box %s", classes[box->coverage]);
    put_rect(out, class_, box);
    fputs(" />", out);
    put_hatch(out, box);
    int x = box->x + PADDING, y = box->y + 19;
    fprintf(out, "<text class=name x=%d y=%d>", x, y);
    cor_metrics_fit(out, name, (box->width - 2 * PADDING) * 1000 / (FACE + 1));
    fprintf(out, "</text><text x=%d y=%d>", x, y + 15);
    put_kind(out, box);
    fprintf(out, "</text><text x=%d y=%d>", x, y + 28);
    put_facts(out, box);
    fputs("</text></a>\n", out);
}

static void put_frame(const struct cor_picture *picture, const struct cor_picture_frame *frame,
                      FILE *out)
{
    const struct cor_case_work *work = &picture->case_->works.items[frame->work];
    if (frame->width == 0)
        return;
    fprintf(out,
            "<rect class=work x=%d y=%d width=%d height=%d rx=10 /><text class=frame x=%d y=%d>",
            frame->x, frame->y, frame->width, frame->height, frame->x + 14, frame->y + 21);
    fputs("Combined work: ", out);
    cor_put_count(out, work->components.count, "component, ", "components, ");
    cor_put_count(out, work->links, "link", "links");
    if (work->missing.count) {
        fputs("; ", out);
        cor_put_count(out, work->missing.count, "has no source", "have no source");
    }
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
    const uint32_t ends[] = {arrow->from, arrow->to};
    fputs("<title>", out);
    for (unsigned i = 0; i < 2; i++) {
        struct cor_slice name;
        cor_picture_name(picture, &picture->boxes.items[ends[i]], &name);
        fputs(i ? " of " : "", out);
        cor_html_part(out, name);
        if (i == 0) {
            fputs(" needs ", out);
            cor_put_count(out, arrow->link->needs, "name", "names");
        }
    }
    if (arrow->link->findings) {
        fputs("; findings: ", out);
        cor_put_number(out, arrow->link->findings);
    }
    fputs("</title>", out);
}

static void put_arrow(const struct cor_picture *picture, const struct cor_arrow *arrow, FILE *out)
{
    bool bad = arrow->link->findings > 0;
    int width = thickness(arrow->link->needs);
    const int *x = arrow->x, *y = arrow->y;
    if (bad) {
        fputs("<a href=\"#", out);
        cor_html_id(out, picture->case_, &picture->case_->symbols.items[arrow->link->symbol]);
        fputs("\">", out);
    } else {
        fputs("<g>", out);
    }
    put_arrow_title(picture, arrow, out);
    fprintf(out,
            "<path class=\"arrow%s\" d=\"M%d %dC%d %d %d %d %d %d\" stroke-width=%d.%d "
            "marker-end=\"url(#%s)\" />",
            bad ? " bad" : "", x[0], y[0], x[1], y[1], x[2], y[2], x[3], y[3], width / 10,
            width % 10, bad ? "badtip" : "tip");
    fputs(bad ? "</a>\n" : "</g>\n", out);
}

static void put_label(const struct cor_arrow *arrow, FILE *out)
{
    const int *x = arrow->x, *y = arrow->y;
    fprintf(out, "<text class=\"count%s\" x=%d y=%d>", arrow->link->findings ? " bad" : "",
            (x[0] + 3 * x[1] + 3 * x[2] + x[3]) / 8, (y[0] + 3 * y[1] + 3 * y[2] + y[3]) / 8 + 4);
    cor_put_number(out, arrow->link->needs);
    fputs("</text>\n", out);
}

enum cor_status cor_picture_write(const struct cor_picture *picture, FILE *out)
{
    struct cor_arrows arrows;
    enum cor_status status = cor_arrows_make(picture, &arrows);
    if (status != COR_OK)
        return status;
    fprintf(out,
            "<svg id=drawing role=img aria-label=\"The components and what they need of each "
            "other\" viewBox=\"0 0 %d %d\" width=%d height=%d>\n<style>\n",
            picture->width, picture->height, picture->width, picture->height);
    for (size_t i = 0; i < sizeof style / sizeof *style; i++)
        fprintf(out, "%s\n", style[i]);
    fprintf(out, "</style>\n%s", defs);
    for (size_t i = 0; i < picture->frames.count; i++)
        put_frame(picture, &picture->frames.items[i], out);
    // What tells most is drawn last, above the rest.
    for (size_t i = arrows.list.count; i-- > 0;)
        put_arrow(picture, &arrows.list.items[i], out);
    for (size_t i = 0; i < picture->boxes.count; i++)
        put_box(picture, i, out);
    for (size_t i = 0; i < arrows.list.count && i < MOST_LABELS; i++)
        put_label(&arrows.list.items[i], out);
    fputs("</svg>\n", out);
    if (arrows.left_out) {
        fputs("<p class=soft>Not drawn: ", out);
        cor_put_count(out, arrows.left_out, "thinner arrow", "thinner arrows");
        fputs(" between these boxes.</p>\n", out);
    }
    cor_array_dispose(&arrows.list);
    return COR_OK;
}
