// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The banner that a kernel prints first (init/version.c), and the configuration that some carry
// (CONFIG_IKCONFIG: a gzip file between two marks, kernel/configs.c).
#include <zlib.h>

#include "base/buffer.h"
#include "binary/kernel_image.h"

enum { LONGEST_RELEASE = 64, LONGEST_BANNER = 512, LONGEST_CONFIG = 4 << 20 };

static bool is_release(struct cor_slice text)
{
    return text.size > 1 && text.size <= LONGEST_RELEASE && text.data[0] >= '0' &&
           text.data[0] <= '9';
}

// "Linux version 6.1.0-9-amd64 (who@where) (compiler, linker) #1 SMP ..."
static enum cor_status keep_banner(struct cor_component *component, struct cor_slice release,
                                   const char *start, const char *end)
{
    size_t longest =
        (size_t)(end - start) < LONGEST_BANNER ? (size_t)(end - start) : LONGEST_BANNER;
    size_t size = 0;
    while (size < longest && start[size] != '\0' && start[size] != '\n')
        size++;
    component->kernel_release = cor_arena_text(&component->arena, release);
    component->kernel_banner = cor_arena_text(&component->arena, cor_slice(start, size));
    return component->kernel_release && component->kernel_banner ? COR_OK : COR_NOMEM;
}

static enum cor_status read_banner(struct cor_slice bytes, struct cor_component *component)
{
    static const struct cor_slice mark = {"Linux version ", 14};
    const char *at = bytes.data, *end = bytes.data + bytes.size;
    while (at && (at = memmem(at, (size_t)(end - at), mark.data, mark.size))) {
        const char *start = at;
        at += mark.size;
        const char *space = memchr(at, ' ', (size_t)(end - at));
        struct cor_slice release = cor_slice(at, space ? (size_t)(space - at) : 0);
        if (is_release(release) && space + 1 < end && space[1] == '(')
            return keep_banner(component, release, start, end);
    }
    return COR_OK;
}

static enum cor_status inflate_all(z_stream *stream, struct cor_buffer *out)
{
    unsigned char chunk[8192];
    enum cor_status status = COR_OK;
    int result = Z_OK;
    while (status == COR_OK && result == Z_OK) {
        stream->next_out = chunk;
        stream->avail_out = sizeof chunk;
        result = inflate(stream, Z_NO_FLUSH);
        status = cor_buffer_append(out, chunk, sizeof chunk - stream->avail_out);
    }
    return status == COR_OK && result != Z_STREAM_END ? COR_MALFORMED : status;
}

static enum cor_status unpack(struct cor_slice packed, struct cor_component *component)
{
    enum { GZIP = 16 };
    z_stream stream = {0};
    struct cor_buffer text;
    unsigned char *input = cor_arena_copy(&component->arena, packed.data, packed.size);
    if (!input)
        return COR_NOMEM;
    if (inflateInit2(&stream, MAX_WBITS + GZIP) != Z_OK)
        return COR_NOMEM;
    stream.next_in = input;
    stream.avail_in = (uInt)packed.size;
    cor_buffer_init(&text, LONGEST_CONFIG);
    enum cor_status status = inflate_all(&stream, &text);
    inflateEnd(&stream);
    if (status == COR_OK) {
        component->kernel_config = cor_arena_text(&component->arena, cor_buffer_slice(&text));
        status = component->kernel_config ? COR_OK : COR_NOMEM;
    }
    cor_buffer_dispose(&text);
    // What is no configuration was marked as one by chance.
    return status == COR_NOMEM ? status : COR_OK;
}

static enum cor_status read_config(struct cor_slice bytes, struct cor_component *component)
{
    static const struct cor_slice begin = {"IKCFG_ST\x1f\x8b", 10}, end = {"IKCFG_ED", 8};
    const char *at = memmem(bytes.data, bytes.size, begin.data, begin.size);
    if (!at)
        return COR_OK;
    at += begin.size - 2;
    size_t room = (size_t)(bytes.data + bytes.size - at);
    const char *stop = memmem(at, room, end.data, end.size);
    if (!stop || (size_t)(stop - at) > LONGEST_CONFIG)
        return COR_OK;
    return unpack(cor_slice(at, (size_t)(stop - at)), component);
}

enum cor_status cor_kernel_facts_read(struct cor_slice bytes, struct cor_component *component)
{
    enum cor_status status = read_banner(bytes, component);
    return status == COR_OK ? read_config(bytes, component) : status;
}
