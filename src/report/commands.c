// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report/extract.h"
#include "report/shell.h"

// A stranger who has seen this many of a kind can make the next himself; the report says how many
// more there are.
enum { MOST_COMPONENTS = 4, MOST_FILES = 6, MOST_FUNCTIONS = 3, MOST_HOLDERS = 8 };
enum { LONGEST_COMMAND = 1 << 20, LONGEST_FILE_NAME = 40 };

struct maker {
    const struct cor_index *index;
    const struct cor_case_symbol *symbol;
    struct cor_commands *made;
    struct cor_buffer text;
    const char *pattern; // the symbol's name for grep -E
};

static enum cor_status finish(struct maker *maker, const char *about)
{
    const char *text = cor_arena_text(&maker->made->arena, cor_buffer_slice(&maker->text));
    maker->text.size = 0;
    if (!about || !text)
        return COR_NOMEM;
    return cor_array_add(&maker->made->list, (struct cor_command){about, text});
}

static enum cor_status cannot(struct maker *maker, const char *why)
{
    maker->text.size = 0;
    return why ? cor_array_add(&maker->made->list, (struct cor_command){why, NULL}) : COR_NOMEM;
}

static struct cor_arena *arena_of(const struct maker *maker)
{
    return &maker->made->arena;
}

// A name for the unpacked file that no shell minds.
static const char *file_name(struct maker *maker, char letter, unsigned number, const char *name)
{
    char safe[LONGEST_FILE_NAME + 1];
    size_t size = 0;
    for (; *name && size < LONGEST_FILE_NAME; name++) {
        char one[2] = {*name, '\0'};
        safe[size++] = cor_shell_plain(one) && !strchr("/,:=@%", *name) ? *name : '_';
    }
    safe[size] = '\0';
    return cor_arena_printf(arena_of(maker), "%c%u-%s", letter, number, safe);
}

// Unpacks a member into `file` and checks its hash; what follows goes behind " &&\n".
static enum cor_status unpack(struct maker *maker, uint32_t input, const char *path,
                              const char *file, const char *sha256, const char **ret_why)
{
    if (!file)
        return COR_NOMEM;
    enum cor_status status =
        cor_extract(&maker->text, maker->index, input, path, false, arena_of(maker), ret_why);
    if (status != COR_OK)
        return status;
    if (!sha256 || !*sha256)
        return cor_buffer_printf(&maker->text, " >%s;\ntest -s %s", file, file);
    return cor_buffer_printf(&maker->text, " >%s;\necho '%s  %s' | sha256sum -c", file, sha256,
                             file);
}

static bool has_relocations(const struct maker *maker, uint32_t component)
{
    for (size_t i = 0; i < maker->symbol->references.count; i++) {
        const struct cor_case_reference *row = &maker->symbol->references.items[i];
        if (row->component == component && row->type && strncmp(row->type, "R_", 2) == 0)
            return true;
    }
    return false;
}

// The instructions, in objects whose code still carries relocation rows.
static enum cor_status
add_instructions(struct maker *maker, const struct cor_case_component *component, const char *file)
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

static enum cor_status need(struct maker *maker, const struct cor_case_component *component)
{
    const char *file = file_name(maker, 'c', component->id, component->name);
    const char *why = NULL;
    enum cor_status status =
        unpack(maker, component->input, component->path, file, component->sha256, &why);
    if (status == COR_UNSUPPORTED)
        return cannot(maker, why);
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
    return finish(maker, cor_arena_printf(arena_of(maker), "%s needs it, and does not have it",
                                          component->name));
}

static bool readable_by_stock_tools(const struct cor_case_component *component)
{
    return component->kind != COR_KIND_UNSUPPORTED &&
           !(component->defined_table && strcmp(component->defined_table, "kallsyms") == 0);
}

// Components with released source come first: theirs is the case.
static enum cor_status needs(struct maker *maker)
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
        status = cannot(maker, cor_arena_printf(arena_of(maker),
                                                "likewise for %zu further components that need it",
                                                skipped));
    return status;
}

static enum cor_status provider(struct maker *maker, const struct cor_case_component *component)
{
    const char *file = file_name(maker, 'c', component->id, component->name);
    const char *why = NULL;
    if (!readable_by_stock_tools(component))
        return cannot(
            maker, cor_arena_printf(arena_of(maker), "no stock tool shows the symbols of %s (%s)",
                                    component->name,
                                    component->defined_table ? component->defined_table
                                                             : cor_kind_word(component->kind)));
    enum cor_status status =
        unpack(maker, component->input, component->path, file, component->sha256, &why);
    if (status == COR_UNSUPPORTED)
        return cannot(maker, why);
    if (status == COR_OK)
        status = cor_buffer_printf(&maker->text,
                                   " &&\nreadelf -Ws %s | grep -E ' ([0-9]+|ABS|COM) %s(@| |$)'",
                                   file, maker->pattern);
    if (status != COR_OK)
        return status;
    return finish(maker, cor_arena_printf(arena_of(maker), "%s has it", component->name));
}

static enum cor_status providers(struct maker *maker)
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
static enum cor_status inputs(struct maker *maker)
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
            status = finish(maker, cor_arena_printf(arena_of(maker), "%s is the file that was read",
                                                    input->name));
    }
    return status;
}

struct places {
    const struct cor_case_place *items;
    size_t count;
    const char *what;
};

static bool same_file(const struct cor_case_place *a, const struct cor_case_place *b)
{
    return a->input == b->input && a->file && b->file && strcmp(a->file, b->file) == 0;
}

// Shows all lines of `places` that stand in the file of its first place.
static enum cor_status add_lines(struct maker *maker, struct places places, const char *file)
{
    enum cor_status status = cor_buffer_printf(&maker->text, " &&\nsed -n");
    unsigned count = 0;
    for (size_t i = 0; status == COR_OK && i < places.count && count < 20; i++) {
        const struct cor_case_place *place = &places.items[i];
        if (!same_file(place, places.items) || place->line == 0)
            continue;
        uint32_t first = place->line > 2 ? place->line - 2 : 1;
        status = cor_buffer_printf(&maker->text, " -e %u,%up", first, place->line + 2);
        count++;
    }
    return status == COR_OK ? cor_buffer_printf(&maker->text, " %s", file) : status;
}

static const char *hash_text(struct maker *maker, const struct cor_member *member)
{
    char *text = member && member->hashed ? cor_arena_alloc(arena_of(maker), 65, 1) : NULL;
    for (size_t i = 0; text && i < 32; i++)
        snprintf(text + 2 * i, 3, "%02x", member->sha256[i]);
    return text;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static enum cor_status source_file(struct maker *maker, struct places places, unsigned number)
{
    const struct cor_case_place *place = places.items;
    const char *path =
        cor_index_source_path(maker->index, place->input, place->file, arena_of(maker));
    const char *file = file_name(maker, 's', number, base_name(place->file));
    const char *why = NULL;
    if (!path || !file)
        return COR_NOMEM;
    const struct cor_member *member =
        cor_index_member(maker->index, place->input, cor_slice_text(path));
    enum cor_status status =
        unpack(maker, place->input, path, file, hash_text(maker, member), &why);
    if (status == COR_UNSUPPORTED)
        return cannot(maker, why);
    if (status == COR_OK)
        status = add_lines(maker, places, file);
    if (status != COR_OK)
        return status;
    return finish(maker, cor_arena_printf(arena_of(maker), "%s in %s", places.what, place->file));
}

static bool is_among(const struct cor_case_place *place, const struct cor_case_place *const *seen,
                     unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (same_file(seen[i], place))
            return true;
    return false;
}

static enum cor_status sources(struct maker *maker, struct places places, unsigned *number)
{
    const struct cor_case_place *seen[MOST_FILES];
    enum cor_status status = COR_OK;
    unsigned count = 0;
    for (size_t i = 0; status == COR_OK && i < places.count; i++) {
        const struct cor_case_place *place = &places.items[i];
        if (!place->file || !place->line || place->input >= maker->index->case_->inputs.count ||
            is_among(place, seen, count))
            continue;
        if (count == MOST_FILES)
            return cannot(maker, "likewise for the further files");
        seen[count++] = place;
        status =
            source_file(maker, (struct places){place, places.count - i, places.what}, ++*number);
    }
    return status;
}

// Lines longer than a screen are cut; bytes that a terminal would mind become question marks.
static enum cor_status finish_search(struct maker *maker, const char *name)
{
    enum cor_status status = cor_buffer_printf(
        &maker->text,
        " |\nLC_ALL=C tr -c '\\n\\t -~' '?' | grep -E '(^|[^A-Za-z0-9_])%s([^A-Za-z0-9_]|$)' |\n"
        "cut -c 1-200 | grep . || echo 'no line names it'",
        maker->pattern);
    if (status != COR_OK)
        return status;
    enum cor_class class_ = maker->symbol->class_;
    bool absent = class_ == COR_CLASS_BINARY_ONLY || class_ == COR_CLASS_UNRESOLVED;
    return finish(maker, cor_arena_printf(arena_of(maker), "every line of %s that names it%s", name,
                                          absent ? "; none is the start of its body" : ""));
}

static enum cor_status search_holder(struct maker *maker, const struct cor_member *holder)
{
    const char *why = NULL;
    enum cor_status status = cor_extract(&maker->text, maker->index, holder->input, holder->path,
                                         true, arena_of(maker), &why);
    if (status == COR_UNSUPPORTED)
        return cannot(maker, why);
    return status == COR_OK ? finish_search(maker, holder->path) : status;
}

static bool is_holder(const struct maker *maker, uint32_t input)
{
    for (size_t i = 0; i < maker->index->holders.count; i++)
        if (maker->index->holders.items[i]->input == input)
            return true;
    return false;
}

static enum cor_status search_input(struct maker *maker, const struct cor_input *input)
{
    enum cor_status status = cor_buffer_printf(
        &maker->text, input->folder ? "LC_ALL=C grep -rIEw '%s' " : "LC_ALL=C grep -aEw '%s' ",
        maker->pattern);
    if (status == COR_OK)
        status = cor_shell_file(&maker->text, input, "");
    return status == COR_OK ? finish_search(maker, input->name) : status;
}

// What shows the absence of a body: all that the release says of the name.
static enum cor_status searches(struct maker *maker)
{
    const struct cor_case *case_ = maker->index->case_;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < case_->inputs.count; i++)
        if (case_->inputs.items[i].role == COR_ROLE_SOURCE &&
            (case_->inputs.items[i].folder || !is_holder(maker, (uint32_t)i)))
            status = search_input(maker, &case_->inputs.items[i]);
    size_t count = maker->index->holders.count;
    for (size_t i = 0; status == COR_OK && i < count && i < MOST_HOLDERS; i++)
        status = search_holder(maker, maker->index->holders.items[i]);
    if (status == COR_OK && count > MOST_HOLDERS)
        status = cannot(maker, cor_arena_printf(arena_of(maker),
                                                "likewise for %zu further containers of source",
                                                count - MOST_HOLDERS));
    return status;
}

static enum cor_status make_pattern(struct maker *maker)
{
    enum cor_status status = cor_shell_regex(&maker->text, maker->symbol->name);
    maker->pattern = cor_arena_text(arena_of(maker), cor_buffer_slice(&maker->text));
    maker->text.size = 0;
    return status == COR_OK && !maker->pattern ? COR_NOMEM : status;
}

static enum cor_status make_all(struct maker *maker)
{
    const struct cor_case_symbol *symbol = maker->symbol;
    const struct places lists[] = {
        {symbol->calls.items, symbol->calls.count, "the calls"},
        {symbol->declarations.items, symbol->declarations.count, "the declarations"},
        {symbol->definitions.items, symbol->definitions.count, "the bodies"},
        {symbol->namesakes.items, symbol->namesakes.count,
         "the namesakes, which are not its body,"},
    };
    unsigned number = 0;
    enum cor_status status = make_pattern(maker);
    if (status == COR_OK)
        status = inputs(maker);
    for (size_t i = 0; status == COR_OK && i < sizeof lists / sizeof *lists; i++)
        status = sources(maker, lists[i], &number);
    if (status == COR_OK && symbol->class_ != COR_CLASS_RELEASED)
        status = searches(maker);
    if (status == COR_OK)
        status = needs(maker);
    return status == COR_OK ? providers(maker) : status;
}

enum cor_status cor_commands_symbol(const struct cor_index *index,
                                    const struct cor_case_symbol *symbol,
                                    struct cor_commands *ret_commands)
{
    struct cor_commands made = {0};
    struct maker maker = {.index = index, .symbol = symbol, .made = &made};
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
