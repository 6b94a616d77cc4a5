// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "casefile/casefile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "casefile/database.h"

enum { ROWS_BETWEEN_LOOKS = 1024, NAME_ATTEMPTS = 100 };

struct writer {
    const struct cor_case *case_;
    const char *path;   // the final name
    const char *beside; // the temporary one
    sqlite3 *database;
    struct cor_diag *diag;
    sqlite3_stmt *insert; // into the table being written
    const struct cor_table *table;
    uint64_t rows; // of it
};

static enum cor_status fail(struct writer *writer)
{
    return cor_database_fail(writer->database, writer->path, "write", writer->diag);
}

static int bind_text(sqlite3_stmt *insert, int at, const char *text)
{
    return text ? sqlite3_bind_text64(insert, at, text, strlen(text), SQLITE_STATIC, SQLITE_UTF8)
                : sqlite3_bind_null(insert, at);
}

static int bind_hash(sqlite3_stmt *insert, int at, const char *record,
                     const struct cor_field *field)
{
    bool hashed;
    memcpy(&hashed, record + field->limit, sizeof hashed);
    return hashed ? sqlite3_bind_blob(insert, at, record + field->offset, 32, SQLITE_STATIC)
                  : sqlite3_bind_null(insert, at);
}

static int bind_field(sqlite3_stmt *insert, int at, const char *record,
                      const struct cor_field *field)
{
    const char *place = record + field->offset, *text;
    uint32_t small;
    int64_t large;
    bool truth;
    switch (field->type) {
    case COR_FIELD_TEXT:
    case COR_FIELD_OPTIONAL:
        memcpy(&text, place, sizeof text);
        return bind_text(insert, at, text);
    case COR_FIELD_CHARS:
        return bind_text(insert, at, place);
    case COR_FIELD_HASH:
        return bind_hash(insert, at, record, field);
    case COR_FIELD_BOOL:
        memcpy(&truth, place, sizeof truth);
        return sqlite3_bind_int(insert, at, truth);
    case COR_FIELD_64:
        memcpy(&large, place, sizeof large);
        return sqlite3_bind_int64(insert, at, large);
    case COR_FIELD_INDEX:
        memcpy(&small, place, sizeof small);
        return small == COR_NONE ? sqlite3_bind_null(insert, at)
                                 : sqlite3_bind_int64(insert, at, small);
    case COR_FIELD_U32:
    case COR_FIELD_ENUM:
    case COR_FIELD_COMPONENT:
        memcpy(&small, place, sizeof small);
        return sqlite3_bind_int64(insert, at, small);
    }
    return SQLITE_MISUSE;
}

// `key` and `ordinal` as in the table's key columns; a table of the case's own has no ordinal.
static enum cor_status write_row(struct writer *writer, const char *record, size_t key,
                                 size_t ordinal)
{
    const struct cor_table *table = writer->table;
    int at = 1;
    if (writer->rows++ % ROWS_BETWEEN_LOOKS == 0 && cor_interrupted())
        return COR_INTERRUPTED;
    int code = sqlite3_bind_int64(writer->insert, at++, (int64_t)key);
    if (code == SQLITE_OK && table->owner)
        code = sqlite3_bind_int64(writer->insert, at++, (int64_t)ordinal);
    for (unsigned i = 0; code == SQLITE_OK && i < table->field_count; i++)
        code = bind_field(writer->insert, at++, record, &table->fields[i]);
    if (code == SQLITE_OK)
        code = sqlite3_step(writer->insert);
    if (code == SQLITE_DONE)
        code = sqlite3_reset(writer->insert);
    return code == SQLITE_OK ? COR_OK : fail(writer);
}

static enum cor_status write_list(struct writer *writer, const void *owner, size_t owner_key)
{
    const struct cor_table *table = writer->table;
    struct cor_raw_list list = cor_table_list(table, owner);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < list.count; i++)
        status = write_row(writer, (const char *)list.items + i * table->item_size,
                           table->owner ? owner_key : i + table->first_id, i);
    return status;
}

static enum cor_status write_rows(struct writer *writer)
{
    const struct cor_table *owner = writer->table->owner;
    if (!owner)
        return write_list(writer, writer->case_, 0);
    struct cor_raw_list owners = cor_table_list(owner, writer->case_);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < owners.count; i++)
        status = write_list(writer, (const char *)owners.items + i * owner->item_size,
                            i + owner->first_id);
    return status;
}

static enum cor_status write_count(struct writer *writer)
{
    sqlite3_stmt *insert = NULL;
    int code = sqlite3_prepare_v2(writer->database, "INSERT INTO row_count VALUES (?, ?)", -1,
                                  &insert, NULL);
    if (code == SQLITE_OK)
        code = bind_text(insert, 1, writer->table->name);
    if (code == SQLITE_OK)
        code = sqlite3_bind_int64(insert, 2, (int64_t)writer->rows);
    if (code == SQLITE_OK && sqlite3_step(insert) != SQLITE_DONE)
        code = SQLITE_ERROR;
    enum cor_status status = code == SQLITE_OK ? COR_OK : fail(writer);
    sqlite3_finalize(insert);
    return status;
}

static enum cor_status write_table(struct writer *writer, const struct cor_table *table)
{
    writer->table = table;
    writer->rows = 0;
    enum cor_status status = cor_database_insert(writer->database, table, &writer->insert);
    if (status != COR_OK)
        return status == COR_NOMEM ? status : fail(writer);
    status = write_rows(writer);
    sqlite3_finalize(writer->insert);
    return status == COR_OK ? write_count(writer) : status;
}

struct term {
    const char *list, *word;
    unsigned number;
};

static const struct term terms[] = {
#define COR_ROLE(id, word)      {"role", word, COR_ROLE_##id},
#define COR_KIND(id, word)      {"kind", word, COR_KIND_##id},
#define COR_CLASS(id, word)     {"class", word, COR_CLASS_##id},
#define COR_HOW(id, word)       {"how", word, COR_HOW_##id},
#define COR_LINKAGE(id, word)   {"linkage", word, COR_LINKAGE_##id},
#define COR_REFKIND(id, word)   {"refkind", word, COR_REFKIND_##id},
#define COR_DIRECTION(id, word) {"direction", word, COR_DIRECTION_##id},
#define COR_STATE(id, word)     {"state", word, COR_STATE_##id},
#define COR_LINE_BY(id, word)   {"line-by", word, COR_LINE_BY_##id},
#define COR_FLAG(id, word)      {"flag", word, COR_FLAG_BIT_##id},
#include "model/terms.def"
};

static enum cor_status write_terms(struct writer *writer)
{
    sqlite3_stmt *insert = NULL;
    int code = sqlite3_prepare_v2(writer->database, "INSERT INTO term VALUES (?, ?, ?)", -1,
                                  &insert, NULL);
    for (size_t i = 0; code == SQLITE_OK && i < sizeof terms / sizeof *terms; i++) {
        code = bind_text(insert, 1, terms[i].list);
        if (code == SQLITE_OK)
            code = sqlite3_bind_int64(insert, 2, terms[i].number);
        if (code == SQLITE_OK)
            code = bind_text(insert, 3, terms[i].word);
        if (code == SQLITE_OK)
            code = sqlite3_step(insert);
        if (code == SQLITE_DONE)
            code = sqlite3_reset(insert);
    }
    enum cor_status status = code == SQLITE_OK ? COR_OK : fail(writer);
    sqlite3_finalize(insert);
    return status;
}

static enum cor_status run(struct writer *writer, const char *statement)
{
    return sqlite3_exec(writer->database, statement, NULL, NULL, NULL) == SQLITE_OK ? COR_OK
                                                                                    : fail(writer);
}

static enum cor_status write_all(struct writer *writer)
{
    // The file is new and under a name of its own: no journal can help it.
    enum cor_status status = run(writer, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                                         "PRAGMA locking_mode = EXCLUSIVE; BEGIN");
    if (status == COR_OK)
        status = cor_database_make(writer->database, writer->path, writer->diag);
    if (status == COR_OK)
        status = write_terms(writer);
    for (unsigned i = 0; status == COR_OK && i < COR_TABLE_NUMBER_COUNT; i++)
        status = write_table(writer, &cor_tables[i]);
    return status == COR_OK ? run(writer, "COMMIT") : status;
}

static enum cor_status write_database(struct writer *writer)
{
    enum cor_status status = COR_OK;
    if (sqlite3_open_v2(writer->beside, &writer->database, SQLITE_OPEN_READWRITE, NULL) !=
        SQLITE_OK)
        status = fail(writer);
    if (status == COR_OK)
        status = write_all(writer);
    if (sqlite3_close(writer->database) != SQLITE_OK && status == COR_OK)
        status = fail(writer);
    writer->database = NULL;
    return status;
}

static enum cor_status system_fail(const struct writer *writer)
{
    return cor_fail(writer->diag, COR_FATAL, COR_IO, writer->path, "cannot write the case file: %s",
                    strerror(errno));
}

static bool sync_path(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC);
    if (file < 0)
        return false;
    // Some file systems cannot sync a folder (EINVAL): the data is safe all the same.
    bool synced = fsync(file) == 0 || errno == EINVAL;
    close(file);
    return synced;
}

static enum cor_status put_in_place(struct writer *writer, struct cor_arena *arena)
{
    const char *slash = strrchr(writer->path, '/');
    struct cor_slice folder = cor_slice(writer->path, slash ? (size_t)(slash - writer->path) : 0);
    const char *folder_path = slash == writer->path ? "/" : cor_arena_text(arena, folder);
    if (!folder_path)
        return COR_NOMEM;
    if (!sync_path(writer->beside, O_RDWR) || rename(writer->beside, writer->path) != 0)
        return system_fail(writer);
    sync_path(*folder_path ? folder_path : ".", O_RDONLY | O_DIRECTORY);
    return COR_OK;
}

// A new empty file beside the final one, readable for whom the user's mask allows.
static enum cor_status make_beside(struct writer *writer, struct cor_arena *arena)
{
    struct stat stat_;
    if (stat(writer->path, &stat_) == 0 && !S_ISREG(stat_.st_mode))
        return cor_fail(writer->diag, COR_FATAL, COR_IO, writer->path,
                        "cannot write the case file: there is something that is no file");
    for (unsigned i = 0; i < NAME_ATTEMPTS; i++) {
        const char *name =
            cor_arena_printf(arena, "%s%s.part-%ld-%u", writer->path[0] == '/' ? "" : "./",
                             writer->path, (long)getpid(), i);
        if (!name)
            return COR_NOMEM;
        int file = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0) {
            close(file);
            writer->beside = name;
            return COR_OK;
        }
        if (errno != EEXIST)
            break;
    }
    return system_fail(writer);
}

enum cor_status cor_casefile_write(const struct cor_case *case_, const char *path,
                                   struct cor_diag *diag)
{
    struct cor_arena arena;
    struct writer writer = {.case_ = case_, .path = path, .diag = diag};
    cor_arena_init(&arena);
    enum cor_status status = make_beside(&writer, &arena);
    if (status == COR_OK)
        status = write_database(&writer);
    if (status == COR_OK)
        status = put_in_place(&writer, &arena);
    if (status != COR_OK && writer.beside)
        unlink(writer.beside);
    if (status == COR_NOMEM || status == COR_INTERRUPTED)
        cor_fail(diag, COR_FATAL, status, path, "cannot write the case file: %s",
                 cor_status_text(status));
    cor_arena_dispose(&arena);
    return status;
}
