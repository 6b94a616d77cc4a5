// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Symbolic links. While files are written there is none in the folder, so that nothing can be
// written through one. A link stays when it leads to something inside the folder, or would.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "audit/extract_write.h"
#include "base/buffer.h"

enum { LONGEST_TARGET = 4096, NO_MAGIC = 0x02, BENEATH = 0x08 };

// As in <linux/openat2.h>, which older systems lack.
struct how {
    uint64_t flags, mode, resolve;
};

// "/bin/sh" of an image means the image's own: the way up to where its names begin, then down.
static enum cor_status write_target(struct cor_extractor *extractor, const struct cor_token *token,
                                    struct cor_buffer *target)
{
    const char *stored = token->result.link;
    enum cor_status status = COR_OK;
    cor_buffer_init(target, LONGEST_TARGET);
    if (*stored == '/') {
        const struct cor_spot_folder *places = extractor->places.items.items;
        for (uint32_t at = token->spot.folder;
             status == COR_OK && at != token->root && at != COR_SPOT_ROOT; at = places[at].parent)
            status = cor_buffer_append(target, "../", 3);
        stored += strspn(stored, "/");
    }
    if (status == COR_OK)
        status = cor_buffer_printf(target, "%s", *stored ? stored : ".");
    return status;
}

// Whether the text alone leads out, read from the link's own folder.
static bool text_leads_out(const struct cor_extractor *extractor, const struct cor_token *token,
                           const char *target)
{
    uint32_t depth = extractor->places.items.items[token->spot.folder].depth;
    while (*target) {
        size_t size = strcspn(target, "/");
        if (size == 2 && target[0] == '.' && target[1] == '.') {
            if (depth == 0)
                return true;
            depth--;
        } else if (size && !(size == 1 && *target == '.'))
            depth++;
        target += size;
        target += strspn(target, "/");
    }
    return false;
}

static void refuse(struct cor_extractor *extractor, struct cor_token *token, const char *note)
{
    (void)extractor;
    token->result.fate = COR_FATE_REFUSED;
    token->result.path = NULL;
    token->result.note = note;
}

static enum cor_status make(struct cor_extractor *extractor, struct cor_token *token)
{
    struct cor_buffer target;
    enum cor_status status = write_target(extractor, token, &target);
    if (status == COR_LIMIT || status == COR_NOMEM) {
        refuse(extractor, token, "its target is too long");
        status = COR_OK;
        goto out;
    }
    if (text_leads_out(extractor, token, target.data)) {
        refuse(extractor, token, "it leads out of the folder");
        goto out;
    }
    int at = cor_spots_open(&extractor->places, token->spot.folder);
    if (at < 0 || symlinkat(target.data, at, token->spot.name) != 0) {
        refuse(extractor, token, "it could not be made here");
        goto out;
    }
    if (strcmp(token->result.link, target.data) != 0)
        token->result.note = "its target was taken for one inside its image";
    token->result.link = cor_arena_text(&extractor->extraction->arena, cor_slice_text(target.data));
    token->result.path = token->spot.path;
    status = token->result.link ? COR_OK : COR_NOMEM;
out:
    cor_buffer_dispose(&target);
    return status;
}

// Where it leads on this disk, through whatever other links: no step may leave the folder.
static int follow(const struct cor_extractor *extractor, const struct cor_token *token)
{
    const struct how how = {.flags = O_PATH | O_CLOEXEC, .resolve = BENEATH | NO_MAGIC};
    long fd = syscall(SYS_openat2, extractor->places.root, token->spot.path, &how, sizeof how);
    if (fd >= 0) {
        close((int)fd);
        return 0;
    }
    return errno;
}

static void check(struct cor_extractor *extractor, struct cor_token *token)
{
    int outcome = follow(extractor, token);
    if (outcome == 0)
        return;
    if (outcome == ENOENT || outcome == ENOTDIR) {
        token->result.note = "its target is not there";
        return;
    }
    // A kernel that cannot tell: without a step up no link can lead out.
    if (outcome == ENOSYS && !strstr(token->result.link, ".."))
        return;
    const char *note = outcome == ELOOP    ? "it leads in a circle"
                       : outcome == ENOSYS ? "this kernel cannot tell where it leads"
                                           : "it leads out of the folder";
    cor_extract_remove(extractor, token);
    refuse(extractor, token, note);
}

enum cor_status cor_extract_links(struct cor_extractor *extractor)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < extractor->tokens.count; i++) {
        struct cor_token *token = extractor->tokens.items[i];
        if (token->result.kind == COR_ENTRY_SYMLINK && token->wanted &&
            token->result.fate == COR_FATE_WRITTEN)
            status = make(extractor, token);
    }
    for (size_t i = 0; status == COR_OK && i < extractor->tokens.count; i++) {
        struct cor_token *token = extractor->tokens.items[i];
        if (token->result.kind == COR_ENTRY_SYMLINK && token->result.path)
            check(extractor, token);
    }
    return status;
}
