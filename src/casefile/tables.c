// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "casefile/tables.h"

#include <assert.h>
#include <string.h>

#include "model/case.h"

static_assert(sizeof(enum cor_class) == sizeof(unsigned), "enums are read and written as unsigned");
static_assert(COR_CLASS_COUNT == 6, "a new class needs its two columns in schema.sql");

#define FIELD(kind, column, record, member, limit)                                                 \
    {                                                                                              \
        column, COR_FIELD_##kind, offsetof(struct record, member), limit                           \
    }
#define SAME(kind, record, member) FIELD(kind, #member, record, member, 0)
#define TALLY(record, member)                                                                      \
    FIELD(BOOL, #member "_known", record, member.known, 0),                                        \
        FIELD(64, #member "_total", record, member.total, 0),                                      \
        FIELD(64, #member "_released", record, member.of[COR_CLASS_RELEASED], 0),                  \
        FIELD(64, #member "_prebuilt", record, member.of[COR_CLASS_PREBUILT], 0),                  \
        FIELD(64, #member "_binary_only", record, member.of[COR_CLASS_BINARY_ONLY], 0),            \
        FIELD(64, #member "_unresolved", record, member.of[COR_CLASS_UNRESOLVED], 0),              \
        FIELD(64, #member "_toolchain", record, member.of[COR_CLASS_TOOLCHAIN], 0),                \
        FIELD(64, #member "_undetermined", record, member.of[COR_CLASS_UNDETERMINED], 0)

static const struct cor_field summary_fields[] = {
    SAME(OPTIONAL, cor_case, tool_name),
    SAME(OPTIONAL, cor_case, tool_version),
    FIELD(64, "source_files", cor_case, source.files, 0),
    FIELD(64, "source_bytes", cor_case, source.bytes, 0),
    FIELD(64, "c_files", cor_case, source.c_files, 0),
    FIELD(64, "assembly_files", cor_case, source.assembly_files, 0),
    FIELD(64, "other_files", cor_case, source.other_files, 0),
    FIELD(64, "definitions", cor_case, source.definitions, 0),
    TALLY(cor_case, undefined),
    TALLY(cor_case, defined),
    SAME(64, cor_case, component_total),
    SAME(64, cor_case, names),
    SAME(64, cor_case, outside),
    SAME(64, cor_case, findings),
    SAME(64, cor_case, undetermined),
    SAME(64, cor_case, excused_findings),
    SAME(64, cor_case, excused_undetermined),
};

static const struct cor_field option_fields[] = {
    SAME(TEXT, cor_case_option, name),
    SAME(OPTIONAL, cor_case_option, value),
};

static const struct cor_field excuse_fields[] = {
    SAME(TEXT, cor_case_excuse, kind),          SAME(OPTIONAL, cor_case_excuse, name),
    SAME(OPTIONAL, cor_case_excuse, component), SAME(OPTIONAL, cor_case_excuse, reason),
    SAME(OPTIONAL, cor_case_excuse, author),    SAME(OPTIONAL, cor_case_excuse, expires),
    SAME(BOOL, cor_case_excuse, expired),       SAME(64, cor_case_excuse, uses),
};

static const struct cor_field input_fields[] = {
    FIELD(ENUM, "role", cor_input, role, COR_ROLE_COUNT),
    SAME(U32, cor_input, number),
    SAME(TEXT, cor_input, path),
    SAME(TEXT, cor_input, name),
    SAME(BOOL, cor_input, folder),
    SAME(64, cor_input, size),
    FIELD(CHARS, "sha1", cor_input, sha1, sizeof(((struct cor_input *)0)->sha1)),
    FIELD(CHARS, "sha256", cor_input, sha256, sizeof(((struct cor_input *)0)->sha256)),
};

static const struct cor_field member_fields[] = {
    FIELD(INDEX, "input", cor_member, input, COR_TABLE_INPUT),
    FIELD(INDEX, "parent", cor_member, parent, COR_TABLE_MEMBER),
    SAME(TEXT, cor_member, path),
    SAME(OPTIONAL, cor_member, format),
    SAME(64, cor_member, size),
    FIELD(HASH, "sha256", cor_member, sha256, offsetof(struct cor_member, hashed)),
    FIELD(ENUM, "state", cor_member, state, COR_STATE_COUNT),
    SAME(OPTIONAL, cor_member, reason),
    SAME(BOOL, cor_member, may_hide_source),
    SAME(BOOL, cor_member, may_hide_code),
    SAME(OPTIONAL, cor_member, given_name),
    SAME(BOOL, cor_member, cut),
    FIELD(64, "cut_offset", cor_member, offset, 0),
};

static const struct cor_field component_fields[] = {
    FIELD(INDEX, "input", cor_case_component, input, COR_TABLE_INPUT),
    SAME(COMPONENT, cor_case_component, same_as),
    FIELD(ENUM, "role", cor_case_component, role, COR_ROLE_COUNT),
    FIELD(ENUM, "kind", cor_case_component, kind, COR_KIND_COUNT),
    SAME(TEXT, cor_case_component, path),
    SAME(TEXT, cor_case_component, name),
    SAME(OPTIONAL, cor_case_component, machine),
    SAME(OPTIONAL, cor_case_component, sha256),
    SAME(64, cor_case_component, size),
    SAME(OPTIONAL, cor_case_component, licence),
    SAME(OPTIONAL, cor_case_component, licence_where),
    SAME(OPTIONAL, cor_case_component, reason),
    SAME(OPTIONAL, cor_case_component, build_id),
    SAME(OPTIONAL, cor_case_component, soname),
    SAME(OPTIONAL, cor_case_component, compiler),
    SAME(OPTIONAL, cor_case_component, vermagic),
    SAME(OPTIONAL, cor_case_component, undefined_table),
    SAME(OPTIONAL, cor_case_component, defined_table),
    SAME(OPTIONAL, cor_case_component, banner),
    SAME(64, cor_case_component, config_lines),
    SAME(64, cor_case_component, exports),
    SAME(BOOL, cor_case_component, has_source),
    TALLY(cor_case_component, undefined),
    TALLY(cor_case_component, defined),
    SAME(64, cor_case_component, relocation_rows),
    SAME(OPTIONAL, cor_case_component, given_name),
    SAME(U32, cor_case_component, excuse),
};

static const struct cor_field folder_fields[] = {
    SAME(TEXT, cor_case_folder, folder),
    SAME(U32, cor_case_folder, functions),
};

static const struct cor_field source_file_fields[] = {
    FIELD(INDEX, "input", cor_case_source_file, input, COR_TABLE_INPUT),
    SAME(TEXT, cor_case_source_file, path),
    SAME(OPTIONAL, cor_case_source_file, licence),
    SAME(OPTIONAL, cor_case_source_file, notice),
    SAME(U32, cor_case_source_file, line),
};

static const struct cor_field symbol_fields[] = {
    SAME(TEXT, cor_case_symbol, name),
    FIELD(ENUM, "class", cor_case_symbol, class_, COR_CLASS_COUNT),
    SAME(OPTIONAL, cor_case_symbol, reason),
    FIELD(ENUM, "flags", cor_case_symbol, flags, 1 << COR_FLAG_BIT_COUNT),
    SAME(BOOL, cor_case_symbol, finding),
    FIELD(ENUM, "direction", cor_case_symbol, direction, COR_DIRECTION_COUNT),
    SAME(BOOL, cor_case_symbol, data),
    FIELD(BOOL, "complete", cor_case_symbol, full, 0),
    SAME(U32, cor_case_symbol, excuse),
};

static const struct cor_field need_fields[] = {
    SAME(COMPONENT, cor_case_need, component),
    FIELD(U32, "table_row", cor_case_need, row, 0),
    SAME(BOOL, cor_case_need, weak),
};

static const struct cor_field provider_fields[] = {
    SAME(COMPONENT, cor_case_provider, component), SAME(OPTIONAL, cor_case_provider, section),
    SAME(64, cor_case_provider, address),          SAME(64, cor_case_provider, size),
    SAME(OPTIONAL, cor_case_provider, how),
};

static const struct cor_field reference_fields[] = {
    SAME(COMPONENT, cor_case_reference, component),
    SAME(OPTIONAL, cor_case_reference, section),
    FIELD(64, "patch_offset", cor_case_reference, offset, 0),
    SAME(OPTIONAL, cor_case_reference, type),
    SAME(64, cor_case_reference, addend),
    FIELD(ENUM, "kind", cor_case_reference, kind, COR_REFKIND_COUNT),
    SAME(OPTIONAL, cor_case_reference, function),
    SAME(OPTIONAL, cor_case_reference, instruction),
    SAME(OPTIONAL, cor_case_reference, bytes),
    SAME(OPTIONAL, cor_case_reference, source_file),
    SAME(OPTIONAL, cor_case_reference, source_function),
    SAME(U32, cor_case_reference, source_line),
    FIELD(ENUM, "source_by", cor_case_reference, source_by, COR_LINE_BY_COUNT),
    SAME(OPTIONAL, cor_case_reference, source_others),
    SAME(OPTIONAL, cor_case_reference, after),
    SAME(OPTIONAL, cor_case_reference, after_bytes),
    SAME(64, cor_case_reference, place),
    SAME(64, cor_case_reference, target),
    SAME(OPTIONAL, cor_case_reference, unproved),
};

static const struct cor_field place_fields[] = {
    FIELD(INDEX, "input", cor_case_place, input, COR_TABLE_INPUT),
    SAME(OPTIONAL, cor_case_place, file),
    SAME(U32, cor_case_place, line),
    SAME(OPTIONAL, cor_case_place, function),
    SAME(OPTIONAL, cor_case_place, how),
    SAME(OPTIONAL, cor_case_place, through),
    FIELD(ENUM, "kind", cor_case_place, kind, COR_REFKIND_COUNT),
    SAME(BOOL, cor_case_place, active),
    SAME(U32, cor_case_place, excerpt_line),
    SAME(OPTIONAL, cor_case_place, excerpt),
};

static const struct cor_field admission_fields[] = {
    FIELD(INDEX, "input", cor_case_admission, input, COR_TABLE_INPUT),
    SAME(TEXT, cor_case_admission, file),
    SAME(U32, cor_case_admission, line),
    SAME(TEXT, cor_case_admission, text),
    SAME(COMPONENT, cor_case_admission, component),
    SAME(OPTIONAL, cor_case_admission, word),
};

static const struct cor_field crossing_fields[] = {
    SAME(COMPONENT, cor_case_crossing, component),
    SAME(COMPONENT, cor_case_crossing, provider),
    SAME(TEXT, cor_case_crossing, name),
    SAME(OPTIONAL, cor_case_crossing, section),
    FIELD(64, "patch_offset", cor_case_crossing, offset, 0),
    SAME(OPTIONAL, cor_case_crossing, type),
    FIELD(ENUM, "kind", cor_case_crossing, kind, COR_REFKIND_COUNT),
    SAME(OPTIONAL, cor_case_crossing, function),
    SAME(OPTIONAL, cor_case_crossing, instruction),
};

static const struct cor_field edge_fields[] = {
    FIELD(COMPONENT, "from_component", cor_case_edge, from, 0),
    FIELD(COMPONENT, "to_component", cor_case_edge, to, 0),
    SAME(64, cor_case_edge, names),
};

static const struct cor_field function_fields[] = {
    SAME(COMPONENT, cor_case_function, component),
    SAME(TEXT, cor_case_function, name),
    FIELD(ENUM, "class", cor_case_function, class_, COR_CLASS_COUNT),
    SAME(OPTIONAL, cor_case_function, reason),
    SAME(OPTIONAL, cor_case_function, section),
    SAME(64, cor_case_function, address),
    SAME(64, cor_case_function, size),
    SAME(BOOL, cor_case_function, finding),
    SAME(U32, cor_case_function, excuse),
};

static const struct cor_field work_fields[] = {SAME(64, cor_case_work, links)};
static const struct cor_field id_fields[] = {{"component", COR_FIELD_COMPONENT, 0, 0}};
static const struct cor_field licence_fields[] = {{"licence", COR_FIELD_TEXT, 0, 0}};
static const struct cor_field note_fields[] = {{"sentence", COR_FIELD_TEXT, 0, 0}};

#define FIELDS(array) .fields = array, .field_count = sizeof(array) / sizeof *(array)
#define ITEMS(record, member)                                                                      \
    .list = offsetof(struct record, member), .item_size = sizeof *((struct record *)0)->member.items
#define OF_SYMBOL .owner = &cor_tables[COR_TABLE_SYMBOL], .owner_column = "symbol"
#define OF_WORK   .owner = &cor_tables[COR_TABLE_WORK], .owner_column = "work"

const struct cor_table cor_tables[COR_TABLE_NUMBER_COUNT] = {
    [COR_TABLE_SUMMARY] = {"summary", FIELDS(summary_fields), .item_size = sizeof(struct cor_case),
                           .first_id = 1},
    [COR_TABLE_OPTION] = {"option", FIELDS(option_fields), ITEMS(cor_case, options)},
    [COR_TABLE_EXCUSE] = {"excuse", FIELDS(excuse_fields), ITEMS(cor_case, excuses), .first_id = 1},
    [COR_TABLE_INPUT] = {"input", FIELDS(input_fields), ITEMS(cor_case, inputs)},
    [COR_TABLE_MEMBER] = {"member", FIELDS(member_fields), ITEMS(cor_case, members)},
    [COR_TABLE_COMPONENT] = {"component", FIELDS(component_fields), ITEMS(cor_case, components),
                             .first_id = 1},
    [COR_TABLE_COMPONENT_FOLDER] = {"component_folder", FIELDS(folder_fields),
                                    ITEMS(cor_case_component, folders),
                                    .owner = &cor_tables[COR_TABLE_COMPONENT],
                                    .owner_column = "component"},
    [COR_TABLE_SOURCE_FILE] = {"source_file", FIELDS(source_file_fields),
                               ITEMS(cor_case, source_files), .first_id = 1},
    [COR_TABLE_SYMBOL] = {"symbol", FIELDS(symbol_fields), ITEMS(cor_case, symbols), .first_id = 1},
    [COR_TABLE_NEED] = {"need", FIELDS(need_fields), ITEMS(cor_case_symbol, needed_by), OF_SYMBOL},
    [COR_TABLE_PROVIDER] = {"provider", FIELDS(provider_fields), ITEMS(cor_case_symbol, providers),
                            OF_SYMBOL},
    [COR_TABLE_REFERENCE] = {"reference", FIELDS(reference_fields),
                             ITEMS(cor_case_symbol, references), OF_SYMBOL},
    [COR_TABLE_DEFINITION] = {"definition", FIELDS(place_fields),
                              ITEMS(cor_case_symbol, definitions), OF_SYMBOL},
    [COR_TABLE_NAMESAKE] = {"namesake", FIELDS(place_fields), ITEMS(cor_case_symbol, namesakes),
                            OF_SYMBOL},
    [COR_TABLE_DECLARATION] = {"declaration", FIELDS(place_fields),
                               ITEMS(cor_case_symbol, declarations), OF_SYMBOL},
    [COR_TABLE_CALL] = {"source_call", FIELDS(place_fields), ITEMS(cor_case_symbol, calls),
                        OF_SYMBOL},
    [COR_TABLE_ADMISSION] = {"admission", FIELDS(admission_fields),
                             ITEMS(cor_case_symbol, admissions), OF_SYMBOL},
    [COR_TABLE_FUNCTION] = {"function", FIELDS(function_fields), ITEMS(cor_case, functions),
                            .first_id = 1},
    [COR_TABLE_WORK] = {"work", FIELDS(work_fields), ITEMS(cor_case, works), .first_id = 1},
    [COR_TABLE_WORK_COMPONENT] = {"work_component", FIELDS(id_fields),
                                  ITEMS(cor_case_work, components), OF_WORK},
    [COR_TABLE_WORK_LICENCE] = {"work_licence", FIELDS(licence_fields),
                                ITEMS(cor_case_work, licences), OF_WORK},
    [COR_TABLE_WORK_MISSING] = {"work_missing", FIELDS(id_fields), ITEMS(cor_case_work, missing),
                                OF_WORK},
    [COR_TABLE_WORK_EDGE] = {"work_edge", FIELDS(edge_fields), ITEMS(cor_case_work, edges),
                             OF_WORK},
    [COR_TABLE_CROSSING] = {"crossing", FIELDS(crossing_fields), ITEMS(cor_case, crossings),
                            .first_id = 1},
    [COR_TABLE_NOTE] = {"note", FIELDS(note_fields), ITEMS(cor_case, notes), .first_id = 1},
};

struct cor_raw_list cor_table_list(const struct cor_table *table, const void *owner)
{
    struct cor_raw_list list = {NULL, 1, 1};
    if (table == &cor_tables[COR_TABLE_SUMMARY])
        memcpy(&list.items, &owner, sizeof owner);
    else
        memcpy(&list, (const char *)owner + table->list, sizeof list);
    return list;
}
