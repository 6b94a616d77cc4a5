// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what a Linux module does that its loader forbids or warns of.
#ifndef COR_LINKAGE_LINUX_NOTES_H
#define COR_LINKAGE_LINUX_NOTES_H

#include "base/buffer.h"
#include "linkage/rule.h"

// What is noted of one module, name by name.
struct cor_linux_notes {
    const struct cor_component *user;
    struct cor_buffer gpl, namespaces, checksums;
};

void cor_linux_notes_init(struct cor_linux_notes *notes, const struct cor_component *user);
void cor_linux_notes_dispose(struct cor_linux_notes *notes);

// One need and the export that the loader takes for it. `ret_differs` says whether the export's
// checksum is another one than the module was built against.
COR_MUST_CHECK enum cor_status cor_linux_notes_add(struct cor_linux_notes *notes,
                                                   const struct cor_name *name,
                                                   const struct cor_component *provider,
                                                   bool *ret_differs);

// Puts the sentences into `links`.
COR_MUST_CHECK enum cor_status cor_linux_notes_finish(struct cor_linux_notes *notes,
                                                      struct cor_links *links);

#endif
