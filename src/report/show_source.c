// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <inttypes.h>
#include <string.h>

#include "report/put.h"
#include "report/show.h"

enum { MOST_PLACES = 20, MOST_UNREAD = 10 };

static void put_excerpt(FILE *out, const struct cor_case_place *place)
{
    uint32_t line = place->excerpt_line;
    for (const char *text = place->excerpt; text && *text; line++) {
        size_t size = strcspn(text, "\n");
        fprintf(out, "    %c %6" PRIu32 "  ", line == place->line ? '>' : ' ', line);
        struct cor_slice shown = cor_slice(text, size);
        if (cor_slice_ends(shown, COR_SLICE("\r")))
            shown.size--;
        cor_put_source(out, shown);
        fputc('\n', out);
        text += size + (text[size] == '\n');
    }
}

static void put_place(FILE *out, const struct cor_index *index, const struct cor_case_place *place)
{
    fputs("  ", out);
    cor_put(out, place->file);
    if (place->line)
        fprintf(out, ":%" PRIu32, place->line);
    if (index->case_->inputs.count > 1 && place->input < index->case_->inputs.count) {
        fputs("  in ", out);
        cor_put(out, index->case_->inputs.items[place->input].name);
    }
    fputc('\n', out);
}

static void put_detail(FILE *out, const char *before, const char *text)
{
    if (!text)
        return;
    fprintf(out, "    %s", before);
    cor_put(out, text);
    fputc('\n', out);
}

static void put_call(FILE *out, const struct cor_index *index, const struct cor_case_place *place)
{
    put_place(out, index, place);
    put_detail(out, "in the function ", place->function);
    if (place->kind != COR_REFKIND_CALL)
        put_detail(out, "kind: ", cor_refkind_word(place->kind));
    put_detail(out, "through ", place->through);
    if (!place->active)
        fputs("    in a dead branch: this line is not compiled\n", out);
    put_excerpt(out, place);
}

static void put_other(FILE *out, const struct cor_index *index, const struct cor_case_place *place)
{
    put_place(out, index, place);
    put_detail(out, "", place->how);
    put_detail(out, "through ", place->through);
    if (!place->active)
        fputs("    in a dead branch: this line is not compiled\n", out);
    put_excerpt(out, place);
}

static void put_places(FILE *out, const struct cor_index *index, const char *heading,
                       const struct cor_case_place *places, size_t count,
                       void (*put)(FILE *, const struct cor_index *, const struct cor_case_place *))
{
    if (count)
        fprintf(out, "\n%s\n", heading);
    for (size_t i = 0; i < count && i < MOST_PLACES; i++)
        put(out, index, &places[i]);
    if (count > MOST_PLACES)
        fprintf(out, "  and %zu more\n", count - MOST_PLACES);
}

static void put_searched(const struct cor_case *case_, FILE *out)
{
    size_t unread = 0;
    fputs("  Searched: ", out);
    cor_put_count(out, case_->source.files, "source file (", "source files (");
    cor_put_number(out, case_->source.c_files);
    fputs(" C, ", out);
    cor_put_number(out, case_->source.assembly_files);
    fputs(" assembly, ", out);
    cor_put_number(out, case_->source.other_files);
    fputs(" other),\n  ", out);
    cor_put_number(out, case_->source.bytes);
    fputs(" bytes, ", out);
    cor_put_count(out, case_->source.definitions, "body.\n", "bodies.\n");
    for (size_t i = 0; i < case_->members.count; i++) {
        const struct cor_member *member = &case_->members.items[i];
        if (member->state == COR_STATE_READ || !member->may_hide_source || ++unread > MOST_UNREAD)
            continue;
        if (unread == 1)
            fputs("  Not read, and a body could stand there:\n", out);
        fputs("    ", out);
        cor_put(out, member->path);
        fputs(": ", out);
        cor_put(out, member->reason);
        fputc('\n', out);
    }
    if (unread > MOST_UNREAD)
        fprintf(out, "    and %zu more\n", unread - MOST_UNREAD);
    if (unread == 0)
        fputs("  Every member that could hold source was read.\n", out);
}

static void put_absence(const struct cor_index *index, const struct cor_case_symbol *symbol,
                        FILE *out)
{
    fputs("\nIts body\n", out);
    if (symbol->definitions.count == 0)
        fputs("  No body that can be its own stands in the released source.\n", out);
    for (size_t i = 0; i < symbol->definitions.count && i < MOST_PLACES; i++)
        put_other(out, index, &symbol->definitions.items[i]);
    put_searched(index->case_, out);
    put_places(out, index, "Namesakes, and why each is not its body", symbol->namesakes.items,
               symbol->namesakes.count, put_other);
}

void cor_show_source(const struct cor_index *index, const struct cor_case_symbol *symbol, FILE *out)
{
    if (symbol->full && symbol->calls.count == 0)
        fputs("\nNo call was found in the released source.\n", out);
    put_places(out, index, "Where released code calls it", symbol->calls.items, symbol->calls.count,
               put_call);
    put_places(out, index, "Where it is declared", symbol->declarations.items,
               symbol->declarations.count, put_other);
    if (symbol->full)
        put_absence(index, symbol, out);
    else
        put_places(out, index, "Its body", symbol->definitions.items, symbol->definitions.count,
                   put_other);
}
