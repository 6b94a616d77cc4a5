// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "model/terms.h"

#include <stddef.h>

static const char *const roles[] = {
#define COR_ROLE(id, word) word,
#include "model/terms.def"
};
static const char *const kinds[] = {
#define COR_KIND(id, word) word,
#include "model/terms.def"
};
static const char *const classes[] = {
#define COR_CLASS(id, word) word,
#include "model/terms.def"
};
static const char *const hows[] = {
#define COR_HOW(id, word) word,
#include "model/terms.def"
};
static const char *const linkages[] = {
#define COR_LINKAGE(id, word) word,
#include "model/terms.def"
};
static const char *const refkinds[] = {
#define COR_REFKIND(id, word) word,
#include "model/terms.def"
};
static const char *const directions[] = {
#define COR_DIRECTION(id, word) word,
#include "model/terms.def"
};
static const char *const states[] = {
#define COR_STATE(id, word) word,
#include "model/terms.def"
};
static const char *const line_bys[] = {
#define COR_LINE_BY(id, word) word,
#include "model/terms.def"
};
static const char *const flags[] = {
#define COR_FLAG(id, word) word,
#include "model/terms.def"
};

static const char *word_of(const char *const *words, size_t count, unsigned number)
{
    return number < count ? words[number] : "?";
}

#define WORD(list, number) word_of(list, sizeof(list) / sizeof *(list), (unsigned)(number))

const char *cor_role_word(enum cor_role role)
{
    return WORD(roles, role);
}

const char *cor_kind_word(enum cor_kind kind)
{
    return WORD(kinds, kind);
}

const char *cor_class_word(enum cor_class class_)
{
    return WORD(classes, class_);
}

const char *cor_how_word(enum cor_how how)
{
    return WORD(hows, how);
}

const char *cor_linkage_word(enum cor_linkage linkage)
{
    return WORD(linkages, linkage);
}

const char *cor_refkind_word(enum cor_refkind kind)
{
    return WORD(refkinds, kind);
}

const char *cor_direction_word(enum cor_direction direction)
{
    return WORD(directions, direction);
}

const char *cor_state_word(enum cor_state state)
{
    return WORD(states, state);
}

const char *cor_line_by_word(enum cor_line_by by)
{
    return WORD(line_bys, by);
}

const char *cor_flag_word(enum cor_flag_bit bit)
{
    return WORD(flags, bit);
}
