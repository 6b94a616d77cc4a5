// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: which of several libraries of one name the loader would take.
#ifndef COR_LINKAGE_LIBRARY_SEARCH_H
#define COR_LINKAGE_LIBRARY_SEARCH_H

#include "linkage/library_folders.h"
#include "linkage/library_index.h"
#include "linkage/rule.h"

// Who asks: a component, who loaded that one, and so on up to the program.
struct cor_asker {
    const struct cor_component *component;
    const struct cor_asker *loader; // NULL at the top
};

// Where libraries are looked for.
struct cor_library_places {
    struct cor_library_index index;
    struct cor_library_folders folders;
};

// The component that `name` (DT_NEEDED, or what dlopen() is given) means to the asker; COR_NONE
// when there is none. The loader's folders (DT_RPATH, DT_RUNPATH, $ORIGIN, those of its
// configuration, the default ones) are those of the root file system that the asker stands in; it
// is found by comparing paths, for no record says where it begins. A library outside of them all is
// taken too, for a file that only the environment leads to is no less there: then the nearest.
uint32_t cor_library_search(const struct cor_linking *linking,
                            const struct cor_library_places *places, const struct cor_asker *asker,
                            const char *name);

#endif
