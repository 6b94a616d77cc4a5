// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// RPM packages: a lead, a signature header and a header, and then the payload as it stands.
#include <string.h>

#include "intake/formats/cut.h"
#include "intake/formats/rows.h"

enum { LEAD = 96, HEADER_INTRO = 16, INDEX_ENTRY = 16, LARGEST_HEADER = 256 << 20 };

static enum cor_status pass_header(struct cor_stream *stream, uint64_t *end)
{
    unsigned char intro[HEADER_INTRO];
    uint64_t gap = *end - stream->below->offset;
    if (cor_stream_skip(stream->below, gap) != gap)
        return cor_filter_short(stream, "rpm");
    enum cor_status status = cor_filter_take(stream, "rpm", intro, sizeof intro);
    if (status != COR_OK)
        return status;
    uint64_t size = (uint64_t)cor_be32(intro + 8) * INDEX_ENTRY + cor_be32(intro + 12);
    if (memcmp(intro, "\x8e\xad\xe8\x01", 4) != 0 || size > LARGEST_HEADER)
        return cor_filter_corrupt(stream, "rpm");
    *end += HEADER_INTRO + size;
    return COR_OK;
}

static enum cor_status find(struct cor_stream *stream, uint64_t *ret_offset, uint64_t *ret_size)
{
    uint64_t end = LEAD;
    enum cor_status status = pass_header(stream, &end);
    if (status != COR_OK)
        return status;
    end = (end + 7) & ~UINT64_C(7);
    status = pass_header(stream, &end);
    if (status != COR_OK)
        return status;
    *ret_offset = end;
    *ret_size = COR_SIZE_UNKNOWN;
    return COR_OK;
}

static struct cor_stream *decode(struct cor_stream *below)
{
    return cor_cut_decode("rpm", find, below);
}

const struct cor_format cor_format_rpm = {
    .name = "rpm", .magic = {0, 4, "\xed\xab\xee\xdb"}, .decode = decode};
