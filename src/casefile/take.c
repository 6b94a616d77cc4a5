// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "casefile/take.h"

#include <string.h>

#include "model/case.h"

static enum cor_status take_text(struct cor_taker *taker, sqlite3_stmt *select, int at,
                                 bool optional, const char **place)
{
    int type = sqlite3_column_type(select, at);
    if (type == SQLITE_NULL && optional) {
        *place = NULL;
        return COR_OK;
    }
    if (type != SQLITE_TEXT)
        return COR_MALFORMED;
    const void *bytes = sqlite3_column_text(select, at);
    size_t size = (size_t)sqlite3_column_bytes(select, at);
    if (!bytes)
        return COR_NOMEM;
    if (memchr(bytes, 0, size))
        return COR_MALFORMED;
    *place = cor_arena_text(taker->arena, cor_slice(bytes, size));
    return *place ? COR_OK : COR_NOMEM;
}

static enum cor_status take_chars(sqlite3_stmt *select, int at, const struct cor_field *field,
                                  char *place)
{
    if (sqlite3_column_type(select, at) != SQLITE_TEXT)
        return COR_MALFORMED;
    const void *bytes = sqlite3_column_text(select, at);
    size_t size = (size_t)sqlite3_column_bytes(select, at);
    if (!bytes)
        return COR_NOMEM;
    if (size >= field->limit || memchr(bytes, 0, size))
        return COR_MALFORMED;
    memcpy(place, bytes, size);
    return COR_OK;
}

static enum cor_status take_hash(sqlite3_stmt *select, int at, const struct cor_field *field,
                                 char *record)
{
    int type = sqlite3_column_type(select, at);
    bool hashed = type == SQLITE_BLOB;
    if ((!hashed && type != SQLITE_NULL) || (hashed && sqlite3_column_bytes(select, at) != 32))
        return COR_MALFORMED;
    const void *bytes = sqlite3_column_blob(select, at);
    if (hashed && !bytes)
        return COR_NOMEM;
    if (hashed)
        memcpy(record + field->offset, bytes, 32);
    memcpy(record + field->limit, &hashed, sizeof hashed);
    return COR_OK;
}

// The first number that a field of this kind may not have.
static uint64_t bound(const struct cor_taker *taker, const struct cor_field *field)
{
    switch (field->type) {
    case COR_FIELD_BOOL:
        return 2;
    case COR_FIELD_ENUM:
        return field->limit;
    case COR_FIELD_INDEX:
        return taker->rows[field->limit];
    case COR_FIELD_COMPONENT:
        return taker->rows[COR_TABLE_COMPONENT] + 1;
    case COR_FIELD_U32:
    case COR_FIELD_TEXT:
    case COR_FIELD_OPTIONAL:
    case COR_FIELD_CHARS:
    case COR_FIELD_HASH:
    case COR_FIELD_64:
        break;
    }
    return (uint64_t)UINT32_MAX + 1;
}

static enum cor_status take_number(const struct cor_taker *taker, sqlite3_stmt *select, int at,
                                   const struct cor_field *field, char *place)
{
    int type = sqlite3_column_type(select, at);
    uint32_t small = COR_NONE;
    if (type == SQLITE_NULL && field->type == COR_FIELD_INDEX) {
        memcpy(place, &small, sizeof small);
        return COR_OK;
    }
    if (type != SQLITE_INTEGER)
        return COR_MALFORMED;
    int64_t number = sqlite3_column_int64(select, at);
    if (field->type == COR_FIELD_64) {
        memcpy(place, &number, sizeof number);
        return COR_OK;
    }
    if (number < 0 || (uint64_t)number >= bound(taker, field))
        return COR_MALFORMED;
    bool truth = number != 0;
    small = (uint32_t)number;
    if (field->type == COR_FIELD_BOOL)
        memcpy(place, &truth, sizeof truth);
    else
        memcpy(place, &small, sizeof small);
    return COR_OK;
}

enum cor_status cor_take_field(struct cor_taker *taker, sqlite3_stmt *select, int at,
                               const struct cor_field *field, char *record)
{
    char *place = record + field->offset;
    const char *text = NULL;
    enum cor_status status;
    switch (field->type) {
    case COR_FIELD_TEXT:
    case COR_FIELD_OPTIONAL:
        status = take_text(taker, select, at, field->type == COR_FIELD_OPTIONAL, &text);
        memcpy(place, &text, sizeof text);
        return status;
    case COR_FIELD_CHARS:
        return take_chars(select, at, field, place);
    case COR_FIELD_HASH:
        return take_hash(select, at, field, record);
    case COR_FIELD_BOOL:
    case COR_FIELD_U32:
    case COR_FIELD_64:
    case COR_FIELD_ENUM:
    case COR_FIELD_INDEX:
    case COR_FIELD_COMPONENT:
        return take_number(taker, select, at, field, place);
    }
    return COR_INTERNAL;
}
