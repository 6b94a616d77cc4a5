// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/picture.h"

#include <stdlib.h>

#include "base/alloc.h"

static const char *const words[COR_COVERAGE_COUNT] = {
    [COR_COVERAGE_ALL] = "all released",
    [COR_COVERAGE_PART] = "partly released",
    [COR_COVERAGE_NONE] = "no source",
    [COR_COVERAGE_UNKNOWN] = "not judged",
};

const char *cor_coverage_word(enum cor_coverage coverage)
{
    return coverage < COR_COVERAGE_COUNT ? words[coverage] : "?";
}

enum cor_coverage cor_coverage_of(const struct cor_case_component *component)
{
    const struct cor_tally *defined = &component->defined;
    if (!defined->known || defined->total == 0 || component->kind == COR_KIND_UNSUPPORTED ||
        (component->role != COR_ROLE_SHIPPED && component->role != COR_ROLE_SOURCE))
        return COR_COVERAGE_UNKNOWN;
    if (defined->of[COR_CLASS_RELEASED] + defined->of[COR_CLASS_TOOLCHAIN] >= defined->total)
        return COR_COVERAGE_ALL;
    return component->has_source ? COR_COVERAGE_PART : COR_COVERAGE_NONE;
}

static enum cor_status find_boxes(struct cor_picture *picture)
{
    const struct cor_plan *plan = picture->plan;
    if (!picture->box_of)
        picture->box_of = cor_alloc_zero(plan->case_->components.count + 1, sizeof(uint32_t));
    if (!picture->box_of)
        return COR_NOMEM;
    for (size_t i = 0; i <= plan->case_->components.count; i++)
        picture->box_of[i] = UINT32_MAX;
    for (size_t i = 0; i < picture->boxes.count; i++)
        for (size_t k = 0; k < picture->boxes.items[i].count; k++)
            picture->box_of[plan->order.items[picture->boxes.items[i].first + k]->id] = (uint32_t)i;
    return COR_OK;
}

static uint32_t box_of(const struct cor_picture *picture, uint32_t component)
{
    return component <= picture->plan->case_->components.count ? picture->box_of[component]
                                                               : UINT32_MAX;
}

static void add_link(struct cor_picture *picture, const struct cor_edge *edge)
{
    uint32_t from = box_of(picture, edge->from), to = box_of(picture, edge->to);
    if (from == UINT32_MAX || to == UINT32_MAX ||
        (from >= picture->inside && to >= picture->inside))
        return;
    struct cor_picture_link *link = &picture->links[from * picture->boxes.count + to];
    bool better = edge->findings && link->findings == 0;
    if (link->needs == 0 || better ||
        (edge->symbol < link->symbol && !edge->findings == !link->findings))
        link->symbol = edge->symbol;
    link->needs += edge->names;
    link->findings += edge->findings;
}

static enum cor_status make_links(struct cor_picture *picture)
{
    size_t boxes = picture->boxes.count;
    picture->links = cor_alloc_zero(boxes * boxes + 1, sizeof *picture->links);
    if (!picture->links)
        return COR_NOMEM;
    for (size_t i = 0; i < picture->plan->edges.list.count; i++)
        add_link(picture, &picture->plan->edges.list.items[i]);
    return COR_OK;
}

// A box beside the scope, and how much it has to do with it.
struct beside {
    size_t box;
    uint64_t findings, needs;
};

static int most_linked(const void *a, const void *b)
{
    const struct beside *left = a, *right = b;
    if (left->findings != right->findings)
        return left->findings > right->findings ? -1 : 1;
    if (left->needs != right->needs)
        return left->needs > right->needs ? -1 : 1;
    return (left->box > right->box) - (left->box < right->box);
}

// Counts links of the other picture's boxes with what is in the scope, component by component.
static void count_beside(const struct cor_picture *picture, const struct cor_picture *of,
                         struct beside *beside)
{
    for (size_t i = 0; i < picture->plan->edges.list.count; i++) {
        const struct cor_edge *edge = &picture->plan->edges.list.items[i];
        bool from = box_of(picture, edge->from) != UINT32_MAX,
             to = box_of(picture, edge->to) != UINT32_MAX;
        uint32_t other = box_of(of, from ? edge->to : edge->from);
        if (from == to || other >= of->boxes.count)
            continue;
        beside[other].needs += edge->names;
        beside[other].findings += edge->findings;
    }
}

static enum cor_status add_beside(struct cor_picture *picture, const struct cor_picture *of,
                                  size_t scope)
{
    struct beside beside[COR_PICTURE_MOST_BOXES + COR_PICTURE_MOST_BESIDE] = {0};
    size_t count = of->boxes.count;
    enum cor_status status = COR_OK;
    if (count > sizeof beside / sizeof *beside)
        return COR_OK;
    for (size_t i = 0; i < count; i++)
        beside[i].box = i;
    count_beside(picture, of, beside);
    qsort(beside, count, sizeof *beside, most_linked);
    for (size_t i = 0; status == COR_OK && i < count; i++) {
        if (beside[i].needs == 0 || beside[i].box == scope)
            continue;
        if (picture->boxes.count - picture->inside == COR_PICTURE_MOST_BESIDE) {
            picture->left_out++;
            continue;
        }
        struct cor_picture_box box = of->boxes.items[beside[i].box];
        box.x = box.y = 0;
        status = cor_array_add(&picture->boxes, box);
    }
    return status;
}

static enum cor_status make(struct cor_picture *picture, const struct cor_picture *of, size_t scope)
{
    enum cor_status status = cor_picture_split(picture);
    picture->inside = picture->boxes.count;
    if (status == COR_OK)
        status = find_boxes(picture);
    if (status == COR_OK && of) {
        status = add_beside(picture, of, scope);
        if (status == COR_OK)
            status = find_boxes(picture);
    }
    size_t frames = of ? 1 : picture->plan->works.count;
    for (size_t i = 0; status == COR_OK && i < frames; i++)
        status = cor_array_add(&picture->frames, (struct cor_picture_frame){0});
    for (size_t i = 0; of && i < picture->boxes.count; i++)
        picture->boxes.items[i].frame = i < picture->inside ? 0 : 1;
    if (status == COR_OK)
        status = make_links(picture);
    if (status == COR_OK)
        cor_picture_place(picture);
    else
        cor_picture_dispose(picture);
    return status;
}

enum cor_status cor_picture_init(struct cor_picture *picture, const struct cor_plan *plan)
{
    *picture = (struct cor_picture){.plan = plan};
    return make(picture, NULL, 0);
}

enum cor_status cor_picture_init_box(struct cor_picture *picture, const struct cor_picture *of,
                                     size_t box)
{
    *picture = (struct cor_picture){.plan = of->plan, .scope = of->boxes.items[box]};
    return make(picture, of, box);
}

void cor_picture_dispose(struct cor_picture *picture)
{
    cor_array_dispose(&picture->boxes);
    cor_array_dispose(&picture->frames);
    cor_free(picture->box_of);
    cor_free(picture->links);
    picture->box_of = NULL;
    picture->links = NULL;
}
