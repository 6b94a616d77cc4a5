// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Android's sparse images (libsparse's sparse_format.h): an image in chunks that are stored, filled
// with a pattern, or left out and then read as zeros.
#include <string.h>

#include "base/alloc.h"
#include "intake/formats/filter.h"
#include "intake/formats/rows.h"

enum { FILE_HEADER = 28, CHUNK_HEADER = 12, MOST_BLOCK = 64 << 20 };
enum { STORED = 0xcac1, FILLED = 0xcac2, LEFT_OUT = 0xcac3, SUM = 0xcac4 };

struct sparse {
    struct cor_stream stream;
    bool begun;
    uint32_t block, blocks_left, chunks_left, file_header, chunk_header;
    uint32_t type;
    uint64_t left; // bytes of the current chunk
    unsigned char pattern[4];
};

static enum cor_status pass(struct sparse *sparse, uint64_t size)
{
    return cor_stream_skip(sparse->stream.below, size) == size
               ? COR_OK
               : cor_filter_short(&sparse->stream, "android-sparse");
}

static enum cor_status begin(struct sparse *sparse)
{
    unsigned char head[FILE_HEADER];
    enum cor_status status = cor_filter_take(&sparse->stream, "android-sparse", head, sizeof head);
    if (status != COR_OK)
        return status;
    sparse->begun = true;
    sparse->file_header = cor_le16(head + 8);
    sparse->chunk_header = cor_le16(head + 10);
    sparse->block = cor_le32(head + 12);
    sparse->blocks_left = cor_le32(head + 16);
    sparse->chunks_left = cor_le32(head + 20);
    if (sparse->file_header < FILE_HEADER || sparse->chunk_header < CHUNK_HEADER ||
        sparse->block == 0 || sparse->block % 4 || sparse->block > MOST_BLOCK)
        return cor_filter_corrupt(&sparse->stream, "android-sparse");
    return pass(sparse, sparse->file_header - FILE_HEADER);
}

static enum cor_status next_chunk(struct sparse *sparse)
{
    unsigned char head[CHUNK_HEADER];
    enum cor_status status = cor_filter_take(&sparse->stream, "android-sparse", head, sizeof head);
    if (status == COR_OK)
        status = pass(sparse, sparse->chunk_header - CHUNK_HEADER);
    if (status != COR_OK)
        return status;
    uint32_t blocks = cor_le32(head + 4);
    uint64_t stored = cor_le32(head + 8), size = (uint64_t)blocks * sparse->block;
    sparse->type = cor_le16(head);
    sparse->chunks_left--;
    uint64_t wanted = sparse->type == STORED     ? size
                      : sparse->type == LEFT_OUT ? 0
                                                 : sizeof sparse->pattern;
    bool known = sparse->type >= STORED && sparse->type <= SUM;
    if (!known || blocks > sparse->blocks_left || stored != wanted + sparse->chunk_header)
        return cor_filter_corrupt(&sparse->stream, "android-sparse");
    sparse->blocks_left -= blocks;
    sparse->left = sparse->type == SUM ? 0 : size;
    if (wanted == sizeof sparse->pattern && sparse->type != STORED)
        status = cor_filter_take(&sparse->stream, "android-sparse", sparse->pattern,
                                 sizeof sparse->pattern);
    return status;
}

static enum cor_status give(struct sparse *sparse, unsigned char *buffer, size_t size,
                            size_t *ret_got)
{
    if (size > sparse->left)
        size = (size_t)sparse->left;
    *ret_got = size;
    if (sparse->type == STORED)
        *ret_got = cor_stream_read(sparse->stream.below, buffer, size);
    else
        for (size_t i = 0; i < size; i++)
            buffer[i] = sparse->type == FILLED ? sparse->pattern[(sparse->stream.made + i) % 4] : 0;
    sparse->left -= *ret_got;
    return *ret_got == size ? COR_OK : cor_filter_short(&sparse->stream, "android-sparse");
}

static enum cor_status sparse_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                   size_t *ret_got)
{
    struct sparse *sparse = (struct sparse *)stream;
    enum cor_status status = sparse->begun ? COR_OK : begin(sparse);
    while (status == COR_OK && sparse->left == 0 && sparse->chunks_left)
        status = next_chunk(sparse);
    if (status != COR_OK)
        return status;
    if (sparse->left == 0)
        return sparse->blocks_left ? cor_filter_corrupt(stream, "android-sparse") : COR_OK;
    return give(sparse, buffer, size, ret_got);
}

static void sparse_close(struct cor_stream *stream)
{
    cor_free(stream);
}

static struct cor_stream *decode(struct cor_stream *below)
{
    static const struct cor_stream_kind kind = {sparse_pull, NULL, sparse_close};
    struct sparse *sparse = cor_alloc_zero(1, sizeof *sparse);
    if (!sparse)
        return NULL;
    sparse->stream = (struct cor_stream){.kind = &kind, .below = below, .size = COR_SIZE_UNKNOWN};
    return &sparse->stream;
}

static unsigned bid(const unsigned char *head, size_t size)
{
    return size >= FILE_HEADER && cor_le16(head + 4) == 1 ? 48 : 0;
}

const struct cor_format cor_format_android_sparse = {.name = "android-sparse",
                                                     .magic = {0, 4, "\x3a\xff\x26\xed"},
                                                     .bid = bid,
                                                     .decode = decode,
                                                     .trails = true};
