// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what the commands share.
#ifndef COR_CLI_CLI_H
#define COR_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "audit/again.h"
#include "audit/policy.h"
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
extern const struct cor_command cor_command_diff;
extern const struct cor_command cor_command_verify;
extern const struct cor_command cor_command_bundle;
extern const struct cor_command cor_command_extract;

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

typedef COR_ARRAY(struct cor_place_now) cor_places;

// with_case.c: what the commands that read a case file share. `values` are the command's own; the
// action may set the exit status for COR_OK.
typedef enum cor_status cor_case_action(const struct cor_case *case_, const cor_texts *operands,
                                        void *values, struct cor_stderr *sink, int *ret_code);
struct cor_case_job {
    const struct cor_command *command;
    void *values;
    const bool *quiet;  // among the values; may be NULL
    size_t least, most; // operands, the case file among them
    cor_case_action *action;
};
int cor_with_case(const struct cor_case_job *job, int count, char **words);
// Says how the command is used. COR_EXIT_USAGE.
int cor_usage(const struct cor_command *command);

// guarded.c: runs a job that reads the inputs of a case again. It may read them, and the case's
// baseline; `places` as for cor_audit_again(). Returns the job's exit status.
struct cor_limit_values;
struct cor_reading {
    const struct cor_case *case_;
    const cor_texts *at; // words of --at; NULL: none
    const struct cor_limit_values *limits;
    const char *extra;  // a further file that the job may read; NULL: none
    const char *output; // staged; NULL: none
    const char *staged; // where the job is to write it
    struct cor_stderr sink;
    cor_places places;
    int (*job)(struct cor_reading *reading);
    void *data; // the job's own
};
int cor_read_again(struct cor_reading *reading, bool quiet);

// progress.c: a line that is written over on a terminal, nothing elsewhere.
struct cor_terminal_progress;
struct cor_terminal_progress *cor_terminal_progress_new(bool quiet, bool verbose);
struct cor_progress *cor_terminal_progress_base(struct cor_terminal_progress *progress);
// Wipes the line, if there is one. Called before anything else is printed.
void cor_terminal_progress_wipe(void);
void cor_terminal_progress_free(struct cor_terminal_progress *progress);

// output.c: writes to a file ("-": stdout) under a temporary name that is renamed.
typedef enum cor_status cor_output_writer(void *what, FILE *out);
COR_MUST_CHECK enum cor_status cor_write_output(cor_output_writer *writer, void *what,
                                                const char *path, struct cor_diag *diag);
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
bool cor_folder_is_empty(const char *path);
bool cor_empty_folder(const char *path);
void cor_remove_folder(const char *path);
// Flushes stdout: COR_IO when that fails (a full disk, a closed pipe).
COR_MUST_CHECK enum cor_status cor_flush_stdout(struct cor_diag *diag);

// excuses.c: --policy, --today and --baseline, read before long work begins.
struct cor_given_excuses {
    const char *policy_path, *baseline_path;
    struct cor_policy policy;
    struct cor_case baseline;
    char today[11], baseline_sha256[65];
};
void cor_given_excuses_init(struct cor_given_excuses *excuses);
COR_MUST_CHECK enum cor_status cor_given_excuses_read(const char *policy, const char *today,
                                                      const char *baseline,
                                                      struct cor_given_excuses *excuses,
                                                      struct cor_diag *diag);
COR_MUST_CHECK enum cor_status cor_given_excuses_apply(const struct cor_given_excuses *excuses,
                                                       struct cor_case *case_);
void cor_given_excuses_dispose(struct cor_given_excuses *excuses);

// places.c: the words of --at.
COR_MUST_CHECK enum cor_status cor_find_places(const struct cor_case *case_, const cor_texts *words,
                                               cor_places *places, struct cor_diag *diag);

// sign.c: "gpg:KEY" and "ssh:FILE". Whether it is one of these; makes a detached signature.
COR_MUST_CHECK enum cor_status cor_check_sign(const char *sign, struct cor_diag *diag);
COR_MUST_CHECK enum cor_status cor_sign(const char *path, const char *sign, struct cor_diag *diag);

// Exit status for a call that failed; prints a line when the sink has not.
int cor_exit_for(enum cor_status status, const char *subject, struct cor_stderr *sink);

// Version of the program and of the libraries under it.
void cor_print_version(FILE *out);

#endif
