// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/tree.h"

#include <inttypes.h>

#include "report/json_out.h"
#include "report/put.h"

#ifndef COR_VERSION
#define COR_VERSION "0"
#endif

static void hex_of(const struct cor_member *member, char hex[65])
{
    for (unsigned i = 0; i < sizeof member->sha256; i++)
        snprintf(hex + 2 * (size_t)i, 3, "%02x", member->sha256[i]);
}

static void put_line(const struct cor_member *member, FILE *out)
{
    char hex[65] = "-";
    if (member->hashed)
        hex_of(member, hex);
    fprintf(out, "%s\t", cor_state_word(member->state));
    cor_put(out, member->format);
    fprintf(out, "\t%" PRIu64 "\t", member->size);
    if (member->cut && member->parent != COR_NONE)
        fprintf(out, "%" PRIu64, member->offset);
    else
        fputc('-', out);
    fprintf(out, "\t%s\t", hex);
    cor_put(out, member->reason ? member->reason : member->note);
    fputc('\t', out);
    cor_put(out, member->path);
    fputc('\n', out);
}

enum cor_status cor_tree_text(const struct cor_case *case_, FILE *out)
{
    fputs("state\tformat\tsize\toffset\tsha256\treason\tpath\n", out);
    for (size_t i = 0; i < case_->members.count; i++)
        put_line(&case_->members.items[i], out);
    return cor_put_done(out);
}

static void put_input(struct cor_json *json, const struct cor_input *input)
{
    cor_json_open(json, "input", '{');
    cor_json_text(json, "name", input->name);
    cor_json_bool(json, "folder", input->folder);
    cor_json_number(json, "size", input->size);
    cor_json_text(json, "sha1", input->sha1[0] ? input->sha1 : NULL);
    cor_json_text(json, "sha256", input->sha256[0] ? input->sha256 : NULL);
    cor_json_close(json, '}');
}

static void put_member(struct cor_json *json, const struct cor_member *member)
{
    char hex[65];
    hex_of(member, hex);
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "path", member->path);
    if (member->parent == COR_NONE)
        cor_json_null(json, "parent");
    else
        cor_json_number(json, "parent", member->parent);
    cor_json_text(json, "format", member->format);
    cor_json_number(json, "size", member->size);
    if (member->cut && member->parent != COR_NONE)
        cor_json_number(json, "offset", member->offset);
    else
        cor_json_null(json, "offset");
    cor_json_text(json, "sha256", member->hashed ? hex : NULL);
    cor_json_text(json, "state", cor_state_word(member->state));
    cor_json_text(json, "reason", member->reason);
    cor_json_text(json, "note", member->note);
    cor_json_close(json, '}');
}

enum cor_status cor_tree_json(const struct cor_case *case_, FILE *out)
{
    struct cor_json json = {.out = out};
    cor_json_open(&json, NULL, '{');
    cor_json_text(&json, "schema", "correspond-tree/1");
    cor_json_open(&json, "tool", '{');
    cor_json_text(&json, "name", "correspond");
    cor_json_text(&json, "version", COR_VERSION);
    cor_json_close(&json, '}');
    if (case_->inputs.count)
        put_input(&json, &case_->inputs.items[0]);
    cor_json_open(&json, "members", '[');
    for (size_t i = 0; i < case_->members.count; i++)
        put_member(&json, &case_->members.items[i]);
    cor_json_close(&json, ']');
    cor_json_close(&json, '}');
    fputc('\n', out);
    return cor_put_done(out);
}
