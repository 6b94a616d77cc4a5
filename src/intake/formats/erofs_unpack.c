// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <lz4.h>
#include <lzma.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "intake/formats/erofs.h"

enum { LARGEST_INPUT = 16 << 20, LARGEST_RUN = 64 << 20, LZMA_WINDOW = 8 << 20 };
enum { LZ4 = 0, LZMA = 1, DEFLATE = 2, ZSTD = 3 };

static bool widen(unsigned char **buffer, size_t *room, size_t size)
{
    if (size <= *room)
        return true;
    unsigned char *wider = cor_realloc(*buffer, size, 1);
    if (!wider)
        return false;
    *buffer = wider;
    *room = size;
    return true;
}

static bool lz4(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    return LZ4_decompress_safe_partial((const char *)in, (char *)out, (int)in_size, (int)size,
                                       (int)size) == (int)size;
}

static bool microlzma(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    lzma_stream lzma = LZMA_STREAM_INIT;
    if (lzma_microlzma_decoder(&lzma, in_size, size, false, LZMA_WINDOW) != LZMA_OK)
        return false;
    lzma.next_in = in;
    lzma.avail_in = in_size;
    lzma.next_out = out;
    lzma.avail_out = size;
    lzma_ret result = lzma_code(&lzma, LZMA_FINISH);
    bool whole = (result == LZMA_STREAM_END || result == LZMA_OK) && lzma.avail_out == 0;
    lzma_end(&lzma);
    return whole;
}

static bool deflated(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)in,
                  .avail_in = (uInt)in_size,
                  .next_out = out,
                  .avail_out = (uInt)size};
    if (inflateInit2(&z, -15) != Z_OK)
        return false;
    int result = inflate(&z, Z_SYNC_FLUSH);
    inflateEnd(&z);
    return (result == Z_STREAM_END || result == Z_OK) && z.avail_out == 0;
}

static bool zstd(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    ZSTD_DStream *stream = ZSTD_createDStream();
    ZSTD_inBuffer input = {in, in_size, 0};
    ZSTD_outBuffer output = {out, size, 0};
    size_t result = 1;
    while (stream && output.pos < size && !ZSTD_isError(result)) {
        size_t before = input.pos + output.pos;
        result = ZSTD_decompressStream(stream, &output, &input);
        if (input.pos + output.pos == before)
            break;
    }
    ZSTD_freeDStream(stream);
    return output.pos == size;
}

// What was packed may stand at the end of its blocks, with zeros in front of it.
static enum cor_status unpack(struct cor_erofs *erofs, const struct cor_erofs_run *run,
                              unsigned char *out, size_t size)
{
    static bool (*const methods[])(const unsigned char *, size_t, unsigned char *, size_t) = {
        [LZ4] = lz4, [LZMA] = microlzma, [DEFLATE] = deflated, [ZSTD] = zstd};
    const unsigned char *in = erofs->input;
    size_t in_size = (size_t)run->size;
    if (run->algorithm >= sizeof methods / sizeof *methods)
        return cor_volume_fail(&erofs->volume, COR_UNSUPPORTED,
                               "a compression that is not supported (%u)",
                               (unsigned)run->algorithm);
    bool aligned = run->algorithm != LZ4 || erofs->features & COR_EROFS_ALIGNED_LZ4;
    while (aligned && in_size && *in == 0)
        in++, in_size--;
    return methods[run->algorithm](in, in_size, out, size)
               ? COR_OK
               : cor_volume_fail(&erofs->volume, COR_MALFORMED, "a compressed block is corrupt");
}

// A stored cluster may be turned so that each byte keeps its place within the block.
static enum cor_status copy(struct cor_erofs *erofs, const struct cor_erofs_run *run,
                            unsigned char *out, size_t size)
{
    size_t block = (size_t)1 << erofs->block_bits, turn = 0;
    if (run->way == COR_EROFS_ROTATED)
        turn = (size_t)(run->from & (block - 1));
    if (size > run->size || (turn && (size > block || run->size != block)))
        return cor_volume_fail(&erofs->volume, COR_MALFORMED, "the index of a file is corrupt");
    size_t right = turn && block - turn < size ? block - turn : size;
    memcpy(out, erofs->input + turn, right);
    memcpy(out + right, erofs->input, size - right);
    return COR_OK;
}

static enum cor_status hold(struct cor_erofs *erofs, struct cor_erofs_file *file,
                            const struct cor_erofs_run *run)
{
    uint64_t size = run->to - run->from;
    file->held = NULL;
    if (run->size > LARGEST_INPUT || size > LARGEST_RUN)
        return cor_volume_fail(&erofs->volume, COR_LIMIT,
                               "over a limit: it asks for too much memory");
    if (!widen(&erofs->input, &erofs->input_room, (size_t)run->size) ||
        !widen(&file->plain, &file->plain_room, (size_t)size))
        return cor_volume_no_memory(&erofs->volume);
    enum cor_status status =
        cor_volume_read_at(&erofs->volume, run->at, erofs->input, (size_t)run->size);
    if (status == COR_OK)
        status = run->way == COR_EROFS_PACKED ? unpack(erofs, run, file->plain, (size_t)size)
                                              : copy(erofs, run, file->plain, (size_t)size);
    if (status == COR_OK)
        file->held = run;
    return status;
}

static const struct cor_erofs_run *run_at(struct cor_erofs_file *file, uint64_t at)
{
    size_t low = 0, high = file->runs.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (file->runs.items[middle].to <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < file->runs.count && file->runs.items[low].from <= at ? &file->runs.items[low]
                                                                      : NULL;
}

// The end of a file may stand in an inode that holds the ends of many.
static enum cor_status read_fragment(struct cor_erofs *erofs, struct cor_erofs_file *file,
                                     uint64_t at, unsigned char *buffer, size_t size,
                                     size_t *ret_got)
{
    struct cor_erofs_file *packed = &erofs->packed;
    uint64_t inside = file->fragment_at + (at - file->fragment_from);
    enum cor_status status = COR_OK;
    if (!erofs->has_packed || file == packed)
        return cor_volume_fail(&erofs->volume, COR_MALFORMED, "the end of a file stands nowhere");
    if (packed->runs.count == 0) {
        status = cor_erofs_inode_at(erofs, erofs->packed_nid, &packed->inode);
        if (status == COR_OK && packed->inode.layout != 1 && packed->inode.layout != 3)
            return cor_volume_fail(&erofs->volume, COR_UNSUPPORTED,
                                   "ends of files in a stored inode");
        if (status == COR_OK)
            status = cor_erofs_map(erofs, packed);
    }
    if (status != COR_OK)
        return status;
    return cor_erofs_read_packed(erofs, packed, inside, buffer, size, ret_got);
}

enum cor_status cor_erofs_read_packed(struct cor_erofs *erofs, struct cor_erofs_file *file,
                                      uint64_t at, unsigned char *buffer, size_t size,
                                      size_t *ret_got)
{
    if (file->has_fragment && at >= file->fragment_from)
        return read_fragment(erofs, file, at, buffer, size, ret_got);
    const struct cor_erofs_run *run = run_at(file, at);
    if (!run)
        return cor_volume_fail(&erofs->volume, COR_MALFORMED, "the index of a file is corrupt");
    enum cor_status status = file->held == run ? COR_OK : hold(erofs, file, run);
    if (status != COR_OK)
        return status;
    uint64_t there = run->to - at;
    *ret_got = size < there ? size : (size_t)there;
    memcpy(buffer, file->plain + (at - run->from), *ret_got);
    return COR_OK;
}
