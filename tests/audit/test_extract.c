// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Archives that try to write outside of the folder that they are unpacked to. A canary stands
// beside that folder; every test ends with a look at it, and at everything that was written.
#include "harness.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/extract.h"
#include "audit/safe_name.h"
#include "base/alloc.h"
#include "intake/hash.h"

static char top[64], out_real[4096];

static bool shell(const char *recipe)
{
    fflush(stdout);
    return system(recipe) == 0;
}

// --- the attack corpus

struct row {
    const char *name;
    char kind; // f, d, l (symbolic), h (hard), c (device), p (pipe)
    const char *target;
    unsigned mode;
};

static char long_name[4097], long_path[4097];

static const struct row rows[] = {
    {"a.c", 'f', NULL, 0644},
    {"sub/", 'd', NULL, 0755},
    {"good", 'l', "a.c", 0777},
    {"sub/good2", 'l', "../a.c", 0777},
    {"../up", 'f', NULL, 0644},
    {"../../up2", 'f', NULL, 0644},
    {"x/../../../up3", 'f', NULL, 0644},
    {"/canary/absolute", 'f', NULL, 0644},
    {"..", 'f', NULL, 0644},
    {"../canary/file", 'f', NULL, 0644},
    {"out", 'l', "..", 0777},
    {"out/through", 'f', NULL, 0644},
    {"etc", 'l', "/etc", 0777},
    {"etc/passwd", 'f', NULL, 0644},
    {"away", 'l', "../../canary", 0777},
    {"away/file", 'f', NULL, 0644},
    {"sub/away2", 'l', "../../../canary/file", 0777},
    {"deep/er/x", 'f', NULL, 0644},
    {"step1", 'l', "deep/er", 0777},
    {"step2", 'l', "step1/../../../canary", 0777},
    {"step2/file", 'f', NULL, 0644},
    {"loop1", 'l', "loop2", 0777},
    {"loop2", 'l', "loop1", 0777},
    {"image", 'l', "/sub/good2", 0777},
    {"hard", 'h', "a.c", 0644},
    {"hard2", 'h', "../canary/file", 0644},
    {"hard3", 'h', "/etc/shadow", 0644},
    {"null", 'c', NULL, 0666},
    {"pipe", 'p', NULL, 0644},
    {"setuid", 'f', NULL, 06755},
    {"locked", 'f', NULL, 0000},
    {"Case", 'f', NULL, 0644},
    {"case", 'f', NULL, 0644},
    {"CASE/x", 'f', NULL, 0644},
    {"case/y", 'f', NULL, 0644},
    {"\xc3\x84rger", 'f', NULL, 0644},
    {"\xc3\xa4rger", 'f', NULL, 0644},
    {"twice", 'f', NULL, 0644},
    {"twice", 'f', NULL, 0644},
    {"f", 'f', NULL, 0644},
    {"f/x", 'f', NULL, 0644},
    {"ctl\n\x1b[31m\t", 'f', NULL, 0644},
    {"bad\xff\xfeutf", 'f', NULL, 0644},
    {"turn\xe2\x80\xae"
     "c.txt",
     'f', NULL, 0644},
    {"a//b/./c", 'f', NULL, 0644},
    {"back\\slash", 'f', NULL, 0644},
    {long_name, 'f', NULL, 0644},
    {long_path, 'f', NULL, 0644},
};

static void make_long_names(void)
{
    memset(long_name, 'n', sizeof long_name - 1);
    for (size_t i = 0; i + 8 < sizeof long_path; i += 8)
        memcpy(long_path + i, "folders/", 8);
    memcpy(long_path + 4080, "end", 4);
}

static mode_t type_of(char kind)
{
    return kind == 'f' || kind == 'h' ? AE_IFREG
           : kind == 'd'              ? AE_IFDIR
           : kind == 'l'              ? AE_IFLNK
           : kind == 'c'              ? AE_IFCHR
                                      : AE_IFIFO;
}

static void write_row(struct archive *archive, const struct row *row)
{
    static const char body[] = "int body;\n";
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, row->name);
    archive_entry_set_filetype(entry, type_of(row->kind));
    archive_entry_set_perm(entry, row->mode);
    if (row->kind == 'l')
        archive_entry_set_symlink(entry, row->target);
    if (row->kind == 'h')
        archive_entry_set_hardlink(entry, row->target);
    archive_entry_set_size(entry, row->kind == 'f' ? sizeof body - 1 : 0);
    // Zip takes neither devices nor names that its writer finds too long: the rest is enough.
    if (archive_write_header(archive, entry) == ARCHIVE_OK && row->kind == 'f')
        archive_write_data(archive, body, sizeof body - 1);
    archive_entry_free(entry);
}

static void make_archive(const char *format, const char *path)
{
    struct archive *archive = archive_write_new();
    CHECK(archive_write_set_format_by_name(archive, format) == ARCHIVE_OK);
    archive_write_set_bytes_in_last_block(archive, 1);
    CHECK(archive_write_open_filename(archive, path) == ARCHIVE_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        write_row(archive, &rows[i]);
    archive_write_close(archive);
    archive_write_free(archive);
}

// --- extracting

static struct cor_extraction extraction;

static enum cor_status extract(const char *path, bool leaves, const char *glob)
{
    const struct cor_extract_options options = {
        .tree = {.path = path, .limits = cor_default_limits},
        .folder = "out",
        .select = &glob,
        .select_count = glob ? 1 : 0,
        .leaves = leaves,
    };
    CHECK(shell("chmod -R u+rwx out 2>/dev/null; rm -rf out && mkdir out"));
    CHECK(realpath("out", out_real) != NULL);
    return cor_extraction_run(&options, &extraction);
}

static const struct cor_extracted *result_of(const char *member)
{
    for (size_t i = 0; i < extraction.items.count; i++)
        if (strcmp(extraction.items.items[i].member, member) == 0)
            return &extraction.items.items[i];
    return NULL;
}

static bool is(const char *member, enum cor_fate fate, const char *path)
{
    const struct cor_extracted *item = result_of(member);
    bool as_said = item && item->fate == fate &&
                   (path ? item->path && strcmp(item->path, path) == 0 : !item->path);
    if (!as_said)
        printf("# %s: %d %s (%s)\n", member, item ? (int)item->fate : -1,
               item && item->path ? item->path : "-", item && item->note ? item->note : "-");
    return as_said;
}

static unsigned odd;

static int look(const char *path, const struct stat *about, int type, struct FTW *walk)
{
    char real[4096];
    (void)type, (void)walk;
    bool plain = S_ISREG(about->st_mode) || S_ISDIR(about->st_mode) || S_ISLNK(about->st_mode);
    if (!plain || (about->st_mode & 07000 && !S_ISLNK(about->st_mode))) {
        printf("# odd: %s\n", path);
        odd++;
    }
    if (S_ISLNK(about->st_mode) && realpath(path, real) &&
        strncmp(real, out_real, strlen(out_real)) != 0) {
        printf("# leads out: %s to %s\n", path, real);
        odd++;
    }
    for (const char *c = path; *c; c++)
        odd += (unsigned char)*c < 0x20;
    return 0;
}

// Every file that is said to be written has the hash that is said.
static bool manifest_holds(void)
{
    for (size_t i = 0; i < extraction.items.count; i++) {
        const struct cor_extracted *item = &extraction.items.items[i];
        unsigned char digest[32], bytes[1 << 16];
        char path[8192];
        if (!item->path || !item->hashed || item->kind != COR_ENTRY_FILE)
            continue;
        snprintf(path, sizeof path, "out/%s", item->path);
        FILE *file = fopen(path, "rb");
        size_t size = file ? fread(bytes, 1, sizeof bytes, file) : 0;
        if (file)
            fclose(file);
        if (!file || size != item->size || cor_sha256(bytes, size, digest) != COR_OK ||
            memcmp(digest, item->sha256, 32) != 0) {
            printf("# not as said: %s\n", path);
            return false;
        }
    }
    return true;
}

static void check_house(void)
{
    CHECK(shell("find canary top.txt -printf '%p %y %m %s %T@ ' -type f -exec cat {} + >now.list;"
                "ls -A | sort >>now.list; cmp -s now.list before.list"));
    odd = 0;
    CHECK(nftw("out", look, 32, FTW_PHYS) == 0 && odd == 0);
    CHECK(manifest_holds());
}

static void check_common(const char *name)
{
    char path[256];
#define MEMBER(below) (snprintf(path, sizeof path, "%s!/%s", name, below), path)
    CHECK(is(MEMBER("a.c"), COR_FATE_WRITTEN, "a.c"));
    CHECK(is(MEMBER("good"), COR_FATE_WRITTEN, "good"));
    CHECK(is(MEMBER("sub/good2"), COR_FATE_WRITTEN, "sub/good2"));
    CHECK(is(MEMBER("../up"), COR_FATE_WRITTEN, "%2E%2E/up"));
    CHECK(is(MEMBER("canary/absolute"), COR_FATE_WRITTEN, "canary/absolute"));
    CHECK(is(MEMBER("out"), COR_FATE_REFUSED, NULL));
    CHECK(is(MEMBER("out/through"), COR_FATE_WRITTEN, "out~2/through"));
    CHECK(is(MEMBER("away"), COR_FATE_REFUSED, NULL));
    CHECK(is(MEMBER("sub/away2"), COR_FATE_REFUSED, NULL));
    CHECK(is(MEMBER("step2"), COR_FATE_REFUSED, NULL));
    CHECK(is(MEMBER("loop1"), COR_FATE_REFUSED, NULL));
    CHECK(is(MEMBER("image"), COR_FATE_WRITTEN, "image"));
    CHECK(is(MEMBER("Case"), COR_FATE_WRITTEN, "Case"));
    CHECK(is(MEMBER("case"), COR_FATE_WRITTEN, "case~2"));
    CHECK(is(MEMBER("CASE/x"), COR_FATE_WRITTEN, "CASE~3/x"));
    CHECK(is(MEMBER("\xc3\xa4rger"), COR_FATE_WRITTEN, "\xc3\xa4rger~2"));
    CHECK(is(MEMBER("twice#2"), COR_FATE_WRITTEN, "twice~2"));
    CHECK(is(MEMBER("f/x"), COR_FATE_WRITTEN, "f~2/x"));
    CHECK(is(MEMBER("ctl\n\x1b[31m\t"), COR_FATE_WRITTEN, "ctl%0A%1B[31m%09"));
    CHECK(is(MEMBER("a//b/./c"), COR_FATE_WRITTEN, "a/b/c"));
#undef MEMBER
}

TEST(tar_that_attacks)
{
    make_archive("pax", "bad.tar");
    CHECK(shell("ls -A | sort >/dev/null"));
    CHECK(extract("bad.tar", false, NULL) == COR_OK);
    check_common("bad.tar");
    CHECK(is("bad.tar!/hard", COR_FATE_WRITTEN, "hard"));
    CHECK(is("bad.tar!/hard3", COR_FATE_REFUSED, NULL));
    CHECK(is("bad.tar!/null", COR_FATE_REFUSED, NULL));
    CHECK(is("bad.tar!/pipe", COR_FATE_REFUSED, NULL));
    CHECK(is("bad.tar!/bad\xff\xfeutf", COR_FATE_WRITTEN, "bad%FF%FEutf"));
    CHECK(shell("test \"$(stat -c %a out/locked)\" = 600 -a \"$(stat -c %h out/hard)\" = 1"));
    check_house();
    cor_extraction_dispose(&extraction);
}

TEST(cpio_that_attacks)
{
    make_archive("newc", "bad.cpio");
    CHECK(extract("bad.cpio", false, NULL) == COR_OK);
    check_common("bad.cpio");
    CHECK(is("bad.cpio!/null", COR_FATE_REFUSED, NULL));
    check_house();
    cor_extraction_dispose(&extraction);
}

TEST(zip_that_attacks)
{
    make_archive("zip", "bad.zip");
    CHECK(extract("bad.zip", false, NULL) == COR_OK);
    check_common("bad.zip");
    check_house();
    cor_extraction_dispose(&extraction);
}

TEST(nul_in_a_zip_name)
{
    CHECK(shell("mkdir -p z && echo x >z/nulXname && rm -f nul.zip && zip -qr nul.zip z &&"
                "LC_ALL=C sed -i 's/nulXname/nul\\x00name/g' nul.zip; rm -r z"));
    CHECK(extract("nul.zip", false, NULL) == COR_OK);
    CHECK(extraction.items.count >= 1);
    check_house();
    cor_extraction_dispose(&extraction);
}

TEST(iso_that_attacks)
{
    CHECK(shell("mkdir -p i/sub && echo x >i/a.c && ln -s ../../canary i/away &&"
                "ln -s a.c i/good && ln -s ../../../../../../../../etc/passwd i/sub/etc &&"
                "echo x >\"i/$(printf 'b\\033[1m')\" && mkfifo i/pipe &&"
                "xorriso -as mkisofs -quiet -R -o bad.iso i 2>/dev/null; rm -r i"));
    CHECK(extract("bad.iso", false, NULL) == COR_OK);
    CHECK(is("bad.iso!/away", COR_FATE_REFUSED, NULL));
    CHECK(is("bad.iso!/good", COR_FATE_WRITTEN, "good"));
    CHECK(is("bad.iso!/sub/etc", COR_FATE_REFUSED, NULL));
    check_house();
    cor_extraction_dispose(&extraction);
}

// The image's own links do not reach a container's neighbours, and what is inside of a file never
// meets what stands beside it.
TEST(nested_layers_have_their_own_folders)
{
    CHECK(shell("mkdir -p n/in.gz.d && echo x | gzip -n >n/in.gz && echo y >n/in.gz.d/gzip &&"
                "tar -cf n.tar n/in.gz n/in.gz.d; tar -cf n2.tar n/in.gz.d n/in.gz; rm -r n"));
    CHECK(extract("n.tar", false, NULL) == COR_OK);
    CHECK(is("n.tar!/n/in.gz", COR_FATE_WRITTEN, "n/in.gz"));
    CHECK(is("n.tar!/n/in.gz!gzip", COR_FATE_WRITTEN, "n/in.gz.d/gzip"));
    CHECK(is("n.tar!/n/in.gz.d/gzip", COR_FATE_WRITTEN, "n/in.gz.d~2/gzip"));
    check_house();
    cor_extraction_dispose(&extraction);
    CHECK(extract("n2.tar", true, NULL) == COR_OK);
    CHECK(is("n2.tar!/n/in.gz", COR_FATE_OPENED, NULL));
    CHECK(is("n2.tar!/n/in.gz!gzip", COR_FATE_WRITTEN, "n/in.gz.d~2/gzip"));
    CHECK(is("n2.tar!/n/in.gz.d/gzip", COR_FATE_WRITTEN, "n/in.gz.d/gzip"));
    check_house();
    cor_extraction_dispose(&extraction);
    CHECK(extract("n.tar", false, "*!gzip") == COR_OK);
    CHECK(extraction.items.count == 1);
    CHECK(is("n.tar!/n/in.gz!gzip", COR_FATE_WRITTEN, "n/in.gz.d/gzip"));
    check_house();
    cor_extraction_dispose(&extraction);
}

TEST(a_folder_with_links_and_empty_folders)
{
    CHECK(shell("mkdir -p src/empty src/b && echo x >src/b/x && ln -s ../../canary src/b/out &&"
                "ln -s x src/b/in"));
    CHECK(extract("src", false, NULL) == COR_OK);
    CHECK(is("src/b/out", COR_FATE_REFUSED, NULL));
    CHECK(is("src/b/in", COR_FATE_WRITTEN, "b/in"));
    CHECK(shell("test -d out/empty && test \"$(cat out/b/in)\" = x; rm -r src"));
    check_house();
    cor_extraction_dispose(&extraction);
}

// What stands in the folder already is neither replaced nor gone through.
TEST(what_is_there_is_not_touched)
{
    CHECK(extract("bad.tar", false, NULL) == COR_OK);
    cor_extraction_dispose(&extraction);
    CHECK(shell("rm -rf out && mkdir out && ln -s ../canary out/sub && ln -s ../canary/file out/a.c"
                " && echo mine >out/f"));
    const struct cor_extract_options options = {
        .tree = {.path = "bad.tar", .limits = cor_default_limits}, .folder = "out"};
    CHECK(cor_extraction_run(&options, &extraction) == COR_OK);
    CHECK(is("bad.tar!/a.c", COR_FATE_WRITTEN, "a.c~2"));
    // Its target is a name that leads out now.
    CHECK(is("bad.tar!/sub/good2", COR_FATE_REFUSED, NULL));
    CHECK(is("bad.tar!/deep/er/x", COR_FATE_WRITTEN, "deep/er/x"));
    CHECK(is("bad.tar!/f", COR_FATE_WRITTEN, "f~2"));
    CHECK(shell("test \"$(cat out/f)\" = mine; rm out/sub out/a.c"));
    check_house();
    cor_extraction_dispose(&extraction);
}

TEST(names_that_are_safe)
{
    static const struct {
        const char *from, *to;
    } names[] = {{"plain.c", "plain.c"}, {"..", "%2E%2E"},
                 {".", "%2E"},           {"...", "..."},
                 {"a\x7f", "a%7F"},      {"\xed\xa0\x80", "%ED%A0%80"},
                 {"\xc0\xaf", "%C0%AF"}, {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
                 {"\xc2\x85", "%C2%85"}, {"\xe2\x80", "%E2%80"}};
    struct cor_arena arena;
    bool changed;
    cor_arena_init(&arena);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *safe = cor_safe_name(&arena, cor_slice_text(names[i].from), &changed);
        CHECK_TEXT(safe, names[i].to);
        CHECK(changed == (strcmp(names[i].from, names[i].to) != 0));
    }
    CHECK(strlen(cor_safe_name(&arena, cor_slice_text(long_name), &changed)) <= 201 && changed);
    CHECK_TEXT(cor_fold_name(&arena, "ABC\xc3\x84\xd0\x96x"), "abc\xc3\xa4\xd0\xb6x");
    cor_arena_dispose(&arena);
}

TEST(memory_that_fails)
{
    bool through = false;
    for (long i = 0; !through && i < 3000; i += 1 + i / 6) {
        CHECK(shell("rm -rf out && mkdir out"));
        const struct cor_extract_options options = {
            .tree = {.path = "n.tar", .limits = cor_default_limits}, .folder = "out"};
        cor_alloc_fail_after(i);
        enum cor_status status = cor_extraction_run(&options, &extraction);
        cor_alloc_fail_after(-1);
        through = status == COR_OK;
        CHECK(status == COR_OK || status == COR_NOMEM || status == COR_IO);
        cor_extraction_dispose(&extraction);
    }
    CHECK(through);
}

TEST(a_budget_of_bytes_ends_it)
{
    struct cor_extract_options options = {.tree = {.path = "big.tar", .limits = cor_default_limits},
                                          .folder = "out"};
    CHECK(shell("rm -rf out && mkdir out b && head -c 300000 /dev/zero >b/1 && cp b/1 b/2 &&"
                "tar -cf big.tar b; rm -r b"));
    options.tree.limits.total_bytes = 400000;
    enum cor_status status = cor_extraction_run(&options, &extraction);
    CHECK(status == COR_OK || status == COR_LIMIT);
    CHECK(shell("test $(du -sb out | cut -f1) -lt 420000"));
    CHECK(extraction.left_out > 0);
    cor_extraction_dispose(&extraction);
}

static void leave(void)
{
    char command[256];
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", top, top);
    if (chdir("/") != 0 || system(command) != 0)
        printf("# %s is left\n", top);
}

static const struct test_case cases[] = {
    CASE(tar_that_attacks),
    CASE(cpio_that_attacks),
    CASE(zip_that_attacks),
    CASE(nul_in_a_zip_name),
    CASE(iso_that_attacks),
    CASE(nested_layers_have_their_own_folders),
    CASE(a_folder_with_links_and_empty_folders),
    CASE(what_is_there_is_not_touched),
    CASE(names_that_are_safe),
    CASE(memory_that_fails),
    CASE(a_budget_of_bytes_ends_it),
};

int main(void)
{
    snprintf(top, sizeof top, "/tmp/cor-extract-XXXXXX");
    if (!mkdtemp(top) || chdir(top) != 0) {
        printf("Bail out! no temporary folder\n");
        return 1;
    }
    make_long_names();
    atexit(leave);
    // All inputs are names that are there from the beginning: a new name beside them is an escape.
    if (!shell("mkdir canary out && echo canary >canary/file && echo top >top.txt &&"
               "touch bad.tar bad.cpio bad.zip nul.zip bad.iso n.tar n2.tar big.tar now.list "
               "before.list &&"
               "find canary top.txt -printf '%p %y %m %s %T@ ' -type f -exec cat {} + >before.list;"
               "ls -A | sort >>before.list"))
        return 1;
    return test_run(cases, sizeof cases / sizeof *cases);
}
