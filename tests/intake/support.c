// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "support.h"

#include <ftw.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
#include <unistd.h>

#include "base/alloc.h"
#include "intake/hash.h"
#include "intake/input.h"

static char folder[64];

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *walk)
{
    (void)st;
    (void)type;
    (void)walk;
    return remove(path);
}

static void leave(void)
{
    // Seeds for the fuzz target: what the recipes made stays where it is.
    if (getenv("COR_TESTS_KEEP"))
        printf("# kept in %s\n", folder);
    else if (chdir("/") == 0)
        nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void die(const char *what)
{
    printf("Bail out! %s\n", what);
    exit(1);
}

void support_enter(void)
{
    snprintf(folder, sizeof folder, "/tmp/cor-intake-XXXXXX");
    if (!mkdtemp(folder) || chdir(folder) != 0)
        die("no temporary folder");
    setenv("TMPDIR", folder, 1);
    atexit(leave);
}

bool support_run(const char *recipe)
{
    fflush(stdout);
    char command[4096];
    snprintf(command, sizeof command, "set -e; exec >recipe.log 2>&1; %s", recipe);
    if (system(command) == 0)
        return true;
    printf("# recipe failed: %s\n", recipe);
    return false;
}

void support_write(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
        die(path);
}

unsigned char *support_read(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        die(path);
    long size = ftell(file);
    unsigned char *data = malloc((size_t)size + 1);
    rewind(file);
    if (!data || fread(data, 1, (size_t)size, file) != (size_t)size)
        die(path);
    fclose(file);
    *ret_size = (size_t)size;
    return data;
}

struct visitor {
    struct cor_visitor base;
    const struct support_walk *how;
    pthread_mutex_t lock;
    size_t count, bytes, capacity;
    char **lines;
    atomic_bool wrong;
};

static enum cor_status leaf(struct cor_visitor *base, const struct cor_leaf *leaf, unsigned worker)
{
    struct visitor *visitor = (struct visitor *)base;
    unsigned char digest[32];
    char line[8192];
    (void)worker;
    if (!leaf->member->hashed || leaf->member->size != leaf->size ||
        cor_sha256(leaf->bytes, leaf->size, digest) != COR_OK ||
        memcmp(digest, leaf->member->sha256, 32) != 0)
        visitor->wrong = true;
    snprintf(line, sizeof line, "%s %zu\n", leaf->member->path, leaf->size);
    pthread_mutex_lock(&visitor->lock);
    if (visitor->count == visitor->capacity) {
        visitor->capacity = visitor->capacity * 2 + 64;
        visitor->lines = realloc(visitor->lines, visitor->capacity * sizeof *visitor->lines);
    }
    visitor->lines[visitor->count++] = strdup(line);
    visitor->bytes += leaf->size;
    pthread_mutex_unlock(&visitor->lock);
    return visitor->how->leaf_says;
}

static bool wants(struct cor_visitor *base, const struct cor_member *member,
                  const unsigned char *head, size_t size)
{
    (void)member;
    (void)head;
    (void)size;
    return !((struct visitor *)base)->how->nobody_wants;
}

static int line_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void append(char *text, size_t capacity, size_t *used, const char *line)
{
    size_t size = strlen(line);
    if (*used + size + 1 > capacity)
        return;
    memcpy(text + *used, line, size + 1);
    *used += size;
}

static void describe(const struct cor_walk *walk, struct support_result *result)
{
    size_t used = 0, digests = 0, notes = 0;
    char line[9000];
    result->members = cor_walk_count(walk);
    for (size_t i = 0; i < result->members; i++) {
        const struct cor_member *member = cor_walk_member(walk, i);
        snprintf(line, sizeof line, "%s %s %llu %s%s%s%s%s%s\n", member->path, member->format,
                 (unsigned long long)member->size, cor_state_word(member->state),
                 member->may_hide_source ? " source" : "", member->may_hide_code ? " code" : "",
                 member->hashed ? "" : " unhashed", member->reason ? ": " : "",
                 member->reason ? member->reason : "");
        append(result->text, sizeof result->text, &used, line);
        if (member->hashed) {
            char hex[65];
            cor_hex(member->sha256, 32, hex);
            snprintf(line, sizeof line, "%s %s\n", member->path, hex);
            append(result->digests, sizeof result->digests, &digests, line);
        }
        if (member->note) {
            snprintf(line, sizeof line, "%s: %s\n", member->path, member->note);
            append(result->notes, sizeof result->notes, &notes, line);
        }
        result->unread += member->state == COR_STATE_UNREAD;
    }
    for (size_t i = 0; i < cor_walk_note_count(walk); i++) {
        snprintf(line, sizeof line, "%s\n", cor_walk_note(walk, i));
        append(result->notes, sizeof result->notes, &notes, line);
    }
}

// A member that stands plainly in the file is the run of bytes it says it is.
static void check_cut(const struct cor_walk *walk, const struct cor_member *member,
                      const char *path, struct support_result *result)
{
    unsigned char digest[32];
    size_t size;
    if (!member->cut || !member->hashed || member->parent == COR_NONE ||
        cor_walk_member(walk, member->parent)->parent != COR_NONE)
        return;
    unsigned char *bytes = support_read(path, &size);
    result->cuts++;
    result->cuts_hold &= member->offset <= size && member->size <= size - member->offset &&
                         cor_sha256(bytes + member->offset, member->size, digest) == COR_OK &&
                         memcmp(digest, member->sha256, 32) == 0;
    free(bytes);
}

static bool are_apart(const struct cor_member *a, const struct cor_member *b)
{
    return a->parent != b->parent || a->offset + a->size <= b->offset ||
           b->offset + b->size <= a->offset;
}

static void check_apart(const struct cor_walk *walk, struct support_result *result)
{
    result->apart = true;
    for (size_t i = 0; i < cor_walk_count(walk) && i < 300; i++)
        for (size_t k = i + 1; k < cor_walk_count(walk) && k < 300; k++) {
            const struct cor_member *a = cor_walk_member(walk, i), *b = cor_walk_member(walk, k);
            if (a->cut && b->cut && a->parent != COR_NONE && a->size && b->size)
                result->apart &= are_apart(a, b);
        }
}

static void check_cuts(const struct cor_walk *walk, const struct cor_input *input,
                       struct support_result *result)
{
    result->cuts_hold = true;
    check_apart(walk, result);
    for (size_t i = 0; !input->folder && i < cor_walk_count(walk); i++)
        check_cut(walk, cor_walk_member(walk, i), input->path, result);
}

static void take_leaves(struct visitor *visitor, struct support_result *result)
{
    size_t used = 0;
    result->visited = visitor->count;
    result->bytes = visitor->bytes;
    result->hashes_hold = !visitor->wrong;
    if (visitor->count)
        qsort(visitor->lines, visitor->count, sizeof *visitor->lines, line_order);
    for (size_t i = 0; i < visitor->count; i++) {
        append(result->leaves, sizeof result->leaves, &used, visitor->lines[i]);
        free(visitor->lines[i]);
    }
    free(visitor->lines);
}

void support_walk(const char *path, const struct support_walk *how, struct support_result *result)
{
    static const struct support_walk plain;
    how = how ? how : &plain;
    struct cor_input input = {.role = COR_ROLE_SHIPPED, .number = 1};
    struct visitor visitor = {.base = {.leaf = leaf, .wants = wants}, .how = how};
    struct cor_arena arena;
    struct cor_walk *walk = NULL;
    struct cor_workers *workers = cor_workers_new(how->workers ? how->workers : 1, 1 << 20);
    struct cor_walk_options options = {.workers = workers,
                                       .limits = how->limits ? *how->limits : cor_default_limits,
                                       .exclude = how->exclude,
                                       .exclude_count = how->exclude_count,
                                       .only = how->only,
                                       .only_count = how->only_count};
    *result = (struct support_result){.hashes_hold = true};
    pthread_mutex_init(&visitor.lock, NULL);
    cor_arena_init(&arena);
    result->status = workers ? cor_input_open(path, &arena, &input, NULL) : COR_NOMEM;
    if (result->status == COR_OK)
        result->status = cor_walk_inputs(&input, 1, &options, &visitor.base, &walk);
    if (result->status == COR_OK) {
        describe(walk, result);
        check_cuts(walk, &input, result);
    }
    take_leaves(&visitor, result);
    cor_walk_free(walk);
    cor_workers_free(workers);
    cor_arena_dispose(&arena);
    pthread_mutex_destroy(&visitor.lock);
}

bool support_has(const char *text, const char *line)
{
    size_t size = strlen(line);
    for (const char *at = text; at && *at; at = strchr(at, '\n'), at = at ? at + 1 : at)
        if (strncmp(at, line, size) == 0)
            return true;
    printf("# no line \"%s\" in:\n", line);
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, "\n");
        printf("#   %.*s\n", (int)length, at);
        at += length + (at[length] == '\n');
    }
    return false;
}

static bool hex_of(const char *file, char *hex)
{
    unsigned char digest[32];
    size_t size;
    unsigned char *data = support_read(file, &size);
    bool hashed = cor_sha256(data, size, digest) == COR_OK;
    free(data);
    cor_hex(digest, sizeof digest, hex);
    return hashed;
}

bool support_same(const struct support_result *result, const char *member, const char *file)
{
    char hex[65], line[600];
    bool hashed = hex_of(file, hex);
    snprintf(line, sizeof line, "%s %s\n", member, hex);
    return hashed && support_has(result->digests, line);
}

bool support_holds(const struct support_result *result, const char *file)
{
    char hex[65];
    return hex_of(file, hex) && strstr(result->digests, hex);
}
