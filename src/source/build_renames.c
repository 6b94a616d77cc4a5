// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/renames.h"

static enum cor_status add_pairs(struct cor_recogniser *recogniser, struct cor_rename_list *list,
                                 const struct cor_build_rename *request)
{
    enum cor_status status = COR_OK;
    for (unsigned i = 0; i < recogniser->options.worker_count; i++) {
        const struct cor_census *census = &recogniser->censuses[i];
        for (size_t k = 0; k < census->build_renames.count && status == COR_OK; k++) {
            const struct cor_build_rename *pair = &census->build_renames.items[k];
            if (pair->kind == COR_BUILD_PAIR && cor_slice_same(pair->file->base, request->from))
                status = cor_rename_add(recogniser, list, pair->from, pair->to, pair->file,
                                        COR_REACH_INPUT);
        }
    }
    return status;
}

static enum cor_status add_prefixed(struct cor_recogniser *recogniser, struct cor_rename_list *list,
                                    const struct cor_build_rename *rename,
                                    const struct cor_name *name)
{
    if (name->size <= rename->from.size || !cor_slice_starts(cor_name_slice(name), rename->from))
        return COR_OK;
    struct cor_slice old =
        cor_slice(name->text + rename->from.size, name->size - rename->from.size);
    return cor_rename_add(recogniser, list, old, cor_name_slice(name), rename->file,
                          COR_REACH_INPUT);
}

// Without a list of wanted names: what the release itself needs is not known, what it has is.
static enum cor_status prefix_all(struct cor_recogniser *recogniser, struct cor_rename_list *list,
                                  const struct cor_build_rename *rename)
{
    enum cor_status status = COR_OK;
    for (unsigned i = 0; i < recogniser->options.worker_count; i++) {
        struct cor_census *census = &recogniser->censuses[i];
        for (size_t k = 0; k < census->kept.count && status == COR_OK; k++) {
            const struct cor_name *name = census->kept.items[k].name;
            const char *to = cor_arena_printf(&census->arena, "%.*s%s", (int)rename->from.size,
                                              rename->from.data, name->text);
            status = to ? cor_rename_add(recogniser, list, cor_name_slice(name), cor_slice_text(to),
                                         rename->file, COR_REACH_INPUT)
                        : COR_NOMEM;
        }
    }
    return status;
}

static enum cor_status add_prefix(struct cor_recogniser *recogniser, struct cor_rename_list *list,
                                  const struct cor_build_rename *rename)
{
    const struct cor_map *interest = recogniser->options.interest;
    enum cor_status status = COR_OK;
    if (!interest)
        return prefix_all(recogniser, list, rename);
    for (size_t i = 0; i < interest->slot_count && status == COR_OK; i++)
        if (interest->slots[i].key)
            status = add_prefixed(recogniser, list, rename, interest->slots[i].key);
    return status;
}

static enum cor_status add_one(struct cor_recogniser *recogniser, struct cor_rename_list *list,
                               const struct cor_build_rename *rename)
{
    switch (rename->kind) {
    case COR_BUILD_REDEFINE:
        return cor_rename_add(recogniser, list, rename->from, rename->to, rename->file,
                              COR_REACH_INPUT);
    case COR_BUILD_GRAMMAR:
        return cor_rename_add(recogniser, list, rename->from, rename->to, rename->file,
                              COR_REACH_SEEN);
    case COR_BUILD_PREFIX:
        return add_prefix(recogniser, list, rename);
    case COR_BUILD_PAIRS_FILE:
        return add_pairs(recogniser, list, rename);
    case COR_BUILD_PAIR:
        break;
    }
    return COR_OK;
}

enum cor_status cor_collect_build_renames(struct cor_recogniser *recogniser,
                                          struct cor_rename_list *list)
{
    enum cor_status status = COR_OK;
    for (unsigned i = 0; i < recogniser->options.worker_count; i++) {
        const struct cor_census *census = &recogniser->censuses[i];
        for (size_t k = 0; k < census->build_renames.count && status == COR_OK; k++)
            status = add_one(recogniser, list, &census->build_renames.items[k]);
    }
    return status;
}
