// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Unpacks every depth of an input into a folder, and nothing outside of it.
//
// A file F stays a file F; what was found in it goes to the folder F.d beside it. Names are made
// safe: see correspond-extract(1), which is the contract.
#ifndef COR_AUDIT_EXTRACT_H
#define COR_AUDIT_EXTRACT_H

#include <stdio.h>

#include "audit/tree.h"
#include "base/array.h"
#include "intake/keeper.h"

enum cor_fate {
    COR_FATE_WRITTEN,
    COR_FATE_OPENED,  // a container whose contents were written, and that was not asked for itself
    COR_FATE_PARTIAL, // as far as it could be read
    COR_FATE_UNREAD,  // nothing of it was had
    COR_FATE_REFUSED  // a device, a link out of the folder
};

struct cor_extracted {
    const char *member;
    enum cor_entry_kind kind;
    enum cor_fate fate;
    const char *path; // below the folder; NULL when nothing was written
    const char *link; // of a symbolic link: the target that was written
    const char *note; // why refused, renamed, rewritten or cut; NULL
    bool renamed;
    uint64_t size;
    bool hashed;
    unsigned char sha256[32];
};

struct cor_extraction {
    struct cor_arena arena;
    COR_ARRAY(struct cor_extracted) items; // by member, once it is over
    size_t left_out;                       // what is not written whole
};

struct cor_extract_options {
    struct cor_tree_options tree;
    const char *folder;        // is there
    const char *const *select; // globs over member paths; none: everything
    size_t select_count;
    bool leaves; // containers that were opened are not kept
};

// Also after a failure the extraction tells what was written. Fails as cor_audit() does, and with
// COR_IO when something could not be written: COR_FATAL then went to `diag`.
COR_MUST_CHECK enum cor_status cor_extraction_run(const struct cor_extract_options *options,
                                                  struct cor_extraction *ret_extraction);
void cor_extraction_dispose(struct cor_extraction *extraction);

// manifests
COR_MUST_CHECK enum cor_status cor_manifest_text(const struct cor_extraction *extraction,
                                                 FILE *out);
COR_MUST_CHECK enum cor_status cor_manifest_json(const struct cor_extraction *extraction,
                                                 FILE *out);

#endif
