// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Patches: the added lines of each hunk are a text of their own.
#include "source/census.h"

#include "base/buffer.h"
#include "source/language.h"

static bool starts(const char *at, const char *end, const char *what)
{
    size_t size = strlen(what);
    return (size_t)(end - at) >= size && memcmp(at, what, size) == 0;
}

static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline + 1 : end;
}

struct hunk {
    struct cor_buffer text;
    uint32_t line; // of its first line
    enum cor_language language;
};

// The added lines, each on its own line number; what was there before is left out.
static enum cor_status read_hunk(struct cor_census *census, struct hunk *hunk,
                                 struct cor_text *kept)
{
    if (hunk->text.size == 0)
        return COR_OK;
    struct cor_text whole = census->text;
    census->text = *kept;
    enum cor_status status = cor_text_set(&census->text, hunk->text.data, hunk->text.size);
    census->line_base = hunk->line - 1;
    census->how = COR_HOW_PATCH;
    if (status == COR_OK &&
        (hunk->language == COR_LANGUAGE_C || hunk->language == COR_LANGUAGE_CXX))
        status = cor_census_c(census);
    else if (status == COR_OK && hunk->language == COR_LANGUAGE_ASSEMBLY)
        status =
            cor_census_chunk(census, cor_slice(census->text.data, census->text.size), hunk->line);
    *kept = census->text;
    census->text = whole;
    census->line_base = 0;
    hunk->text.size = 0;
    return status;
}

static enum cor_language target_language(const char *at, const char *end)
{
    const char *stop = at;
    while (stop < end && *stop != '\n' && *stop != '\t' && *stop != '\r')
        stop++;
    char path[512];
    size_t size = (size_t)(stop - at) < sizeof path ? (size_t)(stop - at) : sizeof path - 1;
    memcpy(path, at, size);
    path[size] = '\0';
    return cor_source_language(path, "", 0);
}

enum cor_status cor_census_patch(struct cor_census *census)
{
    const char *at = census->text.data, *end = at + census->text.size;
    struct hunk hunk = {.language = COR_LANGUAGE_C};
    struct cor_text kept;
    cor_text_init(&kept);
    cor_buffer_init(&hunk.text, census->text.size + 1);
    enum cor_status status = COR_OK;
    bool inside = false;
    for (uint32_t line = 1; at < end && status == COR_OK; line++) {
        const char *next = line_end(at, end);
        if (starts(at, end, "+++ ")) {
            status = read_hunk(census, &hunk, &kept);
            hunk.language = target_language(at + 4, next);
            inside = false;
        } else if (starts(at, end, "@@")) {
            status = read_hunk(census, &hunk, &kept);
            hunk.line = line + 1;
            inside = true;
        } else if (inside && *at == '+') {
            status = cor_buffer_append(&hunk.text, at + 1, (size_t)(next - at - 1));
        } else if (inside && (*at == ' ' || *at == '-' || *at == '\\' || *at == '\n')) {
            status = cor_buffer_append(&hunk.text, "\n", 1);
        } else if (inside) {
            status = read_hunk(census, &hunk, &kept);
            inside = false;
        }
        at = next;
    }
    if (status == COR_OK)
        status = read_hunk(census, &hunk, &kept);
    cor_buffer_dispose(&hunk.text);
    cor_text_dispose(&kept);
    return status;
}
