// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Components with their tallies, and the totals.
#include <string.h>

#include "audit/case_text.h"
#include "audit/homes.h"
#include "intake/hash.h"

static const char *table_word(enum cor_symbol_table table)
{
    static const char *const words[] = {
        [COR_TABLE_NONE] = NULL,
        [COR_TABLE_SYMTAB] = ".symtab",
        [COR_TABLE_DYNSYM] = ".dynsym",
        [COR_TABLE_KALLSYMS] = "kallsyms",
    };
    return words[table];
}

static struct cor_tally count_needs(const struct cor_component *component,
                                    const struct cor_component_verdicts *verdicts)
{
    struct cor_tally tally = {.known = true, .total = component->undefined.count};
    for (size_t i = 0; i < component->undefined.count; i++)
        tally.of[verdicts->needs[i].class_]++;
    return tally;
}

static struct cor_tally count_own(const struct cor_component *component,
                                  const struct cor_component_verdicts *verdicts)
{
    struct cor_tally tally = {.known = true};
    for (size_t i = 0; i < component->defined.count; i++) {
        if (!cor_symbol_is_function(&component->defined.items[i]))
            continue;
        tally.total++;
        tally.of[verdicts->own[i].class_]++;
    }
    return tally;
}

static const char *reason_for(const struct cor_component *component)
{
    if (component->unsupported)
        return component->unsupported;
    if (component->damage)
        return component->damage;
    if (component->defined_table == COR_TABLE_NONE && component->kind != COR_KIND_ARCHIVE)
        return "no .symtab: which functions it defines cannot be told";
    return NULL;
}

static void tally_component(const struct cor_component *component,
                            const struct cor_component_verdicts *verdicts,
                            struct cor_case_component *row)
{
    row->has_source = verdicts->has_source;
    if (component->kind == COR_KIND_ARCHIVE) {
        row->undefined.known = row->defined.known = true;
    } else if (verdicts->judged) {
        row->undefined = count_needs(component, verdicts);
        if (component->defined_table != COR_TABLE_NONE)
            row->defined = count_own(component, verdicts);
    }
}

static uint64_t count_options(const char *config)
{
    uint64_t count = 0;
    for (const char *line = config; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        count += strncmp(line, "CONFIG_", 7) == 0;
        if (!*line)
            break;
    }
    return count;
}

static enum cor_status own_texts(struct cor_case *case_, struct cor_case_component *row)
{
    const char **texts[] = {&row->path,          &row->name,     &row->machine,  &row->licence,
                            &row->licence_where, &row->reason,   &row->build_id, &row->soname,
                            &row->compiler,      &row->vermagic, &row->banner};
    return cor_case_texts(case_, texts, sizeof texts / sizeof *texts);
}

// The gzip layer's name stands in the header of the member around the component.
static const char *given_name(const struct cor_case *case_, const struct cor_case_component *row)
{
    static const char layer[] = "!gzip";
    size_t size = strlen(row->path), tail = sizeof layer - 1;
    for (size_t i = 0; size > tail && i < case_->members.count; i++) {
        const struct cor_member *member = &case_->members.items[i];
        if (member->given_name && member->input == row->input &&
            strncmp(member->path, row->path, size - tail) == 0 &&
            member->path[size - tail] == '\0' && strcmp(row->path + size - tail, layer) == 0)
            return member->given_name;
    }
    return NULL;
}

static enum cor_status add_folders(const struct cor_pipeline *pipeline,
                                   const struct cor_component *component, struct cor_case *case_,
                                   struct cor_case_component *row)
{
    enum { MOST = 32 };
    struct cor_homes homes = {0};
    enum cor_status status = COR_OK;
    if (row->has_source)
        status = cor_homes_find(pipeline, component, &homes);
    for (size_t i = 0; status == COR_OK && i < homes.folders.count && i < MOST; i++) {
        const struct cor_home *home = &homes.folders.items[i];
        struct cor_slice folder = cor_folder_of(pipeline->source.files.items[home->file].path);
        struct cor_case_folder made = {cor_arena_text(&case_->arena, folder), home->count};
        status = made.folder ? cor_array_add(&row->folders, made) : COR_NOMEM;
    }
    cor_homes_dispose(&homes);
    return status;
}

static enum cor_status add_component(struct cor_pipeline *pipeline, size_t number,
                                     struct cor_case *case_)
{
    const struct cor_component *component = pipeline->product.components.items[number];
    char hex[65];
    cor_hex(component->sha256, sizeof component->sha256, hex);
    struct cor_case_component row = {
        .id = component->id,
        .input = component->input,
        .same_as = component->same_as,
        .role = component->role,
        .kind = component->kind,
        .path = component->path,
        .name = component->name,
        .machine = component->machine,
        .sha256 = cor_arena_text(&case_->arena, cor_slice_text(hex)),
        .size = component->file_size,
        .licence = component->licence,
        .licence_where = component->licence_where,
        .reason = reason_for(component),
        .build_id = component->build_id,
        .soname = component->soname,
        .compiler = component->compiler,
        .vermagic = cor_component_modinfo(component, "vermagic"),
        .undefined_table = table_word(component->undefined_table),
        .defined_table = table_word(component->defined_table),
        .relocation_rows = component->relocation_rows,
        .banner = component->kernel_banner,
        .config_lines = count_options(component->kernel_config),
        .exports = component->exports.count,
    };
    tally_component(component, &pipeline->verdicts.components[number], &row);
    row.given_name = given_name(case_, &row);
    enum cor_status status = row.sha256 ? own_texts(case_, &row) : COR_NOMEM;
    if (status == COR_OK)
        status = add_folders(pipeline, component, case_, &row);
    if (status == COR_OK)
        status = cor_array_add(&case_->components, row);
    if (status != COR_OK)
        cor_array_dispose(&row.folders);
    return status;
}

enum cor_status cor_case_add_components(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pipeline->product.components.count; i++) {
        const struct cor_component *component = pipeline->product.components.items[i];
        if (component->id == 0)
            continue;
        status = add_component(pipeline, i, case_);
        if (status != COR_OK || !cor_pipeline_is_subject(pipeline, component))
            continue;
        const struct cor_case_component *row = &case_->components.items[component->id - 1];
        cor_tally_add(&case_->undefined, &row->undefined);
        cor_tally_add(&case_->defined, &row->defined);
        case_->component_total++;
        case_->undetermined += !row->undefined.known || !row->defined.known;
    }
    return status;
}
