// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The recogniser reads released source without preprocessing it and finds every body that any
// configuration would compile.
//
// It works in two passes over the same texts. The census collects definitions, macros and gaps.
// The evidence pass, for the few names a report will list, collects declarations, uses and
// excerpts. A text may be read by any worker, in any order; the facts come out in one order.
#ifndef COR_SOURCE_RECOGNISER_H
#define COR_SOURCE_RECOGNISER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/names.h"
#include "base/workers.h"
#include "model/source.h"

struct cor_recogniser;

// Before the last part of a Rust function's path: under that name its body is found.
#define COR_RUST_NAME "rust fn "

struct cor_recogniser_options {
    struct cor_names *names;
    unsigned worker_count; // 1 + the largest `worker` that will be passed
    // Definitions are kept for these names alone (keys: interned names); NULL: for all. Names with
    // a compiler's suffix are looked up by the caller without it.
    const struct cor_map *interest;
    // The evidence pass also lists the names that are called and not defined; needs `interest`
    // NULL.
    bool count_outside;
};

// One source text. `path` is the source file's path as reports name it.
struct cor_source_text {
    uint32_t input;
    const char *path;
    const void *bytes;
    size_t size;
};

// NULL when memory is out. `options` is copied; what it points to must outlive the recogniser.
struct cor_recogniser *cor_recogniser_new(const struct cor_recogniser_options *options);
void cor_recogniser_free(struct cor_recogniser *recogniser);

// Whether the bytes look like text in some encoding (no NUL in the first 8 KiB, or UTF-16 with a
// byte order mark).
bool cor_source_is_text(const void *bytes, size_t size);

// The language by the path's ending and, where that says nothing, the first bytes.
enum cor_language cor_source_language(const char *path, const void *bytes, size_t size);

// Census: one text. Every text counts as a source file, whatever its language.
COR_MUST_CHECK enum cor_status cor_recogniser_census(struct cor_recogniser *recogniser,
                                                     const struct cor_source_text *text,
                                                     unsigned worker);

// Ends the census: expands macro invocations over all texts' macros, with the given workers, and
// fills `facts` with files, definitions and gaps. `facts` must be new.
COR_MUST_CHECK enum cor_status cor_recogniser_finish(struct cor_recogniser *recogniser,
                                                     struct cor_workers *workers,
                                                     struct cor_source_facts *facts);

// Evidence, after the census was finished: looks through one of the same texts for the names in
// `wanted` (keys: interned names). Thread-safe like the census.
COR_MUST_CHECK enum cor_status cor_recogniser_evidence(struct cor_recogniser *recogniser,
                                                       const struct cor_map *wanted,
                                                       const struct cor_source_text *text,
                                                       unsigned worker);

// After the census: sets the bit of `file` and of every file of the release that it may include,
// itself or through others, among those that `accepts` lets pass. `bits` has one for each file of
// the facts, and must be clear.
COR_MUST_CHECK enum cor_status cor_recogniser_visible(struct cor_recogniser *recogniser,
                                                      uint32_t file,
                                                      bool (*accepts)(void *context, uint32_t file),
                                                      void *context, uint64_t *bits);

// Adds declarations, uses and excerpts (of declarations, uses and wanted definitions) to `facts`.
COR_MUST_CHECK enum cor_status cor_recogniser_evidence_finish(struct cor_recogniser *recogniser,
                                                              struct cor_source_facts *facts);

#endif
