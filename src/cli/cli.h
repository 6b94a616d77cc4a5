// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what the commands share.
#ifndef COR_CLI_CLI_H
#define COR_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/progress.h"
#include "cli/options.h"
#include "model/case.h"
#include "report/report.h"

enum cor_exit {
    COR_EXIT_OK = 0,
    COR_EXIT_FINDINGS = 1,
    COR_EXIT_USAGE = 2,
    COR_EXIT_FAILED = 3,
    COR_EXIT_UNDETERMINED = 4,
    COR_EXIT_INTERRUPTED = 130
};

extern const struct cor_command cor_command_audit;
extern const struct cor_command cor_command_show;
extern const struct cor_command cor_command_list;
extern const struct cor_command cor_command_report;
extern const struct cor_command cor_command_tree;

// stderr.c: one line a message on stderr: "correspond: SUBJECT: TEXT".
struct cor_stage;
struct cor_stderr {
    struct cor_diag diag;
    bool quiet;                     // fatal messages alone
    bool fatal;                     // one was printed
    const struct cor_stage *stages; // outputs that are named by their final places
    size_t stage_count;
};
void cor_stderr_init(struct cor_stderr *sink, bool quiet);

// progress.c: a line that is written over on a terminal, nothing elsewhere.
struct cor_terminal_progress;
struct cor_terminal_progress *cor_terminal_progress_new(bool quiet);
struct cor_progress *cor_terminal_progress_base(struct cor_terminal_progress *progress);
// Wipes the line, if there is one. Called before anything else is printed.
void cor_terminal_progress_wipe(void);
void cor_terminal_progress_free(struct cor_terminal_progress *progress);

// output.c: writes a report to a file ("-": stdout) under a temporary name that is renamed.
COR_MUST_CHECK enum cor_status cor_write_report(const struct cor_report_format *format,
                                                const struct cor_case *case_,
                                                const struct cor_report_options *options,
                                                const char *path, struct cor_diag *diag);
// Whether a file could be made there, before long work begins.
COR_MUST_CHECK enum cor_status cor_check_output(const char *path, struct cor_diag *diag);
// Whether it is written to in place: a device, a pipe, a name below /dev or /proc.
bool cor_is_special(const char *path);
// stage.c: empties a folder; also removes it. No symbolic link is followed.
bool cor_empty_folder(const char *path);
void cor_remove_folder(const char *path);
// Flushes stdout: COR_IO when that fails (a full disk, a closed pipe).
COR_MUST_CHECK enum cor_status cor_flush_stdout(struct cor_diag *diag);

// Exit status for a call that failed; prints a line when the sink has not.
int cor_exit_for(enum cor_status status, const char *subject, struct cor_stderr *sink);

// Version of the program and of the libraries under it.
void cor_print_version(FILE *out);

#endif
