// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The verdicts: one class for every needed symbol and for every function of every component.
#ifndef COR_VERDICT_VERDICT_H
#define COR_VERDICT_VERDICT_H

#include "base/workers.h"
#include "linkage/linkage.h"
#include "model/source.h"

// A member that was not read and could hold what is looked for.
struct cor_unread {
    const char *path, *reason;
};

// Everything the rules may look at. Lists are in path order.
struct cor_evidence {
    const struct cor_product *product;
    const struct cor_links *links;
    const struct cor_source_facts *source;
    struct cor_names *names;
    const struct cor_unread *unread_source, *unread_shipped;
    size_t unread_source_count, unread_shipped_count;
    const struct cor_input *inputs; // all of them; may be NULL
    size_t input_count;
};

struct cor_verdict {
    enum cor_class class_;
    unsigned flags;     // enum cor_flag
    const char *reason; // NULL only where the class says it all
};

struct cor_component_verdicts {
    bool judged;               // false: not a subject, or unsupported
    bool has_source;           // some of its own functions have a released body
    bool copyleft;             // its declared licence is one of the GPL kind
    bool version_differs;      // it says that it is of another version than the release
    struct cor_verdict *needs; // one for each row of component->undefined
    struct cor_verdict *own;   // one for each row of component->defined; those of data rows, and
                               // all where defined_table is NONE, mean nothing
};

struct cor_verdicts {
    struct cor_arena *arenas; // one for each worker; they own the reasons
    unsigned arena_count;
    struct cor_component_verdicts *components; // by index in the product
    COR_ARRAY(const char *) notes;             // contradictions between versions, as sentences
};

// Judges every component that was linked. `verdicts` must be new; disposed of by the caller even on
// failure. COR_OK, COR_NOMEM or COR_INTERRUPTED.
COR_MUST_CHECK enum cor_status cor_judge(const struct cor_evidence *evidence,
                                         struct cor_workers *workers,
                                         struct cor_verdicts *verdicts);
void cor_verdicts_init(struct cor_verdicts *verdicts);
void cor_verdicts_dispose(struct cor_verdicts *verdicts);

#endif
