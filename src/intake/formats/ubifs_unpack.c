// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <lzo/lzo1x.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "intake/formats/ubifs.h"

static bool stored(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    if (in_size < size)
        return false;
    memcpy(out, in, size);
    return true;
}

static bool lzo(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    lzo_uint got = size;
    return lzo1x_decompress_safe(in, in_size, out, &got, NULL) == LZO_E_OK && got == size;
}

// Without zlib's header.
static bool deflated(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)in,
                  .avail_in = (uInt)in_size,
                  .next_out = out,
                  .avail_out = (uInt)size};
    if (inflateInit2(&z, -15) != Z_OK)
        return false;
    int result = inflate(&z, Z_FINISH);
    inflateEnd(&z);
    return result == Z_STREAM_END && z.avail_out == 0;
}

static bool zstd(const unsigned char *in, size_t in_size, unsigned char *out, size_t size)
{
    return ZSTD_decompress(out, size, in, in_size) == size;
}

enum cor_status cor_ubifs_unpack(struct cor_ubifs *ubifs, uint32_t compression,
                                 const unsigned char *packed, size_t packed_size, size_t size)
{
    static bool (*const methods[])(const unsigned char *, size_t, unsigned char *,
                                   size_t) = {stored, lzo, deflated, zstd};
    if (compression >= sizeof methods / sizeof *methods)
        return cor_volume_fail(&ubifs->volume, COR_UNSUPPORTED,
                               "a compression that is not supported (%u)", (unsigned)compression);
    return methods[compression](packed, packed_size, ubifs->plain, size)
               ? COR_OK
               : cor_volume_fail(&ubifs->volume, COR_MALFORMED, "a compressed block is corrupt");
}
