// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One walk at work. Private to intake: walk.c begins and ends it, walk_folder.c goes through
// folders, walk_layer.c through filters and containers, walk_leaf.c hands leaves to the workers,
// walk_node.c keeps the members.
#ifndef COR_INTAKE_WALKER_H
#define COR_INTAKE_WALKER_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/watch.h"
#include "intake/format.h"
#include "intake/keeper.h"
#include "intake/names_seen.h"
#include "intake/walk.h"

enum { COR_DEEPEST = 200 }; // layers and folders, whatever the limits say: the stack is finite

// A member while it is being walked. Its place among the members is known at the end only.
struct cor_node {
    struct cor_member member;
    struct cor_node *parent;
    struct cor_node *link; // a hard link's target
    struct cor_subject subject;
    void *kept;     // what the keeper gave for it
    uint32_t depth; // layers below the input
    uint32_t index;
    bool silent; // the visitor does not want it
};

struct cor_manifest_kind;

// A file that says what else there is, see manifest.h.
struct cor_manifest {
    struct cor_node *node;
    const struct cor_manifest_kind *kind;
    const char *bytes; // in the walk's arena; NUL follows
    size_t size;
};

// What was compared with manifests.
struct cor_walk_checks {
    size_t packages, sums, files, wrong;
};

struct cor_walk {
    struct cor_arena arena;
    COR_ARRAY(struct cor_node *) nodes;
    COR_ARRAY(const char *) notes;
};

struct cor_batch;

struct cor_walker {
    const struct cor_walk_options *options;
    struct cor_visitor *visitor;
    struct cor_walk *walk;
    struct cor_batch *batch; // leaves that wait to be handed over; NULL when none do

    const struct cor_input *input;
    uint32_t input_index;
    uint64_t members; // of this input
    struct cor_seen seen;
    struct cor_meter meter;
    uint64_t file_size, consumed, counted; // of the current file: in all, read, counted below
    uint64_t new_members, new_bytes;       // that progress has not yet heard of
    uint64_t only_left;
    bool done;          // every leaf that was asked for was met
    atomic_int failure; // of a visitor
    COR_ARRAY(struct cor_manifest) manifests;
    struct cor_node **folded; // all nodes, in the order of their paths in lower case
    struct cor_walk_checks checks;
};

// --- walk_node.c

// COR_OK while the walk is to go on: else what ends it.
enum cor_status cor_walker_stopped(struct cor_walker *walker);

// Takes `path` (made in the walk's arena) or a variant that nobody has. *ret_node is NULL when the
// walk was not asked for it, nor for anything in it. COR_LIMIT when there are too many members.
COR_MUST_CHECK enum cor_status cor_walker_add(struct cor_walker *walker, struct cor_node *parent,
                                              const char *path, uint32_t depth,
                                              struct cor_node **ret_node);

// Whether the walk is interested in this path, or in what may lie below it.
bool cor_walker_wants_leaf(const struct cor_walker *walker, const char *path);
bool cor_walker_wants_below(const struct cor_walker *walker, const char *path, char separator);

// Notes that a leaf that was asked for was met.
void cor_walker_met(struct cor_walker *walker, const struct cor_node *node);

// Marks the member and returns true when a glob excludes it. COR_NOMEM through *ret_status.
bool cor_walker_excluded(struct cor_walker *walker, struct cor_node *node,
                         enum cor_status *ret_status);

enum cor_hides {
    COR_HIDES_NOTHING = 0,
    COR_HIDES_SOURCE = 1,
    COR_HIDES_CODE = 2,
    COR_HIDES_ALL = 3
};

// Marks a member unread; the first reason stays. Returns COR_NOMEM or COR_OK.
enum cor_status cor_walker_unread(struct cor_walker *walker, struct cor_node *node,
                                  enum cor_status why, unsigned hides, const char *format, ...)
    COR_PRINTF(5, 6);

// The next file of the input is read, or skipped: its bytes count once, however often they are
// read.
void cor_walker_file_begins(struct cor_walker *walker, uint64_t size);
void cor_walker_file_ends(struct cor_walker *walker);

// Tells progress what was done since the last time, when that is worth telling.
void cor_walker_tell(struct cor_walker *walker, bool now);

// --- walk_folder.c

COR_MUST_CHECK enum cor_status cor_walker_input(struct cor_walker *walker);

// --- walk_layer.c

// The content of a member, whatever it is. Failures of the content are the member's; what is
// returned ends the walk.
COR_MUST_CHECK enum cor_status cor_walker_content(struct cor_walker *walker, struct cor_node *node,
                                                  struct cor_stream *stream);

// Whether a failure ends the walk rather than the member.
static inline bool cor_ends_walk(enum cor_status status)
{
    return status == COR_NOMEM || status == COR_INTERRUPTED;
}

// --- walk_keep.c: nothing of it does anything when there is no keeper

// What an entry is, for the keeper. `name` is what to call it below `parent`.
COR_MUST_CHECK enum cor_status cor_walker_meet(struct cor_walker *walker, struct cor_node *parent,
                                               struct cor_node *node, const char *name,
                                               const struct cor_entry *entry);

// The same of a decoded layer, with its bytes; `stream` is hidden from the keeper again by
// cor_walker_kept().
struct cor_keeping {
    struct cor_tee tee;
    struct cor_keeper *keeper;
    struct cor_node *node;
};
COR_MUST_CHECK enum cor_status cor_walker_meet_layer(struct cor_walker *walker,
                                                     struct cor_node *node, const char *name);
void cor_walker_keep(struct cor_walker *walker, struct cor_node *node, struct cor_stream *stream,
                     struct cor_keeping *keeping);
COR_MUST_CHECK enum cor_status cor_walker_kept(struct cor_walker *walker, struct cor_node *node,
                                               struct cor_stream *stream, enum cor_status status);

// --- walk_leaf.c

COR_MUST_CHECK enum cor_status cor_walker_leaf(struct cor_walker *walker, struct cor_node *node,
                                               struct cor_stream *stream, bool sparse);

// Reads the rest of the stream for its size and its hash.
COR_MUST_CHECK enum cor_status cor_walker_pass(struct cor_walker *walker, struct cor_node *node,
                                               struct cor_stream *stream);

// Hands over what waits.
COR_MUST_CHECK enum cor_status cor_walker_flush(struct cor_walker *walker);
void cor_batch_free(struct cor_batch *batch);

#endif
