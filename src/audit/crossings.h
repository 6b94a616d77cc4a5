// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: needs of components without released bodies that released code serves.
#ifndef COR_AUDIT_CROSSINGS_H
#define COR_AUDIT_CROSSINGS_H

#include "audit/pipeline.h"

// Whether row `row` of the undefined symbols of the component with this number is such a need, and
// who serves it.
bool cor_crosses_into_released(const struct cor_pipeline *pipeline, size_t number, size_t row,
                               const struct cor_provider **ret_provider);

#endif
