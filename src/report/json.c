// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The report `correspond-report/1`. Unknown is null: of a tally that is not known the total and
// every class. A text's bytes that are no UTF-8 become U+FFFD each. Paths that the user gave are
// left out, so that the folder of a run does not show.
#include "report/pulls.h"
#include "report/json.h"

#include "base/interrupt.h"
#include "report/put.h"

const char *cor_json_input_name(const struct cor_case *case_, uint32_t input)
{
    return input < case_->inputs.count ? case_->inputs.items[input].name : NULL;
}

void cor_json_excuse(struct cor_json *json, uint32_t number)
{
    if (number)
        cor_json_number(json, "excuse", number);
    else
        cor_json_null(json, "excuse");
}

static void put_class(struct cor_json *json, const struct cor_tally *tally, enum cor_class class_)
{
    if (tally->known)
        cor_json_number(json, cor_class_word(class_), tally->of[class_]);
    else
        cor_json_null(json, cor_class_word(class_));
}

static void put_tally(struct cor_json *json, const char *key, const struct cor_tally *tally,
                      bool undefined)
{
    cor_json_open(json, key, '{');
    if (tally->known)
        cor_json_number(json, "total", tally->total);
    else
        cor_json_null(json, "total");
    for (unsigned i = 0; i < COR_CLASS_COUNT; i++)
        if (undefined || i != COR_CLASS_UNRESOLVED)
            put_class(json, tally, (enum cor_class)i);
    cor_json_close(json, '}');
}

static void put_inputs(struct cor_json *json, const struct cor_case *case_)
{
    cor_json_open(json, "inputs", '[');
    for (size_t i = 0; i < case_->inputs.count; i++) {
        const struct cor_input *input = &case_->inputs.items[i];
        cor_json_line(json);
        cor_json_open(json, NULL, '{');
        cor_json_text(json, "role", cor_role_word(input->role));
        cor_json_number(json, "number", input->number);
        cor_json_text(json, "name", input->name);
        cor_json_bool(json, "folder", input->folder);
        cor_json_number(json, "size", input->size);
        cor_json_text(json, "sha1", input->sha1[0] ? input->sha1 : NULL);
        cor_json_text(json, "sha256", input->sha256[0] ? input->sha256 : NULL);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
}

static void put_unread(struct cor_json *json, const struct cor_case *case_)
{
    cor_json_open(json, "unread", '[');
    for (size_t i = 0; i < case_->members.count; i++) {
        const struct cor_member *member = &case_->members.items[i];
        if (member->state != COR_STATE_UNREAD)
            continue;
        cor_json_line(json);
        cor_json_open(json, NULL, '{');
        cor_json_text(json, "path", member->path);
        cor_json_text(json, "reason", member->reason);
        cor_json_text(json, "format", member->format);
        cor_json_bool(json, "may_hide_source", member->may_hide_source);
        cor_json_bool(json, "may_hide_code", member->may_hide_code);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
}

static void put_coverage(struct cor_json *json, const struct cor_case *case_)
{
    uint64_t excluded = 0;
    for (size_t i = 0; i < case_->members.count; i++)
        excluded += case_->members.items[i].state == COR_STATE_EXCLUDED;
    cor_json_open(json, "coverage", '{');
    cor_json_number(json, "members", case_->members.count);
    cor_json_number(json, "excluded", excluded);
    cor_json_number(json, "source_files", case_->source.files);
    cor_json_number(json, "source_bytes", case_->source.bytes);
    cor_json_open(json, "searched", '{');
    cor_json_number(json, "c_files", case_->source.c_files);
    cor_json_number(json, "assembly_files", case_->source.assembly_files);
    cor_json_number(json, "other_files", case_->source.other_files);
    cor_json_number(json, "definitions", case_->source.definitions);
    cor_json_close(json, '}');
    put_unread(json, case_);
    cor_json_close(json, '}');
}

static void put_pull(struct cor_json *json, const struct cor_case *case_,
                     const struct cor_case_component *component)
{
    const struct cor_pull pull = cor_pull_of(case_, component);
    if (!pull.member)
        return;
    if (!pull.symbol) {
        cor_json_null(json, "pulled");
        return;
    }
    cor_json_open(json, "pulled", '{');
    cor_json_text(json, "symbol", pull.symbol);
    cor_json_number(json, "needed_by", pull.user);
    cor_json_number(json, "symbols", pull.symbols);
    cor_json_number(json, "members", pull.members);
    cor_json_close(json, '}');
}

void cor_json_component(struct cor_json *json, const struct cor_case *case_,
                        const struct cor_case_component *component)
{
    cor_json_open(json, NULL, '{');
    cor_json_number(json, "id", component->id);
    cor_json_text(json, "role", cor_role_word(component->role));
    cor_json_text(json, "name", component->name);
    cor_json_text(json, "path", component->path);
    cor_json_text(json, "kind", cor_kind_word(component->kind));
    cor_json_text(json, "machine", component->machine);
    cor_json_text(json, "sha256", component->sha256);
    if (component->same_as)
        cor_json_number(json, "same_as", component->same_as);
    else
        cor_json_null(json, "same_as");
    cor_json_text(json, "input", cor_json_input_name(case_, component->input));
    cor_json_number(json, "size", component->size);
    cor_json_open(json, "licence", '{');
    cor_json_text(json, "declared", component->licence);
    cor_json_text(json, "where", component->licence_where);
    cor_json_close(json, '}');
    cor_json_text(json, "reason", component->reason);
    cor_json_text(json, "build_id", component->build_id);
    cor_json_text(json, "soname", component->soname);
    cor_json_text(json, "compiler", component->compiler);
    cor_json_text(json, "vermagic", component->vermagic);
    cor_json_text(json, "undefined_table", component->undefined_table);
    cor_json_text(json, "defined_table", component->defined_table);
    cor_json_text(json, "banner", component->banner);
    cor_json_number(json, "config_lines", component->config_lines);
    cor_json_number(json, "exports", component->exports);
    cor_json_bool(json, "has_source", component->has_source);
    cor_json_number(json, "relocation_rows", component->relocation_rows);
    cor_json_text(json, "given_name", component->given_name);
    put_pull(json, case_, component);
    cor_json_open(json, "folders", '[');
    for (size_t i = 0; i < component->folders.count; i++) {
        cor_json_open(json, NULL, '{');
        cor_json_text(json, "folder", component->folders.items[i].folder);
        cor_json_number(json, "functions", component->folders.items[i].functions);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
    put_tally(json, "undefined", &component->undefined, true);
    put_tally(json, "defined", &component->defined, false);
    cor_json_excuse(json, component->excuse);
    cor_json_close(json, '}');
}

void cor_json_source_file(struct cor_json *json, const struct cor_case *case_,
                          const struct cor_case_source_file *file)
{
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "input", cor_json_input_name(case_, file->input));
    cor_json_text(json, "file", file->path);
    cor_json_text(json, "licence", file->licence);
    cor_json_text(json, "notice", file->notice);
    if (file->line)
        cor_json_number(json, "line", file->line);
    else
        cor_json_null(json, "line");
    cor_json_close(json, '}');
}

static void put_sources(struct cor_json *json, const struct cor_case *case_)
{
    cor_json_open(json, "sources", '[');
    for (size_t i = 0; i < case_->source_files.count; i++) {
        cor_json_line(json);
        cor_json_source_file(json, case_, &case_->source_files.items[i]);
    }
    cor_json_close(json, ']');
}

static void put_functions(struct cor_json *json, const struct cor_case *case_)
{
    cor_json_open(json, "functions", '[');
    for (size_t i = 0; i < case_->functions.count; i++) {
        const struct cor_case_function *function = &case_->functions.items[i];
        cor_json_line(json);
        cor_json_open(json, NULL, '{');
        cor_json_number(json, "component", function->component);
        cor_json_text(json, "name", function->name);
        cor_json_text(json, "class", cor_class_word(function->class_));
        cor_json_text(json, "reason", function->reason);
        cor_json_bool(json, "finding", function->finding);
        cor_json_excuse(json, function->excuse);
        cor_json_text(json, "section", function->section);
        cor_json_hex(json, "address", function->address);
        cor_json_number(json, "size", function->size);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
}

static void put_works(struct cor_json *json, const struct cor_case *case_)
{
    cor_json_open(json, "works", '[');
    for (size_t i = 0; i < case_->works.count; i++) {
        const struct cor_case_work *work = &case_->works.items[i];
        cor_json_line(json);
        cor_json_open(json, NULL, '{');
        cor_json_open(json, "components", '[');
        for (size_t k = 0; k < work->components.count; k++)
            cor_json_number(json, NULL, work->components.items[k]);
        cor_json_close(json, ']');
        cor_json_number(json, "links", work->links);
        cor_json_open(json, "licences", '[');
        for (size_t k = 0; k < work->licences.count; k++)
            cor_json_text(json, NULL, work->licences.items[k]);
        cor_json_close(json, ']');
        cor_json_open(json, "missing", '[');
        for (size_t k = 0; k < work->missing.count; k++)
            cor_json_number(json, NULL, work->missing.items[k]);
        cor_json_close(json, ']');
        cor_json_open(json, "edges", '[');
        for (size_t k = 0; k < work->edges.count; k++) {
            cor_json_open(json, NULL, '{');
            cor_json_number(json, "from", work->edges.items[k].from);
            cor_json_number(json, "to", work->edges.items[k].to);
            cor_json_number(json, "names", work->edges.items[k].names);
            cor_json_close(json, '}');
        }
        cor_json_close(json, ']');
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
}

static void put_crossings(struct cor_json *json, const struct cor_case *case_)
{
    cor_json_open(json, "into_released", '[');
    for (size_t i = 0; i < case_->crossings.count; i++) {
        const struct cor_case_crossing *row = &case_->crossings.items[i];
        cor_json_line(json);
        cor_json_open(json, NULL, '{');
        cor_json_number(json, "component", row->component);
        cor_json_number(json, "provider", row->provider);
        cor_json_text(json, "name", row->name);
        cor_json_text(json, "section", row->section);
        if (row->section)
            cor_json_hex(json, "offset", row->offset);
        else
            cor_json_null(json, "offset");
        cor_json_text(json, "type", row->type);
        cor_json_text(json, "kind", row->section ? cor_refkind_word(row->kind) : NULL);
        cor_json_text(json, "function", row->function);
        cor_json_text(json, "instruction", row->instruction);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
}

static void put_excuses(struct cor_json *json, const struct cor_case *case_)
{
    cor_json_open(json, "excuses", '[');
    for (size_t i = 0; i < case_->excuses.count; i++) {
        const struct cor_case_excuse *excuse = &case_->excuses.items[i];
        cor_json_line(json);
        cor_json_open(json, NULL, '{');
        cor_json_number(json, "id", i + 1);
        cor_json_text(json, "kind", excuse->kind);
        cor_json_text(json, "name", excuse->name);
        cor_json_text(json, "component", excuse->component);
        cor_json_text(json, "reason", excuse->reason);
        cor_json_text(json, "author", excuse->author);
        cor_json_text(json, "expires", excuse->expires);
        cor_json_bool(json, "expired", excuse->expired);
        cor_json_number(json, "uses", excuse->uses);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
}

static void put_totals(struct cor_json *json, const struct cor_case *case_)
{
    cor_json_open(json, "totals", '{');
    put_tally(json, "undefined", &case_->undefined, true);
    put_tally(json, "defined", &case_->defined, false);
    cor_json_number(json, "components", case_->component_total);
    cor_json_number(json, "names", case_->names);
    cor_json_number(json, "outside", case_->outside);
    cor_json_number(json, "findings", case_->findings);
    cor_json_number(json, "undetermined", case_->undetermined);
    cor_json_number(json, "excused_findings", case_->excused_findings);
    cor_json_number(json, "excused_undetermined", case_->excused_undetermined);
    cor_json_close(json, '}');
}

static void put_head(struct cor_json *json, const struct cor_case *case_)
{
    cor_json_line(json);
    cor_json_text(json, "schema", "correspond-report/1");
    cor_json_line(json);
    cor_json_open(json, "tool", '{');
    cor_json_text(json, "name", case_->tool_name);
    cor_json_text(json, "version", case_->tool_version);
    cor_json_close(json, '}');
    cor_json_line(json);
    put_inputs(json, case_);
    cor_json_line(json);
    put_coverage(json, case_);
    cor_json_line(json);
    cor_json_open(json, "components", '[');
    for (size_t i = 0; i < case_->components.count; i++) {
        cor_json_line(json);
        cor_json_component(json, case_, &case_->components.items[i]);
    }
    cor_json_close(json, ']');
}

static void put_tail(struct cor_json *json, const struct cor_case *case_)
{
    cor_json_line(json);
    put_sources(json, case_);
    cor_json_line(json);
    put_functions(json, case_);
    cor_json_line(json);
    put_works(json, case_);
    cor_json_line(json);
    put_crossings(json, case_);
    cor_json_line(json);
    cor_json_open(json, "notes", '[');
    for (size_t i = 0; i < case_->notes.count; i++) {
        cor_json_line(json);
        cor_json_text(json, NULL, case_->notes.items[i]);
    }
    cor_json_close(json, ']');
    cor_json_line(json);
    put_excuses(json, case_);
    cor_json_line(json);
    put_totals(json, case_);
    fputc('\n', json->out);
}

enum cor_status cor_json_write(const struct cor_case *case_,
                               const struct cor_report_options *options, FILE *out)
{
    struct cor_json json = {.out = out};
    struct cor_index index;
    enum cor_status status = cor_index_init(&index, case_);
    if (status != COR_OK)
        return status;
    cor_json_open(&json, NULL, '{');
    put_head(&json, case_);
    cor_json_line(&json);
    cor_json_open(&json, "symbols", '[');
    for (size_t i = 0; status == COR_OK && i < case_->symbols.count; i++) {
        if (!case_->symbols.items[i].full && !options->all)
            continue;
        cor_json_line(&json);
        status = cor_interrupted() ? COR_INTERRUPTED
                                   : cor_json_symbol(&json, &index, &case_->symbols.items[i]);
    }
    cor_json_close(&json, ']');
    put_tail(&json, case_);
    cor_json_close(&json, '}');
    fputc('\n', out);
    cor_index_dispose(&index);
    return status == COR_OK ? cor_put_done(out) : status;
}
