// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Where the boxes stand. Of the whole: frames below each other, in each the columns of the coverage
// classes; a column that gets too high goes on beside itself. Of a part: its boxes in a frame, to
// the left of it who needs more of it than it needs of them, to the right the others.
#include "report/picture.h"

enum {
    BOX_WIDTH = 204,
    LEAST_HEIGHT = 58,
    MORE_HEIGHT = 80, // for the box with the most functions
    BOX_GAP = 16,
    SIDE_GAP = 76,    // between two halves of a column
    COLUMN_GAP = 104, // room for arrows and their numbers,
    ARROW_GAP = 8,    // and so much more for each box
    MOST_GAP = 190,
    MARGIN = 16,
    TITLE = 30,
    LEAST_COLUMN = 820,
    COLUMNS = 5
};

// Where the next box goes, and how far all boxes so far reach.
struct pen {
    int left, top, limit, gap;
    int x, y;
    int right, bottom;
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

static int gap_of(const struct cor_picture *picture)
{
    int gap = COLUMN_GAP + ARROW_GAP * (int)picture->boxes.count;
    return gap < MOST_GAP ? gap : MOST_GAP;
}

static struct pen start(const struct cor_picture *picture, int left, int top, int height)
{
    int limit = height / COLUMNS + LEAST_HEIGHT;
    return (struct pen){.left = left,
                        .top = top,
                        .limit = limit < LEAST_COLUMN ? LEAST_COLUMN : limit,
                        .gap = gap_of(picture),
                        .x = left,
                        .y = top,
                        .right = left,
                        .bottom = top};
}

static void put_box(struct pen *pen, struct cor_picture_box *box, bool new_column)
{
    if (new_column) {
        pen->x = pen->right > pen->left ? pen->right + pen->gap : pen->left;
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

// The box of this column that has the most functions and no place yet; names stay in their order.
static struct cor_picture_box *next_box(struct cor_picture *picture, uint32_t frame,
                                        unsigned coverage)
{
    struct cor_picture_box *best = NULL;
    for (size_t i = 0; i < picture->boxes.count; i++) {
        struct cor_picture_box *box = &picture->boxes.items[i];
        if (box->frame == frame && box->coverage == coverage && box->x == 0 &&
            (!best || (box->functions > best->functions && !box->part)))
            best = box;
    }
    return best;
}

// Columns that are lower than the highest stand in the middle of it.
static void centre(struct cor_picture *picture, uint32_t frame, int bottom)
{
    for (unsigned i = 0; i < COR_COVERAGE_COUNT; i++) {
        int reached = 0;
        for (size_t k = 0; k < picture->boxes.count; k++) {
            const struct cor_picture_box *box = &picture->boxes.items[k];
            if (box->frame == frame && box->coverage == i && box->y + box->height > reached)
                reached = box->y + box->height;
        }
        for (size_t k = 0; k < picture->boxes.count; k++)
            if (picture->boxes.items[k].frame == frame && picture->boxes.items[k].coverage == i)
                picture->boxes.items[k].y += (bottom - reached) / 2;
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

static void reach(struct cor_picture *picture, int right, int bottom)
{
    if (right + MARGIN > picture->width)
        picture->width = right + MARGIN;
    if (bottom + MARGIN > picture->height)
        picture->height = bottom + MARGIN;
}

// Places the boxes of a frame, and the frame around them; nothing for an empty one.
static void place_frame(struct cor_picture *picture, uint32_t number, int left, int top)
{
    int height = total_height(picture, number);
    if (height == 0)
        return;
    struct pen pen = start(picture, left + MARGIN, top + TITLE + MARGIN, height);
    for (unsigned i = 0; i < COR_COVERAGE_COUNT; i++) {
        bool first = true;
        for (struct cor_picture_box *box; (box = next_box(picture, number, i)); first = false)
            put_box(&pen, box, first);
    }
    centre(picture, number, pen.bottom);
    if (number < picture->frames.count)
        picture->frames.items[number] = (struct cor_picture_frame){
            left, top, pen.right + SIDE_GAP - left, pen.bottom + MARGIN - top};
    reach(picture, pen.right + SIDE_GAP, pen.bottom + MARGIN);
}

static void place_whole(struct cor_picture *picture)
{
    for (uint32_t i = 0; i <= picture->frames.count; i++)
        place_frame(picture, i, MARGIN, picture->height ? picture->height : MARGIN);
}

static bool is_caller(const struct cor_picture *picture, size_t box)
{
    uint64_t needs = 0, needed = 0;
    for (size_t i = 0; i < picture->inside; i++) {
        needs += picture->links[box * picture->boxes.count + i].needs;
        needed += picture->links[i * picture->boxes.count + box].needs;
    }
    return needs > needed;
}

// The callers, or the others, below each other; false when there are none.
static bool place_beside(struct cor_picture *picture, bool callers, int left)
{
    struct pen pen = start(picture, left, MARGIN + TITLE + MARGIN, 0);
    bool any = false;
    pen.limit = INT32_MAX / 2;
    for (size_t i = picture->inside; i < picture->boxes.count; i++)
        if (is_caller(picture, i) == callers) {
            put_box(&pen, &picture->boxes.items[i], false);
            any = true;
        }
    if (any)
        reach(picture, pen.right, pen.bottom);
    return any;
}

static void place_part(struct cor_picture *picture)
{
    bool callers = place_beside(picture, true, MARGIN);
    place_frame(picture, 0, callers ? MARGIN + BOX_WIDTH + gap_of(picture) : MARGIN, MARGIN);
    const struct cor_picture_frame *frame = &picture->frames.items[0];
    (void)place_beside(picture, false, frame->x + frame->width + gap_of(picture));
}

void cor_picture_place(struct cor_picture *picture)
{
    size_boxes(picture);
    if (picture->scope.count && picture->frames.count)
        place_part(picture);
    else
        place_whole(picture);
    if (picture->height == 0)
        picture->width = picture->height = 2 * MARGIN;
}
