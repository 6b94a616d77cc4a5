// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Objects that texts spell: found and decoded, and hostile texts that only harm themselves.
#include "harness.h"

#include "intake/formats/text_decode.h"

#include <stdint.h>
#include <stdlib.h>

static const unsigned char object[] = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0,  0,  0,
                                       0,    0,   0,   0,   1, 0, 8, 0, 1, 27, 34, 92};

static void spell(struct cor_buffer *out, const char *before, unsigned width, bool big,
                  const char *behind)
{
    CHECK(cor_buffer_printf(out, "%s", before) == COR_OK);
    for (size_t i = 0; i < sizeof object; i += width) {
        uint64_t value = 0;
        for (unsigned k = 0; k < width; k++)
            value |= (uint64_t)object[i + k] << 8 * (big ? width - 1 - k : k);
        CHECK(cor_buffer_printf(out, "0x%0*llx,%s", (int)width * 2, (unsigned long long)value,
                                i % 16 ? " " : "\n /* more */ ") == COR_OK);
    }
    CHECK(cor_buffer_printf(out, "%s", behind) == COR_OK);
}

static bool decodes(struct cor_slice text)
{
    struct cor_buffer decoded;
    struct cor_text_object found;
    cor_buffer_init(&decoded, 1 << 16);
    bool good = cor_text_object_find(text, text.data, &found, &decoded) &&
                decoded.size >= sizeof object && memcmp(decoded.data, object, sizeof object) == 0;
    cor_buffer_dispose(&decoded);
    return good;
}

TEST(arrays_of_every_width)
{
    for (unsigned width = 1; width <= 8; width *= 2)
        for (int big = 0; big < 2; big++) {
            struct cor_buffer text;
            cor_buffer_init(&text, 1 << 16);
            spell(&text, "int a;\nstatic const u8 fw[] = {\n", width, big != 0, "};\nint b;\n");
            CHECK(decodes(cor_buffer_slice(&text)));
            cor_buffer_dispose(&text);
        }
}

TEST(strings_and_base64)
{
    CHECK(decodes(COR_SLICE("char fw[] = \"\\x7f\" \"ELF\\2\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\"\n"
                            " \"\\1\\0\\10\\0\\1\\33\\42\\\\\";\n")));
    CHECK(decodes(COR_SLICE("f0VMRgIBAQAAAAAAAAAAAAEACAABGyJc\n")));
}

TEST(near_twins_are_none)
{
    static const char *const texts[] = {
        "u8 m[] = { 0x7f, 0x45, 0x4c, 0x47, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };",
        "u8 m[] = { 0x7f, 'E', 'L', 'F' };",
        "begin 644 name\nnothing of the kind\n",
        "int f0VMRg; bool begin = 1;",
        "u8 m[] = { 0x7f, 'E', 'L', 'F', 9, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(!decodes(cor_slice_text(texts[i])));
}

TEST(hostile_texts)
{
    struct cor_buffer text;
    cor_buffer_init(&text, 1 << 16);
    spell(&text, "u32 fw[] = {", 4, true, "};\nbegin 644 x\n#0V%T\n`\nend\n= \"\\x7f\\");
    for (size_t size = 0; size <= text.size; size++) {
        char *copy = malloc(size ? size : 1); // of that size, so that no look behind it is missed
        if (!CHECK(copy != NULL))
            break;
        memcpy(copy, text.data, size);
        decodes(cor_slice(copy, size));
        for (size_t i = 0; i < size; i += 7) {
            copy[i] ^= 0x15;
            decodes(cor_slice(copy, size));
            copy[i] ^= 0x15;
        }
        free(copy);
    }
    cor_buffer_dispose(&text);
}

TEST_CASES(CASE(arrays_of_every_width), CASE(strings_and_base64), CASE(near_twins_are_none),
           CASE(hostile_texts))
