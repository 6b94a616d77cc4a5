// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Words that mean something before or behind a declarator.
#ifndef COR_SOURCE_WORDS_H
#define COR_SOURCE_WORDS_H

#include "base/slice.h"

enum cor_word {
    COR_WORD_PLAIN,
    COR_WORD_STATIC,
    COR_WORD_EXTERN,
    COR_WORD_TYPEDEF,
    COR_WORD_INLINE,
    COR_WORD_WEAK,
    COR_WORD_STORAGE,   // others that say nothing about linkage
    COR_WORD_QUALIFIER, // const, volatile, ...
    COR_WORD_TYPE,      // a basic type
    COR_WORD_TYPEOF,    // a type with a parenthesis
    COR_WORD_TAG,       // struct, union, enum, class
    COR_WORD_CONTROL,   // a statement's keyword: never a function's name
    COR_WORD_ATTRIBUTE, // may have a parenthesis
    COR_WORD_ASM,
    COR_WORD_ALIAS, // __alias(target)
    COR_WORD_SCOPE  // namespace, template, using: C++
};

enum cor_word cor_word_class(struct cor_slice word);

#endif
