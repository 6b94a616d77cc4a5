// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/tree.h"

#include "audit/case_text.h"
#include "audit/expect.h"
#include "intake/input.h"

static enum cor_status ignore(struct cor_visitor *visitor, const struct cor_leaf *leaf,
                              unsigned worker)
{
    (void)visitor, (void)leaf, (void)worker;
    return COR_OK;
}

static bool wants_none(struct cor_visitor *visitor, const struct cor_member *member,
                       const unsigned char *head, size_t size)
{
    (void)visitor, (void)member, (void)head, (void)size;
    return false;
}

static enum cor_status add_members(const struct cor_walk *walk, struct cor_case *case_)
{
    enum cor_status status = cor_array_reserve(&case_->members, cor_walk_count(walk));
    for (size_t i = 0; status == COR_OK && i < cor_walk_count(walk); i++) {
        struct cor_member member = *cor_walk_member(walk, i);
        const char **texts[] = {&member.path, &member.format, &member.reason, &member.note};
        status = cor_case_texts(case_, texts, sizeof texts / sizeof *texts);
        if (status == COR_OK)
            case_->members.items[case_->members.count++] = member;
    }
    return status;
}

enum cor_status cor_tree(const struct cor_tree_options *tree, struct cor_case *case_)
{
    struct cor_visitor visitor = {ignore, wants_none};
    struct cor_workers *workers = cor_workers_new(1, (size_t)tree->limits.held_bytes);
    const struct cor_walk_options options = {.workers = workers,
                                             .limits = tree->limits,
                                             .progress = tree->progress,
                                             .diag = tree->diag,
                                             .exclude = tree->exclude,
                                             .exclude_count = tree->exclude_count,
                                             .keeper = tree->keeper};
    struct cor_walk *walk = NULL;
    struct cor_input input = {.role = COR_ROLE_SHIPPED, .number = 1};
    enum cor_status status = workers ? COR_OK : COR_NOMEM;
    cor_progress_stage(tree->progress, "reading", 0);
    if (status == COR_OK)
        status = cor_input_open(tree->path, &case_->arena, &input, tree->diag);
    for (size_t i = 0; status == COR_OK && i < tree->expect_count; i++)
        status = cor_expect(&input, 1, tree->expect[i], tree->diag);
    if (status == COR_OK)
        status = cor_array_add(&case_->inputs, input);
    if (status == COR_OK)
        status = cor_walk_inputs(&input, 1, &options, &visitor, &walk);
    if (status == COR_OK)
        status = add_members(walk, case_);
    cor_walk_free(walk);
    cor_workers_free(workers);
    return status;
}
