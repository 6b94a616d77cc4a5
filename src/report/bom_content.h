// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What every bill of materials holds: the inputs, their components, the source files that the
// report cites, the licences that are declared, and who is linked to whom.
#ifndef COR_REPORT_BOM_CONTENT_H
#define COR_REPORT_BOM_CONTENT_H

#include "base/array.h"
#include "model/case.h"

enum cor_bom_kind { COR_BOM_INPUT, COR_BOM_COMPONENT, COR_BOM_SOURCE };

struct cor_bom_item {
    enum cor_bom_kind kind;
    uint32_t number; // 1, 2, ... within its kind; for components their id
    const char *name, *path;
    uint32_t input;     // index of the input that holds it
    const char *sha1;   // NULL where it is not known
    const char *sha256; // likewise
    const struct cor_input *of_input;
    const struct cor_case_component *of_component;
    const char *licence;    // as declared; NULL
    const char *expression; // the same as an SPDX expression; NULL
    uint32_t licence_ref;   // 1, 2, ... where the licence has no SPDX identifier
};

struct cor_bom_link {
    uint32_t from, to; // ids of components
    bool is_static;    // else bound when it is loaded
};

struct cor_bom {
    struct cor_arena arena;
    const struct cor_case *case_;
    COR_ARRAY(struct cor_bom_item) items; // inputs, components, source files
    COR_ARRAY(struct cor_bom_link) links; // by from, to
    COR_ARRAY(const char *) licences;     // those without an SPDX identifier
};

COR_MUST_CHECK enum cor_status cor_bom_init(struct cor_bom *bom, const struct cor_case *case_);
void cor_bom_dispose(struct cor_bom *bom);

// "GPL-2.0-only", "LicenseRef-2", or NULL where none is declared.
const char *cor_bom_expression(const struct cor_bom_item *item, char reference[32]);

// "Input", "Component", "Source".
const char *cor_bom_kind_word(enum cor_bom_kind kind);

#endif
