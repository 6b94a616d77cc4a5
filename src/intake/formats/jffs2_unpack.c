// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <lzma.h>
#include <lzo/lzo1x.h>
#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "intake/formats/jffs2.h"

enum { LZMA_WINDOW = 8192 };

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

// JFFS2's own: each byte is followed by how often what came after its last occurrence repeats.
static bool rtime(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    size_t positions[256] = {0}, at = 0, made = 0;
    while (made < size) {
        if (in_size - at < 2)
            return false;
        unsigned char value = in[at++];
        size_t repeat = in[at++], from = positions[value];
        out[made++] = value;
        positions[value] = made;
        if (repeat > size - made)
            return false;
        while (repeat--)
            out[made++] = out[from++];
    }
    return true;
}

static bool inflate_all(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    uLongf got = size;
    return uncompress(out, &got, in, in_size) == Z_OK && got == size;
}

static bool lzo(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    lzo_uint got = size;
    return lzo1x_decompress_safe(in, in_size, out, &got, NULL) == LZO_E_OK && got == size;
}

// OpenWrt's addition: a bare stream with fixed properties.
static bool unlzma(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    size_t in_at = 0, out_at = 0;
    lzma_options_lzma options = {.dict_size = LZMA_WINDOW};
    const lzma_filter filters[] = {{LZMA_FILTER_LZMA1, &options}, {LZMA_VLI_UNKNOWN, NULL}};
    lzma_ret result =
        lzma_raw_buffer_decode(filters, NULL, in, &in_at, in_size, out, &out_at, size);
    return (result == LZMA_OK || result == LZMA_BUF_ERROR) && out_at == size;
}

static const struct {
    enum cor_jffs2_compression compression;
    bool (*unpack)(const unsigned char *in, size_t in_size, unsigned char *out, size_t size);
} methods[] = {{COR_JFFS2_RTIME, rtime},
               {COR_JFFS2_ZLIB, inflate_all},
               {COR_JFFS2_LZO, lzo},
               {COR_JFFS2_LZMA, unlzma}};

enum cor_status cor_jffs2_unpack(struct cor_jffs2 *jffs2, const struct cor_jffs2_run *run)
{
    struct cor_volume *volume = &jffs2->volume;
    bool stored = run->compression == COR_JFFS2_NONE;
    jffs2->unpacked = NULL;
    if (stored && run->packed_size != run->plain_size)
        return cor_volume_fail(volume, COR_MALFORMED, "a run of bytes has two lengths");
    if (!widen(&jffs2->plain, &jffs2->plain_room, run->plain_size) ||
        !widen(&jffs2->packed, &jffs2->packed_room, run->packed_size))
        return cor_volume_no_memory(volume);
    enum cor_status status = cor_volume_read_at(
        volume, run->data_at, stored ? jffs2->plain : jffs2->packed, run->packed_size);
    for (size_t i = 0; status == COR_OK && !stored; i++) {
        if (i == sizeof methods / sizeof *methods)
            return cor_volume_fail(volume, COR_UNSUPPORTED,
                                   "a compression that is not supported (%u)",
                                   (unsigned)run->compression);
        if ((enum cor_jffs2_compression)run->compression != methods[i].compression)
            continue;
        if (!methods[i].unpack(jffs2->packed, run->packed_size, jffs2->plain, run->plain_size))
            return cor_volume_fail(volume, COR_MALFORMED, "compressed data are corrupt");
        break;
    }
    if (status == COR_OK)
        jffs2->unpacked = run;
    return status;
}
