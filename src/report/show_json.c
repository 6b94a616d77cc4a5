// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What `show` tells, as JSON: the rows of correspond-report/1 that a word means.
#include <stdlib.h>
#include <string.h>

#include "report/find.h"
#include "report/json.h"
#include "report/put.h"
#include "report/show.h"

struct telling {
    struct cor_json json;
    const struct cor_index *index;
    const char *what;
    bool found;
};

static enum cor_status put_symbols(struct telling *telling)
{
    const struct cor_case *case_ = telling->index->case_;
    enum cor_status status = COR_OK;
    cor_json_open(&telling->json, "symbols", '[');
    for (size_t i = 0; status == COR_OK && i < case_->symbols.count; i++) {
        if (strcmp(case_->symbols.items[i].name, telling->what) != 0)
            continue;
        telling->found = true;
        cor_json_line(&telling->json);
        status = cor_json_symbol(&telling->json, telling->index, &case_->symbols.items[i]);
    }
    cor_json_close(&telling->json, ']');
    return status;
}

static void put_components(struct telling *telling)
{
    const struct cor_case *case_ = telling->index->case_;
    cor_json_open(&telling->json, "components", '[');
    for (size_t i = 0; i < case_->components.count; i++) {
        if (!cor_means_component(&case_->components.items[i], telling->what))
            continue;
        telling->found = true;
        cor_json_line(&telling->json);
        cor_json_component(&telling->json, case_, &case_->components.items[i]);
    }
    cor_json_close(&telling->json, ']');
}

static void put_member(struct cor_json *json, const struct cor_member *member)
{
    char hex[65] = "";
    for (unsigned i = 0; member->hashed && i < sizeof member->sha256; i++)
        snprintf(hex + 2 * i, 3, "%02x", member->sha256[i]);
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "path", member->path);
    cor_json_text(json, "format", member->format);
    cor_json_number(json, "size", member->size);
    cor_json_text(json, "sha256", member->hashed ? hex : NULL);
    cor_json_text(json, "state", cor_state_word(member->state));
    cor_json_text(json, "reason", member->reason);
    cor_json_close(json, '}');
}

static void put_members(struct telling *telling)
{
    const struct cor_case *case_ = telling->index->case_;
    cor_json_open(&telling->json, "members", '[');
    for (size_t i = 0; i < case_->members.count; i++)
        if (cor_means_path(case_->members.items[i].path, telling->what)) {
            telling->found = true;
            put_member(&telling->json, &case_->members.items[i]);
        }
    cor_json_close(&telling->json, ']');
}

static void put_places(struct telling *telling, const struct cor_case_symbol *symbol,
                       const char *role, const struct cor_case_place *places, size_t count)
{
    struct cor_json *json = &telling->json;
    for (size_t i = 0; i < count; i++) {
        if (!cor_means_path(places[i].file, telling->what))
            continue;
        telling->found = true;
        cor_json_line(json);
        cor_json_open(json, NULL, '{');
        cor_json_text(json, "file", places[i].file);
        cor_json_number(json, "line", places[i].line);
        cor_json_text(json, "is", role);
        cor_json_text(json, "symbol", symbol->name);
        cor_json_text(json, "class", cor_class_word(symbol->class_));
        cor_json_text(json, "function", places[i].function);
        cor_json_bool(json, "active", places[i].active);
        cor_json_close(json, '}');
    }
}

static void put_mentions(struct telling *telling)
{
    const struct cor_case *case_ = telling->index->case_;
    cor_json_open(&telling->json, "mentions", '[');
    for (size_t i = 0; i < case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &case_->symbols.items[i];
        put_places(telling, symbol, "call", symbol->calls.items, symbol->calls.count);
        put_places(telling, symbol, "declaration", symbol->declarations.items,
                   symbol->declarations.count);
        put_places(telling, symbol, "definition", symbol->definitions.items,
                   symbol->definitions.count);
        put_places(telling, symbol, "namesake", symbol->namesakes.items, symbol->namesakes.count);
    }
    cor_json_close(&telling->json, ']');
}

static void put_sources(struct telling *telling)
{
    const struct cor_case *case_ = telling->index->case_;
    cor_json_open(&telling->json, "sources", '[');
    for (size_t i = 0; i < case_->source_files.count; i++)
        if (cor_means_path(case_->source_files.items[i].path, telling->what)) {
            cor_json_line(&telling->json);
            cor_json_source_file(&telling->json, case_, &case_->source_files.items[i]);
        }
    cor_json_close(&telling->json, ']');
}

static enum cor_status tell(struct telling *telling)
{
    cor_json_open(&telling->json, NULL, '{');
    cor_json_line(&telling->json);
    cor_json_text(&telling->json, "schema", "correspond-show/1");
    cor_json_line(&telling->json);
    cor_json_text(&telling->json, "what", telling->what);
    cor_json_line(&telling->json);
    enum cor_status status = put_symbols(telling);
    cor_json_line(&telling->json);
    put_components(telling);
    cor_json_line(&telling->json);
    put_members(telling);
    cor_json_line(&telling->json);
    put_mentions(telling);
    cor_json_line(&telling->json);
    put_sources(telling);
    cor_json_close(&telling->json, '}');
    fputc('\n', telling->json.out);
    return status;
}

enum cor_status cor_show_json(const struct cor_case *case_, const char *what, FILE *out)
{
    char *text = NULL;
    size_t size = 0;
    struct cor_index index;
    enum cor_status status = cor_index_init(&index, case_);
    if (status != COR_OK)
        return status;
    // Whether anything is meant shows at the end; until then nothing may be written.
    struct telling telling = {.index = &index, .what = what, .json = {.out = NULL}};
    telling.json.out = open_memstream(&text, &size);
    status = telling.json.out ? tell(&telling) : COR_NOMEM;
    if (telling.json.out && fclose(telling.json.out) != 0 && status == COR_OK)
        status = COR_NOMEM;
    if (status == COR_OK && !telling.found)
        status = COR_NOT_FOUND;
    if (status == COR_OK) {
        fwrite(text, 1, size, out);
        status = cor_put_done(out);
    }
    free(text);
    cor_index_dispose(&index);
    return status;
}
