// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/metrics.h"

#include <string.h>

#include "report/html_frame.h"
#include "report/utf8.h"

enum { NARROW = 310, USUAL = 570, CAPITAL = 690, WIDE = 910, FULL = 1000, DOTS = 1000 };

// The next character and its width. What is escaped when it is shown counts as four.
static int next_width(const char **text, const char *end)
{
    uint32_t point = 0;
    size_t size = cor_utf8_next(*text, &point);
    if (size == 0 || *text + size > end)
        size = 1, point = 0;
    *text += size;
    if (point == 0 || cor_utf8_steers(point))
        return 4 * USUAL;
    if (point >= 0x80)
        return FULL;
    if (strchr("ijlftrI.,:;'|!()[]{}/\\ -", (int)point))
        return NARROW;
    if (strchr("mwMW@%", (int)point))
        return WIDE;
    return point >= 'A' && point <= 'Z' ? CAPITAL : USUAL;
}

int cor_metrics_width(struct cor_slice text)
{
    int width = 0;
    for (const char *at = text.data, *end = text.data + text.size; at < end && width < 1 << 24;)
        width += next_width(&at, end);
    return width;
}

void cor_metrics_fit(FILE *out, struct cor_slice text, int width)
{
    const char *end = text.data + text.size, *head = text.data, *tail = end;
    int left = cor_metrics_width(text);
    if (left <= width) {
        cor_html_part(out, text);
        return;
    }
    width -= DOTS;
    for (int used = 0; head < end;) {
        const char *next = head;
        used += next_width(&next, end);
        if (used > width * 3 / 5)
            break;
        head = next;
    }
    for (tail = head; tail < end && left > 0;) {
        left = cor_metrics_width(cor_slice(tail, (size_t)(end - tail)));
        if (left <= width * 2 / 5)
            break;
        (void)next_width(&tail, end);
    }
    cor_html_part(out, cor_slice(text.data, (size_t)(head - text.data)));
    fputs("\xe2\x80\xa6", out);
    cor_html_part(out, cor_slice(tail, (size_t)(end - tail)));
}
