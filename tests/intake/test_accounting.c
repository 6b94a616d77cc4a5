// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Where bytes go: what stands behind a container, in front of it or between its parts is a member,
// padding, or told as a reason; and parts that stand plainly in a container do not overlap.
#include "harness.h"

#include <stdlib.h>

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

int main(void)
{
    static const struct test_case cases[] = {
        CASE(what_follows_a_container_is_seen),
        CASE(parts_do_not_overlap),
    };
    support_enter();
    support_tree();
    return test_run(cases, sizeof cases / sizeof *cases);
}
