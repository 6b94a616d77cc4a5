// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/picture.h"

#include <string.h>

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

static void add_link(struct cor_picture *picture, size_t symbol, uint32_t from, uint32_t to)
{
    const struct cor_case *case_ = picture->case_;
    size_t boxes = picture->boxes.count;
    if (from > case_->components.count || to > case_->components.count ||
        picture->box_of[from] >= boxes || picture->box_of[to] >= boxes)
        return;
    struct cor_picture_link *link =
        &picture->links[picture->box_of[from] * boxes + picture->box_of[to]];
    bool finding = case_->symbols.items[symbol].finding;
    if (link->needs == 0 || (finding && link->findings == 0))
        link->symbol = symbol;
    link->needs++;
    link->findings += finding;
}

static enum cor_status make_links(struct cor_picture *picture)
{
    const struct cor_case *case_ = picture->case_;
    size_t boxes = picture->boxes.count;
    picture->links = cor_alloc_zero(boxes * boxes + 1, sizeof *picture->links);
    if (!picture->links)
        return COR_NOMEM;
    for (size_t i = 0; i < case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &case_->symbols.items[i];
        for (size_t k = 0; k < symbol->needed_by.count; k++)
            for (size_t p = 0; p < symbol->providers.count; p++)
                add_link(picture, i, symbol->needed_by.items[k].component,
                         symbol->providers.items[p].component);
    }
    return COR_OK;
}

enum cor_status cor_picture_init(struct cor_picture *picture, const struct cor_case *case_)
{
    *picture = (struct cor_picture){.case_ = case_};
    enum cor_status status = cor_picture_make_boxes(picture);
    if (status == COR_OK)
        status = make_links(picture);
    if (status == COR_OK)
        cor_picture_place(picture);
    else
        cor_picture_dispose(picture);
    return status;
}

void cor_picture_dispose(struct cor_picture *picture)
{
    cor_array_dispose(&picture->order);
    cor_array_dispose(&picture->boxes);
    cor_array_dispose(&picture->frames);
    cor_free(picture->frame_of);
    cor_free(picture->box_of);
    cor_free(picture->links);
    picture->frame_of = picture->box_of = NULL;
    picture->links = NULL;
}
