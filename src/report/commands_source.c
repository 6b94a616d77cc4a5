// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stdio.h>
#include <string.h>

#include "report/unpack_command.h"
#include "report/maker.h"
#include "report/shell.h"

// As many as a stranger needs to see; the report says how many more there are.
enum { MOST_FILES = 6, MOST_HOLDERS = 8, MOST_LINES = 20 };

struct places {
    const struct cor_case_place *items;
    size_t count;
    const char *what;
};

static bool same_file(const struct cor_case_place *a, const struct cor_case_place *b)
{
    return a->input == b->input && a->file && b->file && strcmp(a->file, b->file) == 0;
}

// Shows all lines of `places` that stand in the file of its first place.
static enum cor_status add_lines(struct cor_maker *maker, struct places places, const char *file)
{
    enum cor_status status = cor_buffer_printf(&maker->text, " &&\nsed -n");
    unsigned count = 0;
    for (size_t i = 0; status == COR_OK && i < places.count && count < MOST_LINES; i++) {
        const struct cor_case_place *place = &places.items[i];
        if (!same_file(place, places.items) || place->line == 0)
            continue;
        uint32_t first = place->line > 2 ? place->line - 2 : 1;
        status = cor_buffer_printf(&maker->text, " -e %u,%up", first, place->line + 2);
        count++;
    }
    return status == COR_OK ? cor_buffer_printf(&maker->text, " %s", file) : status;
}

static const char *hash_text(struct cor_maker *maker, const struct cor_member *member)
{
    char *text = member && member->hashed ? cor_arena_alloc(cor_maker_arena(maker), 65, 1) : NULL;
    for (size_t i = 0; text && i < 32; i++)
        snprintf(text + 2 * i, 3, "%02x", member->sha256[i]);
    return text;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static enum cor_status source_file(struct cor_maker *maker, struct places places, unsigned number)
{
    const struct cor_case_place *place = places.items;
    const char *path =
        cor_index_source_path(maker->index, place->input, place->file, cor_maker_arena(maker));
    const char *file = cor_maker_file(maker, 's', number, base_name(place->file));
    const char *why = NULL;
    if (!path || !file)
        return COR_NOMEM;
    const struct cor_member *member =
        cor_index_member(maker->index, place->input, cor_slice_text(path));
    enum cor_status status =
        cor_maker_unpack(maker, place->input, path, file, hash_text(maker, member), &why);
    if (status == COR_UNSUPPORTED)
        return cor_maker_cannot(maker, why);
    if (status == COR_OK)
        status = add_lines(maker, places, file);
    if (status != COR_OK)
        return status;
    return cor_maker_finish(maker, cor_arena_printf(cor_maker_arena(maker), "%s in %s", places.what,
                                                    cor_index_inner_name(place->file)));
}

static bool is_among(const struct cor_case_place *place, const struct cor_case_place *const *seen,
                     unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (same_file(seen[i], place))
            return true;
    return false;
}

static enum cor_status sources(struct cor_maker *maker, struct places places, unsigned *number)
{
    const struct cor_case_place *seen[MOST_FILES];
    enum cor_status status = COR_OK;
    unsigned count = 0;
    for (size_t i = 0; status == COR_OK && i < places.count; i++) {
        const struct cor_case_place *place = &places.items[i];
        if (!place->file || !place->line || place->input >= maker->index->case_->inputs.count ||
            is_among(place, seen, count))
            continue;
        if (count == MOST_FILES)
            return cor_maker_cannot(maker, "likewise for the further files");
        seen[count++] = place;
        status =
            source_file(maker, (struct places){place, places.count - i, places.what}, ++*number);
    }
    return status;
}

// Lines longer than a screen are cut; bytes that a terminal would mind become question marks.
static enum cor_status finish_search(struct cor_maker *maker, const char *name)
{
    enum cor_status status = cor_buffer_printf(
        &maker->text,
        " |\nLC_ALL=C tr -c '\\n\\t -~' '?' | grep -E '(^|[^A-Za-z0-9_])%s([^A-Za-z0-9_]|$)' |\n"
        "cut -c 1-200 | grep . || echo 'no line names it'",
        maker->pattern);
    if (status != COR_OK)
        return status;
    enum cor_class class_ = maker->symbol->class_;
    bool absent = class_ == COR_CLASS_BINARY_ONLY || class_ == COR_CLASS_UNRESOLVED;
    return cor_maker_finish(
        maker, cor_arena_printf(cor_maker_arena(maker), "every line of %s that names it%s", name,
                                absent ? "; none is the start of its body" : ""));
}

static enum cor_status search_holder(struct cor_maker *maker, const struct cor_member *holder)
{
    const char *why = NULL;
    enum cor_status status = cor_unpack_command(&maker->text, maker->index, holder->input,
                                                holder->path, true, cor_maker_arena(maker), &why);
    if (status == COR_UNSUPPORTED)
        return cor_maker_cannot(maker, why);
    return status == COR_OK ? finish_search(maker, holder->path) : status;
}

static bool is_holder(const struct cor_maker *maker, uint32_t input)
{
    for (size_t i = 0; i < maker->index->holders.count; i++)
        if (maker->index->holders.items[i]->input == input)
            return true;
    return false;
}

static enum cor_status search_input(struct cor_maker *maker, const struct cor_input *input)
{
    enum cor_status status = cor_buffer_printf(
        &maker->text, input->folder ? "LC_ALL=C grep -rIEw '%s' " : "LC_ALL=C grep -aEw '%s' ",
        maker->pattern);
    if (status == COR_OK)
        status = cor_shell_file(&maker->text, input, "");
    return status == COR_OK ? finish_search(maker, input->name) : status;
}

// What shows the absence of a body: all that the release says of the name.
enum cor_status cor_maker_searches(struct cor_maker *maker)
{
    const struct cor_case *case_ = maker->index->case_;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < case_->inputs.count; i++)
        if (case_->inputs.items[i].role == COR_ROLE_SOURCE &&
            (case_->inputs.items[i].folder || !is_holder(maker, (uint32_t)i)))
            status = search_input(maker, &case_->inputs.items[i]);
    size_t count = maker->index->holders.count;
    for (size_t i = 0; status == COR_OK && i < count && i < MOST_HOLDERS; i++)
        status = search_holder(maker, maker->index->holders.items[i]);
    if (status == COR_OK && count > MOST_HOLDERS)
        status = cor_maker_cannot(maker,
                                  cor_arena_printf(cor_maker_arena(maker),
                                                   "likewise for %zu further containers of source",
                                                   count - MOST_HOLDERS));
    return status;
}

enum cor_status cor_maker_places(struct cor_maker *maker)
{
    const struct cor_case_symbol *symbol = maker->symbol;
    const struct places lists[] = {
        {symbol->calls.items, symbol->calls.count, "the calls"},
        {symbol->declarations.items, symbol->declarations.count, "the declarations"},
        {symbol->definitions.items, symbol->definitions.count, "the bodies"},
        {symbol->namesakes.items, symbol->namesakes.count,
         "the namesakes, which are not its body,"},
    };
    unsigned number = 0;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < sizeof lists / sizeof *lists; i++)
        status = sources(maker, lists[i], &number);
    return status;
}
