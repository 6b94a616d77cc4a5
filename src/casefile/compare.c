// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "casefile/compare.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/interrupt.h"
#include "casefile/tables.h"

struct side {
    const struct cor_case *case_;
    struct cor_raw_list list;
};

struct comparing {
    struct cor_facts *facts;
    size_t most;
    bool excuses;
    const struct cor_table *table;
    struct side kept, found;
    const char *about; // the owner's row; NULL in a table of the case's own
};

static const void *record_at(const struct cor_table *table, const struct cor_raw_list *list,
                             size_t index)
{
    return (const char *)list->items + index * table->item_size;
}

static const char *text_at(const void *record, size_t offset)
{
    const char *text;
    memcpy(&text, (const char *)record + offset, sizeof text);
    return text;
}

static uint32_t number_at(const void *record, size_t offset)
{
    uint32_t number;
    memcpy(&number, (const char *)record + offset, sizeof number);
    return number;
}

static const char *component_path(const struct cor_case *case_, uint32_t id)
{
    const struct cor_case_component *component = cor_case_component_by_id(case_, id);
    return component ? component->path : NULL;
}

// What a row is about: its path or name.
static const char *identity(const struct cor_table *table, const void *record)
{
    for (unsigned i = 0; i < table->field_count; i++)
        if (strcmp(table->fields[i].column, "path") == 0)
            return text_at(record, table->fields[i].offset);
    for (unsigned i = 0; i < table->field_count; i++)
        if (strcmp(table->fields[i].column, "name") == 0)
            return text_at(record, table->fields[i].offset);
    return NULL;
}

static const char *index_text(const struct cor_case *case_, const struct cor_field *field,
                              uint32_t index)
{
    if (field->limit == COR_TABLE_INPUT && index < case_->inputs.count)
        return case_->inputs.items[index].name;
    if (field->limit == COR_TABLE_MEMBER && index < case_->members.count)
        return case_->members.items[index].path;
    return NULL;
}

static const char *hash_text(struct cor_arena *arena, const char *record,
                             const struct cor_field *field)
{
    char hex[65] = "";
    bool hashed;
    memcpy(&hashed, record + field->limit, sizeof hashed);
    for (unsigned i = 0; hashed && i < 32; i++)
        snprintf(hex + 2 * i, 3, "%02x", (unsigned char)record[field->offset + i]);
    return hashed ? cor_arena_text(arena, cor_slice_text(hex)) : NULL;
}

static const struct word {
    const char *list, *word;
    unsigned number;
} words[] = {
#define COR_ROLE(id, text)      {"role", text, COR_ROLE_##id},
#define COR_KIND(id, text)      {"kind", text, COR_KIND_##id},
#define COR_CLASS(id, text)     {"class", text, COR_CLASS_##id},
#define COR_REFKIND(id, text)   {"refkind", text, COR_REFKIND_##id},
#define COR_DIRECTION(id, text) {"direction", text, COR_DIRECTION_##id},
#define COR_STATE(id, text)     {"state", text, COR_STATE_##id},
#include "model/terms.def"
};

// The word of a closed list; of other numbers (flags) the digits.
static const char *number_text(struct cor_arena *arena, const struct cor_field *field,
                               uint32_t number)
{
    const char *list = field->column;
    if (strcmp(list, "kind") == 0 && field->limit == COR_REFKIND_COUNT)
        list = "refkind";
    for (size_t i = 0; field->type == COR_FIELD_ENUM && i < sizeof words / sizeof *words; i++)
        if (words[i].number == number && strcmp(words[i].list, list) == 0)
            return words[i].word;
    return cor_arena_printf(arena, "%" PRIu32, number);
}

// The value for people; numbers that point at other rows as what those are about.
static const char *value_text(struct cor_arena *arena, const struct cor_case *case_,
                              const struct cor_field *field, const void *record)
{
    const char *place = (const char *)record + field->offset;
    int64_t large;
    bool truth;
    switch (field->type) {
    case COR_FIELD_TEXT:
    case COR_FIELD_OPTIONAL:
        return text_at(record, field->offset);
    case COR_FIELD_CHARS:
        return place;
    case COR_FIELD_HASH:
        return hash_text(arena, record, field);
    case COR_FIELD_BOOL:
        memcpy(&truth, place, sizeof truth);
        return truth ? "yes" : "no";
    case COR_FIELD_64:
        memcpy(&large, place, sizeof large);
        return cor_arena_printf(arena, "%" PRId64, large);
    case COR_FIELD_INDEX:
        return index_text(case_, field, number_at(record, field->offset));
    case COR_FIELD_COMPONENT:
        return component_path(case_, number_at(record, field->offset));
    case COR_FIELD_U32:
    case COR_FIELD_ENUM:
        return number_text(arena, field, number_at(record, field->offset));
    }
    return NULL;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_value(const struct comparing *comparing, const struct cor_field *field,
                       const void *kept, const void *found)
{
    const char *a = (const char *)kept + field->offset, *b = (const char *)found + field->offset;
    const struct cor_case *left = comparing->kept.case_, *right = comparing->found.case_;
    uint32_t x, y;
    switch (field->type) {
    case COR_FIELD_TEXT:
    case COR_FIELD_OPTIONAL:
        return same_text(text_at(kept, field->offset), text_at(found, field->offset));
    case COR_FIELD_CHARS:
        return strncmp(a, b, field->limit) == 0;
    case COR_FIELD_HASH:
        return memcmp(a, b, 32) == 0 &&
               memcmp((const char *)kept + field->limit, (const char *)found + field->limit,
                      sizeof(bool)) == 0;
    case COR_FIELD_BOOL:
        return memcmp(a, b, sizeof(bool)) == 0;
    case COR_FIELD_64:
        return memcmp(a, b, sizeof(int64_t)) == 0;
    case COR_FIELD_INDEX:
        x = number_at(kept, field->offset), y = number_at(found, field->offset);
        return same_text(index_text(left, field, x), index_text(right, field, y));
    case COR_FIELD_COMPONENT:
        x = number_at(kept, field->offset), y = number_at(found, field->offset);
        return same_text(component_path(left, x), component_path(right, y));
    case COR_FIELD_U32:
    case COR_FIELD_ENUM:
        return number_at(kept, field->offset) == number_at(found, field->offset);
    }
    return false;
}

// Where an input lies is no fact, nor is the program's version; excuses may be uncheckable.
static bool is_left_out(const struct comparing *comparing, const struct cor_field *field)
{
    const struct cor_table *table = comparing->table;
    if (table == &cor_tables[COR_TABLE_INPUT])
        return strcmp(field->column, "path") == 0;
    if (table == &cor_tables[COR_TABLE_SUMMARY] && strncmp(field->column, "tool_", 5) == 0)
        return true;
    return !comparing->excuses &&
           (strcmp(field->column, "excuse") == 0 || strncmp(field->column, "excused_", 8) == 0);
}

static enum cor_status tell(struct comparing *comparing, const struct cor_fact *fact)
{
    struct cor_facts *facts = comparing->facts;
    struct cor_fact copy = *fact;
    const char **texts[] = {&copy.row, &copy.kept, &copy.found};
    facts->different++;
    if (facts->list.count >= comparing->most)
        return COR_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i]) {
            *texts[i] = cor_arena_text(&facts->arena, cor_slice_text(*texts[i]));
            if (!*texts[i])
                return COR_NOMEM;
        }
    return cor_array_add(&facts->list, copy);
}

static const char *row_text(const struct comparing *comparing, const void *record)
{
    return comparing->about ? comparing->about : identity(comparing->table, record);
}

static enum cor_status compare_rows(struct comparing *comparing, const void *kept,
                                    const void *found)
{
    struct cor_arena *arena = &comparing->facts->arena;
    enum cor_status status = COR_OK;
    for (unsigned i = 0; status == COR_OK && i < comparing->table->field_count; i++) {
        const struct cor_field *field = &comparing->table->fields[i];
        if (is_left_out(comparing, field))
            continue;
        comparing->facts->compared++;
        if (same_value(comparing, field, kept, found))
            continue;
        status = tell(
            comparing,
            &(struct cor_fact){.table = comparing->table->name,
                               .column = field->column,
                               .row = row_text(comparing, kept),
                               .kept = value_text(arena, comparing->kept.case_, field, kept),
                               .found = value_text(arena, comparing->found.case_, field, found)});
    }
    return status;
}

static enum cor_status lone_row(struct comparing *comparing, const void *record, bool kept)
{
    comparing->facts->compared++;
    return tell(comparing, &(struct cor_fact){.change = kept ? COR_FACT_MISSING : COR_FACT_FURTHER,
                                              .table = comparing->table->name,
                                              .row = row_text(comparing, record)});
}

static enum cor_status compare_lists(struct comparing *comparing);

// The lists that belong to two paired rows.
static enum cor_status compare_owned(struct comparing *comparing, const void *kept,
                                     const void *found)
{
    const struct cor_table *owner = comparing->table;
    enum cor_status status = COR_OK;
    for (unsigned i = 0; status == COR_OK && i < COR_TABLE_NUMBER_COUNT; i++) {
        if (cor_tables[i].owner != owner)
            continue;
        struct comparing inner = *comparing;
        inner.table = &cor_tables[i];
        inner.about = row_text(comparing, kept);
        inner.kept.list = cor_table_list(inner.table, kept);
        inner.found.list = cor_table_list(inner.table, found);
        status = compare_lists(&inner);
    }
    return status;
}

static enum cor_status compare_pair(struct comparing *comparing, const void *kept,
                                    const void *found)
{
    enum cor_status status = compare_rows(comparing, kept, found);
    return status == COR_OK ? compare_owned(comparing, kept, found) : status;
}

static int text_order(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

// The order in which the tables stand; rows of the other tables are paired by their place.
static int row_order(const struct comparing *comparing, const void *kept, const void *found)
{
    const struct cor_member *left_member = kept, *right_member = found;
    const struct cor_case_source_file *left_file = kept, *right_file = found;
    const struct cor_case_function *left = kept, *right = found;
    int order = 0;
    switch ((int)(comparing->table - cor_tables)) {
    case COR_TABLE_MEMBER:
        order =
            (left_member->input > right_member->input) - (left_member->input < right_member->input);
        break;
    case COR_TABLE_FUNCTION:
        order = text_order(component_path(comparing->kept.case_, left->component),
                           component_path(comparing->found.case_, right->component));
        break;
    case COR_TABLE_SOURCE_FILE:
        order = (left_file->input > right_file->input) - (left_file->input < right_file->input);
        break;
    case COR_TABLE_COMPONENT:
    case COR_TABLE_SYMBOL:
        break;
    default:
        return 0;
    }
    return order ? order
                 : text_order(identity(comparing->table, kept), identity(comparing->table, found));
}

static enum cor_status compare_lists(struct comparing *comparing)
{
    const struct cor_raw_list *left = &comparing->kept.list, *right = &comparing->found.list;
    enum cor_status status = COR_OK;
    for (size_t i = 0, k = 0; status == COR_OK && (i < left->count || k < right->count);) {
        const void *a = i < left->count ? record_at(comparing->table, left, i) : NULL;
        const void *b = k < right->count ? record_at(comparing->table, right, k) : NULL;
        int order = !a ? 1 : !b ? -1 : row_order(comparing, a, b);
        if (cor_interrupted())
            return COR_INTERRUPTED;
        if (order == 0)
            status = compare_pair(comparing, a, b);
        else
            status = lone_row(comparing, order < 0 ? a : b, order < 0);
        i += order <= 0;
        k += order >= 0;
    }
    return status;
}

enum cor_status cor_case_compare(const struct cor_case *kept, const struct cor_case *found,
                                 bool excuses, size_t most, struct cor_facts *ret_facts)
{
    struct cor_facts facts = {0};
    enum cor_status status = COR_OK;
    cor_arena_init(&facts.arena);
    for (unsigned i = 0; status == COR_OK && i < COR_TABLE_NUMBER_COUNT; i++) {
        struct comparing comparing = {.facts = &facts,
                                      .most = most,
                                      .excuses = excuses,
                                      .table = &cor_tables[i],
                                      .kept.case_ = kept,
                                      .found.case_ = found};
        if (cor_tables[i].owner || i == COR_TABLE_OPTION || (i == COR_TABLE_EXCUSE && !excuses) ||
            (i == COR_TABLE_NOTE && !excuses))
            continue;
        comparing.kept.list = cor_table_list(comparing.table, kept);
        comparing.found.list = cor_table_list(comparing.table, found);
        status = compare_lists(&comparing);
    }
    if (status == COR_OK)
        *ret_facts = facts;
    else
        cor_facts_dispose(&facts);
    return status;
}

void cor_facts_dispose(struct cor_facts *facts)
{
    cor_array_dispose(&facts->list);
    cor_arena_dispose(&facts->arena);
    *facts = (struct cor_facts){0};
}
