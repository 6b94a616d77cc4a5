// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the keeper hears.
#include "intake/walker.h"

enum { LONGEST_LINK = 4096 };

// A symbolic link whose target is its data: cpio keeps it so.
static void read_link(const struct cor_entry *entry, char *target)
{
    size_t size = 0;
    if (entry->kind == COR_ENTRY_SYMLINK && !entry->link && entry->data)
        size = cor_stream_read(entry->data, (unsigned char *)target, LONGEST_LINK - 1);
    target[size] = '\0';
}

enum cor_status cor_walker_meet(struct cor_walker *walker, struct cor_node *parent,
                                struct cor_node *node, const char *name,
                                const struct cor_entry *entry)
{
    struct cor_keeper *keeper = walker->options->keeper;
    char target[LONGEST_LINK];
    void *token = NULL;
    if (!keeper)
        return COR_OK;
    read_link(entry, target);
    const struct cor_met met = {
        .member = node ? &node->member : NULL,
        .parent = parent ? parent->kept : NULL,
        .name = name,
        .kind = entry->kind,
        .link = entry->kind != COR_ENTRY_SYMLINK ? NULL
                : entry->link                    ? entry->link
                : *target                        ? target
                                                 : NULL,
        .link_target = node && node->link ? node->link->kept : NULL,
        .mode = entry->mode,
    };
    enum cor_status status = keeper->meet(keeper, &met, &token);
    if (node)
        node->kept = token;
    return status;
}

enum cor_status cor_walker_meet_layer(struct cor_walker *walker, struct cor_node *node,
                                      const char *name)
{
    struct cor_keeper *keeper = walker->options->keeper;
    const struct cor_met met = {.member = &node->member,
                                .parent = node->parent ? node->parent->kept : NULL,
                                .name = name,
                                .layer = true,
                                .kind = COR_ENTRY_FILE};
    return keeper ? keeper->meet(keeper, &met, &node->kept) : COR_OK;
}

static void take(struct cor_tee *tee, const unsigned char *data, size_t size)
{
    struct cor_keeping *keeping = (struct cor_keeping *)tee;
    struct cor_keeper *keeper = keeping->keeper;
    if (keeper->failure == COR_OK)
        keeper->failure = keeper->bytes(keeper, keeping->node->kept, data, size);
}

void cor_walker_keep(struct cor_walker *walker, struct cor_node *node, struct cor_stream *stream,
                     struct cor_keeping *keeping)
{
    if (!walker->options->keeper || !node->kept)
        return;
    *keeping = (struct cor_keeping){{take}, walker->options->keeper, node};
    stream->tee = &keeping->tee;
}

enum cor_status cor_walker_kept(struct cor_walker *walker, struct cor_node *node,
                                struct cor_stream *stream, enum cor_status status)
{
    struct cor_keeper *keeper = walker->options->keeper;
    if (!keeper || !node->kept)
        return status;
    stream->tee = NULL;
    if (status == COR_OK)
        status = keeper->failure;
    // What is not done when the walk ends is not whole.
    return status == COR_OK ? keeper->done(keeper, node->kept, &node->member) : status;
}
