// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: in which components, and in which order, the ELF loader looks names up.
#ifndef COR_LINKAGE_SCOPES_H
#define COR_LINKAGE_SCOPES_H

#include "linkage/library_search.h"
#include "linkage/rule.h"

struct cor_scope_member {
    uint32_t component;
    uint32_t loader; // position of the member that asked for it
};

struct cor_scope_place {
    uint32_t component, position;
};

struct cor_scope {
    COR_ARRAY(struct cor_scope_member) members; // in search order
    COR_ARRAY(struct cor_scope_place) places;   // by component
    COR_ARRAY(const char *) missing;            // needed libraries that were not given
    uint32_t first_bound; // members from here on get their needs from this scope
    bool whole;           // all of these; otherwise the first of them alone, which is an orphan
};

struct cor_scopes {
    struct cor_library_places libraries;
    COR_ARRAY(struct cor_scope) items;
    uint32_t *stamps, stamp; // by component: which walk met it last
    uint32_t *first_use;     // by component: where its run of `uses` begins; it ends at the next
    uint32_t *uses;          // scopes that bind the component
};

// The global scope of every program: itself, then DT_NEEDED breadth first (gABI, "Shared Object
// Dependencies"). A library that is loaded by name has the program's scope and then its own. Other
// shared objects nobody is known to load: their own scope, behind that of each program which
// exports what they lack, for it can be what loads them. Fills `links->loads` too.
COR_MUST_CHECK enum cor_status cor_scopes_new(struct cor_linking *linking,
                                              struct cor_scopes **ret_scopes);
void cor_scopes_free(struct cor_scopes *scopes);

// Where the scope looks into a component; COR_NONE when it does not.
uint32_t cor_scope_position(const struct cor_scope *scope, uint32_t component);

#endif
