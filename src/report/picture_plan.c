// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The order of the components in all pictures, and which of them belong to a combined work that is
// drawn as a frame.
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "report/picture.h"
#include "report/picture_order.h"

struct cor_slice cor_picture_folder(const struct cor_case_component *component)
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
    const struct cor_plan *plan = context;
    int result = number_order(plan->frame_of[(*left)->id], plan->frame_of[(*right)->id]);
    if (result == 0)
        result = number_order(cor_coverage_of(*left), cor_coverage_of(*right));
    if (result == 0)
        result = number_order((*left)->kind, (*right)->kind);
    if (result == 0)
        result = cor_slice_order(cor_picture_folder(*left), cor_picture_folder(*right));
    if (result == 0)
        result = strcmp((*left)->path, (*right)->path);
    return result ? result : number_order((*left)->id, (*right)->id);
}

static int largest_work(const void *a, const void *b, void *context)
{
    const size_t *left = a, *right = b;
    const struct cor_case *case_ = context;
    int result = number_order(case_->works.items[*right].components.count,
                              case_->works.items[*left].components.count);
    return result ? result : number_order(*left, *right);
}

static enum cor_status find_frames(struct cor_plan *plan)
{
    const struct cor_case *case_ = plan->case_;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < case_->works.count; i++)
        if (case_->works.items[i].components.count > 1)
            status = cor_array_add(&plan->works, i);
    if (plan->works.count > 1)
        qsort_r(plan->works.items, plan->works.count, sizeof *plan->works.items, largest_work,
                (void *)(uintptr_t)case_);
    if (plan->works.count > COR_PICTURE_MOST_FRAMES)
        plan->works.count = COR_PICTURE_MOST_FRAMES;
    plan->frame_of = cor_alloc_zero(case_->components.count + 1, sizeof *plan->frame_of);
    if (!plan->frame_of)
        return COR_NOMEM;
    for (size_t i = 0; i <= case_->components.count; i++)
        plan->frame_of[i] = (uint32_t)plan->works.count;
    for (size_t i = plan->works.count; i-- > 0;) {
        const struct cor_case_work *work = &case_->works.items[plan->works.items[i]];
        for (size_t k = 0; k < work->components.count; k++)
            if (work->components.items[k] <= case_->components.count)
                plan->frame_of[work->components.items[k]] = (uint32_t)i;
    }
    return status;
}

static bool is_shown(const struct cor_case_component *component, bool shipped)
{
    if (component->role == COR_ROLE_SHIPPED || component->role == COR_ROLE_SOURCE)
        return (component->role == COR_ROLE_SHIPPED) == shipped;
    return component->role == COR_ROLE_SYSTEM;
}

static enum cor_status sort_components(struct cor_plan *plan)
{
    const struct cor_case *case_ = plan->case_;
    enum cor_status status = COR_OK;
    bool shipped = false;
    for (size_t i = 0; i < case_->components.count; i++)
        shipped |= case_->components.items[i].role == COR_ROLE_SHIPPED;
    for (size_t i = 0; status == COR_OK && i < case_->components.count; i++)
        if (is_shown(&case_->components.items[i], shipped))
            status = cor_array_add(&plan->order, &case_->components.items[i]);
    if (plan->order.count > 1)
        qsort_r(plan->order.items, plan->order.count, sizeof *plan->order.items, component_order,
                plan);
    return status;
}

enum cor_status cor_plan_init(struct cor_plan *plan, const struct cor_case *case_)
{
    *plan = (struct cor_plan){.case_ = case_};
    enum cor_status status = find_frames(plan);
    if (status == COR_OK)
        status = sort_components(plan);
    if (status == COR_OK)
        status = cor_edges_make(case_, &plan->edges);
    if (status != COR_OK)
        cor_plan_dispose(plan);
    return status;
}

void cor_plan_dispose(struct cor_plan *plan)
{
    cor_array_dispose(&plan->order);
    cor_array_dispose(&plan->works);
    cor_free(plan->frame_of);
    plan->frame_of = NULL;
    cor_edges_dispose(&plan->edges);
}
