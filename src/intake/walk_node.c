// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/interrupt.h"
#include "intake/walker.h"

enum { TELL_MEMBERS = 64, TELL_BYTES = 1 << 20 };

enum cor_status cor_walker_stopped(struct cor_walker *walker)
{
    const struct cor_keeper *keeper = walker->options->keeper;
    if (cor_interrupted())
        return COR_INTERRUPTED;
    if (keeper && keeper->failure != COR_OK)
        return keeper->failure;
    return (enum cor_status)atomic_load_explicit(&walker->failure, memory_order_relaxed);
}

enum cor_status cor_walker_add(struct cor_walker *walker, struct cor_node *parent, const char *path,
                               uint32_t depth, struct cor_node **ret_node)
{
    struct cor_walk *walk = walker->walk;
    struct cor_seen_slot *slot;
    enum cor_status status = cor_seen_add(&walker->seen, &walk->arena, path, &path, &slot);
    if (status != COR_OK)
        return status;
    if (!cor_walker_wants_leaf(walker, path) && !cor_walker_wants_below(walker, path, '!')) {
        *ret_node = NULL;
        return COR_OK;
    }
    if (walker->members >= walker->options->limits.members)
        return COR_LIMIT;
    struct cor_node *node = cor_arena_alloc(&walk->arena, 1, sizeof *node);
    if (!node || cor_array_add(&walk->nodes, node) != COR_OK)
        return COR_NOMEM;
    slot->owner = node;
    node->member = (struct cor_member){.input = walker->input_index,
                                       .parent = COR_NONE,
                                       .path = path,
                                       .format = "data",
                                       .state = COR_STATE_READ};
    node->parent = parent;
    node->subject = (struct cor_subject){
        .key = cor_subject_key((unsigned)walker->input->role, walker->input->number, path),
        .parent = parent ? parent->subject.key : 0,
        .path = path};
    node->depth = depth;
    walker->members++;
    walker->new_members++;
    *ret_node = node;
    return COR_OK;
}

// The first of the paths asked for that does not come before `key`.
static size_t lower_bound(const struct cor_walk_options *options, const char *key, size_t size,
                          char last)
{
    size_t low = 0, high = options->only_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *path = options->only[middle];
        int order = strncmp(path, key, size);
        if (order == 0 && last)
            order = (unsigned char)path[size] < (unsigned char)last ? -1 : 0;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool cor_walker_wants_leaf(const struct cor_walker *walker, const char *path)
{
    const struct cor_walk_options *options = walker->options;
    if (!options->only)
        return true;
    size_t at = lower_bound(options, path, strlen(path), '\0');
    return at < options->only_count && strcmp(options->only[at], path) == 0;
}

bool cor_walker_wants_below(const struct cor_walker *walker, const char *path, char separator)
{
    const struct cor_walk_options *options = walker->options;
    if (!options->only)
        return true;
    size_t size = strlen(path), at = lower_bound(options, path, size, separator);
    return at < options->only_count && strncmp(options->only[at], path, size) == 0 &&
           options->only[at][size] == separator;
}

void cor_walker_met(struct cor_walker *walker, const struct cor_node *node)
{
    if (!walker->options->only || !cor_walker_wants_leaf(walker, node->member.path))
        return;
    if (walker->only_left && --walker->only_left == 0)
        walker->done = true;
}

// What follows the input's name and its separator.
static const char *below_input(const struct cor_walker *walker, const char *path)
{
    path += strlen(walker->input->name);
    if (*path == '!')
        path++;
    if (*path == '/')
        path++;
    return path;
}

bool cor_walker_excluded(struct cor_walker *walker, struct cor_node *node,
                         enum cor_status *ret_status)
{
    const struct cor_walk_options *options = walker->options;
    struct cor_member *member = &node->member;
    for (size_t i = 0; i < options->exclude_count; i++) {
        const char *glob = options->exclude[i], *below = below_input(walker, member->path);
        if (fnmatch(glob, member->path, FNM_LEADING_DIR) != 0 &&
            (!*below || fnmatch(glob, below, FNM_LEADING_DIR) != 0))
            continue;
        member->state = COR_STATE_EXCLUDED;
        member->reason = cor_arena_printf(&walker->walk->arena, "excluded by %s", glob);
        *ret_status = member->reason ? COR_OK : COR_NOMEM;
        return true;
    }
    return false;
}

enum cor_status cor_walker_unread(struct cor_walker *walker, struct cor_node *node,
                                  enum cor_status why, unsigned hides, const char *format, ...)
{
    char text[400];
    va_list args;
    struct cor_member *member = &node->member;
    if (member->state == COR_STATE_UNREAD)
        return COR_OK;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    member->reason = cor_arena_text(&walker->walk->arena, cor_slice_text(text));
    if (!member->reason)
        return COR_NOMEM;
    member->state = COR_STATE_UNREAD;
    member->may_hide_source = hides & COR_HIDES_SOURCE;
    member->may_hide_code = hides & COR_HIDES_CODE;
    (void)cor_fail(walker->options->diag, COR_LOST, why, member->path, "%s", text);
    return COR_OK;
}

static void count_bytes(struct cor_walker *walker)
{
    uint64_t read = walker->consumed < walker->file_size ? walker->consumed : walker->file_size;
    walker->new_bytes += read - walker->counted;
    walker->counted = read;
}

void cor_walker_file_begins(struct cor_walker *walker, uint64_t size)
{
    walker->file_size = size;
    walker->consumed = walker->counted = 0;
}

void cor_walker_file_ends(struct cor_walker *walker)
{
    walker->consumed = walker->file_size;
    cor_walker_tell(walker, false);
}

void cor_walker_tell(struct cor_walker *walker, bool now)
{
    count_bytes(walker);
    if (!now && walker->new_members < TELL_MEMBERS && walker->new_bytes < TELL_BYTES)
        return;
    if (walker->new_members || walker->new_bytes)
        cor_progress_advance(walker->options->progress, walker->new_members, walker->new_bytes);
    walker->new_members = walker->new_bytes = 0;
}
