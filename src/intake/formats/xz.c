// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// xz, lzma-alone and lzip: the three containers of LZMA that liblzma reads.
#include <lzma.h>
#include <string.h>

#include "base/alloc.h"
#include "base/workers.h"
#include "intake/formats/filter.h"
#include "intake/formats/rows.h"

enum {
    THREADED_MEMORY = 300 << 20, // past this a stream is decoded in one thread
    MOST_MEMORY = 1 << 30,       // past this it is not decoded
    MOST_THREADS = 5,
    BLOCK_LOOK = 64 // enough for the stream header and the sizes in the first block's header
};

struct xz {
    struct cor_stream stream;
    const struct cor_format *format;
    lzma_stream lzma;
    bool finished;
};

// Blocks decode in parallel only where their headers tell the sizes; for data that did not shrink
// threads would cost memory and win nothing.
static bool threads_pay(struct cor_stream *below)
{
    const unsigned char *data;
    lzma_filter filters[LZMA_FILTERS_MAX + 1];
    lzma_block block = {.version = 1, .check = LZMA_CHECK_NONE, .filters = filters};
    lzma_stream_flags flags;
    if (cor_processors() < 2 || cor_stream_peek(below, BLOCK_LOOK, &data) < BLOCK_LOOK)
        return false;
    if (lzma_stream_header_decode(&flags, data) != LZMA_OK || data[LZMA_STREAM_HEADER_SIZE] == 0)
        return false;
    block.check = flags.check;
    block.header_size = lzma_block_header_size_decode(data[LZMA_STREAM_HEADER_SIZE]);
    if (block.header_size > BLOCK_LOOK - LZMA_STREAM_HEADER_SIZE ||
        lzma_block_header_decode(&block, NULL, data + LZMA_STREAM_HEADER_SIZE) != LZMA_OK)
        return false;
    lzma_filters_free(filters, NULL);
    return block.compressed_size != LZMA_VLI_UNKNOWN &&
           block.uncompressed_size != LZMA_VLI_UNKNOWN &&
           block.compressed_size < block.uncompressed_size / 8 * 7;
}

static lzma_ret begin_xz(struct xz *xz)
{
    // One more than there are processors: the first block in line waits for whoever reads it.
    unsigned threads = cor_processors() + 1;
    lzma_mt options = {.flags = 0,
                       .threads = threads < MOST_THREADS ? threads : MOST_THREADS,
                       .memlimit_threading = THREADED_MEMORY,
                       .memlimit_stop = MOST_MEMORY};
    if (threads_pay(xz->stream.below))
        return lzma_stream_decoder_mt(&xz->lzma, &options);
    return lzma_stream_decoder(&xz->lzma, MOST_MEMORY, 0);
}

static lzma_ret begin(struct xz *xz)
{
    if (xz->format == &cor_format_xz)
        return begin_xz(xz);
    if (xz->format == &cor_format_lzip)
        return lzma_lzip_decoder(&xz->lzma, MOST_MEMORY, 0);
    return lzma_alone_decoder(&xz->lzma, MOST_MEMORY);
}

static enum cor_status failed(struct xz *xz, lzma_ret result)
{
    const char *name = xz->format->name;
    switch ((int)result) {
    case LZMA_MEM_ERROR:
        return cor_filter_no_memory(&xz->stream);
    case LZMA_MEMLIMIT_ERROR:
        return cor_stream_fail(&xz->stream, COR_LIMIT,
                               "over a limit: %s data needs too much memory", name);
    case LZMA_OPTIONS_ERROR:
        return cor_stream_fail(&xz->stream, COR_UNSUPPORTED, "%s data with an unknown filter",
                               name);
    case LZMA_BUF_ERROR:
        return cor_filter_short(&xz->stream, name);
    default:
        return cor_filter_corrupt(&xz->stream, name);
    }
}

// xz streams may follow one another, with zeros in fours between them.
static enum cor_status next_part(struct xz *xz)
{
    struct cor_stream *below = xz->stream.below;
    const unsigned char *data;
    if (xz->format == &cor_format_xz)
        while (cor_stream_peek(below, 4, &data) >= 4 && memcmp(data, "\0\0\0", 4) == 0)
            cor_stream_consume(below, 4);
    size_t magic = xz->format->magic.size;
    xz->finished = magic == 0 || cor_stream_peek(below, magic, &data) < magic ||
                   memcmp(data, xz->format->magic.bytes, magic) != 0;
    if (xz->finished)
        return COR_OK;
    lzma_ret result = begin(xz);
    return result == LZMA_OK ? COR_OK : failed(xz, result);
}

static enum cor_status step(struct xz *xz)
{
    struct cor_stream *below = xz->stream.below;
    const unsigned char *data;
    size_t size = cor_stream_peek(below, 1, &data);
    if (!size && below->failure != COR_OK)
        return cor_filter_short(&xz->stream, xz->format->name);
    xz->lzma.next_in = data;
    xz->lzma.avail_in = size;
    lzma_ret result = lzma_code(&xz->lzma, size ? LZMA_RUN : LZMA_FINISH);
    cor_stream_consume(below, size - xz->lzma.avail_in);
    if (result == LZMA_STREAM_END)
        return next_part(xz);
    // Without progress liblzma complains once; more input may follow while there is any.
    if (result == LZMA_OK || (result == LZMA_BUF_ERROR && size))
        return COR_OK;
    return failed(xz, result);
}

static enum cor_status xz_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                               size_t *ret_got)
{
    struct xz *xz = (struct xz *)stream;
    enum cor_status status = COR_OK;
    xz->lzma.next_out = buffer;
    xz->lzma.avail_out = size;
    while (status == COR_OK && !xz->finished && xz->lzma.avail_out)
        status = step(xz);
    *ret_got = size - xz->lzma.avail_out;
    return status;
}

static void xz_close(struct cor_stream *stream)
{
    struct xz *xz = (struct xz *)stream;
    lzma_end(&xz->lzma);
    cor_free(xz);
}

static struct cor_stream *decode(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_stream_kind kind = {xz_pull, NULL, xz_close};
    struct xz *xz = cor_alloc_zero(1, sizeof *xz);
    if (!xz)
        return NULL;
    xz->stream = (struct cor_stream){.kind = &kind, .below = below, .size = COR_SIZE_UNKNOWN};
    xz->format = format;
    lzma_ret result = begin(xz);
    if (result != LZMA_OK)
        (void)failed(xz, result);
    return &xz->stream;
}

static struct cor_stream *decode_xz(struct cor_stream *below)
{
    return decode(&cor_format_xz, below);
}

static struct cor_stream *decode_lzma(struct cor_stream *below)
{
    return decode(&cor_format_lzma, below);
}

static struct cor_stream *decode_lzip(struct cor_stream *below)
{
    return decode(&cor_format_lzip, below);
}

// lzma-alone has no magic number: properties, a dictionary size that tools write, an uncompressed
// size that is unknown or below 256 GiB, and the range coder's first byte, which is always 0.
static unsigned bid_lzma(const unsigned char *head, size_t size)
{
    if (size < 18 || head[0] != 0x5d || head[13] != 0)
        return 0;
    uint32_t dictionary = cor_le32(head + 1);
    uint32_t low = dictionary & (~dictionary + 1), rest = dictionary - low;
    bool round = dictionary >= 4096 && (rest == 0 || rest == low << 1);
    bool unknown = memcmp(head + 5, "\xff\xff\xff\xff\xff\xff\xff\xff", 8) == 0;
    bool small = cor_le32(head + 9) < 64;
    return round && (unknown || small) ? 56 : 0;
}

const struct cor_format cor_format_xz = {.name = "xz",
                                         .magic = {0, 6,
                                                   "\xfd"
                                                   "7zXZ"},
                                         .decode = decode_xz,
                                         .trails = true};
const struct cor_format cor_format_lzma = {
    .name = "lzma", .bid = bid_lzma, .decode = decode_lzma, .trails = true};
const struct cor_format cor_format_lzip = {
    .name = "lzip", .magic = {0, 5, "LZIP\1"}, .decode = decode_lzip, .trails = true};
