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

static void list_rows(const struct cor_case *case_, FILE *out, bool findings)
{
    fputs("name\tclass\tfinding\tdirection\tneeded_by\tproviders\treason\n", out);
    for (size_t i = 0; i < case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &case_->symbols.items[i];
        if (findings && !symbol->finding)
            continue;
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

static void list_symbols(const struct cor_case *case_, FILE *out)
{
    list_rows(case_, out, false);
}

static void list_findings(const struct cor_case *case_, FILE *out)
{
    list_rows(case_, out, true);
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

static const char *component_name(const struct cor_case *case_, uint32_t id)
{
    const struct cor_case_component *component = cor_case_component_by_id(case_, id);
    return component ? component->name : NULL;
}

static void list_functions(const struct cor_case *case_, FILE *out)
{
    fputs("component\tname\tclass\tfinding\tsection\taddress\tsize\treason\n", out);
    for (size_t i = 0; i < case_->functions.count; i++) {
        const struct cor_case_function *function = &case_->functions.items[i];
        cor_put(out, component_name(case_, function->component));
        tab(out);
        cor_put(out, function->name);
        fprintf(out, "\t%s\t%s\t", cor_class_word(function->class_),
                function->finding ? "yes" : "no");
        cor_put(out, function->section);
        fprintf(out, "\t0x%" PRIx64 "\t%" PRIu64 "\t", function->address, function->size);
        cor_put(out, function->reason);
        fputc('\n', out);
    }
}

static void list_inputs(const struct cor_case *case_, FILE *out)
{
    fputs("role\tnumber\tsize\tsha1\tsha256\tname\tpath\n", out);
    for (size_t i = 0; i < case_->inputs.count; i++) {
        const struct cor_input *input = &case_->inputs.items[i];
        fprintf(out, "%s\t%" PRIu32 "\t%" PRIu64 "\t%s\t%s\t", cor_role_word(input->role),
                input->number, input->size, input->sha1[0] ? input->sha1 : "-",
                input->sha256[0] ? input->sha256 : "-");
        cor_put(out, input->name);
        tab(out);
        cor_put(out, input->path);
        fputc('\n', out);
    }
}

static void list_works(const struct cor_case *case_, FILE *out)
{
    fputs("components\tlinks\tmissing\tlicences\tnames\n", out);
    for (size_t i = 0; i < case_->works.count; i++) {
        const struct cor_case_work *work = &case_->works.items[i];
        fprintf(out, "%zu\t%" PRIu64 "\t%zu\t", work->components.count, work->links,
                work->missing.count);
        for (size_t k = 0; k < work->licences.count; k++) {
            fputs(k ? ", " : "", out);
            cor_put(out, work->licences.items[k]);
        }
        fputs(work->licences.count ? "\t" : "-\t", out);
        for (size_t k = 0; k < work->components.count; k++) {
            fputs(k ? " " : "", out);
            cor_put(out, component_name(case_, work->components.items[k]));
        }
        fputc('\n', out);
    }
}

static void list_notes(const struct cor_case *case_, FILE *out)
{
    fputs("note\n", out);
    for (size_t i = 0; i < case_->notes.count; i++) {
        cor_put(out, case_->notes.items[i]);
        fputc('\n', out);
    }
}

static void list_options(const struct cor_case *case_, FILE *out)
{
    fputs("option\tvalue\n", out);
    for (size_t i = 0; i < case_->options.count; i++) {
        cor_put(out, case_->options.items[i].name);
        tab(out);
        cor_put(out, case_->options.items[i].value);
        fputc('\n', out);
    }
}

static void list_excuses(const struct cor_case *case_, FILE *out)
{
    fputs("kind\tname\tcomponent\tuses\texpires\texpired\tauthor\treason\n", out);
    for (size_t i = 0; i < case_->excuses.count; i++) {
        const struct cor_case_excuse *excuse = &case_->excuses.items[i];
        fprintf(out, "%s\t", excuse->kind);
        cor_put(out, excuse->name);
        tab(out);
        cor_put(out, excuse->component);
        fprintf(out, "\t%" PRIu64 "\t", excuse->uses);
        cor_put(out, excuse->expires);
        fputs(excuse->expired ? "\tyes\t" : "\tno\t", out);
        cor_put(out, excuse->author);
        tab(out);
        cor_put(out, excuse->reason);
        fputc('\n', out);
    }
}

static const struct {
    const char *word;
    void (*list)(const struct cor_case *case_, FILE *out);
} lists[] = {
    {"components", list_components}, {"symbols", list_symbols}, {"members", list_members},
    {"unread", list_unread},         {"sources", list_sources}, {"findings", list_findings},
    {"functions", list_functions},   {"inputs", list_inputs},   {"works", list_works},
    {"notes", list_notes},           {"options", list_options}, {"excuses", list_excuses},
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
