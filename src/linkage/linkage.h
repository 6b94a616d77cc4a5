// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Who provides what: binds every undefined symbol of every shipped component by the platform's own
// linking rule.
#ifndef COR_LINKAGE_LINKAGE_H
#define COR_LINKAGE_LINKAGE_H

#include "base/arena.h"
#include "base/array.h"
#include "model/product.h"

// One definition that satisfies a need. `dynamic` tells in which list of the component.
struct cor_provider {
    uint32_t component; // index in the product
    uint32_t symbol;    // index in its `defined`, or its `dynamic` list
    bool dynamic;
};

// What became of one undefined row.
struct cor_resolution {
    uint32_t first, count; // run of `providers`; the one that the loader takes stands first
    const char *missing;   // why nobody could be found though somebody may exist ("libc.so.6 not
                           // given"); NULL: every provider that the rule names was read
    bool version_differs;  // the first provider is not the version that the need was built against
};

struct cor_component_links {
    const char *rule;                   // name of the rule; NULL when the component was not linked
    struct cor_resolution *resolutions; // one for each row of component->undefined
};

// A component that loads a library by its name (dlopen): a text of it is that name.
struct cor_load {
    uint32_t user, library; // indexes in the product
    const char *name;
};

struct cor_links {
    struct cor_arena arena;
    COR_ARRAY(struct cor_load) loads; // by user, then place of the text; not every one need happen
    COR_ARRAY(struct cor_provider) providers;
    struct cor_component_links *components; // by index in the product
    COR_ARRAY(const char *) notes;          // sentences about links, by component
};

void cor_links_init(struct cor_links *links);
void cor_links_dispose(struct cor_links *links);

// Binds the components of role shipped; where nothing is shipped, those of role source. `links`
// must be new. COR_OK or COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_linkage_resolve(const struct cor_product *product,
                                                   struct cor_links *links);

const struct cor_symbol *cor_provider_symbol(const struct cor_product *product,
                                             const struct cor_provider *provider);

#endif
