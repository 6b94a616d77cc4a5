// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A list of commands while it is made. Private to commands*.c.
#ifndef COR_REPORT_MAKER_H
#define COR_REPORT_MAKER_H

#include "base/buffer.h"
#include "report/commands.h"

struct cor_maker {
    const struct cor_index *index;
    const struct cor_case_symbol *symbol;
    struct cor_commands *made;
    struct cor_buffer text; // the command being composed
    const char *pattern;    // the symbol's name for grep -E
};

static inline struct cor_arena *cor_maker_arena(const struct cor_maker *maker)
{
    return &maker->made->arena;
}

// Ends the command. `about` may be NULL when memory was out.
COR_MUST_CHECK enum cor_status cor_maker_finish(struct cor_maker *maker, const char *about);

// Throws away what was composed and says why there is no command; `why` likewise.
COR_MUST_CHECK enum cor_status cor_maker_cannot(struct cor_maker *maker, const char *why);

// A name for an unpacked file that no shell minds: "c12-x.ko". NULL when memory is out.
const char *cor_maker_file(struct cor_maker *maker, char letter, unsigned number, const char *name);

// Begins a command that unpacks a member into `file` and checks its hash, where one is given; what
// shows the fact goes behind " &&\n". COR_UNSUPPORTED and *ret_why as for cor_unpack_command().
COR_MUST_CHECK enum cor_status cor_maker_unpack(struct cor_maker *maker, uint32_t input,
                                                const char *path, const char *file,
                                                const char *sha256, const char **ret_why);

// The places in the source, and what shows the absence of a body.
COR_MUST_CHECK enum cor_status cor_maker_places(struct cor_maker *maker);
COR_MUST_CHECK enum cor_status cor_maker_searches(struct cor_maker *maker);

#endif
