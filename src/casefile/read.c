// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "casefile/casefile.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/interrupt.h"
#include "casefile/database.h"
#include "casefile/take.h"

enum { ROWS_BETWEEN_LOOKS = 1024, LONGEST_VALUE = 1 << 26 };

struct reader {
    const char *path;
    sqlite3 *database;
    struct cor_diag *diag;
    struct cor_case *case_;
    int64_t size;
    struct cor_taker taker; // its rows: what row_count promises
};

static enum cor_status fail(struct reader *reader)
{
    return cor_database_fail(reader->database, reader->path, "read", reader->diag);
}

static enum cor_status damaged(struct reader *reader, const char *where)
{
    return cor_fail(reader->diag, COR_FATAL, COR_MALFORMED, reader->path,
                    "not a case file, or a damaged one (%s)", where);
}

static enum cor_status one_number(struct reader *reader, const char *query, int64_t *ret_number)
{
    sqlite3_stmt *select = NULL;
    enum cor_status status = COR_OK;
    if (sqlite3_prepare_v2(reader->database, query, -1, &select, NULL) != SQLITE_OK ||
        sqlite3_step(select) != SQLITE_ROW)
        status = fail(reader);
    else
        *ret_number = sqlite3_column_int64(select, 0);
    sqlite3_finalize(select);
    return status;
}

static bool same_column(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
    const void *left = sqlite3_column_blob(a, column), *right = sqlite3_column_blob(b, column);
    int size = sqlite3_column_bytes(a, column);
    return size == sqlite3_column_bytes(b, column) &&
           (size == 0 || (left && right && memcmp(left, right, (size_t)size) == 0));
}

// A file whose schema is word for word ours can hold no view, trigger or column that surprises.
static bool same_schema(sqlite3 *ours, sqlite3 *theirs)
{
    static const char query[] = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 2, 1";
    sqlite3_stmt *left = NULL, *right = NULL;
    bool same = false;
    if (sqlite3_prepare_v2(ours, query, -1, &left, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(theirs, query, -1, &right, NULL) == SQLITE_OK)
        for (;;) {
            int left_code = sqlite3_step(left);
            same = sqlite3_step(right) == left_code;
            if (!same || left_code != SQLITE_ROW)
                break;
            for (int i = 0; i < 4; i++)
                same &= same_column(left, right, i);
            if (!same)
                break;
        }
    sqlite3_finalize(left);
    sqlite3_finalize(right);
    return same;
}

static enum cor_status check_schema(struct reader *reader)
{
    sqlite3 *ours = NULL;
    enum cor_status status = sqlite3_open(":memory:", &ours) == SQLITE_OK ? COR_OK : COR_NOMEM;
    if (status == COR_OK)
        status = cor_database_make(ours, reader->path, reader->diag);
    if (status == COR_OK && !same_schema(ours, reader->database))
        status = sqlite3_errcode(reader->database) == SQLITE_NOMEM ||
                         sqlite3_errcode(ours) == SQLITE_NOMEM
                     ? COR_NOMEM
                     : damaged(reader, "its tables are not those of a case");
    sqlite3_close(ours);
    return status;
}

// SQLite takes what a file cut short lacks for zeros.
static enum cor_status check_size(struct reader *reader)
{
    int64_t pages = 0, page_size = 0, size;
    enum cor_status status = one_number(reader, "PRAGMA page_count", &pages);
    if (status == COR_OK)
        status = one_number(reader, "PRAGMA page_size", &page_size);
    if (status == COR_OK &&
        (__builtin_mul_overflow(pages, page_size, &size) || size != reader->size))
        status = damaged(reader, "cut short");
    return status;
}

static enum cor_status check_header(struct reader *reader)
{
    int64_t application = 0, version = 0;
    enum cor_status status = one_number(reader, "PRAGMA application_id", &application);
    if (status == COR_OK)
        status = one_number(reader, "PRAGMA user_version", &version);
    if (status != COR_OK)
        return status;
    if (application != COR_CASEFILE_APPLICATION)
        return cor_fail(reader->diag, COR_FATAL, COR_MALFORMED, reader->path,
                        "a database, but not a case file");
    if (version > COR_CASEFILE_VERSION)
        return cor_fail(reader->diag, COR_FATAL, COR_UNSUPPORTED, reader->path,
                        "made by a newer version of correspond (format %lld, this one reads %d)",
                        (long long)version, COR_CASEFILE_VERSION);
    if (version < 1)
        return damaged(reader, "no format version");
    if (version < COR_CASEFILE_VERSION)
        return cor_fail(reader->diag, COR_FATAL, COR_UNSUPPORTED, reader->path,
                        "made by an older version of correspond (format %lld, this one reads %d): "
                        "make the audit again",
                        (long long)version, COR_CASEFILE_VERSION);
    return COR_OK;
}

static enum cor_status open_database(struct reader *reader, struct cor_arena *arena)
{
    struct stat stat_;
    if (stat(reader->path, &stat_) != 0) {
        enum cor_status status = errno == ENOENT || errno == ENOTDIR ? COR_NOT_FOUND : COR_IO;
        return cor_fail(reader->diag, COR_FATAL, status, reader->path,
                        "cannot read the case file: %s", strerror(errno));
    }
    if (!S_ISREG(stat_.st_mode))
        return cor_fail(reader->diag, COR_FATAL, COR_MALFORMED, reader->path, "not a case file");
    reader->size = stat_.st_size;
    // "./" keeps SQLite from seeing a special name in it.
    const char *name =
        cor_arena_printf(arena, "%s%s", reader->path[0] == '/' ? "" : "./", reader->path);
    if (!name)
        return COR_NOMEM;
    if (sqlite3_open_v2(name, &reader->database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        return fail(reader);
    sqlite3_limit(reader->database, SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
    sqlite3_db_config(reader->database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(reader->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    return sqlite3_exec(reader->database, "PRAGMA cell_size_check = ON; PRAGMA query_only = ON;",
                        NULL, NULL, NULL) == SQLITE_OK
               ? COR_OK
               : fail(reader);
}

static enum cor_status read_counts(struct reader *reader)
{
    sqlite3_stmt *select = NULL;
    enum cor_status status = COR_OK;
    if (sqlite3_prepare_v2(reader->database, "SELECT rows FROM row_count WHERE name = ?", -1,
                           &select, NULL) != SQLITE_OK)
        status = fail(reader);
    for (unsigned i = 0; status == COR_OK && i < COR_TABLE_NUMBER_COUNT; i++) {
        sqlite3_reset(select);
        sqlite3_bind_text(select, 1, cor_tables[i].name, -1, SQLITE_STATIC);
        int code = sqlite3_step(select);
        int64_t rows = code == SQLITE_ROW ? sqlite3_column_int64(select, 0) : -1;
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            status = fail(reader);
        else if (rows < 0 || rows >= COR_NONE)
            status = damaged(reader, "its table row_count");
        else
            reader->taker.rows[i] = (uint64_t)rows;
    }
    sqlite3_finalize(select);
    return status;
}

// Appends a zeroed record to the list of `table` in `owner`.
static enum cor_status append(const struct cor_table *table, char *owner, char **ret_record)
{
    struct cor_raw_list list = cor_table_list(table, owner);
    if (table != &cor_tables[COR_TABLE_SUMMARY]) {
        enum cor_status status =
            cor_array_room(&list.items, &list.capacity, list.count, 1, table->item_size);
        if (status != COR_OK)
            return status;
        memset((char *)list.items + list.count * table->item_size, 0, table->item_size);
        list.count++;
        memcpy(owner + table->list, &list, sizeof list);
    }
    *ret_record = (char *)list.items + (list.count - 1) * table->item_size;
    return COR_OK;
}

// Finds whose list a row belongs to, by its key columns, which must count without a gap.
static enum cor_status find_owner(struct reader *reader, const struct cor_table *table,
                                  sqlite3_stmt *select, uint64_t row, char **ret_owner)
{
    int64_t key = sqlite3_column_int64(select, 0);
    char *owner = (char *)reader->case_;
    if (sqlite3_column_type(select, 0) != SQLITE_INTEGER)
        return COR_MALFORMED;
    if (table->owner) {
        struct cor_raw_list owners = cor_table_list(table->owner, reader->case_);
        if (key < table->owner->first_id || (uint64_t)key - table->owner->first_id >= owners.count)
            return COR_MALFORMED;
        owner =
            (char *)owners.items + ((size_t)key - table->owner->first_id) * table->owner->item_size;
        struct cor_raw_list list = cor_table_list(table, owner);
        if (sqlite3_column_type(select, 1) != SQLITE_INTEGER ||
            sqlite3_column_int64(select, 1) != (int64_t)list.count)
            return COR_MALFORMED;
    } else if (key != (int64_t)(row + table->first_id)) {
        return COR_MALFORMED;
    }
    *ret_owner = owner;
    return COR_OK;
}

static enum cor_status take_row(struct reader *reader, const struct cor_table *table,
                                sqlite3_stmt *select, uint64_t row)
{
    char *owner, *record;
    if (row % ROWS_BETWEEN_LOOKS == 0 && cor_interrupted())
        return COR_INTERRUPTED;
    enum cor_status status = find_owner(reader, table, select, row, &owner);
    if (status == COR_OK)
        status = append(table, owner, &record);
    if (status != COR_OK)
        return status;
    if (table == &cor_tables[COR_TABLE_COMPONENT])
        ((struct cor_case_component *)(void *)record)->id = (uint32_t)row + table->first_id;
    for (unsigned i = 0; status == COR_OK && i < table->field_count; i++)
        status = cor_take_field(&reader->taker, select, (int)(i + (table->owner ? 2 : 1)),
                                &table->fields[i], record);
    return status;
}

static enum cor_status read_table(struct reader *reader, const struct cor_table *table)
{
    sqlite3_stmt *select = NULL;
    uint64_t promised = reader->taker.rows[table - cor_tables], row = 0;
    enum cor_status status = cor_database_select(reader->database, table, &select);
    int code = SQLITE_DONE;
    if (status != COR_OK)
        return status == COR_NOMEM ? status : fail(reader);
    while (status == COR_OK && (code = sqlite3_step(select)) == SQLITE_ROW)
        status = row < promised ? take_row(reader, table, select, row++) : COR_MALFORMED;
    if (status == COR_OK && code != SQLITE_DONE)
        status = fail(reader);
    else if (status == COR_MALFORMED || (status == COR_OK && row != promised))
        status = damaged(reader, table->name);
    sqlite3_finalize(select);
    return status;
}

static enum cor_status read_all(struct reader *reader)
{
    struct cor_arena arena;
    cor_arena_init(&arena);
    enum cor_status status = open_database(reader, &arena);
    if (status == COR_OK)
        status = check_header(reader);
    if (status == COR_OK)
        status = check_size(reader);
    if (status == COR_OK)
        status = check_schema(reader);
    if (status == COR_OK)
        status = read_counts(reader);
    if (status == COR_OK && reader->taker.rows[COR_TABLE_SUMMARY] != 1)
        status = damaged(reader, "summary");
    for (unsigned i = 0; status == COR_OK && i < COR_TABLE_NUMBER_COUNT; i++)
        status = read_table(reader, &cor_tables[i]);
    sqlite3_close(reader->database);
    cor_arena_dispose(&arena);
    return status;
}

enum cor_status cor_casefile_read(const char *path, struct cor_case *case_, struct cor_diag *diag)
{
    struct cor_case read;
    struct reader reader = {.path = path, .diag = diag, .case_ = &read, .taker.arena = &read.arena};
    cor_case_init(&read);
    enum cor_status status = read_all(&reader);
    if (status == COR_OK) {
        cor_case_dispose(case_);
        *case_ = read;
        return COR_OK;
    }
    if (status == COR_NOMEM || status == COR_INTERRUPTED)
        cor_fail(diag, COR_FATAL, status, path, "cannot read the case file: %s",
                 cor_status_text(status));
    cor_case_dispose(&read);
    return status;
}
