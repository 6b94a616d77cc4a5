// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The metadata of an offline bundle (VMware's depot): index.xml names vendor-index.xml, that names
// metadata.zip, and what stands in there names the packages with sizes and sums, either as
// <vibFile> with <relativePath> or, one file for each package, as <relative-path>.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/manifest.h"
#include "intake/xml.h"

struct depot {
    struct cor_xml_reader reader;
    struct cor_walker *walker;
    struct cor_node *node; // the file with the metadata
    const char *root;      // what the names are relative to, with "/" at the end
    const char *name, *size, *hex, *type;
    struct cor_name_list missing;
    size_t agreed, named;
};

static bool ends_with(const char *path, const char *suffix)
{
    size_t size = strlen(path), end = strlen(suffix);
    return size >= end && strcmp(path + size - end, suffix) == 0;
}

static enum cor_status keep(struct depot *depot, const char *text, const char **ret_text)
{
    const char *copy = cor_arena_text(&depot->walker->walk->arena, cor_slice_text(text));
    if (!copy)
        return COR_NOMEM;
    *ret_text = copy;
    return COR_OK;
}

static void forget(struct depot *depot)
{
    depot->name = depot->size = depot->hex = depot->type = NULL;
}

static enum cor_status check_sum(struct depot *depot, struct cor_node *node)
{
    bool known, is_sha256 = depot->type && strcmp(depot->type, "sha-256") == 0;
    if (depot->size && strtoull(depot->size, NULL, 10) != node->member.size)
        return cor_walker_unread(depot->walker, node, COR_MALFORMED, COR_HIDES_NOTHING,
                                 "its size is not the one that the metadata state: %.20s",
                                 depot->size);
    if (!depot->hex || !is_sha256)
        return COR_OK;
    bool agrees = cor_manifest_agrees(node, depot->hex, &known);
    depot->agreed += agrees;
    return agrees || !known
               ? COR_OK
               : cor_walker_unread(depot->walker, node, COR_MALFORMED, COR_HIDES_NOTHING,
                                   "its SHA-256 is not the one that the metadata state: %.64s",
                                   depot->hex);
}

static enum cor_status settle(struct depot *depot)
{
    enum cor_status status = COR_OK;
    if (depot->name && *depot->name && !strstr(depot->name, "://")) {
        const char *path = cor_arena_printf(&depot->walker->walk->arena, "%s%s", depot->root,
                                            depot->name + strspn(depot->name, "/"));
        if (!path)
            return COR_NOMEM;
        struct cor_node *node = cor_manifest_find(depot->walker, depot->node, path);
        depot->named++;
        if (node)
            status = check_sum(depot, node);
        else
            cor_name_list_add(&depot->missing, depot->name);
    }
    forget(depot);
    return status;
}

static enum cor_status on_begin(struct cor_xml_reader *reader, const char *path,
                                const char *const *attributes)
{
    struct depot *depot = (struct depot *)reader;
    const char *type = cor_xml_attribute(attributes, "checksum-type");
    if (ends_with(path, "/vibFile") || strcmp(path, "vib") == 0)
        forget(depot);
    return strcmp(path, "vib/checksum") == 0 ? keep(depot, type, &depot->type) : COR_OK;
}

static enum cor_status on_end(struct cor_xml_reader *reader, const char *path, const char *text)
{
    static const struct {
        const char *suffix;
        size_t field;
    } fields[] = {{"/vibFile/relativePath", offsetof(struct depot, name)},
                  {"/vibFile/packedSize", offsetof(struct depot, size)},
                  {"/vibFile/checksum/checksum", offsetof(struct depot, hex)},
                  {"/vibFile/checksum/checksumType", offsetof(struct depot, type)},
                  {"vendorList/vendor/indexfile", offsetof(struct depot, name)},
                  {"metaList/metadata/url", offsetof(struct depot, name)}};
    static const struct {
        const char *path;
        size_t field;
    } own_fields[] = {{"vib/relative-path", offsetof(struct depot, name)},
                      {"vib/packed-size", offsetof(struct depot, size)},
                      {"vib/checksum", offsetof(struct depot, hex)}};
    struct depot *depot = (struct depot *)reader;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < sizeof fields / sizeof *fields; i++)
        if (ends_with(path, fields[i].suffix))
            status = keep(depot, text, (const char **)((char *)depot + fields[i].field));
    for (size_t i = 0; status == COR_OK && i < sizeof own_fields / sizeof *own_fields; i++)
        if (strcmp(path, own_fields[i].path) == 0)
            status = keep(depot, text, (const char **)((char *)depot + own_fields[i].field));
    bool whole = ends_with(path, "/vibFile") || strcmp(path, "vib") == 0 ||
                 ends_with(path, "/indexfile") || strcmp(path, "metaList/metadata/url") == 0;
    return status == COR_OK && whole ? settle(depot) : status;
}

static enum cor_status tell(struct depot *depot)
{
    char note[120];
    if (depot->named == 0)
        return COR_OK;
    snprintf(note, sizeof note, "%zu files named, %zu sums agree", depot->named, depot->agreed);
    enum cor_status status = cor_manifest_note(depot->walker, depot->node, note);
    if (status != COR_OK || depot->missing.count == 0)
        return status;
    return cor_walker_unread(depot->walker, depot->node, COR_NOT_FOUND, COR_HIDES_CODE,
                             "it names what is not there: %s", cor_name_list_end(&depot->missing));
}

// Names are relative to the folder that holds index.xml, or metadata.zip.
static const char *root_of(struct cor_walker *walker, const struct cor_node *node)
{
    const char *path = node->member.path, *zip = strstr(path, "metadata.zip!/");
    const char *end = zip ? zip : strrchr(path, '/') + 1;
    return cor_arena_text(&walker->walk->arena, cor_slice(path, (size_t)(end - path)));
}

static enum cor_status check(struct cor_walker *walker, const struct cor_manifest *manifest)
{
    struct depot depot = {.reader = {on_begin, on_end},
                          .walker = walker,
                          .node = manifest->node,
                          .root = root_of(walker, manifest->node)};
    if (!depot.root)
        return COR_NOMEM;
    enum cor_status status = cor_xml_read(&depot.reader, manifest->bytes, manifest->size);
    if (status == COR_OK || status == COR_NOMEM)
        return status == COR_OK ? tell(&depot) : status;
    if (!strstr(manifest->node->member.path, "metadata.zip!/"))
        return COR_OK;
    return cor_walker_unread(walker, manifest->node, COR_MALFORMED, COR_HIDES_NOTHING,
                             "not well-formed XML: what it says was not checked");
}

static bool is_metadata(const struct cor_node *node)
{
    const char *path = node->member.path;
    const struct cor_node *parent = node->parent;
    if (!parent || strcmp(parent->member.format, "zip") != 0)
        return false;
    if (ends_with(parent->member.path, "/metadata.zip"))
        return ends_with(path, "/vmware.xml") ||
               (strstr(path, "!/vibs/") && ends_with(path, ".xml"));
    return ends_with(path, "!/index.xml") || ends_with(path, "!/vendor-index.xml");
}

const struct cor_manifest_kind cor_manifest_depot = {is_metadata, check};
