// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The descriptor of a VIB (VMware's package): sums and sizes of the payloads, and the names of all
// files in them.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "intake/manifest.h"
#include "intake/xml.h"

enum { SHORTEST_CUT_NAME = 8 };

struct payload {
    const char *name, *size;
    struct cor_node *node;
};

struct sum {
    size_t payload;
    const char *type, *process, *hex;
};

struct vib {
    struct cor_xml_reader reader;
    struct cor_walker *walker;
    struct cor_node *node; // the package
    const char *type, *process;
    COR_ARRAY(struct payload) payloads;
    COR_ARRAY(struct sum) sums;
    COR_ARRAY(const char *) files;
    COR_ARRAY(const char *) present;
    size_t agreed, differ, unchecked;
    bool is_signed;
};

static const char *keep(struct vib *vib, const char *text)
{
    return cor_arena_text(&vib->walker->walk->arena, cor_slice_text(text));
}

static enum cor_status on_begin(struct cor_xml_reader *reader, const char *path,
                                const char *const *attributes)
{
    struct vib *vib = (struct vib *)reader;
    if (strcmp(path, "vib/payloads/payload") == 0) {
        const struct payload payload = {.name = keep(vib, cor_xml_attribute(attributes, "name")),
                                        .size = keep(vib, cor_xml_attribute(attributes, "size"))};
        return payload.name && payload.size ? cor_array_add(&vib->payloads, payload) : COR_NOMEM;
    }
    if (strcmp(path, "vib/payloads/payload/checksum") == 0) {
        vib->type = keep(vib, cor_xml_attribute(attributes, "checksum-type"));
        vib->process = keep(vib, cor_xml_attribute(attributes, "verify-process"));
        return vib->type && vib->process ? COR_OK : COR_NOMEM;
    }
    return COR_OK;
}

static enum cor_status on_end(struct cor_xml_reader *reader, const char *path, const char *text)
{
    struct vib *vib = (struct vib *)reader;
    if (strcmp(path, "vib/payloads/payload/checksum") == 0 && vib->payloads.count) {
        const struct sum sum = {vib->payloads.count - 1, vib->type, vib->process, keep(vib, text)};
        return sum.hex ? cor_array_add(&vib->sums, sum) : COR_NOMEM;
    }
    if (strcmp(path, "vib/file-list/file") == 0) {
        const char *name = keep(vib, text + strspn(text, "/"));
        return name ? cor_array_add(&vib->files, name) : COR_NOMEM;
    }
    return COR_OK;
}

// The next member below the package, or NULL.
static struct cor_node *next_below(const struct vib *vib, size_t *index)
{
    const struct cor_walk *walk = vib->walker->walk;
    size_t size = strlen(vib->node->member.path);
    if (++*index >= walk->nodes.count)
        return NULL;
    struct cor_node *node = walk->nodes.items[*index];
    const char *path = node->member.path;
    bool below = strncmp(path, vib->node->member.path, size) == 0 && path[size] == '!';
    return below ? node : NULL;
}

// The archive cuts names short; the size then tells which payload it is.
static bool is_payload(const struct vib *vib, const struct payload *payload,
                       const struct cor_node *node, bool exactly)
{
    const char *name = node->member.path + strlen(vib->node->member.path) + 2;
    size_t size = strlen(name);
    if (exactly)
        return strcmp(name, payload->name) == 0;
    return size >= SHORTEST_CUT_NAME && strncmp(name, payload->name, size) == 0 &&
           strtoull(payload->size, NULL, 10) == node->member.size;
}

static void match_payloads(struct vib *vib)
{
    for (int exactly = 1; exactly >= 0; exactly--) {
        size_t index = vib->node->index;
        for (struct cor_node *node; (node = next_below(vib, &index)) != NULL;)
            for (size_t i = 0; node->parent == vib->node && i < vib->payloads.count; i++)
                if (!vib->payloads.items[i].node &&
                    is_payload(vib, &vib->payloads.items[i], node, exactly)) {
                    vib->payloads.items[i].node = node;
                    break;
                }
    }
}

// What the filters around a payload leave; `most` of them are taken off.
static struct cor_node *unpacked(const struct vib *vib, struct cor_node *node, unsigned most)
{
    size_t index = node->index;
    for (struct cor_node *below; most && (below = next_below(vib, &index)) != NULL;) {
        if (below->parent != node) {
            if (strncmp(below->member.path, node->member.path, strlen(node->member.path)) != 0)
                break;
            continue;
        }
        const char *word = below->member.path + strlen(node->member.path) + 1;
        if (word[0] == '/')
            break;
        if (strcmp(word, "trailer") == 0)
            continue;
        node = below;
        most--;
    }
    return node;
}

static enum cor_status check_sum(struct vib *vib, const struct sum *sum)
{
    const struct payload *payload = &vib->payloads.items[sum->payload];
    bool known, outer = strcmp(sum->process, "gunzip1") == 0;
    struct cor_node *node = payload->node;
    if (!node)
        return COR_OK;
    if (strcmp(sum->type, "sha-256-gunzip1") == 0)
        outer = true;
    else if (strcmp(sum->type, "sha-256") != 0) {
        vib->unchecked++;
        return COR_OK;
    }
    if (outer || *sum->process)
        node = unpacked(vib, node, outer ? 1 : UINT32_MAX);
    bool agrees = cor_manifest_agrees(node, sum->hex, &known);
    vib->agreed += agrees;
    vib->differ += known && !agrees;
    vib->unchecked += !known;
    return !known || agrees
               ? COR_OK
               : cor_walker_unread(vib->walker, node, COR_MALFORMED, COR_HIDES_NOTHING,
                                   "its SHA-256 is not the one that descriptor.xml states for "
                                   "the payload %s: %.64s",
                                   payload->name, sum->hex);
}

static int text_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// Names of the entries of the archives that the payloads hold.
static enum cor_status list_present(struct vib *vib)
{
    enum cor_status status = COR_OK;
    size_t index = vib->node->index, skip = strlen(vib->node->member.path) + 2;
    for (struct cor_node *node; status == COR_OK && (node = next_below(vib, &index)) != NULL;) {
        const char *name =
            strlen(node->member.path) > skip ? strstr(node->member.path + skip, "!/") : NULL;
        if (name)
            status = cor_array_add(&vib->present, name + 2);
        else if (strcmp(node->member.path + skip, "sig.pkcs7") == 0)
            vib->is_signed = node->member.size > 0;
    }
    if (vib->present.count > 1)
        qsort(vib->present.items, vib->present.count, sizeof *vib->present.items, text_order);
    return status;
}

static enum cor_status find_missing(struct vib *vib)
{
    struct cor_name_list missing = {0};
    for (size_t i = 0; i < vib->payloads.count; i++)
        if (!vib->payloads.items[i].node)
            cor_name_list_add(&missing, vib->payloads.items[i].name);
    for (size_t i = 0; i < vib->files.count; i++)
        if (!vib->present.count ||
            !bsearch(&vib->files.items[i], vib->present.items, vib->present.count,
                     sizeof *vib->present.items, text_order))
            cor_name_list_add(&missing, vib->files.items[i]);
    return missing.count == 0
               ? COR_OK
               : cor_walker_unread(vib->walker, vib->node, COR_NOT_FOUND, COR_HIDES_ALL,
                                   "descriptor.xml names what is not there: %s",
                                   cor_name_list_end(&missing));
}

static enum cor_status tell(struct vib *vib)
{
    char note[200];
    int used = snprintf(note, sizeof note, "descriptor.xml: %zu of %zu sums agree", vib->agreed,
                        vib->sums.count);
    if (vib->unchecked)
        used +=
            snprintf(note + used, sizeof note - (size_t)used, " (%zu not checked)", vib->unchecked);
    used +=
        snprintf(note + used, sizeof note - (size_t)used, ", %zu files named", vib->files.count);
    snprintf(note + used, sizeof note - (size_t)used, ", %s",
             vib->is_signed ? "signed (not verified)" : "not signed");
    struct cor_walk_checks *checks = &vib->walker->checks;
    checks->packages++;
    checks->sums += vib->agreed;
    checks->files += vib->files.count;
    checks->wrong += vib->differ || vib->node->member.state == COR_STATE_UNREAD;
    return cor_manifest_note(vib->walker, vib->node, note);
}

static enum cor_status check_size(struct vib *vib, const struct payload *payload)
{
    struct cor_node *node = payload->node;
    if (!node || !*payload->size || strtoull(payload->size, NULL, 10) == node->member.size)
        return COR_OK;
    vib->differ++;
    return cor_walker_unread(vib->walker, node, COR_MALFORMED, COR_HIDES_NOTHING,
                             "its size is not the one that descriptor.xml states for the payload "
                             "%s: %.20s",
                             payload->name, payload->size);
}

static enum cor_status compare(struct vib *vib)
{
    match_payloads(vib);
    enum cor_status status = list_present(vib);
    for (size_t i = 0; status == COR_OK && i < vib->payloads.count; i++)
        status = check_size(vib, &vib->payloads.items[i]);
    for (size_t i = 0; status == COR_OK && i < vib->sums.count; i++)
        status = check_sum(vib, &vib->sums.items[i]);
    if (status == COR_OK)
        status = find_missing(vib);
    return status == COR_OK ? tell(vib) : status;
}

static enum cor_status check(struct cor_walker *walker, const struct cor_manifest *manifest)
{
    struct vib vib = {.reader = {on_begin, on_end},
                      .walker = walker,
                      .node = manifest->node->parent,
                      .type = "",
                      .process = ""};
    enum cor_status status = cor_xml_read(&vib.reader, manifest->bytes, manifest->size);
    if (status == COR_OK)
        status = compare(&vib);
    else if (status != COR_NOMEM)
        status = cor_walker_unread(walker, manifest->node, COR_MALFORMED, COR_HIDES_NOTHING,
                                   "not well-formed XML: what it says was not checked");
    cor_array_dispose(&vib.payloads);
    cor_array_dispose(&vib.sums);
    cor_array_dispose(&vib.files);
    cor_array_dispose(&vib.present);
    return status;
}

static bool is_descriptor(const struct cor_node *node)
{
    const struct cor_node *parent = node->parent;
    return parent && strcmp(parent->member.format, "vib") == 0 &&
           strcmp(node->member.path + strlen(parent->member.path), "!/descriptor.xml") == 0;
}

const struct cor_manifest_kind cor_manifest_vib = {is_descriptor, check};
