// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "cli/guard_watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "cli/cli.h"

enum { LOOK_MS = 200, SLOTS = 128 };

struct look {
    uint32_t sequence;
    double since; // the thread's processor time when this step was seen first
};

struct watcher {
    pid_t process;
    const struct cor_guard *guard;
    struct look looks[SLOTS];
    enum cor_cause ended; // by the watcher
    struct cor_watched at;
    bool interrupted;
};

static bool read_line(const char *path, char *line, size_t size)
{
    FILE *file = fopen(path, "re");
    bool read = file && fgets(line, (int)size, file);
    if (file)
        fclose(file);
    return read;
}

// Seconds of processor time that a thread has used; negative when it cannot be told.
static double time_of(pid_t process, pid_t thread)
{
    char path[64], line[1024];
    unsigned long user, system;
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/stat", (long)process, (long)thread);
    const char *fields = read_line(path, line, sizeof line) ? strrchr(line, ')') : NULL;
    if (!fields || sscanf(fields + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
                          &system) != 2)
        return -1;
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static uint64_t memory_of(pid_t process)
{
    char path[64], line[256];
    unsigned long long pages, shared;
    snprintf(path, sizeof path, "/proc/%ld/statm", (long)process);
    if (!read_line(path, line, sizeof line) || sscanf(line, "%*u %llu %llu", &pages, &shared) != 2)
        return 0;
    return (pages - shared) * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void look_at(struct watcher *watcher, size_t index)
{
    struct cor_watched seen;
    struct look *look = &watcher->looks[index];
    if (!cor_watch_look(index, &seen))
        return;
    double spent = time_of(watcher->process, seen.thread);
    if (look->sequence != seen.sequence || look->since < 0) {
        *look = (struct look){seen.sequence, spent};
        return;
    }
    if (spent - look->since < watcher->guard->seconds)
        return;
    watcher->ended = COR_CAUSE_TIME;
    watcher->at = seen;
}

static void look_around(struct watcher *watcher)
{
    for (size_t i = 0; i < SLOTS && !watcher->ended; i++)
        look_at(watcher, i);
    if (!watcher->ended && watcher->guard->memory &&
        memory_of(watcher->process) > watcher->guard->memory)
        watcher->ended = COR_CAUSE_MEMORY;
    if (watcher->ended)
        kill(watcher->process, SIGKILL);
    if (cor_interrupted() && !watcher->interrupted) {
        watcher->interrupted = true;
        kill(watcher->process, SIGINT);
    }
}

// The thread that crashed, or the only one that did anything.
static void find_cause(struct cor_ending *ending)
{
    int crashed = cor_watch_crashed_slot();
    struct cor_watched seen;
    size_t count = 0;
    if (crashed >= 0) {
        ending->known = cor_watch_look((size_t)crashed, &ending->at);
        return;
    }
    for (size_t i = 0; i < cor_watch_slots(); i++)
        if (cor_watch_look(i, &seen)) {
            ending->at = seen;
            count++;
        }
    ending->known = count == 1;
    ending->several = count > 1;
}

static struct cor_ending judge(const struct watcher *watcher, int status)
{
    struct cor_ending ending = {.code = WIFEXITED(status) ? WEXITSTATUS(status) : 0};
    if (watcher->ended == COR_CAUSE_TIME) {
        ending.cause = COR_CAUSE_TIME;
        ending.at = watcher->at;
        ending.known = true;
    } else if (WIFSIGNALED(status)) {
        // A death that nobody announced is the kernel's, for want of memory.
        bool killed = WTERMSIG(status) == SIGKILL;
        ending.cause = killed ? COR_CAUSE_MEMORY : COR_CAUSE_CRASH;
        find_cause(&ending);
    } else if (ending.code == COR_EXIT_FAILED && cor_watch_starved_at(&ending.at)) {
        ending.cause = COR_CAUSE_MEMORY;
        ending.known = true;
    }
    return ending;
}

struct cor_ending cor_guard_watch(pid_t process, int life, const struct cor_guard *guard)
{
    struct watcher watcher = {.process = process, .guard = guard};
    int status;
    for (size_t i = 0; i < SLOTS; i++)
        watcher.looks[i].since = -1;
    for (;;) {
        struct pollfd end = {.fd = life};
        if (poll(&end, 1, LOOK_MS) > 0)
            break;
        look_around(&watcher);
    }
    while (waitpid(process, &status, 0) < 0 && errno == EINTR)
        look_around(&watcher);
    return judge(&watcher, status);
}
