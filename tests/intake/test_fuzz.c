// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A short run of damage by chance over every format, the same each time: FUZZ_SEED (1) and
// FUZZ_ROUNDS (a file's share of 60) make another or a long one, FUZZ_FORMAT keeps to one row. What
// was being read when the process dies stands in "wreck".
#include "harness.h"

#include <stdlib.h>
#include <time.h>

#include "recipes.h"
#include "row_run.h"

enum { LARGEST = 4 << 20, SLOW = 20 };

static uint64_t state;

static uint64_t chance(uint64_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return below ? state % below : 0;
}

// Most formats are decided in their first kilobytes.
static size_t somewhere(size_t size)
{
    size_t near = chance(2) ? size : chance(2) ? 4096 : 128;
    return (size_t)chance(near < size ? near : size);
}

static void damage_once(unsigned char *data, size_t *size)
{
    static const unsigned char odd[] = {0, 1, 0x7f, 0x80, 0xff};
    size_t at = somewhere(*size), more = (size_t)chance(64) + 1;
    if (more > *size - at)
        more = *size - at;
    switch (chance(6)) {
    case 0:
        data[at] ^= (unsigned char)(1U << chance(8));
        break;
    case 1:
        data[at] = odd[chance(sizeof odd)];
        break;
    case 2:
        memset(data + at, odd[chance(sizeof odd)], more < 8 ? more : 8);
        break;
    case 3:
        memmove(data + at, data + somewhere(*size - more + 1), more);
        break;
    case 4:
        *size = at + 1;
        break;
    default:
        for (size_t i = 0; i < more && i < 4; i++)
            data[at + i] = (unsigned char)chance(256);
        break;
    }
}

static unsigned long setting(const char *name, unsigned long otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoul(text, NULL, 10) : otherwise;
}

static void damage_file(const struct recipe *recipe, const struct cor_format *format,
                        unsigned long rounds)
{
    size_t size;
    unsigned char *data = support_read(recipe->file, &size), *wreck = malloc(size + 1);
    if (size > LARGEST)
        rounds /= 8;
    for (unsigned long i = 0; wreck && size && i < rounds; i++) {
        size_t now = size, times = (size_t)chance(6) + 1;
        memcpy(wreck, data, size);
        while (times--)
            damage_once(wreck, &now);
        if (setting("FUZZ_KEEP", 0))
            support_write("wreck", wreck, now);
        clock_t begin = clock();
        row_run(format, wreck, now);
        if (!CHECK((clock() - begin) / CLOCKS_PER_SEC < SLOW)) {
            printf("# slow: %s\n", recipe->format);
            support_write("wreck", wreck, now);
            break;
        }
    }
    free(wreck);
    free(data);
}

// Formats whose recipes stand in other tests: here they need no tree inside.
static void write_vmtar(const char *file)
{
    support_vmtar(file, "tree/sub/b.txt");
}

static const struct recipe further[] = {
    {"vmtar", "t.vmtar", NULL, .write = write_vmtar},
    {"gpt", "t.gpt",
     "truncate -s 3M t.gpt; sgdisk -n 1:64:+1M -n 2:4000:+500K t.gpt;"
     "dd if=tree/sub/b.txt of=t.gpt bs=512 seek=64 conv=notrunc",
     .write = NULL},
    {"apm", "t.apm",
     "xorriso -as mkisofs -quiet -hfsplus -o t.apm tree;"
     "dd if=/dev/zero of=t.apm bs=2048 seek=16 count=1 conv=notrunc",
     .write = NULL},
    {"hfs-plus", "t.hfs",
     "xorriso -as mkisofs -quiet -hfsplus -o t2.apm tree;"
     "dd if=t2.apm bs=512 skip=$((0x$(xxd -s 1544 -l 4 -p t2.apm))) of=t.hfs",
     .write = NULL},
    {"ntfs", "t.ntfs",
     "truncate -s 2M t.ntfs; mkntfs -q -F -c 1024 -s 512 -p 0 -H 0 -S 0 t.ntfs;"
     "ntfscp t.ntfs tree/a.c a.c",
     .write = NULL},
    {"exfat", "t.exfat", "truncate -s 1M t.exfat; mkfs.exfat -b 32768 -c 4096 t.exfat",
     .write = NULL},
    {"esxi-signature", "t.signature",
     "(printf 'schema\\1\\0\\0\\0elfsign_0123456\\0'; head -c 256 /dev/zero | tr '\\0' s;"
     "printf '\\020\\001\\0\\0\\355\\021\\276\\032') >t.signature",
     .write = NULL},
    {"text-object", "t.uu",
     "printf 'int f(void){return 0;}' >q.c; gcc -c q.c -o q.o; (echo 'begin 644 q.o';"
     "perl -e 'undef $/; print pack(\"u\", <>)' q.o; printf '`\\nend\\n') >t.uu",
     .write = NULL},
};
enum { FURTHER = sizeof further / sizeof *further };

TEST(damage_by_chance)
{
    const char *only = getenv("FUZZ_FORMAT");
    unsigned long rounds = setting("FUZZ_ROUNDS", 60);
    state = setting("FUZZ_SEED", 1) * UINT64_C(0x9e3779b97f4a7c15) + 1;
    for (size_t i = 0; i < recipe_count + FURTHER; i++) {
        const struct recipe *recipe = i < recipe_count ? &recipes[i] : &further[i - recipe_count];
        const struct cor_format *format = row_named(recipe->format);
        if (!format || (only && strcmp(only, recipe->format) != 0))
            continue;
        if (CHECK(recipe_make(recipe)))
            damage_file(recipe, format, rounds);
        printf("# %s: %lu rounds (%s)\n", recipe->format, rounds, recipe->file);
        fflush(stdout);
    }
}

// Every row has a recipe, and so a run of damage.
TEST(every_format_is_damaged)
{
    for (size_t i = 0; cor_formats[i]; i++) {
        bool known = false;
        for (size_t k = 0; k < recipe_count; k++)
            known |= strcmp(cor_formats[i]->name, recipes[k].format) == 0;
        for (size_t k = 0; k < FURTHER; k++)
            known |= strcmp(cor_formats[i]->name, further[k].format) == 0;
        if (!CHECK(known))
            printf("# no recipe for %s\n", cor_formats[i]->name);
    }
}

int main(void)
{
    static const struct test_case cases[] = {
        CASE(damage_by_chance),
        CASE(every_format_is_damaged),
    };
    support_enter();
    support_tree();
    return test_run(cases, sizeof cases / sizeof *cases);
}
