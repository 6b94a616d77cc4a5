// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Walks through inputs: folders, files and containers at any depth, in a stream, and hands every
// leaf (a file that is no container) to a visitor in worker threads. Nothing is written to disk.
#ifndef COR_INTAKE_WALK_H
#define COR_INTAKE_WALK_H

#include <stddef.h>

#include "base/diag.h"
#include "base/progress.h"
#include "base/workers.h"
#include "intake/limits.h"
#include "model/member.h"

struct cor_keeper;

struct cor_walk; // one walk's members; owns all its records and their texts

// A leaf with all its bytes in memory. Both live only during the visit, but `member` and its texts
// live as long as the walk. `member->hashed` is already true.
struct cor_leaf {
    struct cor_member *member; // state is READ; a visitor may set UNREAD, `reason` and `may_hide_*`
                               // (with texts that outlive the walk), or refine `format`
    const struct cor_input *input;
    const unsigned char *bytes;
    size_t size;
};

struct cor_visitor {
    // Called in several threads at once, in any order. `worker` as in base/workers.h. A failure
    // ends the walk (return COR_OK for a leaf that merely could not be understood).
    enum cor_status (*leaf)(struct cor_visitor *visitor, const struct cor_leaf *leaf,
                            unsigned worker);
    // Whether a leaf with this path and these first bytes (up to 4096) is to be read whole and
    // visited; else it is hashed in passing and counted as read. NULL: all are. Called in the
    // walking thread.
    bool (*wants)(struct cor_visitor *visitor, const struct cor_member *member,
                  const unsigned char *head, size_t size);
};

struct cor_walk_options {
    struct cor_workers *workers; // needed
    struct cor_limits limits;
    struct cor_progress *progress; // may be NULL
    struct cor_keeper *keeper;     // hears of all that is met (intake/keeper.h); may be NULL
    struct cor_diag *diag;      // hears of members that could not be read (COR_LOST); may be NULL
    const char *const *exclude; // globs (fnmatch, "*" matches "/" too) over member paths, and
                                // over the path below the input's name; state EXCLUDED
    size_t exclude_count;
    // When not NULL: member paths in strcmp order. Only these leaves are visited, only containers
    // on the way to them are entered, and the walk ends once all were visited.
    const char *const *only;
    size_t only_count;
};

// Walks `inputs` in order. Members of one input are in path order afterwards, whatever the threads
// did. A member that cannot be opened is recorded UNREAD and the walk goes on; the call fails only
// with COR_NOMEM, COR_INTERRUPTED or a visitor's failure.
COR_MUST_CHECK enum cor_status cor_walk_inputs(const struct cor_input *inputs, size_t input_count,
                                               const struct cor_walk_options *options,
                                               struct cor_visitor *visitor,
                                               struct cor_walk **ret_walk);

size_t cor_walk_count(const struct cor_walk *walk);
const struct cor_member *cor_walk_member(const struct cor_walk *walk, size_t index);

// Sentences about what manifests in the inputs say (boot.cfg, the descriptors of packages).
size_t cor_walk_note_count(const struct cor_walk *walk);
const char *cor_walk_note(const struct cor_walk *walk, size_t index);

void cor_walk_free(struct cor_walk *walk);

#endif
