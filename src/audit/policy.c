// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/policy.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

enum { LARGEST_POLICY = 1 << 24 };

struct parser {
    struct cor_policy *policy;
    const char *path;
    struct cor_diag *diag;
    // Lines of all keys in the order of the file, which is that of the parsed objects too.
    COR_ARRAY(unsigned) lines;
    size_t at;
};

static const struct {
    const char *key, *word;
    bool names; // an entry may have a name
} kinds[] = {
    [COR_POLICY_OUT_OF_SCOPE] = {"out_of_scope", "out-of-scope", false},
    [COR_POLICY_SYSTEM] = {"system", "system", false},
    [COR_POLICY_WAIVER] = {"waivers", "waiver", true},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *cor_policy_kind_word(enum cor_policy_kind kind)
{
    return kinds[kind].word;
}

static unsigned number_at(const char *text, size_t size)
{
    unsigned number = 0;
    for (size_t i = 0; i < size; i++)
        number = 10 * number + (unsigned)(text[i] - '0');
    return number;
}

bool cor_is_day(const char *text)
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    static const char form[] = "0000-00-00";
    if (strlen(text) != sizeof form - 1)
        return false;
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (form[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    unsigned year = number_at(text, 4), month = number_at(text + 5, 2),
             day = number_at(text + 8, 2);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

static enum cor_status wrong(const struct parser *parser, unsigned line, const char *what,
                             const char *why)
{
    return cor_fail(parser->diag, COR_FATAL, COR_USAGE, parser->path, "line %u: %s%s%s", line, what,
                    *what ? ": " : "", why);
}

// The parser of JSON tells no lines of what it understood: a string that ":" follows is a key.
static enum cor_status find_lines(struct parser *parser, struct cor_slice text)
{
    enum cor_status status = COR_OK;
    unsigned line = 1;
    for (size_t i = 0; status == COR_OK && i < text.size; i++) {
        line += text.data[i] == '\n';
        if (text.data[i] != '"')
            continue;
        for (i++; i < text.size && text.data[i] != '"'; i++)
            i += text.data[i] == '\\';
        size_t next = i + 1;
        while (next < text.size && strchr(" \t\r\n", text.data[next]))
            next++;
        if (next < text.size && text.data[next] == ':')
            status = cor_array_add(&parser->lines, line);
    }
    return status;
}

static unsigned next_line(struct parser *parser)
{
    return parser->at < parser->lines.count ? parser->lines.items[parser->at++] : 0;
}

static const char **field_of(struct cor_policy_entry *entry, const char *key)
{
    const struct {
        const char *key, **field;
    } fields[] = {{"name", kinds[entry->kind].names ? &entry->name : NULL},
                  {"component", &entry->component},
                  {"reason", &entry->reason},
                  {"author", &entry->author},
                  {"expires", &entry->expires}};
    for (size_t i = 0; i < COUNT(fields); i++)
        if (strcmp(fields[i].key, key) == 0)
            return fields[i].field;
    return NULL;
}

static enum cor_status check_entry(const struct parser *parser,
                                   const struct cor_policy_entry *entry, unsigned line)
{
    const char *missing = !entry->reason                                          ? "reason"
                          : !entry->author                                        ? "author"
                          : !entry->expires                                       ? "expires"
                          : entry->kind != COR_POLICY_WAIVER && !entry->component ? "component"
                                                                                  : NULL;
    if (missing)
        return wrong(parser, line, missing, "is compulsory in every entry");
    if (!entry->name && !entry->component)
        return wrong(parser, line, "", "a waiver needs a name or a component");
    if (!cor_is_day(entry->expires))
        return wrong(parser, line, "expires", "is no day like 2027-01-31");
    return COR_OK;
}

static enum cor_status take_entry(struct parser *parser, enum cor_policy_kind kind, json_t *object)
{
    struct cor_policy_entry entry = {.kind = kind};
    const char *key;
    json_t *value;
    unsigned line = parser->at < parser->lines.count ? parser->lines.items[parser->at] : 0;
    if (!json_is_object(object) || json_object_size(object) == 0)
        return wrong(parser, line, kinds[kind].key, "every entry is an object with keys");
    json_object_foreach(object, key, value)
    {
        line = next_line(parser);
        const char **field = field_of(&entry, key);
        if (!field)
            return wrong(parser, line, key, "no such key here");
        if (!json_is_string(value) || json_string_length(value) == 0)
            return wrong(parser, line, key, "is to be a text that is not empty");
        *field = cor_arena_text(&parser->policy->arena, cor_slice_text(json_string_value(value)));
        if (!*field)
            return COR_NOMEM;
    }
    enum cor_status status = check_entry(parser, &entry, line);
    return status == COR_OK ? cor_array_add(&parser->policy->entries, entry) : status;
}

static enum cor_status take_list(struct parser *parser, const char *key, json_t *list,
                                 unsigned line)
{
    size_t kind = 0;
    enum cor_status status = COR_OK;
    while (kind < COUNT(kinds) && strcmp(kinds[kind].key, key) != 0)
        kind++;
    if (kind == COUNT(kinds))
        return wrong(parser, line, key, "no such key here");
    if (!json_is_array(list))
        return wrong(parser, line, key, "is to be a list");
    for (size_t i = 0; status == COR_OK && i < json_array_size(list); i++)
        status = take_entry(parser, (enum cor_policy_kind)kind, json_array_get(list, i));
    return status;
}

static enum cor_status take_all(struct parser *parser, json_t *root)
{
    static const char schema[] = "correspond-policy/1";
    enum cor_status status = COR_OK;
    const char *key;
    json_t *value;
    bool told = false;
    if (!json_is_object(root))
        return wrong(parser, 1, "", "a policy is an object");
    json_object_foreach(root, key, value)
    {
        unsigned line = next_line(parser);
        if (strcmp(key, "schema") != 0)
            status = take_list(parser, key, value, line);
        else if (!json_is_string(value) || strcmp(json_string_value(value), schema) != 0)
            status = wrong(parser, line, "schema", "is to be \"correspond-policy/1\"");
        else
            told = true;
        if (status != COR_OK)
            return status;
    }
    return told ? COR_OK : wrong(parser, 1, "schema", "is to be \"correspond-policy/1\"");
}

enum cor_status cor_policy_parse(struct cor_slice text, const char *path,
                                 struct cor_policy *ret_policy, struct cor_diag *diag)
{
    struct cor_policy policy = {0};
    struct parser parser = {.policy = &policy, .path = path, .diag = diag};
    json_error_t error;
    cor_arena_init(&policy.arena);
    policy.text = cor_arena_text(&policy.arena, text);
    json_t *root = json_loadb(text.data, text.size, JSON_REJECT_DUPLICATES, &error);
    enum cor_status status = policy.text ? COR_OK : COR_NOMEM;
    if (status == COR_OK && !root)
        status = wrong(&parser, error.line > 0 ? (unsigned)error.line : 1, "", error.text);
    if (status == COR_OK)
        status = find_lines(&parser, text);
    if (status == COR_OK)
        status = take_all(&parser, root);
    json_decref(root);
    cor_array_dispose(&parser.lines);
    if (status == COR_OK)
        *ret_policy = policy;
    else
        cor_policy_dispose(&policy);
    return status;
}

static enum cor_status read_file(const char *path, struct cor_buffer *text, struct cor_diag *diag)
{
    char chunk[4096];
    enum cor_status status = COR_OK;
    size_t got;
    FILE *file = fopen(path, "re");
    if (!file)
        return cor_fail(diag, COR_FATAL, COR_USAGE, path, "cannot read the policy: %s",
                        strerror(errno));
    while (status == COR_OK && (got = fread(chunk, 1, sizeof chunk, file)) > 0)
        status = cor_buffer_append(text, chunk, got);
    if (status == COR_LIMIT || (status == COR_OK && ferror(file)))
        status = cor_fail(diag, COR_FATAL, COR_USAGE, path, "cannot read the policy: %s",
                          status == COR_LIMIT ? "it is larger than 16 MiB" : strerror(errno));
    fclose(file);
    return status;
}

enum cor_status cor_policy_read(const char *path, struct cor_policy *ret_policy,
                                struct cor_diag *diag)
{
    struct cor_buffer text;
    cor_buffer_init(&text, LARGEST_POLICY);
    enum cor_status status = read_file(path, &text, diag);
    if (status == COR_OK)
        status = cor_policy_parse(cor_buffer_slice(&text), path, ret_policy, diag);
    cor_buffer_dispose(&text);
    return status;
}

void cor_policy_dispose(struct cor_policy *policy)
{
    cor_array_dispose(&policy->entries);
    cor_arena_dispose(&policy->arena);
    *policy = (struct cor_policy){0};
}
