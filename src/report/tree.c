// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/tree.h"

#include <inttypes.h>

#include "base/alloc.h"
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

// What of a container's bytes is none of its members', which stand in it as they are: headers,
// padding, and for a compression all of it.
static enum cor_status own_bytes(const struct cor_case *case_, uint64_t **ret_own)
{
    size_t count = case_->members.count;
    uint64_t *own = cor_alloc_zero(count, sizeof *own);
    if (!own)
        return COR_NOMEM;
    for (size_t i = 0; i < count; i++)
        own[i] = case_->members.items[i].size;
    for (size_t i = 0; i < count; i++) {
        const struct cor_member *member = &case_->members.items[i];
        if (!member->cut || member->parent >= count)
            continue;
        uint64_t *left = &own[member->parent];
        *left = *left > member->size ? *left - member->size : 0;
    }
    *ret_own = own;
    return COR_OK;
}

static void put_line(const struct cor_member *member, uint64_t own, FILE *out)
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
    fprintf(out, "\t%" PRIu64 "\t%s\t", own, hex);
    cor_put(out, member->reason ? member->reason : member->note);
    fputc('\t', out);
    cor_put(out, member->path);
    fputc('\n', out);
}

enum cor_status cor_tree_text(const struct cor_case *case_, FILE *out)
{
    uint64_t *own;
    enum cor_status status = own_bytes(case_, &own);
    if (status != COR_OK)
        return status;
    fputs("state\tformat\tsize\toffset\town\tsha256\treason\tpath\n", out);
    for (size_t i = 0; i < case_->members.count; i++)
        put_line(&case_->members.items[i], own[i], out);
    cor_free(own);
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

static void put_member(struct cor_json *json, const struct cor_member *member, uint64_t own)
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
    cor_json_number(json, "own", own);
    cor_json_text(json, "sha256", member->hashed ? hex : NULL);
    cor_json_text(json, "state", cor_state_word(member->state));
    cor_json_text(json, "reason", member->reason);
    cor_json_text(json, "note", member->note);
    cor_json_close(json, '}');
}

enum cor_status cor_tree_json(const struct cor_case *case_, FILE *out)
{
    struct cor_json json = {.out = out};
    uint64_t *own;
    enum cor_status status = own_bytes(case_, &own);
    if (status != COR_OK)
        return status;
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
        put_member(&json, &case_->members.items[i], own[i]);
    cor_free(own);
    cor_json_close(&json, ']');
    cor_json_close(&json, '}');
    fputc('\n', out);
    return cor_put_done(out);
}
