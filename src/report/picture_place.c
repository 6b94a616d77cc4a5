// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Where the boxes stand: frames below each other, in each the columns of the coverage classes; a
// column that gets too high goes on beside itself.
#include "report/picture.h"

enum {
    BOX_WIDTH = 204,
    LEAST_HEIGHT = 56,
    MORE_HEIGHT = 80, // for the box with the most functions
    BOX_GAP = 14,
    SIDE_GAP = 76,    // between two halves of a column
    COLUMN_GAP = 104, // room for arrows and their numbers
    MARGIN = 16,
    TITLE = 30,
    LEAST_COLUMN = 430,
    COLUMNS = 5
};

struct pen {
    struct cor_picture *picture;
    uint32_t frame;
    int left, top, limit; // of the frame's content
    int x, y;             // where the next box goes
    int right, bottom;    // of all boxes so far
};

static int root(uint64_t number)
{
    uint64_t low = 0, high = 1u << 16;
    while (low + 1 < high) {
        uint64_t middle = (low + high) / 2;
        if (middle * middle <= number)
            low = middle;
        else
            high = middle;
    }
    return (int)low;
}

static void size_boxes(struct cor_picture *picture)
{
    uint64_t most = 1;
    for (size_t i = 0; i < picture->boxes.count; i++)
        if (picture->boxes.items[i].functions > most)
            most = picture->boxes.items[i].functions;
    for (size_t i = 0; i < picture->boxes.count; i++) {
        struct cor_picture_box *box = &picture->boxes.items[i];
        uint64_t functions = box->functions < UINT64_MAX / 10000 ? box->functions : 0;
        box->width = BOX_WIDTH;
        box->height = LEAST_HEIGHT + MORE_HEIGHT * root(functions * 10000 / most) / 100;
    }
}

// The box of this column that has the most functions and no place yet.
static struct cor_picture_box *next_box(const struct pen *pen, unsigned coverage)
{
    struct cor_picture_box *best = NULL;
    for (size_t i = 0; i < pen->picture->boxes.count; i++) {
        struct cor_picture_box *box = &pen->picture->boxes.items[i];
        if (box->frame == pen->frame && box->coverage == coverage && box->x == 0 &&
            (!best || box->functions > best->functions))
            best = box;
    }
    return best;
}

static void place_column(struct pen *pen, unsigned coverage)
{
    bool any = false;
    for (struct cor_picture_box *box; (box = next_box(pen, coverage)); any = true) {
        if (!any && pen->right > pen->left)
            pen->x = pen->right + COLUMN_GAP;
        if (!any) {
            pen->y = pen->top;
        } else if (pen->y + box->height > pen->top + pen->limit) {
            pen->x += BOX_WIDTH + SIDE_GAP;
            pen->y = pen->top;
        }
        box->x = pen->x;
        box->y = pen->y;
        pen->y += box->height + BOX_GAP;
        if (box->x + box->width > pen->right)
            pen->right = box->x + box->width;
        if (box->y + box->height > pen->bottom)
            pen->bottom = box->y + box->height;
    }
}

static int total_height(const struct cor_picture *picture, uint32_t frame)
{
    int height = 0;
    for (size_t i = 0; i < picture->boxes.count; i++)
        if (picture->boxes.items[i].frame == frame)
            height += picture->boxes.items[i].height + BOX_GAP;
    return height;
}

static void place_frame(struct cor_picture *picture, uint32_t number, int *top)
{
    bool framed = number < picture->frames.count;
    int height = total_height(picture, number), limit = height / COLUMNS + LEAST_HEIGHT;
    if (height == 0)
        return;
    struct pen pen = {.picture = picture,
                      .frame = number,
                      .left = 2 * MARGIN,
                      .top = *top + TITLE + MARGIN,
                      .limit = limit < LEAST_COLUMN ? LEAST_COLUMN : limit};
    pen.x = pen.left;
    pen.bottom = pen.top;
    for (unsigned i = 0; i < COR_COVERAGE_COUNT; i++)
        place_column(&pen, i);
    if (framed) {
        struct cor_picture_frame *frame = &picture->frames.items[number];
        frame->x = MARGIN;
        frame->y = *top;
        frame->width = pen.right + SIDE_GAP - MARGIN;
        frame->height = pen.bottom + MARGIN - *top;
    }
    if (pen.right + SIDE_GAP + MARGIN > picture->width)
        picture->width = pen.right + SIDE_GAP + MARGIN;
    *top = pen.bottom + 2 * MARGIN;
}

void cor_picture_place(struct cor_picture *picture)
{
    int top = MARGIN;
    size_boxes(picture);
    for (uint32_t i = 0; i <= picture->frames.count; i++)
        place_frame(picture, i, &top);
    picture->height = top;
}
