// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a case says of a member: a file at any depth of an input.
#include <inttypes.h>

#include "report/unpack_command.h"
#include "report/find.h"
#include "report/put.h"
#include "report/show.h"

enum { LONGEST_COMMAND = 1 << 16, MOST_MEMBERS = 20 };

static void put_fact(FILE *out, const char *what, const char *text)
{
    fprintf(out, "  %-8s ", what);
    cor_put(out, text);
    fputc('\n', out);
}

static enum cor_status put_command(const struct cor_index *index, const struct cor_member *member,
                                   FILE *out)
{
    struct cor_buffer command;
    struct cor_arena arena;
    const char *why = NULL;
    cor_arena_init(&arena);
    cor_buffer_init(&command, LONGEST_COMMAND);
    enum cor_status status =
        cor_unpack_command(&command, index, member->input, member->path, false, &arena, &why);
    if (status == COR_OK) {
        fputs("  unpack   $ ", out);
        for (const char *at = command.data; *at; at++)
            fputs(*at == '\n' ? " \\\n             " : (const char[]){*at, '\0'}, out);
        fputc('\n', out);
    } else if (status == COR_UNSUPPORTED) {
        put_fact(out, "unpack", why);
        status = COR_OK;
    }
    cor_buffer_dispose(&command);
    cor_arena_dispose(&arena);
    return status;
}

static enum cor_status put_member(const struct cor_index *index, const struct cor_member *member,
                                  FILE *out)
{
    const struct cor_case *case_ = index->case_;
    cor_put(out, member->path);
    fprintf(out, " is a member (%s).\n", cor_state_word(member->state));
    if (member->input < case_->inputs.count)
        fprintf(out, "  %-8s %s %" PRIu32 "\n", "input",
                cor_role_word(case_->inputs.items[member->input].role),
                case_->inputs.items[member->input].number);
    put_fact(out, "format", member->format);
    fprintf(out, "  %-8s ", "size");
    cor_put_number(out, member->size);
    fputs(" bytes\n  sha256   ", out);
    for (unsigned i = 0; member->hashed && i < sizeof member->sha256; i++)
        fprintf(out, "%02x", member->sha256[i]);
    fputs(member->hashed ? "\n" : "not hashed\n", out);
    if (member->reason)
        put_fact(out, "reason", member->reason);
    if (member->parent < case_->members.count)
        put_fact(out, "inside", case_->members.items[member->parent].path);
    return put_command(index, member, out);
}

enum cor_status cor_show_members(const struct cor_index *index, const char *what, FILE *out,
                                 bool *ret_found)
{
    const struct cor_case *case_ = index->case_;
    enum cor_status status = COR_OK;
    size_t count = 0;
    for (size_t i = 0; status == COR_OK && i < case_->members.count; i++) {
        const struct cor_member *member = &case_->members.items[i];
        if (!cor_means_path(member->path, what) || ++count > MOST_MEMBERS)
            continue;
        if (*ret_found)
            fputs("\n", out);
        *ret_found = true;
        status = put_member(index, member, out);
    }
    if (count > MOST_MEMBERS)
        fprintf(out, "\nand %zu more members of this name\n", count - MOST_MEMBERS);
    return status;
}
