// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Lists for people and for cut(1): a header line, then one row a line, columns parted by tabs.
#include <inttypes.h>
#include <string.h>

#include "report/put.h"
#include "report/report.h"

static void tab(FILE *out)
{
    fputc('\t', out);
}

static void put_tally(FILE *out, const struct cor_tally *tally)
{
    tab(out);
    if (!tally->known)
        fputs("-\t-", out);
    else
        fprintf(out, "%" PRIu64 "\t%" PRIu64, tally->total, tally->of[COR_CLASS_RELEASED]);
}

static void list_components(const struct cor_case *case_, FILE *out)
{
    fputs("id\trole\tkind\tname\tlicence\tundefined\treleased\tdefined\treleased\tpath\n", out);
    for (size_t i = 0; i < case_->components.count; i++) {
        const struct cor_case_component *component = &case_->components.items[i];
        fprintf(out, "%" PRIu32 "\t%s\t%s\t", component->id, cor_role_word(component->role),
                cor_kind_word(component->kind));
        cor_put(out, component->name);
        tab(out);
        cor_put(out, component->licence);
        put_tally(out, &component->undefined);
        put_tally(out, &component->defined);
        tab(out);
        cor_put(out, component->path);
        fputc('\n', out);
    }
}

static void list_symbols(const struct cor_case *case_, FILE *out)
{
    fputs("name\tclass\tfinding\tdirection\tneeded_by\tproviders\treason\n", out);
    for (size_t i = 0; i < case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &case_->symbols.items[i];
        cor_put(out, symbol->name);
        fprintf(out, "\t%s\t%s\t%s\t%zu\t", cor_class_word(symbol->class_),
                symbol->finding ? "yes" : "no", cor_direction_word(symbol->direction),
                symbol->needed_by.count);
        for (size_t k = 0; k < symbol->providers.count; k++) {
            const struct cor_case_component *provider =
                cor_case_component_by_id(case_, symbol->providers.items[k].component);
            fputs(k ? " " : "", out);
            cor_put(out, provider ? provider->name : NULL);
        }
        fputs(symbol->providers.count ? "\t" : "-\t", out);
        cor_put(out, symbol->reason);
        fputc('\n', out);
    }
}

static void put_member(const struct cor_member *member, FILE *out)
{
    fprintf(out, "%s\t", cor_state_word(member->state));
    cor_put(out, member->format);
    fprintf(out, "\t%" PRIu64 "\t", member->size);
    for (unsigned i = 0; member->hashed && i < sizeof member->sha256; i++)
        fprintf(out, "%02x", member->sha256[i]);
    fputs(member->hashed ? "\t" : "-\t", out);
    cor_put(out, member->reason ? member->reason : member->note);
    tab(out);
    cor_put(out, member->path);
    fputc('\n', out);
}

static bool is_source(const struct cor_case *case_, const struct cor_member *member)
{
    return member->input < case_->inputs.count &&
           case_->inputs.items[member->input].role == COR_ROLE_SOURCE;
}

static void list_some_members(const struct cor_case *case_, FILE *out, bool unread, bool source)
{
    fputs("state\tformat\tsize\tsha256\treason\tpath\n", out);
    for (size_t i = 0; i < case_->members.count; i++) {
        const struct cor_member *member = &case_->members.items[i];
        if ((!unread || member->state == COR_STATE_UNREAD) && (!source || is_source(case_, member)))
            put_member(member, out);
    }
}

static void list_members(const struct cor_case *case_, FILE *out)
{
    list_some_members(case_, out, false, false);
}

static void list_unread(const struct cor_case *case_, FILE *out)
{
    list_some_members(case_, out, true, false);
}

static void list_sources(const struct cor_case *case_, FILE *out)
{
    list_some_members(case_, out, false, true);
}

static const struct {
    const char *word;
    void (*list)(const struct cor_case *case_, FILE *out);
} lists[] = {
    {"components", list_components}, {"symbols", list_symbols}, {"members", list_members},
    {"unread", list_unread},         {"sources", list_sources},
};

enum cor_status cor_list(const struct cor_case *case_, const char *what, FILE *out)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(what, lists[i].word) == 0) {
            lists[i].list(case_, out);
            return cor_put_done(out);
        }
    return COR_NOT_FOUND;
}
