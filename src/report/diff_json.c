// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// correspond-diff/1: everything that changed, by change, name and component.
#include "report/diff.h"
#include "report/json_out.h"
#include "report/put.h"

static void put_inputs(struct cor_json *json, const char *key, const struct cor_case *case_)
{
    cor_json_open(json, key, '[');
    for (size_t i = 0; i < case_->inputs.count; i++) {
        const struct cor_input *input = &case_->inputs.items[i];
        cor_json_open(json, NULL, '{');
        cor_json_text(json, "role", cor_role_word(input->role));
        cor_json_text(json, "name", input->name);
        cor_json_text(json, "sha256", input->sha256[0] ? input->sha256 : NULL);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
}

static void put_components(struct cor_json *json, const char *key,
                           const struct cor_case_component *const *items, size_t count)
{
    cor_json_line(json);
    cor_json_open(json, key, '[');
    for (size_t i = 0; i < count; i++)
        cor_json_text(json, NULL, items[i]->path);
    cor_json_close(json, ']');
}

static void put_name(struct cor_json *json, const struct cor_changed_name *name)
{
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "name", name->name);
    cor_json_text(json, "change", cor_change_word(name->change));
    cor_json_text(json, "side", name->own ? "defined" : "needed");
    cor_json_text(json, "was", name->was_listed ? cor_class_word(name->was) : NULL);
    cor_json_text(json, "is", name->is_listed ? cor_class_word(name->is) : NULL);
    cor_json_text(json, "old_component", name->old ? name->old->path : NULL);
    cor_json_text(json, "new_component", name->new_ ? name->new_->path : NULL);
    cor_json_close(json, '}');
}

enum cor_status cor_diff_json(const struct cor_diff *diff, FILE *out)
{
    struct cor_json json = {.out = out};
    cor_json_open(&json, NULL, '{');
    cor_json_line(&json);
    cor_json_text(&json, "schema", "correspond-diff/1");
    cor_json_line(&json);
    cor_json_bool(&json, "regress", diff->regress);
    cor_json_line(&json);
    put_inputs(&json, "old", diff->old);
    cor_json_line(&json);
    put_inputs(&json, "new", diff->new_);
    cor_json_line(&json);
    cor_json_open(&json, "totals", '{');
    for (unsigned i = 0; i < COR_CHANGE_COUNT; i++)
        cor_json_number(&json, cor_change_word((enum cor_change)i), diff->count[i]);
    cor_json_close(&json, '}');
    cor_json_line(&json);
    cor_json_open(&json, "names", '[');
    for (size_t i = 0; i < diff->names.count; i++)
        put_name(&json, &diff->names.items[i]);
    cor_json_close(&json, ']');
    put_components(&json, "components_gone", diff->gone.items, diff->gone.count);
    put_components(&json, "components_added", diff->added.items, diff->added.count);
    cor_json_close(&json, '}');
    fputc('\n', out);
    return cor_put_done(out);
}
