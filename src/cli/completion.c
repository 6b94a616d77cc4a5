// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "cli/completion.h"

#include <string.h>

#include "cli/cli.h"

static const char licence[] = "# SPDX"
                              "-License-Identifier: Apache-2.0\n"
                              "# SPDX"
                              "-FileCopyrightText: The correspond authors\n"
                              "# Written by correspond --completion.\n";

// What follows an option: the words that it knows, a file, or anything.
enum value { VALUE_NONE, VALUE_FORMAT, VALUE_FILE, VALUE_ANY };

static enum value value_of(const struct cor_option *option)
{
    static const char *const files[] = {"PATH", "FILE", "CASE", "DIR"};
    if (!option->argument)
        return VALUE_NONE;
    if (strcmp(option->name, "format") == 0)
        return VALUE_FORMAT;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(option->argument, files[i]) == 0)
            return VALUE_FILE;
    return VALUE_ANY;
}

static void put_formats(const struct cor_command *command, FILE *out)
{
    if (command == &cor_command_report) {
        for (const struct cor_report_format *format = cor_report_formats; format->name; format++)
            fprintf(out, "%s%s", format == cor_report_formats ? "" : " ", format->name);
        return;
    }
    fputs(command == &cor_command_diff ? "text json html" : "text json", out);
}

static void put_lists(FILE *out)
{
    for (const char *at = COR_LIST_WORDS; *at; at++)
        if (*at != ',')
            fputc(*at, out);
}

// --- bash

static void bash_command(const struct cor_command *command, FILE *out)
{
    fprintf(out, "    %s)\n        options='--help", command->name);
    for (const struct cor_option *option = command->options; option->name; option++)
        fprintf(out, " --%s", option->name);
    fputs("'\n        formats='", out);
    put_formats(command, out);
    fputs("'\n        others='", out);
    for (const struct cor_option *option = command->options; option->name; option++)
        if (value_of(option) == VALUE_ANY)
            fprintf(out, "|--%s|", option->name);
    fputs("'\n        words='", out);
    if (command == &cor_command_list)
        put_lists(out);
    fputs("'\n        ;;\n", out);
}

static void write_bash(FILE *out)
{
    fprintf(out,
            "%s_correspond() {\n"
            "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
            "    local options formats others words\n"
            "    COMPREPLY=()\n"
            "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
            "        mapfile -t COMPREPLY < <(compgen -W '",
            licence);
    for (const struct cor_command_row *row = cor_commands; row->command; row++)
        fprintf(out, "%s ", row->command->name);
    fputs("--help --version --completion' -- \"$word\")\n"
          "        return\n"
          "    fi\n"
          "    case ${COMP_WORDS[1]} in\n"
          "    --completion) words='bash zsh fish' ;;\n",
          out);
    for (const struct cor_command_row *row = cor_commands; row->command; row++)
        bash_command(row->command, out);
    fputs("    *) return ;;\n"
          "    esac\n"
          "    case $before in\n"
          "    --format | -f) mapfile -t COMPREPLY < <(compgen -W \"$formats\" -- \"$word\") ;;\n"
          "    *)\n"
          "        case $others in *\"|$before|\"*) return ;; esac\n"
          "        case $word in\n"
          "        -*) mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\") ;;\n"
          "        *)\n"
          "            mapfile -t COMPREPLY < <(\n"
          "                [ -z \"$words\" ] || [ \"$COMP_CWORD\" -lt 2 ] ||\n"
          "                    compgen -W \"$words\" -- \"$word\"\n"
          "                compgen -f -- \"$word\"\n"
          "            )\n"
          "            compopt -o filenames 2>/dev/null\n"
          "            ;;\n"
          "        esac\n"
          "        ;;\n"
          "    esac\n"
          "}\n"
          "complete -F _correspond correspond\n",
          out);
}

// --- zsh

// Within single quotes, where brackets and colons part the fields.
static void zsh_text(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("[]:\\", *text))
            fputc('\\', out);
        fputs(*text == '\'' ? "'\\''" : (const char[]){*text, '\0'}, out);
    }
}

static void zsh_value(const struct cor_command *command, const struct cor_option *option, FILE *out)
{
    switch (value_of(option)) {
    case VALUE_NONE:
        break;
    case VALUE_FORMAT:
        fputs(":format:(", out);
        put_formats(command, out);
        fputc(')', out);
        break;
    case VALUE_FILE:
        fputs(":file:_files", out);
        break;
    case VALUE_ANY:
        fputs(":", out);
        zsh_text(out, option->argument);
        fputs(":", out);
        break;
    }
}

static void zsh_command(const struct cor_command *command, FILE *out)
{
    fprintf(out, "    (%s)\n        _arguments \\\n", command->name);
    for (const struct cor_option *option = command->options; option->name; option++) {
        if (option->letter) {
            fprintf(out, "            '*-%c[", option->letter);
            zsh_text(out, option->help);
            fputs("]", out);
            zsh_value(command, option, out);
            fputs("' \\\n", out);
        }
        fprintf(out, "            '*--%s[", option->name);
        zsh_text(out, option->help);
        fputs("]", out);
        zsh_value(command, option, out);
        fputs("' \\\n", out);
    }
    fputs("            '(- *)--help[print this and exit]' \\\n", out);
    if (command == &cor_command_list) {
        fputs("            '1:case:_files' '2:list:(", out);
        put_lists(out);
        fputs(")'\n", out);
    } else {
        fputs("            '*:file:_files'\n", out);
    }
    fputs("        ;;\n", out);
}

static void write_zsh(FILE *out)
{
    fprintf(out,
            "#compdef correspond\n%s"
            "_correspond() {\n"
            "    local -a commands\n"
            "    commands=(\n",
            licence);
    for (const struct cor_command_row *row = cor_commands; row->command; row++) {
        fprintf(out, "        '%s:", row->command->name);
        zsh_text(out, row->summary);
        fputs("'\n", out);
    }
    fputs("    )\n"
          "    if (( CURRENT == 2 )); then\n"
          "        _describe command commands\n"
          "        return\n"
          "    fi\n"
          "    local command=$words[2]\n"
          "    shift words\n"
          "    (( CURRENT-- ))\n"
          "    case $command in\n",
          out);
    for (const struct cor_command_row *row = cor_commands; row->command; row++)
        zsh_command(row->command, out);
    fputs("    esac\n"
          "}\n"
          "_correspond \"$@\"\n",
          out);
}

// --- fish

static void fish_text(FILE *out, const char *text)
{
    fputc('\'', out);
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
    fputc('\'', out);
}

static void fish_option(const struct cor_command *command, const struct cor_option *option,
                        FILE *out)
{
    enum value value = value_of(option);
    fprintf(out, "complete -c correspond -n '__fish_seen_subcommand_from %s' -l %s", command->name,
            option->name);
    if (option->letter)
        fprintf(out, " -s %c", option->letter);
    if (value == VALUE_FILE)
        fputs(" -r -F", out);
    else if (value != VALUE_NONE)
        fputs(" -x", out);
    if (value == VALUE_FORMAT) {
        fputs(" -a '", out);
        put_formats(command, out);
        fputc('\'', out);
    }
    fputs(" -d ", out);
    fish_text(out, option->help);
    fputc('\n', out);
}

static void write_fish(FILE *out)
{
    fputs(licence, out);
    for (const struct cor_command_row *row = cor_commands; row->command; row++) {
        fprintf(out, "complete -c correspond -n __fish_use_subcommand -f -a %s -d ",
                row->command->name);
        fish_text(out, row->summary);
        fputc('\n', out);
        for (const struct cor_option *option = row->command->options; option->name; option++)
            fish_option(row->command, option, out);
    }
    fputs("complete -c correspond -n '__fish_seen_subcommand_from list' -a '", out);
    put_lists(out);
    fputs("'\n", out);
}

bool cor_write_completion(const char *shell, FILE *out)
{
    static const struct {
        const char *shell;
        void (*write)(FILE *out);
    } writers[] = {{"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        if (strcmp(writers[i].shell, shell) == 0) {
            writers[i].write(out);
            return true;
        }
    return false;
}
