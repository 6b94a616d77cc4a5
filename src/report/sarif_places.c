// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Where a result stands: its lines in the source, with what stands around them, and the evidence
// beside them.
#include "report/sarif_places.h"

#include <inttypes.h>
#include <string.h>

#include "report/index.h"

enum { MOST_LOCATIONS = 50, MOST_RELATED = 12 };

// A reference of RFC 3986: all but its unreserved characters and "/" as %2f.
static void put_uri(struct cor_json *json, const char *path)
{
    char uri[3 * 4096 + 1];
    size_t size = 0;
    for (const char *at = path; *at && size + 4 < sizeof uri; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                     (*at >= '0' && *at <= '9') || strchr("-._~/", *at);
        size += (size_t)snprintf(uri + size, sizeof uri - size, plain ? "%c" : "%%%02X",
                                 (unsigned char)*at);
    }
    uri[size] = 0;
    cor_json_text(json, "uri", uri);
}

static void put_text(struct cor_json *json, const char *key, const char *text)
{
    cor_json_open(json, key, '{');
    cor_json_text(json, "text", text);
    cor_json_close(json, '}');
}

// The line itself, out of the lines around it; NULL where they are not known, or memory is out.
static const char *line_of(const struct cor_case_place *place, struct cor_arena *arena)
{
    const char *at = place->excerpt;
    for (uint32_t line = place->excerpt_line; at && line < place->line; line++) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    return at && *at ? cor_arena_text(arena, cor_slice(at, strcspn(at, "\n"))) : NULL;
}

static void put_regions(struct cor_json *json, const struct cor_case_place *place)
{
    struct cor_arena arena;
    cor_arena_init(&arena);
    const char *line = line_of(place, &arena);
    uint32_t lines = 0;
    cor_json_open(json, "region", '{');
    cor_json_number(json, "startLine", place->line);
    if (line)
        put_text(json, "snippet", line);
    cor_json_close(json, '}');
    for (const char *at = place->excerpt; at && (at = strchr(at, '\n')); at++)
        lines++;
    if (line && lines > 1) {
        cor_json_open(json, "contextRegion", '{');
        cor_json_number(json, "startLine", place->excerpt_line);
        cor_json_number(json, "endLine", place->excerpt_line + lines - 1);
        put_text(json, "snippet", place->excerpt);
        cor_json_close(json, '}');
    }
    cor_arena_dispose(&arena);
}

static void open_location(struct cor_json *json, const char *path)
{
    cor_json_open(json, NULL, '{');
    cor_json_open(json, "physicalLocation", '{');
    cor_json_open(json, "artifactLocation", '{');
    put_uri(json, path);
    cor_json_close(json, '}');
}

static void put_function(struct cor_json *json, const char *name)
{
    if (!name)
        return;
    cor_json_open(json, "logicalLocations", '[');
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "name", name);
    cor_json_text(json, "kind", "function");
    cor_json_close(json, '}');
    cor_json_close(json, ']');
}

void cor_sarif_file(struct cor_json *json, const char *path, const char *function)
{
    open_location(json, path);
    cor_json_close(json, '}');
    put_function(json, function);
    cor_json_close(json, '}');
}

static void put_licence(struct cor_json *json, const struct cor_case_source_file *file)
{
    if (!file || !file->line)
        return;
    cor_json_open(json, "properties", '{');
    cor_json_text(json, file->licence ? "licence" : "licenceNotice",
                  file->licence ? file->licence : file->notice);
    cor_json_number(json, "licenceLine", file->line);
    cor_json_close(json, '}');
}

static void put_place(struct cor_json *json, const struct cor_case *case_,
                      const struct cor_case_place *place)
{
    open_location(json, cor_index_inner_name(place->file));
    if (place->line)
        put_regions(json, place);
    cor_json_close(json, '}');
    put_function(json, place->function);
    put_licence(json, cor_case_source_file(case_, place->input, place->file));
    cor_json_close(json, '}');
}

void cor_sarif_locations(struct cor_json *json, const struct cor_case *case_,
                         const struct cor_case_symbol *symbol)
{
    const struct cor_case_component *component = cor_case_component_by_id(
        case_, symbol->needed_by.count   ? symbol->needed_by.items[0].component
               : symbol->providers.count ? symbol->providers.items[0].component
                                         : 0);
    cor_json_open(json, "locations", '[');
    for (size_t i = 0; i < symbol->calls.count && i < MOST_LOCATIONS; i++)
        if (symbol->calls.items[i].file)
            put_place(json, case_, &symbol->calls.items[i]);
    if (symbol->calls.count == 0 && symbol->declarations.count &&
        symbol->declarations.items[0].file)
        put_place(json, case_, &symbol->declarations.items[0]);
    else if (symbol->calls.count == 0 && component)
        cor_sarif_file(json, component->path, NULL);
    cor_json_close(json, ']');
}

// A place in a component, with what is to be said of it.
static void put_related(struct cor_json *json, const struct cor_case *case_, uint32_t id,
                        uint64_t address, const char *function, const char *message)
{
    const struct cor_case_component *component = cor_case_component_by_id(case_, id);
    if (!component || !message)
        return;
    open_location(json, component->path);
    cor_json_open(json, "address", '{');
    cor_json_number(json, "absoluteAddress", address);
    cor_json_text(json, "fullyQualifiedName", component->name);
    cor_json_close(json, '}');
    cor_json_close(json, '}');
    put_function(json, function);
    put_text(json, "message", message);
    cor_json_close(json, '}');
}

void cor_sarif_related(struct cor_json *json, const struct cor_case *case_,
                       const struct cor_case_symbol *symbol)
{
    struct cor_arena arena;
    cor_arena_init(&arena);
    cor_json_open(json, "relatedLocations", '[');
    for (size_t i = 0; i < symbol->references.count && i < MOST_RELATED; i++) {
        const struct cor_case_reference *row = &symbol->references.items[i];
        put_related(json, case_, row->component, row->offset, row->function,
                    cor_arena_printf(&arena, "relocation row %s+0x%" PRIx64 " %s, addend %" PRId64,
                                     row->section ? row->section : "-", row->offset,
                                     row->type ? row->type : "-", row->addend));
    }
    for (size_t i = 0; i < symbol->providers.count && i < MOST_RELATED; i++) {
        const struct cor_case_provider *provider = &symbol->providers.items[i];
        put_related(json, case_, provider->component, provider->address, symbol->name,
                    cor_arena_printf(&arena, "defined here, in %s, %" PRIu64 " bytes",
                                     provider->section ? provider->section : "-", provider->size));
    }
    cor_json_close(json, ']');
    cor_arena_dispose(&arena);
}
