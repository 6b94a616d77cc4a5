// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What was written, and what was not and why.
#include <inttypes.h>

#include "audit/extract.h"
#include "report/json_out.h"
#include "report/put.h"

static const char *const fates[] = {[COR_FATE_WRITTEN] = "written",
                                    [COR_FATE_OPENED] = "opened",
                                    [COR_FATE_PARTIAL] = "partial",
                                    [COR_FATE_UNREAD] = "unread",
                                    [COR_FATE_REFUSED] = "refused"};
static const char *const kinds[] = {[COR_ENTRY_FILE] = "file",
                                    [COR_ENTRY_FOLDER] = "folder",
                                    [COR_ENTRY_SYMLINK] = "symlink",
                                    [COR_ENTRY_HARDLINK] = "hardlink",
                                    [COR_ENTRY_SPECIAL] = "device"};

static void hex_of(const struct cor_extracted *item, char hex[65])
{
    for (unsigned i = 0; i < sizeof item->sha256; i++)
        snprintf(hex + 2 * (size_t)i, 3, "%02x", item->sha256[i]);
}

enum cor_status cor_manifest_text(const struct cor_extraction *extraction, FILE *out)
{
    fputs("fate\tkind\tsize\tsha256\tpath\tmember\trenamed\tnote\n", out);
    for (size_t i = 0; i < extraction->items.count; i++) {
        const struct cor_extracted *item = &extraction->items.items[i];
        char hex[65] = "-";
        if (item->hashed)
            hex_of(item, hex);
        fprintf(out, "%s\t%s\t%" PRIu64 "\t%s\t", fates[item->fate], kinds[item->kind], item->size,
                hex);
        cor_put(out, item->path);
        fputc('\t', out);
        cor_put(out, item->member);
        fprintf(out, "\t%s\t", item->renamed ? "yes" : "no");
        cor_put(out, item->note);
        fputc('\n', out);
    }
    return cor_put_done(out);
}

static void put_item(struct cor_json *json, const struct cor_extracted *item)
{
    char hex[65];
    hex_of(item, hex);
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "member", item->member);
    cor_json_text(json, "path", item->path);
    cor_json_text(json, "kind", kinds[item->kind]);
    cor_json_text(json, "fate", fates[item->fate]);
    cor_json_bool(json, "renamed", item->renamed);
    cor_json_text(json, "link", item->link);
    cor_json_number(json, "size", item->size);
    cor_json_text(json, "sha256", item->hashed ? hex : NULL);
    cor_json_text(json, "note", item->note);
    cor_json_close(json, '}');
}

enum cor_status cor_manifest_json(const struct cor_extraction *extraction, FILE *out)
{
    struct cor_json json = {.out = out};
    cor_json_open(&json, NULL, '{');
    cor_json_text(&json, "schema", "correspond-manifest/1");
    cor_json_open(&json, "items", '[');
    for (size_t i = 0; i < extraction->items.count; i++)
        put_item(&json, &extraction->items.items[i]);
    cor_json_close(&json, ']');
    cor_json_number(&json, "left_out", extraction->left_out);
    cor_json_close(&json, '}');
    fputc('\n', out);
    return cor_put_done(out);
}
