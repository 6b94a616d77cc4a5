// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "sample_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A sample that could not be built would test nothing.
static void must(enum cor_status status)
{
    if (status != COR_OK)
        abort();
}

#define ADD(array, ...) must(cor_array_add(array, __VA_ARGS__))

static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";

static void add_inputs(struct cor_case *case_)
{
    ADD(&case_->inputs,
        ((struct cor_input){COR_ROLE_SHIPPED, 1, "/media/inst'aller.iso", "inst'aller.iso", false,
                            345678901234, "0123456789abcdef0123456789abcdef01234567",
                            "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"}));
    ADD(&case_->inputs,
        ((struct cor_input){COR_ROLE_SOURCE, 1, "rel/source", "source", true, 4096, "", ""}));
}

static struct cor_member member(uint32_t input, uint32_t parent, const char *path,
                                const char *format)
{
    struct cor_member made = {.input = input,
                              .parent = parent,
                              .path = path,
                              .format = format,
                              .size = 4711,
                              .hashed = true};
    for (unsigned i = 0; i < sizeof made.sha256; i++)
        made.sha256[i] = (unsigned char)(i * 7 + strlen(path));
    return made;
}

static void add_members(struct cor_case *case_)
{
    ADD(&case_->members, member(0, COR_NONE, "inst'aller.iso", "iso9660"));
    ADD(&case_->members, member(0, 0, "inst'aller.iso!/k.b00", "gzip"));
    ADD(&case_->members, member(0, 1, "inst'aller.iso!/k.b00!gzip", "elf"));
    ADD(&case_->members, member(0, 0, "inst'aller.iso!/open$(x)\n`y`.ko", "elf"));
    ADD(&case_->members, member(1, COR_NONE, "source/linux_pci.c", "text"));
    ADD(&case_->members, member(1, COR_NONE, "source/\xff\xfe\"q\"\\.h", "text"));
    struct cor_member unread = member(1, COR_NONE, "source/secret.zip", "zip");
    unread.hashed = false;
    memset(unread.sha256, 0, sizeof unread.sha256);
    unread.state = COR_STATE_UNREAD;
    unread.reason = "encrypted";
    unread.may_hide_source = true;
    ADD(&case_->members, unread);
    unread.path = "source/tools.exe";
    unread.format = NULL;
    unread.state = COR_STATE_EXCLUDED;
    unread.reason = "excluded by --exclude";
    unread.may_hide_source = false;
    unread.may_hide_code = true;
    unread.cut = true;
    unread.offset = 8192;
    unread.input = COR_NONE;
    ADD(&case_->members, unread);
}

static struct cor_tally tally(uint64_t first)
{
    struct cor_tally made = {.known = true};
    for (unsigned i = 0; i < COR_CLASS_COUNT; i++)
        made.total += made.of[i] = first + i;
    return made;
}

static void add_components(struct cor_case *case_)
{
    ADD(&case_->components, ((struct cor_case_component){.id = 1,
                                                         .role = COR_ROLE_SHIPPED,
                                                         .kind = COR_KIND_KERNEL,
                                                         .path = "inst'aller.iso!/k.b00!gzip",
                                                         .name = "k.b00",
                                                         .machine = "x86-64",
                                                         .sha256 = zeros,
                                                         .size = 7654321,
                                                         .reason = "no symbol table of its own",
                                                         .build_id = "c0ffee",
                                                         .soname = "vmkernel.so",
                                                         .compiler = "GCC: (GNU) 4.4.3",
                                                         .undefined_table = ".dynsym",
                                                         .banner = "Linux version 5.5 (x)",
                                                         .config_lines = 7,
                                                         .exports = 9,
                                                         .undefined = tally(1),
                                                         .relocation_rows = 5}));
    ADD(&case_->components, ((struct cor_case_component){.id = 2,
                                                         .role = COR_ROLE_SHIPPED,
                                                         .kind = COR_KIND_KERNEL_MODULE,
                                                         .same_as = 1,
                                                         .path = "inst'aller.iso!/open$(x)\n`y`.ko",
                                                         .name = "open$(x)\n`y`.ko",
                                                         .machine = "x86-64",
                                                         .sha256 = zeros,
                                                         .size = 12345,
                                                         .licence = "GPL",
                                                         .licence_where = ".modinfo",
                                                         .vermagic = "5.5 SMP",
                                                         .undefined_table = ".symtab",
                                                         .defined_table = ".symtab",
                                                         .has_source = true,
                                                         .undefined = tally(3),
                                                         .defined = tally(0),
                                                         .relocation_rows = UINT64_MAX,
                                                         .given_name = "open'vmkernel"}));
    ADD(&case_->components.items[1].folders, ((struct cor_case_folder){"open/<drivers>", 9}));
    ADD(&case_->components, ((struct cor_case_component){.id = 3,
                                                         .role = COR_ROLE_SYSTEM,
                                                         .kind = COR_KIND_UNSUPPORTED,
                                                         .path = "source/tools.exe",
                                                         .name = "tools.exe",
                                                         .input = 1,
                                                         .reason = "PE image"}));
}

static struct cor_case_symbol full_symbol(const char *name)
{
    struct cor_case_symbol symbol = {.name = name,
                                     .class_ = COR_CLASS_BINARY_ONLY,
                                     .flags = COR_FLAG_WEAK | COR_FLAG_VERSION_DIFFERS,
                                     .finding = true,
                                     .direction = COR_DIRECTION_RELEASED_TO_BINARY,
                                     .full = true,
                                     .reason = "no body in the released source"};
    ADD(&symbol.needed_by, ((struct cor_case_need){2, 17, true}));
    ADD(&symbol.needed_by, ((struct cor_case_need){3, 4, false}));
    ADD(&symbol.providers,
        ((struct cor_case_provider){1, ".text", 0xffffffff81234560, 0x137, "kernel-global"}));
    ADD(&symbol.references,
        ((struct cor_case_reference){
            2, ".text", 0x24b, "R_X86_64_PC32", -4, COR_REFKIND_CALL, "LinuxPCIDeviceRemoved",
            "call 0x24f", "e800000000", "linux_pci.c", "LinuxPCIDeviceRemoved", 41,
            COR_LINE_BY_ORDER, NULL, "call 0x418000", "e8fb7f0100", 0x400024a, 0x418000, NULL}));
    ADD(&symbol.references,
        ((struct cor_case_reference){2, ".data", UINT64_MAX, "R_X86_64_64", INT64_MIN,
                                     COR_REFKIND_ADDRESS, NULL, NULL, NULL, NULL, NULL, 0,
                                     COR_LINE_BY_AMBIGUOUS, "a.c:1 f\nb.c:2 g", NULL, NULL, 0, 0,
                                     "not decoded"}));
    ADD(&symbol.admissions,
        ((struct cor_case_admission){1, "vmkapi.h", 3, "defined in <vmkernel>", 1, "vmkernel"}));
    ADD(&symbol.declarations,
        ((struct cor_case_place){.input = 1,
                                 .file = "\xff\xfe\"q\"\\.h",
                                 .line = 7,
                                 .active = true,
                                 .excerpt_line = 5,
                                 .excerpt = "\n/* caf\xe9 */\nint f(void);\n\x1b[31m\n#endif\n"}));
    ADD(&symbol.calls, ((struct cor_case_place){.input = 1,
                                                .file = "linux_pci.c",
                                                .line = 41,
                                                .function = "LinuxPCIDeviceRemoved",
                                                .kind = COR_REFKIND_TAIL_CALL,
                                                .active = true,
                                                .excerpt_line = 39,
                                                .excerpt = "one\ntwo\nreturn f();\nfour\nfive\n"}));
    ADD(&symbol.calls, ((struct cor_case_place){.input = 1,
                                                .file = "linux_pci.c",
                                                .line = 99,
                                                .through = "macros.h:12",
                                                .kind = COR_REFKIND_ADDRESS}));
    ADD(&symbol.namesakes,
        ((struct cor_case_place){
            .input = 1, .file = "other.c", .line = 3, .how = "a static function", .active = true}));
    ADD(&symbol.definitions, ((struct cor_case_place){.input = COR_NONE,
                                                      .file = "gen.c",
                                                      .line = 1,
                                                      .how = "generated",
                                                      .through = "generated by mk'gen.awk",
                                                      .active = true}));
    return symbol;
}

static void add_symbols(struct cor_case *case_)
{
    static char long_name[4097];
    memset(long_name, 'n', sizeof long_name - 1);
    ADD(&case_->symbols, full_symbol("'; touch pwned; '"));
    ADD(&case_->symbols, full_symbol("$(touch pwned)`touch pwned`\n\"\\*?[\x80"));
    ADD(&case_->symbols, full_symbol(long_name));
    struct cor_case_symbol plain = full_symbol("vmk_PCIGetDeviceName");
    plain.data = true;
    ADD(&case_->symbols, plain);
    struct cor_case_symbol compact = {.name = "zlib_inflate", .class_ = COR_CLASS_RELEASED};
    for (uint32_t i = 1; i <= 3; i++)
        ADD(&compact.needed_by, ((struct cor_case_need){i, i * 100, false}));
    ADD(&case_->symbols, compact);
    ADD(&case_->symbols, ((struct cor_case_symbol){.name = "zz_absent",
                                                   .class_ = COR_CLASS_UNDETERMINED,
                                                   .reason = "libz.so.1 was not given",
                                                   .full = true}));
}

static void add_rest(struct cor_case *case_)
{
    ADD(&case_->functions, ((struct cor_case_function){1, "vmk_Secret", COR_CLASS_BINARY_ONLY, NULL,
                                                       ".text", 0xffffffff81000000, 12, false, 0}));
    ADD(&case_->functions,
        ((struct cor_case_function){2, "stub", COR_CLASS_PREBUILT, "only as stub.o_shipped", NULL,
                                    0, 0, true, 0}));
    struct cor_case_work work = {.links = 226};
    ADD(&work.components, 1);
    ADD(&work.components, 2);
    ADD(&work.licences, "GPL");
    ADD(&work.licences, "Proprietary, \"all rights\"");
    ADD(&work.missing, 1);
    ADD(&work.edges, ((struct cor_case_edge){2, 1, 226}));
    ADD(&case_->crossings, ((struct cor_case_crossing){1, 2, "jiffies", ".text", 0x10, "PLT",
                                                       COR_REFKIND_CALL, "vmk_Tick", "call 0x20"}));
    ADD(&case_->crossings,
        ((struct cor_case_crossing){.component = 1, .provider = 2, .name = "x"}));
    ADD(&case_->works, work);
    ADD(&case_->source_files,
        ((struct cor_case_source_file){
            .input = 1, .path = "linux_pci.c", .notice = "under the GPL <b>\"2\"", .line = 3}));
    ADD(&case_->source_files, ((struct cor_case_source_file){.input = 1, .path = "other.c"}));
    ADD(&case_->source_files,
        ((struct cor_case_source_file){
            .input = 1, .path = "\xff\xfe\"q\"\\.h", .licence = "GPL-2.0 OR MIT", .line = 1}));
    ADD(&case_->works, ((struct cor_case_work){.links = 0}));
    ADD(&case_->options, ((struct cor_case_option){"exclude", "*.o"}));
    ADD(&case_->options, ((struct cor_case_option){"all", NULL}));
    ADD(&case_->excuses, ((struct cor_case_excuse){"waiver", "vmk_*", NULL, "in \"talks\" <b>\n",
                                                   "Legal, \xff", "2027-01-31", true, 0}));
    ADD(&case_->excuses, ((struct cor_case_excuse){.kind = "baseline", .uses = 1}));
    case_->functions.items[1].excuse = 2;
    case_->excused_findings = 1;
    ADD(&case_->notes, "The kernel says 5.5.0, the release says 5.1.0.");
    ADD(&case_->notes, "caf\xe9 <b>&amp;</b>");
}

void sample_case(struct cor_case *case_)
{
    cor_case_init(case_);
    case_->tool_name = "correspond";
    case_->tool_version = "0.1.0";
    case_->source = (struct cor_case_source){10, 123456, 7, 2, 1, 321};
    add_inputs(case_);
    add_members(case_);
    add_components(case_);
    add_symbols(case_);
    add_rest(case_);
    case_->undefined = tally(4);
    case_->defined = (struct cor_tally){.known = false};
    case_->component_total = 2;
    case_->names = 6;
    case_->outside = 9;
    case_->findings = 4;
    case_->undetermined = 1;
}

static void add_large_symbols(struct cor_case *case_)
{
    uint32_t row = 0;
    for (unsigned i = 0; i < 20000; i++) {
        struct cor_case_symbol symbol = {.class_ = COR_CLASS_RELEASED};
        symbol.name = cor_arena_printf(&case_->arena, "released_function_number_%u", i);
        for (unsigned k = 0; k < 9 + (i % 4 == 0); k++, row++)
            ADD(&symbol.needed_by,
                ((struct cor_case_need){1 + row * 7919u % 4023, 1 + row % 999, false}));
        ADD(&case_->symbols, symbol);
    }
}

void sample_large_case(struct cor_case *case_)
{
    cor_case_init(case_);
    add_inputs(case_);
    for (unsigned i = 0; i < 80000; i++)
        ADD(&case_->members,
            member(1, COR_NONE,
                   cor_arena_printf(&case_->arena,
                                    "linux-source.deb!/data.tar.xz!xz!/usr/src/linux-source.tar.xz"
                                    "!xz!/linux/drivers/net/ethernet/vendor/file%05u.c",
                                    i),
                   "text"));
    for (uint32_t i = 1; i <= 4023; i++)
        ADD(&case_->components,
            ((struct cor_case_component){
                .id = i,
                .kind = COR_KIND_KERNEL_MODULE,
                .machine = "x86-64",
                .sha256 = zeros,
                .path = cor_arena_printf(&case_->arena,
                                         "image.deb!/data.tar.xz!xz!/lib/modules/6.1/m%04u.ko", i),
                .name = cor_arena_printf(&case_->arena, "m%04u.ko", i),
                .undefined = tally(i),
                .defined = tally(i)}));
    add_large_symbols(case_);
}
