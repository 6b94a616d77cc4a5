// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "casefile/database.h"

#include <string.h>

#include "base/buffer.h"
#include "casefile/schema.h"

enum { LONGEST_STATEMENT = 1 << 16 };

// SQLite's primary result codes; all others mean that the file could not be read or written.
static enum cor_status status_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return COR_NOMEM;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_MISMATCH:
        return COR_MALFORMED;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISUSE:
        return COR_INTERNAL;
    default:
        return COR_IO;
    }
}

enum cor_status cor_database_fail(sqlite3 *database, const char *path, const char *doing,
                                  struct cor_diag *diag)
{
    int code = database ? sqlite3_extended_errcode(database) : SQLITE_NOMEM;
    enum cor_status status = status_of(code);
    // What we ask of a file is right: a general error is the file's.
    if (code == SQLITE_ERROR && strcmp(doing, "read") == 0)
        status = COR_MALFORMED;
    if (status == COR_NOMEM)
        return status;
    if (status == COR_MALFORMED)
        return cor_fail(diag, COR_FATAL, status, path, "not a case file, or a damaged one (%s)",
                        sqlite3_errstr(code));
    int reason = sqlite3_system_errno(database);
    if (status == COR_IO && reason)
        return cor_fail(diag, COR_FATAL, status, path, "cannot %s the case file: %s", doing,
                        strerror(reason));
    return cor_fail(diag, COR_FATAL, status, path, "cannot %s the case file: %s", doing,
                    sqlite3_errmsg(database));
}

enum cor_status cor_database_make(sqlite3 *database, const char *path, struct cor_diag *diag)
{
    struct cor_buffer text;
    cor_buffer_init(&text, LONGEST_STATEMENT);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < sizeof cor_schema_lines / sizeof *cor_schema_lines;
         i++)
        status = cor_buffer_append(&text, cor_schema_lines[i], strlen(cor_schema_lines[i]));
    if (status == COR_OK && sqlite3_exec(database, text.data, NULL, NULL, NULL) != SQLITE_OK)
        status = cor_database_fail(database, path, "write", diag);
    cor_buffer_dispose(&text);
    return status;
}

static enum cor_status add_columns(struct cor_buffer *text, const struct cor_table *table)
{
    enum cor_status status = table->owner
                                 ? cor_buffer_printf(text, "%s, ordinal", table->owner_column)
                                 : cor_buffer_printf(text, "id");
    for (unsigned i = 0; status == COR_OK && i < table->field_count; i++)
        status = cor_buffer_printf(text, ", %s", table->fields[i].column);
    return status;
}

static enum cor_status prepare(sqlite3 *database, struct cor_buffer *text, enum cor_status status,
                               sqlite3_stmt **ret_statement)
{
    if (status == COR_OK &&
        sqlite3_prepare_v2(database, text->data, -1, ret_statement, NULL) != SQLITE_OK)
        status = status_of(sqlite3_errcode(database));
    cor_buffer_dispose(text);
    return status;
}

enum cor_status cor_database_insert(sqlite3 *database, const struct cor_table *table,
                                    sqlite3_stmt **ret_statement)
{
    struct cor_buffer text;
    cor_buffer_init(&text, LONGEST_STATEMENT);
    enum cor_status status = cor_buffer_printf(&text, "INSERT INTO %s (", table->name);
    if (status == COR_OK)
        status = add_columns(&text, table);
    if (status == COR_OK)
        status = cor_buffer_printf(&text, table->owner ? ") VALUES (?, ?" : ") VALUES (?");
    for (unsigned i = 0; status == COR_OK && i < table->field_count; i++)
        status = cor_buffer_printf(&text, ", ?");
    if (status == COR_OK)
        status = cor_buffer_printf(&text, ")");
    return prepare(database, &text, status, ret_statement);
}

enum cor_status cor_database_select(sqlite3 *database, const struct cor_table *table,
                                    sqlite3_stmt **ret_statement)
{
    struct cor_buffer text;
    cor_buffer_init(&text, LONGEST_STATEMENT);
    enum cor_status status = cor_buffer_printf(&text, "SELECT ");
    if (status == COR_OK)
        status = add_columns(&text, table);
    if (status == COR_OK)
        status = cor_buffer_printf(&text, " FROM %s ORDER BY %s", table->name,
                                   table->owner ? "1, 2" : "1");
    return prepare(database, &text, status, ret_statement);
}
