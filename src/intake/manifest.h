// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Files that say what else there is: names, sizes, sums, an order. They are kept during the walk
// and compared with what was found when it is over. Private to intake.
#ifndef COR_INTAKE_MANIFEST_H
#define COR_INTAKE_MANIFEST_H

#include "intake/walker.h"

struct cor_manifest_kind {
    bool (*is)(const struct cor_node *node);
    // What does not agree makes members unread; what does is told in their `note`, and in a note of
    // the walk. COR_NOMEM, or COR_OK.
    enum cor_status (*check)(struct cor_walker *walker, const struct cor_manifest *manifest);
};

extern const struct cor_manifest_kind cor_manifest_vib, cor_manifest_depot, cor_manifest_boot_cfg;

// Whether the leaf's bytes are wanted. `bytes` are copied.
bool cor_manifest_is(const struct cor_walker *walker, const struct cor_node *node);
COR_MUST_CHECK enum cor_status cor_manifest_keep(struct cor_walker *walker, struct cor_node *node,
                                                 const unsigned char *bytes, size_t size);

// When the members are in order.
COR_MUST_CHECK enum cor_status cor_manifests_check(struct cor_walker *walker);

// --- for the checks

// The member with this path, or NULL; without regard to the case of ASCII letters in the second.
struct cor_node *cor_manifest_find(const struct cor_walker *walker, const struct cor_node *beside,
                                   const char *path);
COR_MUST_CHECK enum cor_status cor_manifest_find_folded(struct cor_walker *walker,
                                                        const struct cor_node *beside,
                                                        const char *path,
                                                        struct cor_node **ret_node);

// What is known of a member becomes part of its note.
COR_MUST_CHECK enum cor_status cor_manifest_note(struct cor_walker *walker, struct cor_node *node,
                                                 const char *text);
// A sentence about the whole walk.
COR_MUST_CHECK enum cor_status cor_manifest_tell(struct cor_walker *walker, const char *text);

// Compares a member's SHA-256 with hex digits; false in *ret_known when it has none.
bool cor_manifest_agrees(const struct cor_node *node, const char *hex, bool *ret_known);

// "a, b, c and 4 more": adds one name to such a list, which begins with {0}.
struct cor_name_list {
    char text[240];
    size_t count, listed;
};
void cor_name_list_add(struct cor_name_list *list, const char *name);
const char *cor_name_list_end(struct cor_name_list *list);

#endif
