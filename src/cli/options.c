// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "cli/options.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const struct cor_option *find(const struct cor_command *command, const char *name,
                                     size_t size, char letter)
{
    for (const struct cor_option *option = command->options; option->name; option++)
        if (letter ? option->letter == letter
                   : strlen(option->name) == size && strncmp(option->name, name, size) == 0)
            return option;
    return NULL;
}

static bool wrong(const struct cor_command *command, const char *word, const char *why)
{
    fprintf(stderr, "correspond %s: %s: %s (see correspond %s --help)\n", command->name, word, why,
            command->name);
    return false;
}

static bool set_number(const struct cor_command *command, const char *word, const char *text,
                       unsigned *value)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || number < 1 || number > 1024)
        return wrong(command, word, "takes a number from 1 to 1024");
    *value = (unsigned)number;
    return true;
}

static bool set_amount(const struct cor_command *command, const char *word, const char *text,
                       uint64_t *value)
{
    static const char units[] = "KMGT";
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    const char *unit = *end ? strchr(units, *end) : NULL;
    unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    if (*text < '0' || *text > '9' || errno || (*end && (!unit || end[1])) || number == 0 ||
        number > UINT64_MAX >> shift)
        return wrong(command, word, "takes a number from 1, with K, M, G or T behind it or not");
    *value = (uint64_t)number << shift;
    return true;
}

static bool set(const struct cor_command *command, const struct cor_option *option,
                const char *word, const char *text, char *values)
{
    void *value = values + option->offset;
    switch (option->kind) {
    case COR_OPTION_FLAG:
        *(bool *)value = true;
        return true;
    case COR_OPTION_TEXT:
        *(const char **)value = text;
        return true;
    case COR_OPTION_LIST:
        return cor_array_add((cor_texts *)value, text) == COR_OK;
    case COR_OPTION_NUMBER:
        return set_number(command, word, text, value);
    case COR_OPTION_AMOUNT:
        return set_amount(command, word, text, value);
    default:
        return false;
    }
}

// One word that begins with a dash; takes the next word too when the option needs one.
static bool parse_option(const struct cor_command *command, int count, char **words, int *at,
                         void *values)
{
    const char *word = words[*at], *text = NULL;
    const struct cor_option *option;
    if (word[1] == '-') {
        const char *equals = strchr(word, '=');
        size_t size = equals ? (size_t)(equals - word - 2) : strlen(word + 2);
        option = find(command, word + 2, size, 0);
        text = equals ? equals + 1 : NULL;
    } else {
        option = find(command, NULL, 0, word[1]);
        text = word[2] ? word + 2 : NULL;
    }
    if (!option)
        return wrong(command, word, "no such option");
    if (option->kind == COR_OPTION_FLAG)
        return text ? wrong(command, word, "takes no value")
                    : set(command, option, word, NULL, values);
    if (!text && *at + 1 >= count)
        return wrong(command, word, "needs a value");
    if (!text)
        text = words[++*at];
    if (!*text)
        return wrong(command, word, "needs a value that is not empty");
    return set(command, option, word, text, values);
}

bool cor_options_parse(const struct cor_command *command, int count, char **words, void *values,
                       cor_texts *operands, bool *ret_help)
{
    bool only_operands = false;
    *ret_help = false;
    for (int i = 0; i < count; i++) {
        const char *word = words[i];
        if (!only_operands && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)) {
            cor_command_help(command, stdout);
            *ret_help = true;
            return true;
        }
        if (!only_operands && strcmp(word, "--") == 0)
            only_operands = true;
        else if (only_operands || word[0] != '-' || !word[1]) {
            if (!*word)
                return wrong(command, "\"\"", "an empty path");
            if (cor_array_add(operands, word) != COR_OK)
                return false;
        } else if (!parse_option(command, count, words, &i, values))
            return false;
    }
    return true;
}

void cor_command_help(const struct cor_command *command, FILE *out)
{
    fprintf(out, "Usage: correspond %s %s\n\n%s\n\nOptions:\n", command->name, command->usage,
            command->help);
    for (const struct cor_option *option = command->options; option->name; option++) {
        char left[64], letter[8] = "    ";
        if (option->letter)
            snprintf(letter, sizeof letter, "-%c, ", option->letter);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name, option->argument ? " " : "",
                 option->argument ? option->argument : "");
        fprintf(out, "  %-26s  %s\n", left, option->help);
    }
    fprintf(out, "  %-26s  %s\n", "-h, --help", "print this and exit");
}
