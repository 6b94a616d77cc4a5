// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Inputs and what was found in them.
#ifndef COR_MODEL_MEMBER_H
#define COR_MODEL_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "model/terms.h"

#define COR_NONE UINT32_MAX // "no such index"

// A path the user gave. Texts are borrowed from whoever made the record.
struct cor_input {
    enum cor_role role;
    uint32_t number;  // 1, 2, ... within its role: $SHIPPED1, $SOURCE2
    const char *path; // as given
    const char *name; // its last part, without trailing slashes
    bool folder;
    uint64_t size; // bytes of a file; for a folder the sum over its files
    char sha1[41]; // lower-case hex; empty for a folder
    char sha256[65];
};

// A file found in an input, at any depth, or one decoded layer of it.
//
// `path` chains the layers, the input's name first: "a.iso!/k.b00!gzip" is the unpacked content of
// the entry k.b00 of a.iso; "src/x/y.c" is a file of the folder input `src`. "!/" goes into a
// container, "!" and a filter's name through a compression. Entry names have no leading "./" or
// "/".
struct cor_member {
    uint32_t input;  // index of the input
    uint32_t parent; // index of the member it was found in, COR_NONE at the top
    const char *path;
    const char *format; // the row's name in the table of formats, or "elf", "text", "data", ...
    uint64_t size;
    unsigned char sha256[32];
    bool hashed;
    enum cor_state state;
    const char *reason;   // why unread or excluded; NULL when read
    const char *note;     // what is known of it beside its format, for `tree`; NULL
    bool may_hide_source; // unread: a body could stand in it (container, compressed, encrypted, cut
                          // text)
    bool may_hide_code;   // unread: a component could stand in it
    const char *given_name; // what the layer's own header calls its content (gzip); NULL
    bool cut;        // its bytes stand as they are, as one run, in the parent's content: a layer
    uint64_t offset; // without a stock tool can then be cut out by hand, at this offset
};

#endif
