// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The page: whole, harmless, and the same twice.
#include <stdlib.h>

#include "harness.h"
#include "markup.h"
#include "report/metrics.h"
#include "report/pack.h"
#include "report/picture.h"
#include "report/report.h"
#include "report/utf8.h"
#include "sample_case.h"

static char *page_of(const struct cor_case *case_)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const struct cor_report_options options = {0};
    enum cor_status status = cor_report_format("html")->write(case_, &options, out);
    fclose(out);
    if (status == COR_OK && strlen(text) == size)
        return text;
    free(text);
    return NULL;
}

TEST(the_checker_can_fail)
{
    CHECK(well_formed("<p a=\"<&\">x</p>") == false);
    CHECK(!well_formed("<p><b></p></b>") && !well_formed("<p>") && !well_formed("</p>"));
    CHECK(!well_formed("<p a='x></p>") && !well_formed("<script>"));
    CHECK(well_formed("<p a=\"b>\">x<br>y<rect x=1 /></p><script>a<b</script>"));
}

TEST(the_page_is_well_formed)
{
    struct cor_case case_;
    sample_case(&case_);
    case_.symbols.items[3].calls.items[0].excerpt = "</pre><script>\n\"'\xfe\n";
    case_.components.items[0].name = "\"><script>x</script>";
    case_.inputs.items[0].name = "<b>'\"";
    char *text = page_of(&case_);
    CHECK(text && well_formed(text));
    CHECK(text && count_of(text, "<script>") == 1 && !strstr(text, "<img"));
    CHECK(text && count_of(text, "<script") == 1 && !strstr(text, "<b>'"));
    CHECK(text && !strstr(text, "http://") && !strstr(text, "https://") &&
          !strstr(text, "@import"));
    CHECK(text && count_of(text, "url(") == count_of(text, "url(#"));
    free(text);
    cor_case_dispose(&case_);
}

TEST(each_finding_is_a_section_once)
{
    struct cor_case case_;
    sample_case(&case_);
    case_.symbols.items[1].name = "vmk_PCIGetDeviceName";
    case_.symbols.items[2].name = "vmk_PCIGetDeviceName";
    char *text = page_of(&case_);
    CHECK(text && count_of(text, " id=\"f-vmk_PCIGetDeviceName\"") == 1);
    CHECK(text && count_of(text, " id=\"f-vmk_PCIGetDeviceName-2\"") == 1);
    CHECK(text && count_of(text, " id=\"f-vmk_PCIGetDeviceName-3\"") == 1);
    CHECK(text && count_of(text, " id=\"f-~27~3b~20touch~20pwned~3b~20~27\"") == 1);
    CHECK(text && count_of(text, "\" class=row ") == 4);
    free(text);
    cor_case_dispose(&case_);
}

// Where an attribute's value ends.
static size_t value_size(const char *value)
{
    return *value == '"' ? strcspn(value + 1, "\"") : strcspn(value, " >");
}

TEST(every_link_has_its_target)
{
    struct cor_case case_;
    sample_case(&case_);
    char *text = page_of(&case_);
    size_t links = 0;
    for (const char *at = text; at && (at = strstr(at, "href=\"#")); links++) {
        at += 6;
        char bare[9000], quoted[9000];
        int size = (int)strcspn(at + 1, "\"");
        snprintf(bare, sizeof bare, " id=%.*s", size, at + 1);
        snprintf(quoted, sizeof quoted, " id=\"%.*s\"", size, at + 1);
        bool found = strstr(text, quoted) != NULL;
        for (const char *id = text; !found && (id = strstr(id, bare)); id++)
            found = value_size(id + 4) + 4 == strlen(bare);
        if (!CHECK(found))
            printf("# no %s\n", quoted);
    }
    CHECK(links > 10);
    free(text);
    cor_case_dispose(&case_);
}

TEST(the_evidence_is_whole)
{
    static const char *const parts[] = {
        "is binary-only: a shipped",
        "Where released code calls it",
        "linux_pci.c:41",
        "<mark>    41  return f();</mark>",
        "Where it is declared",
        "Its body",
        "Searched: 10 source files",
        "secret.zip: encrypted",
        "Namesakes",
        "Who needs it in binary form",
        "*UND* row 17 of .symtab",
        ".text+0x24b",
        "R_X86_64_PC32",
        "e800000000<br>call 0x24f",
        "Who has it",
        "0xffffffff81234560",
        "kernel-global",
        "Licences",
        "declared in .modinfo",
        "under the GPL &#60;b&#62;",
        "its notice",
        "GPL-2.0 OR MIT",
        "How to verify by hand",
        "<div class=command><pre>",
        "readelf -Ws",
    };
    struct cor_case case_;
    sample_case(&case_);
    char *text = page_of(&case_);
    const char *at = text ? strstr(text, "id=\"f-vmk_PCIGetDeviceName\"") : NULL;
    for (size_t i = 0; at && i < sizeof parts / sizeof *parts; i++) {
        const char *next = strstr(at, parts[i]);
        if (!CHECK(next != NULL))
            printf("# no \"%s\" in its place\n", parts[i]);
        at = next ? next : at;
    }
    CHECK(at != NULL);
    free(text);
    cor_case_dispose(&case_);
}

TEST(the_page_is_the_same_twice)
{
    struct cor_case one, two;
    sample_case(&one);
    sample_case(&two);
    char *first = page_of(&one), *second = page_of(&two);
    CHECK(first && second && strcmp(first, second) == 0);
    free(first);
    free(second);
    cor_case_dispose(&one);
    cor_case_dispose(&two);
}

// What page.js does, done here: see report/pack.h.
static unsigned digits(const char **at, unsigned count)
{
    unsigned number = 0;
    for (; count > 0; count--, ++*at) {
        int digit = **at - '#';
        digit -= (**at > '<') + (**at > '^') + (**at > '`');
        number = number * COR_PACK_BASE + (unsigned)digit;
    }
    return number;
}

static char *unpacked(const char *at, size_t *ret_size)
{
    char *text = NULL;
    size_t size = 0, capacity = 16u << 20;
    text = malloc(capacity);
    while (text && *at && *at != '<') {
        if (*at != '`') {
            text[size++] = (char)(*at == '^' ? '<' : *at);
            at++;
            continue;
        }
        at++;
        size_t length = digits(&at, 2) + COR_PACK_LEAST, distance = digits(&at, 3);
        if (distance == 0 || distance > size || size + length >= capacity) {
            free(text);
            return NULL;
        }
        for (; length > 0; length--, size++)
            text[size] = text[size - distance];
    }
    if (text)
        text[size] = 0;
    *ret_size = size;
    return text;
}

static void check_packed(const char *markup)
{
    char *plain = NULL, *packed = NULL;
    size_t plain_size = 0, packed_size = 0, size = 0;
    FILE *out = open_memstream(&plain, &plain_size);
    cor_pack_plain(out, cor_slice_text(markup));
    fclose(out);
    out = open_memstream(&packed, &packed_size);
    CHECK(cor_pack(out, cor_slice(plain, plain_size)) == COR_OK);
    fclose(out);
    for (const char *at = packed; *at; at++)
        CHECK(*at != '<' && (unsigned char)*at < 0x80);
    char *again = unpacked(packed, &size);
    CHECK(again && size == plain_size && memcmp(again, plain, size) == 0);
    free(again);
    free(packed);
    free(plain);
}

TEST(what_is_packed_comes_back)
{
    static char text[300001];
    uint32_t random = 1;
    check_packed("");
    check_packed("<p>^`caf\xc3\xa9\xff</p>");
    memset(text, '<', sizeof text - 1);
    check_packed(text);
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        random = random * 1664525 + 1013904223;
        char other = (char)('!' + (random >> 20) % 90);
        text[i] = random >> 28 ? text[i / 3] : other;
    }
    check_packed(text);
}

// So many findings that their evidence comes packed: all of it is there, and none is left out.
TEST(evidence_comes_later_in_a_large_page)
{
    struct cor_case case_;
    sample_case(&case_);
    char *excerpt = malloc(1 << 20);
    memset(excerpt, '<', (1 << 20) - 1);
    excerpt[(1 << 20) - 1] = 0;
    case_.symbols.items[0].calls.items[0].excerpt = excerpt;
    char *text = page_of(&case_);
    CHECK(text && well_formed(text) && count_of(text, " data-pack=") == 1);
    CHECK(text && count_of(text, "<script type=\"text/plain\" id=pack") == 1);
    const char *pack = text ? strstr(text, "id=pack1>") : NULL;
    size_t size = 0, length = 0;
    char id[256] = "", *records = pack ? unpacked(pack + 9, &size) : NULL;
    CHECK(records && sscanf(records, "%255s %zu\n", id, &length) == 2);
    char *body = records ? strchr(records, '\n') : NULL;
    CHECK(body && (size_t)(body + 1 - records) + length == size);
    CHECK(body && well_formed(body) && strstr(body, "How to verify by hand"));
    CHECK_TEXT(id, "f-~27~3b~20touch~20pwned~3b~20~27");
    free(records);
    free(text);
    free(excerpt);
    cor_case_dispose(&case_);
}

static bool overlap(const struct cor_picture_box *a, const struct cor_picture_box *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
           b->y < a->y + a->height;
}

static size_t check_boxes(const struct cor_picture *picture)
{
    size_t sum = 0;
    CHECK(picture->inside <= COR_PICTURE_MOST_BOXES);
    CHECK(picture->boxes.count <= picture->inside + COR_PICTURE_MOST_BESIDE);
    for (size_t i = 0; i < picture->boxes.count; i++) {
        const struct cor_picture_box *box = &picture->boxes.items[i];
        sum += i < picture->inside ? box->count : 0;
        CHECK(box->x > 0 && box->x + box->width < picture->width);
        CHECK(box->y > 0 && box->y + box->height < picture->height);
        for (size_t k = 0; k < i; k++)
            CHECK(!overlap(box, &picture->boxes.items[k]));
    }
    return sum;
}

// Every group comes apart, down to the single components: returns how many of these there are.
static size_t check_inside(const struct cor_picture *picture, unsigned depth)
{
    size_t single = 0;
    for (size_t i = 0; i < picture->inside && CHECK(depth < 8); i++) {
        struct cor_picture part;
        if (picture->boxes.items[i].count == 1) {
            single++;
            continue;
        }
        CHECK(cor_picture_init_box(&part, picture, i) == COR_OK);
        CHECK(part.inside > 1 && check_boxes(&part) == picture->boxes.items[i].count);
        single += check_inside(&part, depth + 1);
        cor_picture_dispose(&part);
    }
    return single;
}

static void check_picture(const struct cor_case *case_, size_t components)
{
    struct cor_plan plan;
    struct cor_picture picture;
    CHECK(cor_plan_init(&plan, case_) == COR_OK);
    CHECK(cor_picture_init(&picture, &plan) == COR_OK);
    CHECK(check_boxes(&picture) == components);
    CHECK(check_inside(&picture, 0) == components);
    cor_picture_dispose(&picture);
    cor_plan_dispose(&plan);
}

TEST(each_component_stands_in_one_box)
{
    struct cor_case case_;
    sample_case(&case_);
    check_picture(&case_, 3);
    cor_case_dispose(&case_);
    sample_large_case(&case_);
    for (size_t i = 0; i < case_.components.count; i++) {
        struct cor_case_component *component = &case_.components.items[i];
        // Chains of folders, one folder with many, and many folders with few.
        component->path = i % 3 == 0
                              ? cor_arena_printf(&case_.arena, "a/%zu/%zu/m%zu", i % 7, i % 5, i)
                          : i % 3 == 1 ? cor_arena_printf(&case_.arena, "a/b/c/d/m%zu", i)
                                       : cor_arena_printf(&case_.arena, "a/e/%zu/m%zu", i % 700, i);
        component->kind = i % 100 == 0 ? COR_KIND_KERNEL : COR_KIND_KERNEL_MODULE;
        component->has_source = i % 2 == 0;
    }
    check_picture(&case_, case_.components.count);
    cor_case_dispose(&case_);
    cor_case_init(&case_);
    check_picture(&case_, 0);
    cor_case_dispose(&case_);
}

TEST(texts_are_cut_to_fit)
{
    static const char name[] = "a_rather_long_name_of_a_module_that_\xe2\x82\xac_does_not_fit.ko";
    for (int width = 0; width < 40000; width += 700) {
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        cor_metrics_fit(out, COR_SLICE(name), width);
        fclose(out);
        bool whole = cor_metrics_width(COR_SLICE(name)) <= width;
        CHECK((strcmp(text, name) == 0) == whole);
        CHECK(whole == !strstr(text, "\xe2\x80\xa6"));
        CHECK(width < 1000 || cor_metrics_width(cor_slice_text(text)) <= width);
        free(text);
    }
}

static const struct test_case cases[] = {
    CASE(the_checker_can_fail),
    CASE(the_page_is_well_formed),
    CASE(each_finding_is_a_section_once),
    CASE(every_link_has_its_target),
    CASE(the_evidence_is_whole),
    CASE(the_page_is_the_same_twice),
    CASE(what_is_packed_comes_back),
    CASE(evidence_comes_later_in_a_large_page),
    CASE(each_component_stands_in_one_box),
    CASE(texts_are_cut_to_fit),
};

int main(void)
{
    return test_run(cases, sizeof cases / sizeof *cases);
}
