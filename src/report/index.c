// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/index.h"

#include <stdlib.h>

#include "base/alloc.h"

// Members without an input, if any, come last.
static int order(struct cor_slice path, uint32_t input, const struct cor_member *member)
{
    if (input != member->input)
        return input < member->input ? -1 : 1;
    return cor_slice_order(path, cor_slice_text(member->path));
}

static int by_path(const void *a, const void *b)
{
    const struct cor_member *const *left = a, *const *right = b;
    int result = order(cor_slice_text((*left)->path), (*left)->input, *right);
    // Equal paths keep the case's order, whatever qsort does.
    return result ? result : (*left > *right) - (*left < *right);
}

// Whether `member` is an entry of a container that holds released source. An archive of nothing but
// objects has no line to search.
static bool is_entry(const struct cor_case *case_, const struct cor_member *member)
{
    if (member->input >= case_->inputs.count || member->parent >= case_->members.count ||
        case_->inputs.items[member->input].role != COR_ROLE_SOURCE ||
        member->state != COR_STATE_READ || (member->format && strcmp(member->format, "elf") == 0))
        return false;
    const char *parent = case_->members.items[member->parent].path;
    size_t size = strlen(parent);
    return strncmp(member->path, parent, size) == 0 && strncmp(member->path + size, "!/", 2) == 0;
}

static enum cor_status add_holders(struct cor_index *index)
{
    const struct cor_case *case_ = index->case_;
    enum cor_status status = COR_OK;
    bool *holds = cor_alloc_zero(case_->members.count + 1, sizeof *holds);
    if (!holds)
        return COR_NOMEM;
    for (size_t i = 0; i < case_->members.count; i++)
        if (is_entry(case_, &case_->members.items[i]))
            holds[case_->members.items[i].parent] = true;
    for (size_t i = 0; status == COR_OK && i < case_->members.count; i++)
        if (holds[i])
            status = cor_array_add(&index->holders, &case_->members.items[i]);
    cor_free(holds);
    return status;
}

enum cor_status cor_index_init(struct cor_index *index, const struct cor_case *case_)
{
    *index = (struct cor_index){.case_ = case_};
    enum cor_status status = cor_array_reserve(&index->by_path, case_->members.count);
    for (size_t i = 0; status == COR_OK && i < case_->members.count; i++)
        index->by_path.items[index->by_path.count++] = &case_->members.items[i];
    if (index->by_path.count > 1)
        qsort(index->by_path.items, index->by_path.count, sizeof *index->by_path.items, by_path);
    if (status == COR_OK)
        status = add_holders(index);
    if (status != COR_OK)
        cor_index_dispose(index);
    return status;
}

void cor_index_dispose(struct cor_index *index)
{
    cor_array_dispose(&index->by_path);
    cor_array_dispose(&index->holders);
}

const struct cor_member *cor_index_member(const struct cor_index *index, uint32_t input,
                                          struct cor_slice path)
{
    size_t low = 0, high = index->by_path.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (order(path, input, index->by_path.items[middle]) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == index->by_path.count || order(path, input, index->by_path.items[low]) != 0)
        return NULL;
    return index->by_path.items[low];
}

const char *cor_index_source_path(const struct cor_index *index, uint32_t input, const char *file,
                                  struct cor_arena *arena)
{
    if (input >= index->case_->inputs.count || !index->case_->inputs.items[input].folder)
        return cor_arena_text(arena, cor_slice_text(file));
    return cor_arena_printf(arena, "%s/%s", index->case_->inputs.items[input].name, file);
}

const char *cor_index_inner_name(const char *path)
{
    for (const char *next; (next = strstr(path, "!/"));)
        path = next + 2;
    return path;
}
