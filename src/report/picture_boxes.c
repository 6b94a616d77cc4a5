// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which components stand together in a box. A few are drawn one by one. Many are put together by
// frame, coverage and kind; then the largest box is split by folder, again and again, while there
// is room for more boxes.
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "report/picture.h"

// A box with less than one part in so many of all components is not worth splitting.
enum { SMALL_PART = 6 };

static struct cor_slice folder_of(const struct cor_case_component *component)
{
    const char *slash = strrchr(component->path, '/');
    return cor_slice(component->path, slash ? (size_t)(slash - component->path) + 1 : 0);
}

static int number_order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

// All that is below a folder comes as one run, what is right in it first.
static int component_order(const void *a, const void *b, void *context)
{
    const struct cor_case_component *const *left = a, *const *right = b;
    const struct cor_picture *picture = context;
    int result = number_order(picture->frame_of[(*left)->id], picture->frame_of[(*right)->id]);
    if (result == 0)
        result = number_order(cor_coverage_of(*left), cor_coverage_of(*right));
    if (result == 0)
        result = number_order((*left)->kind, (*right)->kind);
    if (result == 0)
        result = cor_slice_order(folder_of(*left), folder_of(*right));
    if (result == 0)
        result = strcmp((*left)->path, (*right)->path);
    return result ? result : number_order((*left)->id, (*right)->id);
}

static int largest_work(const void *a, const void *b, void *context)
{
    const struct cor_picture_frame *left = a, *right = b;
    const struct cor_case *case_ = context;
    int result = number_order(case_->works.items[right->work].components.count,
                              case_->works.items[left->work].components.count);
    return result ? result : number_order(left->work, right->work);
}

static enum cor_status find_frames(struct cor_picture *picture)
{
    const struct cor_case *case_ = picture->case_;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < case_->works.count; i++)
        if (case_->works.items[i].components.count > 1)
            status = cor_array_add(&picture->frames, (struct cor_picture_frame){.work = i});
    if (picture->frames.count > 1)
        qsort_r(picture->frames.items, picture->frames.count, sizeof *picture->frames.items,
                largest_work, (void *)(uintptr_t)case_);
    if (picture->frames.count > COR_PICTURE_MOST_FRAMES)
        picture->frames.count = COR_PICTURE_MOST_FRAMES;
    picture->frame_of = cor_alloc_zero(case_->components.count + 1, sizeof *picture->frame_of);
    if (!picture->frame_of)
        return COR_NOMEM;
    for (size_t i = 0; i <= case_->components.count; i++)
        picture->frame_of[i] = (uint32_t)picture->frames.count;
    for (size_t i = picture->frames.count; i-- > 0;) {
        const struct cor_case_work *work = &case_->works.items[picture->frames.items[i].work];
        for (size_t k = 0; k < work->components.count; k++)
            if (work->components.items[k] <= case_->components.count)
                picture->frame_of[work->components.items[k]] = (uint32_t)i;
    }
    return status;
}

static bool is_shown(const struct cor_case_component *component, bool shipped)
{
    if (component->role == COR_ROLE_SHIPPED || component->role == COR_ROLE_SOURCE)
        return (component->role == COR_ROLE_SHIPPED) == shipped;
    return component->role == COR_ROLE_SYSTEM;
}

static enum cor_status sort_components(struct cor_picture *picture)
{
    const struct cor_case *case_ = picture->case_;
    enum cor_status status = COR_OK;
    bool shipped = false;
    for (size_t i = 0; i < case_->components.count; i++)
        shipped |= case_->components.items[i].role == COR_ROLE_SHIPPED;
    for (size_t i = 0; status == COR_OK && i < case_->components.count; i++)
        if (is_shown(&case_->components.items[i], shipped))
            status = cor_array_add(&picture->order, &case_->components.items[i]);
    if (picture->order.count > 1)
        qsort_r(picture->order.items, picture->order.count, sizeof *picture->order.items,
                component_order, picture);
    return status;
}

static struct cor_picture_box make_box(const struct cor_picture *picture, size_t first,
                                       size_t count)
{
    const struct cor_case_component *const *items = picture->order.items + first;
    struct cor_picture_box box = {.first = first,
                                  .count = count,
                                  .frame = picture->frame_of[items[0]->id],
                                  .coverage = cor_coverage_of(items[0]),
                                  .kind = items[0]->kind,
                                  .whole = count == 1};
    struct cor_slice one = folder_of(items[0]), other = folder_of(items[count - 1]);
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
static size_t run_end(const struct cor_picture *picture, const struct cor_picture_box *box,
                      size_t first)
{
    size_t end = box->first + box->count;
    struct cor_slice folder = folder_of(picture->order.items[first]);
    size_t size = box->shared;
    while (size < folder.size && folder.data[size] != '/')
        size++;
    size += size < folder.size;
    size_t at = first + 1;
    for (; at < end; at++) {
        struct cor_slice other = folder_of(picture->order.items[at]);
        if (size == box->shared ? other.size != size
                                : other.size < size || memcmp(other.data, folder.data, size) != 0)
            break;
    }
    return at;
}

// Replaces a box by the boxes below it, where they fit.
static enum cor_status split(struct cor_picture *picture, size_t which)
{
    const struct cor_picture_box box = picture->boxes.items[which];
    size_t end = box.first + box.count, parts = 0;
    bool first = true;
    for (size_t at = box.first; at < end; at = run_end(picture, &box, at))
        parts++;
    bool single = parts == 1;
    if (single)
        parts = box.count;
    picture->boxes.items[which].whole = true;
    if (picture->boxes.count + parts - 1 > COR_PICTURE_MOST_BOXES)
        return COR_OK;
    enum cor_status status = COR_OK;
    for (size_t at = box.first; status == COR_OK && at < end;) {
        size_t next = single ? at + 1 : run_end(picture, &box, at);
        struct cor_picture_box part = make_box(picture, at, next - at);
        if (first)
            picture->boxes.items[which] = part;
        else
            status = cor_array_add(&picture->boxes, part);
        first = false;
        at = next;
    }
    return status;
}

static enum cor_status split_boxes(struct cor_picture *picture)
{
    enum cor_status status = COR_OK;
    while (status == COR_OK) {
        const struct cor_picture_box *largest = NULL;
        for (size_t i = 0; i < picture->boxes.count; i++) {
            const struct cor_picture_box *box = &picture->boxes.items[i];
            bool small = box->count * SMALL_PART < picture->order.count;
            if (!box->whole && !small && (!largest || box->count > largest->count))
                largest = box;
        }
        if (!largest)
            break;
        status = split(picture, (size_t)(largest - picture->boxes.items));
    }
    return status;
}

static bool same_box(const struct cor_picture *picture, const struct cor_case_component *a,
                     const struct cor_case_component *b)
{
    return picture->frame_of[a->id] == picture->frame_of[b->id] && a->kind == b->kind &&
           cor_coverage_of(a) == cor_coverage_of(b);
}

static enum cor_status group(struct cor_picture *picture)
{
    size_t first = 0, count = picture->order.count;
    bool few = count <= COR_PICTURE_MOST_BOXES;
    enum cor_status status = COR_OK;
    for (size_t i = 1; status == COR_OK && i <= count; i++) {
        if (!few && i < count &&
            same_box(picture, picture->order.items[first], picture->order.items[i]))
            continue;
        status = cor_array_add(&picture->boxes, make_box(picture, first, i - first));
        first = i;
    }
    return status == COR_OK ? split_boxes(picture) : status;
}

enum cor_status cor_picture_make_boxes(struct cor_picture *picture)
{
    enum cor_status status = find_frames(picture);
    if (status == COR_OK)
        status = sort_components(picture);
    if (status == COR_OK)
        status = group(picture);
    if (status != COR_OK)
        return status;
    picture->box_of = cor_alloc_zero(picture->case_->components.count + 1, sizeof *picture->box_of);
    if (!picture->box_of)
        return COR_NOMEM;
    for (size_t i = 0; i <= picture->case_->components.count; i++)
        picture->box_of[i] = UINT32_MAX;
    for (size_t i = 0; i < picture->boxes.count; i++)
        for (size_t k = 0; k < picture->boxes.items[i].count; k++)
            picture->box_of[picture->order.items[picture->boxes.items[i].first + k]->id] =
                (uint32_t)i;
    return COR_OK;
}

void cor_picture_name(const struct cor_picture *picture, const struct cor_picture_box *box,
                      struct cor_slice *ret_name)
{
    const struct cor_case_component *first = picture->order.items[box->first];
    if (box->count == 1) {
        *ret_name = cor_slice_text(first->name);
        return;
    }
    // The last two folders say where it is.
    size_t end = box->shared ? box->shared - 1 : 0, start = end;
    for (unsigned slashes = 0; start > 0; start--)
        if (first->path[start - 1] == '/' && ++slashes == 2)
            break;
    *ret_name = cor_slice(first->path + start, end - start);
}
