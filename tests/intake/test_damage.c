// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Damaged input: cut at many lengths, bits turned over, no memory. Nothing may be lost silently.
#include "harness.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "intake/input.h"
#include "recipes.h"

enum { CUTS = 40, FLIPS = 40 };

static struct support_result whole, result;

static bool recognised(const char *format)
{
    char line[64];
    snprintf(line, sizeof line, "cut %s ", format);
    return strncmp(result.text, line, strlen(line)) == 0;
}

// What was visited although something was cut must still be a true part of the whole.
static bool nothing_lost_silently(const struct recipe *recipe)
{
    return result.unread > 0 || result.visited >= whole.visited || recipe->seam;
}

static void cut_everywhere(const struct recipe *recipe)
{
    size_t size;
    unsigned char *data = support_read(recipe->file, &size);
    size_t step = size / CUTS + 1, wrong = 0;
    support_walk(recipe->file, NULL, &whole);
    for (size_t cut = 1; cut < size; cut += step) {
        support_write("cut", data, cut);
        support_walk("cut", NULL, &result);
        wrong += !CHECK(result.status == COR_OK && result.hashes_hold);
        if (recognised(recipe->format) && !CHECK(nothing_lost_silently(recipe))) {
            printf("# %s cut at %zu of %zu\n%s", recipe->file, cut, size, result.text);
            wrong++;
        }
        if (wrong > 3)
            break;
    }
    free(data);
}

TEST(cut_at_many_lengths)
{
    for (size_t i = 0; i < recipe_count; i++)
        if (CHECK(recipe_make(&recipes[i])))
            cut_everywhere(&recipes[i]);
}

TEST(bits_turned_over)
{
    uint32_t random = 12345;
    for (size_t i = 0; i < recipe_count; i++) {
        size_t size;
        unsigned char *data = support_read(recipes[i].file, &size);
        for (int j = 0; j < FLIPS; j++) {
            random = random * 1664525 + 1013904223;
            size_t at = random % (j % 2 ? size : (size < 512 ? size : 512));
            unsigned char bit = (unsigned char)(1U << (random >> 29));
            data[at] ^= bit;
            support_write("cut", data, size);
            support_walk("cut", NULL, &result);
            data[at] ^= bit;
            if (!CHECK(result.status == COR_OK && result.hashes_hold))
                printf("# %s, byte %zu\n", recipes[i].file, at);
        }
        free(data);
    }
}

TEST(cut_text_is_still_seen)
{
    char line[120];
    CHECK(support_run("head -c 100000 /dev/urandom | od -An -x >long.c; tar -cf c.tar long.c;"
                      "head -c 50000 c.tar >cut.tar; gzip -c long.c | head -c 40000 >cut.c.gz"));
    support_walk("cut.tar", NULL, &result);
    CHECK(result.visited == 1 && result.bytes == 50000 - 512 && result.unread == 2);
    CHECK(support_has(result.text, "cut.tar!/long.c text 49488 unread source: text cut short"));
    CHECK(support_has(result.text, "cut.tar tar 50000 unread source code: cut short"));
    support_walk("cut.c.gz", NULL, &result);
    CHECK(result.visited == 1 && result.unread == 2);
    CHECK(support_has(result.text, "cut.c.gz!gzip text "));
    snprintf(line, sizeof line,
             "cut.c.gz gzip 40000 unread source code: gzip data is cut short after "
             "%zu bytes\n",
             result.bytes);
    CHECK(result.bytes > 0 && support_has(result.text, line));
    CHECK(support_run("printf 'int f(void){return 0;}' >m.c; gcc -c m.c -o m.o;"
                      "tar -cf e.tar m.o; head -c 700 e.tar >cut.tar"));
    support_walk("cut.tar", NULL, &result);
    CHECK(result.visited == 0 && result.unread == 2);
    CHECK(support_has(result.text, "cut.tar!/m.o elf 188 unread source code"));
}

TEST(corrupt_data_say_where)
{
    CHECK(support_run("cp t.xz bad.xz; printf XXXX | dd of=bad.xz bs=1 seek=700 conv=notrunc;"
                      ": >zero.gz; printf '\\037\\213\\010' >short.gz"));
    support_walk("bad.xz", NULL, &result);
    CHECK(support_has(result.text, "bad.xz xz "));
    CHECK(strstr(result.text, "xz data is corrupt after ") != NULL);
    support_walk("zero.gz", NULL, &result);
    CHECK_TEXT(result.text, "zero.gz empty 0 read\n");
    support_walk("short.gz", NULL, &result);
    CHECK(result.status == COR_OK);
}

TEST(sound_entries_before_the_damage_count)
{
    CHECK(support_run("tar -cf s.tar tree/a.c tree/sub/b.txt tree/sub/x;"
                      "printf XXXXXXXXXXXXXXXX | dd of=s.tar bs=1 seek=1124 conv=notrunc"));
    support_walk("s.tar", NULL, &result);
    CHECK(result.visited >= 1 && support_has(result.leaves, "s.tar!/tree/a.c 30\n"));
    CHECK(result.unread >= 1 && support_has(result.text, "s.tar tar "));
}

// A quine of a container would be endless; depth ends it.
TEST(deep_nest_ends)
{
    CHECK(support_run("cp tree/a.c q0; for i in $(seq 1 30); do gzip -nc q$((i-1)) >q$i; done"));
    support_walk("q30", NULL, &result);
    CHECK(result.status == COR_OK && result.visited == 0 && result.unread == 1);
    CHECK(strstr(result.text, "over a limit: too many layers deep"));
}

TEST(vmtar_out_of_range)
{
    size_t size;
    support_vmtar("v", "m.o");
    unsigned char *image = support_read("v", &size);
    CHECK(support_run("head -c 4200 v >cutv; head -c 1030 v >cuth"));
    support_walk("cutv", NULL, &result);
    CHECK(result.status == COR_OK && result.unread >= 1 && result.visited == 0);
    support_walk("cuth", NULL, &result);
    CHECK(support_has(result.text, "cuth vmtar 1030 unread source code: cut short after 2"));
    for (size_t cut = 512; cut < size; cut += 97) {
        support_write("cut", image, cut);
        support_walk("cut", NULL, &result);
        CHECK(result.status == COR_OK && (result.unread > 0 || result.visited == 2));
    }
    free(image);
}

// Every allocation of ours fails once. The walk then says so, and leaks nothing.
static bool survives(const char *path)
{
    for (long successes = 0; successes < 5000; successes++) {
        struct cor_arena arena;
        struct cor_input input = {0};
        struct cor_walk *walk = NULL;
        struct cor_workers *workers = cor_workers_new(1, 1 << 20);
        struct cor_walk_options options = {.workers = workers, .limits = cor_default_limits};
        cor_arena_init(&arena);
        cor_alloc_fail_after(successes);
        enum cor_status status = cor_input_open(path, &arena, &input, NULL);
        if (status == COR_OK)
            status = cor_walk_inputs(&input, 1, &options, NULL, &walk);
        cor_alloc_fail_after(-1);
        cor_walk_free(walk);
        cor_workers_free(workers);
        cor_arena_dispose(&arena);
        if (status == COR_OK)
            return successes > 3;
        if (!CHECK(status == COR_NOMEM))
            return false;
    }
    return false;
}

TEST(each_allocation_fails_once)
{
    for (size_t i = 0; i < recipe_count; i++)
        if (!CHECK(survives(recipes[i].file)))
            printf("# %s\n", recipes[i].file);
    CHECK(survives("tree"));
    CHECK(support_run("tar -cf all.tar t.* rr.iso vmlinuz; xz -c all.tar >all.xz"));
    CHECK(survives("all.xz"));
    CHECK(survives("v"));
}

int main(void)
{
    support_enter();
    support_tree();
    static const struct test_case cases[] = {
        CASE(cut_at_many_lengths),
        CASE(bits_turned_over),
        CASE(cut_text_is_still_seen),
        CASE(corrupt_data_say_where),
        CASE(sound_entries_before_the_damage_count),
        CASE(deep_nest_ends),
        CASE(vmtar_out_of_range),
        CASE(each_allocation_fails_once),
    };
    return test_run(cases, sizeof cases / sizeof *cases);
}
