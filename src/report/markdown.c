// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The summary as Markdown (with tables), for issue trackers and wikis. Names stand in code spans;
// everything else that comes from a file has its marks escaped.
#include "report/markdown.h"

#include <inttypes.h>
#include <string.h>

#include "report/groups.h"
#include "report/index.h"
#include "report/put.h"
#include "report/text.h"

enum { MOST_NAMES = 200 };

static void put_escaped(FILE *out, const char *text)
{
    static const char marks[] = "\\`*_[]<>|&#~!@:";
    while (text && *text) {
        size_t size = strcspn(text, marks);
        cor_put_part(out, cor_slice(text, size));
        text += size;
        if (*text)
            fprintf(out, "&#%d;", *text++);
    }
}

static void put_code(FILE *out, const char *text)
{
    fputs("<code>", out);
    put_escaped(out, text);
    fputs("</code>", out);
}

static enum cor_status put_answer(const struct cor_case *case_, FILE *out)
{
    struct cor_buffer text;
    cor_buffer_init(&text, 4096);
    enum cor_status status = cor_text_answer(case_, &text);
    if (status == COR_OK)
        fprintf(out, "# Does the source correspond?\n\n**%s**\n\n", text.data);
    cor_buffer_dispose(&text);
    return status;
}

static void put_inputs(const struct cor_case *case_, FILE *out)
{
    fputs("| compared | name | bytes | sha256 |\n|---|---|---:|---|\n", out);
    for (size_t i = 0; i < case_->inputs.count; i++) {
        const struct cor_input *input = &case_->inputs.items[i];
        fprintf(out, "| %s | ", cor_role_word(input->role));
        put_code(out, input->name);
        fputs(" | ", out);
        cor_put_number(out, input->size);
        fprintf(out, " | %s |\n", input->sha256[0] ? input->sha256 : "a folder");
    }
}

static void put_number(FILE *out, bool known, uint64_t number)
{
    if (known)
        cor_put_number(out, number);
    else
        fputs("unknown", out);
    fputs(" |", out);
}

static void put_totals(const struct cor_case *case_, FILE *out)
{
    fputs("\n| symbols | needed | defined |\n|---|---:|---:|\n", out);
    for (unsigned i = 0; i <= COR_CLASS_COUNT; i++) {
        bool sum = i == COR_CLASS_COUNT;
        fprintf(out, "| %s | ", sum ? "**total**" : cor_class_word((enum cor_class)i));
        put_number(out, case_->undefined.known,
                   sum ? case_->undefined.total : case_->undefined.of[i]);
        fputc(' ', out);
        put_number(out, case_->defined.known, sum ? case_->defined.total : case_->defined.of[i]);
        fputc('\n', out);
    }
}

static void put_group(const struct cor_case *case_, const struct cor_groups *groups,
                      const struct cor_group *group, FILE *out)
{
    const struct cor_case_symbol *const *symbols = groups->symbols.items + group->first;
    fputs("\n### ", out);
    cor_put_count(out, group->count, "name", "names");
    fputs(symbols[0]->providers.count ? " in " : " that no component has", out);
    for (size_t i = 0; i < symbols[0]->providers.count && i < 3; i++) {
        const struct cor_case_component *provider =
            cor_case_component_by_id(case_, symbols[0]->providers.items[i].component);
        fputs(i ? ", " : "", out);
        put_code(out, provider ? provider->name : "?");
    }
    fputs("\n\n| name | class | needed by | called at |\n|---|---|---:|---|\n", out);
    for (size_t i = 0; i < group->count && i < MOST_NAMES; i++) {
        const struct cor_case_place *call =
            symbols[i]->calls.count ? symbols[i]->calls.items : NULL;
        fputs("| ", out);
        put_code(out, symbols[i]->name);
        fprintf(out, " | %s | %zu | ", cor_class_word(symbols[i]->class_),
                symbols[i]->needed_by.count);
        if (call && call->file) {
            put_escaped(out, cor_index_inner_name(call->file));
            fprintf(out, ":%" PRIu32, call->line);
        }
        fputs(" |\n", out);
    }
    if (group->count > MOST_NAMES)
        fprintf(out, "\nand %zu more\n", group->count - MOST_NAMES);
}

enum cor_status cor_markdown_write(const struct cor_case *case_,
                                   const struct cor_report_options *options, FILE *out)
{
    struct cor_groups groups;
    (void)options;
    enum cor_status status = put_answer(case_, out);
    if (status == COR_OK)
        status = cor_groups_make(case_, cor_group_findings, cor_group_by_provider, &groups);
    if (status != COR_OK)
        return status;
    put_inputs(case_, out);
    put_totals(case_, out);
    fputs(groups.groups.count ? "\n## What is not explained\n" : "", out);
    for (size_t i = 0; i < groups.groups.count; i++)
        put_group(case_, &groups, &groups.groups.items[i], out);
    fputs("\n## Notes\n\n", out);
    for (size_t i = 0; i < case_->notes.count; i++) {
        fputs("- ", out);
        put_escaped(out, case_->notes.items[i]);
        fputc('\n', out);
    }
    fprintf(out, "- %s\n", cor_text_released_means);
    cor_groups_dispose(&groups);
    return cor_put_done(out);
}
