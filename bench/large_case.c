// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
//
// large-case OUT.corr [COMPONENTS [FINDINGS]]
//
// Writes a case file as a large product would give it: a kernel with thousands of modules in
// folders, and findings with their whole evidence. The same numbers give the same case.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/casefile.h"

enum { COMPONENTS = 4000, FINDINGS = 5000, RELEASED = 15000, FUNCTIONS = 20000, PROVIDERS = 60 };

static const char *const folders[] = {
    "drivers/net/ethernet",
    "drivers/gpu/display",
    "drivers/media/tuners",
    "drivers/usb/serial",
    "drivers/iio",
    "fs",
    "net/sched",
    "sound/soc/codecs",
    "crypto",
    "drivers/scsi",
    "drivers/hwmon",
    "arch/x86/kvm",
};

static void must(enum cor_status status)
{
    if (status != COR_OK) {
        fprintf(stderr, "large-case: %s\n", cor_status_text(status));
        exit(1);
    }
}

#define ADD(array, ...) must(cor_array_add(array, __VA_ARGS__))
#define TEXT(...)       cor_arena_printf(&case_->arena, __VA_ARGS__)

static uint32_t next_random(void)
{
    static uint64_t state = 1;
    state = state * 6364136223846793005 + 1442695040888963407;
    return (uint32_t)(state >> 33);
}

static const char *hash_of(struct cor_case *case_, uint32_t number)
{
    return TEXT("%016" PRIx64 "%048x", number * UINT64_C(0x9e3779b97f4a7c15), number);
}

static const char *folder_of(uint32_t number)
{
    return folders[number % (sizeof folders / sizeof *folders)];
}

static void add_member(struct cor_case *case_, uint32_t input, uint32_t parent, const char *path,
                       const char *format)
{
    struct cor_member member = {.input = input,
                                .parent = parent,
                                .path = path,
                                .format = format,
                                .size = 40000,
                                .hashed = true,
                                .state = COR_STATE_READ};
    for (size_t i = 0; i < sizeof member.sha256; i++)
        member.sha256[i] = (unsigned char)(strlen(path) * (i + 3) + i);
    ADD(&case_->members, member);
}

static void add_inputs(struct cor_case *case_)
{
    static const char *const names[] = {"product.tar", "release.tar"};
    for (uint32_t i = 0; i < 2; i++) {
        struct cor_input input = {.role = i ? COR_ROLE_SOURCE : COR_ROLE_SHIPPED, .number = 1};
        input.path = input.name = names[i];
        input.size = 1000000000 + i;
        snprintf(input.sha1, sizeof input.sha1, "%040u", i + 1);
        snprintf(input.sha256, sizeof input.sha256, "%064u", i + 1);
        ADD(&case_->inputs, input);
    }
    add_member(case_, 0, COR_NONE, "product.tar", "tar");
}

static struct cor_tally tally(uint64_t released, uint64_t missing)
{
    struct cor_tally made = {.known = true, .total = released + missing};
    made.of[COR_CLASS_RELEASED] = released;
    made.of[COR_CLASS_BINARY_ONLY] = missing;
    return made;
}

static void add_components(struct cor_case *case_, uint32_t count)
{
    struct cor_case_work work = {.links = count * 40};
    ADD(&work.licences, "GPL");
    for (uint32_t id = 1; id <= count; id++) {
        bool kernel = id == 1, closed = id % 29 == 2;
        const char *name = kernel ? "kernel" : TEXT("module_%04u.ko", id);
        const char *path = kernel ? "product.tar!/boot/kernel"
                                  : TEXT("product.tar!/lib/modules/6.1/%s/%s", folder_of(id), name);
        struct cor_case_component component = {.id = id,
                                               .role = COR_ROLE_SHIPPED,
                                               .kind = kernel ? COR_KIND_KERNEL
                                                              : COR_KIND_KERNEL_MODULE,
                                               .path = path,
                                               .name = name,
                                               .machine = "x86-64",
                                               .sha256 = hash_of(case_, id),
                                               .size = 40000,
                                               .licence = closed ? "Proprietary" : "GPL",
                                               .licence_where = ".modinfo",
                                               .undefined_table = ".symtab",
                                               .defined_table = ".symtab",
                                               .has_source = !closed};
        uint64_t functions = kernel ? 50000 : 10 + next_random() % 400;
        component.defined =
            closed ? tally(0, functions) : tally(functions - id % 3, kernel ? 0 : id % 3);
        component.undefined = tally(30 + next_random() % 60, next_random() % 9);
        cor_tally_add(&case_->defined, &component.defined);
        cor_tally_add(&case_->undefined, &component.undefined);
        ADD(&case_->components, component);
        ADD(&work.components, id);
        if (closed)
            ADD(&work.missing, id);
        add_member(case_, 0, 0, path, "elf");
    }
    ADD(&case_->works, work);
    case_->component_total = count;
}

static const char *source_file(struct cor_case *case_, uint32_t number)
{
    return TEXT("release.tar!/linux-6.1/%s/vendor_%02u/file_%03u.c", folder_of(number), number % 40,
                number % 300);
}

static struct cor_case_place place(struct cor_case *case_, const char *name, uint32_t number)
{
    uint32_t line = 20 + number % 3000;
    return (struct cor_case_place){
        .input = 1,
        .file = source_file(case_, number),
        .line = line,
        .function = TEXT("caller_of_%u", number % 5000),
        .kind = COR_REFKIND_CALL,
        .active = true,
        .excerpt_line = line - 2,
        .excerpt = TEXT("static int caller_of_%u(struct device *device)\n{\n\tint result = "
                        "%s(device, %u);\n\tif (result < 0)\n\t\treturn result;\n",
                        number % 5000, name, number % 97)};
}

static void add_finding(struct cor_case *case_, uint32_t number, uint32_t components)
{
    const char *name = TEXT("vendor_function_%05u", number);
    uint32_t provider = 2 + 29 * (next_random() % PROVIDERS);
    struct cor_case_symbol symbol = {.name = name,
                                     .class_ = COR_CLASS_BINARY_ONLY,
                                     .finding = true,
                                     .full = true,
                                     .direction = COR_DIRECTION_RELEASED_TO_BINARY,
                                     .reason = "no body in the released source"};
    ADD(&symbol.providers,
        ((struct cor_case_provider){provider <= components ? provider : 2, ".text",
                                    0x1000 + number * 64, 48 + number % 512, "linux-export"}));
    uint32_t needs = 1 + next_random() % 6, last = 0;
    for (uint32_t i = 0; i < needs; i++) {
        uint32_t step = components / 8 + 1, id = last + 1 + next_random() % step;
        if (id > components)
            break;
        last = id;
        ADD(&symbol.needed_by, ((struct cor_case_need){id, 17 + number % 100, false}));
        ADD(&symbol.references,
            ((struct cor_case_reference){.component = id,
                                         .section = ".text",
                                         .offset = 0x40 + number * 8,
                                         .type = "R_X86_64_PLT32",
                                         .addend = -4,
                                         .kind = COR_REFKIND_CALL,
                                         .function = TEXT("caller_of_%u", number % 5000),
                                         .instruction = "callq 0x49",
                                         .bytes = "e800000000",
                                         .source_file = source_file(case_, number + i),
                                         .source_function = "caller",
                                         .source_line = 20 + number % 3000}));
        ADD(&symbol.calls, place(case_, name, number + i));
    }
    struct cor_case_place declared = place(case_, name, number * 7);
    declared.file = TEXT("release.tar!/linux-6.1/include/vendor/api_%03u.h", number % 200);
    declared.excerpt =
        TEXT("struct device;\n\nint %s(struct device *device, unsigned how);\n", name);
    declared.function = NULL;
    ADD(&symbol.declarations, declared);
    ADD(&case_->symbols, symbol);
    case_->findings++;
}

static void add_released(struct cor_case *case_, uint32_t number, uint32_t components)
{
    struct cor_case_symbol symbol = {.name = TEXT("released_function_%05u", number),
                                     .class_ = COR_CLASS_RELEASED};
    for (uint32_t i = 0; i < 9; i++)
        ADD(&symbol.needed_by,
            ((struct cor_case_need){1 + (number * 37 + i * 411) % components, number % 99, false}));
    ADD(&symbol.providers, ((struct cor_case_provider){1 + number % 50 * (number % 3 == 0), ".text",
                                                       number * 16, 64, "linux-export"}));
    ADD(&case_->symbols, symbol);
}

static void add_functions(struct cor_case *case_, uint32_t components)
{
    for (uint32_t i = 0; i < FUNCTIONS; i++) {
        uint32_t id = 3 + i / 50 * 7;
        if (id > components)
            break;
        ADD(&case_->functions,
            ((struct cor_case_function){.component = id,
                                        .name = TEXT("internal_function_%05u", i),
                                        .class_ = COR_CLASS_BINARY_ONLY,
                                        .reason = "no body in the released source",
                                        .section = ".text",
                                        .address = 0x100 + i * 32,
                                        .size = 32,
                                        .finding = true}));
    }
}

int main(int count, char **arguments)
{
    struct cor_case made, *case_ = &made;
    struct cor_diag diag = {0};
    if (count < 2) {
        fputs("usage: large-case OUT.corr [COMPONENTS [FINDINGS]]\n", stderr);
        return 2;
    }
    uint32_t components = count > 2 ? (uint32_t)strtoul(arguments[2], NULL, 10) : COMPONENTS;
    uint32_t findings = count > 3 ? (uint32_t)strtoul(arguments[3], NULL, 10) : FINDINGS;
    cor_case_init(case_);
    case_->tool_name = "correspond";
    case_->tool_version = COR_VERSION;
    case_->source = (struct cor_case_source){57000, 1200000000, 50000, 1500, 5500, 1000000};
    add_inputs(case_);
    add_components(case_, components < 100 ? 100 : components);
    add_member(case_, 1, COR_NONE, "release.tar", "tar");
    for (uint32_t i = 0; i < RELEASED; i++)
        add_released(case_, i, (uint32_t)case_->components.count);
    for (uint32_t i = 0; i < findings; i++)
        add_finding(case_, i, (uint32_t)case_->components.count);
    add_functions(case_, (uint32_t)case_->components.count);
    case_->names = case_->symbols.count;
    must(cor_casefile_write(case_, arguments[1], &diag));
    cor_case_dispose(case_);
    return 0;
}
