// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One symbol, in the order of a proof by hand: the verdict, the source, the needing components,
// the provider, the licences, the commands.
#include <inttypes.h>
#include <string.h>

#include "report/file_licences.h"
#include "report/put.h"
#include "report/show.h"
#include "report/text.h"

enum { MOST_COMPONENTS = 12, MOST_ROWS = 24 };

static enum cor_status put_verdict(const struct cor_case_symbol *symbol, FILE *out)
{
    struct cor_arena arena;
    cor_arena_init(&arena);
    const char *sentence =
        cor_arena_printf(&arena, "%s is %s.", symbol->name, cor_text_verdict(symbol->class_));
    if (sentence)
        cor_put_wrapped(out, 0, sentence);
    cor_arena_dispose(&arena);
    if (!sentence)
        return COR_NOMEM;
    if (symbol->reason) {
        fputs("  Reason:\n", out);
        cor_put_wrapped(out, 4, symbol->reason);
    }
    if (symbol->finding)
        fprintf(out, "  This is a finding: %s.\n", cor_text_direction(symbol->direction));
    if (symbol->data)
        fputs("  It is data, not a function.\n", out);
    for (unsigned i = 0; i < COR_FLAG_BIT_COUNT; i++)
        if (symbol->flags & 1u << i)
            fprintf(out, "  Flag: %s.\n", cor_flag_word((enum cor_flag_bit)i));
    if (symbol->class_ == COR_CLASS_RELEASED)
        cor_put_wrapped(out, 2, cor_text_released_means);
    return COR_OK;
}

static void put_component_name(FILE *out, const struct cor_case *case_, uint32_t id)
{
    const struct cor_case_component *component = cor_case_component_by_id(case_, id);
    cor_put(out, component ? component->name : "an unknown component");
    fprintf(out, " (component %" PRIu32 ")", id);
}

static const char *line_by(enum cor_line_by by)
{
    static const char *const words[COR_LINE_BY_COUNT] = {
        [COR_LINE_BY_DWARF] = "the debug information says so",
        [COR_LINE_BY_ONLY] = "the only place that fits",
        [COR_LINE_BY_STRING] = "the only place with its text",
        [COR_LINE_BY_ORDER] = "by the order of the calls",
    };
    return words[by] ? words[by] : "not told how";
}

// The instruction once linked, where the address of the provider's function shows.
static void put_link(FILE *out, const struct cor_case_reference *row)
{
    if (row->after) {
        fputs("        ", out);
        cor_put(out, row->after_bytes);
        fputs("  ", out);
        cor_put(out, row->after);
        fprintf(out, "  at 0x%" PRIx64 ", linked\n", row->place);
    } else if (row->unproved) {
        fputs("        not shown linked: ", out);
        cor_put(out, row->unproved);
        fputc('\n', out);
    }
}

static void put_others(FILE *out, const char *others)
{
    struct cor_slice text = cor_slice_text(others);
    while (text.size) {
        const char *end = memchr(text.data, '\n', text.size);
        size_t size = end ? (size_t)(end - text.data) : text.size;
        fputs("          ", out);
        cor_put_part(out, cor_slice(text.data, size));
        fputc('\n', out);
        text = cor_slice(text.data + size + (end != NULL), text.size - size - (end != NULL));
    }
}

static void put_reference(FILE *out, const struct cor_case_reference *row)
{
    fputs("      ", out);
    cor_put(out, row->section);
    fprintf(out, "+0x%" PRIx64 "  ", row->offset);
    cor_put(out, row->type);
    fprintf(out, "  addend %" PRId64 "  %s", row->addend, cor_refkind_word(row->kind));
    if (row->function) {
        fputs(" in ", out);
        cor_put(out, row->function);
    }
    fputc('\n', out);
    if (row->instruction) {
        fputs("        ", out);
        if (row->bytes) {
            cor_put(out, row->bytes);
            fputs("  ", out);
        }
        cor_put(out, row->instruction);
        fputc('\n', out);
    }
    put_link(out, row);
    if (row->source_file) {
        fputs("        source: ", out);
        cor_put(out, cor_index_inner_name(row->source_file));
        fprintf(out, ":%" PRIu32, row->source_line);
        if (row->source_function) {
            fputs(", in ", out);
            cor_put(out, row->source_function);
        }
        fprintf(out, "; %s\n", line_by(row->source_by));
    } else if (row->source_others) {
        fputs("        source: ambiguous, one of\n", out);
        put_others(out, row->source_others);
    }
}

static void put_references(FILE *out, const struct cor_case_symbol *symbol, uint32_t component)
{
    size_t count = 0;
    for (size_t i = 0; i < symbol->references.count; i++)
        if (symbol->references.items[i].component == component && ++count <= MOST_ROWS)
            put_reference(out, &symbol->references.items[i]);
    if (count > MOST_ROWS)
        fprintf(out, "      and %zu more rows\n", count - MOST_ROWS);
}

static void put_needs(const struct cor_case *case_, const struct cor_case_symbol *symbol, FILE *out)
{
    fputs("\nWho needs it in binary form\n", out);
    if (symbol->needed_by.count == 0)
        fputs("  No component: only the released source names it.\n", out);
    for (size_t i = 0; i < symbol->needed_by.count && i < MOST_COMPONENTS; i++) {
        const struct cor_case_need *need = &symbol->needed_by.items[i];
        const struct cor_case_component *component =
            cor_case_component_by_id(case_, need->component);
        fputs("  ", out);
        put_component_name(out, case_, need->component);
        fprintf(out, "\n    *UND* row %" PRIu32 " of ", need->row);
        cor_put(out, component ? component->undefined_table : NULL);
        fprintf(out, "%s\n    ", need->weak ? ", weak" : "");
        cor_put(out, component ? component->path : NULL);
        fputc('\n', out);
        put_references(out, symbol, need->component);
    }
    if (symbol->needed_by.count > MOST_COMPONENTS) {
        fputs("  and ", out);
        cor_put_count(out, symbol->needed_by.count - MOST_COMPONENTS, "more component\n",
                      "more components\n");
    }
}

static void put_providers(const struct cor_case *case_, const struct cor_case_symbol *symbol,
                          FILE *out)
{
    fputs("\nWho has it\n", out);
    if (symbol->providers.count == 0)
        fputs("  No component that was read.\n", out);
    for (size_t i = 0; i < symbol->providers.count && i < MOST_COMPONENTS; i++) {
        const struct cor_case_provider *provider = &symbol->providers.items[i];
        const struct cor_case_component *component =
            cor_case_component_by_id(case_, provider->component);
        fputs("  ", out);
        put_component_name(out, case_, provider->component);
        fputs("\n    section ", out);
        cor_put(out, provider->section);
        fprintf(out, ", address 0x%" PRIx64 ", size 0x%" PRIx64 "\n    ", provider->address,
                provider->size);
        cor_put(out, component ? component->path : NULL);
        if (provider->how) {
            fputs("\n    bound by the rule ", out);
            cor_put(out, provider->how);
        }
        fputc('\n', out);
    }
    if (symbol->providers.count > MOST_COMPONENTS)
        fprintf(out, "  and %zu more\n", symbol->providers.count - MOST_COMPONENTS);
}

static void put_licence(FILE *out, const struct cor_case *case_, const char *part, uint32_t id)
{
    const struct cor_case_component *component = cor_case_component_by_id(case_, id);
    if (!component)
        return;
    fprintf(out, "  %-9s ", part);
    cor_put(out, component->name);
    fputs(": ", out);
    if (component->licence) {
        cor_put(out, component->licence);
        fputs(", declared in ", out);
        cor_put(out, component->licence_where);
    } else {
        fputs("declares no licence", out);
    }
    fprintf(out, "; %s\n",
            component->has_source ? "has released source"
                                  : "none of its functions has a body in "
                                    "the release");
}

static void put_file_licences(FILE *out, const struct cor_case *case_,
                              const struct cor_case_symbol *symbol)
{
    struct cor_file_licence files[MOST_COMPONENTS];
    size_t count = cor_file_licences(case_, symbol, files, MOST_COMPONENTS);
    for (size_t i = 0; i < count; i++) {
        const struct cor_case_source_file *file = files[i].file;
        fprintf(out, "  %s ", files[i].part);
        cor_put(out, cor_index_inner_name(file->path));
        if (file->line)
            fprintf(out, ":%" PRIu32, file->line);
        fprintf(out, ": %s\n", cor_file_licence_how(file));
        if (file->line)
            cor_put_wrapped(out, 4, cor_file_licence_text(file));
    }
}

static void put_licences(const struct cor_case *case_, const struct cor_case_symbol *symbol,
                         FILE *out)
{
    fputs("\nLicences\n", out);
    for (size_t i = 0; i < symbol->needed_by.count && i < MOST_COMPONENTS; i++)
        put_licence(out, case_, "needed by", symbol->needed_by.items[i].component);
    for (size_t i = 0; i < symbol->providers.count && i < MOST_COMPONENTS; i++)
        put_licence(out, case_, "had by", symbol->providers.items[i].component);
    if (symbol->needed_by.count + symbol->providers.count == 0)
        fputs("  No component is concerned.\n", out);
    put_file_licences(out, case_, symbol);
}

enum cor_status cor_show_symbol(const struct cor_index *index, const struct cor_case_symbol *symbol,
                                bool assign, FILE *out)
{
    enum cor_status status = put_verdict(symbol, out);
    if (status != COR_OK)
        return status;
    if (!symbol->full)
        cor_put_wrapped(out, 2,
                        "The case holds this row without its evidence. Audit the inputs again "
                        "with --all for the whole of it.");
    cor_show_source(index, symbol, out);
    put_needs(index->case_, symbol, out);
    put_providers(index->case_, symbol, out);
    put_licences(index->case_, symbol, out);
    return symbol->full ? cor_show_commands(index, symbol, assign, out) : COR_OK;
}
