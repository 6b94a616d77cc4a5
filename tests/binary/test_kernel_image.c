// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Kernels without section headers: what they say of themselves and what they export.
#include "harness.h"
#include "kernel_recipe.h"

#include <elf.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/alloc.h"
#include "binary/kernel_image.h"

enum { EXPORTS = 40, TABLE = 1024, VALUES = TABLE - EXPORTS * 4, WITHOUT_CHECKSUM = 5 };

// FAR: distances to values that stand elsewhere (MODULE_REL_CRCS).
enum checksums { NO_CHECKSUMS, CHECKSUMS, FAR_CHECKSUMS };

enum form { DISTANCES, DISTANCES_WITH_FLAGS, ADDRESSES, NO_TABLE };

struct sample {
    const char *name;
    struct layout layout;
    const char *magic; // at 0x38
    enum form form;
    unsigned fields;
    enum checksums checksums;
    uint16_t machine; // expected; 0: none can be told
};

static const struct sample samples[] = {
    {"4.18, arm64",
     {.wide = true, .functions = true},
     "ARM\x64",
     DISTANCES,
     2,
     CHECKSUMS,
     EM_AARCH64},
    {"6.1, arm64",
     {.wide = true, .functions = true},
     "ARM\x64",
     DISTANCES,
     3,
     CHECKSUMS,
     EM_AARCH64},
    {"5.10, arm64, distances to checksums",
     {.wide = true, .functions = true},
     "ARM\x64",
     DISTANCES,
     3,
     FAR_CHECKSUMS,
     EM_AARCH64},
    {"5.10, mips, distances to checksums",
     {.big = true, .functions = true},
     NULL,
     ADDRESSES,
     3,
     FAR_CHECKSUMS,
     EM_NONE},
    {"6.6, arm64, without checksums",
     {.wide = true, .late = true},
     "ARM\x64",
     DISTANCES,
     3,
     NO_CHECKSUMS,
     EM_AARCH64},
    {"7.0, riscv64",
     {.wide = true, .late = true, .ordered = true, .distances = true, .step = 4},
     "RSC\x05",
     DISTANCES_WITH_FLAGS,
     3,
     CHECKSUMS,
     EM_RISCV},
    {"7.0 without checksums",
     {.wide = true, .late = true, .ordered = true, .distances = true, .step = 4},
     "ARM\x64",
     DISTANCES_WITH_FLAGS,
     3,
     NO_CHECKSUMS,
     EM_AARCH64},
    {"3.10, arm", {.absolute = true, .step = 16}, NULL, ADDRESSES, 2, CHECKSUMS, EM_NONE},
    {"6.1, arm", {.functions = true}, NULL, ADDRESSES, 3, CHECKSUMS, EM_NONE},
    {"6.1, mips, big-endian",
     {.big = true, .functions = true},
     NULL,
     ADDRESSES,
     3,
     CHECKSUMS,
     EM_NONE},
    {"6.1, mips64", {.wide = true}, NULL, ADDRESSES, 3, CHECKSUMS, EM_NONE},
    {"nothing exported", {.wide = true}, "ARM\x64", NO_TABLE, 3, NO_CHECKSUMS, EM_AARCH64},
};

// In the order of names: plain ones, then those for GPL modules; the first of both is data that no
// symbol table names.
struct exported {
    char name[32];
    uint64_t address;
    uint32_t checksum;
    bool gpl;
};

static int name_order(const void *a, const void *b)
{
    const struct exported *x = a, *y = b;
    return x->gpl != y->gpl ? x->gpl - y->gpl : strcmp(x->name, y->name);
}

static void choose(const struct sample *sample, struct exported list[EXPORTS])
{
    const struct layout *layout = &sample->layout;
    for (unsigned i = 0; i < EXPORTS; i++) {
        struct exported *item = &list[i];
        unsigned symbol = KFREE + i * 6;
        memset(item, 0, sizeof *item);
        item->gpl = i % 3 == 1 && i != EXPORTS - 1;
        item->address = shared_address(layout, symbol);
        item->checksum = 0x9e3779b1u * (i + 1);
        snprintf(item->name, sizeof item->name, i ? "sym_%u" : "kfree", symbol);
        if (i == EXPORTS - 1) {
            snprintf(item->name, sizeof item->name, "jiffies_64");
            item->address = start_of(layout) + 0x3000000;
        }
    }
    qsort(list, EXPORTS, sizeof *list, name_order);
    // One table holds all of them, in one order.
    if (sample->form == DISTANCES_WITH_FLAGS)
        for (unsigned i = 0; i < EXPORTS; i++)
            for (unsigned k = i + 1; k < EXPORTS; k++)
                if (strcmp(list[i].name, list[k].name) > 0) {
                    struct exported swapped = list[i];
                    list[i] = list[k];
                    list[k] = swapped;
                }
}

static void put_pointer(struct maker *maker, const struct sample *sample, uint64_t address)
{
    if (sample->form == ADDRESSES)
        put(maker, address, sample->layout.wide ? 8 : 4);
    else
        put(maker, address - start_of(&sample->layout) - maker->out.size, 4);
}

// The weak symbol of one that was given no checksum is at address 0.
static void put_checksum(struct maker *maker, const struct sample *sample,
                         const struct exported list[EXPORTS], unsigned index)
{
    uint64_t here = maker->out.size, target = VALUES + index * 4;
    if (sample->checksums == FAR_CHECKSUMS && index == WITHOUT_CHECKSUM)
        put(maker, 0x80000000u - here, 4);
    else
        put(maker, sample->checksums == FAR_CHECKSUMS ? target - here : list[index].checksum, 4);
}

static void put_exports(struct maker *maker, const struct sample *sample,
                        const struct exported list[EXPORTS])
{
    size_t width = sample->form == ADDRESSES && sample->layout.wide ? 8 : 4;
    size_t entry = width * sample->fields, count = EXPORTS;
    bool flags = sample->form == DISTANCES_WITH_FLAGS;
    size_t texts =
        maker->out.size + count * (entry + (sample->checksums != NO_CHECKSUMS ? 4u : 0u) + flags);
    uint64_t start = start_of(&sample->layout), namespace_ = start + texts;
    size_t next = texts + 3; // behind "NS" and its end
    for (unsigned i = 0; i < EXPORTS; i++) {
        put_pointer(maker, sample, list[i].address);
        put_pointer(maker, sample, start + next);
        if (sample->fields == 3)
            put_pointer(maker, sample, list[i].gpl ? namespace_ : namespace_ + 2);
        next += strlen(list[i].name) + 1;
    }
    for (unsigned i = 0; sample->checksums != NO_CHECKSUMS && i < EXPORTS; i++)
        put_checksum(maker, sample, list, i);
    for (unsigned i = 0; flags && i < EXPORTS; i++)
        put(maker, list[i].gpl, 1);
    put_bytes(maker, "NS", 3);
    for (unsigned i = 0; i < EXPORTS; i++)
        put_bytes(maker, list[i].name, strlen(list[i].name) + 1);
}

static void put_config(struct maker *maker)
{
    static char text[] = "CONFIG_SMP=y\n# CONFIG_MODVERSIONS is not set\n";
    unsigned char packed[256];
    z_stream stream = {0};
    CHECK(deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    stream.next_in = (unsigned char *)text;
    stream.avail_in = sizeof text - 1;
    stream.next_out = packed;
    stream.avail_out = sizeof packed;
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    put_bytes(maker, "IKCFG_ST", 8);
    put_bytes(maker, packed, sizeof packed - stream.avail_out);
    put_bytes(maker, "IKCFG_ED", 8);
    deflateEnd(&stream);
}

static struct cor_buffer make_image(const struct sample *sample,
                                    const struct exported list[EXPORTS])
{
    static const char banner[] =
        "Linux version 6.1.0-test (me@here) (gcc 12.2.0, GNU ld 2.40) #1 SMP";
    struct maker maker = {.layout = &sample->layout};
    cor_buffer_init(&maker.out, 1 << 24);
    while (maker.out.size < 0x38)
        put(&maker, 0, 1);
    put_bytes(&maker, sample->magic ? sample->magic : "\0\0\0", 4);
    put_bytes(&maker, "Linux version %s (%s)", 22);
    put_bytes(&maker, banner, sizeof banner);
    put_config(&maker);
    while (maker.out.size < VALUES)
        put(&maker, 0, 1);
    for (unsigned i = 0; i < EXPORTS; i++)
        put(&maker, sample->checksums == FAR_CHECKSUMS ? list[i].checksum : 0, 4);
    if (sample->form != NO_TABLE)
        put_exports(&maker, sample, list);
    put_tables(&maker);
    return maker.out;
}

static const struct cor_symbol *find(const struct cor_component *component, const char *name)
{
    for (size_t i = 0; i < component->defined.count; i++)
        if (strcmp(component->defined.items[i].name->text, name) == 0)
            return &component->defined.items[i];
    return NULL;
}

static void check_exports(const struct sample *sample, const struct cor_component *component,
                          const struct exported list[EXPORTS])
{
    // Without a base, addresses count from the image's start.
    const uint64_t less = sample->layout.distances ? start_of(&sample->layout) : 0;
    CHECK((component->damage != NULL) == (less != 0));
    CHECK(component->exports.count == EXPORTS && component->has_export_table);
    for (size_t i = 0; i < component->exports.count; i++) {
        const struct cor_export *export = &component->exports.items[i];
        const struct exported *want = NULL;
        for (unsigned k = 0; k < EXPORTS; k++)
            if (strcmp(list[k].name, export->name->text) == 0)
                want = &list[k];
        if (!CHECK(want))
            continue;
        CHECK(export->gpl_only == want->gpl);
        CHECK(export->has_address && export->address == want->address - less);
        bool lost = sample->checksums == FAR_CHECKSUMS && want == &list[WITHOUT_CHECKSUM];
        CHECK(export->has_crc == (sample->checksums != NO_CHECKSUMS && !lost));
        CHECK(!export->has_crc || export->crc == want->checksum);
        CHECK_TEXT(export->namespace_, sample->fields == 3 && want->gpl ? "NS" : NULL);
        const struct cor_symbol *symbol = find(component, want->name);
        CHECK(symbol && symbol->exported && symbol->address == want->address - less);
        if (symbol && cor_symbol_is_function(symbol) != (strcmp(want->name, "jiffies_64") != 0))
            CHECK_TEXT(want->name, "of another type");
    }
}

static void check_sample(const struct sample *sample)
{
    struct exported list[EXPORTS];
    struct cor_names *names = cor_names_new();
    struct cor_component *component = cor_component_new();
    choose(sample, list);
    struct cor_buffer bytes = make_image(sample, list);
    CHECK(cor_kernel_image_read(component, names, bytes.data, bytes.size) == COR_OK);
    CHECK(component->kind == COR_KIND_KERNEL && !component->unsupported);
    CHECK(component->elf_machine == sample->machine);
    CHECK(component->elf_class == (sample->layout.wide ? 64 : 32));
    CHECK(component->defined_table == COR_TABLE_KALLSYMS);
    CHECK_TEXT(component->kernel_release, "6.1.0-test");
    CHECK_TEXT(component->kernel_banner,
               "Linux version 6.1.0-test (me@here) (gcc 12.2.0, GNU ld 2.40) #1 SMP");
    CHECK_TEXT(component->kernel_config, "CONFIG_SMP=y\n# CONFIG_MODVERSIONS is not set\n");
    const struct cor_symbol *sixth = find(component, "sym_6");
    if (sample->form == NO_TABLE)
        CHECK(component->exports.count == 0 && sixth && !sixth->exported);
    else
        check_exports(sample, component, list);
    cor_component_free(component);
    cor_names_free(names);
    cor_buffer_dispose(&bytes);
}

TEST(exports_of_the_years)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        unsigned before = test_failures;
        check_sample(&samples[i]);
        if (test_failures > before)
            printf("# %s\n", samples[i].name);
    }
}

static enum cor_status read_copy(const char *bytes, size_t size, struct cor_component *component)
{
    struct cor_names *names = cor_names_new();
    char *copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    enum cor_status status = cor_kernel_image_read(component, names, copy, size);
    cor_alloc_fail_after(-1);
    free(copy);
    cor_names_free(names);
    return status;
}

TEST(a_kernel_without_symbols_says_why)
{
    static const char bare[] = "Linux version 5.4.0 (me@here)\0 0\0001\0002\0003\0004";
    static const char broken[] =
        "Linux version 5.4.0 (me@here)\0\0000\0001\0002\0003\0004\0005\0006\0007\0008\0009";
    struct cor_component *component = cor_component_new();
    CHECK(read_copy(bare, sizeof bare, component) == COR_OK);
    CHECK(component->kind == COR_KIND_KERNEL);
    CHECK_TEXT(component->unsupported, "its symbols could not be recovered: it has no kallsyms");
    cor_component_free(component);
    component = cor_component_new();
    CHECK(read_copy(broken, sizeof broken, component) == COR_OK);
    CHECK_TEXT(component->unsupported, "its symbols could not be recovered: the tables of its "
                                       "kallsyms do not hold together");
    cor_component_free(component);
    component = cor_component_new();
    CHECK(read_copy("Linux version %s", 17, component) == COR_NOT_FOUND);
    CHECK(!component->kernel_release);
    cor_component_free(component);
}

TEST(damage_harms_nobody)
{
    struct exported list[EXPORTS];
    uint64_t state = 88172645463325252u;
    for (size_t i = 1; i < sizeof samples / sizeof *samples; i += 2) {
        choose(&samples[i], list);
        struct cor_buffer bytes = make_image(&samples[i], list);
        for (int round = 0; round < 50; round++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            size_t at = (state >> 20) % (round % 2 ? bytes.size : 4096);
            char kept = bytes.data[at];
            bytes.data[at] = (char)(state >> 50);
            struct cor_component *component = cor_component_new();
            size_t size = round % 5 ? bytes.size : (state >> 30) % bytes.size;
            enum cor_status status = read_copy(bytes.data, size, component);
            CHECK(status == COR_OK || status == COR_NOT_FOUND);
            cor_component_free(component);
            bytes.data[at] = kept;
        }
        cor_buffer_dispose(&bytes);
    }
}

TEST(every_allocation_may_fail)
{
    struct exported list[EXPORTS];
    choose(&samples[1], list);
    struct cor_buffer bytes = make_image(&samples[1], list);
    enum cor_status status = COR_NOMEM;
    long allocations = 0;
    for (; status == COR_NOMEM && allocations < 9000; allocations += 1 + allocations / 16) {
        struct cor_component *component = cor_component_new();
        struct cor_names *names = cor_names_new();
        cor_alloc_fail_after(allocations);
        status = cor_kernel_image_read(component, names, bytes.data, bytes.size);
        cor_alloc_fail_after(-1);
        cor_component_free(component);
        cor_names_free(names);
    }
    CHECK(status == COR_OK && allocations > 5);
    cor_buffer_dispose(&bytes);
}

TEST_CASES(CASE(exports_of_the_years), CASE(a_kernel_without_symbols_says_why),
           CASE(damage_harms_nobody), CASE(every_allocation_may_fail))
