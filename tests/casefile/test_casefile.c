// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "casefile/casefile.h"
#include "harness.h"
#include "same_case.h"
#include "sample_case.h"

static char folder[64];

static const char *in_folder(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static unsigned files_in_folder(void)
{
    unsigned count = 0;
    DIR *list = opendir(folder);
    for (struct dirent *entry; list && (entry = readdir(list));)
        count += entry->d_name[0] != '.';
    if (list)
        closedir(list);
    return count;
}

static void empty_folder(void)
{
    DIR *list = opendir(folder);
    for (struct dirent *entry; list && (entry = readdir(list));)
        if (entry->d_name[0] != '.')
            unlinkat(dirfd(list), entry->d_name, 0);
    if (list)
        closedir(list);
}

struct counter {
    struct cor_diag diag;
    unsigned messages;
    char text[600];
};

static void count_message(struct cor_diag *diag, const struct cor_message *message)
{
    struct counter *counter = (struct counter *)diag;
    counter->messages++;
    snprintf(counter->text, sizeof counter->text, "%s", message->text);
}

static enum cor_status read_file(const char *path, struct counter *counter)
{
    struct cor_case read;
    *counter = (struct counter){.diag.emit = count_message};
    cor_case_init(&read);
    enum cor_status status = cor_casefile_read(path, &read, &counter->diag);
    cor_case_dispose(&read);
    return status;
}

static unsigned char *slurp(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    struct stat stat_;
    if (!file || fstat(fileno(file), &stat_) != 0)
        abort();
    unsigned char *bytes = malloc((size_t)stat_.st_size + 1);
    *ret_size = bytes ? fread(bytes, 1, (size_t)stat_.st_size, file) : 0;
    fclose(file);
    return bytes;
}

static void spill(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size)
        abort();
    fclose(file);
}

static void round_trip(const struct cor_case *case_, const char *path)
{
    struct cor_case read;
    struct counter counter = {.diag.emit = count_message};
    cor_case_init(&read);
    CHECK(cor_casefile_write(case_, path, &counter.diag) == COR_OK);
    CHECK(cor_casefile_read(path, &read, &counter.diag) == COR_OK);
    CHECK_TEXT(counter.text, "");
    CHECK_TEXT(difference(case_, &read), NULL);
    cor_case_dispose(&read);
}

TEST(what_is_written_is_read_back)
{
    struct cor_case case_;
    sample_case(&case_);
    round_trip(&case_, in_folder("a.corr"));
    round_trip(&case_, in_folder("a.corr"));
    CHECK(files_in_folder() == 1);
    cor_case_dispose(&case_);
    empty_folder();
}

TEST(an_empty_case_is_read_back)
{
    struct cor_case case_;
    cor_case_init(&case_);
    round_trip(&case_, in_folder("empty.corr"));
    empty_folder();
}

// The comparison itself must see a difference.
TEST(a_changed_field_is_seen)
{
    struct cor_case a, b;
    sample_case(&a);
    sample_case(&b);
    CHECK_TEXT(difference(&a, &b), NULL);
    b.symbols.items[3].references.items[1].addend++;
    CHECK_TEXT(difference(&a, &b), "addend");
    cor_case_dispose(&a);
    cor_case_dispose(&b);
}

TEST(equal_cases_make_equal_files)
{
    struct cor_case case_;
    size_t first_size, second_size;
    sample_case(&case_);
    CHECK(cor_casefile_write(&case_, in_folder("1"), NULL) == COR_OK);
    CHECK(cor_casefile_write(&case_, in_folder("2"), NULL) == COR_OK);
    unsigned char *first = slurp(in_folder("1"), &first_size);
    unsigned char *second = slurp(in_folder("2"), &second_size);
    CHECK(first_size == second_size && memcmp(first, second, first_size) == 0);
    free(first);
    free(second);
    cor_case_dispose(&case_);
    empty_folder();
}

TEST(views_answer)
{
    struct cor_case case_;
    sqlite3 *database = NULL;
    sqlite3_stmt *select = NULL;
    sample_case(&case_);
    CHECK(cor_casefile_write(&case_, in_folder("v"), NULL) == COR_OK);
    CHECK(sqlite3_open_v2(in_folder("v"), &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
    CHECK(sqlite3_prepare_v2(database,
                             "SELECT class || '|' || direction || '|' || flags || '|' || needed_by "
                             "|| '|' || providers FROM finding_view "
                             "WHERE name = 'vmk_PCIGetDeviceName'",
                             -1, &select, NULL) == SQLITE_OK);
    CHECK(sqlite3_step(select) == SQLITE_ROW);
    CHECK_TEXT((const char *)sqlite3_column_text(select, 0),
               "binary-only|released-to-binary|weak version-differs|2|k.b00");
    sqlite3_finalize(select);
    CHECK(sqlite3_prepare_v2(database, "SELECT kind, defined_total FROM component_view ORDER BY id",
                             -1, &select, NULL) == SQLITE_OK);
    CHECK(sqlite3_step(select) == SQLITE_ROW);
    CHECK_TEXT((const char *)sqlite3_column_text(select, 0), "kernel");
    CHECK(sqlite3_column_type(select, 1) == SQLITE_NULL);
    sqlite3_finalize(select);
    sqlite3_close(database);
    cor_case_dispose(&case_);
    empty_folder();
}

TEST(a_large_case_is_quick)
{
    struct cor_case case_;
    struct timespec start, end;
    sample_large_case(&case_);
    clock_gettime(CLOCK_MONOTONIC, &start);
    CHECK(cor_casefile_write(&case_, in_folder("large"), NULL) == COR_OK);
    clock_gettime(CLOCK_MONOTONIC, &end);
    struct stat stat_ = {0};
    stat(in_folder("large"), &stat_);
    printf("# written in %.2f s, %lld bytes\n",
           (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec),
           (long long)stat_.st_size);
    round_trip(&case_, in_folder("large"));
    cor_case_dispose(&case_);
    empty_folder();
}

static void write_must_fail(const struct cor_case *case_, const char *path, enum cor_status want)
{
    struct counter counter = {.diag.emit = count_message};
    unsigned before = files_in_folder();
    CHECK(cor_casefile_write(case_, path, &counter.diag) == want);
    CHECK(counter.messages == 1 && counter.text[0]);
    CHECK(files_in_folder() == before);
}

TEST(bad_places_to_write)
{
    struct cor_case case_;
    char deep[128];
    sample_case(&case_);
    write_must_fail(&case_, in_folder("no/such/folder"), COR_IO);
    write_must_fail(&case_, folder, COR_IO);
    write_must_fail(&case_, "/dev/full", COR_IO);
    write_must_fail(&case_, "", COR_IO);
    snprintf(deep, sizeof deep, "%s/read-only", folder);
    mkdir(deep, 0555);
    // Whoever may write everywhere proves nothing here.
    if (access(deep, W_OK) != 0) {
        strcat(deep, "/x");
        write_must_fail(&case_, deep, COR_IO);
    }
    rmdir(in_folder("read-only"));
    cor_case_dispose(&case_);
    empty_folder();
}

// Runs in a child, because a limit once set cannot be lifted by everyone.
static void write_with_limit(rlim_t limit)
{
    pid_t child = fork();
    if (child == 0) {
        struct cor_case case_;
        struct counter counter = {.diag.emit = count_message};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit, limit});
        sample_case(&case_);
        bool good = cor_casefile_write(&case_, in_folder("old"), &counter.diag) == COR_IO &&
                    counter.messages == 1;
        cor_case_dispose(&case_);
        _exit(good ? 0 : 1);
    }
    int result = -1;
    CHECK(waitpid(child, &result, 0) == child);
    CHECK(WIFEXITED(result) && WEXITSTATUS(result) == 0);
}

TEST(a_full_disk_leaves_the_old_file)
{
    struct counter counter;
    struct cor_case case_;
    sample_case(&case_);
    CHECK(cor_casefile_write(&case_, in_folder("old"), NULL) == COR_OK);
    for (rlim_t limit = 0; limit < 40000; limit += 4999)
        write_with_limit(limit);
    CHECK(files_in_folder() == 1);
    CHECK(read_file(in_folder("old"), &counter) == COR_OK);
    cor_case_dispose(&case_);
    empty_folder();
}

TEST(an_interrupt_leaves_nothing)
{
    struct counter counter;
    struct cor_case case_;
    sample_case(&case_);
    cor_interrupt_raise();
    write_must_fail(&case_, in_folder("i"), COR_INTERRUPTED);
    cor_interrupt_clear();
    CHECK(cor_casefile_write(&case_, in_folder("i"), NULL) == COR_OK);
    cor_interrupt_raise();
    CHECK(read_file(in_folder("i"), &counter) == COR_INTERRUPTED && counter.messages == 1);
    cor_interrupt_clear();
    cor_case_dispose(&case_);
    empty_folder();
}

TEST(what_is_no_case_file)
{
    struct counter counter;
    sqlite3 *database = NULL;
    CHECK(read_file(in_folder("absent"), &counter) == COR_NOT_FOUND && counter.messages == 1);
    CHECK(read_file(folder, &counter) == COR_MALFORMED && counter.messages == 1);
    CHECK(read_file(":memory:", &counter) == COR_NOT_FOUND && counter.messages == 1);
    spill(in_folder("empty"), "", 0);
    CHECK(read_file(in_folder("empty"), &counter) == COR_MALFORMED && counter.messages == 1);
    spill(in_folder("text"), "hello, world\n", 13);
    CHECK(read_file(in_folder("text"), &counter) == COR_MALFORMED && counter.messages == 1);
    CHECK(sqlite3_open(in_folder("other"), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, "CREATE TABLE t(x)", NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(database);
    CHECK(read_file(in_folder("other"), &counter) == COR_MALFORMED && counter.messages == 1);
    CHECK_TEXT(counter.text, "a database, but not a case file");
    empty_folder();
}

// Each changes a good file by SQL; the file must then be refused.
static const struct {
    const char *statement;
    enum cor_status status;
} changes[] = {
    {"UPDATE symbol SET class = 6 WHERE id = 1", COR_MALFORMED},
    {"UPDATE symbol SET class = -1 WHERE id = 1", COR_MALFORMED},
    {"UPDATE symbol SET flags = 16 WHERE id = 1", COR_MALFORMED},
    {"UPDATE symbol SET finding = 2 WHERE id = 1", COR_MALFORMED},
    {"UPDATE symbol SET name = CAST(x'610062' AS TEXT) WHERE id = 1", COR_MALFORMED},
    {"UPDATE symbol SET id = 99 WHERE id = 1", COR_MALFORMED},
    {"DELETE FROM symbol WHERE id = 6", COR_MALFORMED},
    {"DELETE FROM need WHERE symbol = 5", COR_MALFORMED},
    {"UPDATE need SET ordinal = ordinal + 1 WHERE symbol = 5 AND ordinal = 2", COR_MALFORMED},
    {"UPDATE need SET symbol = 77 WHERE symbol = 5 AND ordinal = 2", COR_MALFORMED},
    {"UPDATE need SET symbol = -9223372036854775808 WHERE symbol = 1 AND ordinal = 0",
     COR_MALFORMED},
    {"UPDATE need SET component = 4 WHERE symbol = 5 AND ordinal = 2", COR_MALFORMED},
    {"UPDATE need SET table_row = 4294967296 WHERE symbol = 5 AND ordinal = 2", COR_MALFORMED},
    {"UPDATE component SET input = 2 WHERE id = 1", COR_MALFORMED},
    {"UPDATE component SET kind = 7 WHERE id = 1", COR_MALFORMED},
    {"UPDATE member SET parent = 8 WHERE id = 1", COR_MALFORMED},
    {"UPDATE member SET sha256 = x'00' WHERE id = 1", COR_MALFORMED},
    {"UPDATE input SET sha1 = sha1 || 'f' WHERE id = 0", COR_MALFORMED},
    {"UPDATE row_count SET rows = 1e18 WHERE name = 'member'", COR_MALFORMED},
    {"UPDATE row_count SET rows = 9 WHERE name = 'member'", COR_MALFORMED},
    {"DELETE FROM row_count WHERE name = 'note'", COR_MALFORMED},
    {"DELETE FROM summary", COR_MALFORMED},
    {"DROP TABLE note", COR_MALFORMED},
    {"ALTER TABLE note ADD COLUMN x TEXT", COR_MALFORMED},
    {"DROP TABLE note; CREATE VIEW note(id, sentence) AS WITH RECURSIVE r(x) AS (SELECT 1 UNION "
     "ALL SELECT x + 1 FROM r) SELECT x, 'a' FROM r",
     COR_MALFORMED},
    {"PRAGMA user_version = 0", COR_MALFORMED},
    {"PRAGMA user_version = 1", COR_UNSUPPORTED},
    {"PRAGMA user_version = 3", COR_UNSUPPORTED},
    {"PRAGMA application_id = 1", COR_MALFORMED},
    {"UPDATE component SET same_as = 3, machine = NULL WHERE id = 2", COR_OK},
};

TEST(changed_rows_are_refused)
{
    struct counter counter;
    struct cor_case case_;
    sample_case(&case_);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        sqlite3 *database = NULL;
        CHECK(cor_casefile_write(&case_, in_folder("c"), NULL) == COR_OK);
        CHECK(sqlite3_open(in_folder("c"), &database) == SQLITE_OK);
        CHECK(sqlite3_exec(database, changes[i].statement, NULL, NULL, NULL) == SQLITE_OK);
        sqlite3_close(database);
        enum cor_status status = read_file(in_folder("c"), &counter);
        if (!CHECK(status == changes[i].status && counter.messages == (status != COR_OK)))
            printf("# %s: %s, %s\n", changes[i].statement, cor_status_text(status), counter.text);
    }
    cor_case_dispose(&case_);
    empty_folder();
}

TEST(damaged_bytes_never_crash)
{
    struct counter counter;
    struct cor_case case_;
    size_t size;
    unsigned refused = 0;
    sample_case(&case_);
    CHECK(cor_casefile_write(&case_, in_folder("d"), NULL) == COR_OK);
    unsigned char *bytes = slurp(in_folder("d"), &size);
    for (size_t cut = 0; cut < size; cut += cut < 200 ? 1 : 4001) {
        spill(in_folder("d"), bytes, cut);
        if (!CHECK(read_file(in_folder("d"), &counter) == COR_MALFORMED && counter.messages == 1))
            printf("# cut at %zu of %zu: %s\n", cut, size, counter.text);
    }
    for (size_t at = 0; at < size; at += at < 400 ? 1 : 331) {
        bytes[at] ^= (unsigned char)(1 + at % 255);
        spill(in_folder("d"), bytes, size);
        bytes[at] ^= (unsigned char)(1 + at % 255);
        enum cor_status status = read_file(in_folder("d"), &counter);
        CHECK(counter.messages == (status != COR_OK));
        if (!CHECK(status == COR_OK || status == COR_MALFORMED || status == COR_UNSUPPORTED))
            printf("# byte %zu: %s (%s)\n", at, cor_status_text(status), counter.text);
        refused += status != COR_OK;
    }
    CHECK(refused > 50);
    free(bytes);
    cor_case_dispose(&case_);
    empty_folder();
}

// SQLite's heap, with the same switch as our own.
static sqlite3_mem_methods plain;
static long sqlite_successes = -1;

static void *failing_malloc(int size)
{
    if (sqlite_successes == 0)
        return NULL;
    if (sqlite_successes > 0)
        sqlite_successes--;
    return plain.xMalloc(size);
}

static void *failing_realloc(void *memory, int size)
{
    if (sqlite_successes == 0)
        return NULL;
    if (sqlite_successes > 0)
        sqlite_successes--;
    return plain.xRealloc(memory, size);
}

static void fail_after(long ours, long sqlites)
{
    cor_alloc_fail_after(ours);
    sqlite_successes = sqlites;
}

// True when it went through untouched.
static bool with_little_memory(const struct cor_case *case_, long ours, long sqlites)
{
    struct cor_case read;
    struct counter counter = {.diag.emit = count_message};
    cor_case_init(&read);
    fail_after(ours, sqlites);
    enum cor_status written = cor_casefile_write(case_, in_folder("m"), &counter.diag);
    fail_after(-1, -1);
    if (!CHECK(written == COR_OK || (written == COR_NOMEM && counter.messages == 1)))
        printf("# write %ld %ld: %s, %s\n", ours, sqlites, cor_status_text(written), counter.text);
    CHECK(files_in_folder() == (written == COR_OK));
    CHECK(cor_casefile_write(case_, in_folder("m"), NULL) == COR_OK);
    counter.messages = 0;
    fail_after(ours, sqlites);
    enum cor_status got = cor_casefile_read(in_folder("m"), &read, &counter.diag);
    fail_after(-1, -1);
    if (!CHECK(got == COR_OK || (got == COR_NOMEM && counter.messages == 1)))
        printf("# %ld %ld: %s, %s\n", ours, sqlites, cor_status_text(got), counter.text);
    if (got == COR_OK)
        CHECK_TEXT(difference(case_, &read), NULL);
    cor_case_dispose(&read);
    empty_folder();
    return written == COR_OK && got == COR_OK;
}

TEST(every_allocation_may_fail)
{
    struct cor_case case_;
    bool through = false;
    sample_case(&case_);
    for (long i = 0; i < 10000 && !through; i++)
        through = with_little_memory(&case_, i, -1);
    CHECK(through);
    through = false;
    for (long i = 0; i < 100000 && !through; i += 1 + i / 12)
        through = with_little_memory(&case_, -1, i);
    CHECK(through);
    cor_case_dispose(&case_);
}

static const struct test_case cases[] = {
    CASE(what_is_written_is_read_back),
    CASE(an_empty_case_is_read_back),
    CASE(a_changed_field_is_seen),
    CASE(equal_cases_make_equal_files),
    CASE(views_answer),
    CASE(a_large_case_is_quick),
    CASE(bad_places_to_write),
    CASE(a_full_disk_leaves_the_old_file),
    CASE(an_interrupt_leaves_nothing),
    CASE(what_is_no_case_file),
    CASE(changed_rows_are_refused),
    CASE(damaged_bytes_never_crash),
    CASE(every_allocation_may_fail),
};

int main(void)
{
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain);
    sqlite3_mem_methods failing = plain;
    failing.xMalloc = failing_malloc;
    failing.xRealloc = failing_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &failing);
    snprintf(folder, sizeof folder, "/tmp/cor-casefile-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    int result = test_run(cases, sizeof cases / sizeof *cases);
    rmdir(folder);
    return result;
}
