// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/verify.h"

#include <string.h>

#include "report/json_out.h"
#include "report/put.h"

static bool is_same(const struct cor_verification *verification, size_t input)
{
    const struct cor_input *kept = &verification->kept->inputs.items[input];
    const struct cor_input *found = input < verification->found->inputs.count
                                        ? &verification->found->inputs.items[input]
                                        : NULL;
    return found && strcmp(kept->sha256, found->sha256) == 0 && kept->size == found->size;
}

static void put_inputs(const struct cor_verification *verification, FILE *out)
{
    fputs("Inputs\n", out);
    for (size_t i = 0; i < verification->kept->inputs.count; i++) {
        const struct cor_input *input = &verification->kept->inputs.items[i];
        fprintf(out, "  %-9s ", cor_role_word(input->role));
        cor_put(out, input->name);
        fputs(!is_same(verification, i) ? ": changed\n"
              : input->folder           ? ": a folder of the same size\n"
                                        : ": the same bytes\n",
              out);
    }
}

static void put_fact(const struct cor_fact *fact, FILE *out)
{
    fprintf(out, "  %s", fact->table);
    if (fact->row) {
        fputc(' ', out);
        cor_put(out, fact->row);
    }
    if (fact->change != COR_FACT_DIFFERS) {
        fputs(fact->change == COR_FACT_MISSING ? ": the inputs do not have it\n"
                                               : ": the inputs have it, the case does not\n",
              out);
        return;
    }
    fprintf(out, ": %s is ", fact->column);
    cor_put(out, fact->found);
    fputs(", the case says ", out);
    cor_put(out, fact->kept);
    fputc('\n', out);
}

enum cor_status cor_verify_text(const struct cor_verification *verification, FILE *out)
{
    const struct cor_facts *facts = verification->facts;
    const char *made = verification->kept->tool_version, *now = verification->found->tool_version;
    put_inputs(verification, out);
    fputs("\nAnswer\n  ", out);
    if (facts->different == 0) {
        fputs("All ", out);
        cor_put_count(out, facts->compared, "fact holds", "facts hold");
    } else {
        cor_put_number(out, facts->different);
        fputs(" of ", out);
        cor_put_count(out, facts->compared, "fact does not hold", "facts do not hold");
    }
    fputs(".\n", out);
    if (made && now && strcmp(made, now) != 0) {
        fputs("  The case was made by version ", out);
        cor_put(out, made);
        fprintf(out, "; this is %s.\n", now);
    }
    if (!verification->excuses)
        fputs("  What the baseline excuses could not be checked.\n", out);
    if (facts->list.count)
        fputs("\nFacts that do not hold\n", out);
    for (size_t i = 0; i < facts->list.count; i++)
        put_fact(&facts->list.items[i], out);
    if (facts->different > facts->list.count) {
        fputs("  and ", out);
        cor_put_number(out, facts->different - facts->list.count);
        fputs(" more\n", out);
    }
    return cor_put_done(out);
}

static const char *const change_words[] = {
    [COR_FACT_DIFFERS] = "differs", [COR_FACT_MISSING] = "missing", [COR_FACT_FURTHER] = "further"};

enum cor_status cor_verify_json(const struct cor_verification *verification, FILE *out)
{
    const struct cor_facts *facts = verification->facts;
    struct cor_json json = {.out = out};
    cor_json_open(&json, NULL, '{');
    cor_json_line(&json);
    cor_json_text(&json, "schema", "correspond-verify/1");
    cor_json_line(&json);
    cor_json_bool(&json, "holds", facts->different == 0);
    cor_json_number(&json, "facts", facts->compared);
    cor_json_number(&json, "different", facts->different);
    cor_json_bool(&json, "excuses_checked", verification->excuses);
    cor_json_line(&json);
    cor_json_open(&json, "inputs", '[');
    for (size_t i = 0; i < verification->kept->inputs.count; i++) {
        const struct cor_input *input = &verification->kept->inputs.items[i];
        cor_json_open(&json, NULL, '{');
        cor_json_text(&json, "role", cor_role_word(input->role));
        cor_json_text(&json, "name", input->name);
        cor_json_bool(&json, "same", is_same(verification, i));
        cor_json_close(&json, '}');
    }
    cor_json_close(&json, ']');
    cor_json_line(&json);
    cor_json_open(&json, "list", '[');
    for (size_t i = 0; i < facts->list.count; i++) {
        const struct cor_fact *fact = &facts->list.items[i];
        cor_json_line(&json);
        cor_json_open(&json, NULL, '{');
        cor_json_text(&json, "change", change_words[fact->change]);
        cor_json_text(&json, "table", fact->table);
        cor_json_text(&json, "row", fact->row);
        cor_json_text(&json, "column", fact->column);
        cor_json_text(&json, "kept", fact->kept);
        cor_json_text(&json, "found", fact->found);
        cor_json_close(&json, '}');
    }
    cor_json_close(&json, ']');
    cor_json_close(&json, '}');
    fputc('\n', out);
    return cor_put_done(out);
}
