// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The closed lists of terms.def as enums, and their words.
#ifndef COR_MODEL_TERMS_H
#define COR_MODEL_TERMS_H

#include <stdbool.h>

enum cor_role {
#define COR_ROLE(id, word) COR_ROLE_##id,
#include "model/terms.def"
    COR_ROLE_COUNT
};

enum cor_kind {
#define COR_KIND(id, word) COR_KIND_##id,
#include "model/terms.def"
    COR_KIND_COUNT
};

// The class of a needed symbol or of a defined function: exactly one.
enum cor_class {
#define COR_CLASS(id, word) COR_CLASS_##id,
#include "model/terms.def"
    COR_CLASS_COUNT
};

enum cor_how {
#define COR_HOW(id, word) COR_HOW_##id,
#include "model/terms.def"
    COR_HOW_COUNT
};

enum cor_linkage {
#define COR_LINKAGE(id, word) COR_LINKAGE_##id,
#include "model/terms.def"
    COR_LINKAGE_COUNT
};

enum cor_refkind {
#define COR_REFKIND(id, word) COR_REFKIND_##id,
#include "model/terms.def"
    COR_REFKIND_COUNT
};

enum cor_direction {
#define COR_DIRECTION(id, word) COR_DIRECTION_##id,
#include "model/terms.def"
    COR_DIRECTION_COUNT
};

enum cor_state {
#define COR_STATE(id, word) COR_STATE_##id,
#include "model/terms.def"
    COR_STATE_COUNT
};

enum cor_line_by {
#define COR_LINE_BY(id, word) COR_LINE_BY_##id,
#include "model/terms.def"
    COR_LINE_BY_COUNT
};

enum cor_flag_bit {
#define COR_FLAG(id, word) COR_FLAG_BIT_##id,
#include "model/terms.def"
    COR_FLAG_BIT_COUNT
};

enum cor_flag {
#define COR_FLAG(id, word) COR_FLAG_##id = 1 << COR_FLAG_BIT_##id,
#include "model/terms.def"
};

// The words; never NULL ("?" for a number outside the list).
const char *cor_role_word(enum cor_role role);
const char *cor_kind_word(enum cor_kind kind);
const char *cor_class_word(enum cor_class class_);
const char *cor_how_word(enum cor_how how);
const char *cor_linkage_word(enum cor_linkage linkage);
const char *cor_refkind_word(enum cor_refkind kind);
const char *cor_direction_word(enum cor_direction direction);
const char *cor_line_by_word(enum cor_line_by by);
const char *cor_state_word(enum cor_state state);
const char *cor_flag_word(enum cor_flag_bit bit);

#endif
