// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <inttypes.h>
#include <string.h>

#include "report/put.h"
#include "report/show.h"

enum { MOST_PLACES = 20, MOST_UNREAD = 10 };

struct teller {
    const struct cor_index *index;
    FILE *out;
    struct cor_slice around; // the container or input named last
};

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

// The file's name inside its container; the container is named where it changes.
static void put_place(struct teller *teller, const struct cor_case_place *place)
{
    const struct cor_case *case_ = teller->index->case_;
    struct cor_slice path = cor_slice_text(place->file ? place->file : "");
    const char *name = cor_index_inner_name(path.data);
    struct cor_slice around = cor_slice(path.data, (size_t)(name - path.data));
    if (around.size == 0 && place->input < case_->inputs.count)
        around = cor_slice_text(case_->inputs.items[place->input].name);
    else if (around.size > 2)
        around.size -= 2;
    if (around.size && !cor_slice_same(around, teller->around)) {
        fputs("  In ", teller->out);
        cor_put_part(teller->out, around);
        fputs(":\n", teller->out);
        teller->around = around;
    }
    fputs("  ", teller->out);
    cor_put(teller->out, name);
    if (place->line)
        fprintf(teller->out, ":%" PRIu32, place->line);
    fputc('\n', teller->out);
}

static void put_detail(FILE *out, const char *before, const char *text)
{
    if (!text)
        return;
    fprintf(out, "    %s", before);
    cor_put(out, text);
    fputc('\n', out);
}

static void put_call(struct teller *teller, const struct cor_case_place *place)
{
    FILE *out = teller->out;
    put_place(teller, place);
    put_detail(out, "in the function ", place->function);
    if (place->kind != COR_REFKIND_CALL)
        put_detail(out, "kind: ", cor_refkind_word(place->kind));
    put_detail(out, "through ", place->through);
    if (!place->active)
        fputs("    in a dead branch: this line is not compiled\n", out);
    put_excerpt(out, place);
}

static void put_other(struct teller *teller, const struct cor_case_place *place)
{
    FILE *out = teller->out;
    put_place(teller, place);
    put_detail(out, "", place->how);
    put_detail(out, "through ", place->through);
    if (!place->active)
        fputs("    in a dead branch: this line is not compiled\n", out);
    put_excerpt(out, place);
}

static void put_places(struct teller *teller, const char *heading,
                       const struct cor_case_place *places, size_t count,
                       void (*put)(struct teller *, const struct cor_case_place *))
{
    if (count)
        fprintf(teller->out, "\n%s\n", heading);
    teller->around = (struct cor_slice){NULL, 0};
    for (size_t i = 0; i < count && i < MOST_PLACES; i++)
        put(teller, &places[i]);
    if (count > MOST_PLACES)
        fprintf(teller->out, "  and %zu more\n", count - MOST_PLACES);
}

static void put_admissions(const struct cor_case *case_, const struct cor_case_symbol *symbol,
                           FILE *out)
{
    if (symbol->admissions.count)
        fputs("\nWhat the release itself says of it\n", out);
    for (size_t i = 0; i < symbol->admissions.count; i++) {
        const struct cor_case_admission *row = &symbol->admissions.items[i];
        const struct cor_case_component *component =
            cor_case_component_by_id(case_, row->component);
        fputs("  ", out);
        cor_put(out, row->file);
        fprintf(out, ":%" PRIu32 "\n", row->line);
        cor_put_wrapped(out, 4, row->text);
        if (component) {
            fputs("    \"", out);
            cor_put(out, row->word);
            fputs("\" is ", out);
            cor_put(out, component->name);
            fprintf(out, " (component %" PRIu32 ")\n", component->id);
        }
    }
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

static void put_absence(struct teller *teller, const struct cor_case_symbol *symbol)
{
    put_places(teller, "Its body", symbol->definitions.items, symbol->definitions.count, put_other);
    if (symbol->definitions.count == 0)
        fputs("\nIts body\n  No body that can be its own stands in the released source.\n",
              teller->out);
    put_searched(teller->index->case_, teller->out);
    put_places(teller, "Namesakes, and why each is not its body", symbol->namesakes.items,
               symbol->namesakes.count, put_other);
}

void cor_show_source(const struct cor_index *index, const struct cor_case_symbol *symbol, FILE *out)
{
    struct teller teller = {.index = index, .out = out};
    if (symbol->full && symbol->calls.count == 0)
        fputs("\nNo call was found in the released source.\n", out);
    put_places(&teller, "Where released code calls it", symbol->calls.items, symbol->calls.count,
               put_call);
    put_places(&teller, "Where it is declared", symbol->declarations.items,
               symbol->declarations.count, put_other);
    put_admissions(index->case_, symbol, out);
    if (symbol->full)
        put_absence(&teller, symbol);
    else
        put_places(&teller, "Its body", symbol->definitions.items, symbol->definitions.count,
                   put_other);
}
