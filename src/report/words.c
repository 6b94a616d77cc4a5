// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/text.h"

static const char *const verdicts[COR_CLASS_COUNT] = {
    [COR_CLASS_RELEASED] = "released: a body that can be its own stands in the released source",
    [COR_CLASS_PREBUILT] = "prebuilt: the released source holds it only as object code",
    [COR_CLASS_BINARY_ONLY] =
        "binary-only: a shipped component has it, and no body stands in the released source",
    [COR_CLASS_UNRESOLVED] =
        "unresolved: none of the components that could provide it has it, and no body was found",
    [COR_CLASS_TOOLCHAIN] = "toolchain: made by the compiler, the linker or the C runtime",
    [COR_CLASS_UNDETERMINED] = "undetermined: it cannot be said where it comes from",
};

static const char *const directions[COR_DIRECTION_COUNT] = {
    [COR_DIRECTION_NONE] = "no direction",
    [COR_DIRECTION_RELEASED_TO_BINARY] = "released code needs it, and it exists only in binary",
    [COR_DIRECTION_BINARY_TO_RELEASED] = "a binary needs it from released code",
    [COR_DIRECTION_BINARY_TO_BINARY] = "one binary needs it from another",
};

const char *cor_text_verdict(enum cor_class class_)
{
    return class_ < COR_CLASS_COUNT ? verdicts[class_] : "?";
}

const char *cor_text_direction(enum cor_direction direction)
{
    return direction < COR_DIRECTION_COUNT ? directions[direction] : "?";
}
