// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Damaged and hostile objects, and memory that runs out: nothing may be read or freed wrongly.
#include "harness.h"

#include <elf.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/map.h"
#include "binary/debug.h"
#include "binary/elf.h"
#include "objects.h"
#include "recipe.h"

static const char *const samples[] = {"gcc.o",   "gcc32.o", "thumb.o", "mips64.o", "ppc64.o",
                                      "s390x.o", "lib.so",  "bare.so", "module.o"};
enum { SAMPLES = sizeof samples / sizeof *samples };

static void end(void)
{
    recipe_end();
}

static void strip_headers(void)
{
    size_t size;
    char *bytes = recipe_bytes("lib.so", &size);
    if (!bytes)
        return;
    memset(bytes + offsetof(Elf64_Ehdr, e_shoff), 0, 8);
    memset(bytes + offsetof(Elf64_Ehdr, e_shnum), 0, 4);
    CHECK(recipe_write_bytes("bare.so", bytes, size));
    free(bytes);
}

TEST(samples_are_made)
{
    recipe_begin();
    atexit(end);
    CHECK(targets_compile() > 0);
    CHECK(recipe_write("lib.map", "V1 { global: *; };\n"));
    CHECK(recipe_run("gcc -O1 -fPIC -shared -Wl,--version-script=lib.map -Wl,--build-id "
                     "-Wl,-z,undefs -o lib.so program.c"));
    CHECK(recipe_write(
        "module.s", ".text\n.globl alpha\n.type alpha, @function\nalpha: call needed\n"
                    ".size alpha, .-alpha\n.section __ksymtab_strings,\"a\"\nS: .asciz \"alpha\"\n"
                    "N: .asciz \"NS\"\n.section __ksymtab,\"a\"\n.long alpha - ., S - ., N - .\n"
                    ".section .gnu.linkonce.this_module,\"aw\"\n.zero 64\n"
                    ".section .modinfo,\"a\"\n.asciz \"license=GPL\"\n"));
    CHECK(recipe_run("as --64 -o module.o module.s"));
    strip_headers();
}

// Reads all there is of an object, and lets the sanitizers watch.
static void read_through(const char *bytes, size_t size)
{
    struct object object = object_of(bytes, size);
    const struct cor_component *component = object.component;
    if (object.status == COR_OK) {
        CHECK(component->machine != NULL && component->sorted);
        for (size_t i = 1; i < component->undefined.count; i++)
            CHECK(cor_name_order(component->undefined.items[i - 1].name,
                                 component->undefined.items[i].name) <= 0);
        for (size_t i = 0; i < component->defined.count; i++)
            CHECK(component->defined.items[i].section == COR_NONE ||
                  component->defined.items[i].section < component->sections.count);
        struct found found = object_references(&object);
        CHECK(found.status == COR_OK);
        for (size_t i = 0; i < found.list.items.count; i++)
            CHECK(found.list.items.items[i].type && found.list.items.items[i].section);
        found_end(&found);
    }
    object_end(&object);
}

TEST(cut_at_every_97th_length)
{
    for (size_t i = 0; i < SAMPLES; i++) {
        size_t size;
        char *bytes = recipe_bytes(samples[i], &size);
        for (size_t cut = 0; bytes && cut < size; cut += cut < 128 ? 1 : 97)
            read_through(bytes, cut);
        free(bytes);
    }
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

// Half of the changes go to the headers and tables at both ends, where they hurt.
TEST(changed_bytes)
{
    uint64_t state = 0x9e3779b97f4a7c15u;
    for (size_t i = 0; i < SAMPLES; i++) {
        size_t size;
        char *bytes = recipe_bytes(samples[i], &size);
        for (int round = 0; bytes && round < 600; round++) {
            char *changed = malloc(size);
            memcpy(changed, bytes, size);
            for (int flips = 0; flips < 1 + round % 8; flips++) {
                uint64_t value = next_random(&state), range = size > 2048 ? 2048 : size;
                size_t where = value & 1   ? value / 8 % size
                               : value & 2 ? value / 8 % (range < 512 ? range : 64)
                                           : size - 1 - value / 8 % range;
                changed[where] = (char)(value >> 40);
            }
            read_through(changed, size);
            free(changed);
        }
        free(bytes);
    }
}

static void put16(char *at, uint16_t value)
{
    memcpy(at, &value, sizeof value);
}

TEST(damage_is_named_and_the_rest_is_read)
{
    size_t size;
    char *bytes = recipe_bytes("gcc.o", &size);
    CHECK(bytes != NULL);
    Elf64_Ehdr header;
    memcpy(&header, bytes, sizeof header);
    struct object whole = object_of(bytes, size);
    for (unsigned i = 1; i < header.e_shnum; i++) {
        Elf64_Shdr section;
        char *at = bytes + header.e_shoff + i * sizeof section;
        memcpy(&section, at, sizeof section);
        if (section.sh_type != SHT_RELA && section.sh_type != SHT_NOTE)
            continue;
        uint64_t far = UINT64_MAX - 3;
        memcpy(at + offsetof(Elf64_Shdr, sh_offset), &far, sizeof far);
        struct object object = object_of(bytes, size);
        CHECK(object.status == COR_OK && object.component->damage != NULL);
        CHECK(strstr(object.component->damage, "outside the file") != NULL);
        CHECK(object.component->undefined.count == whole.component->undefined.count);
        object_end(&object);
        memcpy(at, &section, sizeof section);
    }
    object_end(&whole);
    free(bytes);
}

TEST(nothing_of_use_is_an_error)
{
    struct cor_diag_capture capture;
    size_t size;
    char *bytes = recipe_bytes("gcc.o", &size);
    struct cor_names *names = cor_names_new();
    CHECK(bytes != NULL);
    const struct {
        size_t size;
        enum cor_status status;
    } cases[] = {{0, COR_TRUNCATED}, {20, COR_TRUNCATED}, {200, COR_TRUNCATED}};
    for (size_t i = 0; i < 3; i++) {
        struct cor_component *component = cor_component_new();
        cor_diag_capture_init(&capture);
        CHECK(cor_elf_read(component, names, bytes, cases[i].size, &capture.diag) ==
              cases[i].status);
        CHECK(capture.text[0] != '\0');
        cor_component_free(component);
    }
    put16(bytes, 0);
    struct object object = object_of(bytes, size);
    CHECK(object.status == COR_MALFORMED);
    object_end(&object);
    cor_names_free(names);
    free(bytes);
}

// Sections that lie over each other must not multiply the work or the memory.
TEST(overlapping_sections_end)
{
    enum { SECTIONS = 4000, STRINGS = 1 << 18 };
    size_t size = sizeof(Elf64_Ehdr) + SECTIONS * sizeof(Elf64_Shdr) + STRINGS;
    char *bytes = calloc(1, size);
    Elf64_Ehdr header = {.e_type = ET_REL,
                         .e_machine = EM_X86_64,
                         .e_version = EV_CURRENT,
                         .e_shoff = sizeof header,
                         .e_ehsize = sizeof header,
                         .e_shentsize = sizeof(Elf64_Shdr),
                         .e_shnum = SECTIONS,
                         .e_shstrndx = 1};
    memcpy(header.e_ident, ELFMAG "\2\1\1", 7);
    memcpy(bytes, &header, sizeof header);
    static const uint32_t types[] = {SHT_STRTAB, SHT_SYMTAB, SHT_RELA, SHT_NOTE, SHT_PROGBITS};
    size_t strings = size - STRINGS;
    for (size_t i = 1; i < SECTIONS; i++) {
        Elf64_Shdr section = {.sh_name = (uint32_t)i,
                              .sh_type = types[i == 1 ? 0 : i % 5],
                              .sh_flags = SHF_ALLOC | SHF_EXECINSTR,
                              .sh_offset = strings,
                              .sh_size = STRINGS,
                              .sh_link = i % 5 == 2 ? 6 : 1,
                              .sh_info = 4};
        memcpy(bytes + sizeof header + i * sizeof section, &section, sizeof section);
    }
    memset(bytes + strings, 'a', STRINGS - 1);
    read_through(bytes, size);
    free(bytes);
}

static enum cor_status read_with_memory(const char *bytes, size_t size, long allocations)
{
    struct cor_names *names = cor_names_new();
    struct cor_component *component = cor_component_new();
    struct object object = {names, component, NULL, size, COR_OK};
    cor_alloc_fail_after(allocations);
    enum cor_status status = cor_elf_read(component, names, bytes, size, NULL);
    if (status == COR_OK) {
        memcpy(&object.bytes, &bytes, sizeof bytes);
        struct found found = object_references(&object);
        status = found.status;
        found_end(&found);
    }
    cor_alloc_fail_after(-1);
    cor_component_free(component);
    cor_names_free(names);
    return status;
}

TEST(every_allocation_may_fail)
{
    for (size_t i = 0; i < SAMPLES; i++) {
        size_t size;
        long allocations = 0;
        char *bytes = recipe_bytes(samples[i], &size);
        enum cor_status status = bytes ? COR_NOMEM : COR_OK;
        for (; status != COR_OK && allocations < 5000; allocations++) {
            status = read_with_memory(bytes, size, allocations);
            CHECK(status == COR_OK || status == COR_NOMEM);
        }
        CHECK(status == COR_OK && (allocations > 10 || !bytes));
        free(bytes);
    }
}

static enum cor_status join_with_memory(const char *name, const char *debug_name, long allocations)
{
    struct object stripped = object_read(name);
    size_t size;
    char *bytes = recipe_bytes(debug_name, &size);
    struct cor_component *debug = cor_component_new();
    CHECK(cor_elf_read(debug, stripped.names, bytes, size, NULL) == COR_OK);
    size_t undefined = stripped.component->undefined.count;
    cor_alloc_fail_after(allocations);
    enum cor_status status = cor_debug_join(stripped.component, debug);
    cor_alloc_fail_after(-1);
    if (status != COR_OK) {
        CHECK(stripped.component->defined_table == COR_TABLE_NONE);
        CHECK(stripped.component->undefined.count == undefined);
    }
    cor_component_free(debug);
    free(bytes);
    object_end(&stripped);
    return status;
}

TEST(every_allocation_of_a_join_may_fail)
{
    CHECK(recipe_run("objcopy --only-keep-debug lib.so lib.debug && strip -o lib.bare lib.so"));
    enum cor_status status = COR_NOMEM;
    long allocations = 0;
    for (; status == COR_NOMEM && allocations < 100; allocations++)
        status = join_with_memory("lib.bare", "lib.debug", allocations);
    CHECK(status == COR_OK && allocations > 2);
}

TEST_CASES(CASE(samples_are_made), CASE(cut_at_every_97th_length), CASE(changed_bytes),
           CASE(damage_is_named_and_the_rest_is_read), CASE(nothing_of_use_is_an_error),
           CASE(overlapping_sections_end), CASE(every_allocation_may_fail),
           CASE(every_allocation_of_a_join_may_fail))
