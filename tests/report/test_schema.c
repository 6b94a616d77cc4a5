// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The golden report against the published JSON Schema, by a checker of the keywords that the schema
// uses; any other keyword is a failure, so that none is passed over.
#include <jansson.h>
#include <regex.h>
#include <stdint.h>

#include "harness.h"

static const json_t *schema_root;

static bool is_type(const json_t *value, const char *type)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "object",   [JSON_ARRAY] = "array", [JSON_STRING] = "string",
        [JSON_INTEGER] = "integer", [JSON_REAL] = "number", [JSON_TRUE] = "boolean",
        [JSON_FALSE] = "boolean",   [JSON_NULL] = "null",
    };
    return strcmp(names[json_typeof(value)], type) == 0;
}

static bool has_type(const json_t *types, const json_t *value)
{
    bool found = json_is_string(types) && is_type(value, json_string_value(types));
    for (size_t i = 0; i < json_array_size(types); i++)
        found |= is_type(value, json_string_value(json_array_get(types, i)));
    return found;
}

static bool is_one_of(const json_t *words, const json_t *value)
{
    for (size_t i = 0; i < json_array_size(words); i++)
        if (json_equal(json_array_get(words, i), value))
            return true;
    return false;
}

static bool matches(const char *pattern, const char *text)
{
    regex_t regex;
    if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    bool found = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return found;
}

static bool valid(const json_t *schema, const json_t *value);

static bool valid_object(const json_t *schema, const json_t *value)
{
    const json_t *properties = json_object_get(schema, "properties");
    const json_t *required = json_object_get(schema, "required");
    for (size_t i = 0; i < json_array_size(required); i++)
        if (!json_object_get(value, json_string_value(json_array_get(required, i))))
            return false;
    for (void *at = json_object_iter((json_t *)(uintptr_t)value); at;
         at = json_object_iter_next((json_t *)(uintptr_t)value, at)) {
        const json_t *known = json_object_get(properties, json_object_iter_key(at));
        if (!known || !valid(known, json_object_iter_value(at)))
            return false;
    }
    return true;
}

static bool is_known(const char *keyword)
{
    static const char *const words[] = {
        "type",    "enum", "const",      "pattern",  "minimum",
        "items",   "$ref", "properties", "required", "additionalProperties",
        "$schema", "$id",  "$comment",   "title",    "description",
        "$defs"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], keyword) == 0)
            return true;
    return false;
}

static bool valid(const json_t *schema, const json_t *value)
{
    const char *reference = json_string_value(json_object_get(schema, "$ref"));
    if (reference) {
        const json_t *found =
            json_object_get(json_object_get(schema_root, "$defs"), reference + strlen("#/$defs/"));
        return found && valid(found, value);
    }
    for (void *at = json_object_iter((json_t *)(uintptr_t)schema); at;
         at = json_object_iter_next((json_t *)(uintptr_t)schema, at))
        if (!is_known(json_object_iter_key(at)))
            return false;
    const json_t *rule = json_object_get(schema, "type");
    if (rule && !has_type(rule, value))
        return false;
    if ((rule = json_object_get(schema, "enum")) && !is_one_of(rule, value))
        return false;
    if ((rule = json_object_get(schema, "const")) && !json_equal(rule, value))
        return false;
    if ((rule = json_object_get(schema, "pattern")) && json_is_string(value) &&
        !matches(json_string_value(rule), json_string_value(value)))
        return false;
    if ((rule = json_object_get(schema, "minimum")) && json_is_integer(value) &&
        json_integer_value(value) < json_integer_value(rule))
        return false;
    rule = json_object_get(schema, "items");
    for (size_t i = 0; rule && i < json_array_size(value); i++)
        if (!valid(rule, json_array_get(value, i)))
            return false;
    return !json_is_object(value) || valid_object(schema, value);
}

// Takes away each key in turn, and puts one in that does not belong there.
static void check_strict(const json_t *root, json_t *object)
{
    const char *key;
    json_t *value, *copy = json_copy(object);
    json_object_foreach(copy, key, value)
    {
        json_object_del(object, key);
        if (!CHECK(!valid(schema_root, root)))
            printf("# %s may be missing\n", key);
        json_object_set(object, key, value);
    }
    json_decref(copy);
    json_object_set_new(object, "no such key", json_null());
    CHECK(!valid(schema_root, root));
    json_object_del(object, "no such key");
}

static void check_every_object(const json_t *root, json_t *value)
{
    for (size_t i = 0; i < json_array_size(value); i++)
        check_every_object(root, json_array_get(value, i));
    if (!json_is_object(value))
        return;
    check_strict(root, value);
    const char *key;
    json_t *inner;
    json_object_foreach(value, key, inner) check_every_object(root, inner);
}

TEST(the_golden_report_is_valid)
{
    json_t *schema = json_load_file(SCHEMA, JSON_REJECT_DUPLICATES, NULL);
    json_t *root = json_load_file(GOLDEN, JSON_REJECT_DUPLICATES, NULL);
    schema_root = schema;
    CHECK(schema && root && valid(schema, root));
    json_decref(schema);
    json_decref(root);
}

TEST(the_schema_is_strict)
{
    json_t *schema = json_load_file(SCHEMA, JSON_REJECT_DUPLICATES, NULL);
    json_t *root = json_load_file(GOLDEN, JSON_REJECT_DUPLICATES, NULL);
    schema_root = schema;
    check_every_object(root, root);
    CHECK(valid(schema, root));
    json_object_set_new(root, "schema", json_string("correspond-report/2"));
    CHECK(!valid(schema, root));
    json_decref(schema);
    json_decref(root);
}

static const struct test_case cases[] = {
    CASE(the_golden_report_is_valid),
    CASE(the_schema_is_strict),
};

int main(void)
{
    return test_run(cases, sizeof cases / sizeof *cases);
}
