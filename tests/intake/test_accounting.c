// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Where bytes go: what stands behind a container, in front of it or between its parts is a member,
// padding, or told as a reason; and parts that stand plainly in a container do not overlap.
#include "harness.h"

#include <stdlib.h>
#include <zlib.h>

#include "intake/hash.h"
#include "intake/input.h"
#include "recipes.h"

static const char secret[] = "\nint hidden_behind_the_container(void) { return 1; }\n";

static struct support_result plain, result;

static void append(const char *from, const char *to, size_t zeros, const char *text)
{
    size_t size, more = strlen(text);
    unsigned char *data = support_read(from, &size);
    unsigned char *both = calloc(1, size + zeros + more);
    memcpy(both, data, size);
    memcpy(both + size + zeros, text, more);
    support_write(to, both, size + zeros + more);
    free(both);
    free(data);
}

static bool recognised(const char *format)
{
    char line[64];
    snprintf(line, sizeof line, "more %s ", format);
    return strncmp(result.text, line, strlen(line)) == 0;
}

// The text behind it was visited, or something says that not all was read.
static bool seen(const struct recipe *recipe)
{
    return result.bytes >= plain.bytes + strlen(secret) - 1 || result.unread > plain.unread ||
           !recognised(recipe->format);
}

TEST(what_follows_a_container_is_seen)
{
    static const size_t zeros[] = {0, 4096};
    for (size_t i = 0; i < recipe_count; i++) {
        if (!CHECK(recipe_make(&recipes[i])))
            continue;
        support_walk(recipes[i].file, NULL, &plain);
        for (size_t k = 0; k < sizeof zeros / sizeof *zeros; k++) {
            append(recipes[i].file, "more", zeros[k], secret);
            support_walk("more", NULL, &result);
            if (!CHECK(result.status == COR_OK && seen(&recipes[i])))
                printf("# %s (%s), %zu zeros\n%s", recipes[i].file, recipes[i].format, zeros[k],
                       result.text);
        }
    }
}

// Parts that stand plainly in the file itself: in order, and apart.
TEST(parts_do_not_overlap)
{
    for (size_t i = 0; i < recipe_count; i++) {
        support_walk(recipes[i].file, NULL, &plain);
        if (!CHECK(plain.apart))
            printf("# %s (%s)\n%s", recipes[i].file, recipes[i].format, plain.text);
    }
}

// A xar archive with one file of three bytes, and what else its table is to hold.
static void write_xar(const char *file, const char *more, const char *heap)
{
    unsigned char out[1024] = "xar!\0\x1c\0\1";
    char table[600];
    uLongf packed = sizeof out - 100;
    int size = snprintf(table, sizeof table,
                        "<?xml version=\"1.0\"?><xar><toc>%s<file id=\"1\"><name>f</name><type>file"
                        "</type><data><length>3</length><offset>0</offset><size>3</size>"
                        "<encoding style=\"application/octet-stream\"/></data></file></toc></xar>",
                        more);
    CHECK(compress(out + 28, &packed, (unsigned char *)table, (uLong)size) == Z_OK);
    out[14] = (unsigned char)(packed >> 8), out[15] = (unsigned char)packed;
    out[22] = (unsigned char)(size >> 8), out[23] = (unsigned char)size;
    memcpy(out + 28 + packed, heap, strlen(heap));
    support_write(file, out, 28 + packed + strlen(heap));
}

// Its table names runs for more than files: what none of them names is told.
TEST(a_xar_archive_ends_with_its_last_run)
{
    static const struct {
        const char *more, *heap, *trailer; // what behind it is called, or NULL
        unsigned unread;
    } archives[] = {
        {"", "abc", NULL, 0},
        {"", "abcde", "x.xar!trailer text 2 read\n", 0},
        {"<signature><offset>3</offset><size>2</size></signature>", "abcde", NULL, 0},
        {"<signature><size>2</size><offset>3</offset><x/></signature>", "abcdef",
         "x.xar!trailer text 1 read\n", 0},
        {"<signature><offset>18446744073709551615</offset><size>2</size></signature>", "abcde",
         NULL, 1},
    };
    for (size_t i = 0; i < sizeof archives / sizeof *archives; i++) {
        write_xar("x.xar", archives[i].more, archives[i].heap);
        support_walk("x.xar", NULL, &result);
        bool holds = CHECK(result.unread == archives[i].unread);
        holds &= CHECK(support_has(result.leaves, "x.xar!/f 3\n"));
        holds &= CHECK(archives[i].trailer ? support_has(result.text, archives[i].trailer)
                                           : !strstr(result.text, "trailer"));
        if (!holds)
            printf("# %zu\n%s", i, result.text);
    }
}

int main(void)
{
    static const struct test_case cases[] = {
        CASE(what_follows_a_container_is_seen),
        CASE(parts_do_not_overlap),
        CASE(a_xar_archive_ends_with_its_last_run),
    };
    support_enter();
    support_tree();
    return test_run(cases, sizeof cases / sizeof *cases);
}
