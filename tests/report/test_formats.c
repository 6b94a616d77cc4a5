// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The formats of other programs, read back.
#include <jansson.h>
#include <stdlib.h>

#include "harness.h"
#include "markup.h"
#include "report/align.h"
#include "report/bom.h"
#include "report/colour.h"
#include "report/report.h"
#include "sample_case.h"

static char *report_of(const struct cor_case *case_, const char *format)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const struct cor_report_options options = {0};
    enum cor_status status = cor_report_format(format)->write(case_, &options, out);
    fclose(out);
    if (status == COR_OK && strlen(text) == size)
        return text;
    free(text);
    return NULL;
}

static json_t *parsed(const struct cor_case *case_, const char *format)
{
    json_error_t error = {0};
    char *text = report_of(case_, format);
    json_t *root = text ? json_loads(text, JSON_REJECT_DUPLICATES, &error) : NULL;
    if (!CHECK(root != NULL))
        printf("# %d: %s\n", error.line, error.text);
    free(text);
    return root;
}

// The text at a path of keys and indexes: "runs/0/version".
static const char *text_at(const json_t *value, const char *path)
{
    char copy[256];
    snprintf(copy, sizeof copy, "%s", path);
    for (char *key = strtok(copy, "/"); key; key = strtok(NULL, "/"))
        value = json_is_array(value) ? json_array_get(value, strtoul(key, NULL, 10))
                                     : json_object_get(value, key);
    return json_is_string(value) ? json_string_value(value) : NULL;
}

TEST(sarif_has_each_finding_at_its_call)
{
    struct cor_case case_;
    size_t i;
    json_t *result;
    sample_case(&case_);
    json_t *root = parsed(&case_, "sarif");
    CHECK_TEXT(text_at(root, "version"), "2.1.0");
    CHECK_TEXT(text_at(root, "runs/0/tool/driver/rules/2/id"), "binary-only");
    const json_t *results =
        json_object_get(json_array_get(json_object_get(root, "runs"), 0), "results");
    CHECK(json_array_size(results) == 5);
    json_array_foreach(results, i, result)
    {
        const char *uri = text_at(result, "locations/0/physicalLocation/artifactLocation/uri");
        CHECK(text_at(result, "ruleId") && text_at(result, "message/text"));
        CHECK(uri && strspn(uri, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                 "-._~/%") == strlen(uri));
    }
    const json_t *call =
        json_array_get(json_object_get(json_array_get(results, 0), "locations"), 0);
    CHECK_TEXT(text_at(call, "physicalLocation/artifactLocation/uri"), "linux_pci.c");
    CHECK_TEXT(text_at(call, "logicalLocations/0/name"), "LinuxPCIDeviceRemoved");
    CHECK_TEXT(text_at(call, "properties/licenceNotice"), "under the GPL <b>\"2\"");
    const json_t *region = json_object_get(json_object_get(call, "physicalLocation"), "region");
    CHECK(json_integer_value(json_object_get(region, "startLine")) == 41);
    json_decref(root);
    cor_case_dispose(&case_);
}

TEST(xml_is_well_formed)
{
    struct cor_case case_;
    sample_case(&case_);
    case_.symbols.items[3].reason = "]]></failure>\"'\x01\xef\xbf\xbf";
    case_.components.items[0].name = "</data><x y='";
    char *junit = report_of(&case_, "junit"), *graph = report_of(&case_, "graphml");
    CHECK(junit && well_formed(junit) && !strchr(junit, 1) && !strstr(junit, "\xef\xbf\xbf"));
    // The four names are needed by two components each; one function is a finding of the second.
    CHECK(junit && count_of(junit, "<failure ") == 4 * 2 && count_of(junit, "<skipped ") == 1);
    CHECK(junit && strstr(junit, "tests=\"5\" failures=\"4\" errors=\"0\" skipped=\"1\""));
    CHECK(junit && strstr(junit, "tests=\"4\" failures=\"4\""));
    CHECK(junit && count_of(junit, "name=\"no finding\"") == 1);
    CHECK(graph && well_formed(graph) && count_of(graph, "<node ") == 3);
    CHECK(graph && strstr(graph, "<edge source=\"c2\" target=\"c1\"><data key=\"names\">4</data>"
                                 "<data key=\"findings\">4</data></edge>"));
    free(junit);
    free(graph);
    cor_case_dispose(&case_);
}

TEST(markdown_tables_hold_hostile_names)
{
    struct cor_case case_;
    sample_case(&case_);
    case_.symbols.items[3].name = "a|b`c`[x](y)<i>";
    char *text = report_of(&case_, "markdown");
    CHECK(text && strstr(text, "<code>a&#124;b&#96;c&#96;&#91;x&#93;(y)&#60;i&#62;</code>"));
    CHECK(text && strstr(text, "| **total** | 39 |") && strstr(text, "### 4 names in <code>k.b00"));
    for (const char *line = text; line && *line; line = strchr(line, '\n') + 1) {
        size_t bars = 0;
        for (const char *at = line; *at != '\n'; at++)
            bars += *at == '|';
        CHECK(*line != '|' || bars == 4 || bars == 5);
    }
    free(text);
    cor_case_dispose(&case_);
}

static void check_uuid(const char *uuid)
{
    CHECK(uuid && strncmp(uuid, "urn:uuid:", 9) == 0 && strlen(uuid) == 45);
    CHECK(uuid && uuid[9 + 14] == '4' && strchr("89ab", uuid[9 + 19]));
}

TEST(spdx_holds_what_it_must)
{
    struct cor_case case_;
    sample_case(&case_);
    unsetenv("SOURCE_DATE_EPOCH");
    json_t *root = parsed(&case_, "spdx");
    CHECK_TEXT(text_at(root, "spdxVersion"), "SPDX-2.3");
    CHECK_TEXT(text_at(root, "dataLicense"), "CC0-1.0");
    CHECK_TEXT(text_at(root, "SPDXID"), "SPDXRef-DOCUMENT");
    CHECK_TEXT(text_at(root, "creationInfo/created"), "1980-01-01T00:00:00Z");
    CHECK_TEXT(text_at(root, "creationInfo/creators/0"), "Tool: correspond-0.1.0");
    CHECK_TEXT(text_at(root, "packages/0/checksums/0/algorithm"), "SHA1");
    CHECK_TEXT(text_at(root, "packages/3/licenseDeclared"), "GPL-2.0-only");
    CHECK(strlen(text_at(root, "packages/3/checksums/0/checksumValue")) == 64);
    check_uuid(text_at(root, "documentNamespace"));
    CHECK_TEXT(text_at(root, "packages/5/licenseDeclared"), "LicenseRef-1");
    CHECK_TEXT(text_at(root, "hasExtractedLicensingInfos/0/extractedText"),
               "under the GPL <b>\"2\"");
    CHECK_TEXT(text_at(root, "packages/6/licenseDeclared"), "GPL-2.0 OR MIT");
    // Described inputs, what they contain, and who is linked with whom.
    CHECK(json_array_size(json_object_get(root, "relationships")) == 2 + 5 + 2);
    CHECK(json_array_size(json_object_get(root, "packages")) == 2 + 3 + 2);
    json_decref(root);
    setenv("SOURCE_DATE_EPOCH", "86400", true);
    root = parsed(&case_, "spdx");
    CHECK_TEXT(text_at(root, "creationInfo/created"), "1970-01-02T00:00:00Z");
    unsetenv("SOURCE_DATE_EPOCH");
    json_decref(root);
    cor_case_dispose(&case_);
}

TEST(cyclonedx_holds_what_it_must)
{
    struct cor_case case_;
    sample_case(&case_);
    json_t *root = parsed(&case_, "cyclonedx");
    CHECK_TEXT(text_at(root, "bomFormat"), "CycloneDX");
    CHECK_TEXT(text_at(root, "specVersion"), "1.6");
    CHECK_TEXT(text_at(root, "components/0/components/1/licenses/0/expression"), "GPL-2.0-only");
    CHECK_TEXT(text_at(root, "components/0/components/1/bom-ref"), "component-2");
    CHECK_TEXT(text_at(root, "components/0/components/0/type"), "operating-system");
    CHECK_TEXT(text_at(root, "dependencies/0/ref"), "component-2");
    CHECK_TEXT(text_at(root, "dependencies/0/dependsOn/0"), "component-1");
    check_uuid(text_at(root, "serialNumber"));
    json_decref(root);
    cor_case_dispose(&case_);
}

TEST(all_are_the_same_twice)
{
    for (const struct cor_report_format *format = cor_report_formats; format->name; format++) {
        struct cor_case one, two;
        sample_case(&one);
        sample_case(&two);
        char *first = report_of(&one, format->name), *second = report_of(&two, format->name);
        CHECK(first && second && strcmp(first, second) == 0);
        free(first);
        free(second);
        cor_case_dispose(&one);
        cor_case_dispose(&two);
    }
}

static char *dressed(const char *text, bool colour)
{
    char *result = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&result, &size);
    if (colour)
        cor_colour(text, out);
    else
        CHECK(cor_align(text, out) == COR_OK);
    fclose(out);
    return result;
}

TEST(lists_are_aligned_at_a_terminal)
{
    char *text = dressed("name\tn\tpath\nx\xc3\xa9\t1000\tp\na long name\t2\tq\n", false);
    CHECK_TEXT(text, "name         n     path\nx\xc3\xa9           1000  p\n"
                     "a long name  2     q\n");
    free(text);
}

// A name that looks like a class, and text inside a line, stay plain.
TEST(colour_goes_to_headings_and_classes_alone)
{
    char *text = dressed("Answer\n  No: it does not.\n    binary-only-thing   prebuilt  1 x\n"
                         "  what is released here\n",
                         true);
    CHECK_TEXT(text, "\033[1mAnswer\033[0m\n  \033[1;31mNo:\033[0m it does not.\n"
                     "    binary-only-thing   \033[35mprebuilt\033[0m  1 x\n"
                     "  what is released here\n");
    free(text);
}

TEST(spdx3_holds_what_it_must)
{
    struct cor_case case_;
    sample_case(&case_);
    json_t *root = parsed(&case_, "spdx3");
    const json_t *graph = json_object_get(root, "@graph");
    size_t i, files = 0, links = 0;
    json_t *element;
    CHECK_TEXT(text_at(root, "@context"), "https://spdx.org/rdf/3.0.1/spdx-context.jsonld");
    CHECK_TEXT(text_at(graph, "0/type"), "CreationInfo");
    json_array_foreach(graph, i, element)
    {
        const char *type = text_at(element, "type"), *how = text_at(element, "relationshipType");
        files += strcmp(type, "software_File") == 0;
        links += how && strcmp(how, "hasDynamicLink") == 0;
    }
    // Three components and two files that the findings cite; two components need names of the
    // first.
    CHECK(files == 5 && links == 2);
    json_decref(root);
    cor_case_dispose(&case_);
}

// A tag may be any text; only what SPDX knows may stand as an expression.
TEST(expressions_are_told_from_other_tags)
{
    static const char *const right[] = {"MIT", "GPL-2.0 WITH Linux-syscall-note",
                                        "(GPL-2.0+ OR BSD-3-Clause) AND MIT",
                                        "((GPL-2.0-only WITH Linux-syscall-note) OR MIT)"};
    static const char *const wrong[] = {"",
                                        "GPL",
                                        "MIT MIT",
                                        "MIT OR",
                                        "OR MIT",
                                        "(MIT",
                                        "MIT)",
                                        "Linux-syscall-note",
                                        "()",
                                        "MIT WITH",
                                        "(MIT) WITH Linux-syscall-note",
                                        "MIT or ISC",
                                        "MIT WITH ISC",
                                        "MIT (ISC)"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        CHECK(cor_bom_is_expression(right[i]));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(!cor_bom_is_expression(wrong[i]));
}

static const struct test_case cases[] = {
    CASE(sarif_has_each_finding_at_its_call), CASE(xml_is_well_formed),
    CASE(markdown_tables_hold_hostile_names), CASE(spdx_holds_what_it_must),
    CASE(cyclonedx_holds_what_it_must),       CASE(all_are_the_same_twice),
    CASE(lists_are_aligned_at_a_terminal),    CASE(colour_goes_to_headings_and_classes_alone),
    CASE(spdx3_holds_what_it_must),           CASE(expressions_are_told_from_other_tags),
};

int main(void)
{
    return test_run(cases, sizeof cases / sizeof *cases);
}
