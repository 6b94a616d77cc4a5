// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The state of one extraction. Private to extract*.c.
#ifndef COR_AUDIT_EXTRACT_WRITE_H
#define COR_AUDIT_EXTRACT_WRITE_H

#include "audit/extract.h"
#include "audit/spots.h"

// Something that was met.
struct cor_token {
    struct cor_token *parent;
    struct cor_extracted result;
    struct cor_spot spot;
    uint32_t folder; // of what is inside; COR_SPOT_ROOT: none yet
    uint32_t root;   // the folder that its container's names are below
    uint32_t mode;
    int fd;      // while it is written; -1
    bool wanted; // by the globs
    bool holds;  // something inside was written
    bool linked; // a copy was made of it
};

struct cor_extractor {
    struct cor_keeper keeper;
    const struct cor_extract_options *options;
    struct cor_extraction *extraction;
    struct cor_spots places;
    COR_ARRAY(struct cor_token *) tokens;
    uint32_t top;     // the folder of what stands in the input itself
    uint64_t written; // bytes
};

// Says that something could not be written; errno tells why. COR_IO.
enum cor_status cor_extract_failed(struct cor_extractor *extractor, const char *path);

// extract_links.c: makes the symbolic links, once everything else is written, and takes those away
// that lead out of the folder.
COR_MUST_CHECK enum cor_status cor_extract_links(struct cor_extractor *extractor);

// extract_copy.c: a hard link's file.
COR_MUST_CHECK enum cor_status cor_extract_copy(struct cor_extractor *extractor,
                                                struct cor_token *token, struct cor_token *target);

// extract_file.c
COR_MUST_CHECK enum cor_status cor_extract_create(struct cor_extractor *extractor,
                                                  struct cor_token *token);
COR_MUST_CHECK enum cor_status cor_extract_write(struct cor_extractor *extractor,
                                                 struct cor_token *token, const unsigned char *data,
                                                 size_t size);
COR_MUST_CHECK enum cor_status cor_extract_finish(struct cor_extractor *extractor,
                                                  struct cor_token *token);
void cor_extract_remove(struct cor_extractor *extractor, struct cor_token *token);

#endif
