// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A product is made on the spot, the case around it is written by hand, and every printed command
// is run in an empty folder.
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness.h"
#include "report/commands.h"
#include "report/report.h"
#include "report/shell.h"

static char folder[64];

// The shipped side nests filters and containers that must seek; the entry names are hostile.
static const char recipe[] =
    "set -e; umask 022; mkdir -p ship rel/src 'rel/src/a dir' pack; "
    "printf '%s\\n' 'int core_name(int);' 'int other(void);' '' "
    "  'int driver_removed(int x)' '{' '    return core_name(x) + 1;' '}' "
    "  'int driver_tail(int x)' '{' '    return core_name(x);' '}' >rel/src/driver.c; "
    "printf '%s\\n' '/* caf\\351 */' 'int core_name(int);' >\"rel/src/a dir/core's \\$(x) "
    "*?[a].h\"; "
    "cp \"rel/src/a dir/core's \\$(x) *?[a].h\" inc.h; "
    "printf '%s\\n' 'int core_name(int x)' '{' '    return x * 3;' '}' >core.c; "
    "gcc -O2 -fno-pic -c rel/src/driver.c -o driver.o; "
    "gcc -O2 -fPIC -shared -nostdlib core.c -o core.so; "
    // k.b00 has a trailer, as signed boot modules have.
    "gzip -nc core.so >ship/K.B00; printf 'trailer' >>ship/K.B00; "
    "mkdir -p 'pack/./usr'; cp driver.o \"pack/usr/d'r \\$(touch pwned)*.o\"; "
    "printf 'decoy' >\"pack/usr/d'r \\$(touch pwned)X.o\"; "
    "cp driver.o \"$(printf 'pack/usr/new\\nline\\t\\303\\274\\377.o')\"; "
    "(cd pack && tar cf ../mods.tar .); xz -k mods.tar; (cd pack && zip -qr ../mods.zip .); "
    "bzip2 -k mods.tar; mkdir z; cp mods.zip mods.tar.bz2 z; (cd z && 7z a ../z.7z . >/dev/null); "
    "cp mods.tar.xz z.7z ship; "
    "head -c 4096 /dev/zero >ship/raw.img; cat driver.o >>ship/raw.img; echo tail >>ship/raw.img; "
    "xorriso -as mkisofs -quiet -R -J -o 'inst al.iso' ship 2>/dev/null; "
    "(cd rel && tar czf ../rel.tgz src); mkdir iso2; mv rel.tgz iso2; "
    "xorriso -as mkisofs -quiet -R -o source.iso iso2 2>/dev/null; mkdir empty";

static char *in_folder(struct cor_case *case_, const char *name)
{
    const char *path = cor_arena_printf(&case_->arena, "%s/%s", folder, name);
    return cor_arena_copy(&case_->arena, path, strlen(path) + 1);
}

static void hash(const char *path, char text[65])
{
    char command[256];
    snprintf(command, sizeof command, "sha256sum <'%s'", path);
    FILE *pipe = popen(command, "r");
    if (!pipe || fread(text, 1, 64, pipe) != 64)
        abort();
    text[64] = '\0';
    pclose(pipe);
}

static void add_input(struct cor_case *case_, enum cor_role role, unsigned number, const char *name,
                      bool is_folder)
{
    struct cor_input input = {.role = role,
                              .number = number,
                              .name = name,
                              .folder = is_folder,
                              .path = in_folder(case_, name)};
    if (!is_folder)
        hash(input.path, input.sha256);
    CHECK(cor_array_add(&case_->inputs, input) == COR_OK);
}

static void add_member(struct cor_case *case_, uint32_t input, uint32_t parent, const char *path,
                       const char *format)
{
    CHECK(cor_array_add(&case_->members,
                        (struct cor_member){
                            .input = input, .parent = parent, .path = path, .format = format}) ==
          COR_OK);
}

static uint32_t add_component(struct cor_case *case_, const char *path, const char *name,
                              const char *content, enum cor_kind kind)
{
    char *sha256 = cor_arena_alloc(&case_->arena, 65, 1);
    hash(in_folder(case_, content), sha256);
    struct cor_case_component component = {.id = (uint32_t)case_->components.count + 1,
                                           .kind = kind,
                                           .path = path,
                                           .name = name,
                                           .sha256 = sha256,
                                           .machine = "x86-64",
                                           .undefined_table = ".symtab",
                                           .defined_table = ".symtab"};
    CHECK(cor_array_add(&case_->components, component) == COR_OK);
    return component.id;
}

#define AWKWARD "usr/d'r $(touch pwned)*.o"
#define WILD    "usr/new\nline\t\xc3\xbc\xff.o"
#define ISO     "inst al.iso"

static void add_members(struct cor_case *case_)
{
    add_member(case_, 0, COR_NONE, ISO, "iso9660");                             // 0
    add_member(case_, 0, 0, ISO "!/K.B00", "gzip");                             // 1
    add_member(case_, 0, 1, ISO "!/K.B00!gzip", "elf");                         // 2
    add_member(case_, 0, 0, ISO "!/mods.tar.xz", "xz");                         // 3
    add_member(case_, 0, 3, ISO "!/mods.tar.xz!xz", "tar");                     // 4
    add_member(case_, 0, 4, ISO "!/mods.tar.xz!xz!/" AWKWARD, "elf");           // 5
    add_member(case_, 0, 0, ISO "!/raw.img", "vmtar");                          // 6
    add_member(case_, 0, 6, ISO "!/raw.img!/driver.o", "elf");                  // 7
    add_member(case_, 0, 0, ISO "!/z.7z", "7z");                                // 8
    add_member(case_, 0, 8, ISO "!/z.7z!/mods.zip", "zip");                     // 9
    add_member(case_, 0, 9, ISO "!/z.7z!/mods.zip!/" WILD, "elf");              // 10
    add_member(case_, 1, COR_NONE, "rel/src/driver.c", "text");                 // 11
    add_member(case_, 2, COR_NONE, "source.iso", "iso9660");                    // 12
    add_member(case_, 2, 12, "source.iso!/rel.tgz", "gzip");                    // 13
    add_member(case_, 2, 13, "source.iso!/rel.tgz!gzip", "tar");                // 14
    add_member(case_, 2, 14, "source.iso!/rel.tgz!gzip!/src/driver.c", "text"); // 15
    struct stat stat_ = {0};
    stat(in_folder(case_, "driver.o"), &stat_);
    case_->members.items[7].cut = true;
    case_->members.items[7].offset = 4096;
    case_->members.items[7].size = (uint64_t)stat_.st_size;
}

static void add_place(struct cor_case_symbol *symbol, uint32_t input, const char *file,
                      uint32_t line)
{
    CHECK(cor_array_add(&symbol->calls,
                        (struct cor_case_place){
                            .input = input, .file = file, .line = line, .active = true}) == COR_OK);
}

static void add_need(struct cor_case_symbol *symbol, uint32_t component)
{
    CHECK(cor_array_add(&symbol->needed_by, (struct cor_case_need){component, 9, false}) == COR_OK);
    CHECK(cor_array_add(&symbol->references,
                        (struct cor_case_reference){.component = component,
                                                    .section = ".text",
                                                    .offset = 5,
                                                    .type = "R_X86_64_PLT32",
                                                    .addend = -4,
                                                    .function = "driver_removed",
                                                    .instruction = "call 0x9"}) == COR_OK);
}

static void make_case(struct cor_case *case_)
{
    cor_case_init(case_);
    add_input(case_, COR_ROLE_SHIPPED, 1, ISO, false);
    add_input(case_, COR_ROLE_SOURCE, 1, "rel", true);
    add_input(case_, COR_ROLE_SOURCE, 2, "source.iso", false);
    add_members(case_);
    struct cor_case_symbol symbol = {.name = "core_name",
                                     .class_ = COR_CLASS_BINARY_ONLY,
                                     .full = true,
                                     .finding = true,
                                     .direction = COR_DIRECTION_RELEASED_TO_BINARY};
    uint32_t core = add_component(case_, ISO "!/K.B00!gzip", "K.B00", "core.so", COR_KIND_KERNEL);
    add_need(&symbol, add_component(case_, ISO "!/mods.tar.xz!xz!/" AWKWARD,
                                    "d'r $(touch pwned)*.o", "driver.o", COR_KIND_KERNEL_MODULE));
    add_need(&symbol, add_component(case_, ISO "!/raw.img!/driver.o", "driver.o", "driver.o",
                                    COR_KIND_KERNEL_MODULE));
    add_need(&symbol, add_component(case_, ISO "!/z.7z!/mods.zip!/" WILD, "new\nline", "driver.o",
                                    COR_KIND_RELOCATABLE));
    // Its layers stand in no list of members.
    add_need(&symbol, add_component(case_, ISO "!/z.7z!/mods.tar.bz2!bzip2!/" AWKWARD, "x",
                                    "driver.o", COR_KIND_RELOCATABLE));
    CHECK(cor_array_add(&symbol.providers, (struct cor_case_provider){core, ".text", 0x1000, 7,
                                                                      "kernel-global"}) == COR_OK);
    add_place(&symbol, 1, "src/driver.c", 6);
    add_place(&symbol, 1, "src/driver.c", 10);
    add_place(&symbol, 1, "src/a dir/core's $(x) *?[a].h", 2);
    add_place(&symbol, 2, "source.iso!/rel.tgz!gzip!/src/driver.c", 6);
    add_place(&symbol, 2, "source.iso!/rel.tgz!gzip!/src/a dir/core's $(x) *?[a].h", 1);
    CHECK(cor_array_add(&case_->symbols, symbol) == COR_OK);
}

// Runs a command in an empty folder; its output, as far as it fits, and its status.
static int run(const char *assignments, const char *text, char *output, size_t size)
{
    char clean[160];
    snprintf(clean, sizeof clean, "rm -rf %s/empty && mkdir %s/empty", folder, folder);
    if (system(clean) != 0)
        return -1;
    char *whole = NULL;
    size_t whole_size = 0;
    FILE *script = open_memstream(&whole, &whole_size);
    fprintf(script, "cd %s/empty\n%s\n%s\n", folder, assignments, text);
    fclose(script);
    char script_path[160];
    snprintf(script_path, sizeof script_path, "%s/script", folder);
    FILE *file = fopen(script_path, "w");
    if (!file)
        return -1;
    fwrite(whole, 1, whole_size, file);
    fclose(file);
    free(whole);
    char command[256];
    snprintf(command, sizeof command, "sh %s/script 2>%s/errors", folder, folder);
    FILE *pipe = popen(command, "r");
    size_t got = pipe ? fread(output, 1, size - 1, pipe) : 0;
    output[got] = '\0';
    int result = pipe ? pclose(pipe) : -1;
    return WIFEXITED(result) ? WEXITSTATUS(result) : -1;
}

static const char *assignments(void)
{
    static char text[512];
    snprintf(text, sizeof text, "SHIPPED1='%s/inst al.iso'\nSOURCE1=%s/rel\nSOURCE2=%s/source.iso",
             folder, folder, folder);
    return text;
}

// What the commands together must show, and how often.
static const struct {
    const char *text;
    unsigned times;
} facts[] = {
    {"c1-K.B00: OK", 1},
    {"FUNC    GLOBAL DEFAULT", 2},
    {"UND core_name", 4},
    {"R_X86_64_PLT32         0000000000000000 core_name - 4", 8},
    {"R_X86_64_PLT32\tcore_name-0x4", 4},
    {"return core_name(x) + 1;", 4},
    {"    return core_name(x);", 3},
};

static unsigned occurrences(const char *text, const char *part)
{
    unsigned count = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        count++;
    return count;
}

TEST(every_command_shows_its_fact)
{
    static char output[1 << 16], all[1 << 20];
    struct cor_case case_;
    struct cor_index index;
    struct cor_commands commands;
    size_t used = 0;
    make_case(&case_);
    CHECK(cor_index_init(&index, &case_) == COR_OK);
    CHECK(cor_commands_symbol(&index, &case_.symbols.items[0], &commands) == COR_OK);
    CHECK(commands.list.count >= 12);
    for (size_t i = 0; i < commands.list.count; i++) {
        const struct cor_command *command = &commands.list.items[i];
        if (!CHECK(command->text != NULL)) {
            printf("# %s\n", command->about);
            continue;
        }
        int status = run(assignments(), command->text, output, sizeof output);
        if (!CHECK(status == 0 && output[0]))
            printf("# status %d: %s\n", status, command->text);
        used += (size_t)snprintf(all + used, sizeof all - used, "%s", output);
    }
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (!CHECK(occurrences(all, facts[i].text) >= facts[i].times))
            printf("# %s: %u times\n", facts[i].text, occurrences(all, facts[i].text));
    CHECK(occurrences(all, ": OK") == 5);
    CHECK(access(in_folder(&case_, "empty/pwned"), F_OK) != 0);
    cor_commands_dispose(&commands);
    cor_index_dispose(&index);
    cor_case_dispose(&case_);
}

// A printed command is one that begins with "$ " and goes on while lines end with a backslash.
TEST(what_show_prints_runs)
{
    static char output[1 << 16], names[1024], command[1 << 16];
    struct cor_case case_;
    char *text = NULL;
    size_t size = 0;
    unsigned commands = 0;
    make_case(&case_);
    FILE *out = open_memstream(&text, &size);
    CHECK(cor_show(&case_, "core_name", out) == COR_OK);
    fclose(out);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        if (strncmp(line, "    $ ", 6) != 0)
            continue;
        snprintf(command, sizeof command, "%s\n", line + 6);
        while (line && line[0] && line[strlen(line) - 1] == '\\') {
            line = strtok(NULL, "\n");
            snprintf(command + strlen(command), sizeof command - strlen(command), "%s\n",
                     line ? line : "");
        }
        if (strncmp(command, "SHIPPED", 7) == 0 || strncmp(command, "SOURCE", 6) == 0) {
            snprintf(names + strlen(names), sizeof names - strlen(names), "%s", command);
            continue;
        }
        commands++;
        int status = run(names, command, output, sizeof output);
        if (!CHECK(status == 0 && output[0]))
            printf("# status %d: %s\n", status, command);
    }
    CHECK(commands >= 12);
    CHECK(occurrences(names, "=") == 3);
    free(text);
    cor_case_dispose(&case_);
}

TEST(no_allocation_is_needed_for_safety)
{
    struct cor_case case_;
    bool through = false;
    make_case(&case_);
    for (long i = 0; i < 5000 && !through; i++) {
        struct cor_index index;
        struct cor_commands commands;
        cor_alloc_fail_after(i);
        enum cor_status status = cor_index_init(&index, &case_);
        if (status == COR_OK) {
            status = cor_commands_symbol(&index, &case_.symbols.items[0], &commands);
            cor_alloc_fail_after(-1);
            if (status == COR_OK)
                cor_commands_dispose(&commands);
            cor_index_dispose(&index);
        }
        cor_alloc_fail_after(-1);
        CHECK(status == COR_OK || status == COR_NOMEM);
        through = status == COR_OK;
    }
    CHECK(through);
    cor_case_dispose(&case_);
}

// Words, patterns and assignments of hostile texts, said by a shell and compared with the text.
static const char *const hostile[] = {
    "plain", "a b",      "it's",          "$(touch pwned)",       "`touch pwned`", "a\nb",
    "-rf",   "\x1b[31m", "*?[a]\\",       "caf\xc3\xa9\xff",      "\"q\"",         "!x",
    "~",     "$HOME",    "a;touch pwned", "'\n'; touch pwned; '", "%s%n\\n",       "#c",
    "{a,b}", "^a$",
};

TEST(texts_cannot_leave_their_quotes)
{
    char output[4096], text[4096], path[160];
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct cor_input input = {.role = COR_ROLE_SOURCE, .number = 7, .path = hostile[i]};
        struct cor_buffer command;
        cor_buffer_init(&command, 4096);
        CHECK(cor_shell_assignment(&command, &input, hostile[i]) == COR_OK);
        CHECK(cor_shell_sayable(command.data));
        CHECK(run(command.data, "printf '%s' \"$SOURCE7\"", output, sizeof output) == 0);
        CHECK_TEXT(output[0] == '.' && hostile[i][0] == '-' ? output + 2 : output, hostile[i]);
        command.size = 0;
        if (cor_shell_sayable(hostile[i])) {
            CHECK(cor_shell_word(&command, hostile[i]) == COR_OK);
            snprintf(text, sizeof text, "printf '%%s' %s", command.data);
            CHECK(run("", text, output, sizeof output) == 0);
            CHECK_TEXT(output, hostile[i]);
            command.size = 0;
        }
        CHECK(cor_shell_regex(&command, hostile[i]) == COR_OK);
        snprintf(text, sizeof text, "printf '%%s\\n' \"$SOURCE7\" x | grep -zE '%s'", command.data);
        struct cor_buffer assignment;
        cor_buffer_init(&assignment, 4096);
        CHECK(cor_shell_assignment(&assignment, &input, hostile[i]) == COR_OK);
        if (!CHECK(run(assignment.data, text, output, sizeof output) == 0))
            printf("# %s\n", text);
        cor_buffer_dispose(&assignment);
        cor_buffer_dispose(&command);
        snprintf(path, sizeof path, "%s/empty/pwned", folder);
        CHECK(access(path, F_OK) != 0);
    }
}

static const struct test_case cases[] = {
    CASE(every_command_shows_its_fact),
    CASE(what_show_prints_runs),
    CASE(no_allocation_is_needed_for_safety),
    CASE(texts_cannot_leave_their_quotes),
};

int main(void)
{
    char command[sizeof recipe + 200];
    snprintf(folder, sizeof folder, "/tmp/cor-commands-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    snprintf(command, sizeof command, "cd %s && %s", folder, recipe);
    if (system(command) != 0) {
        printf("Bail out! the product cannot be made\n");
        return 1;
    }
    int result = test_run(cases, sizeof cases / sizeof *cases);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? result : 1;
}
