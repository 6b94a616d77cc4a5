// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One page without a script: headings, tables, nothing from a network.
#include "report/diff.h"
#include "report/html_frame.h"
#include "report/put.h"

static const char style[] =
    "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 "
    "1rem;"
    "color-scheme:light dark}table{border-collapse:collapse;width:100%}th,td{text-align:left;"
    "padding:.2rem .6rem;border-bottom:1px solid #8886;vertical-align:top;overflow-wrap:anywhere}"
    "code{font-size:.9em}.regress{font-weight:bold}</style>\n";

static void put_inputs(FILE *out, const char *what, const struct cor_case *case_)
{
    for (size_t i = 0; i < case_->inputs.count; i++) {
        const struct cor_input *input = &case_->inputs.items[i];
        fprintf(out, "<tr><td>%s</td><td>%s</td><td>", what, cor_role_word(input->role));
        cor_html_text(out, input->name);
        fprintf(out, "</td><td><code>%s</code></td></tr>\n", input->sha256);
    }
}

static void put_name(FILE *out, const struct cor_changed_name *name)
{
    const struct cor_case_component *component = name->new_ ? name->new_ : name->old;
    fputs("<tr><td><code>", out);
    cor_html_text(out, name->name);
    fprintf(out, "</code></td><td>%s</td><td>%s</td><td>%s",
            name->was_listed ? cor_class_word(name->was) : "not listed",
            name->is_listed ? cor_class_word(name->is) : "not listed",
            name->own ? "defined in " : "needed by ");
    cor_html_text(out, component ? component->path : "source alone");
    fputs("</td></tr>\n", out);
}

static void put_names(FILE *out, const struct cor_diff *diff, enum cor_change change)
{
    if (!diff->count[change])
        return;
    fprintf(out, "<h2 id=\"%s\"%s>%s (", cor_change_word(change),
            cor_change_is_regress(change) ? " class=\"regress\"" : "", cor_change_heading(change));
    cor_put_number(out, diff->count[change]);
    fputs(")</h2>\n<table><thead><tr><th>name</th><th>was</th><th>is</th><th>component</th></tr>"
          "</thead><tbody>\n",
          out);
    for (size_t i = 0; i < diff->names.count; i++)
        if (diff->names.items[i].change == change)
            put_name(out, &diff->names.items[i]);
    fputs("</tbody></table>\n", out);
}

static void put_components(FILE *out, const char *heading,
                           const struct cor_case_component *const *items, size_t count)
{
    if (!count)
        return;
    fprintf(out, "<h2>%s</h2>\n<ul>\n", heading);
    for (size_t i = 0; i < count; i++) {
        fputs("<li>", out);
        cor_html_text(out, items[i]->path);
        fputs("</li>\n", out);
    }
    fputs("</ul>\n", out);
}

enum cor_status cor_diff_html(const struct cor_diff *diff, FILE *out)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width\">\n"
          "<title>Two candidates compared</title>\n",
          out);
    fputs(style, out);
    fputs("</head><body>\n<h1>Two candidates compared</h1>\n<p class=\"answer\">", out);
    cor_diff_answer(diff, out);
    fputs("</p>\n<table><thead><tr><th>case</th><th>role</th><th>name</th><th>SHA-256</th></tr>"
          "</thead><tbody>\n",
          out);
    put_inputs(out, "old", diff->old);
    put_inputs(out, "new", diff->new_);
    fputs("</tbody></table>\n", out);
    for (unsigned i = 0; i < COR_CHANGE_COUNT; i++)
        put_names(out, diff, (enum cor_change)i);
    put_components(out, "Components that are no longer there", diff->gone.items, diff->gone.count);
    put_components(out, "Components that were not there", diff->added.items, diff->added.count);
    fputs("</body></html>\n", out);
    return cor_put_done(out);
}
