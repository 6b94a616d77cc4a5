// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <jansson.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "harness.h"
#include "report/put.h"
#include "report/report.h"
#include "report/utf8.h"
#include "sample_case.h"

// What a writer wrote, to be freed; NULL when it failed.
static char *written(const struct cor_case *case_, const char *format, bool all)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const struct cor_report_options options = {.all = all};
    enum cor_status status = cor_report_format(format)->write(case_, &options, out);
    fclose(out);
    if (status == COR_OK)
        return text;
    free(text);
    return NULL;
}

static char *shown(const struct cor_case *case_, const char *what)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    enum cor_status status = cor_show(case_, what, out);
    fclose(out);
    if (status == COR_OK)
        return text;
    CHECK(size == 0);
    free(text);
    return NULL;
}

static char *listed(const struct cor_case *case_, const char *what)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    enum cor_status status = cor_list(case_, what, out);
    fclose(out);
    if (status == COR_OK)
        return text;
    CHECK(size == 0);
    free(text);
    return NULL;
}

// Nothing that could steer a terminal: printable characters, line ends, and tabs where allowed.
static bool harmless(const char *text, bool tabs)
{
    while (*text) {
        uint32_t point = 0;
        size_t size = cor_utf8_next(text, &point);
        if (size == 0 || (cor_utf8_steers(point) && *text != '\n' && !(tabs && *text == '\t')))
            return false;
        text += size;
    }
    return true;
}

TEST(utf8_is_told_from_bytes)
{
    static const struct {
        const char *text;
        size_t size;
        uint32_t point;
    } rows[] = {
        {"a", 1, 'a'},
        {"\xc3\xbc", 2, 0xfc},
        {"\xe2\x82\xac", 3, 0x20ac},
        {"\xf0\x9f\x98\x80", 4, 0x1f600},
        {"\xc0\x80", 0, 0},
        {"\xc1\xbf", 0, 0},
        {"\xe0\x80\x80", 0, 0},
        {"\xed\xa0\x80", 0, 0},
        {"\xf4\x90\x80\x80", 0, 0},
        {"\xf5\x80\x80\x80", 0, 0},
        {"\x80", 0, 0},
        {"\xc3", 0, 0},
        {"\xe2\x82", 0, 0},
        {"\xff", 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t point = 0;
        CHECK(cor_utf8_next(rows[i].text, &point) == rows[i].size && point == rows[i].point);
    }
}

TEST(json_is_the_golden_text)
{
    struct cor_case case_;
    sample_case(&case_);
    char *text = written(&case_, "json", true);
    FILE *file = fopen(GOLDEN, "rb");
    char *golden = calloc(1, 1 << 20);
    CHECK(file && golden && fread(golden, 1, (1 << 20) - 1, file) > 0);
    CHECK_TEXT(text, golden);
    if (file)
        fclose(file);
    free(golden);
    free(text);
    cor_case_dispose(&case_);
}

static json_t *parsed(const struct cor_case *case_, bool all)
{
    json_error_t error;
    char *text = written(case_, "json", all);
    CHECK(text && harmless(text, false));
    json_t *root = text ? json_loads(text, JSON_REJECT_DUPLICATES, &error) : NULL;
    if (!CHECK(root != NULL))
        printf("# %d:%d: %s\n", error.line, error.column, error.text);
    free(text);
    return root;
}

// "a b c": the keys that an object must have.
static void must_have(const json_t *object, const char *keys)
{
    char copy[512];
    snprintf(copy, sizeof copy, "%s", keys);
    CHECK(json_is_object(object));
    for (char *key = strtok(copy, " "); key; key = strtok(NULL, " "))
        if (!CHECK(json_object_get(object, key) != NULL))
            printf("# no key %s\n", key);
}

// The same of every row of a list, of which there must be `least`.
static void all_must_have(const json_t *rows, const char *keys, size_t least)
{
    size_t i;
    json_t *row;
    CHECK(json_is_array(rows) && json_array_size(rows) >= least);
    json_array_foreach(rows, i, row) must_have(row, keys);
}

static void check_symbol(const json_t *symbol)
{
    must_have(symbol, "name class reason flags finding needed_by providers references definitions "
                      "namesakes declarations calls verify direction data");
    all_must_have(json_object_get(symbol, "providers"), "component section address size", 0);
    all_must_have(json_object_get(symbol, "references"),
                  "component section offset type addend kind function instruction source", 0);
    all_must_have(json_object_get(symbol, "definitions"), "file line how", 0);
    all_must_have(json_object_get(symbol, "namesakes"), "file line why", 0);
    all_must_have(json_object_get(symbol, "declarations"), "file line", 0);
    all_must_have(json_object_get(symbol, "calls"), "file line function via active", 0);
}

static const json_t *by_name(const json_t *rows, const char *name)
{
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row) if (json_is_string(json_object_get(row, "name")) &&
                                         strcmp(json_string_value(json_object_get(row, "name")),
                                                name) == 0) return row;
    return NULL;
}

TEST(json_keeps_the_contract)
{
    struct cor_case case_;
    size_t i;
    json_t *row;
    sample_case(&case_);
    json_t *root = parsed(&case_, true);
    must_have(root, "schema tool inputs coverage components symbols functions works totals");
    CHECK_TEXT(json_string_value(json_object_get(root, "schema")), "correspond-report/1");
    must_have(json_object_get(root, "tool"), "name version");
    all_must_have(json_object_get(root, "inputs"), "role name size sha1 sha256", 2);
    must_have(json_object_get(root, "coverage"), "members unread source_files source_bytes");
    all_must_have(json_object_get(json_object_get(root, "coverage"), "unread"), "path reason", 1);
    const json_t *components = json_object_get(root, "components");
    all_must_have(components,
                  "id role name path kind machine sha256 same_as licence undefined "
                  "defined",
                  3);
    json_array_foreach(components, i, row)
    {
        must_have(json_object_get(row, "licence"), "declared where");
        must_have(json_object_get(row, "undefined"),
                  "total released prebuilt binary-only unresolved toolchain undetermined");
        must_have(json_object_get(row, "defined"),
                  "total released prebuilt binary-only toolchain undetermined");
    }
    const json_t *unknown = json_object_get(json_array_get(components, 0), "defined");
    CHECK(json_is_null(json_object_get(unknown, "total")));
    CHECK(json_is_null(json_object_get(unknown, "released")));
    const json_t *symbols = json_object_get(root, "symbols");
    CHECK(json_array_size(symbols) == 6);
    json_array_foreach(symbols, i, row) check_symbol(row);
    const json_t *symbol = by_name(symbols, "vmk_PCIGetDeviceName");
    const json_t *provider = json_array_get(json_object_get(symbol, "providers"), 0);
    CHECK_TEXT(json_string_value(json_object_get(provider, "address")), "0xffffffff81234560");
    CHECK(json_integer_value(json_object_get(provider, "size")) == 0x137);
    CHECK(json_array_size(json_object_get(symbol, "verify")) > 0);
    all_must_have(json_object_get(root, "functions"), "component name class reason", 2);
    all_must_have(json_object_get(root, "works"), "components links licences missing", 2);
    must_have(json_object_get(root, "totals"), "undefined defined components names outside");
    json_decref(root);
    root = parsed(&case_, false);
    CHECK(json_array_size(json_object_get(root, "symbols")) == 5);
    CHECK(!by_name(json_object_get(root, "symbols"), "zlib_inflate"));
    json_decref(root);
    cor_case_dispose(&case_);
}

TEST(where_the_user_stood_does_not_show)
{
    struct cor_case case_;
    sample_case(&case_);
    for (const struct cor_report_format *format = cor_report_formats; format->name; format++) {
        char *text = written(&case_, format->name, true);
        CHECK(text && !strstr(text, "/media/") && !strstr(text, "rel/source"));
        free(text);
    }
    cor_case_dispose(&case_);
}

TEST(an_empty_case_can_be_told)
{
    struct cor_case case_;
    cor_case_init(&case_);
    for (const struct cor_report_format *format = cor_report_formats; format->name; format++) {
        char *text = written(&case_, format->name, true);
        CHECK(text && text[0]);
        free(text);
    }
    json_t *root = parsed(&case_, true);
    CHECK(json_is_null(json_object_get(json_object_get(root, "tool"), "name")));
    CHECK(json_array_size(json_object_get(root, "symbols")) == 0);
    json_decref(root);
    char *text = written(&case_, "text", false);
    CHECK(text && strstr(text, "Nothing could be judged"));
    free(text);
    CHECK(shown(&case_, "x") == NULL && shown(&case_, "") == NULL);
    CHECK(listed(&case_, "nonsense") == NULL);
    cor_case_dispose(&case_);
}

TEST(twice_the_same)
{
    struct cor_case first, second;
    sample_case(&first);
    sample_case(&second);
    for (const struct cor_report_format *format = cor_report_formats; format->name; format++) {
        char *one = written(&first, format->name, true);
        char *two = written(&second, format->name, true);
        CHECK_TEXT(one, two);
        free(one);
        free(two);
    }
    cor_case_dispose(&first);
    cor_case_dispose(&second);
}

static void must_say(const char *text, const char *const *parts)
{
    const char *at = text;
    for (; *parts; parts++) {
        const char *found = at ? strstr(at, *parts) : NULL;
        if (!CHECK(found != NULL))
            printf("# not said, or not in this order: %s\n", *parts);
        at = found ? found : at;
    }
}

TEST(the_summary_says_it_in_order)
{
    static const char *const parts[] = {"correspond 0.1.0",
                                        "inst'aller.iso",
                                        "sha256 0011",
                                        "source/, a folder",
                                        "No: the released source does not correspond.",
                                        "4 names exist only",
                                        "1 further function",
                                        "Symbols",
                                        "binary-only",
                                        "total",
                                        "Findings",
                                        "4 names in k.b00, called from released code",
                                        "vmk_PCIGetDeviceName",
                                        "2 components",
                                        "Combined works",
                                        "Not decided",
                                        "libz.so.1 was not given",
                                        "Unread",
                                        "source/secret.zip",
                                        "encrypted",
                                        "Notes",
                                        "The kernel says 5.5.0",
                                        "does not say that the binary was",
                                        NULL};
    struct cor_case case_;
    sample_case(&case_);
    char *text = written(&case_, "text", false);
    must_say(text, parts);
    CHECK(text && harmless(text, false));
    free(text);
    cor_case_dispose(&case_);
}

TEST(the_narrative_is_told_in_order)
{
    static const char *const parts[] = {
        "vmk_PCIGetDeviceName is binary-only",
        "This is a finding: released code needs it",
        "Where released code calls it",
        "linux_pci.c:41",
        "in the function LinuxPCIDeviceRemoved",
        ">     41  return f();",
        "through macros.h:12",
        "dead branch",
        "Where it is declared",
        ":7",
        ">      7  int f(void);",
        "\\x1b[31m",
        "Its body",
        "gen.c:1",
        "Searched: 10 source files",
        "123,456 bytes",
        "source/secret.zip: encrypted",
        "Namesakes",
        "other.c:3",
        "a static function",
        "Who needs it in binary form",
        "*UND* row 17 of .symtab",
        ".text+0x24b  R_X86_64_PC32  addend -4  call in LinuxPCIDeviceRemoved",
        "e800000000  call 0x24f",
        "source: linux_pci.c:41",
        "Who has it",
        "k.b00 (component 1)",
        "section .text, address 0xffffffff81234560, size 0x137",
        "Licences",
        "GPL, declared in",
        "k.b00: declares no licence",
        "called in linux_pci.c:3: its notice",
        "under the GPL <b>",
        "declared in",
        "its SPDX tag",
        "GPL-2.0 OR MIT",
        "How to verify by hand",
        "$ SHIPPED1='/media/inst'\\''aller.iso'",
        "$ SOURCE1=rel/source",
        "readelf -Ws",
        NULL};
    struct cor_case case_;
    sample_case(&case_);
    char *text = shown(&case_, "vmk_PCIGetDeviceName");
    must_say(text, parts);
    CHECK(text && harmless(text, false));
    free(text);
    cor_case_dispose(&case_);
}

TEST(everything_can_be_shown)
{
    struct cor_case case_;
    sample_case(&case_);
    for (size_t i = 0; i < case_.symbols.count; i++) {
        char *text = shown(&case_, case_.symbols.items[i].name);
        CHECK(text && harmless(text, false));
        free(text);
    }
    static const char *const others[][2] = {
        {"zlib_inflate", "without its evidence"},
        {"k.b00", "What it has that others need"},
        {"2", "What it needs that is not explained"},
        {"inst'aller.iso!/k.b00!gzip", "kernel"},
        {"tools.exe", "PE image"},
        {"linux_pci.c", "calls vmk_PCIGetDeviceName (binary-only) in LinuxPCIDeviceRemoved"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char *text = shown(&case_, others[i][0]);
        if (!CHECK(text && harmless(text, false) && strstr(text, others[i][1])))
            printf("# %s: %s\n", others[i][0], text ? text : "nothing");
        free(text);
    }
    CHECK(shown(&case_, "nowhere") == NULL && shown(&case_, "pci.c") == NULL);
    cor_case_dispose(&case_);
}

// A row has as many columns as the header, whatever stands in the names.
TEST(lists_have_columns)
{
    static const struct {
        const char *what;
        unsigned rows;
    } lists[] = {{"components", 3}, {"symbols", 6}, {"members", 8}, {"unread", 1}, {"sources", 3}};
    struct cor_case case_;
    sample_case(&case_);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        char *text = listed(&case_, lists[i].what);
        unsigned lines = 0, tabs = 0, header = 0;
        CHECK(text && harmless(text, true));
        for (const char *at = text; at && *at; at++) {
            tabs += *at == '\t';
            if (*at != '\n')
                continue;
            if (lines++ == 0)
                header = tabs;
            CHECK(tabs == header);
            tabs = 0;
        }
        if (!CHECK(lines == lists[i].rows + 1))
            printf("# %s: %u lines\n", lists[i].what, lines);
        free(text);
    }
    cor_case_dispose(&case_);
}

// Every "<" of the page is the page's own: what came from files is escaped.
TEST(the_page_escapes_what_it_tells)
{
    struct cor_case case_;
    sample_case(&case_);
    case_.symbols.items[3].reason = "<script>alert(1)</script>";
    case_.components.items[0].path = "</td><img src=x onerror=y>";
    char *text = written(&case_, "html", true);
    CHECK(text && !strstr(text, "<script>alert") && !strstr(text, "<img") && !strstr(text, "<b>&"));
    CHECK(text && strstr(text, "&#60;script&#62;alert(1)&#60;/script&#62;"));
    CHECK(text && strstr(text, "&#60;b&#62;&#38;amp;&#60;/b&#62;"));
    CHECK(text && strstr(text, "<details id=\"f-vmk_PCIGetDeviceName\" class=row "));
    CHECK(text && strstr(text, "Where released code calls it") && strstr(text, "readelf -Ws"));
    CHECK(text && !strstr(text, "http:") && !strstr(text, "https:") && harmless(text, false));
    free(text);
    cor_case_dispose(&case_);
}

// A reader of RFC 4180: how many fields each record has.
TEST(the_table_has_its_columns)
{
    struct cor_case case_;
    sample_case(&case_);
    char *text = written(&case_, "csv", true);
    unsigned fields = 1, records = 0;
    bool quoted = false;
    for (const char *at = text; at && *at; at++) {
        if (*at == '"')
            quoted = !quoted;
        else if (!quoted && *at == ',')
            fields++;
        else if (!quoted && *at == '\n') {
            CHECK(fields == 19);
            fields = 1;
            records++;
        } else
            CHECK(quoted || *at != '\'');
    }
    CHECK(!quoted && records == 1 + 4 * 2 + 3 + 1);
    free(text);
    case_.symbols.items[0].name = "=cmd|' /C calc'!A0";
    text = written(&case_, "csv", true);
    CHECK(text && strstr(text, "\"'=cmd|"));
    free(text);
    cor_case_dispose(&case_);
}

TEST(the_picture_counts_names)
{
    struct cor_case case_;
    sample_case(&case_);
    char *text = written(&case_, "dot", true);
    CHECK(text && strstr(text, "c2 -> c1 [label=\"4\", style=bold"));
    CHECK(text && strstr(text, "c2 [label=\"open$(x)\\n`y`.ko\""));
    free(text);
    cor_case_dispose(&case_);
}

TEST(a_full_disk_is_told)
{
    struct cor_case case_;
    const struct cor_report_options options = {0};
    sample_case(&case_);
    for (const struct cor_report_format *format = cor_report_formats; format->name; format++) {
        FILE *full = fopen("/dev/full", "w");
        CHECK(full && format->write(&case_, &options, full) == COR_IO);
        if (full)
            fclose(full);
    }
    FILE *full = fopen("/dev/full", "w");
    CHECK(full && cor_list(&case_, "members", full) == COR_IO);
    CHECK(full && cor_show(&case_, "zz_absent", full) == COR_IO);
    if (full)
        fclose(full);
    cor_interrupt_raise();
    CHECK(written(&case_, "json", true) == NULL);
    cor_interrupt_clear();
    cor_case_dispose(&case_);
}

TEST(every_allocation_may_fail)
{
    struct cor_case case_;
    sample_case(&case_);
    for (const struct cor_report_format *format = cor_report_formats; format->name; format++) {
        char *want = written(&case_, format->name, true), *got = NULL;
        for (long i = 0; i < 3000 && !got; i++) {
            cor_alloc_fail_after(i);
            got = written(&case_, format->name, true);
            cor_alloc_fail_after(-1);
        }
        CHECK_TEXT(got, want);
        free(got);
        free(want);
    }
    cor_case_dispose(&case_);
}

TEST(a_large_report_is_quick)
{
    struct cor_case case_;
    struct timespec start, end;
    sample_large_case(&case_);
    clock_gettime(CLOCK_MONOTONIC, &start);
    char *text = written(&case_, "json", true);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("# written in %.2f s, %zu bytes\n",
           (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec),
           text ? strlen(text) : 0);
    CHECK(text != NULL);
    free(text);
    cor_case_dispose(&case_);
}

static const struct test_case cases[] = {
    CASE(utf8_is_told_from_bytes),        CASE(json_is_the_golden_text),
    CASE(json_keeps_the_contract),        CASE(where_the_user_stood_does_not_show),
    CASE(an_empty_case_can_be_told),      CASE(twice_the_same),
    CASE(the_summary_says_it_in_order),   CASE(the_narrative_is_told_in_order),
    CASE(everything_can_be_shown),        CASE(lists_have_columns),
    CASE(the_page_escapes_what_it_tells), CASE(the_table_has_its_columns),
    CASE(the_picture_counts_names),       CASE(a_full_disk_is_told),
    CASE(every_allocation_may_fail),      CASE(a_large_report_is_quick),
};

// With an argument: writes that report of the sample, or shows that thing (to renew the golden
// text, and to look at).
int main(int count, char **arguments)
{
    if (count == 1)
        return test_run(cases, sizeof cases / sizeof *cases);
    struct cor_case case_;
    sample_case(&case_);
    const struct cor_report_format *format = cor_report_format(arguments[1]);
    const struct cor_report_options options = {.all = true};
    enum cor_status status =
        format ? format->write(&case_, &options, stdout) : cor_show(&case_, arguments[1], stdout);
    cor_case_dispose(&case_);
    return status != COR_OK;
}
