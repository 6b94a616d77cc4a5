// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/picture_arrows.h"

#include <stdlib.h>

// Arrows without findings are drawn while there are few.
enum { MOST_ARROWS = 48, MOST_PLAIN = 24, BULGE = 44 };

static int telling_first(const void *a, const void *b)
{
    const struct cor_arrow *left = a, *right = b;
    uint64_t keys[][2] = {{right->link->findings, left->link->findings},
                          {right->link->needs, left->link->needs},
                          {left->from, right->from},
                          {left->to, right->to}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i][0] != keys[i][1])
            return keys[i][0] < keys[i][1] ? -1 : 1;
    return 0;
}

static const struct cor_picture_box *box_at(const struct cor_picture *picture, uint32_t box)
{
    return &picture->boxes.items[box];
}

// Whether the arrow's end lies on the right side of its box.
static bool on_right(const struct cor_picture *picture, const struct cor_arrow *arrow, bool head)
{
    int from = box_at(picture, arrow->from)->x, to = box_at(picture, arrow->to)->x;
    return from == to || (head ? from > to : to > from);
}

static int middle(const struct cor_picture_box *box)
{
    return box->y + box->height / 2;
}

// The height at which an arrow touches a box: in the order of where the arrows come from.
static int touch(const struct cor_picture *picture, const struct cor_arrows *arrows, size_t which,
                 bool head)
{
    const struct cor_arrow *arrow = &arrows->list.items[which];
    uint32_t mine = head ? arrow->to : arrow->from, other = head ? arrow->from : arrow->to;
    bool side = on_right(picture, arrow, head);
    int before = 0, all = 0, at = middle(box_at(picture, other));
    for (size_t i = 0; i < arrows->list.count; i++)
        for (unsigned end = 0; end < 2; end++) {
            const struct cor_arrow *next = &arrows->list.items[i];
            if ((end ? next->to : next->from) != mine || on_right(picture, next, end) != side)
                continue;
            int there = middle(box_at(picture, end ? next->from : next->to));
            all++;
            before += there < at || (there == at && i * 2 + end < which * 2 + head);
        }
    const struct cor_picture_box *box = box_at(picture, mine);
    return box->y + box->height * (before + 1) / (all + 1);
}

static void draw(const struct cor_picture *picture, struct cor_arrows *arrows, size_t which)
{
    struct cor_arrow *arrow = &arrows->list.items[which];
    const struct cor_picture_box *ends[] = {box_at(picture, arrow->from),
                                            box_at(picture, arrow->to)};
    int direction[2];
    for (unsigned i = 0; i < 2; i++) {
        bool right = on_right(picture, arrow, i);
        arrow->x[3 * i] = ends[i]->x + (right ? ends[i]->width : 0);
        arrow->y[3 * i] = touch(picture, arrows, which, i);
        direction[i] = right ? 1 : -1;
    }
    int reach = abs(arrow->x[3] - arrow->x[0]) / 2;
    if (reach < BULGE)
        reach = BULGE;
    for (unsigned i = 0; i < 2; i++) {
        arrow->x[1 + i] = arrow->x[3 * i] + direction[i] * reach;
        arrow->y[1 + i] = arrow->y[3 * i];
    }
}

enum cor_status cor_arrows_make(const struct cor_picture *picture, struct cor_arrows *ret_arrows)
{
    struct cor_arrows arrows = {0};
    uint32_t boxes = (uint32_t)picture->boxes.count;
    for (uint32_t from = 0; from < boxes; from++)
        for (uint32_t to = 0; to < boxes; to++) {
            const struct cor_picture_link *link = &picture->links[(size_t)from * boxes + to];
            struct cor_arrow arrow = {.from = from, .to = to, .link = link};
            if (from == to || link->needs == 0)
                continue;
            if (cor_array_add(&arrows.list, arrow) != COR_OK) {
                cor_array_dispose(&arrows.list);
                return COR_NOMEM;
            }
        }
    if (arrows.list.count > 1)
        qsort(arrows.list.items, arrows.list.count, sizeof *arrows.list.items, telling_first);
    size_t most = 0;
    while (most < arrows.list.count && most < MOST_ARROWS &&
           (most < MOST_PLAIN || arrows.list.items[most].link->findings))
        most++;
    arrows.left_out = arrows.list.count - most;
    arrows.list.count = most;
    for (size_t i = 0; i < arrows.list.count; i++)
        draw(picture, &arrows, i);
    cor_arrows_label(picture, &arrows);
    *ret_arrows = arrows;
    return COR_OK;
}
