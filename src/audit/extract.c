// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/extract.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "audit/extract_write.h"

static bool is_wanted(const struct cor_extractor *extractor, const char *path)
{
    const struct cor_extract_options *options = extractor->options;
    const char *below = strchr(path, '/');
    for (size_t i = 0; i < options->select_count; i++)
        if (fnmatch(options->select[i], path, 0) == 0 ||
            (below && fnmatch(options->select[i], below + 1, 0) == 0))
            return true;
    return options->select_count == 0;
}

// The folder that the names of a container's entries are below.
static enum cor_status folder_inside(struct cor_extractor *extractor, struct cor_token *parent,
                                     uint32_t *ret_folder)
{
    enum cor_status status = COR_OK;
    if (!parent) {
        *ret_folder = extractor->top;
        return COR_OK;
    }
    if (parent->folder == COR_SPOT_ROOT) {
        status = cor_spots_inside(&extractor->places, &parent->spot, &parent->folder);
        parent->root = parent->folder;
    }
    *ret_folder = parent->folder;
    return status;
}

static enum cor_status io(struct cor_extractor *extractor, enum cor_status status, const char *name)
{
    return status == COR_IO ? cor_extract_failed(extractor, name) : status;
}

static enum cor_status meet_folder(struct cor_extractor *extractor, const struct cor_met *met)
{
    struct cor_token *parent = met->parent;
    uint32_t folder;
    struct stat about;
    enum cor_status status = folder_inside(extractor, parent, &folder);
    if (status == COR_OK)
        status = cor_spots_folder(&extractor->places, folder, met->name, &folder);
    if (status != COR_OK || folder == COR_SPOT_ROOT || !met->mode)
        return io(extractor, status, met->name);
    int fd = cor_spots_open(&extractor->places, folder);
    // Who extracts can always enter; what the user's mask forbids stays forbidden.
    if (fd >= 0 && fstat(fd, &about) == 0)
        (void)fchmod(fd, ((met->mode & 0777) | 0700) & about.st_mode);
    return COR_OK;
}

static struct cor_token *new_token(struct cor_extractor *extractor, const struct cor_met *met)
{
    struct cor_arena *arena = &extractor->extraction->arena;
    struct cor_token *token = cor_arena_alloc(arena, 1, sizeof *token);
    if (!token || cor_array_add(&extractor->tokens, token) != COR_OK)
        return NULL;
    *token = (struct cor_token){.parent = met->parent,
                                .result = {.kind = met->kind},
                                .mode = met->layer ? 0666 : met->mode,
                                .fd = -1,
                                .wanted = is_wanted(extractor, met->member->path)};
    token->result.member = cor_arena_text(arena, cor_slice_text(met->member->path));
    if (met->link)
        token->result.link = cor_arena_text(arena, cor_slice_text(met->link));
    return token->result.member && (!met->link || token->result.link) ? token : NULL;
}

static void mark_holders(struct cor_token *token)
{
    for (token = token->parent; token && !token->holds; token = token->parent)
        token->holds = true;
}

static void refuse(struct cor_token *token, const char *note)
{
    token->result.fate = COR_FATE_REFUSED;
    token->result.note = note;
}

// Links are made at the end; their names are taken now.
static enum cor_status meet_wanted(struct cor_extractor *extractor, struct cor_token *token,
                                   struct cor_token *target)
{
    switch (token->result.kind) {
    case COR_ENTRY_FILE:
        token->result.path = token->spot.path;
        return cor_extract_create(extractor, token);
    case COR_ENTRY_HARDLINK:
        if (!target || !target->result.path) {
            refuse(token, "the file it is another name of was not written");
            return COR_OK;
        }
        token->result.path = token->spot.path;
        return cor_extract_copy(extractor, token, target);
    case COR_ENTRY_SYMLINK:
        if (!token->result.link || !*token->result.link)
            refuse(token, "its target is not known");
        return COR_OK;
    case COR_ENTRY_SPECIAL:
        refuse(token, "devices, sockets and pipes are not made");
        return COR_OK;
    case COR_ENTRY_FOLDER:
    default:
        return COR_OK;
    }
}

static enum cor_status meet(struct cor_keeper *keeper, const struct cor_met *met, void **ret_token)
{
    struct cor_extractor *extractor = (struct cor_extractor *)keeper;
    uint32_t folder;
    if (met->kind == COR_ENTRY_FOLDER)
        return extractor->options->select_count ? COR_OK : meet_folder(extractor, met);
    struct cor_token *token = new_token(extractor, met);
    if (!token)
        return COR_NOMEM;
    *ret_token = token;
    enum cor_status status = folder_inside(extractor, met->parent, &folder);
    token->root = folder;
    if (status == COR_OK)
        status = cor_spots_find(&extractor->places, folder, met->name, &token->spot);
    if (status != COR_OK)
        return io(extractor, status, met->name);
    if (!token->wanted)
        return COR_OK;
    mark_holders(token);
    status = meet_wanted(extractor, token, met->link_target);
    token->result.renamed = token->spot.renamed;
    if (token->result.path)
        token->result.path = token->spot.path;
    return status;
}

static enum cor_status bytes(struct cor_keeper *keeper, void *data, const unsigned char *bytes_,
                             size_t size)
{
    struct cor_extractor *extractor = (struct cor_extractor *)keeper;
    struct cor_token *token = data;
    return token->fd >= 0 ? cor_extract_write(extractor, token, bytes_, size) : COR_OK;
}

static enum cor_status done(struct cor_keeper *keeper, void *data, const struct cor_member *member)
{
    (void)member;
    return cor_extract_finish((struct cor_extractor *)keeper, data);
}

static int member_order(const void *key, const void *item)
{
    return strcmp(key, ((const struct cor_member *)item)->path);
}

// A container that was not opened has all its bytes all the same.
static bool is_container(const struct cor_member *member)
{
    static const char *const leaves[] = {"elf", "text", "data", "empty"};
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++)
        if (strcmp(member->format, leaves[i]) == 0)
            return false;
    return true;
}

// What the walk knows of a member at its end.
static enum cor_status take_outcome(struct cor_extractor *extractor, struct cor_token *token,
                                    const struct cor_case *case_)
{
    struct cor_extracted *result = &token->result;
    const struct cor_member *member =
        case_->members.count ? bsearch(result->member, case_->members.items, case_->members.count,
                                       sizeof *case_->members.items, member_order)
                             : NULL;
    if (!member)
        return COR_OK;
    result->size = member->size;
    result->hashed = member->hashed && result->path;
    memcpy(result->sha256, member->sha256, sizeof result->sha256);
    if (member->state != COR_STATE_UNREAD || result->fate == COR_FATE_REFUSED)
        return COR_OK;
    result->fate = !result->path                            ? COR_FATE_UNREAD
                   : result->hashed && is_container(member) ? COR_FATE_WRITTEN
                                                            : COR_FATE_PARTIAL;
    result->note = cor_arena_text(&extractor->extraction->arena, cor_slice_text(member->reason));
    return result->note ? COR_OK : COR_NOMEM;
}

static enum cor_status add(struct cor_extraction *extraction, const struct cor_extracted *result)
{
    extraction->left_out += result->fate != COR_FATE_WRITTEN && result->fate != COR_FATE_OPENED;
    return cor_array_add(&extraction->items, *result);
}

// Unread members that were never met: inside of what could not be read on.
static enum cor_status add_unread(struct cor_extractor *extractor, const struct cor_case *case_)
{
    enum cor_status status = COR_OK;
    struct cor_extraction *extraction = extractor->extraction;
    const struct cor_member *top = case_->members.count ? &case_->members.items[0] : NULL;
    if (!top || top->state != COR_STATE_UNREAD || case_->inputs.items[0].folder)
        return COR_OK;
    struct cor_extracted result = {.fate = COR_FATE_UNREAD, .size = top->size};
    result.member = cor_arena_text(&extraction->arena, cor_slice_text(top->path));
    result.note = cor_arena_text(&extraction->arena, cor_slice_text(top->reason));
    if (!result.member || !result.note)
        status = COR_NOMEM;
    return status == COR_OK ? add(extraction, &result) : status;
}

static int result_order(const void *a, const void *b)
{
    return strcmp(((const struct cor_extracted *)a)->member,
                  ((const struct cor_extracted *)b)->member);
}

static enum cor_status list_results(struct cor_extractor *extractor, const struct cor_case *case_)
{
    struct cor_extraction *extraction = extractor->extraction;
    enum cor_status status = add_unread(extractor, case_);
    for (size_t i = 0; status == COR_OK && i < extractor->tokens.count; i++) {
        struct cor_token *token = extractor->tokens.items[i];
        if (!token->wanted)
            continue;
        status = take_outcome(extractor, token, case_);
        if (status == COR_OK && extractor->options->leaves && token->holds && !token->linked &&
            token->result.fate == COR_FATE_WRITTEN) {
            cor_extract_remove(extractor, token);
            token->result.fate = COR_FATE_OPENED;
        }
        if (status == COR_OK)
            status = add(extraction, &token->result);
    }
    if (extraction->items.count > 1)
        qsort(extraction->items.items, extraction->items.count, sizeof *extraction->items.items,
              result_order);
    return status;
}

// Interrupted, or the disk is full: what is not whole is taken away again.
static void drop_unfinished(struct cor_extractor *extractor)
{
    for (size_t i = 0; i < extractor->tokens.count; i++) {
        struct cor_token *token = extractor->tokens.items[i];
        if (token->fd >= 0) {
            cor_extract_remove(extractor, token);
            token->result.fate = COR_FATE_UNREAD;
            token->result.note = "the extraction ended before";
        } else if (token->result.kind == COR_ENTRY_SYMLINK && !token->result.path &&
                   token->result.fate == COR_FATE_WRITTEN)
            refuse(token, "the extraction ended before");
    }
}

enum cor_status cor_extraction_run(const struct cor_extract_options *options,
                                   struct cor_extraction *ret_extraction)
{
    struct cor_extractor extractor = {
        .keeper = {meet, bytes, done, COR_OK}, .options = options, .extraction = ret_extraction};
    struct cor_tree_options tree = options->tree;
    struct cor_case case_;
    *ret_extraction = (struct cor_extraction){0};
    cor_arena_init(&ret_extraction->arena);
    cor_case_init(&case_);
    tree.keeper = &extractor.keeper;
    enum cor_status status = cor_spots_init(&extractor.places, options->folder);
    if (status == COR_IO)
        status = cor_extract_failed(&extractor, "");
    if (status == COR_OK)
        status = cor_tree(&tree, &case_);
    if (status == COR_OK)
        status = cor_extract_links(&extractor);
    if (status != COR_OK)
        drop_unfinished(&extractor);
    enum cor_status listed = list_results(&extractor, &case_);
    // The results name their paths by its texts.
    cor_arena_adopt(&ret_extraction->arena, &extractor.places.arena);
    cor_spots_dispose(&extractor.places);
    cor_array_dispose(&extractor.tokens);
    cor_case_dispose(&case_);
    return status == COR_OK ? listed : status;
}

void cor_extraction_dispose(struct cor_extraction *extraction)
{
    cor_array_dispose(&extraction->items);
    cor_arena_dispose(&extraction->arena);
}
