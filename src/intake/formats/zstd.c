// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <string.h>
#include <zstd.h>

#include "base/alloc.h"
#include "intake/formats/filter.h"
#include "intake/formats/rows.h"

enum { LARGEST_WINDOW_LOG = 30 };

struct zstd {
    struct cor_stream stream;
    ZSTD_DCtx *context;
    bool finished;
};

static bool is_frame(const unsigned char *data, size_t size)
{
    if (size < 4)
        return false;
    uint32_t magic = cor_le32(data);
    return magic == ZSTD_MAGICNUMBER ||
           (magic & ZSTD_MAGIC_SKIPPABLE_MASK) == ZSTD_MAGIC_SKIPPABLE_START;
}

static enum cor_status step(struct zstd *zstd, ZSTD_outBuffer *out)
{
    struct cor_stream *below = zstd->stream.below;
    const unsigned char *data;
    ZSTD_inBuffer in = {0};
    size_t before = out->pos;
    in.size = cor_stream_peek(below, 1, &data);
    in.src = data;
    size_t left = ZSTD_decompressStream(zstd->context, out, &in);
    cor_stream_consume(below, in.pos);
    if (ZSTD_isError(left)) {
        if (strstr(ZSTD_getErrorName(left), "memory"))
            return cor_stream_fail(&zstd->stream, COR_LIMIT,
                                   "over a limit: zstd data needs too much memory");
        return cor_filter_corrupt(&zstd->stream, "zstd");
    }
    if (left == 0) {
        size_t got = cor_stream_peek(below, 4, &data);
        zstd->finished = !is_frame(data, got);
    } else if (!in.size && out->pos == before)
        return cor_filter_short(&zstd->stream, "zstd");
    return COR_OK;
}

static enum cor_status zstd_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    struct zstd *zstd = (struct zstd *)stream;
    enum cor_status status = COR_OK;
    ZSTD_outBuffer out = {.dst = buffer, .size = size};
    while (status == COR_OK && !zstd->finished && out.pos < size)
        status = step(zstd, &out);
    *ret_got = out.pos;
    return status;
}

static void zstd_close(struct cor_stream *stream)
{
    struct zstd *zstd = (struct zstd *)stream;
    ZSTD_freeDCtx(zstd->context);
    cor_free(zstd);
}

static struct cor_stream *decode(struct cor_stream *below)
{
    static const struct cor_stream_kind kind = {zstd_pull, NULL, zstd_close};
    struct zstd *zstd = cor_alloc_zero(1, sizeof *zstd);
    if (!zstd)
        return NULL;
    zstd->stream = (struct cor_stream){.kind = &kind, .below = below, .size = COR_SIZE_UNKNOWN};
    zstd->context = ZSTD_createDCtx();
    if (!zstd->context) {
        cor_free(zstd);
        return NULL;
    }
    (void)ZSTD_DCtx_setParameter(zstd->context, ZSTD_d_windowLogMax, LARGEST_WINDOW_LOG);
    return &zstd->stream;
}

const struct cor_format cor_format_zstd = {
    .name = "zstd", .magic = {0, 4, "\x28\xb5\x2f\xfd"}, .decode = decode, .trails = true};
