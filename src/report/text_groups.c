// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <string.h>

#include "report/groups.h"
#include "report/put.h"
#include "report/text.h"

enum { MOST_LINES = 40, NAMES_OF_GROUP = 8, MOST_REASONS = 12, NAME_COLUMN = 44 };

static const char *const directions[COR_DIRECTION_COUNT] = {
    [COR_DIRECTION_NONE] = "",
    [COR_DIRECTION_RELEASED_TO_BINARY] = ", called from released code",
    [COR_DIRECTION_BINARY_TO_RELEASED] = ", called from code that is not released",
    [COR_DIRECTION_BINARY_TO_BINARY] = ", called between binaries",
};

static void put_providers(FILE *out, const struct cor_case *case_,
                          const struct cor_case_symbol *symbol)
{
    enum { MOST = 3 };
    if (symbol->providers.count == 0)
        fputs("that no component has", out);
    for (size_t i = 0; i < symbol->providers.count && i < MOST; i++) {
        const struct cor_case_component *provider =
            cor_case_component_by_id(case_, symbol->providers.items[i].component);
        fputs(i ? ", " : "in ", out);
        cor_put(out, provider ? provider->name : NULL);
    }
    if (symbol->providers.count > MOST)
        fprintf(out, " and %zu more", symbol->providers.count - MOST);
}

static void put_symbol(FILE *out, const struct cor_case_symbol *symbol)
{
    size_t width = cor_put_width(symbol->name);
    fputs("    ", out);
    cor_put(out, symbol->name);
    fprintf(out, "%*s  %-12s ", (int)(width < NAME_COLUMN ? NAME_COLUMN - width : 0), "",
            cor_class_word(symbol->class_));
    if (symbol->needed_by.count)
        cor_put_count(out, symbol->needed_by.count, "component", "components");
    else
        fputs("no component", out);
    fputc('\n', out);
}

static void put_group(FILE *out, const struct cor_case *case_, const struct cor_groups *groups,
                      const struct cor_group *group, size_t names)
{
    const struct cor_case_symbol *const *symbols = groups->symbols.items + group->first;
    fputs("  ", out);
    cor_put_count(out, group->count, "name ", "names ");
    put_providers(out, case_, symbols[0]);
    fprintf(out, "%s\n", directions[symbols[0]->direction]);
    for (size_t i = 0; i < group->count && i < names; i++)
        put_symbol(out, symbols[i]);
    if (group->count > names)
        fprintf(out, "    and %zu more (correspond list CASE symbols)\n", group->count - names);
}

// Groups by direction: who needs what is withheld comes before who withholds what it needs.
static size_t put_direction(FILE *out, const struct cor_case *case_,
                            const struct cor_groups *groups, enum cor_direction direction,
                            size_t lines)
{
    size_t left_out = 0, names_left_out = 0;
    for (size_t i = 0; i < groups->groups.count; i++) {
        const struct cor_group *group = &groups->groups.items[i];
        if (groups->symbols.items[group->first]->direction != direction)
            continue;
        if (lines < 3) {
            left_out++;
            names_left_out += group->count;
            continue;
        }
        size_t names = lines - 2 < NAMES_OF_GROUP ? lines - 2 : NAMES_OF_GROUP;
        put_group(out, case_, groups, group, names);
        lines -= 2 + (group->count < names ? group->count : names);
    }
    if (left_out) {
        fputs("  and ", out);
        cor_put_count(out, left_out, "more group with ", "more groups with ");
        cor_put_count(out, names_left_out, "name", "names");
        fputs(" (correspond list CASE symbols)\n", out);
    }
    return lines;
}

enum cor_status cor_text_findings(const struct cor_case *case_, FILE *out)
{
    static const enum cor_direction order[] = {COR_DIRECTION_RELEASED_TO_BINARY,
                                               COR_DIRECTION_BINARY_TO_RELEASED,
                                               COR_DIRECTION_BINARY_TO_BINARY, COR_DIRECTION_NONE};
    struct cor_groups groups;
    enum cor_status status =
        cor_groups_make(case_, cor_group_findings, cor_group_by_provider, &groups);
    if (status != COR_OK)
        return status;
    size_t lines = MOST_LINES, functions = 0;
    for (size_t i = 0; i < case_->functions.count; i++)
        functions += case_->functions.items[i].finding;
    if (groups.symbols.count || functions)
        fputs("\nFindings\n", out);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        lines = put_direction(out, case_, &groups, order[i], lines);
    if (functions) {
        fputs("  ", out);
        cor_put_count(out, functions, "further function", "further functions");
        fputs(" of components with source, without a released body\n", out);
    }
    cor_groups_dispose(&groups);
    return COR_OK;
}

static void put_reason(FILE *out, const struct cor_groups *groups, const struct cor_group *group)
{
    const struct cor_case_symbol *symbol = groups->symbols.items[group->first];
    fprintf(out, "  %s: ", cor_class_word(symbol->class_));
    cor_put_count(out, group->count, "name", "names");
    fputs(", as ", out);
    cor_put(out, symbol->name);
    fputc('\n', out);
    cor_put_wrapped(out, 6, symbol->reason ? symbol->reason : "no reason recorded");
}

static enum cor_status put_open_symbols(const struct cor_case *case_, FILE *out)
{
    struct cor_groups groups;
    enum cor_status status = cor_groups_make(case_, cor_group_open, cor_group_by_reason, &groups);
    if (status != COR_OK)
        return status;
    if (groups.groups.count)
        fputs("\nNot decided\n", out);
    for (size_t i = 0; i < groups.groups.count && i < MOST_REASONS; i++)
        put_reason(out, &groups, &groups.groups.items[i]);
    if (groups.groups.count > MOST_REASONS)
        fprintf(out, "  and %zu more reasons (correspond list CASE symbols)\n",
                groups.groups.count - MOST_REASONS);
    cor_groups_dispose(&groups);
    return COR_OK;
}

static enum cor_status put_between_binaries(const struct cor_case *case_, FILE *out)
{
    struct cor_groups groups;
    enum cor_status status =
        cor_groups_make(case_, cor_group_between_binaries, cor_group_by_provider, &groups);
    if (status != COR_OK)
        return status;
    if (groups.groups.count)
        fputs("\nBetween components without released source (no findings)\n", out);
    for (size_t i = 0; i < groups.groups.count && i < MOST_REASONS; i++)
        put_group(out, case_, &groups, &groups.groups.items[i], 0);
    if (groups.groups.count > MOST_REASONS)
        fprintf(out, "  and %zu more groups\n", groups.groups.count - MOST_REASONS);
    cor_groups_dispose(&groups);
    return COR_OK;
}

static void put_unread(const struct cor_case *case_, FILE *out)
{
    enum { MOST = 10 };
    size_t count = 0;
    for (size_t i = 0; i < case_->members.count; i++) {
        const struct cor_member *member = &case_->members.items[i];
        if (member->state != COR_STATE_UNREAD || ++count > MOST)
            continue;
        fputs(count == 1 ? "\nUnread\n  " : "  ", out);
        cor_put(out, member->path);
        fputc('\n', out);
        cor_put_wrapped(out, 6, member->reason ? member->reason : "no reason recorded");
    }
    if (count > MOST)
        fprintf(out, "  and %zu more (correspond list CASE unread)\n", count - MOST);
}

enum cor_status cor_text_open_questions(const struct cor_case *case_, FILE *out)
{
    enum cor_status status = put_open_symbols(case_, out);
    put_unread(case_, out);
    return status == COR_OK ? put_between_binaries(case_, out) : status;
}
