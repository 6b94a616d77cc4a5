// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "cli/cli.h"
#include "cli/completion.h"

const struct cor_command_row cor_commands[] = {
    {&cor_command_audit, "audit what was shipped against the released source"},
    {&cor_command_show, "show the whole evidence for one symbol, component or file"},
    {&cor_command_list, "list components, symbols, members, unread or sources"},
    {&cor_command_report, "write a report from a case file"},
    {&cor_command_diff, "compare two cases: what a new candidate adds, lacks, lost"},
    {&cor_command_verify, "read the inputs again: what of a case still holds"},
    {&cor_command_bundle, "pack the evidence of a case into one file"},
    {&cor_command_tree, "list what is inside a file, at every depth"},
    {&cor_command_extract, "unpack every depth of a file into a folder, safely"},
    {NULL, NULL},
};

static void help(FILE *out)
{
    fputs("Usage: correspond COMMAND ...\n\n"
          "Does the source code you were given correspond to the binaries you were\n"
          "shipped? Answers with evidence.\n\nCommands:\n",
          out);
    for (const struct cor_command_row *row = cor_commands; row->command; row++)
        fprintf(out, "  %-8s  %s\n", row->command->name, row->summary);
    fputs("\ncorrespond COMMAND --help tells a command's options.\n"
          "correspond --version names the version and the libraries' versions.\n"
          "correspond --completion bash|zsh|fish writes the completion for a shell.\n",
          out);
}

static void on_signal(int number)
{
    (void)number;
    cor_interrupt_raise();
}

static void watch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    // A closed pipe and a file that may not grow are errors of the write, which is reported.
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

// A stream that the caller closed must not become the name of a file that is opened later: what is
// said would go into that file. Opened the wrong way round, its use still fails.
static void hold_standard_streams(void)
{
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
        if (fcntl(file, F_GETFD) < 0)
            (void)!open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

// What was printed has arrived, or that is said.
static int finish(int code)
{
    struct cor_stderr sink;
    cor_stderr_init(&sink, false);
    return code == COR_EXIT_OK
               ? cor_exit_for(cor_flush_stdout(&sink.diag), "standard output", &sink)
               : code;
}

static int complete(const char *shell)
{
    if (cor_write_completion(shell, stdout))
        return finish(COR_EXIT_OK);
    fputs("correspond: --completion: name one of bash, zsh, fish\n", stderr);
    return COR_EXIT_USAGE;
}

int main(int count, char **words)
{
    const char *name = count > 1 ? words[1] : "";
    hold_standard_streams();
    watch_signals();
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        help(stdout);
        return finish(COR_EXIT_OK);
    }
    if (strcmp(name, "--version") == 0) {
        cor_print_version(stdout);
        return finish(COR_EXIT_OK);
    }
    if (strcmp(name, "--completion") == 0)
        return complete(count > 2 ? words[2] : "");
    for (const struct cor_command_row *row = cor_commands; row->command; row++)
        if (strcmp(name, row->command->name) == 0)
            return finish(row->command->run(count - 2, words + 2));
    if (*name)
        fprintf(stderr, "correspond: no such command: %s (see correspond --help)\n", name);
    else
        fputs("correspond: no command was given (see correspond --help)\n", stderr);
    return COR_EXIT_USAGE;
}
