// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// x86 kernel images (Documentation/x86/boot): the compressed kernel inside, as it stands there.
#include "intake/formats/cut.h"
#include "intake/formats/extents.h"
#include "intake/formats/rows.h"

enum { SETUP_SECTORS = 0x1f1, VERSION = 0x206, PAYLOAD_OFFSET = 0x248, PAYLOAD_LENGTH = 0x24c };
enum { PAYLOAD_SINCE = 0x0208, HEADER_END = 0x250 };

static enum cor_status find(struct cor_stream *stream, uint64_t *ret_offset, uint64_t *ret_size)
{
    const unsigned char *head;
    if (cor_stream_peek(stream->below, HEADER_END, &head) < HEADER_END)
        return cor_filter_short(stream, "bzimage");
    if (cor_le16(head + VERSION) < PAYLOAD_SINCE)
        return cor_stream_fail(stream, COR_UNSUPPORTED,
                               "kernel image too old to say where its payload is");
    uint64_t sectors = head[SETUP_SECTORS] ? head[SETUP_SECTORS] : 4;
    *ret_offset = (sectors + 1) * 512 + cor_le32(head + PAYLOAD_OFFSET);
    *ret_size = cor_le32(head + PAYLOAD_LENGTH);
    return COR_OK;
}

static struct cor_stream *decode(struct cor_stream *below)
{
    return cor_cut_decode("bzimage", find, below);
}

static unsigned bid(const unsigned char *head, size_t size)
{
    return size >= HEADER_END && head[0x1fe] == 0x55 && head[0x1ff] == 0xaa ? 48 : 0;
}

const struct cor_format cor_format_bzimage = {.name = "bzimage",
                                              .magic = {0x202, 4, "HdrS"},
                                              .bid = bid,
                                              .decode = decode,
                                              .extent = cor_extent_bzimage};
