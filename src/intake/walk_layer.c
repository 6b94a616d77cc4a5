// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Layers: what a member's bytes turn out to be, and what is inside.
#include <stdio.h>
#include <string.h>

#include "intake/formats/elf_payload.h"
#include "intake/formats/firmware.h"
#include "intake/hash.h"
#include "intake/walker.h"

static enum cor_status layer(struct cor_walker *walker, struct cor_node *node,
                             const struct cor_format *format, uint64_t extent,
                             struct cor_stream *stream);

static const char *path_below(struct cor_walker *walker, const struct cor_node *node,
                              const char *separator, const char *name)
{
    return cor_arena_printf(&walker->walk->arena, "%s%s%s", node->member.path, separator, name);
}

static enum cor_status over_members(struct cor_walker *walker, struct cor_node *node)
{
    return cor_walker_unread(walker, node, COR_LIMIT, COR_HIDES_ALL,
                             "over a limit: more than %llu members",
                             (unsigned long long)walker->options->limits.members);
}

static enum cor_status not_entered(struct cor_walker *walker, struct cor_node *node,
                                   struct cor_stream *stream, enum cor_status why, const char *text)
{
    enum cor_status status = cor_walker_pass(walker, node, stream);
    if (status == COR_OK)
        status = cor_walker_unread(walker, node, why, COR_HIDES_ALL, "%s", text);
    return status;
}

// `searched`: behind its head too, for what no head tells.
static enum cor_status recognise(const struct cor_node *node, struct cor_stream *stream,
                                 const unsigned char *head, size_t size, bool searched,
                                 const struct cor_format **ret_format)
{
    struct cor_mark before = cor_watch_enter(&node->subject, COR_STEP_LAYER);
    enum cor_status status = COR_OK;
    *ret_format = cor_recognise(head, size);
    if (!*ret_format && searched && strcmp(cor_leaf_format(head, size), "data") == 0)
        status = cor_firmware_probe(stream, ret_format);
    if (!*ret_format && searched && strcmp(cor_leaf_format(head, size), "elf") == 0)
        status = cor_elf_payload_probe(stream, ret_format);
    cor_watch_leave(before);
    return status;
}

// The container cannot give its bytes without dying of it.
static enum cor_status untouchable(struct cor_walker *walker, struct cor_node *node,
                                   const struct cor_stream *stream, enum cor_status why,
                                   const char *text)
{
    cor_walker_met(walker, node);
    if (stream->size != COR_SIZE_UNKNOWN)
        node->member.size = stream->size;
    return cor_walker_unread(walker, node, why, COR_HIDES_ALL, "%s", text);
}

static enum cor_status enter(struct cor_walker *walker, struct cor_node *node,
                             struct cor_stream *stream, const struct cor_format *format)
{
    uint32_t depth = walker->options->limits.depth;
    const unsigned char *head;
    size_t size = cor_stream_peek(stream, COR_HEAD, &head);
    node->member.format = format->name;
    if (format->given_name) {
        struct cor_slice name = format->given_name(head, size);
        node->member.given_name = name.size ? cor_arena_text(&walker->walk->arena, name) : NULL;
        if (name.size && !node->member.given_name)
            return COR_NOMEM;
    }
    if (walker->options->only)
        cor_walker_met(walker, node);
    if (!cor_walker_wants_below(walker, node->member.path, '!'))
        return COR_OK;
    if (format->unsupported)
        return not_entered(walker, node, stream, COR_UNSUPPORTED, format->unsupported);
    if (node->depth >= (depth < COR_DEEPEST ? depth : COR_DEEPEST))
        return not_entered(walker, node, stream, COR_LIMIT, "over a limit: too many layers deep");
    return layer(walker, node, format, format->extent ? format->extent(head, size) : 0, stream);
}

// Several layers may hold something at one time.
static uint64_t held_at_once(const struct cor_walker *walker)
{
    return walker->options->limits.held_bytes / 4;
}

// Data that stand in a stream are searched for images too, once they are held.
static enum cor_status held_content(struct cor_walker *walker, struct cor_node *node,
                                    struct cor_stream *stream)
{
    const struct cor_format *format = NULL;
    const unsigned char *head;
    struct cor_stream *replay;
    enum cor_status status = cor_stream_replay(stream, held_at_once(walker), &replay);
    if (status != COR_OK)
        return status;
    size_t size = cor_stream_peek(replay, COR_HEAD, &head);
    status = recognise(node, replay, head, size, true, &format);
    if (status == COR_OK)
        status = format ? enter(walker, node, replay, format)
                        : cor_walker_leaf(walker, node, replay, false);
    cor_stream_close(replay);
    return status;
}

// Whether only random access would tell what it is.
static bool is_hidden(const struct cor_walker *walker, const struct cor_stream *stream,
                      const unsigned char *head, size_t size, const struct cor_entry *from)
{
    uint64_t most = held_at_once(walker);
    const char *leaf = cor_leaf_format(head, size);
    return !stream->kind->at && !(from && (from->opaque || from->sparse)) &&
           size >= COR_FIRMWARE_SHORTEST && stream->failure == COR_OK &&
           (stream->size == COR_SIZE_UNKNOWN || stream->size <= most) && strcmp(leaf, "data") == 0;
}

// A disk of holes can be as large as numbers go: no leaf, and not to be searched.
static bool is_giant(const struct cor_walker *walker, const struct cor_stream *stream,
                     const struct cor_entry *from)
{
    return from && from->sparse && stream->size != COR_SIZE_UNKNOWN &&
           stream->size > walker->options->limits.member_bytes;
}

static enum cor_status content_of(struct cor_walker *walker, struct cor_node *node,
                                  struct cor_stream *stream, const struct cor_entry *from)
{
    const unsigned char *head;
    const struct cor_format *format = NULL;
    enum cor_status status = COR_OK, why;
    size_t size = cor_stream_peek(stream, COR_HEAD, &head);
    if (cor_ends_walk(stream->failure))
        return stream->failure;
    node->member.cut = stream->plain && size > 0;
    node->member.offset = node->member.cut ? stream->plain_at : 0;
    const char *condemned = cor_watch_condemned(&node->subject, COR_STEP_LAYER, &why);
    if (condemned)
        return not_entered(walker, node, stream, why, condemned);
    if (!(from && from->opaque))
        status = recognise(node, stream, head, size, !is_giant(walker, stream, from), &format);
    if (status != COR_OK)
        return status;
    if (!format && is_hidden(walker, stream, head, size, from))
        return held_content(walker, node, stream);
    if (!format)
        return cor_walker_leaf(walker, node, stream, from && from->sparse);
    return enter(walker, node, stream, format);
}

static enum cor_status content(struct cor_walker *walker, struct cor_node *node,
                               struct cor_stream *stream, const struct cor_entry *from)
{
    struct cor_keeping keeping;
    enum cor_status why;
    const char *condemned = cor_watch_condemned(&node->subject, COR_STEP_BYTES, &why);
    if (condemned)
        return untouchable(walker, node, stream, why, condemned);
    if (from) {
        stream->subject = &node->subject;
        stream->step = COR_STEP_BYTES;
    }
    cor_walker_keep(walker, node, stream, &keeping);
    return cor_walker_kept(walker, node, stream, content_of(walker, node, stream, from));
}

enum cor_status cor_walker_content(struct cor_walker *walker, struct cor_node *node,
                                   struct cor_stream *stream)
{
    return content(walker, node, stream, NULL);
}

// One member below a layer, its content being the whole of a stream.
static enum cor_status only_child(struct cor_walker *walker, struct cor_node *node,
                                  const char *name, struct cor_stream *stream)
{
    struct cor_node *child = NULL;
    enum cor_status status = COR_NOMEM;
    const char *path = path_below(walker, node, "!", name);
    if (!path)
        return COR_NOMEM;
    status = cor_walker_add(walker, node, path, node->depth + 1, &child);
    if (status == COR_LIMIT)
        return over_members(walker, node);
    if (status != COR_OK || !child)
        return status;
    if (cor_walker_excluded(walker, child, &status))
        return status;
    status = cor_walker_meet_layer(walker, child, name);
    return status == COR_OK ? cor_walker_content(walker, child, stream) : status;
}

static enum cor_status filter(struct cor_walker *walker, struct cor_node *node,
                              const struct cor_format *format, struct cor_stream *stream)
{
    const unsigned char *first;
    enum cor_status status = COR_OK;
    struct cor_stream *decoded = format->decode(stream);
    if (!decoded)
        return COR_NOMEM;
    decoded->meter = &walker->meter;
    decoded->subject = &node->subject;
    decoded->step = COR_STEP_LAYER;
    if (cor_stream_peek(decoded, 1, &first) > 0 || decoded->failure == COR_OK)
        status = only_child(walker, node, format->name, decoded);
    if (cor_ends_walk(decoded->failure))
        status = decoded->failure;
    else if (status == COR_OK && decoded->failure != COR_OK)
        status =
            cor_walker_unread(walker, node, decoded->failure, COR_HIDES_ALL, "%s", decoded->reason);
    cor_stream_close(decoded);
    return status;
}

// What follows the end of a layer. Zeros are padding; all else becomes a member of its own.
static enum cor_status trailer(struct cor_walker *walker, struct cor_node *node,
                               struct cor_stream *stream)
{
    const unsigned char *data;
    for (size_t size; (size = cor_stream_peek(stream, 1, &data)) > 0;) {
        size_t zeros = 0;
        while (zeros < size && data[zeros] == 0)
            zeros++;
        cor_stream_consume(stream, zeros);
        if (zeros == size)
            continue;
        struct cor_stream *rest = cor_stream_rest(stream);
        if (!rest)
            return COR_NOMEM;
        enum cor_status status = only_child(walker, node, "trailer", rest);
        cor_stream_close(rest);
        return status;
    }
    return COR_OK;
}

// Leading "./" and "/" tell nothing; everything else stays as it is stored.
static const char *clean(const char *name)
{
    for (;;) {
        if (name[0] == '/')
            name++;
        else if (name[0] == '.' && name[1] == '/')
            name += 2;
        else
            return name;
    }
}

// An entry without bytes of its own. True when the entry was one.
static bool bare_entry(struct cor_walker *walker, const struct cor_node *node,
                       struct cor_node *child, const struct cor_entry *entry)
{
    if (entry->kind == COR_ENTRY_SYMLINK)
        child->member.format = "symlink";
    else if (entry->kind == COR_ENTRY_SPECIAL)
        child->member.format = "device";
    else if (entry->kind == COR_ENTRY_HARDLINK) {
        child->member.format = "hardlink";
        const char *target =
            entry->link ? path_below(walker, node, "!/", clean(entry->link)) : NULL;
        child->link = target ? cor_seen_owner(&walker->seen, target) : NULL;
    } else
        return false;
    cor_walker_met(walker, child);
    return true;
}

static enum cor_status entry(struct cor_walker *walker, struct cor_node *node,
                             const struct cor_entry *entry, struct cor_node *child,
                             const char *name)
{
    enum cor_status status = COR_OK;
    if (cor_walker_excluded(walker, child, &status)) {
        if (entry->data && entry->data->size != COR_SIZE_UNKNOWN)
            child->member.size = entry->data->size;
        return status;
    }
    bool bare = bare_entry(walker, node, child, entry);
    status = cor_walker_meet(walker, node, child, name, entry);
    if (bare || status != COR_OK)
        return status;
    if (entry->unread != COR_OK) {
        cor_walker_met(walker, child);
        if (entry->data->size != COR_SIZE_UNKNOWN)
            child->member.size = entry->data->size;
        return cor_walker_unread(walker, child, entry->unread, COR_HIDES_ALL, "%s",
                                 entry->unread_reason);
    }
    return content(walker, child, entry->data, entry);
}

static enum cor_status next_entry(struct cor_walker *walker, struct cor_node *node,
                                  const struct cor_entry *found, uint64_t number)
{
    char unnamed[32];
    struct cor_node *child = NULL;
    const char *name = found->name ? clean(found->name) : "";
    if (found->kind == COR_ENTRY_FOLDER)
        return cor_walker_meet(walker, node, NULL, name, found);
    if (!*name) {
        snprintf(unnamed, sizeof unnamed, "unnamed-%llu", (unsigned long long)number);
        name = unnamed;
    }
    const char *path = path_below(walker, node, "!/", name);
    if (!path)
        return COR_NOMEM;
    enum cor_status status = cor_walker_add(walker, node, path, node->depth + 1, &child);
    return status == COR_OK && child ? entry(walker, node, found, child, name) : status;
}

static enum cor_status entries(struct cor_walker *walker, struct cor_node *node,
                               struct cor_container *container)
{
    uint64_t count = 0;
    enum cor_status status = COR_OK;
    while (status == COR_OK && !walker->done) {
        struct cor_entry found;
        enum cor_status next = cor_walker_stopped(walker);
        if (next != COR_OK)
            return next;
        struct cor_mark before = cor_watch_enter(&node->subject, COR_STEP_LAYER);
        next = container->failure != COR_OK ? container->failure
                                            : container->kind->next(container, &found);
        cor_watch_leave(before);
        if (cor_ends_walk(next))
            return next;
        if (next == COR_END)
            return COR_OK;
        if (next != COR_OK)
            return cor_walker_unread(walker, node, next, COR_HIDES_ALL,
                                     next == COR_TRUNCATED ? "cut short after %llu entries (%s)"
                                                           : "damaged after %llu entries (%s)",
                                     (unsigned long long)count, container->reason);
        count++;
        status = next_entry(walker, node, &found, count);
        cor_walker_tell(walker, false);
    }
    return status == COR_LIMIT ? over_members(walker, node) : status;
}

// The same of a format that seeks and told where it ends.
static enum cor_status tail(struct cor_walker *walker, struct cor_node *node,
                            struct cor_stream *stream, uint64_t end)
{
    uint64_t size = stream->size;
    if (end == 0 || end >= size || node->member.state != COR_STATE_READ || walker->done)
        return COR_OK;
    end = cor_stream_padding(stream, end, size);
    if (end >= size || stream->failure != COR_OK)
        return COR_OK;
    struct cor_stream *rest = cor_stream_range(stream, end, size - end);
    if (!rest)
        return COR_NOMEM;
    enum cor_status status = only_child(walker, node, "trailer", rest);
    cor_stream_close(rest);
    return status;
}

static enum cor_status take_note(struct cor_walker *walker, struct cor_node *node, const char *note)
{
    node->member.note = cor_arena_text(&walker->walk->arena, cor_slice_text(note));
    return node->member.note ? COR_OK : COR_NOMEM;
}

static enum cor_status container(struct cor_walker *walker, struct cor_node *node,
                                 const struct cor_format *format, uint64_t extent,
                                 struct cor_stream *stream)
{
    struct cor_stream *spooled = NULL;
    enum cor_status status = COR_OK;
    if (format->seeks && !stream->kind->at) {
        status = cor_stream_spool(stream, walker->options->limits.held_bytes, &spooled);
        if (status == COR_IO)
            return cor_walker_unread(walker, node, status, COR_HIDES_ALL,
                                     "no room for a temporary copy");
        if (status != COR_OK)
            return status;
        if (cor_ends_walk(stream->failure)) {
            status = stream->failure;
            goto out;
        }
    }
    struct cor_mark before = cor_watch_enter(&node->subject, COR_STEP_LAYER);
    struct cor_container *opened = format->open(format, spooled ? spooled : stream);
    cor_watch_leave(before);
    status = COR_NOMEM;
    if (!opened)
        goto out;
    opened->meter = &walker->meter;
    status = entries(walker, node, opened);
    if (status == COR_OK)
        status = tail(walker, node, opened->below, opened->end ? opened->end : extent);
    if (status == COR_OK && opened->note[0])
        status = take_note(walker, node, opened->note);
    before = cor_watch_enter(&node->subject, COR_STEP_LAYER);
    opened->kind->close(opened);
    cor_watch_leave(before);
    if (status == COR_OK && stream->failure != COR_OK)
        status =
            cor_walker_unread(walker, node, stream->failure, COR_HIDES_ALL, "%s", stream->reason);
out:
    cor_stream_close(spooled);
    return status;
}

// While a layer is decoded its own bytes are hashed in passing; what the format left is read too.
static enum cor_status layer(struct cor_walker *walker, struct cor_node *node,
                             const struct cor_format *format, uint64_t extent,
                             struct cor_stream *stream)
{
    bool whole = !walker->options->only;
    struct cor_hash *hash = whole && !node->member.hashed ? cor_hash_new(COR_SHA256) : NULL;
    if (whole && !node->member.hashed && !hash)
        return COR_NOMEM;
    stream->hash = hash;
    enum cor_status status = format->decode ? filter(walker, node, format, stream)
                                            : container(walker, node, format, extent, stream);
    bool trails = format->trails || (format->decode && extent);
    if (status == COR_OK && extent > stream->offset && format->decode)
        (void)cor_stream_skip(stream, extent - stream->offset);
    if (status == COR_OK && trails && node->member.state == COR_STATE_READ && !walker->done)
        status = trailer(walker, node, stream);
    if (status == COR_OK && hash) {
        status = cor_walker_pass(walker, node, stream);
        cor_hash_end(hash, node->member.sha256);
        node->member.hashed = status == COR_OK;
    } else if (stream->size != COR_SIZE_UNKNOWN)
        node->member.size = stream->size;
    else
        node->member.size = stream->offset;
    stream->hash = NULL;
    cor_hash_free(hash);
    return status;
}
