// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what both sides say of their versions, compared.
#ifndef COR_VERDICT_VERSIONS_H
#define COR_VERDICT_VERSIONS_H

#include "verdict/verdict.h"

// Adds a sentence for each contradiction to `verdicts->notes`, and marks the components that it
// concerns. Only what contradicts is told: that versions agree proves nothing. COR_OK or COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_versions_compare(const struct cor_evidence *evidence,
                                                    struct cor_verdicts *verdicts);

// configs.c: the configuration that a kernel carries, and the one that was released.
COR_MUST_CHECK enum cor_status cor_configs_compare(const struct cor_evidence *evidence,
                                                   struct cor_verdicts *verdicts);

#endif
