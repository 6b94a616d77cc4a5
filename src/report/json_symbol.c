// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/json.h"

#include <stdlib.h>
#include <string.h>

#include "report/commands.h"

static void put_line(struct cor_json *json, uint32_t line)
{
    if (line)
        cor_json_number(json, "line", line);
    else
        cor_json_null(json, "line");
}

static void put_flags(struct cor_json *json, unsigned flags)
{
    cor_json_open(json, "flags", '[');
    for (unsigned i = 0; i < COR_FLAG_BIT_COUNT; i++)
        if (flags & 1u << i)
            cor_json_text(json, NULL, cor_flag_word((enum cor_flag_bit)i));
    cor_json_close(json, ']');
}

static void put_needs(struct cor_json *json, const struct cor_case_symbol *symbol)
{
    cor_json_open(json, "needed_by", '[');
    for (size_t i = 0; i < symbol->needed_by.count; i++)
        cor_json_number(json, NULL, symbol->needed_by.items[i].component);
    cor_json_close(json, ']');
    cor_json_open(json, "rows", '[');
    for (size_t i = 0; i < symbol->needed_by.count; i++)
        cor_json_number(json, NULL, symbol->needed_by.items[i].row);
    cor_json_close(json, ']');
}

static void put_providers(struct cor_json *json, const struct cor_case_symbol *symbol)
{
    cor_json_open(json, "providers", '[');
    for (size_t i = 0; i < symbol->providers.count; i++) {
        const struct cor_case_provider *provider = &symbol->providers.items[i];
        cor_json_open(json, NULL, '{');
        cor_json_number(json, "component", provider->component);
        cor_json_text(json, "section", provider->section);
        cor_json_hex(json, "address", provider->address);
        cor_json_number(json, "size", provider->size);
        cor_json_text(json, "how", provider->how);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
}

static void put_link(struct cor_json *json, const struct cor_case_reference *row)
{
    if (row->after) {
        cor_json_open(json, "link", '{');
        cor_json_hex(json, "place", row->place);
        cor_json_text(json, "before", row->instruction);
        cor_json_text(json, "after", row->after);
        cor_json_text(json, "bytes", row->after_bytes);
        cor_json_hex(json, "target", row->target);
        cor_json_close(json, '}');
    } else {
        cor_json_null(json, "link");
    }
    cor_json_text(json, "unproved", row->unproved);
}

// Each place is a line "FILE:LINE FUNCTION".
static enum cor_status put_ambiguous(struct cor_json *json, struct cor_slice text)
{
    enum cor_status status = COR_OK;
    struct cor_arena arena;
    cor_arena_init(&arena);
    while (text.size && status == COR_OK) {
        const char *end = memchr(text.data, '\n', text.size);
        struct cor_slice line = cor_slice(text.data, end ? (size_t)(end - text.data) : text.size);
        text = cor_slice(text.data + line.size, text.size - line.size);
        text = cor_slice(text.data + (end != NULL), text.size - (end != NULL));
        size_t space = line.size, colon;
        while (space && line.data[space - 1] != ' ')
            space--;
        for (colon = space; colon && line.data[colon - 1] != ':';)
            colon--;
        const char *file = cor_arena_text(&arena, cor_slice(line.data, colon ? colon - 1 : 0));
        const char *function =
            cor_arena_text(&arena, cor_slice(line.data + space, line.size - space));
        cor_json_open(json, NULL, '{');
        cor_json_text(json, "file", file);
        put_line(json, (uint32_t)strtoul(line.data + colon, NULL, 10));
        cor_json_text(json, "function", function && *function ? function : NULL);
        cor_json_close(json, '}');
        status = file && function ? COR_OK : COR_NOMEM;
    }
    cor_arena_dispose(&arena);
    return status;
}

static enum cor_status put_reference(struct cor_json *json, const struct cor_case_reference *row)
{
    enum cor_status status = COR_OK;
    cor_json_open(json, NULL, '{');
    cor_json_number(json, "component", row->component);
    cor_json_text(json, "section", row->section);
    cor_json_hex(json, "offset", row->offset);
    cor_json_text(json, "type", row->type);
    cor_json_signed(json, "addend", row->addend);
    cor_json_text(json, "kind", cor_refkind_word(row->kind));
    cor_json_text(json, "function", row->function);
    cor_json_text(json, "instruction", row->instruction);
    cor_json_text(json, "bytes", row->bytes);
    if (row->source_file) {
        cor_json_open(json, "source", '{');
        cor_json_text(json, "file", row->source_file);
        put_line(json, row->source_line);
        cor_json_text(json, "function", row->source_function);
        cor_json_text(json, "by", cor_line_by_word(row->source_by));
        cor_json_close(json, '}');
    } else {
        cor_json_null(json, "source");
    }
    put_link(json, row);
    cor_json_open(json, "ambiguous", '[');
    if (row->source_others)
        status = put_ambiguous(json, cor_slice_text(row->source_others));
    cor_json_close(json, ']');
    cor_json_close(json, '}');
    return status;
}

// "NAME (file.h:12)", "file.h:12" or "macro NAME": the list has one place then. COR_NOMEM.
static enum cor_status put_via(struct cor_json *json, const char *through)
{
    struct cor_arena arena;
    cor_arena_init(&arena);
    struct cor_slice text = cor_slice_text(through), name = text, file = {NULL, 0};
    const char *open = text.size && through[text.size - 1] == ')' ? strrchr(through, '(') : NULL;
    if (open) {
        name = cor_slice_trim(cor_slice(through, (size_t)(open - through)));
        text = cor_slice(open + 1, text.size - (size_t)(open - through) - 2);
    }
    size_t digits = text.size;
    while (digits > 0 && text.data[digits - 1] >= '0' && text.data[digits - 1] <= '9')
        digits--;
    if (digits > 1 && digits < text.size && text.data[digits - 1] == ':')
        file = cor_slice(text.data, digits - 1);
    const char *file_text = file.data ? cor_arena_text(&arena, file) : NULL;
    const char *name_text = open || !file.data ? cor_arena_text(&arena, name) : NULL;
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "file", file_text);
    put_line(json, file.data ? (uint32_t)strtoul(text.data + digits, NULL, 10) : 0);
    cor_json_text(json, "name", name_text);
    cor_json_close(json, '}');
    bool whole = (!file.data || file_text) && (name_text || !(open || !file.data));
    cor_arena_dispose(&arena);
    return whole ? COR_OK : COR_NOMEM;
}

enum place_kind { PLACE_DEFINITION, PLACE_NAMESAKE, PLACE_DECLARATION, PLACE_CALL };

static enum cor_status put_place(struct cor_json *json, const struct cor_index *index,
                                 const struct cor_case_place *place, enum place_kind kind)
{
    enum cor_status status = COR_OK;
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "input", cor_json_input_name(index->case_, place->input));
    cor_json_text(json, "file", place->file);
    put_line(json, place->line);
    if (kind == PLACE_DEFINITION || kind == PLACE_NAMESAKE)
        cor_json_text(json, kind == PLACE_DEFINITION ? "how" : "why", place->how);
    if (kind == PLACE_CALL) {
        cor_json_text(json, "function", place->function);
        cor_json_text(json, "kind", cor_refkind_word(place->kind));
        cor_json_open(json, "via", '[');
        if (place->through)
            status = put_via(json, place->through);
        cor_json_close(json, ']');
    } else if (kind == PLACE_DEFINITION) {
        cor_json_text(json, "through", place->through);
    }
    cor_json_bool(json, "active", place->active);
    cor_json_close(json, '}');
    return status;
}

static enum cor_status put_places(struct cor_json *json, const struct cor_index *index,
                                  const char *key, const struct cor_case_place *places,
                                  size_t count, enum place_kind kind)
{
    enum cor_status status = COR_OK;
    cor_json_open(json, key, '[');
    for (size_t i = 0; status == COR_OK && i < count; i++)
        status = put_place(json, index, &places[i], kind);
    cor_json_close(json, ']');
    return status;
}

static enum cor_status put_all_places(struct cor_json *json, const struct cor_index *index,
                                      const struct cor_case_symbol *symbol)
{
    enum cor_status status = put_places(json, index, "definitions", symbol->definitions.items,
                                        symbol->definitions.count, PLACE_DEFINITION);
    if (status == COR_OK)
        status = put_places(json, index, "namesakes", symbol->namesakes.items,
                            symbol->namesakes.count, PLACE_NAMESAKE);
    if (status == COR_OK)
        status = put_places(json, index, "declarations", symbol->declarations.items,
                            symbol->declarations.count, PLACE_DECLARATION);
    if (status == COR_OK)
        status =
            put_places(json, index, "calls", symbol->calls.items, symbol->calls.count, PLACE_CALL);
    return status;
}

static void put_admissions(struct cor_json *json, const struct cor_index *index,
                           const struct cor_case_symbol *symbol)
{
    cor_json_open(json, "admissions", '[');
    for (size_t i = 0; i < symbol->admissions.count; i++) {
        const struct cor_case_admission *row = &symbol->admissions.items[i];
        cor_json_open(json, NULL, '{');
        cor_json_text(json, "input", cor_json_input_name(index->case_, row->input));
        cor_json_text(json, "file", row->file);
        put_line(json, row->line);
        cor_json_text(json, "text", row->text);
        if (row->component)
            cor_json_number(json, "component", row->component);
        else
            cor_json_null(json, "component");
        cor_json_text(json, "word", row->word);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
}

static void put_command(struct cor_json *json, struct cor_arena *arena, const char *text)
{
    char *line = cor_arena_copy(arena, text, strlen(text) + 1);
    for (char *at = line; at && *at; at++)
        if (*at == '\n')
            *at = ' ';
    cor_json_text(json, NULL, line ? line : text);
}

static enum cor_status put_commands(struct cor_json *json, const struct cor_index *index,
                                    const struct cor_case_symbol *symbol)
{
    struct cor_commands commands = {0};
    enum cor_status status = symbol->full ? cor_commands_symbol(index, symbol, &commands) : COR_OK;
    cor_json_open(json, "verify", '[');
    for (size_t i = 0; i < commands.list.count; i++)
        if (commands.list.items[i].text)
            put_command(json, &commands.arena, commands.list.items[i].text);
    cor_json_close(json, ']');
    cor_commands_dispose(&commands);
    return status;
}

enum cor_status cor_json_symbol(struct cor_json *json, const struct cor_index *index,
                                const struct cor_case_symbol *symbol)
{
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "name", symbol->name);
    cor_json_text(json, "class", cor_class_word(symbol->class_));
    cor_json_text(json, "reason", symbol->reason);
    put_flags(json, symbol->flags);
    cor_json_bool(json, "finding", symbol->finding);
    cor_json_text(json, "direction", cor_direction_word(symbol->direction));
    cor_json_bool(json, "data", symbol->data);
    cor_json_bool(json, "full", symbol->full);
    cor_json_excuse(json, symbol->excuse);
    put_needs(json, symbol);
    put_providers(json, symbol);
    cor_json_open(json, "references", '[');
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < symbol->references.count; i++)
        status = put_reference(json, &symbol->references.items[i]);
    cor_json_close(json, ']');
    if (status == COR_OK)
        status = put_all_places(json, index, symbol);
    if (status == COR_OK)
        status = put_commands(json, index, symbol);
    put_admissions(json, index, symbol);
    cor_json_close(json, '}');
    return status;
}
