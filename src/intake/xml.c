// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The one place that knows expat.
#include "intake/xml.h"

#include <expat.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"

enum { LONGEST_PATH = 16 << 10, LONGEST_TEXT = 1 << 20 };

struct state {
    struct cor_xml_reader *reader;
    XML_Parser parser;
    struct cor_buffer path, text;
    enum cor_status status;
};

static void *take(size_t size)
{
    return cor_alloc(size);
}

static void *retake(void *memory, size_t size)
{
    return cor_realloc(memory, size, 1);
}

static void stop(struct state *state, enum cor_status status)
{
    if (state->status != COR_OK || status == COR_OK)
        return;
    state->status = status;
    XML_StopParser(state->parser, XML_FALSE);
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void on_begin(void *data, const char *name, const char **attributes)
{
    struct state *state = data;
    state->text.size = 0;
    enum cor_status status =
        cor_buffer_printf(&state->path, "%s%s", state->path.size ? "/" : "", local_name(name));
    if (status == COR_OK && state->reader->begin)
        status =
            state->reader->begin(state->reader, state->path.data, (const char *const *)attributes);
    stop(state, status);
}

static enum cor_status tell_end(struct state *state)
{
    struct cor_slice text = cor_slice_trim(cor_slice(state->text.data, state->text.size));
    char *copy = cor_alloc(text.size + 1);
    if (!copy)
        return COR_NOMEM;
    if (text.size)
        memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    enum cor_status status = state->reader->end(state->reader, state->path.data, copy);
    cor_free(copy);
    return status;
}

static void on_end(void *data, const char *name)
{
    struct state *state = data;
    (void)name;
    if (state->reader->end && state->status == COR_OK)
        stop(state, tell_end(state));
    state->text.size = 0;
    while (state->path.size && state->path.data[state->path.size - 1] != '/')
        state->path.size--;
    if (state->path.size)
        state->path.size--;
    if (state->path.data)
        state->path.data[state->path.size] = '\0';
}

static void on_text(void *data, const char *text, int size)
{
    struct state *state = data;
    if (size > 0)
        stop(state, cor_buffer_append(&state->text, text, (size_t)size));
}

static void on_doctype(void *data, const char *name, const char *system, const char *public_id,
                       int has_subset)
{
    (void)name, (void)system, (void)public_id, (void)has_subset;
    stop(data, COR_MALFORMED);
}

enum cor_status cor_xml_read(struct cor_xml_reader *reader, const char *bytes, size_t size)
{
    static const XML_Memory_Handling_Suite memory = {take, retake, cor_free};
    struct state state = {.reader = reader};
    if (size > INT_MAX)
        return COR_MALFORMED;
    state.parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    if (!state.parser)
        return COR_NOMEM;
    cor_buffer_init(&state.path, LONGEST_PATH);
    cor_buffer_init(&state.text, LONGEST_TEXT);
    XML_SetUserData(state.parser, &state);
    XML_SetElementHandler(state.parser, on_begin, on_end);
    XML_SetCharacterDataHandler(state.parser, on_text);
    XML_SetStartDoctypeDeclHandler(state.parser, on_doctype);
    if (XML_Parse(state.parser, bytes, (int)size, XML_TRUE) != XML_STATUS_OK &&
        state.status == COR_OK)
        state.status =
            XML_GetErrorCode(state.parser) == XML_ERROR_NO_MEMORY ? COR_NOMEM : COR_MALFORMED;
    XML_ParserFree(state.parser);
    cor_buffer_dispose(&state.path);
    cor_buffer_dispose(&state.text);
    return state.status;
}

const char *cor_xml_attribute(const char *const *attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(local_name(attributes[0]), name) == 0)
            return attributes[1];
    return "";
}
