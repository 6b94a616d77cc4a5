// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Leaves: read into memory in the walking thread, hashed and visited by the workers. Small ones
// travel together, or the queue's lock would cost more than they do.
#include <string.h>

#include "base/alloc.h"
#include "intake/hash.h"
#include "intake/manifest.h"

enum {
    BATCH_LEAVES = 64,
    BATCH_BYTES = 256 << 10,
    SMALL_LEAF = 64 << 10,
    FIRST_ROOM = 1 << 20,
    VISITOR_HEAD = 4096
};

struct item {
    struct cor_node *node;
    size_t offset, size;
};

struct cor_batch {
    struct cor_walker *walker;
    const struct cor_input *input;
    size_t count, used, capacity;
    unsigned char *bytes;
    struct item items[BATCH_LEAVES];
};

void cor_batch_free(struct cor_batch *batch)
{
    if (!batch)
        return;
    cor_free(batch->bytes);
    cor_free(batch);
}

static struct cor_batch *batch_new(struct cor_walker *walker, size_t capacity)
{
    struct cor_batch *batch = cor_alloc(sizeof *batch);
    if (!batch)
        return NULL;
    batch->walker = walker;
    batch->input = walker->input;
    batch->count = batch->used = 0;
    batch->capacity = capacity;
    batch->bytes = cor_alloc(capacity);
    if (batch->bytes)
        return batch;
    cor_free(batch);
    return NULL;
}

static enum cor_status visit(const struct cor_batch *batch, const struct item *item,
                             unsigned worker)
{
    struct cor_walker *walker = batch->walker;
    struct cor_member *member = &item->node->member;
    const struct cor_leaf leaf = {.member = member,
                                  .input = batch->input,
                                  .bytes = batch->bytes + item->offset,
                                  .size = item->size};
    enum cor_status status = cor_sha256(leaf.bytes, leaf.size, member->sha256);
    if (status != COR_OK)
        return status;
    member->hashed = true;
    if (!walker->visitor || item->node->silent)
        return COR_OK;
    struct cor_mark before = cor_watch_enter(&item->node->subject, COR_STEP_VISIT);
    status = walker->visitor->leaf(walker->visitor, &leaf, worker);
    cor_watch_leave(before);
    return status;
}

static enum cor_status run_batch(void *job, unsigned worker)
{
    struct cor_batch *batch = job;
    struct cor_walker *walker = batch->walker;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < batch->count; i++) {
        status = cor_walker_stopped(walker);
        if (status == COR_OK)
            status = visit(batch, &batch->items[i], worker);
    }
    int none = COR_OK;
    if (status != COR_OK)
        atomic_compare_exchange_strong(&walker->failure, &none, (int)status);
    cor_batch_free(batch);
    return status;
}

enum cor_status cor_walker_flush(struct cor_walker *walker)
{
    struct cor_batch *batch = walker->batch;
    walker->batch = NULL;
    if (!batch)
        return COR_OK;
    enum cor_status status =
        cor_workers_submit(walker->options->workers, run_batch, batch, batch->capacity);
    if (status != COR_OK)
        cor_batch_free(batch);
    return status;
}

static void add_item(struct cor_batch *batch, struct cor_node *node, size_t size)
{
    batch->items[batch->count++] = (struct item){.node = node, .offset = batch->used, .size = size};
    batch->used += size;
    node->member.size = size;
}

enum cor_status cor_walker_pass(struct cor_walker *walker, struct cor_node *node,
                                struct cor_stream *stream)
{
    struct cor_hash *own = NULL;
    if (!stream->hash && !node->member.hashed && stream->offset == 0) {
        own = cor_hash_new(COR_SHA256);
        if (!own)
            return COR_NOMEM;
        stream->hash = own;
    }
    while (cor_stream_skip(stream, FIRST_ROOM) == FIRST_ROOM)
        cor_walker_tell(walker, false);
    node->member.size = stream->offset;
    if (own) {
        cor_hash_end(own, node->member.sha256);
        node->member.hashed = true;
        stream->hash = NULL;
        cor_hash_free(own);
    }
    return cor_ends_walk(stream->failure) ? stream->failure : COR_OK;
}

// A leaf of which not everything could be had. Of a text what there is is still worth a visit.
static enum cor_status cut_leaf(struct cor_walker *walker, struct cor_node *node,
                                const struct cor_stream *stream, size_t size, bool *ret_visit)
{
    const char *format = node->member.format;
    bool text = strcmp(format, "text") == 0, data = strcmp(format, "data") == 0;
    unsigned hides = text ? COR_HIDES_SOURCE : data ? COR_HIDES_NOTHING : COR_HIDES_ALL;
    *ret_visit = text && size > 0;
    if (stream->failure == COR_OK)
        return cor_walker_unread(walker, node, COR_TRUNCATED, hides, "%scut short after %zu bytes",
                                 text ? "text " : "", size);
    if (stream->failure == COR_TRUNCATED)
        return cor_walker_unread(walker, node, COR_TRUNCATED, hides,
                                 "%scut short after %zu bytes (%s)", text ? "text " : "", size,
                                 stream->reason);
    return cor_walker_unread(walker, node, stream->failure, hides, "%s", stream->reason);
}

static bool is_short(const struct cor_stream *stream, size_t size)
{
    return stream->failure != COR_OK ||
           (stream->below && stream->size != COR_SIZE_UNKNOWN && size < stream->size);
}

// Bytes are in the batch behind `used`; decides what becomes of them.
static enum cor_status settle(struct cor_walker *walker, struct cor_node *node,
                              struct cor_batch *batch, const struct cor_stream *stream, size_t size)
{
    bool to_visit = true;
    if (cor_ends_walk(stream->failure))
        return stream->failure;
    enum cor_status status = COR_OK;
    if (is_short(stream, size))
        status = cut_leaf(walker, node, stream, size, &to_visit);
    if (status != COR_OK)
        return status;
    if (to_visit && !is_short(stream, size) && cor_manifest_is(walker, node))
        status = cor_manifest_keep(walker, node, batch->bytes + batch->used, size);
    if (status != COR_OK)
        return status;
    if (to_visit)
        add_item(batch, node, size);
    else
        node->member.size = size;
    return COR_OK;
}

static enum cor_status small_leaf(struct cor_walker *walker, struct cor_node *node,
                                  struct cor_stream *stream)
{
    const unsigned char *data;
    size_t size = cor_stream_peek(stream, SMALL_LEAF, &data);
    struct cor_batch *batch = walker->batch;
    if (batch && (batch->count == BATCH_LEAVES || batch->capacity - batch->used < size)) {
        enum cor_status status = cor_walker_flush(walker);
        if (status != COR_OK)
            return status;
        batch = NULL;
    }
    if (!batch && !(batch = walker->batch = batch_new(walker, BATCH_BYTES)))
        return COR_NOMEM;
    memcpy(batch->bytes + batch->used, data, size);
    cor_stream_consume(stream, size);
    return settle(walker, node, batch, stream, size);
}

// Fills a batch of one leaf. What an entry says of its size is believed bit by bit only.
static enum cor_status read_whole(struct cor_walker *walker, struct cor_batch *batch,
                                  struct cor_stream *stream, size_t limit)
{
    for (;;) {
        batch->used +=
            cor_stream_read(stream, batch->bytes + batch->used, batch->capacity - batch->used);
        cor_walker_tell(walker, false);
        if (batch->used < batch->capacity || batch->capacity >= limit)
            return COR_OK;
        const unsigned char *more;
        if (cor_stream_peek(stream, 1, &more) == 0)
            return COR_OK;
        size_t wider = batch->capacity * 2;
        if (stream->size != COR_SIZE_UNKNOWN && stream->size < wider && stream->size > batch->used)
            wider = (size_t)stream->size;
        unsigned char *bytes = cor_realloc(batch->bytes, wider < limit ? wider : limit, 1);
        if (!bytes)
            return COR_NOMEM;
        batch->bytes = bytes;
        batch->capacity = wider < limit ? wider : limit;
    }
}

static enum cor_status too_large(struct cor_walker *walker, struct cor_node *node,
                                 struct cor_stream *stream, struct cor_hash *hash)
{
    enum cor_status status = cor_walker_pass(walker, node, stream);
    if (status == COR_OK && hash) {
        cor_hash_end(hash, node->member.sha256);
        node->member.hashed = true;
    }
    if (status == COR_OK)
        status = cor_walker_unread(walker, node, COR_LIMIT, COR_HIDES_ALL,
                                   "over a limit: larger than %llu bytes",
                                   (unsigned long long)walker->options->limits.member_bytes);
    return status;
}

// The size was not known and turned out too large: what was read goes into the hash first.
static enum cor_status turned_out_large(struct cor_walker *walker, struct cor_node *node,
                                        struct cor_stream *stream, const struct cor_batch *batch)
{
    struct cor_hash *hash = cor_hash_new(COR_SHA256);
    if (!hash)
        return COR_NOMEM;
    cor_hash_add(hash, batch->bytes, batch->used);
    stream->hash = hash;
    enum cor_status status = too_large(walker, node, stream, hash);
    stream->hash = NULL;
    cor_hash_free(hash);
    return status;
}

static enum cor_status large_leaf(struct cor_walker *walker, struct cor_node *node,
                                  struct cor_stream *stream)
{
    uint64_t limit = walker->options->limits.member_bytes;
    size_t most = limit < SIZE_MAX / 4 ? (size_t)limit : SIZE_MAX / 4;
    size_t first = stream->size < FIRST_ROOM ? (size_t)stream->size : FIRST_ROOM;
    const unsigned char *more;
    if (stream->size != COR_SIZE_UNKNOWN && stream->size > limit)
        return too_large(walker, node, stream, NULL);
    if (first > most)
        first = most;
    struct cor_batch *batch = batch_new(walker, first ? first : 1);
    if (!batch)
        return COR_NOMEM;
    enum cor_status status = read_whole(walker, batch, stream, most ? most : 1);
    size_t size = batch->used;
    if (status == COR_OK && cor_stream_peek(stream, 1, &more) > 0) {
        status = turned_out_large(walker, node, stream, batch);
        goto out;
    }
    batch->used = 0;
    if (status == COR_OK)
        status = settle(walker, node, batch, stream, size);
    if (status != COR_OK || batch->count == 0)
        goto out;
    status = cor_workers_submit(walker->options->workers, run_batch, batch, batch->capacity);
    if (status == COR_OK)
        return COR_OK;
out:
    cor_batch_free(batch);
    return status;
}

// Nobody wants to see it, or somebody died of it: its hash is enough.
static enum cor_status unseen_leaf(struct cor_walker *walker, struct cor_node *node,
                                   struct cor_stream *stream, bool condemned)
{
    bool to_visit;
    enum cor_status why, status = cor_walker_pass(walker, node, stream);
    if (status == COR_OK && is_short(stream, (size_t)stream->offset))
        status = cut_leaf(walker, node, stream, (size_t)stream->offset, &to_visit);
    if (status == COR_OK && condemned)
        status = cor_walker_unread(walker, node, COR_LIMIT, COR_HIDES_ALL, "%s",
                                   cor_watch_condemned(&node->subject, COR_STEP_VISIT, &why));
    return status;
}

static bool is_wanted(const struct cor_walker *walker, const struct cor_node *node,
                      const unsigned char *head, size_t size, bool *ret_condemned)
{
    struct cor_visitor *visitor = walker->visitor;
    enum cor_status why;
    *ret_condemned = cor_watch_condemned(&node->subject, COR_STEP_VISIT, &why) != NULL;
    if (*ret_condemned)
        return false;
    if (!visitor || !visitor->wants)
        return true;
    struct cor_mark before = cor_watch_enter(&node->subject, COR_STEP_VISIT);
    bool wanted = visitor->wants(visitor, &node->member, head, size);
    cor_watch_leave(before);
    return wanted;
}

enum cor_status cor_walker_leaf(struct cor_walker *walker, struct cor_node *node,
                                struct cor_stream *stream, bool sparse)
{
    struct cor_member *member = &node->member;
    const unsigned char *head;
    bool condemned;
    size_t size = cor_stream_peek(stream, VISITOR_HEAD, &head);
    if (cor_ends_walk(stream->failure))
        return stream->failure;
    if (size == 0 && stream->failure != COR_OK)
        return cor_walker_unread(walker, node, stream->failure, COR_HIDES_ALL, "%s",
                                 stream->reason);
    member->format = cor_leaf_format(head, size);
    if (!cor_walker_wants_leaf(walker, member->path))
        return COR_OK;
    cor_walker_met(walker, node);
    if (sparse && stream->size != COR_SIZE_UNKNOWN &&
        stream->size > walker->options->limits.member_bytes) {
        member->size = stream->size;
        return cor_walker_unread(walker, node, COR_LIMIT, COR_HIDES_ALL,
                                 "over a limit: a sparse file larger than %llu bytes",
                                 (unsigned long long)walker->options->limits.member_bytes);
    }
    node->silent =
        !is_wanted(walker, node, head, size < VISITOR_HEAD ? size : VISITOR_HEAD, &condemned);
    if (condemned || (node->silent && !cor_manifest_is(walker, node)))
        return unseen_leaf(walker, node, stream, condemned);
    // A short peek tells that the whole leaf is in the window, whatever its size was said to be.
    size_t there = cor_stream_peek(stream, SMALL_LEAF + 1, &head);
    uint64_t limit = walker->options->limits.member_bytes;
    return there <= SMALL_LEAF && there <= limit ? small_leaf(walker, node, stream)
                                                 : large_leaf(walker, node, stream);
}
