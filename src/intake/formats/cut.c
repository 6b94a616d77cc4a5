// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/formats/cut.h"

#include "base/alloc.h"

struct cut {
    struct cor_stream stream;
    const char *name;
    cor_cut_find_fn *find;
    bool found;
    uint64_t left;
};

static enum cor_status go_there(struct cut *cut)
{
    uint64_t offset = 0, size = 0;
    struct cor_stream *below = cut->stream.below;
    enum cor_status status = cut->find(&cut->stream, &offset, &size);
    if (status != COR_OK)
        return status;
    if (offset < below->offset)
        return cor_filter_corrupt(&cut->stream, cut->name);
    uint64_t gap = offset - below->offset;
    if (cor_stream_skip(below, gap) != gap)
        return cor_filter_short(&cut->stream, cut->name);
    cut->left = size;
    cut->stream.plain = true;
    cut->stream.plain_at = offset;
    cut->found = true;
    return COR_OK;
}

static enum cor_status cut_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                size_t *ret_got)
{
    struct cut *cut = (struct cut *)stream;
    enum cor_status status = cut->found ? COR_OK : go_there(cut);
    if (status != COR_OK)
        return status;
    if (size > cut->left)
        size = (size_t)cut->left;
    *ret_got = cor_stream_read(stream->below, buffer, size);
    bool bounded = cut->left != COR_SIZE_UNKNOWN;
    if (size && *ret_got == 0 && (bounded || stream->below->failure != COR_OK))
        return cor_filter_short(stream, cut->name);
    if (bounded)
        cut->left -= *ret_got;
    return COR_OK;
}

static void cut_close(struct cor_stream *stream)
{
    cor_free(stream);
}

struct cor_stream *cor_cut_decode(const char *name, cor_cut_find_fn *find, struct cor_stream *below)
{
    static const struct cor_stream_kind kind = {cut_pull, NULL, cut_close};
    struct cut *cut = cor_alloc_zero(1, sizeof *cut);
    if (!cut)
        return NULL;
    cut->stream = (struct cor_stream){.kind = &kind, .below = below, .size = COR_SIZE_UNKNOWN};
    cut->name = name;
    cut->find = find;
    return &cut->stream;
}
