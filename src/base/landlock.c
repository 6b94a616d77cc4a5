// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Landlock by its own system calls: files by path, no TCP, no signals to others. The structures
// are those of the newest version known here; an older kernel is given the part that it knows.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/sandbox_parts.h"

enum { NR_CREATE = 444, NR_ADD_RULE = 445, NR_RESTRICT = 446, RULE_PATH = 1, ASK_VERSION = 1 };

enum {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_FOLDER = 1 << 3,
    REMOVE_FOLDER = 1 << 4,
    REMOVE_FILE = 1 << 5,
    MAKE_DEVICES = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11, // character, socket, FIFO, block
    MAKE_FOLDER = 1 << 7,
    MAKE_FILE = 1 << 8,
    MAKE_LINK = 1 << 12,
    REFER = 1 << 13,    // version 2
    TRUNCATE = 1 << 14, // version 3
    CONTROL = 1 << 15,  // version 5
    FIRST_VERSION = EXECUTE | WRITE_FILE | READ_FILE | READ_FOLDER | REMOVE_FOLDER | REMOVE_FILE |
                    MAKE_DEVICES | MAKE_FOLDER | MAKE_FILE | MAKE_LINK,
    OF_FILES = WRITE_FILE | READ_FILE | TRUNCATE // what can be said of a single file
};

struct ruleset {
    uint64_t files, network, scoped;
};

struct path_rule {
    uint64_t allowed;
    int32_t folder;
} __attribute__((packed));

static const uint64_t allowed_by_access[] = {
    [COR_ACCESS_READ] = READ_FILE | READ_FOLDER,
    [COR_ACCESS_WRITE] = WRITE_FILE | TRUNCATE,
    [COR_ACCESS_CREATE] = READ_FILE | READ_FOLDER | WRITE_FILE | TRUNCATE | MAKE_FILE |
                          MAKE_FOLDER | MAKE_LINK | REMOVE_FILE | REMOVE_FOLDER,
};

int cor_landlock_version(void)
{
    long version = syscall(NR_CREATE, NULL, (size_t)0, ASK_VERSION);
    return version < 0 ? 0 : (int)version;
}

static struct ruleset handled(int version)
{
    struct ruleset set = {.files = FIRST_VERSION};
    set.files |= version >= 2 ? REFER : 0;
    set.files |= version >= 3 ? TRUNCATE : 0;
    set.files |= version >= 5 ? CONTROL : 0;
    set.network = version >= 4 ? 3 : 0; // bind and connect
    set.scoped = version >= 6 ? 3 : 0;  // abstract sockets and signals
    return set;
}

static size_t known_size(int version)
{
    return version >= 6   ? sizeof(struct ruleset)
           : version >= 4 ? 2 * sizeof(uint64_t)
                          : sizeof(uint64_t);
}

static bool allow(int ruleset, const struct ruleset *set, const struct cor_access_path *path)
{
    struct stat about;
    int place = open(path->path, O_PATH | O_CLOEXEC);
    if (place < 0)
        return true;
    struct path_rule rule = {.allowed = allowed_by_access[path->access] & set->files,
                             .folder = place};
    if (fstat(place, &about) == 0 && !S_ISDIR(about.st_mode))
        rule.allowed &= OF_FILES;
    bool done = syscall(NR_ADD_RULE, ruleset, RULE_PATH, &rule, 0) == 0;
    close(place);
    return done;
}

int cor_landlock_enter(const struct cor_access_path *paths, size_t count)
{
    int version = cor_landlock_version();
    const struct ruleset set = handled(version);
    if (!version)
        return 0;
    int ruleset = (int)syscall(NR_CREATE, &set, known_size(version), 0);
    if (ruleset < 0)
        return 0;
    bool done = true;
    for (size_t i = 0; done && i < count; i++)
        done = allow(ruleset, &set, &paths[i]);
    done = done && syscall(NR_RESTRICT, ruleset, 0) == 0;
    close(ruleset);
    return done ? version : 0;
}
