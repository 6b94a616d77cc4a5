// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what the uses of code and body have to say on whether they are one.
#ifndef COR_VERDICT_FIT_PRINT_H
#define COR_VERDICT_FIT_PRINT_H

#include "verdict/support.h"

// Doubts, or refuses, a body that `so_far` took for the one of the component's row `row`.
enum cor_fit cor_print_fit(const struct cor_evidence *evidence, const struct cor_support *support,
                           const struct cor_body_query *query, uint32_t row,
                           const struct cor_definition *definition, enum cor_fit so_far,
                           const char **ret_why);

#endif
