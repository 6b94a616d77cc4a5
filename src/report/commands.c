// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report/unpack_command.h"
#include "report/maker.h"
#include "report/shell.h"

// A stranger who has seen this many of a kind can make the next himself; the report says how many
// more there are.
enum { MOST_COMPONENTS = 4, MOST_FUNCTIONS = 3 };
enum { LONGEST_COMMAND = 1 << 20, LONGEST_FILE_NAME = 40 };

enum cor_status cor_maker_finish(struct cor_maker *maker, const char *about)
{
    const char *text = cor_arena_text(&maker->made->arena, cor_buffer_slice(&maker->text));
    maker->text.size = 0;
    if (!about || !text)
        return COR_NOMEM;
    return cor_array_add(&maker->made->list, (struct cor_command){about, text});
}

enum cor_status cor_maker_cannot(struct cor_maker *maker, const char *why)
{
    maker->text.size = 0;
    return why ? cor_array_add(&maker->made->list, (struct cor_command){why, NULL}) : COR_NOMEM;
}

const char *cor_maker_file(struct cor_maker *maker, char letter, unsigned number, const char *name)
{
    char safe[LONGEST_FILE_NAME + 1];
    size_t size = 0;
    for (; *name && size < LONGEST_FILE_NAME; name++) {
        char one[2] = {*name, '\0'};
        safe[size++] = cor_shell_plain(one) && !strchr("/,:=@%", *name) ? *name : '_';
    }
    safe[size] = '\0';
    return cor_arena_printf(cor_maker_arena(maker), "%c%u-%s", letter, number, safe);
}

enum cor_status cor_maker_unpack(struct cor_maker *maker, uint32_t input, const char *path,
                                 const char *file, const char *sha256, const char **ret_why)
{
    if (!file)
        return COR_NOMEM;
    const struct cor_cited_file *cited = NULL;
    enum cor_status status = COR_OK;
    if (maker->index->cited)
        status = cor_cite(maker->index->cited, input, path, *file == 's', &cited);
    if (status == COR_OK && cited)
        status = cor_buffer_printf(&maker->text, "cat \"$BUNDLE/%s\"", cited->name);
    else if (status == COR_OK)
        status = cor_unpack_command(&maker->text, maker->index, input, path, false,
                                    cor_maker_arena(maker), ret_why);
    if (status != COR_OK)
        return status;
    if (!sha256 || !*sha256)
        return cor_buffer_printf(&maker->text, " >%s;\ntest -s %s", file, file);
    return cor_buffer_printf(&maker->text, " >%s;\necho '%s  %s' | sha256sum -c", file, sha256,
                             file);
}

static bool has_relocations(const struct cor_maker *maker, uint32_t component)
{
    for (size_t i = 0; i < maker->symbol->references.count; i++) {
        const struct cor_case_reference *row = &maker->symbol->references.items[i];
        if (row->component == component && row->type && strncmp(row->type, "R_", 2) == 0)
            return true;
    }
    return false;
}

// The instructions, in objects whose code still carries relocation rows.
static enum cor_status add_instructions(struct cor_maker *maker,
                                        const struct cor_case_component *component,
                                        const char *file)
{
    const char *done[MOST_FUNCTIONS];
    unsigned count = 0;
    enum cor_status status = COR_OK;
    if (component->kind != COR_KIND_KERNEL_MODULE && component->kind != COR_KIND_RELOCATABLE)
        return COR_OK;
    for (size_t i = 0; status == COR_OK && i < maker->symbol->references.count; i++) {
        const struct cor_case_reference *row = &maker->symbol->references.items[i];
        bool known = row->component != component->id || !row->function || !row->instruction ||
                     !cor_shell_sayable(row->function) || count == MOST_FUNCTIONS;
        for (unsigned k = 0; k < count && !known; k++)
            known = strcmp(done[k], row->function) == 0;
        if (known)
            continue;
        done[count++] = row->function;
        status = cor_buffer_printf(&maker->text, " &&\nobjdump -dr --disassemble=");
        if (status == COR_OK)
            status = cor_shell_word(&maker->text, row->function);
        if (status == COR_OK)
            status =
                cor_buffer_printf(&maker->text, " %s | grep -E -B 1 'R_.*[[:space:]]%s([-+@]|$)'",
                                  file, maker->pattern);
    }
    return status;
}

static enum cor_status need(struct cor_maker *maker, const struct cor_case_component *component)
{
    const char *file = cor_maker_file(maker, 'c', component->id, component->name);
    const char *why = NULL;
    enum cor_status status =
        cor_maker_unpack(maker, component->input, component->path, file, component->sha256, &why);
    if (status == COR_UNSUPPORTED)
        return cor_maker_cannot(maker, why);
    if (status == COR_OK)
        status = cor_buffer_printf(&maker->text, " &&\nreadelf -Ws %s | grep -E ' UND %s(@| |$)'",
                                   file, maker->pattern);
    if (status == COR_OK && has_relocations(maker, component->id))
        status = cor_buffer_printf(&maker->text, " &&\nreadelf -Wr %s | grep -E ' %s(@| |$)'", file,
                                   maker->pattern);
    if (status == COR_OK)
        status = add_instructions(maker, component, file);
    if (status != COR_OK)
        return status;
    return cor_maker_finish(maker,
                            cor_arena_printf(cor_maker_arena(maker),
                                             "%s needs it, and does not have it", component->name));
}

static bool readable_by_stock_tools(const struct cor_case_component *component)
{
    return component->kind != COR_KIND_UNSUPPORTED &&
           !(component->defined_table && strcmp(component->defined_table, "kallsyms") == 0);
}

// Components with released source come first: theirs is the case.
static enum cor_status needs(struct cor_maker *maker)
{
    unsigned count = 0;
    size_t skipped = 0;
    enum cor_status status = COR_OK;
    for (unsigned pass = 0; pass < 2; pass++)
        for (size_t i = 0; status == COR_OK && i < maker->symbol->needed_by.count; i++) {
            const struct cor_case_component *component = cor_case_component_by_id(
                maker->index->case_, maker->symbol->needed_by.items[i].component);
            if (!component || component->has_source != (pass == 0))
                continue;
            if (count == MOST_COMPONENTS)
                skipped++;
            else if (count++, component->undefined_table)
                status = need(maker, component);
        }
    if (status == COR_OK && skipped)
        status = cor_maker_cannot(
            maker, cor_arena_printf(cor_maker_arena(maker),
                                    "likewise for %zu further components that need it", skipped));
    return status;
}

static enum cor_status provider(struct cor_maker *maker, const struct cor_case_component *component)
{
    const char *file = cor_maker_file(maker, 'c', component->id, component->name);
    const char *why = NULL;
    if (!readable_by_stock_tools(component))
        return cor_maker_cannot(
            maker, cor_arena_printf(cor_maker_arena(maker),
                                    "no stock tool shows the symbols of %s (%s)", component->name,
                                    component->defined_table ? component->defined_table
                                                             : cor_kind_word(component->kind)));
    enum cor_status status =
        cor_maker_unpack(maker, component->input, component->path, file, component->sha256, &why);
    if (status == COR_UNSUPPORTED)
        return cor_maker_cannot(maker, why);
    if (status == COR_OK)
        status = cor_buffer_printf(&maker->text,
                                   " &&\nreadelf -Ws %s | grep -E ' ([0-9]+|ABS|COM) %s(@| |$)'",
                                   file, maker->pattern);
    if (status != COR_OK)
        return status;
    return cor_maker_finish(maker,
                            cor_arena_printf(cor_maker_arena(maker), "%s has it", component->name));
}

static enum cor_status providers(struct cor_maker *maker)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < maker->symbol->providers.count; i++) {
        const struct cor_case_component *component = cor_case_component_by_id(
            maker->index->case_, maker->symbol->providers.items[i].component);
        if (component && i < MOST_COMPONENTS)
            status = provider(maker, component);
    }
    return status;
}

// The hashes of the inputs that the commands read.
static enum cor_status inputs(struct cor_maker *maker)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < maker->index->case_->inputs.count; i++) {
        const struct cor_input *input = &maker->index->case_->inputs.items[i];
        if (!input->sha256[0] ||
            (input->role != COR_ROLE_SHIPPED && input->role != COR_ROLE_SOURCE))
            continue;
        status = cor_buffer_printf(&maker->text, "sha256sum <");
        if (status == COR_OK)
            status = cor_shell_file(&maker->text, input, "");
        if (status == COR_OK)
            status = cor_buffer_printf(&maker->text, " | grep %s", input->sha256);
        if (status == COR_OK)
            status = cor_maker_finish(maker, cor_arena_printf(cor_maker_arena(maker),
                                                              "%s is the file that was read",
                                                              input->name));
    }
    return status;
}

static enum cor_status make_pattern(struct cor_maker *maker)
{
    enum cor_status status = cor_shell_regex(&maker->text, maker->symbol->name);
    maker->pattern = cor_arena_text(cor_maker_arena(maker), cor_buffer_slice(&maker->text));
    maker->text.size = 0;
    return status == COR_OK && !maker->pattern ? COR_NOMEM : status;
}

static enum cor_status make_all(struct cor_maker *maker)
{
    enum cor_status status = make_pattern(maker);
    if (status == COR_OK)
        status = inputs(maker);
    if (status == COR_OK)
        status = cor_maker_places(maker);
    if (status == COR_OK && maker->symbol->class_ != COR_CLASS_RELEASED)
        status = cor_maker_searches(maker);
    if (status == COR_OK)
        status = needs(maker);
    return status == COR_OK ? providers(maker) : status;
}

enum cor_status cor_commands_symbol(const struct cor_index *index,
                                    const struct cor_case_symbol *symbol,
                                    struct cor_commands *ret_commands)
{
    struct cor_commands made = {0};
    struct cor_maker maker = {.index = index, .symbol = symbol, .made = &made};
    cor_arena_init(&made.arena);
    cor_buffer_init(&maker.text, LONGEST_COMMAND);
    enum cor_status status = make_all(&maker);
    cor_buffer_dispose(&maker.text);
    if (status == COR_OK)
        *ret_commands = made;
    else
        cor_commands_dispose(&made);
    return status;
}

void cor_commands_dispose(struct cor_commands *commands)
{
    cor_array_dispose(&commands->list);
    cor_arena_dispose(&commands->arena);
    *commands = (struct cor_commands){0};
}
