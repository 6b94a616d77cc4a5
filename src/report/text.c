// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The summary for the terminal: 80 columns but for long names, no colour, no path of the user's.
#include "report/text.h"

#include <inttypes.h>

#include "report/put.h"

const char cor_text_released_means[] =
    "\"released\" says that a body which can be this function's stands in the released source. It "
    "does not say that the binary was compiled from it.";

static void put_inputs(const struct cor_case *case_, FILE *out)
{
    fputs("\nCompared\n", out);
    for (size_t i = 0; i < case_->inputs.count; i++) {
        const struct cor_input *input = &case_->inputs.items[i];
        fprintf(out, "  %-9s ", cor_role_word(input->role));
        cor_put(out, input->name);
        fputs(input->folder ? "/, a folder of " : ", ", out);
        cor_put_number(out, input->size);
        fputs(" bytes\n", out);
        if (input->sha1[0])
            fprintf(out, "    sha1   %s\n", input->sha1);
        if (input->sha256[0])
            fprintf(out, "    sha256 %s\n", input->sha256);
    }
    fputs("  read      ", out);
    cor_put_count(out, case_->members.count, "member, ", "members, ");
    cor_put_count(out, case_->components.count, "component, ", "components, ");
    cor_put_count(out, case_->source.files, "source file", "source files");
    fputs("\n            (", out);
    cor_put_number(out, case_->source.c_files);
    fputs(" C, ", out);
    cor_put_number(out, case_->source.assembly_files);
    fputs(" assembly, ", out);
    cor_put_number(out, case_->source.other_files);
    fputs(" other; ", out);
    cor_put_number(out, case_->source.bytes);
    fputs(" bytes, ", out);
    cor_put_count(out, case_->source.definitions, "body)\n", "bodies)\n");
}

static size_t count_findings(const struct cor_case *case_, enum cor_class class_)
{
    size_t count = 0;
    for (size_t i = 0; i < case_->symbols.count; i++)
        count += case_->symbols.items[i].finding && case_->symbols.items[i].class_ == class_;
    return count;
}

static size_t count_functions(const struct cor_case *case_)
{
    size_t count = 0;
    for (size_t i = 0; i < case_->functions.count; i++)
        count += case_->functions.items[i].finding;
    return count;
}

// "2,412 names ...", after what stands before it.
static enum cor_status say_count(struct cor_buffer *text, const char *before, uint64_t count,
                                 const char *what)
{
    char digits[32] = "";
    size_t size = 0;
    for (uint64_t unit = 1000000000000000; unit > 0; unit /= 1000)
        if (size || count >= unit || unit == 1)
            size += (size_t)snprintf(digits + size, sizeof digits - size, size ? ",%03u" : "%u",
                                     (unsigned)(count / unit % 1000));
    return cor_buffer_printf(text, "%s%s %s", before, digits, what);
}

// "9 names exist only in binary form, ..."; the parts that are 0 are left out.
static enum cor_status say_findings(const struct cor_case *case_, struct cor_buffer *text)
{
    const struct {
        size_t count;
        const char *one, *many;
    } parts[] = {
        {count_findings(case_, COR_CLASS_BINARY_ONLY), "name exists only in binary form",
         "names exist only in binary form"},
        {count_findings(case_, COR_CLASS_PREBUILT), "name is released only as object code",
         "names are released only as object code"},
        {count_findings(case_, COR_CLASS_UNRESOLVED), "name is nowhere", "names are nowhere"},
        {count_functions(case_), "further function has no released body",
         "further functions have no released body"},
    };
    enum cor_status status =
        cor_buffer_printf(text, "No: the released source does not correspond. ");
    bool first = true;
    for (size_t i = 0; status == COR_OK && i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].count == 0)
            continue;
        status = say_count(text, first ? "" : ", ", parts[i].count,
                           parts[i].count == 1 ? parts[i].one : parts[i].many);
        first = false;
    }
    return status == COR_OK ? cor_buffer_printf(text, ".") : status;
}

// What of the findings does not count for the exit status.
static enum cor_status say_excused(const struct cor_case *case_, struct cor_buffer *text)
{
    uint64_t left = case_->findings - case_->excused_findings;
    if (!case_->excused_findings)
        return COR_OK;
    return cor_buffer_printf(text,
                             " %" PRIu64 " of these %" PRIu64 " rows %s excused by the policy or "
                             "known from the baseline; %" PRIu64 " %s for the exit status.",
                             case_->excused_findings, case_->findings,
                             case_->excused_findings == 1 ? "is" : "are", left,
                             left == 1 ? "counts" : "count");
}

enum cor_status cor_text_answer(const struct cor_case *case_, struct cor_buffer *text)
{
    if (case_->findings) {
        enum cor_status status = say_findings(case_, text);
        return status == COR_OK ? say_excused(case_, text) : status;
    }
    if (case_->components.count == 0)
        return cor_buffer_printf(text, "Nothing could be judged: no component was found.");
    if (case_->source.files == 0)
        return cor_buffer_printf(text, "Nothing could be judged: no source file was found.");
    if (case_->undetermined)
        return say_count(text, "Not decided: nothing is known to be missing, but ",
                         case_->undetermined,
                         case_->undetermined == 1 ? "thing could not be judged."
                                                  : "things could not be judged.");
    return cor_buffer_printf(text, "Yes: every function of the shipped programs has a body in the "
                                   "released source, or is the toolchain's.");
}

static enum cor_status put_answer(const struct cor_case *case_, FILE *out)
{
    struct cor_buffer text;
    cor_buffer_init(&text, 4096);
    enum cor_status status = cor_text_answer(case_, &text);
    if (status == COR_OK) {
        fputs("\nAnswer\n", out);
        cor_put_wrapped(out, 2, text.data);
    }
    cor_buffer_dispose(&text);
    return status;
}

static void put_cell(FILE *out, bool known, uint64_t number)
{
    char digits[32];
    size_t width = known ? (size_t)snprintf(digits, sizeof digits, "%" PRIu64, number) : 1;
    if (known)
        width += (width - 1) / 3;
    fprintf(out, "%*s", (int)(16 - width), "");
    if (known)
        cor_put_number(out, number);
    else
        fputc('-', out);
}

static void put_row(FILE *out, const struct cor_case *case_, enum cor_class class_)
{
    fprintf(out, "  %-14s", cor_class_word(class_));
    put_cell(out, case_->undefined.known, case_->undefined.of[class_]);
    put_cell(out, case_->defined.known && class_ != COR_CLASS_UNRESOLVED,
             case_->defined.of[class_]);
    fputc('\n', out);
}

// Components of the release count only where nothing was shipped.
static size_t count_unknown(const struct cor_case *case_)
{
    size_t unknown[COR_ROLE_COUNT] = {0};
    bool shipped = false;
    for (size_t i = 0; i < case_->components.count; i++)
        unknown[case_->components.items[i].role] += !case_->components.items[i].defined.known;
    for (size_t i = 0; i < case_->inputs.count; i++)
        shipped |= case_->inputs.items[i].role == COR_ROLE_SHIPPED;
    return unknown[shipped ? COR_ROLE_SHIPPED : COR_ROLE_SOURCE];
}

static void put_table(const struct cor_case *case_, FILE *out)
{
    size_t unknown = count_unknown(case_);
    fprintf(out, "\n  %-14s%16s%16s\n", "Symbols", "needed", "defined");
    for (unsigned i = 0; i < COR_CLASS_COUNT; i++)
        put_row(out, case_, (enum cor_class)i);
    fprintf(out, "  %-14s", "total");
    put_cell(out, case_->undefined.known, case_->undefined.total);
    put_cell(out, case_->defined.known, case_->defined.total);
    fputs("\n  in ", out);
    cor_put_count(out, case_->component_total, "component; ", "components; ");
    cor_put_count(out, case_->names, "distinct name is needed", "distinct names are needed");
    fputc('\n', out);
    if (unknown) {
        fputs("  of ", out);
        cor_put_count(out, unknown, "component", "components");
        fputs(" it is not known what they define (no symbol table)\n", out);
    }
    if (case_->outside) {
        fputs("  ", out);
        cor_put_count(out, case_->outside, "name is", "names are");
        fputs(" on neither side\n", out);
    }
}

static void put_works(const struct cor_case *case_, FILE *out)
{
    enum { MOST = 8 };
    size_t shown = 0;
    for (size_t i = 0; i < case_->works.count; i++) {
        const struct cor_case_work *work = &case_->works.items[i];
        if (work->missing.count == 0 || work->components.count < 2)
            continue;
        if (shown++ == 0)
            fputs("\nCombined works of which source is missing\n", out);
        if (shown > MOST)
            continue;
        const struct cor_case_component *first =
            cor_case_component_by_id(case_, work->missing.items[0]);
        fputs("  ", out);
        cor_put_count(out, work->components.count, "component, ", "components, ");
        cor_put_count(out, work->links, "link; ", "links; ");
        cor_put_count(out, work->missing.count, "has no source: ", "have no source: ");
        cor_put(out, first ? first->name : NULL);
        fputs(work->missing.count > 1 ? ", ...\n" : "\n", out);
    }
    if (shown > MOST)
        fprintf(out, "  and %zu more\n", shown - MOST);
}

static void put_notes(const struct cor_case *case_, FILE *out)
{
    enum { MOST = 20 };
    fputs("\nNotes\n", out);
    for (size_t i = 0; i < case_->notes.count && i < MOST; i++)
        cor_put_wrapped(out, 2, case_->notes.items[i]);
    if (case_->notes.count > MOST)
        fprintf(out, "  and %zu more\n", case_->notes.count - MOST);
    cor_put_wrapped(out, 2, cor_text_released_means);
}

enum cor_status cor_text_write(const struct cor_case *case_,
                               const struct cor_report_options *options, FILE *out)
{
    (void)options;
    cor_put(out, case_->tool_name);
    fputc(' ', out);
    cor_put(out, case_->tool_version);
    fputc('\n', out);
    put_inputs(case_, out);
    enum cor_status status = put_answer(case_, out);
    put_table(case_, out);
    if (status == COR_OK)
        status = cor_text_findings(case_, out);
    put_works(case_, out);
    if (status == COR_OK)
        status = cor_text_open_questions(case_, out);
    put_notes(case_, out);
    return status == COR_OK ? cor_put_done(out) : status;
}
