// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/spots.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/safe_name.h"

enum { LONGEST_PATH = 3000, DEEPEST = 256, ATTEMPTS = 1000000 };

static const char long_names[] = "long-names.d";

enum cor_status cor_spots_init(struct cor_spots *places, const char *root)
{
    *places = (struct cor_spots){.root = -1, .fd = -1};
    cor_arena_init(&places->arena);
    cor_map_init(&places->folders);
    cor_map_init(&places->used);
    places->names = cor_names_new();
    places->root = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (places->root < 0)
        return COR_IO;
    const struct cor_spot_folder top = {.name = "", .path = ""};
    if (!places->names || cor_array_add(&places->items, top) != COR_OK)
        return COR_NOMEM;
    return COR_OK;
}

void cor_spots_dispose(struct cor_spots *places)
{
    if (places->fd >= 0)
        close(places->fd);
    if (places->root >= 0)
        close(places->root);
    cor_array_dispose(&places->items);
    cor_map_dispose(&places->folders);
    cor_map_dispose(&places->used);
    cor_names_free(places->names);
    cor_arena_dispose(&places->arena);
}

// One text stands for "this name in that folder".
static enum cor_status key_of(struct cor_spots *places, uint32_t folder, char kind,
                              const char *name, size_t size, const struct cor_name **ret_key)
{
    const char *text = cor_arena_printf(&places->arena, "%u%c%.*s", folder, kind, (int)size, name);
    return text ? cor_names_intern(places->names, cor_slice_text(text), ret_key) : COR_NOMEM;
}

// Step by step, and no step through a link: what stands on the disk is not believed either.
int cor_spots_open(struct cor_spots *places, uint32_t folder)
{
    uint32_t chain[DEEPEST + 2];
    size_t count = 0;
    if (folder == COR_SPOT_ROOT)
        return places->root;
    if (places->fd >= 0 && places->open == folder)
        return places->fd;
    for (uint32_t at = folder; at != COR_SPOT_ROOT && count < DEEPEST + 2;
         at = places->items.items[at].parent)
        chain[count++] = at;
    int fd = places->root;
    while (count && fd >= 0) {
        int next = openat(fd, places->items.items[chain[--count]].name,
                          O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        int reason = errno;
        if (fd != places->root)
            close(fd);
        errno = reason;
        fd = next;
    }
    if (places->fd >= 0)
        close(places->fd);
    places->fd = fd;
    places->open = folder;
    return fd;
}

static enum cor_status join(struct cor_spots *places, uint32_t folder, const char *name,
                            const char **ret_path)
{
    const char *above = places->items.items[folder].path;
    *ret_path = cor_arena_printf(&places->arena, "%s%s%s", above, *above ? "/" : "", name);
    return *ret_path ? COR_OK : COR_NOMEM;
}

static enum cor_status use_key(struct cor_spots *places, uint32_t folder, const char *name,
                               const struct cor_name **ret_key)
{
    const char *folded = cor_fold_name(&places->arena, name);
    return folded ? key_of(places, folder, 'u', folded, strlen(folded), ret_key) : COR_NOMEM;
}

// The first of name, name~2, name~3 that this extraction has not given out in the folder. With a
// name goes the last number that it was given.
static enum cor_status unused(struct cor_spots *places, uint32_t folder, const char *name,
                              uint64_t from, const char **ret_name)
{
    const struct cor_name *base, *key;
    uint64_t number, known;
    enum cor_status status = use_key(places, folder, name, &base);
    if (status != COR_OK)
        return status;
    number = cor_map_get(&places->used, base, &known) && known >= from ? known + 1 : from;
    for (; number < ATTEMPTS; number++) {
        const char *candidate =
            number < 2 ? cor_arena_text(&places->arena, cor_slice_text(name))
                       : cor_arena_printf(&places->arena, "%s~%u", name, (unsigned)number);
        if (!candidate)
            return COR_NOMEM;
        status = use_key(places, folder, candidate, &key);
        if (status != COR_OK)
            return status;
        if (number >= 2 && cor_map_get(&places->used, key, &known))
            continue;
        *ret_name = candidate;
        status = cor_map_put(&places->used, key, 1);
        return status == COR_OK ? cor_map_put(&places->used, base, number) : status;
    }
    errno = EEXIST;
    return COR_IO;
}

static enum cor_status make_folder(struct cor_spots *places, uint32_t parent, const char *wanted,
                                   const char **ret_name)
{
    int at = cor_spots_open(places, parent);
    if (at < 0)
        return COR_IO;
    for (unsigned from = 1; from < ATTEMPTS; from++) {
        enum cor_status status = unused(places, parent, wanted, 1, ret_name);
        if (status != COR_OK)
            return status;
        if (mkdirat(at, *ret_name, 0777) == 0)
            return COR_OK;
        if (errno != EEXIST)
            return COR_IO;
    }
    return COR_IO;
}

// The folder that a container calls `name` in `parent`; made the first time.
static enum cor_status step(struct cor_spots *places, uint32_t parent, char kind, const char *name,
                            size_t size, uint32_t *ret_folder)
{
    const struct cor_name *key;
    struct cor_spot_folder place = {.parent = parent,
                                    .depth = places->items.items[parent].depth + 1};
    uint64_t known;
    bool changed;
    enum cor_status status = key_of(places, parent, kind, name, size, &key);
    if (status != COR_OK)
        return status;
    if (cor_map_get(&places->folders, key, &known)) {
        *ret_folder = (uint32_t)known;
        return COR_OK;
    }
    const char *safe = cor_safe_name(&places->arena, cor_slice(name, size), &changed);
    status = safe ? make_folder(places, parent, safe, &place.name) : COR_NOMEM;
    if (status == COR_OK)
        status = join(places, parent, place.name, &place.path);
    if (status == COR_OK)
        status = cor_map_put(&places->folders, key, places->items.count);
    if (status == COR_OK)
        status = cor_array_add(&places->items, place);
    if (status == COR_OK)
        *ret_folder = (uint32_t)places->items.count - 1;
    return status;
}

// Paths that no tool could name any more begin anew in a folder for such.
static enum cor_status shorten(struct cor_spots *places, uint32_t *folder)
{
    const struct cor_spot_folder *place = &places->items.items[*folder];
    if (strlen(place->path) < LONGEST_PATH && place->depth < DEEPEST)
        return COR_OK;
    return step(places, COR_SPOT_ROOT, 'l', long_names, sizeof long_names - 1, folder);
}

// Goes through the folders in `name`; what is left is its last part.
static enum cor_status descend(struct cor_spots *places, uint32_t *folder, const char **name,
                               bool whole)
{
    enum cor_status status = COR_OK;
    while (status == COR_OK) {
        *name += strspn(*name, "/");
        size_t size = strcspn(*name, "/");
        bool last = (*name)[size + strspn(*name + size, "/")] == '\0';
        if (size == 0 || (last && !whole))
            return shorten(places, folder);
        bool here = size == 1 && **name == '.';
        if (!here)
            status = shorten(places, folder);
        if (status == COR_OK && !here)
            status = step(places, *folder, 'd', *name, size, folder);
        *name += size;
    }
    return status;
}

enum cor_status cor_spots_folder(struct cor_spots *places, uint32_t folder, const char *name,
                                 uint32_t *ret_folder)
{
    enum cor_status status = descend(places, &folder, &name, true);
    *ret_folder = folder;
    return status;
}

enum cor_status cor_spots_find(struct cor_spots *places, uint32_t folder, const char *name,
                               struct cor_spot *ret_spot)
{
    uint32_t asked = folder;
    const char *whole = name;
    enum cor_status status = descend(places, &folder, &name, false);
    if (status != COR_OK)
        return status;
    size_t size = strcspn(name, "/");
    bool changed;
    const char *safe = cor_safe_name(&places->arena, cor_slice(name, size), &changed);
    ret_spot->folder = folder;
    status = safe ? unused(places, folder, safe, 1, &ret_spot->name) : COR_NOMEM;
    if (status == COR_OK)
        status = join(places, folder, ret_spot->name, &ret_spot->path);
    if (status == COR_OK) {
        const char *above = places->items.items[asked].path;
        const char *below = ret_spot->path;
        if (strncmp(below, above, strlen(above)) == 0)
            below += strlen(above) + (*above != '\0');
        ret_spot->renamed = strcmp(below, whole) != 0;
    }
    return status;
}

enum cor_status cor_spots_next(struct cor_spots *places, struct cor_spot *spot)
{
    enum cor_status status = unused(places, spot->folder, spot->name, 2, &spot->name);
    spot->renamed = true;
    return status == COR_OK ? join(places, spot->folder, spot->name, &spot->path) : status;
}

enum cor_status cor_spots_inside(struct cor_spots *places, const struct cor_spot *spot,
                                 uint32_t *ret_folder)
{
    const char *name = cor_arena_printf(&places->arena, "%s.d", spot->name);
    return name ? step(places, spot->folder, 'l', name, strlen(name), ret_folder) : COR_NOMEM;
}
