// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/script.h"

#include <string.h>

#include "base/interrupt.h"
#include "report/commands.h"
#include "report/put.h"
#include "report/shell.h"

static const char head[] =
    "#!/bin/sh\n"
    "# Checks the evidence in this folder with stock tools: readelf, objdump, grep, sed, "
    "sha256sum;\n"
    "# for foreign processors those of binutils-multiarch. Commands that read a whole input run\n"
    "# when its variable names the file, and are counted as skipped otherwise:\n"
    "#\n"
    "#     SHIPPED1=/path/to/it SOURCE1=/path/to/it sh verify.sh\n"
    "#\n"
    "# Exit status: 0 all commands that ran succeeded, 1 not. VERBOSE=1 shows what they print.\n"
    "set -u\n"
    "BUNDLE=$(cd \"$(dirname \"$0\")\" && pwd)\n"
    "export BUNDLE LC_ALL=C\n"
    "work=$(mktemp -d)\n"
    "trap 'rm -rf \"$work\"' EXIT\n"
    "good=0 bad=0 skipped=0\n"
    "\n"
    "# run ABOUT VARIABLE...: runs standard input in an empty folder, if the variables are set.\n"
    "run() {\n"
    "    about=$1\n"
    "    shift\n"
    "    cat >\"$work/command\"\n"
    "    for variable; do\n"
    "        eval \"value=\\${$variable-}\"\n"
    "        if [ -z \"$value\" ]; then\n"
    "            skipped=$((skipped + 1))\n"
    "            return 0\n"
    "        fi\n"
    "        case $value in /*) ;; *) value=$PWD/$value ;; esac\n"
    "        eval \"$variable=\\$value; export $variable\"\n"
    "    done\n"
    "    rm -rf \"$work/empty\"\n"
    "    mkdir \"$work/empty\"\n"
    "    if (cd \"$work/empty\" && sh \"$work/command\") >\"$work/said\" 2>&1; then\n"
    "        good=$((good + 1))\n"
    "        [ -z \"${VERBOSE-}\" ] || { echo \"ok: $about\"; cat \"$work/said\"; }\n"
    "    else\n"
    "        bad=$((bad + 1))\n"
    "        echo \"FAILED: $about\"\n"
    "        cat \"$work/command\" \"$work/said\"\n"
    "    fi\n"
    "}\n"
    "\n"
    "run 'the files of the bundle have their hashes' <<'COMMAND'\n"
    "cd \"$BUNDLE\" && sha256sum --quiet -c SHA256SUMS\n"
    "COMMAND\n";

static const char tail[] =
    "\n"
    "echo \"$good succeeded, $bad failed, $skipped skipped (they read whole inputs)\"\n"
    "[ \"$bad\" -eq 0 ]\n";

struct script {
    const struct cor_index *index;
    FILE *out;
    struct cor_names *written; // the same command is not run twice
};

// In single quotes, and nothing in it that steers.
static void put_word(FILE *out, const char *text)
{
    fputc('\'', out);
    for (; *text; text++)
        fputc(*text < ' ' || *text > '~' || *text == '\'' ? '?' : *text, out);
    fputc('\'', out);
}

// "$SOURCE1" in a command: it needs that input.
static enum cor_status put_variables(const struct script *script, const char *text)
{
    const struct cor_case *case_ = script->index->case_;
    struct cor_buffer name;
    enum cor_status status = COR_OK;
    cor_buffer_init(&name, 64);
    for (size_t i = 0; status == COR_OK && i < case_->inputs.count; i++) {
        name.size = 0;
        status = cor_buffer_append(&name, "\"$", 2);
        if (status == COR_OK)
            status = cor_shell_variable(&name, &case_->inputs.items[i]);
        for (const char *at = text; status == COR_OK && (at = strstr(at, name.data));
             at += name.size)
            if (at[name.size] == '"' || at[name.size] == '/') {
                fprintf(script->out, " %s", name.data + 2);
                break;
            }
    }
    cor_buffer_dispose(&name);
    return status;
}

static enum cor_status put_command(struct script *script, const struct cor_command *command)
{
    const struct cor_name *name;
    if (!command->text) {
        fputs("# ", script->out);
        put_word(script->out, command->about);
        fputc('\n', script->out);
        return COR_OK;
    }
    if (cor_names_find(script->written, cor_slice_text(command->text)))
        return COR_OK;
    enum cor_status status =
        cor_names_intern(script->written, cor_slice_text(command->text), &name);
    if (status != COR_OK)
        return status;
    fputs("run ", script->out);
    put_word(script->out, command->about);
    status = put_variables(script, command->text);
    fprintf(script->out, " <<'COMMAND'\n%s\nCOMMAND\n", command->text);
    return status;
}

static enum cor_status put_symbol(struct script *script, const struct cor_case_symbol *symbol)
{
    struct cor_commands commands;
    enum cor_status status = cor_commands_symbol(script->index, symbol, &commands);
    if (status != COR_OK)
        return status;
    fputs("\n# ", script->out);
    put_word(script->out, symbol->name);
    fprintf(script->out, " is %s\n", cor_class_word(symbol->class_));
    for (size_t i = 0; status == COR_OK && i < commands.list.count; i++)
        status = put_command(script, &commands.list.items[i]);
    cor_commands_dispose(&commands);
    return status;
}

enum cor_status cor_script_write(const struct cor_case *case_, struct cor_cited *cited, FILE *out)
{
    struct cor_index index;
    enum cor_status status = cor_index_init(&index, case_);
    if (status != COR_OK)
        return status;
    index.cited = cited;
    struct script script = {&index, out, cor_names_new()};
    status = script.written ? COR_OK : COR_NOMEM;
    fputs(head, out);
    for (size_t i = 0; status == COR_OK && i < case_->symbols.count; i++)
        if (case_->symbols.items[i].full)
            status =
                cor_interrupted() ? COR_INTERRUPTED : put_symbol(&script, &case_->symbols.items[i]);
    fputs(tail, out);
    cor_names_free(script.written);
    cor_index_dispose(&index);
    return status == COR_OK ? cor_put_done(out) : status;
}
