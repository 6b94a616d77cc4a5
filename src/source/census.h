// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the census keeps of every file until all files were seen.
#ifndef COR_SOURCE_CENSUS_H
#define COR_SOURCE_CENSUS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/names.h"
#include "model/source.h"
#include "source/body_print.h"
#include "source/parser.h"
#include "source/recogniser.h"
#include "source/scratch.h"

struct cor_macro_body;    // macros.h
struct cor_form_recorder; // forms.h

// One #define. All alternatives of a name are kept.
struct cor_macro {
    struct cor_slice name, parameters, body;
    uint32_t hash;  // of name
    uint64_t shape; // of parameters and body, whatever the parameters are called
    const struct cor_census_file *file;
    uint32_t line;
    bool function_like;
    bool conditional;       // some branch does not define it
    struct cor_macro *next; // the next alternative, in order of file and line
    // Tokens of the body, made when first wanted: as C, where braces are empty, and in full.
    _Atomic(const struct cor_macro_body *) bodies[2];
};

// Something on file scope to be expanded when all macros are known.
struct cor_invocation {
    struct cor_slice text;
    struct cor_slice name;  // the macro's, as far as one can see
    struct cor_slice scope; // as in struct cor_found
    uint32_t line;
    bool active;
    bool assembly; // the text stood within asm(...)
};

// A definition: kept as a hash, so that renames found later can be applied to it.
struct cor_seen {
    uint64_t hash;
    uint32_t line;
    uint8_t how, linkage, data, active;
};

struct cor_rename {
    struct cor_slice from, to;
    uint32_t line;
};

struct cor_kept { // a definition of a name of interest
    const struct cor_name *name;
    const struct cor_census_file *file;
    const char *through;
    uint32_t line;
    uint8_t how, linkage;
    bool data, active;
    const struct cor_print *print; // of a function's body
};

struct cor_range {
    size_t first, count;
};

struct cor_include {
    struct cor_slice spelled;
    uint32_t base_hash, line;
};

enum cor_recipe {
    COR_RECIPE_NONE,
    COR_RECIPE_NAMES, // names units one by one
    COR_RECIPE_WILD   // may name some by patterns or variables
};

struct cor_census_file {
    uint32_t input, index;
    const char *path;
    size_t path_size;
    struct cor_slice base; // the path's last part
    uint32_t base_hash;
    uint64_t size;
    enum cor_language language;
    bool header;
    bool included;     // some file may include it; known when the census is over
    bool trace_points; // it makes the bodies of trace points
    bool compiler_output;
    const char *licence, *notice; // as in struct cor_source_file
    uint32_t licence_line;
    const struct cor_print *helpers; // as in struct cor_source_file
    enum cor_recipe recipe;
    unsigned worker;
    struct cor_range macros, invocations, seen, labels, includes, inlines, chunks;
};

// The body of an inline function of a header, for calls made through it.
struct cor_inline {
    struct cor_slice name, body;
    uint32_t line;
};

// A piece of assembly, kept until all macros are known. Comments and directives are blanks.
struct cor_chunk {
    struct cor_slice text;
    uint32_t line; // of its first line
};

struct cor_census_gap {
    const struct cor_census_file *file;
    uint32_t line;
    const char *pattern, *reason;
    const char *about; // as in struct cor_gap
};

// What a recipe of the build makes of symbols.
enum cor_build_rename_kind {
    COR_BUILD_REDEFINE,   // `from` becomes `to`
    COR_BUILD_PREFIX,     // every name gets `from` in front
    COR_BUILD_PAIRS_FILE, // renames stand in a file with the base name `from`
    COR_BUILD_GRAMMAR,    // `from` becomes `to` in grammars below the recipe
    COR_BUILD_PAIR        // a line of what may be such a file
};

struct cor_build_rename {
    enum cor_build_rename_kind kind;
    struct cor_slice from, to;
    const struct cor_census_file *file;
    uint32_t line;
};

// Something that a recipe fetches from elsewhere.
struct cor_download {
    const struct cor_census_file *file;
    uint32_t line;
    struct cor_slice base; // last part of its address: "foo-1.2.tar.gz", "foo.git"
    struct cor_slice stem; // "foo"
    const char *about;     // what the recipe says around the place
};

// As struct cor_stated.
struct cor_census_stated {
    const struct cor_census_file *file;
    uint32_t line;
    bool config;
    const char *name, *version;
};

// Everything one worker collects.
struct cor_census {
    struct cor_arena arena;
    COR_ARRAY(struct cor_census_file *) files;
    COR_ARRAY(struct cor_macro) macros;
    COR_ARRAY(struct cor_invocation) invocations;
    COR_ARRAY(struct cor_seen) seen;
    COR_ARRAY(struct cor_kept) kept;
    COR_ARRAY(struct cor_rename) labels; // asm labels and the like: in any file
    COR_ARRAY(struct cor_include) includes;
    COR_ARRAY(struct cor_census_gap) gaps;
    COR_ARRAY(struct cor_inline) inlines;
    COR_ARRAY(struct cor_chunk) chunks;
    COR_ARRAY(struct cor_build_rename) build_renames;
    COR_ARRAY(struct cor_download) downloads;
    struct cor_text text;
    struct cor_census_file *file; // being read
    struct cor_recogniser *recogniser;
    unsigned worker;
    bool is_program;                    // the file being read defines main()
    const char *through;                // for definitions found now
    enum cor_how how;                   // COR_HOW_PLAIN, COR_HOW_PATCH, ...
    uint32_t line_base;                 // added to the text's lines
    struct cor_form_recorder *recorder; // takes what is found instead, if there is one
    struct cor_arena prints;            // becomes the facts'
    struct cor_body_words body;         // of the body being read
    struct cor_body_words helpers;      // of the file being read
    COR_ARRAY(struct cor_word_print) words;
    COR_ARRAY(struct cor_census_stated) stated;
    COR_ARRAY(uint32_t) mentioned; // hashes of names in recipes
};

// Stands for what a generator's variable may be, in the texts that generators print. Names with it
// become gaps.
#define COR_ANY "COR_ANY_"

// The interned name when definitions of it are wanted, else NULL.
const struct cor_name *cor_wanted_name(const struct cor_recogniser *recogniser,
                                       struct cor_slice text, enum cor_status *status);

// Records one definition of the file being read.
COR_MUST_CHECK enum cor_status cor_census_define(struct cor_census *census, struct cor_slice name,
                                                 uint32_t line, const struct cor_kept *what);
COR_MUST_CHECK enum cor_status cor_census_gap(struct cor_census *census, uint32_t line,
                                              const char *pattern, const char *reason);

// Keeps a piece of assembly of the file being read.
COR_MUST_CHECK enum cor_status cor_census_chunk(struct cor_census *census, struct cor_slice text,
                                                uint32_t line);
// The receiver of what a parser finds in C (census_c.c).
enum cor_status cor_census_take(void *context, const struct cor_found *found);

// recipe_words.c: the names in a text that builds something.
COR_MUST_CHECK enum cor_status cor_census_recipe_words(struct cor_census *census,
                                                       struct cor_slice text);

// stated_versions.c: what the file says of the release's version.
COR_MUST_CHECK enum cor_status cor_census_stated(struct cor_census *census, struct cor_slice text);

// census_prints.c: what the body in `found`, or a macro's, uses.
COR_MUST_CHECK enum cor_status cor_census_print_body(struct cor_census *census,
                                                     const struct cor_found *found);
COR_MUST_CHECK enum cor_status cor_census_print_macro(struct cor_census *census,
                                                      const struct cor_found *found);
COR_MUST_CHECK enum cor_status cor_census_print_end(struct cor_census *census);

// Readers, one per language: the text stands in census->text.
COR_MUST_CHECK enum cor_status cor_census_c(struct cor_census *census);        // census_c.c
COR_MUST_CHECK enum cor_status cor_census_assembly(struct cor_census *census); // assembly.c
COR_MUST_CHECK enum cor_status cor_census_linker_script(struct cor_census *census);
COR_MUST_CHECK enum cor_status cor_census_generator(struct cor_census *census);
// What a program of the build prints, after it was read as C (generators.c).
COR_MUST_CHECK enum cor_status cor_census_host_program(struct cor_census *census);
COR_MUST_CHECK enum cor_status cor_census_patch(struct cor_census *census);
COR_MUST_CHECK enum cor_status cor_census_rust(struct cor_census *census); // rust.c

#endif
