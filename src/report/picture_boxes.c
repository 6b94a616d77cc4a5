// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which components stand together in a box. A few are drawn one by one. Many are put together by
// frame, coverage and kind; then the largest box is split by folder, again and again, while there
// is room for more boxes. The components of one folder, where they are too many, are split into
// runs by name.
#include <stdlib.h>
#include <string.h>

#include "report/picture.h"
#include "report/picture_order.h"

// A box with less than one part in so many of all components is not worth splitting; a run of one
// folder's components has so many at least.
enum { SMALL_PART = 6, LEAST_RUN = 30 };

static struct cor_picture_box make_box(const struct cor_plan *plan, size_t first, size_t count)
{
    const struct cor_case_component *const *items = plan->order.items + first;
    struct cor_picture_box box = {.first = first,
                                  .count = count,
                                  .frame = plan->frame_of[items[0]->id],
                                  .coverage = cor_coverage_of(items[0]),
                                  .kind = items[0]->kind,
                                  .whole = count == 1};
    struct cor_slice one = cor_picture_folder(items[0]),
                     other = cor_picture_folder(items[count - 1]);
    for (size_t i = 0; i < one.size && i < other.size && one.data[i] == other.data[i]; i++)
        if (one.data[i] == '/')
            box.shared = i + 1;
    for (size_t i = 0; i < count; i++)
        if (items[i]->defined.known) {
            box.functions += items[i]->defined.total;
            box.released += items[i]->defined.of[COR_CLASS_RELEASED] +
                            items[i]->defined.of[COR_CLASS_TOOLCHAIN];
        }
    return box;
}

// Where the run that begins at `first` ends: those that go the same way below the shared folder.
static size_t folder_end(const struct cor_plan *plan, const struct cor_picture_box *box,
                         size_t first)
{
    size_t end = box->first + box->count;
    struct cor_slice folder = cor_picture_folder(plan->order.items[first]);
    size_t size = box->shared;
    while (size < folder.size && folder.data[size] != '/')
        size++;
    size += size < folder.size;
    size_t at = first + 1;
    for (; at < end; at++) {
        struct cor_slice other = cor_picture_folder(plan->order.items[at]);
        if (size == box->shared ? other.size != size
                                : other.size < size || memcmp(other.data, folder.data, size) != 0)
            break;
    }
    return at;
}

// How a box comes apart: by folder; into runs of folders with `least` components or more; or, where
// all are in one folder, into runs of `step` components.
struct parts {
    size_t count, step, least;
};

static size_t part_end(const struct cor_plan *plan, const struct cor_picture_box *box,
                       const struct parts *parts, size_t at)
{
    size_t end = box->first + box->count, next = at;
    if (parts->step)
        return end - at > parts->step ? at + parts->step : end;
    do
        next = folder_end(plan, box, next);
    while (next < end && next - at < parts->least);
    return next;
}

static size_t count_parts(const struct cor_plan *plan, const struct cor_picture_box *box,
                          const struct parts *parts)
{
    size_t count = 0;
    for (size_t at = box->first; at < box->first + box->count; count++)
        at = part_end(plan, box, parts, at);
    return count;
}

static struct parts parts_of(const struct cor_plan *plan, const struct cor_picture_box *box,
                             bool must_fit)
{
    struct parts parts = {0};
    parts.count = count_parts(plan, box, &parts);
    if (parts.count == 1) {
        size_t step = (box->count + COR_PICTURE_MOST_BOXES - 1) / COR_PICTURE_MOST_BOXES;
        parts.step = step > 1 && step < LEAST_RUN ? LEAST_RUN : step;
    } else if (must_fit && parts.count > COR_PICTURE_MOST_BOXES) {
        parts.least = (box->count + COR_PICTURE_MOST_BOXES - 1) / COR_PICTURE_MOST_BOXES;
    }
    parts.count = count_parts(plan, box, &parts);
    return parts;
}

// Replaces a box by the boxes below it, where they fit.
static enum cor_status split(struct cor_picture *picture, size_t which)
{
    const struct cor_plan *plan = picture->plan;
    const struct cor_picture_box box = picture->boxes.items[which];
    size_t end = box.first + box.count;
    struct parts parts = parts_of(plan, &box, picture->boxes.count == 1);
    enum cor_status status = COR_OK;
    picture->boxes.items[which].whole = true;
    if (picture->boxes.count + parts.count - 1 > COR_PICTURE_MOST_BOXES)
        return COR_OK;
    for (size_t at = box.first; status == COR_OK && at < end;) {
        size_t next = part_end(plan, &box, &parts, at);
        struct cor_picture_box part = make_box(plan, at, next - at);
        part.part = parts.step > 1 || parts.least;
        part.whole |= part.part;
        if (at == box.first)
            picture->boxes.items[which] = part;
        else
            status = cor_array_add(&picture->boxes, part);
        at = next;
    }
    return status;
}

static enum cor_status split_boxes(struct cor_picture *picture, size_t components)
{
    enum cor_status status = COR_OK;
    while (status == COR_OK) {
        const struct cor_picture_box *largest = NULL;
        for (size_t i = 0; i < picture->boxes.count; i++) {
            const struct cor_picture_box *box = &picture->boxes.items[i];
            bool small = box->count * SMALL_PART < components;
            if (!box->whole && !small && (!largest || box->count > largest->count))
                largest = box;
        }
        if (!largest)
            break;
        status = split(picture, (size_t)(largest - picture->boxes.items));
    }
    return status;
}

static bool same_box(const struct cor_plan *plan, const struct cor_case_component *a,
                     const struct cor_case_component *b)
{
    return plan->frame_of[a->id] == plan->frame_of[b->id] && a->kind == b->kind &&
           cor_coverage_of(a) == cor_coverage_of(b);
}

static enum cor_status group_all(struct cor_picture *picture)
{
    const struct cor_plan *plan = picture->plan;
    size_t first = 0, count = plan->order.count;
    bool few = count <= COR_PICTURE_MOST_BOXES;
    enum cor_status status = COR_OK;
    for (size_t i = 1; status == COR_OK && i <= count; i++) {
        if (!few && i < count && same_box(plan, plan->order.items[first], plan->order.items[i]))
            continue;
        status = cor_array_add(&picture->boxes, make_box(plan, first, i - first));
        first = i;
    }
    return status;
}

enum cor_status cor_picture_split(struct cor_picture *picture)
{
    if (picture->scope.count == 0) {
        enum cor_status status = group_all(picture);
        return status == COR_OK ? split_boxes(picture, picture->plan->order.count) : status;
    }
    struct cor_picture_box all =
        make_box(picture->plan, picture->scope.first, picture->scope.count);
    enum cor_status status = cor_array_add(&picture->boxes, all);
    // A chain of folders with one in each goes down in one step.
    while (status == COR_OK && picture->boxes.count == 1 && !picture->boxes.items[0].whole)
        status = split(picture, 0);
    return status == COR_OK ? split_boxes(picture, picture->scope.count) : status;
}
