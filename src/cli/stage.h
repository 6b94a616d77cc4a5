// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Outputs of a guarded job. The job writes each one into a folder of its own beside the final
// place, the only folder it may write to; whoever guards it moves what is whole.
#ifndef COR_CLI_STAGE_H
#define COR_CLI_STAGE_H

#include "cli/guard.h"

struct cor_stage {
    const char *final; // as the user gave it; NULL when there is no such output
    char *folder;      // NULL: written to in place
    char *path;        // what the job is to write; NULL: `final` itself
};

// Makes the folder and allows it. `final` may be NULL.
COR_MUST_CHECK enum cor_status cor_stage_open(struct cor_stage *stage, const char *final,
                                              struct cor_guard *guard);
const char *cor_stage_path(const struct cor_stage *stage);

// Moves what was written. COR_IO.
COR_MUST_CHECK enum cor_status cor_stage_commit(struct cor_stage *stage, struct cor_diag *diag);

// Empties the folder for another try; false when that fails.
bool cor_stage_empty(const struct cor_stage *stage);

// Removes the folder and what is in it; accepts what was never opened.
void cor_stage_close(struct cor_stage *stage);

#endif
