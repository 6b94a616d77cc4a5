// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What follows a signed boot module of ESXi, read from its end backwards: a magic number, the
// signature's length, the signature (a key's name and an RSA signature), the number of a schema,
// and data of that schema.
#include <stdio.h>
#include <string.h>

#include "intake/formats/parts.h"
#include "intake/formats/rows.h"

enum {
    MAGIC = 0x1abe11ed,
    KEY_NAME = 16,
    ENDING = 8,
    SCHEMA = 4,
    MOST_SCHEMA = 4,
    MOST_SCHEMA_DATA = 4096
};

struct signature {
    size_t at, size; // of the signature
    uint32_t schema;
};

static bool is_name(const unsigned char *name)
{
    size_t letters = 0;
    while (letters < KEY_NAME && name[letters] > 32 && name[letters] < 127)
        letters++;
    for (size_t i = letters; i < KEY_NAME; i++)
        if (name[i])
            return false;
    return letters > 0;
}

// `head` is all there is.
static bool locate(const unsigned char *head, size_t size, struct signature *ret_signature)
{
    if (size < ENDING + SCHEMA + KEY_NAME || cor_le32(head + size - 4) != MAGIC)
        return false;
    size_t length = cor_le32(head + size - ENDING);
    if (length <= KEY_NAME || length > size - ENDING - SCHEMA)
        return false;
    const struct signature found = {
        .at = size - ENDING - length,
        .size = length,
        .schema = cor_le32(head + size - ENDING - length - SCHEMA),
    };
    if (found.schema < 1 || found.schema > MOST_SCHEMA || !is_name(head + found.at))
        return false;
    *ret_signature = found;
    return true;
}

static enum cor_status find(struct cor_parts *parts)
{
    const unsigned char *head;
    struct signature signature;
    size_t size = cor_stream_peek(parts->base.below, COR_HEAD, &head);
    if (!locate(head, size, &signature))
        return cor_parts_corrupt(parts, "no signature");
    snprintf(parts->base.note, sizeof parts->base.note,
             "signature of a boot module: key %.16s, %zu bits, schema %u (not verified)",
             (const char *)head + signature.at, (signature.size - KEY_NAME) * 8,
             (unsigned)signature.schema);
    enum cor_status status = COR_OK;
    if (signature.at > SCHEMA)
        status = cor_parts_add(parts, 0, signature.at - SCHEMA, "schema-data");
    if (status == COR_OK)
        status = cor_parts_overhead(parts, signature.at - SCHEMA, SCHEMA);
    if (status == COR_OK)
        status = cor_parts_add(parts, signature.at, signature.size, "signature");
    if (status == COR_OK)
        status = cor_parts_overhead(parts, signature.at + signature.size, ENDING);
    return status;
}

static struct cor_container *open_signature(const struct cor_format *format,
                                            struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find, below);
}

// A module whose signature stands within what is read anyway is the module, not the signature:
// every other format bids more, and an ELF file stays one.
static unsigned bid(const unsigned char *head, size_t size)
{
    struct signature signature;
    return size > 4 && size < COR_HEAD && memcmp(head, "\177ELF", 4) != 0 &&
                   locate(head, size, &signature) && signature.at <= MOST_SCHEMA_DATA
               ? 12
               : 0;
}

const struct cor_format cor_format_esxi_signature = {
    .name = "esxi-signature", .bid = bid, .open = open_signature, .seeks = true};
