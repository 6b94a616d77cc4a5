// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a case says of a component or of a source file.
#include <inttypes.h>
#include <string.h>

#include "report/find.h"
#include "report/pulls.h"
#include "report/put.h"
#include "report/show.h"

enum { MOST_NAMES = 200 };

static void put_fact(FILE *out, const char *what, const char *text)
{
    if (!text)
        return;
    fprintf(out, "  %-11s ", what);
    cor_put(out, text);
    fputc('\n', out);
}

static void put_tally(FILE *out, const char *what, const char *table, const struct cor_tally *tally)
{
    fprintf(out, "  %-11s ", what);
    if (!tally->known) {
        fputs("not known\n", out);
        return;
    }
    cor_put_number(out, tally->total);
    if (table) {
        fputs(" in ", out);
        cor_put(out, table);
    }
    const char *before = ": ";
    for (unsigned i = 0; i < COR_CLASS_COUNT; i++)
        if (tally->of[i]) {
            fputs(before, out);
            cor_put_number(out, tally->of[i]);
            fprintf(out, " %s", cor_class_word((enum cor_class)i));
            before = ", ";
        }
    fputc('\n', out);
}

static void put_folders(FILE *out, const struct cor_case_component *component)
{
    for (size_t i = 0; i < component->folders.count; i++) {
        const struct cor_case_folder *row = &component->folders.items[i];
        fputs(i ? "              " : "  made from   ", out);
        cor_put(out, row->folder[0] ? row->folder : "the top folder");
        fputs(": ", out);
        cor_put_count(out, row->functions, "function\n", "functions\n");
    }
}

static void put_crossings(FILE *out, const struct cor_case *case_, uint32_t component)
{
    size_t count = 0;
    for (size_t i = 0; i < case_->crossings.count; i++) {
        const struct cor_case_crossing *row = &case_->crossings.items[i];
        if (row->component != component || ++count > MOST_NAMES)
            continue;
        if (count == 1)
            fputs("\nWhat it uses of released code\n", out);
        fputs("  ", out);
        cor_put(out, row->name);
        fprintf(out, " of component %" PRIu32, row->provider);
        if (row->section) {
            fputs(": ", out);
            cor_put(out, row->section);
            fprintf(out, "+0x%" PRIx64 " %s", row->offset, cor_refkind_word(row->kind));
        }
        if (row->function) {
            fputs(" in ", out);
            cor_put(out, row->function);
        }
        fputc('\n', out);
    }
    if (count > MOST_NAMES)
        fprintf(out, "  and %zu more\n", count - MOST_NAMES);
}

static bool needs(const struct cor_case_symbol *symbol, uint32_t component)
{
    for (size_t i = 0; i < symbol->needed_by.count; i++)
        if (symbol->needed_by.items[i].component == component)
            return true;
    return false;
}

static bool provides(const struct cor_case_symbol *symbol, uint32_t component)
{
    for (size_t i = 0; i < symbol->providers.count; i++)
        if (symbol->providers.items[i].component == component)
            return true;
    return false;
}

static void put_symbols(FILE *out, const struct cor_case *case_, uint32_t component,
                        const char *heading,
                        bool (*concerns)(const struct cor_case_symbol *, uint32_t))
{
    size_t count = 0;
    for (size_t i = 0; i < case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &case_->symbols.items[i];
        if (symbol->class_ == COR_CLASS_RELEASED || symbol->class_ == COR_CLASS_TOOLCHAIN ||
            !concerns(symbol, component) || ++count > MOST_NAMES)
            continue;
        if (count == 1)
            fprintf(out, "\n%s\n", heading);
        fputs("  ", out);
        cor_put(out, symbol->name);
        fprintf(out, "  %s%s\n", cor_class_word(symbol->class_),
                symbol->finding ? ", a finding" : "");
    }
    if (count > MOST_NAMES)
        fprintf(out, "  and %zu more\n", count - MOST_NAMES);
}

static void put_functions(FILE *out, const struct cor_case *case_, uint32_t component)
{
    size_t count = 0;
    for (size_t i = 0; i < case_->functions.count; i++) {
        const struct cor_case_function *function = &case_->functions.items[i];
        if (function->component != component || ++count > MOST_NAMES)
            continue;
        if (count == 1)
            fputs("\nFunctions of its own that nobody needs and that have no released body\n", out);
        fputs("  ", out);
        cor_put(out, function->name);
        fprintf(out, "  %s, ", cor_class_word(function->class_));
        cor_put(out, function->section);
        fprintf(out, " 0x%" PRIx64 ", size 0x%" PRIx64 "\n", function->address, function->size);
    }
    if (count > MOST_NAMES)
        fprintf(out, "  and %zu more\n", count - MOST_NAMES);
}

static void put_pull(FILE *out, const struct cor_case *case_,
                     const struct cor_case_component *component)
{
    const struct cor_pull pull = cor_pull_of(case_, component);
    const struct cor_case_component *user =
        pull.symbol ? cor_case_component_by_id(case_, pull.user) : NULL;
    if (!pull.member)
        return;
    fprintf(out, "  %-11s ", "pulled");
    if (!user) {
        fputs("by nobody here: no other object needs a symbol of it\n", out);
        return;
    }
    fputs("for ", out);
    cor_put(out, pull.symbol);
    fputs(", which ", out);
    cor_put(out, user->name);
    fprintf(out, " (component %" PRIu32 ") needs", pull.user);
    if (pull.symbols > 1)
        fprintf(out, "; %" PRIu64 " symbols of it are needed", pull.symbols);
    if (pull.members > 1)
        fprintf(out, "; %" PRIu64 " objects have it, the first that a linker meets is taken",
                pull.members);
    fputc('\n', out);
}

void cor_show_component(const struct cor_case *case_, const struct cor_case_component *component,
                        FILE *out)
{
    cor_put(out, component->name);
    fprintf(out, " is component %" PRIu32 ", a %s (%s).\n", component->id,
            cor_kind_word(component->kind), cor_role_word(component->role));
    put_fact(out, "path", component->path);
    put_fact(out, "sha256", component->sha256);
    fprintf(out, "  %-11s ", "size");
    cor_put_number(out, component->size);
    fputs(" bytes\n", out);
    if (component->same_as)
        fprintf(out, "  %-11s component %" PRIu32 "\n", "same as", component->same_as);
    put_fact(out, "machine", component->machine);
    put_fact(out, "licence", component->licence ? component->licence : "not declared");
    put_fact(out, "where", component->licence_where);
    put_fact(out, "compiler", component->compiler);
    put_fact(out, "vermagic", component->vermagic);
    put_fact(out, "soname", component->soname);
    put_fact(out, "banner", component->banner);
    if (component->config_lines)
        fprintf(out, "  %-11s it carries its configuration, %" PRIu64 " options set\n", "config",
                component->config_lines);
    if (component->exports)
        fprintf(out, "  %-11s %" PRIu64 " names to modules\n", "exports", component->exports);
    put_fact(out, "build id", component->build_id);
    put_fact(out, "reason", component->reason);
    put_fact(out, "source",
             component->has_source ? "at least one of its functions has a body in the release"
                                   : "none of its functions has a body in the release");
    put_pull(out, case_, component);
    put_tally(out, "needs", component->undefined_table, &component->undefined);
    put_tally(out, "defines", component->defined_table, &component->defined);
    fprintf(out, "  %-11s ", "relocations");
    cor_put_number(out, component->relocation_rows);
    fputc('\n', out);
    put_folders(out, component);
    put_crossings(out, case_, component->id);
    put_symbols(out, case_, component->id, "What it needs that is not explained", needs);
    put_symbols(out, case_, component->id, "What it has that others need, without a released body",
                provides);
    put_functions(out, case_, component->id);
}

struct mention {
    const struct cor_index *index;
    const char *file;
    FILE *out;
    bool found;
};

static void mention_list(struct mention *mention, const struct cor_case_symbol *symbol,
                         const char *what, const struct cor_case_place *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!cor_means_path(places[i].file, mention->file))
            continue;
        if (!mention->found) {
            fputs("What the case holds of ", mention->out);
            cor_put(mention->out, mention->file);
            fputc('\n', mention->out);
        }
        mention->found = true;
        fputs("  ", mention->out);
        cor_put(mention->out, places[i].file);
        fprintf(mention->out, ":%" PRIu32 "  %s ", places[i].line, what);
        cor_put(mention->out, symbol->name);
        fprintf(mention->out, " (%s)", cor_class_word(symbol->class_));
        if (places[i].function) {
            fputs(" in ", mention->out);
            cor_put(mention->out, places[i].function);
        }
        fputs(places[i].active ? "\n" : ", in a dead branch\n", mention->out);
    }
}

bool cor_show_file(const struct cor_index *index, const char *file, FILE *out)
{
    struct mention mention = {index, file, out, false};
    for (size_t i = 0; i < index->case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &index->case_->symbols.items[i];
        mention_list(&mention, symbol, "calls", symbol->calls.items, symbol->calls.count);
        mention_list(&mention, symbol, "declares", symbol->declarations.items,
                     symbol->declarations.count);
        mention_list(&mention, symbol, "has a body of", symbol->definitions.items,
                     symbol->definitions.count);
        mention_list(&mention, symbol, "has a namesake of", symbol->namesakes.items,
                     symbol->namesakes.count);
    }
    return mention.found;
}
