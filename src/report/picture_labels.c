// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Where the numbers of arrows stand: on the arrow, on no box and on no other number. A number that
// finds no such place is left to the arrow's title.
#include "report/picture_arrows.h"

enum { STEPS = 16, DIGIT = 8, OF = 20, HEIGHT = 16, AIR = 2 };

struct area {
    int left, top, right, bottom;
};

static int digits(uint64_t number)
{
    int count = 1;
    for (; number >= 10; number /= 10)
        count++;
    return count + (count - 1) / 3;
}

static int width_of(const struct cor_picture_link *link)
{
    int width = digits(link->needs) * DIGIT;
    if (link->findings && link->findings < link->needs)
        width += digits(link->findings) * DIGIT + OF;
    return width;
}

// A point of the cubic curve, so many of STEPS along it.
static int along(const int *at, int step)
{
    int back = STEPS - step;
    return (back * back * back * at[0] + 3 * back * back * step * at[1] +
            3 * back * step * step * at[2] + step * step * step * at[3]) /
           (STEPS * STEPS * STEPS);
}

static bool apart(struct area a, struct area b)
{
    return a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
}

static struct area area_of(const struct cor_arrow *arrow)
{
    int width = width_of(arrow->link);
    return (struct area){arrow->label_x - width / 2 - AIR, arrow->label_y - HEIGHT / 2 - AIR,
                         arrow->label_x + width / 2 + AIR, arrow->label_y + HEIGHT / 2 + AIR};
}

static bool is_free(const struct cor_picture *picture, const struct cor_arrows *arrows,
                    size_t which)
{
    struct area area = area_of(&arrows->list.items[which]);
    for (size_t i = 0; i < picture->boxes.count; i++) {
        const struct cor_picture_box *box = &picture->boxes.items[i];
        if (!apart(area, (struct area){box->x, box->y, box->x + box->width, box->y + box->height}))
            return false;
    }
    for (size_t i = 0; i < which; i++)
        if (arrows->list.items[i].labelled && !apart(area, area_of(&arrows->list.items[i])))
            return false;
    return true;
}

void cor_arrows_label(const struct cor_picture *picture, struct cor_arrows *arrows)
{
    // From the middle to both ends.
    static const int steps[] = {8, 6, 10, 4, 12, 3, 13, 5, 11, 7, 9, 2, 14};
    for (size_t i = 0; i < arrows->list.count; i++) {
        struct cor_arrow *arrow = &arrows->list.items[i];
        for (size_t k = 0; !arrow->labelled && k < sizeof steps / sizeof *steps; k++) {
            arrow->label_x = along(arrow->x, steps[k]);
            arrow->label_y = along(arrow->y, steps[k]);
            arrow->labelled = is_free(picture, arrows, i);
        }
    }
}
