// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "linkage/library_search.h"

#include <string.h>

// How well a library fits: each field counts before those below it.
struct fit {
    bool own;       // of the subject's role
    unsigned exact; // 2 in a folder that is searched, 1 in one of that name in another tree
    unsigned step;  // how late the folder is searched
    size_t common;  // how much of the path the asker shares
};

struct search {
    const struct cor_component *library;
    struct cor_slice folder; // its own
    struct fit fit;
    unsigned step;
};

enum { LONGEST_FOLDER = 4096 };

// Of glibc, musl and bionic, without a multiarch part.
static const char *const default_folders[] = {"/lib",
                                              "/usr/lib",
                                              "/lib64",
                                              "/usr/lib64",
                                              "/lib32",
                                              "/usr/lib32",
                                              "/usr/local/lib",
                                              "/system/lib",
                                              "/system/lib64",
                                              "/system_ext/lib",
                                              "/system_ext/lib64",
                                              "/odm/lib",
                                              "/odm/lib64",
                                              "/vendor/lib",
                                              "/vendor/lib64",
                                              "/product/lib",
                                              "/product/lib64"};

static struct cor_slice folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return cor_slice(path, slash ? (size_t)(slash - path) : 0);
}

// "a.tar!/usr/lib" -> "/usr/lib"
static struct cor_slice inside(struct cor_slice folder)
{
    const char *bang = memrchr(folder.data, '!', folder.size);
    if (!bang)
        return folder;
    size_t skip = (size_t)(bang + 1 - folder.data);
    return cor_slice(bang + 1, folder.size - skip);
}

static void note(struct search *search, unsigned exact)
{
    if (exact <= search->fit.exact)
        return;
    search->fit.exact = exact;
    search->fit.step = search->step;
}

// `folder` begins at the root of the file system, wherever that is.
static void try_absolute(struct search *search, const struct cor_component *asker,
                         struct cor_slice folder)
{
    if (!cor_slice_ends(search->folder, folder))
        return;
    struct cor_slice root = cor_slice(search->folder.data, search->folder.size - folder.size);
    bool same =
        cor_slice_starts(cor_slice_text(asker->path), root) && asker->path[root.size] == '/';
    note(search, same ? 2 : 1);
}

static void try_beside(struct search *search, struct cor_slice folder)
{
    if (cor_slice_same(search->folder, folder))
        note(search, 2);
    else if (cor_slice_same(inside(search->folder), inside(folder)))
        note(search, 1);
}

static size_t drop_last(const char *text, size_t size)
{
    while (size && text[size - 1] != '/')
        size--;
    return size ? size - 1 : 0;
}

// Appends the parts of `more`, without "." and ".."; returns the new size.
static size_t append_parts(char *text, size_t size, struct cor_slice more)
{
    while (more.size) {
        const char *slash = memchr(more.data, '/', more.size);
        size_t length = slash ? (size_t)(slash - more.data) : more.size;
        if (length == 2 && memcmp(more.data, "..", 2) == 0) {
            size = drop_last(text, size);
        } else if (length && !(length == 1 && more.data[0] == '.') &&
                   size + length + 1 < LONGEST_FOLDER) {
            text[size++] = '/';
            memcpy(text + size, more.data, length);
            size += length;
        }
        size_t skip = slash ? length + 1 : length;
        more = cor_slice(more.data + skip, more.size - skip);
    }
    return size;
}

static void try_folder(struct search *search, const struct cor_component *asker,
                       struct cor_slice entry)
{
    static const struct cor_slice origins[] = {{"$ORIGIN", 7}, {"${ORIGIN}", 9}};
    char text[LONGEST_FOLDER];
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
        struct cor_slice own = folder_of(asker->path);
        if (!cor_slice_starts(entry, origins[i]) || own.size >= sizeof text)
            continue;
        memcpy(text, own.data, own.size);
        entry = cor_slice(entry.data + origins[i].size, entry.size - origins[i].size);
        try_beside(search, cor_slice(text, append_parts(text, own.size, entry)));
        return;
    }
    if (entry.size && entry.data[0] == '/')
        try_absolute(search, asker, cor_slice(text, append_parts(text, 0, entry)));
}

// What $LIB may stand for: it is the loader's build that knows.
static size_t library_words(const struct search *search, struct cor_slice words[3])
{
    struct cor_slice folder = search->folder;
    words[0] = COR_SLICE("lib");
    words[1] = search->library->elf_class == 64 ? COR_SLICE("lib64") : COR_SLICE("lib32");
    const char *slash = memrchr(folder.data, '/', folder.size);
    size_t before = slash ? (size_t)(slash - folder.data) : 0;
    const char *start = before ? memrchr(folder.data, '/', before) : NULL;
    if (!start || !memmem(slash, folder.size - before, "-linux-", 7))
        return 2;
    words[2] = cor_slice(start + 1, folder.size - (size_t)(start + 1 - folder.data));
    return 3;
}

// What $PLATFORM stands for on the processors that have several names.
static size_t platform_words(const struct search *search, struct cor_slice words[3])
{
    const char *machine = search->library->machine ? search->library->machine : "";
    if (strcmp(machine, "x86-64") == 0) {
        words[0] = COR_SLICE("x86_64");
        words[1] = COR_SLICE("haswell");
        return 2;
    }
    if (strcmp(machine, "i386") == 0) {
        words[0] = COR_SLICE("i686");
        words[1] = COR_SLICE("i586");
        return 2;
    }
    words[0] = strcmp(machine, "arm") == 0 ? COR_SLICE("v7l") : cor_slice_text(machine);
    return 1;
}

static void try_tokens(struct search *search, const struct cor_component *asker,
                       struct cor_slice entry, unsigned depth)
{
    static const struct {
        struct cor_slice token;
        size_t (*words)(const struct search *search, struct cor_slice words[3]);
    } tokens[] = {{{"$LIB", 4}, library_words},
                  {{"${LIB}", 6}, library_words},
                  {{"$PLATFORM", 9}, platform_words},
                  {{"${PLATFORM}", 11}, platform_words}};
    char text[LONGEST_FOLDER];
    for (size_t i = 0; depth < 4 && i < sizeof tokens / sizeof *tokens; i++) {
        const struct cor_slice token = tokens[i].token;
        const char *at = entry.size ? memmem(entry.data, entry.size, token.data, token.size) : NULL;
        struct cor_slice words[3];
        size_t before = at ? (size_t)(at - entry.data) : 0, after = before + token.size;
        for (size_t k = 0, count = at ? tokens[i].words(search, words) : 0; k < count; k++) {
            if (entry.size + words[k].size >= sizeof text)
                continue;
            memcpy(text, entry.data, before);
            memcpy(text + before, words[k].data, words[k].size);
            memcpy(text + before + words[k].size, entry.data + after, entry.size - after);
            try_tokens(search, asker, cor_slice(text, entry.size - token.size + words[k].size),
                       depth + 1);
        }
        if (at)
            return;
    }
    try_folder(search, asker, entry);
}

static void try_list(struct search *search, const struct cor_component *asker, const char *list)
{
    while (list) {
        const char *colon = strchr(list, ':');
        search->step++;
        try_tokens(search, asker,
                   colon ? cor_slice(list, (size_t)(colon - list)) : cor_slice_text(list), 0);
        list = colon ? colon + 1 : NULL;
    }
}

static struct cor_slice without_multiarch(struct cor_slice folder)
{
    const char *slash = memrchr(folder.data, '/', folder.size);
    size_t length = slash ? (size_t)(slash - folder.data) : folder.size;
    bool multiarch = memmem(folder.data + length, folder.size - length, "-linux-", 7) != NULL;
    return multiarch ? cor_slice(folder.data, length) : folder;
}

static void try_defaults(struct search *search, const struct cor_component *asker)
{
    struct cor_slice folder = search->folder;
    search->folder = without_multiarch(folder);
    for (size_t i = 0; i < sizeof default_folders / sizeof *default_folders; i++) {
        search->step++;
        try_absolute(search, asker, cor_slice_text(default_folders[i]));
    }
    search->folder = folder;
}

static bool stands_in(const char *path, struct cor_slice root)
{
    return cor_slice_starts(cor_slice_text(path), root) && path[root.size] == '/';
}

// False when they replace the default folders.
static bool try_configured(struct search *search, const struct cor_library_folders *folders,
                           const struct cor_component *asker)
{
    bool musl = asker->interpreter && strstr(asker->interpreter, "/ld-musl-");
    bool replaced = false;
    for (size_t i = 0; i < folders->items.count; i++) {
        const struct cor_library_folder *folder = &folders->items.items[i];
        if (folder->musl != musl || !stands_in(asker->path, folder->root))
            continue;
        search->step++;
        replaced |= musl;
        if (search->folder.size == folder->root.size + folder->path.size &&
            cor_slice_starts(search->folder, folder->root) &&
            cor_slice_ends(search->folder, folder->path))
            note(search, 2);
    }
    return !replaced;
}

static void try_all(struct search *search, const struct cor_library_folders *folders,
                    const struct cor_asker *asker, const char *name)
{
    const struct cor_component *component = asker->component;
    const char *slash = strrchr(name, '/');
    if (slash) {
        try_folder(search, component, cor_slice(name, (size_t)(slash - name)));
        return;
    }
    for (const struct cor_asker *at = asker; at && !component->runpath; at = at->loader)
        if (!at->component->runpath)
            try_list(search, at->component, at->component->rpath);
    try_list(search, component, component->runpath);
    while (asker->loader)
        asker = asker->loader;
    // The program knows its loader.
    if (try_configured(search, folders, asker->component))
        try_defaults(search, component);
}

static size_t common_path(const char *a, const char *b)
{
    size_t length = 0, folder = 0;
    for (; a[length] && a[length] == b[length]; length++)
        if (a[length] == '/')
            folder = length;
    return folder;
}

static bool better(const struct fit *a, const struct fit *b)
{
    if (a->own != b->own)
        return a->own;
    if (a->exact != b->exact)
        return a->exact > b->exact;
    if (a->exact && a->step != b->step)
        return a->step < b->step;
    return a->common > b->common;
}

// What musl's loader takes for itself, whatever file of that name there is.
static bool is_reserved(const char *name)
{
    static const char *const reserved[] = {"libc.",  "libpthread.", "librt.",  "libm.",
                                           "libdl.", "libutil.",    "libxnet."};
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strncmp(name, reserved[i], strlen(reserved[i])) == 0)
            return true;
    return false;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const struct cor_library_entry *candidates(const struct cor_library_index *index,
                                                  const struct cor_asker *asker, const char *name)
{
    const char *file = last_part(name);
    while (asker->loader)
        asker = asker->loader;
    const char *loader = asker->component->interpreter;
    const struct cor_library_entry *entry = NULL;
    if (loader && strncmp(last_part(loader), "ld-musl-", 8) == 0 && is_reserved(file))
        entry = cor_library_index_find(index, last_part(loader));
    return entry ? entry : cor_library_index_find(index, file);
}

uint32_t cor_library_search(const struct cor_linking *linking,
                            const struct cor_library_places *places, const struct cor_asker *asker,
                            const char *name)
{
    const struct cor_product *product = linking->product;
    const struct cor_library_entry *entry = candidates(&places->index, asker, name);
    struct fit best = {0};
    uint32_t found = COR_NONE;
    for (; entry; entry = cor_library_index_next(&places->index, entry)) {
        const struct cor_component *library = product->components.items[entry->component];
        if (!cor_role_provides(linking, library->role) ||
            !cor_component_same_machine(asker->component, library))
            continue;
        struct search search = {.library = library, .folder = folder_of(library->path)};
        search.fit.own = library->role == linking->subject;
        search.fit.common = common_path(asker->component->path, library->path);
        try_all(&search, &places->folders, asker, name);
        if (found == COR_NONE || better(&search.fit, &best)) {
            found = entry->component;
            best = search.fit;
        }
    }
    return found;
}
