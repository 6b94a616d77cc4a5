// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/colour.h"

#include <stdbool.h>
#include <string.h>

#include "base/slice.h"

#define BOLD  "\033[1m"
#define PLAIN "\033[0m"

// The eight colours that every terminal has; what matters most is bold too.
static const struct {
    const char *word, *code;
} words[] = {
    {"binary-only", "\033[1;31m"}, {"unresolved", "\033[31m"},   {"prebuilt", "\033[35m"},
    {"released", "\033[34m"},      {"toolchain", "\033[36m"},    {"undetermined", "\033[33m"},
    {"No:", "\033[1;31m"},         {"Not decided:", "\033[33m"}, {"Yes:", "\033[1;32m"},
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

// The class at the line's beginning or before its last column: what comes from files stays plain.
static void put_words(struct cor_slice line, FILE *out)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i].word);
        const char *at = memmem(line.data, line.size, words[i].word, size);
        const char *end = line.data + line.size;
        if (!at || at < line.data + 2 || at[-1] != ' ' || at[-2] != ' ' ||
            (at + size < end && is_letter(at[size])))
            continue;
        fwrite(line.data, 1, (size_t)(at - line.data), out);
        fprintf(out, "%s%s" PLAIN, words[i].code, words[i].word);
        fwrite(at + size, 1, (size_t)(end - at) - size, out);
        return;
    }
    fwrite(line.data, 1, line.size, out);
}

void cor_colour(const char *text, FILE *out)
{
    while (*text) {
        size_t size = strcspn(text, "\n");
        if (size && *text != ' ') {
            fputs(BOLD, out);
            fwrite(text, 1, size, out);
            fputs(PLAIN, out);
        } else {
            put_words(cor_slice(text, size), out);
        }
        if (text[size])
            fputc('\n', out);
        text += size + (text[size] == '\n');
    }
}
