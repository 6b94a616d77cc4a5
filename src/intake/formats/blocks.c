// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/formats/blocks.h"

#include <string.h>

#include "base/alloc.h"

static enum cor_status widen(struct cor_blocks *blocks, unsigned char **buffer, size_t *capacity,
                             size_t size)
{
    if (size <= *capacity)
        return COR_OK;
    unsigned char *wider = cor_realloc(*buffer, size, 1);
    if (!wider)
        return cor_filter_no_memory(&blocks->stream);
    *buffer = wider;
    *capacity = size;
    return COR_OK;
}

enum cor_status cor_blocks_room(struct cor_blocks *blocks, size_t in, size_t out)
{
    enum cor_status status = widen(blocks, &blocks->in, &blocks->in_capacity, in);
    if (status == COR_OK)
        status = widen(blocks, &blocks->out, &blocks->out_capacity, out);
    return status;
}

static enum cor_status next_block(struct cor_blocks *blocks)
{
    if (!blocks->begun && blocks->kind->begin) {
        enum cor_status status = blocks->kind->begin(blocks);
        if (status != COR_OK)
            return status;
    }
    blocks->begun = true;
    blocks->at = blocks->size = 0;
    return blocks->kind->block(blocks);
}

static enum cor_status blocks_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                   size_t *ret_got)
{
    struct cor_blocks *blocks = (struct cor_blocks *)stream;
    while (blocks->at == blocks->size) {
        enum cor_status status = next_block(blocks);
        if (status == COR_END) {
            *ret_got = 0;
            return COR_OK;
        }
        if (status != COR_OK)
            return status;
    }
    if (size > blocks->size - blocks->at)
        size = blocks->size - blocks->at;
    memcpy(buffer, blocks->out + blocks->at, size);
    blocks->at += size;
    *ret_got = size;
    return COR_OK;
}

static void blocks_close(struct cor_stream *stream)
{
    struct cor_blocks *blocks = (struct cor_blocks *)stream;
    cor_free(blocks->in);
    cor_free(blocks->out);
    cor_free(blocks);
}

struct cor_stream *cor_blocks_decode(const struct cor_blocks_kind *kind, struct cor_stream *below)
{
    static const struct cor_stream_kind stream_kind = {blocks_pull, NULL, blocks_close};
    struct cor_blocks *blocks = cor_alloc_zero(1, sizeof *blocks);
    if (!blocks)
        return NULL;
    blocks->stream =
        (struct cor_stream){.kind = &stream_kind, .below = below, .size = COR_SIZE_UNKNOWN};
    blocks->kind = kind;
    return &blocks->stream;
}
