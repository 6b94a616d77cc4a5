// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what a linking rule is, and what it works with.
#ifndef COR_LINKAGE_RULE_H
#define COR_LINKAGE_RULE_H

#include "linkage/linkage.h"
#include "linkage/definition_index.h"

struct cor_scopes;

struct cor_linking {
    const struct cor_product *product;
    const struct cor_definition_index *index;
    struct cor_links *links;
    enum cor_role subject;       // the role whose components are bound
    COR_ARRAY(uint32_t) kernels; // of that role
    struct cor_scopes *scopes;   // elf_dynamic.c's; NULL until it binds its first component
};

// A component is bound by the first rule of the table that applies to it.
struct cor_linking_rule {
    const char *name;
    bool (*applies)(const struct cor_linking *linking, const struct cor_component *component);
    // Fills the component's bindings, which are zeroed.
    COR_MUST_CHECK enum cor_status (*bind)(struct cor_linking *linking, uint32_t component,
                                           struct cor_resolution *resolutions);
};

extern const struct cor_linking_rule cor_rule_linux_module;
extern const struct cor_linking_rule cor_rule_esxi_module;
extern const struct cor_linking_rule cor_rule_kernel_global;
extern const struct cor_linking_rule cor_rule_static;
extern const struct cor_linking_rule cor_rule_elf_dynamic;

// Appends one provider to the run of `resolution`, which must be the newest run.
COR_MUST_CHECK enum cor_status cor_resolution_add(struct cor_links *links,
                                                  struct cor_resolution *resolution,
                                                  const struct cor_index_entry *entry);

// Whether components of this role may satisfy the subject's needs: the subject's own role, the
// system and the toolchain.
bool cor_role_provides(const struct cor_linking *linking, enum cor_role role);

#endif
