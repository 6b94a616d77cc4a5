// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Folders, order, names, what is asked for and what is left out, limits, stopping.
#include "harness.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "intake/hash.h"
#include "intake/input.h"
#include "recipes.h"

static struct support_result result, other;

TEST(folder_in_byte_order_without_following_links)
{
    CHECK(support_run("mkdir -p f/b f/B f/empty; echo 1 >f/b/1; echo 2 >f/B/2; echo 3 >f/b.c;"
                      "ln -s . f/loop; ln -s ../../.. f/b/up; ln -s missing f/dangling;"
                      "mkfifo f/fifo; : >f/nothing"));
    support_walk("f", NULL, &result);
    CHECK(result.status == COR_OK && result.unread == 0);
    CHECK_TEXT(result.text, "f/B/2 text 2 read\n"
                            "f/b.c text 2 read\n"
                            "f/b/1 text 2 read\n"
                            "f/b/up symlink 0 read unhashed\n"
                            "f/dangling symlink 0 read unhashed\n"
                            "f/fifo device 0 read unhashed\n"
                            "f/loop symlink 0 read unhashed\n"
                            "f/nothing empty 0 read\n");
    CHECK_TEXT(result.leaves, "f/B/2 2\nf/b.c 2\nf/b/1 2\nf/nothing 0\n");
    support_walk("f/loop/b/", NULL, &result);
    CHECK(support_has(result.text, "b/1 text 2 read\n"));
}

TEST(inputs_are_measured)
{
    struct cor_arena arena;
    struct cor_input input = {.role = COR_ROLE_SOURCE, .number = 3};
    cor_arena_init(&arena);
    CHECK(support_run("printf abc >abc; ln -sf abc link"));
    CHECK(cor_input_open("./link", &arena, &input, NULL) == COR_OK);
    CHECK(input.role == COR_ROLE_SOURCE && input.number == 3 && input.size == 3 && !input.folder);
    CHECK_TEXT(input.name, "link");
    CHECK_TEXT(input.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK_TEXT(input.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(cor_input_open("f//", &arena, &input, NULL) == COR_OK);
    CHECK(input.folder && input.size == 6 && !input.sha1[0]);
    CHECK_TEXT(input.name, "f");
    struct cor_diag_capture capture;
    static const struct {
        const char *path, *text;
        enum cor_status status;
    } bad[] = {{"missing", "No such file or directory", COR_NOT_FOUND},
               {"abc/x", "Not a directory", COR_NOT_FOUND},
               {"f/fifo", "neither a file nor a folder", COR_UNSUPPORTED},
               {"f/dangling", "No such file or directory", COR_NOT_FOUND}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cor_diag_capture_init(&capture);
        CHECK(cor_input_open(bad[i].path, &arena, &input, &capture.diag) == bad[i].status);
        CHECK_TEXT(capture.text, bad[i].text);
    }
    CHECK_TEXT(input.name, "f");
    cor_arena_dispose(&arena);
}

TEST(hashes)
{
    unsigned char digest[32];
    char hex[65];
    struct cor_hash *sha1 = cor_hash_new(COR_SHA1), *sha256 = cor_hash_new(COR_SHA256);
    cor_hash_add(sha1, "ab", 2);
    cor_hash_add(sha1, "c", 1);
    cor_hash_end(sha1, digest);
    cor_hex(digest, 20, hex);
    CHECK_TEXT(hex, "a9993e364706816aba3e25717850c26c9cd0d89d");
    for (int i = 0; i < 2; i++) {
        cor_hash_add(sha256, "abc", 3);
        cor_hash_end(sha256, digest);
        cor_hex(digest, 32, hex);
        CHECK_TEXT(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
    CHECK(cor_sha256(NULL, 0, digest) == COR_OK);
    cor_hex(digest, 4, hex);
    CHECK_TEXT(hex, "e3b0c442");
    cor_hash_free(sha1);
    cor_hash_free(sha256);
    cor_hash_free(NULL);
}

static const char nest[] =
    "tar -cf n1.tar tree; xz -c n1.tar >n2.xz; rm -f n3.zip; zip -q n3.zip n2.xz tree/a.c;"
    "mkdir -p iso; cp n3.zip iso/; xorriso -as mkisofs -quiet -R -o n4.iso iso;"
    "gzip -c n4.iso >n5.gz; find n5.gz | cpio -o -H newc >n6.cpio";

TEST(nest_of_layers)
{
    CHECK(support_run(nest));
    support_walk("n6.cpio", NULL, &result);
    CHECK(result.unread == 0 && result.visited == 5 && result.hashes_hold);
    CHECK(
        support_has(result.leaves, "n6.cpio!/n5.gz!gzip!/n3.zip!/n2.xz!xz!/tree/sub/b.txt 8893\n"));
}

TEST(same_members_whatever_the_workers)
{
    CHECK(support_run("mkdir -p many; cd many; for i in $(seq 1 300); do seq 1 $i >$i.c; done;"
                      "head -c 300000 /dev/urandom >large; cd ..; tar -czf many.tgz many"));
    static const char *const inputs[] = {"many", "many.tgz", "n6.cpio"};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        const struct support_walk four = {.workers = 4};
        support_walk(inputs[i], NULL, &result);
        support_walk(inputs[i], &four, &other);
        CHECK(result.status == COR_OK && result.hashes_hold && other.hashes_hold);
        CHECK(result.visited == other.visited && result.bytes == other.bytes);
        CHECK_TEXT(other.text, result.text);
        CHECK_TEXT(other.leaves, result.leaves);
        CHECK_TEXT(other.digests, result.digests);
    }
}

TEST(parents_are_right)
{
    struct cor_input input = {0};
    struct cor_arena arena;
    struct cor_walk *walk = NULL;
    struct cor_workers *workers = cor_workers_new(1, 1 << 20);
    struct cor_walk_options options = {.workers = workers, .limits = cor_default_limits};
    cor_arena_init(&arena);
    CHECK(cor_input_open("n6.cpio", &arena, &input, NULL) == COR_OK);
    CHECK(cor_walk_inputs(&input, 1, &options, NULL, &walk) == COR_OK);
    for (size_t i = 0; i < cor_walk_count(walk); i++) {
        const struct cor_member *member = cor_walk_member(walk, i);
        if (i == 0) {
            CHECK(member->parent == COR_NONE);
            continue;
        }
        const struct cor_member *parent = cor_walk_member(walk, member->parent);
        size_t size = strlen(parent->path);
        CHECK(strncmp(parent->path, member->path, size) == 0 && member->path[size] == '!');
        CHECK(!strchr(member->path + size + 1, '!'));
    }
    cor_walk_free(walk);
    cor_workers_free(workers);
    cor_arena_dispose(&arena);
}

TEST(duplicates_and_links_in_a_tar)
{
    CHECK(support_run("mkdir -p d; echo first >d/x; tar -cf d.tar d/x; echo second! >d/x;"
                      "tar -rf d.tar d/x; echo third >'d/x#2'; tar -rf d.tar 'd/x#2' d/x;"
                      "ln -f d/x d/y; ln -sf x d/z; tar -cf l.tar d/x d/y d/z"));
    support_walk("d.tar", NULL, &result);
    CHECK(result.unread == 0);
    CHECK_TEXT(result.leaves, "d.tar!/d/x 6\nd.tar!/d/x#2 8\nd.tar!/d/x#2#2 6\nd.tar!/d/x#3 8\n");
    support_walk("l.tar", NULL, &result);
    CHECK_TEXT(result.leaves, "l.tar!/d/x 8\n");
    CHECK(support_has(result.text, "l.tar!/d/y hardlink 8 read\n"));
    CHECK(support_has(result.text, "l.tar!/d/z symlink 0 read unhashed\n"));
}

TEST(exclude)
{
    static const char *const globs[] = {"*.txt", "tree/a.c"};
    const struct support_walk how = {.exclude = globs, .exclude_count = 2};
    support_walk("tree", &how, &result);
    CHECK_TEXT(result.leaves, "tree/sub/empty 0\ntree/sub/x 3000\n");
    CHECK(support_has(result.text, "tree/a.c data 30 excluded unhashed: excluded by tree/a.c\n"));
    support_walk("n1.tar", &how, &result);
    CHECK_TEXT(result.leaves, "n1.tar!/tree/sub/empty 0\nn1.tar!/tree/sub/x 3000\n");
    static const char *const folder[] = {"sub"};
    const struct support_walk below = {.exclude = folder, .exclude_count = 1};
    support_walk("tree", &below, &result);
    CHECK_TEXT(result.leaves, "tree/a.c 30\n");
    CHECK(result.members == 4);
    static const char *const container[] = {"*/n3.zip"};
    const struct support_walk shut = {.exclude = container, .exclude_count = 1};
    support_walk("n6.cpio", &shut, &result);
    CHECK(result.visited == 0 && result.members == 4);
}

TEST(only)
{
    static const char *const paths[] = {"n6.cpio!/n5.gz!gzip!/n3.zip!/n2.xz!xz!/tree/a.c",
                                        "n6.cpio!/n5.gz!gzip!/n3.zip!/n2.xz!xz!/tree/sub/x"};
    const struct support_walk how = {.only = paths, .only_count = 2};
    support_walk("n6.cpio", &how, &result);
    CHECK(result.visited == 2 && result.bytes == 3030);
    CHECK(!strstr(result.text, "b.txt"));
    support_walk("n5.gz", &how, &result);
    CHECK(result.visited == 0 && result.members == 0);
    static const char *const few[] = {"tree-2/q", "tree/sub/b.txt"};
    const struct support_walk in_folder = {.only = few, .only_count = 2};
    support_walk("tree", &in_folder, &result);
    CHECK_TEXT(result.text, "tree/sub/b.txt text 8893 read\n");
    const struct support_walk none = {.only = few, .only_count = 0};
    support_walk("tree", &none, &result);
    CHECK(result.status == COR_OK && result.members == 0);
    // The second of two equal names is its own member.
    static const char *const second[] = {"d.tar!/d/x#2"};
    const struct support_walk again = {.only = second, .only_count = 1};
    support_walk("d.tar", &again, &result);
    CHECK_TEXT(result.leaves, "d.tar!/d/x#2 8\n");
}

static void walk_limited(const char *path, struct cor_limits limits)
{
    const struct support_walk how = {.limits = &limits};
    support_walk(path, &how, &result);
    CHECK(result.status == COR_OK);
}

TEST(limits)
{
    struct cor_limits limits = cor_default_limits;
    limits.depth = 3;
    walk_limited("n6.cpio", limits);
    CHECK(support_has(result.text, "n6.cpio!/n5.gz!gzip!/n3.zip zip ") && result.unread == 1);
    CHECK(strstr(result.text, "over a limit: too many layers deep"));

    limits = cor_default_limits;
    limits.members = 3;
    walk_limited("n1.tar", limits);
    CHECK(result.members == 3 && result.unread == 1);
    CHECK(strstr(result.text, "over a limit: more than 3 members"));
    walk_limited("tree", limits);
    CHECK(result.unread == 1 && strstr(result.text, "over a limit: too many members"));

    limits = cor_default_limits;
    limits.member_bytes = 5000;
    walk_limited("n1.tar", limits);
    CHECK(result.visited == 3 && result.unread == 1);
    CHECK(support_has(result.text, "n1.tar!/tree/sub/b.txt text 8893 unread source code: over"));
    walk_limited("t.gz", limits);
    CHECK(support_has(result.text, "t.gz!gzip text 8893 unread source code: over a limit"));

    limits = cor_default_limits;
    limits.total_bytes = 20000;
    walk_limited("n1.tar", limits);
    CHECK(result.unread == 0);
    walk_limited("n5.gz", limits);
    CHECK(result.unread > 0 && strstr(result.text, "over a limit: too many bytes"));
}

TEST(bombs)
{
    CHECK(support_run("head -c 90000000 /dev/zero | gzip -c >bomb.gz;"
                      "head -c 90000000 /dev/zero | xz -0c >bomb.xz;"
                      "truncate -s 90M hole; tar -cSf hole.tar hole"));
    struct cor_limits limits = cor_default_limits;
    limits.ratio = 500;
    walk_limited("bomb.gz", limits);
    CHECK(result.unread == 2 && strstr(result.text, "over a limit: one byte unpacks to more"));
    walk_limited("bomb.xz", limits);
    CHECK(result.unread == 2 && strstr(result.text, "over a limit: one byte unpacks to more"));
    limits.member_bytes = 50000000;
    walk_limited("hole", limits);
    CHECK(result.visited == 0 && strstr(result.text, "over a limit: a sparse file"));
    walk_limited("hole.tar", limits);
    CHECK(result.visited == 0 && strstr(result.text, "over a limit: a sparse file"));
}

TEST(sparse_tar_keeps_its_holes)
{
    CHECK(support_run("truncate -s 300000 s; printf end >>s; truncate -s 400000 s;"
                      "tar -cSf s.tar s; tar -cSf s.pax --format=posix s"));
    static const char *const files[] = {"s.tar", "s.pax"};
    unsigned char digest[32];
    char hex[65], line[200];
    size_t size;
    unsigned char *bytes = support_read("s", &size);
    CHECK(cor_sha256(bytes, size, digest) == COR_OK);
    cor_hex(digest, 32, hex);
    for (size_t i = 0; i < 2; i++) {
        support_walk(files[i], NULL, &result);
        CHECK(result.visited == 1 && result.bytes == 400000);
        snprintf(line, sizeof line, "%s!/s %s\n", files[i], hex);
        CHECK(support_has(result.digests, line));
    }
    free(bytes);
}

TEST(unwanted_leaves_are_still_hashed)
{
    const struct support_walk how = {.nobody_wants = true};
    support_walk("n6.cpio", &how, &result);
    CHECK(result.visited == 0 && result.unread == 0 && !strstr(result.text, "unhashed"));
    support_walk("n6.cpio", NULL, &other);
    CHECK_TEXT(result.digests, other.digests);
}

TEST(visitors_failure_ends_the_walk)
{
    const struct support_walk how = {.leaf_says = COR_IO};
    const struct support_walk four = {.leaf_says = COR_IO, .workers = 4};
    support_walk("many", &how, &result);
    CHECK(result.status == COR_IO && result.visited == 1);
    support_walk("many", &four, &result);
    CHECK(result.status == COR_IO);
}

TEST(interrupt_ends_the_walk)
{
    struct cor_input input = {.path = "many", .name = "many", .folder = true};
    struct cor_walk *walk = NULL;
    struct cor_workers *workers = cor_workers_new(2, 1 << 20);
    struct cor_walk_options options = {.workers = workers, .limits = cor_default_limits};
    cor_interrupt_raise();
    CHECK(cor_walk_inputs(&input, 1, &options, NULL, &walk) == COR_INTERRUPTED && !walk);
    cor_interrupt_clear();
    CHECK(cor_walk_inputs(&input, 1, &options, NULL, &walk) == COR_OK);
    cor_walk_free(walk);
    cor_workers_free(workers);
}

TEST(unreadable_file)
{
    CHECK(support_run("mkdir -p u; echo x >u/shut; echo y >u/open; chmod 0 u/shut"));
    if (geteuid() == 0)
        return; // root reads everything
    support_walk("u", NULL, &result);
    CHECK(result.visited == 1 && result.unread == 1);
    CHECK(support_has(result.text, "u/shut data 0 unread source code unhashed: Permission denied"));
}

// Progress hears of every member and of exactly the bytes of the input.
struct meter {
    struct cor_progress base;
    uint64_t members, bytes;
};

static void advance(struct cor_progress *base, uint64_t members, uint64_t bytes)
{
    struct meter *meter = (struct meter *)base;
    meter->members += members;
    meter->bytes += bytes;
}

TEST(progress_adds_up)
{
    static const char *const inputs[] = {"n6.cpio", "rr.iso", "t.zip", "many"};
    struct cor_arena arena;
    struct cor_workers *workers = cor_workers_new(1, 1 << 20);
    cor_arena_init(&arena);
    CHECK(recipe_make(&(struct recipe){.make = "xorriso -as mkisofs -quiet -R -o rr.iso tree;"
                                               "rm -f t.zip; zip -qr t.zip tree"}));
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        struct meter meter = {.base = {.advance = advance}};
        struct cor_input input = {0};
        struct cor_walk *walk = NULL;
        struct cor_walk_options options = {
            .workers = workers, .limits = cor_default_limits, .progress = &meter.base};
        CHECK(cor_input_open(inputs[i], &arena, &input, NULL) == COR_OK);
        CHECK(cor_walk_inputs(&input, 1, &options, NULL, &walk) == COR_OK);
        CHECK(meter.members == cor_walk_count(walk) && meter.bytes == input.size);
        cor_walk_free(walk);
    }
    cor_workers_free(workers);
    cor_arena_dispose(&arena);
}

int main(void)
{
    support_enter();
    support_tree();
    support_run("gzip -c tree/sub/b.txt >t.gz");
    static const struct test_case cases[] = {
        CASE(folder_in_byte_order_without_following_links),
        CASE(inputs_are_measured),
        CASE(hashes),
        CASE(nest_of_layers),
        CASE(same_members_whatever_the_workers),
        CASE(parents_are_right),
        CASE(duplicates_and_links_in_a_tar),
        CASE(exclude),
        CASE(only),
        CASE(limits),
        CASE(bombs),
        CASE(sparse_tar_keeps_its_holes),
        CASE(unwanted_leaves_are_still_hashed),
        CASE(visitors_failure_ends_the_walk),
        CASE(interrupt_ends_the_walk),
        CASE(unreadable_file),
        CASE(progress_adds_up),
    };
    return test_run(cases, sizeof cases / sizeof *cases);
}
