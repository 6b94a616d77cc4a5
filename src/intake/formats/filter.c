// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/formats/filter.h"

static enum cor_status fail_there(struct cor_stream *stream, enum cor_status status,
                                  const char *name, const char *what)
{
    stream->say_where = stream->failure == COR_OK;
    return cor_stream_fail(stream, status, "%s data is %s", name, what);
}

enum cor_status cor_filter_short(struct cor_stream *stream, const char *name)
{
    struct cor_stream *below = stream->below;
    if (below->failure != COR_OK)
        return cor_stream_fail(stream, below->failure, "%s", below->reason);
    return fail_there(stream, COR_TRUNCATED, name, "cut short");
}

enum cor_status cor_filter_corrupt(struct cor_stream *stream, const char *name)
{
    return fail_there(stream, COR_MALFORMED, name, "corrupt");
}

enum cor_status cor_filter_no_memory(struct cor_stream *stream)
{
    return cor_stream_fail(stream, COR_NOMEM, "out of memory");
}

enum cor_status cor_filter_take(struct cor_stream *stream, const char *name, unsigned char *buffer,
                                size_t size)
{
    if (cor_stream_read(stream->below, buffer, size) == size)
        return COR_OK;
    return cor_filter_short(stream, name);
}
