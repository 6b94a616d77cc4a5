// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "intake/manifest.h"

static int node_order(const void *a, const void *b)
{
    const struct cor_node *left = *(struct cor_node *const *)a;
    const struct cor_node *right = *(struct cor_node *const *)b;
    if (left->member.input != right->member.input)
        return left->member.input < right->member.input ? -1 : 1;
    return strcmp(left->member.path, right->member.path);
}

// A hard link has its target's bytes.
static void follow_link(struct cor_node *node)
{
    const struct cor_member *target = &node->link->member;
    node->member.size = target->size;
    node->member.hashed = target->hashed;
    memcpy(node->member.sha256, target->sha256, sizeof target->sha256);
}

static void put_in_order(struct cor_walk *walk)
{
    if (walk->nodes.count > 1)
        qsort(walk->nodes.items, walk->nodes.count, sizeof *walk->nodes.items, node_order);
    for (size_t i = 0; i < walk->nodes.count; i++)
        walk->nodes.items[i]->index = (uint32_t)i;
    for (size_t i = 0; i < walk->nodes.count; i++) {
        struct cor_node *node = walk->nodes.items[i];
        node->member.parent = node->parent ? node->parent->index : COR_NONE;
        if (node->link)
            follow_link(node);
    }
}

static uint64_t distinct(const char *const *paths, size_t count)
{
    uint64_t number = 0;
    for (size_t i = 0; i < count; i++)
        number += i == 0 || strcmp(paths[i - 1], paths[i]) != 0;
    return number;
}

static enum cor_status walk_input(struct cor_walker *walker, const struct cor_input *input,
                                  uint32_t index)
{
    const struct cor_limits *limits = &walker->options->limits;
    walker->input = input;
    walker->input_index = index;
    walker->members = 0;
    walker->meter = (struct cor_meter){.left = limits->total_bytes, .ratio = limits->ratio};
    enum cor_status status = cor_walker_input(walker);
    cor_seen_dispose(&walker->seen);
    // A batch belongs to one input.
    if (status == COR_OK)
        status = cor_walker_flush(walker);
    cor_walker_tell(walker, true);
    return status;
}

enum cor_status cor_walk_inputs(const struct cor_input *inputs, size_t input_count,
                                const struct cor_walk_options *options, struct cor_visitor *visitor,
                                struct cor_walk **ret_walk)
{
    struct cor_walk *walk = cor_alloc_zero(1, sizeof *walk);
    struct cor_walker walker = {.options = options, .visitor = visitor, .walk = walk};
    enum cor_status status = COR_OK;
    if (!walk)
        return COR_NOMEM;
    cor_arena_init(&walk->arena);
    walker.only_left = options->only ? distinct(options->only, options->only_count) : 0;
    walker.done = options->only && walker.only_left == 0;
    for (size_t i = 0; status == COR_OK && i < input_count && !walker.done; i++)
        status = walk_input(&walker, &inputs[i], (uint32_t)i);
    cor_batch_free(walker.batch);
    enum cor_status waited = cor_workers_wait(options->workers);
    if (status == COR_OK || waited != COR_OK)
        status = waited != COR_OK ? waited : status;
    if (status == COR_OK) {
        put_in_order(walk);
        status = cor_manifests_check(&walker);
    }
    cor_array_dispose(&walker.manifests);
    if (status != COR_OK) {
        cor_walk_free(walk);
        return status;
    }
    *ret_walk = walk;
    return COR_OK;
}

size_t cor_walk_count(const struct cor_walk *walk)
{
    return walk->nodes.count;
}

const struct cor_member *cor_walk_member(const struct cor_walk *walk, size_t index)
{
    return &walk->nodes.items[index]->member;
}

size_t cor_walk_note_count(const struct cor_walk *walk)
{
    return walk->notes.count;
}

const char *cor_walk_note(const struct cor_walk *walk, size_t index)
{
    return walk->notes.items[index];
}

void cor_walk_free(struct cor_walk *walk)
{
    if (!walk)
        return;
    cor_array_dispose(&walk->nodes);
    cor_array_dispose(&walk->notes);
    cor_arena_dispose(&walk->arena);
    cor_free(walk);
}
