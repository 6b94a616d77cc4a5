// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "recipe.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "binary/elf.h"

static char folder[200];

void recipe_begin(void)
{
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/correspond-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(folder)) {
        printf("Bail out! no temporary folder\n");
        exit(99);
    }
}

void recipe_end(void)
{
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        printf("# the temporary folder stays: %s\n", folder);
}

const char *recipe_folder(void)
{
    return folder;
}

bool recipe_write_bytes(const char *name, const void *bytes, size_t size)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    bool written = fwrite(bytes, 1, size, file) == size;
    return fclose(file) == 0 && written;
}

bool recipe_write(const char *name, const char *text)
{
    return recipe_write_bytes(name, text, strlen(text));
}

static char *command_of(const char *tail, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static char *command_of(const char *tail, const char *format, va_list args)
{
    char *command, *whole;
    if (vasprintf(&command, format, args) < 0)
        abort();
    if (asprintf(&whole, "cd '%s' && export LC_ALL=C && { %s ; } %s", folder, command, tail) < 0)
        abort();
    free(command);
    return whole;
}

bool recipe_run(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *command = command_of(">/dev/null 2>&1", format, args);
    va_end(args);
    int status = system(command);
    free(command);
    return status == 0;
}

static char *output_of(const char *command)
{
    size_t size = 0, capacity = 1 << 16, got;
    char *text = malloc(capacity);
    FILE *pipe = popen(command, "r");
    while (text && pipe && (got = fread(text + size, 1, capacity - size - 1, pipe)) > 0) {
        size += got;
        if (capacity - size < 4096)
            text = realloc(text, capacity *= 2);
    }
    if (pipe)
        pclose(pipe);
    if (!text)
        abort();
    text[size] = '\0';
    return text;
}

char *recipe_output(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *command = command_of("2>/dev/null", format, args);
    va_end(args);
    char *text = output_of(command);
    free(command);
    return text;
}

unsigned long recipe_number(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *command = command_of("2>/dev/null", format, args);
    va_end(args);
    char *text = output_of(command);
    unsigned long number = strtoul(text, NULL, 10);
    free(text);
    free(command);
    return number;
}

char *recipe_bytes(const char *name, size_t *ret_size)
{
    char path[400];
    snprintf(path, sizeof path, name[0] == '/' ? "%.0s%s" : "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    *ret_size = 0;
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(size ? size : 1);
    if (bytes && fread(bytes, 1, size, file) == size)
        *ret_size = size;
    fclose(file);
    return bytes;
}

static struct object read_bytes(char *bytes, size_t size)
{
    struct object object = {
        .names = cor_names_new(), .component = cor_component_new(), .bytes = bytes, .size = size};
    object.status = cor_elf_read(object.component, object.names, bytes, size, NULL);
    return object;
}

struct object object_read(const char *name)
{
    size_t size;
    char *bytes = recipe_bytes(name, &size);
    return read_bytes(bytes ? bytes : calloc(1, 1), size);
}

struct object object_of(const void *bytes, size_t size)
{
    char *copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    return read_bytes(copy, size);
}

void object_end(struct object *object)
{
    cor_component_free(object->component);
    cor_names_free(object->names);
    free(object->bytes);
}

static const struct cor_symbol *find(const struct cor_symbol *symbols, size_t count,
                                     const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(symbols[i].name->text, name) == 0)
            return &symbols[i];
    return NULL;
}

const struct cor_symbol *object_defined(const struct object *object, const char *name)
{
    return find(object->component->defined.items, object->component->defined.count, name);
}

const struct cor_symbol *object_undefined(const struct object *object, const char *name)
{
    return find(object->component->undefined.items, object->component->undefined.count, name);
}

size_t object_functions(const struct object *object)
{
    size_t count = 0;
    for (size_t i = 0; i < object->component->defined.count; i++)
        count += cor_symbol_is_function(&object->component->defined.items[i]);
    return count;
}

struct found object_references(struct object *object)
{
    struct found found = {0};
    struct cor_map wanted;
    const struct cor_component *component = object->component;
    cor_map_init(&wanted);
    cor_arena_init(&found.arena);
    found.status = COR_OK;
    for (size_t i = 0; i < component->undefined.count && found.status == COR_OK; i++)
        found.status = cor_map_put(&wanted, component->undefined.items[i].name, 1);
    if (found.status == COR_OK)
        found.status = cor_references_read(component, object->names, object->bytes, object->size,
                                           &wanted, &found.arena, &found.list, NULL);
    cor_map_dispose(&wanted);
    return found;
}

void found_end(struct found *found)
{
    cor_references_dispose(&found->list);
    cor_arena_dispose(&found->arena);
}
