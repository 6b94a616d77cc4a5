// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/source_lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "verdict/body.h"

enum { DEEPEST = 12, MOST_PLACES = 4096, MOST_STEPS = 1 << 20 };

// One search: from the function's body down.
struct descent {
    struct cor_source_lines *lines;
    cor_source_places *places;
    const struct cor_source_body *chain[DEEPEST];
    unsigned depth, steps;
    enum cor_status status;
};

// Where the steps of a body count.
struct scene {
    const struct cor_source_body *body;
    uint32_t file, line; // of the macro's use; line 0: each step has its own
    const char *function;
    bool stands;
};

static int place_order(const void *a, const void *b, void *data)
{
    const struct cor_source_body *bodies = data;
    const struct cor_source_body *x = &bodies[*(const uint32_t *)a],
                                 *y = &bodies[*(const uint32_t *)b];
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x > y) - (x < y);
}

static enum cor_status order_bodies(struct cor_pipeline *pipeline)
{
    size_t count = pipeline->source.bodies.count;
    if (pipeline->bodies_by_place)
        return COR_OK;
    pipeline->bodies_by_place = cor_arena_alloc(&pipeline->arena, count, sizeof(uint32_t));
    if (!pipeline->bodies_by_place)
        return COR_NOMEM;
    for (size_t i = 0; i < count; i++)
        pipeline->bodies_by_place[i] = (uint32_t)i;
    if (count)
        qsort_r(pipeline->bodies_by_place, count, sizeof(uint32_t), place_order,
                pipeline->source.bodies.items);
    return COR_OK;
}

enum cor_status cor_source_lines_open(struct cor_pipeline *pipeline,
                                      const struct cor_component *component,
                                      struct cor_source_lines *lines)
{
    *lines = (struct cor_source_lines){
        .pipeline = pipeline, .component = component, .visible_from = COR_NONE};
    cor_map_init(&lines->known);
    enum cor_status status = order_bodies(pipeline);
    return status == COR_OK ? cor_homes_find(pipeline, component, &lines->homes) : status;
}

void cor_source_lines_close(struct cor_source_lines *lines)
{
    for (size_t i = 0; i < lines->functions.count; i++)
        cor_array_dispose(&lines->functions.items[i].places);
    cor_array_dispose(&lines->functions);
    cor_map_dispose(&lines->known);
    cor_free(lines->visible);
    cor_homes_dispose(&lines->homes);
}

static enum cor_status add_place(struct descent *descent, struct cor_source_place place)
{
    cor_source_places *places = descent->places;
    for (size_t i = 0; i < places->count; i++) {
        struct cor_source_place *old = &places->items[i];
        if (old->name != place.name || old->file != place.file || old->line != place.line)
            continue;
        old->stands &= place.stands;
        old->hidden &= place.hidden;
        old->call |= place.call;
        return COR_OK;
    }
    return places->count < MOST_PLACES ? cor_array_add(places, place) : COR_OK;
}

// Whether the component has a symbol of this name, be it with a compiler's suffix.
static bool has_symbol(const struct cor_component *component, const struct cor_name *name)
{
    size_t low = 0, high = component->defined.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(component->defined.items[middle].name->text, name->text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == component->defined.count)
        return false;
    const char *found = component->defined.items[low].name->text;
    return strncmp(found, name->text, name->size) == 0 &&
           (found[name->size] == '\0' || found[name->size] == '.');
}

// Code for another processor is not seen.
static bool accepts(void *context, uint32_t file)
{
    const struct cor_source_lines *lines = context;
    const struct cor_body_query query = {lines->root, lines->component, NULL};
    const struct cor_definition as = {.name = lines->root, .file = file, .active = true};
    return !cor_namesake_why(&query, &as, &lines->pipeline->source.files.items[file]);
}

static enum cor_status look_from(struct cor_source_lines *lines, uint32_t file)
{
    size_t words = lines->pipeline->source.files.count / 64 + 1;
    if (lines->visible_from == file)
        return COR_OK;
    if (!lines->visible)
        lines->visible = cor_alloc(words * sizeof *lines->visible);
    if (!lines->visible)
        return COR_NOMEM;
    memset(lines->visible, 0, words * sizeof *lines->visible);
    lines->visible_from = file;
    return cor_recogniser_visible(lines->pipeline->recogniser, file, accepts, lines,
                                  lines->visible);
}

// A body of another unit is not inlined; one of the same file, or of what it includes, may be.
static bool can_enter(const struct descent *descent, const struct cor_source_body *to)
{
    for (unsigned i = 0; i < descent->depth; i++)
        if (descent->chain[i] == to)
            return false;
    return descent->depth < DEEPEST && descent->lines->visible[to->file / 64] >> to->file % 64 & 1;
}

static void descend(struct descent *descent, struct scene scene);

// An inline function of the same name may be what is called.
static bool is_hidden(const struct descent *descent, const struct cor_source_body *from,
                      const struct cor_name *name)
{
    const struct cor_source_bodies run = cor_source_bodies(&descent->lines->pipeline->source, name);
    for (size_t i = 0; name != from->name && i < run.count; i++)
        if (!run.items[i].macro && can_enter(descent, &run.items[i]))
            return true;
    return false;
}

static void enter(struct descent *descent, const struct scene *scene,
                  const struct cor_source_step *step, struct cor_source_place place)
{
    const struct cor_source_bodies run =
        cor_source_bodies(&descent->lines->pipeline->source, step->name);
    for (size_t i = 0; i < run.count && descent->status == COR_OK; i++) {
        const struct cor_source_body *body = &run.items[i];
        if (!can_enter(descent, body))
            continue;
        struct scene inner = {body, place.file, place.line, scene->function, scene->stands};
        if (!body->macro) {
            inner.line = 0;
            inner.function = body->name->text;
            inner.stands |= has_symbol(descent->lines->component, body->name);
        }
        descend(descent, inner);
    }
}

static void descend(struct descent *descent, struct scene scene)
{
    const struct cor_pipeline *pipeline = descent->lines->pipeline;
    uint64_t wanted;
    descent->chain[descent->depth++] = scene.body;
    for (size_t i = 0; i < scene.body->count && descent->status == COR_OK; i++) {
        const struct cor_source_step *step = &pipeline->source.steps.items[scene.body->first + i];
        if (!step->active || descent->steps++ > MOST_STEPS)
            continue;
        struct cor_source_place place = {.name = step->name,
                                         .file = scene.line ? scene.file : scene.body->file,
                                         .line = scene.line ? scene.line : step->line,
                                         .function = scene.function,
                                         .call = step->call,
                                         .stands = scene.stands};
        place.hidden = is_hidden(descent, scene.body, step->name);
        if (cor_map_get(&pipeline->wanted, step->name, &wanted))
            descent->status = add_place(descent, place);
        enter(descent, &scene, step, place);
    }
    descent->depth--;
}

static const struct cor_symbol *symbol_of(const struct cor_component *component,
                                          const char *function)
{
    size_t low = 0, high = component->defined.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(component->defined.items[middle].name->text, function) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < component->defined.count; low++) {
        const struct cor_symbol *symbol = &component->defined.items[low];
        if (strcmp(symbol->name->text, function) != 0)
            break;
        if (cor_symbol_is_function(symbol))
            return symbol;
    }
    return NULL;
}

struct roots {
    const struct cor_source_lines *lines;
    const struct cor_symbol *symbol;
    const struct cor_definition *best[4];
    unsigned count;
    uint32_t weight;
};

// Of the bodies that can be the function's those at home.
static bool take_root(void *context, const struct cor_body_candidate *candidate)
{
    struct roots *roots = context;
    const struct cor_definition *definition = candidate->definition;
    const struct cor_source_facts *source = &roots->lines->pipeline->source;
    if (candidate->why_not || !cor_home_fits(roots->lines->component, roots->symbol,
                                             &source->files.items[definition->file]))
        return true;
    uint32_t weight = cor_homes_weight(&roots->lines->homes, source, definition->file);
    if (weight < roots->weight && roots->count)
        return true;
    if (weight > roots->weight)
        roots->count = 0;
    roots->weight = weight;
    if (roots->count < sizeof roots->best / sizeof *roots->best)
        roots->best[roots->count++] = definition;
    return true;
}

static const struct cor_source_body *body_at(const struct cor_source_lines *lines, uint32_t file,
                                             uint32_t line)
{
    const struct cor_source_facts *source = &lines->pipeline->source;
    size_t low = 0, high = source->bodies.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cor_source_body *body =
            &source->bodies.items[lines->pipeline->bodies_by_place[middle]];
        if (body->file < file || (body->file == file && body->line < line))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == source->bodies.count)
        return NULL;
    const struct cor_source_body *body =
        &source->bodies.items[lines->pipeline->bodies_by_place[low]];
    return body->file == file && body->line == line && !body->macro ? body : NULL;
}

// Where the inline function of the name uses the name itself, what is called is the inline one.
static void drop_hidden(cor_source_places *places)
{
    size_t kept = 0;
    for (size_t i = 0; i < places->count; i++) {
        const struct cor_source_place *place = &places->items[i];
        bool drop = false;
        for (size_t k = 0; place->hidden && k < places->count && !drop; k++)
            drop = places->items[k].name == place->name && !places->items[k].hidden &&
                   strcmp(places->items[k].function, place->name->text) == 0;
        if (!drop)
            places->items[kept++] = *place;
    }
    places->count = kept;
}

static enum cor_status find_places(struct cor_source_lines *lines, const struct cor_symbol *symbol,
                                   cor_source_places *places)
{
    const struct cor_evidence evidence = {.product = &lines->pipeline->product,
                                          .source = &lines->pipeline->source,
                                          .names = lines->pipeline->names};
    struct roots roots = {.lines = lines, .symbol = symbol};
    struct descent descent = {.lines = lines, .places = places};
    const struct cor_body_query query = {symbol->name, lines->component, symbol};
    lines->root = symbol->name;
    cor_body_candidates(&evidence, &query, take_root, &roots);
    for (unsigned i = 0; i < roots.count && descent.status == COR_OK; i++) {
        const struct cor_source_body *body =
            body_at(lines, roots.best[i]->file, roots.best[i]->line);
        if (!body)
            continue;
        descent.status = look_from(lines, body->file);
        if (descent.status == COR_OK)
            descend(&descent, (struct scene){body, body->file, 0, body->name->text, false});
    }
    drop_hidden(places);
    return descent.status;
}

// "cleanup_module" stands where the driver's own function does.
static enum cor_status find_by_other_names(struct cor_source_lines *lines,
                                           const struct cor_symbol *symbol,
                                           cor_source_places *places)
{
    const struct cor_component *component = lines->component;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && !places->count && i < component->defined.count; i++) {
        const struct cor_symbol *other = &component->defined.items[i];
        if (other != symbol && cor_symbol_is_function(other) && other->section == symbol->section &&
            other->address == symbol->address)
            status = find_places(lines, other, places);
    }
    return status;
}

enum cor_status cor_source_lines_find(struct cor_source_lines *lines, const char *function,
                                      const cor_source_places **ret_places)
{
    const struct cor_symbol *symbol = symbol_of(lines->component, function);
    uint64_t known;
    *ret_places = NULL;
    if (!symbol)
        return COR_OK;
    if (!cor_map_get(&lines->known, symbol, &known)) {
        known = lines->functions.count + 1;
        if (cor_array_add(&lines->functions, (struct cor_source_function){function, {0}}) !=
                COR_OK ||
            cor_map_put(&lines->known, symbol, known) != COR_OK)
            return COR_NOMEM;
        cor_source_places *places = &lines->functions.items[known - 1].places;
        enum cor_status status = find_places(lines, symbol, places);
        if (status == COR_OK && !places->count)
            status = find_by_other_names(lines, symbol, places);
        if (status != COR_OK)
            return status;
    }
    *ret_places = &lines->functions.items[known - 1].places;
    return COR_OK;
}
