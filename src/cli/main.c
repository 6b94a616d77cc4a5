// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <signal.h>
#include <string.h>

#include "base/interrupt.h"
#include "cli/cli.h"

static const struct cor_command *const commands[] = {
    &cor_command_audit,  &cor_command_show, &cor_command_list,
    &cor_command_report, &cor_command_tree,
};

static const char *const summaries[] = {
    "audit what was shipped against the released source",
    "show the whole evidence for one symbol, component or file",
    "list components, symbols, members, unread or sources",
    "write a report from a case file",
    "list what is inside a file, at every depth",
};

static void help(FILE *out)
{
    fputs("Usage: correspond COMMAND ...\n\n"
          "Does the source code you were given correspond to the binaries you were\n"
          "shipped? Answers with evidence.\n\nCommands:\n",
          out);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(out, "  %-8s  %s\n", commands[i]->name, summaries[i]);
    fputs("\ncorrespond COMMAND --help tells a command's options.\n"
          "correspond --version names the version and the libraries' versions.\n",
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
    // A closed pipe is an error of the write, which is reported.
    signal(SIGPIPE, SIG_IGN);
}

int main(int count, char **words)
{
    const char *name = count > 1 ? words[1] : "";
    watch_signals();
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        help(stdout);
        return COR_EXIT_OK;
    }
    if (strcmp(name, "--version") == 0) {
        cor_print_version(stdout);
        return COR_EXIT_OK;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(name, commands[i]->name) == 0)
            return commands[i]->run(count - 2, words + 2);
    if (*name)
        fprintf(stderr, "correspond: no such command: %s (see correspond --help)\n", name);
    else
        fputs("correspond: no command was given (see correspond --help)\n", stderr);
    return COR_EXIT_USAGE;
}
