// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/fit_print.h"

#include <stdatomic.h>
#include <string.h>

enum {
    TRUSTED = 4,   // so many other functions that come from this file alone settle whose it is
    ROWS_MAX = 32, // functions that are compared for one file
    CANDIDATES_MAX = 8,
    USES_LEAST = 6, // fewer uses in all say nothing of a file
    STRANGE = 600,  // so many thousandths of uses that a file does not explain: another's
    SUSPICIOUS = 350,
    SURE = 900,
    GOOD = 800,
    FOREIGN_NAMES = 100
};

struct match {
    const struct cor_evidence *evidence;
    const struct cor_support *support;
    const struct cor_component *component;
    uint32_t row, file;
    struct cor_likeness likeness;
    uint32_t uses, strange; // of all the component's functions that may come from the file
    uint32_t odd_names;     // of those uses, names
};

static struct cor_likeness liken(const struct match *match, uint32_t row,
                                 const struct cor_definition *definition)
{
    return cor_liken(match->evidence->source, match->support->usage, match->support->needed,
                     &match->component->defined.items[row], definition);
}

// The best candidate of a row, and the best one in the file.
struct best {
    const struct match *match;
    uint32_t row;
    unsigned score, here, count;
    struct cor_likeness likeness;
};

static bool look(void *context, const struct cor_body_candidate *candidate)
{
    struct best *best = context;
    if (candidate->why_not)
        return true;
    if (++best->count > CANDIDATES_MAX)
        return false;
    struct cor_likeness likeness = liken(best->match, best->row, candidate->definition);
    unsigned score = 1 + cor_likeness_score(&likeness);
    if (score > best->score)
        best->score = score;
    if (candidate->definition->file == best->match->file && score > best->here) {
        best->here = score;
        best->likeness = likeness;
    }
    return true;
}

// The binary says that the function is of a file of that name.
static bool is_home(const struct match *match, uint32_t row)
{
    uint32_t unit = match->support->layout.unit[row];
    return unit != COR_NONE &&
           cor_same_stem(match->component->files.items[unit],
                         match->evidence->source->files.items[match->file].path);
}

// The binary says that the function is of another file.
static bool is_elsewhere(const struct match *match, uint32_t row)
{
    return match->support->layout.unit[row] != COR_NONE && !is_home(match, row);
}

// What is more like a body elsewhere says nothing of this file.
static void add_row(struct match *match, uint32_t row)
{
    const struct cor_symbol *symbol = &match->component->defined.items[row];
    const struct cor_body_query query = {symbol->name, match->component, symbol};
    struct best best = {.match = match, .row = row};
    if (!symbol->print || is_elsewhere(match, row))
        return;
    cor_body_candidates(match->evidence, &query, look, &best);
    bool elsewhere = best.here < best.score && best.score > GOOD;
    if (best.count > CANDIDATES_MAX || elsewhere || !best.likeness.known)
        return;
    match->uses += best.likeness.uses;
    match->strange += best.likeness.uses - best.likeness.near;
    match->odd_names += best.likeness.strange;
}

static void add_rows(struct match *match)
{
    const struct cor_support *support = match->support;
    size_t low = 0, high = support->rows.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (support->rows.items[middle].file < match->file)
            low = middle + 1;
        else
            high = middle;
    }
    for (unsigned i = 0; i < ROWS_MAX && low < support->rows.count; i++, low++) {
        if (support->rows.items[low].file != match->file)
            break;
        add_row(match, support->rows.items[low].row);
    }
}

// Both shares of what the component's functions that may come from the file use, and nothing in it
// explains, in thousandths: of all, and of names. Found out once for each file.
static uint64_t shares(struct match *match)
{
    enum { KNOWN = 1 << 30, NAMES = 32 };
    const struct cor_support *support = match->support;
    uint64_t at = 0, known = 0;
    if (!cor_map_get(&support->index, cor_file_key(match->file), &at))
        return 0;
    known = atomic_load_explicit(&support->shares[at], memory_order_relaxed);
    if (!known) {
        known = KNOWN;
        add_rows(match);
        if (match->uses >= USES_LEAST)
            known |= 1000 * (uint64_t)match->strange / match->uses |
                     (1000 * (uint64_t)match->odd_names / match->uses) << NAMES;
        atomic_store_explicit(&support->shares[at], known, memory_order_relaxed);
    }
    return known & ~(uint64_t)KNOWN;
}

static unsigned strange_share(struct match *match)
{
    return (unsigned)(shares(match) & UINT32_MAX);
}

static unsigned name_share(struct match *match)
{
    return (unsigned)(shares(match) >> 32);
}

// The file has a main() of its own.
static bool is_program(const struct match *match)
{
    const struct cor_owners *owners = match->support->owners;
    uint64_t value;
    return owners && cor_map_get(&owners->mains, cor_file_key(match->file), &value);
}

// A part of a function that the compiler put elsewhere uses but a part of what the body uses.
static bool is_part(const char *name)
{
    return strstr(name, ".cold") || strstr(name, ".part.");
}

static bool has_twin(const struct cor_component *component, uint32_t row)
{
    const struct cor_symbol *rows = component->defined.items;
    return rows[row].binding == COR_BIND_LOCAL &&
           ((row > 0 && rows[row - 1].name == rows[row].name) ||
            (row + 1 < component->defined.count && rows[row + 1].name == rows[row].name));
}

// Another function of that name is much more like this body, which stands in one unit alone.
static bool belongs_to_another(const struct match *match, const struct cor_definition *definition)
{
    const struct cor_source_file *file = &match->evidence->source->files.items[match->file];
    const struct cor_symbol *rows = match->component->defined.items;
    size_t count = match->component->defined.count, first = match->row;
    if (file->header || file->included || rows[match->row].binding != COR_BIND_LOCAL ||
        !cor_is_foreign(&match->likeness))
        return false;
    while (first > 0 && rows[first - 1].name == rows[match->row].name)
        first--;
    for (size_t i = first; i < count && rows[i].name == rows[match->row].name; i++) {
        struct cor_likeness other = liken(match, (uint32_t)i, definition);
        if (i != match->row && other.uses >= 2 && cor_likeness_score(&other) >= SURE)
            return true;
    }
    return false;
}

static enum cor_fit say(enum cor_fit answer, const char *why, const char **ret_why)
{
    *ret_why = why;
    return answer;
}

static enum cor_fit decide(struct match *match, const struct cor_definition *definition,
                           uint32_t others, enum cor_fit so_far, const char **ret_why)
{
    static const char uses[] = "the binary's function calls other functions and uses other texts";
    static const char file[] = "the component's functions do other things than those of that file";
    const struct cor_likeness *likeness = &match->likeness;
    if (cor_is_impossible(likeness))
        return say(COR_FIT_NAMESAKE, "the binary's function does what this body does not", ret_why);
    if (belongs_to_another(match, definition))
        return say(COR_FIT_NAMESAKE, "it is the body of another function of that name", ret_why);
    bool good = likeness->uses >= 3 && cor_likeness_score(likeness) >= GOOD;
    if ((others >= TRUSTED || good) && !is_program(match))
        return so_far;
    unsigned share = strange_share(match);
    bool several = match->support->sole[match->row] == COR_SEVERAL;
    const char *why = cor_is_unlike(likeness) ? uses : file;
    bool perfect = likeness->uses >= 2 && likeness->near == likeness->uses;
    bool foreign_program = is_program(match) && name_share(match) > FOREIGN_NAMES;
    if ((perfect || others >= TRUSTED || good) && !foreign_program)
        return so_far;
    if (foreign_program && so_far == COR_FIT_BODY)
        return say(COR_FIT_DOUBTFUL, "its file is another program, which uses other functions",
                   ret_why);
    if (!several || is_home(match, match->row))
        return others == 0 && share > STRANGE && cor_is_hopeless(likeness)
                   ? say(several ? COR_FIT_NAMESAKE : COR_FIT_DOUBTFUL, why, ret_why)
                   : so_far;
    if (share > STRANGE && others == 0 && cor_is_unlike(likeness))
        return say(COR_FIT_NAMESAKE, why, ret_why);
    if (so_far == COR_FIT_BODY && (share > SUSPICIOUS || cor_is_foreign(likeness)))
        return say(COR_FIT_DOUBTFUL, why, ret_why);
    return so_far;
}

enum cor_fit cor_print_fit(const struct cor_evidence *evidence, const struct cor_support *support,
                           const struct cor_body_query *query, uint32_t row,
                           const struct cor_definition *definition, enum cor_fit so_far,
                           const char **ret_why)
{
    struct match match = {.evidence = evidence,
                          .support = support,
                          .component = query->component,
                          .row = row,
                          .file = definition->file};
    struct cor_count count = cor_support_count(support, definition->file);
    const struct cor_source_file *file = &evidence->source->files.items[definition->file];
    if (!definition->print || !query->component->defined.items[row].print || !support->usage ||
        file->header || file->included || is_part(query->name->text))
        return so_far;
    uint32_t others = count.sole - (support->sole[row] == definition->file);
    if (others >= TRUSTED && definition->print->calls && !has_twin(query->component, row) &&
        !is_program(&match))
        return so_far;
    match.likeness = liken(&match, row, definition);
    return decide(&match, definition, others, so_far, ret_why);
}
