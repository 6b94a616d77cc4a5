// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Objects made at test time by the compilers at hand, and what stock tools say of them.
#ifndef COR_TESTS_BINARY_RECIPE_H
#define COR_TESTS_BINARY_RECIPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/names.h"
#include "base/status.h"
#include "binary/references.h"
#include "model/component.h"

// A folder of its own; everything in it goes away at recipe_end().
void recipe_begin(void);
void recipe_end(void);
const char *recipe_folder(void);

// Writes a file of the folder.
bool recipe_write(const char *name, const char *text);
bool recipe_write_bytes(const char *name, const void *bytes, size_t size);

// Runs a shell command in the folder; true when it succeeds. Its output is thrown away.
bool recipe_run(const char *format, ...) __attribute__((format(printf, 1, 2)));

// The command's standard output; the caller frees it. Never NULL.
char *recipe_output(const char *format, ...) __attribute__((format(printf, 1, 2)));

// The command's output as a number.
unsigned long recipe_number(const char *format, ...) __attribute__((format(printf, 1, 2)));

// A file's bytes in a heap block of exactly that size, so that a sanitizer sees reads behind it.
char *recipe_bytes(const char *name, size_t *ret_size);

// A file read by cor_elf_read().
struct object {
    struct cor_names *names;
    struct cor_component *component;
    char *bytes;
    size_t size;
    enum cor_status status;
};
struct object object_read(const char *name);
struct object object_of(const void *bytes, size_t size); // copies the bytes
void object_end(struct object *object);

const struct cor_symbol *object_defined(const struct object *object, const char *name);
const struct cor_symbol *object_undefined(const struct object *object, const char *name);
size_t object_functions(const struct object *object);

// All references to the undefined names.
struct found {
    struct cor_references list;
    struct cor_arena arena;
    enum cor_status status;
};
struct found object_references(struct object *object);
void found_end(struct found *found);

#endif
