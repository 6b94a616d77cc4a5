// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which field of which record stands in which column: one list for writing and reading, so that
// the two cannot part.
#ifndef COR_CASEFILE_TABLES_H
#define COR_CASEFILE_TABLES_H

#include <stddef.h>

enum cor_field_type {
    COR_FIELD_TEXT,     // const char *, never NULL
    COR_FIELD_OPTIONAL, // const char * or NULL
    COR_FIELD_CHARS,    // char[limit]
    COR_FIELD_HASH,     // unsigned char[32]; `limit` is the offset of the bool that says it is set
    COR_FIELD_BOOL,
    COR_FIELD_U32,
    COR_FIELD_64,       // uint64_t or int64_t, its 64 bits
    COR_FIELD_ENUM,     // an enum or bit set below `limit`
    COR_FIELD_INDEX,    // uint32_t index into the table number `limit`, or COR_NONE
    COR_FIELD_COMPONENT // uint32_t id of a component, or 0
};

struct cor_field {
    const char *column;
    enum cor_field_type type;
    size_t offset; // in the record
    size_t limit;
};

// The tables in the order in which they are written and read: an owner before what it owns.
enum cor_table_number {
    COR_TABLE_SUMMARY,
    COR_TABLE_OPTION,
    COR_TABLE_EXCUSE,
    COR_TABLE_INPUT,
    COR_TABLE_MEMBER,
    COR_TABLE_COMPONENT,
    COR_TABLE_COMPONENT_FOLDER,
    COR_TABLE_SOURCE_FILE,
    COR_TABLE_SYMBOL,
    COR_TABLE_NEED,
    COR_TABLE_PROVIDER,
    COR_TABLE_REFERENCE,
    COR_TABLE_DEFINITION,
    COR_TABLE_NAMESAKE,
    COR_TABLE_DECLARATION,
    COR_TABLE_CALL,
    COR_TABLE_ADMISSION,
    COR_TABLE_FUNCTION,
    COR_TABLE_WORK,
    COR_TABLE_WORK_COMPONENT,
    COR_TABLE_WORK_LICENCE,
    COR_TABLE_WORK_MISSING,
    COR_TABLE_WORK_EDGE,
    COR_TABLE_CROSSING,
    COR_TABLE_NOTE,
    COR_TABLE_NUMBER_COUNT
};

struct cor_table {
    const char *name;
    const struct cor_field *fields;
    unsigned field_count;
    size_t item_size;
    const struct cor_table *owner; // NULL: the case itself
    const char *owner_column;      // NULL likewise
    size_t list;                   // offset of the list in its owner
    unsigned first_id;             // id of the first row
};

extern const struct cor_table cor_tables[COR_TABLE_NUMBER_COUNT];

// What every COR_ARRAY looks like from outside.
struct cor_raw_list {
    void *items;
    size_t count, capacity;
};

// The list of `table` in `owner`: the case, or a record of the owning table. The summary's list is
// the case itself, as one record.
struct cor_raw_list cor_table_list(const struct cor_table *table, const void *owner);

#endif
