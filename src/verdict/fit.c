// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Whether a body of the right name is of the component that has the symbol. The names of files in
// the binary decide first, then what stands beside the function, then who else comes from there.
#include "verdict/support.h"

#include <string.h>

#include "verdict/fit_print.h"

// So many other functions without any body make a lone namesake certain.
enum { CERTAIN = 5 };

struct fit {
    const struct cor_evidence *evidence;
    const struct cor_support *support;
    const struct cor_body_query *query;
    const struct cor_source_file *file;
    uint32_t number; // of the file
    uint32_t row;    // of the symbol
    uint32_t unit;   // whose function it is; COR_NONE
    struct cor_count count;
    uint32_t others; // functions of the component that come from this file and from no other
    const char *why;
};

static bool in_file(void *context, const struct cor_body_candidate *candidate)
{
    struct fit *fit = context;
    if (candidate->why_not || candidate->definition->file != fit->number)
        return true;
    fit->number = COR_NONE; // found
    return false;
}

// Whether the function in that row has a candidate in the file.
static bool row_in_file(const struct fit *fit, uint32_t row)
{
    const struct cor_symbol *symbol = &fit->query->component->defined.items[row];
    const struct cor_body_query query = {symbol->name, fit->query->component, symbol};
    struct fit search = *fit;
    cor_body_candidates(fit->evidence, &query, in_file, &search);
    return search.number == COR_NONE;
}

// The file that the nearest function on one side comes from, where that has one candidate alone.
static uint32_t file_beside(const struct fit *fit, uint32_t of, int step)
{
    enum { REACH = 4 };
    const struct cor_layout *layout = &fit->support->layout;
    const struct cor_symbol *rows = fit->query->component->defined.items;
    uint32_t place = layout->place[of];
    for (int i = 0; i < REACH && place != COR_NONE; i++) {
        if (step < 0 ? place == 0 : place + 1 >= layout->count)
            break;
        place = step < 0 ? place - 1 : place + 1;
        uint32_t row = layout->order[place];
        if (rows[row].section != rows[of].section)
            break;
        if (fit->support->sole[row] != COR_SEVERAL)
            return fit->support->sole[row];
    }
    return COR_NONE;
}

static bool stands_beside(const struct fit *fit)
{
    return file_beside(fit, fit->row, -1) == fit->number ||
           file_beside(fit, fit->row, 1) == fit->number;
}

// Both neighbours come from one other file.
static bool stands_within_another(const struct fit *fit)
{
    uint32_t file = file_beside(fit, fit->row, -1);
    return file != COR_NONE && file == file_beside(fit, fit->row, 1) && file != fit->number &&
           !fit->evidence->source->files.items[file].header &&
           !fit->evidence->source->files.items[file].included;
}

static bool is_named(const struct fit *fit)
{
    const struct cor_component *component = fit->query->component;
    for (size_t i = 0; i < component->files.count; i++)
        if (cor_is_unit_name(component->files.items[i]) &&
            cor_same_stem(component->files.items[i], fit->file->path))
            return true;
    return false;
}

// Every file that the binary names was found in the release, so that no other can be a renamed one.
static bool all_names_taken(const struct fit *fit)
{
    const struct cor_component *component = fit->query->component;
    size_t names = 0;
    for (size_t i = 0; i < component->files.count; i++) {
        uint64_t most = 0;
        if (!cor_is_unit_name(component->files.items[i]))
            continue;
        names++;
        if (!cor_map_get(&fit->support->stems, cor_stem_key(component->files.items[i]), &most))
            return false;
    }
    return names > 0;
}

static enum cor_fit say(struct fit *fit, enum cor_fit answer, const char *why)
{
    fit->why = why;
    return answer;
}

// Functions of the unit that this file has and no file of the unit's own name.
static uint32_t moved_here(const struct fit *fit)
{
    const struct cor_layout *layout = &fit->support->layout;
    uint32_t count = 0;
    for (size_t i = 0; i < layout->count; i++) {
        uint32_t row = layout->order[i];
        if (layout->unit[row] == fit->unit && row != fit->row)
            count += fit->support->sole[row] == fit->number ||
                     (fit->support->sole[row] == COR_SEVERAL && row_in_file(fit, row));
    }
    return count;
}

static bool owned_elsewhere(const struct fit *fit)
{
    const struct cor_owners *owners = fit->support->owners;
    return owners && owners->best[fit->number] >= 2 && owners->best[fit->number] > fit->count.sole;
}

static uint64_t get(const struct cor_map *map, const void *key)
{
    uint64_t value = 0;
    cor_map_get(map, key, &value);
    return value;
}

static bool has_main(const struct fit *fit)
{
    const struct cor_owners *owners = fit->support->owners;
    return owners && get(&owners->mains, cor_file_key(fit->number)) > 0;
}

// Whoever has a static function of a file has the global ones that use it.
static bool lacks_globals(const struct fit *fit)
{
    uint32_t main = has_main(fit), bodies = fit->file->bodies;
    if (bodies > main)
        return fit->count.external == 0;
    return main && !fit->support->has_main;
}

// Header or template: it is in whatever unit includes it.
static enum cor_fit fit_included(struct fit *fit, const struct cor_unit_count *unit)
{
    if (fit->file->included || fit->count.all > 1)
        return COR_FIT_BODY;
    return say(fit, unit->at_home ? COR_FIT_NAMESAKE : COR_FIT_DOUBTFUL,
               "it stands in a header that no file of the release includes");
}

// The binary says which unit the function is of.
static enum cor_fit fit_unit(struct fit *fit)
{
    static const char other_file[] = "the binary says that the function is of another file";
    const struct cor_unit_count *unit = &fit->support->units[fit->unit];
    uint32_t here = moved_here(fit);
    if (fit->file->included || fit->file->header)
        return fit_included(fit, unit);
    if (unit->at_home * 2 > unit->with_body)
        return here >= 2 && fit->others >= 2 && !is_named(fit)
                   ? COR_FIT_BODY
                   : say(fit, COR_FIT_NAMESAKE, other_file);
    if (is_named(fit) && fit->count.all > here + 1)
        return say(fit, COR_FIT_NAMESAKE, other_file);
    bool stranger = owned_elsewhere(fit) || lacks_globals(fit);
    if ((here + 1) * 2 > unit->functions && !stranger)
        return COR_FIT_BODY;
    if (stranger || (has_main(fit) && here == 0 && unit->functions >= 3))
        return say(
            fit, COR_FIT_NAMESAKE,
            "the binary says of which file the function is, and the release lacks that file");
    if (unit->with_body * 2 > unit->functions && here >= 1)
        return COR_FIT_BODY;
    return say(fit, COR_FIT_DOUBTFUL, "the binary names another file, which the release lacks");
}

// A file with the name that the binary gives may still be another of that name.
static enum cor_fit fit_home(struct fit *fit)
{
    const struct cor_unit_count *unit = &fit->support->units[fit->unit];
    if (fit->query->component->defined.items[fit->row].binding != COR_BIND_LOCAL ||
        fit->file->header || fit->file->included || !(lacks_globals(fit) || owned_elsewhere(fit)) ||
        (moved_here(fit) + 1) * 2 > unit->functions)
        return COR_FIT_BODY;
    return say(fit, COR_FIT_NAMESAKE, "its file only shares its name with the one that is missing");
}

static bool is_test_path(const char *path)
{
    static const char *const folders[] = {"test/",      "tests/",    "testsuite/", "unittest/",
                                          "unittests/", "selftest/", "selftests/"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *at = strstr(path, folders[i]);
        if (at && (at == path || at[-1] == '/'))
            return true;
    }
    return false;
}

// Of all files with a main(), the one that the component has most functions of. With `alone` no
// other has as many.
static bool is_best_main(const struct fit *fit, bool alone)
{
    const struct cor_name *name = cor_names_find(fit->evidence->names, COR_SLICE("main"));
    struct cor_definitions run = {0};
    if (name)
        run = cor_source_definitions(fit->evidence->source, name);
    for (size_t i = 0; i < run.count; i++)
        if (run.items[i].file != fit->number &&
            cor_support_count(fit->support, run.items[i].file).all >= fit->count.all + !alone)
            return false;
    return run.count > 0 && fit->count.all > 1;
}

// Nothing but the name joins the file to the component.
static enum cor_fit fit_stranger(struct fit *fit)
{
    const struct cor_support *support = fit->support;
    const struct cor_owners *owners = support->owners;
    const void *folder_key = cor_folder_key(fit->file->path);
    uint64_t folder = get(&support->folders, folder_key);
    folder -= folder && support->sole[fit->row] == fit->number;
    if (fit->count.all >= 2 && fit->count.all * 2 > support->functions && !owned_elsewhere(fit))
        return COR_FIT_BODY;
    if (owned_elsewhere(fit))
        return say(fit, folder ? COR_FIT_DOUBTFUL : COR_FIT_NAMESAKE,
                   "the file is another component's");
    bool is_main = strcmp(fit->query->name->text, "main") == 0;
    if (has_main(fit) && support->has_main &&
        (is_best_main(fit, true) ||
         (folder && is_best_main(fit, false) && (!is_main || fit->count.all > 1))))
        return COR_FIT_BODY;
    if (has_main(fit))
        return say(fit, folder || support->has_main ? COR_FIT_DOUBTFUL : COR_FIT_NAMESAKE,
                   "its file is a program of its own, with a main()");
    if (owners && !folder && get(&owners->mains, folder_key))
        return say(fit, COR_FIT_DOUBTFUL,
                   "it may be of another program, whose main() stands in the same folder");
    if (!folder && is_test_path(fit->file->path))
        return say(fit, COR_FIT_DOUBTFUL, "it stands in a folder of tests");
    if (folder >= 2)
        return COR_FIT_BODY;
    bool foreign_folder = owners && get(&owners->folders, folder_key) >= 3 && !folder;
    if (support->with_body * 2 >= support->functions && fit->file->bodies <= 2 && !foreign_folder)
        return COR_FIT_BODY;
    bool lone = support->with_body <= 1 && support->functions - support->with_body >= CERTAIN;
    return lone ? say(fit, COR_FIT_NAMESAKE,
                      "nothing of the component that has it comes from the release")
                : say(fit, COR_FIT_DOUBTFUL, "nothing else of the component comes from that file");
}

static enum cor_fit fit_global(struct fit *fit)
{
    bool named = is_named(fit);
    uint64_t most = get(&fit->support->stems, cor_stem_key(fit->file->path));
    if (named && (fit->count.all > 1 || (most <= 1 && fit->file->bodies <= 1)))
        return COR_FIT_BODY;
    if (!named && !fit->file->included && fit->unit != COR_NONE &&
        (moved_here(fit) + 1) * 2 < fit->support->units[fit->unit].functions &&
        !fit->support->units[fit->unit].at_home)
        return say(fit, COR_FIT_DOUBTFUL,
                   "in the binary it stands amidst functions that this file lacks");
    // Two global bodies of one name cannot be linked into one component.
    if (fit->others >= 2 || stands_beside(fit) || fit->file->included)
        return COR_FIT_BODY;
    if (fit->others == 0 && !named && all_names_taken(fit))
        return say(fit, COR_FIT_NAMESAKE,
                   "the binary names the files that it was made of, and this is none of them");
    if (fit->others == 0 && fit->unit != COR_NONE && fit->support->units[fit->unit].at_home)
        return say(fit, COR_FIT_NAMESAKE,
                   "in the binary it stands amidst the functions of another file");
    return fit_stranger(fit);
}

// It stands beside the file's functions, and no less beside those of another that may have it.
static bool stands_between(const struct fit *fit)
{
    for (int step = -1; step <= 1; step += 2) {
        struct fit other = *fit;
        other.number = file_beside(fit, fit->row, step);
        if (other.number != COR_NONE && other.number != fit->number &&
            row_in_file(&other, fit->row))
            return true;
    }
    return false;
}

static bool count_body(void *context, const struct cor_body_candidate *candidate)
{
    uint32_t *bodies = context;
    *bodies += candidate->why_not == NULL;
    return true;
}

// So many functions have the name that not each can have a body of its own.
static bool lacks_bodies(const struct fit *fit, uint32_t functions)
{
    uint32_t bodies = 0;
    cor_body_candidates(fit->evidence, fit->query, count_body, &bodies);
    return bodies < functions;
}

// Another function of the same name stands in the binary amidst that file's.
static bool is_taken(const struct fit *fit)
{
    const struct cor_component *component = fit->query->component;
    const struct cor_symbol *rows = component->defined.items;
    uint32_t first = fit->row, end = fit->row + 1, count = (uint32_t)component->defined.count;
    while (first > 0 && rows[first - 1].name == rows[fit->row].name)
        first--;
    while (end < count && rows[end].name == rows[fit->row].name)
        end++;
    bool surely = lacks_bodies(fit, end - first);
    for (uint32_t row = first; row < end; row++) {
        struct fit other = *fit;
        other.row = row;
        if (row != fit->row && fit->support->layout.place[row] != COR_NONE &&
            stands_beside(&other) && (surely || !stands_between(&other)))
            return true;
    }
    return false;
}

static enum cor_fit fit_local(struct fit *fit)
{
    const struct cor_support *support = fit->support;
    if (!fit->file->included && lacks_globals(fit) &&
        !(fit->others >= 4 && support->with_body * 2 >= support->functions))
        return say(fit,
                   support->with_body * 2 < support->functions || owned_elsewhere(fit)
                       ? COR_FIT_NAMESAKE
                       : COR_FIT_DOUBTFUL,
                   "the component has none of that file's global functions");
    if (stands_beside(fit) || fit->file->included)
        return COR_FIT_BODY;
    if (fit->file->header && fit->count.all > 1)
        return COR_FIT_BODY;
    if (!fit->file->header && is_taken(fit))
        return say(fit, COR_FIT_NAMESAKE, "it is the body of another function of that name");
    if (fit->others >= 2)
        return stands_within_another(fit)
                   ? say(fit, COR_FIT_DOUBTFUL,
                         "in the binary it stands amidst the functions of another file")
                   : COR_FIT_BODY;
    return fit_stranger(fit);
}

// Assembly, aliases, generated code: bodies that stand elsewhere than where they are written.
static enum cor_fit fit_made(struct fit *fit)
{
    const struct cor_support *support = fit->support;
    if (get(&support->folders, cor_folder_key(fit->file->path)) >= 2 ||
        support->with_body * 2 >= support->functions)
        return COR_FIT_BODY;
    return fit_stranger(fit);
}

enum cor_fit cor_support_fit(const struct cor_evidence *evidence, const struct cor_support *support,
                             const struct cor_body_query *query,
                             const struct cor_definition *definition, const char **ret_why)
{
    struct fit fit = {.evidence = evidence,
                      .support = support,
                      .query = query,
                      .file = &evidence->source->files.items[definition->file],
                      .number = definition->file,
                      .row = COR_NONE,
                      .unit = COR_NONE,
                      .count = cor_support_count(support, definition->file)};
    if (query->symbol)
        fit.row = cor_layout_row(&support->layout, query->component, query->symbol);
    if (fit.row == COR_NONE || support->functions <= 1 ||
        support->layout.place[fit.row] == COR_NONE)
        return COR_FIT_BODY;
    const struct cor_symbol *own = &query->component->defined.items[fit.row];
    fit.unit = support->layout.unit[fit.row];
    fit.others = fit.count.sole - (support->sole[fit.row] == fit.number);
    enum cor_fit answer;
    if (fit.unit != COR_NONE &&
        cor_same_stem(fit.file->path, query->component->files.items[fit.unit]))
        answer = fit_home(&fit);
    else if (definition->how != COR_HOW_PLAIN && definition->how != COR_HOW_RENAMED)
        answer = fit_made(&fit);
    else if (own->binding != COR_BIND_LOCAL)
        answer = fit_global(&fit);
    else
        answer = fit.unit != COR_NONE ? fit_unit(&fit) : fit_local(&fit);
    *ret_why = fit.why;
    if (answer == COR_FIT_NAMESAKE)
        return answer;
    return cor_print_fit(evidence, support, query, fit.row, definition, answer, ret_why);
}
