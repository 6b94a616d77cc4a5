// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "cli/guard.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/watch.h"
#include "cli/cli.h"
#include "cli/guard_watch.h"

enum { DEFAULT_SECONDS = 300, SIBLINGS = 8, HUNGRY = 3 };

// What the libraries under the program look at.
static const struct cor_access_path system_paths[] = {
    {COR_ACCESS_READ, "/usr"},           {COR_ACCESS_READ, "/lib"},
    {COR_ACCESS_READ, "/lib64"},         {COR_ACCESS_READ, "/etc/ld.so.cache"},
    {COR_ACCESS_READ, "/etc/localtime"}, {COR_ACCESS_READ, "/proc/self"},
    {COR_ACCESS_READ, "/proc/self/exe"}, {COR_ACCESS_READ, "/sys/devices/system/cpu"},
    {COR_ACCESS_READ, "/dev/null"},      {COR_ACCESS_WRITE, "/dev/null"},
    {COR_ACCESS_READ, "/dev/urandom"},
};

void cor_guard_init(struct cor_guard *guard, struct cor_diag *diag)
{
    *guard =
        (struct cor_guard){.memory = UINT64_C(8) << 30, .seconds = DEFAULT_SECONDS, .diag = diag};
    for (size_t i = 0; i < sizeof system_paths / sizeof *system_paths; i++)
        if (cor_array_add(&guard->paths, system_paths[i]) != COR_OK)
            return;
}

void cor_guard_dispose(struct cor_guard *guard)
{
    cor_array_dispose(&guard->paths);
}

enum cor_status cor_guard_allow(struct cor_guard *guard, enum cor_access access, const char *path)
{
    return cor_array_add(&guard->paths, (struct cor_access_path){access, path});
}

struct run {
    const struct cor_guard *guard;
    int (*job)(void *data);
    void *data;
    char scratch[256]; // a folder of this run's own for temporary files; empty when there is none
    unsigned hungry;   // how often memory ran out
};

static void make_scratch(struct run *run)
{
    const char *folder = getenv("TMPDIR");
    int size = snprintf(run->scratch, sizeof run->scratch, "%s/correspond-XXXXXX",
                        folder && *folder ? folder : "/tmp");
    if (size < 0 || (size_t)size >= sizeof run->scratch || !mkdtemp(run->scratch))
        run->scratch[0] = '\0';
}

static _Noreturn void child(const struct run *run)
{
    const struct cor_guard *guard = run->guard;
    char text[64];
    COR_ARRAY(struct cor_access_path) paths = {0};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    cor_watch_crashes();
    if (cor_array_reserve(&paths, guard->paths.count + 1) != COR_OK)
        exit(COR_EXIT_FAILED);
    for (size_t i = 0; i < guard->paths.count; i++)
        paths.items[paths.count++] = guard->paths.items[i];
    if (run->scratch[0]) {
        setenv("TMPDIR", run->scratch, 1);
        paths.items[paths.count++] = (struct cor_access_path){COR_ACCESS_CREATE, run->scratch};
    }
    const struct cor_sandbox sandbox = {paths.items, paths.count, guard->memory};
    struct cor_sandbox_state state = cor_sandbox_enter(&sandbox);
    cor_array_dispose(&paths);
    cor_sandbox_describe(&state, text, sizeof text);
    if (guard->told)
        cor_note(guard->diag, "sandbox", "%s", text);
    exit(run->job(run->data));
}

// Starts the process and watches it to its end.
static bool run_once(const struct run *run, struct cor_ending *ret_ending)
{
    int life[2]; // the child holds the other end open until it is gone
    if (pipe(life) != 0)
        return false;
    fflush(NULL);
    pid_t process = fork();
    if (process == 0) {
        close(life[0]);
        child(run);
    }
    close(life[1]);
    if (process > 0)
        *ret_ending = cor_guard_watch(process, life[0], run->guard);
    close(life[0]);
    return process > 0;
}

static const char *reason_of(const struct cor_ending *ending)
{
    return ending->cause == COR_CAUSE_TIME     ? "the reader ran out of time"
           : ending->cause == COR_CAUSE_MEMORY ? "the reader ran out of memory"
                                               : "the reader crashed";
}

// A container full of members that kill is worth no more tries.
static void condemn_parent(const struct cor_ending *ending)
{
    struct cor_watched parent = {.key = ending->at.parent, .step = COR_STEP_LAYER};
    if (cor_watch_condemned_below(ending->at.parent) >= SIBLINGS)
        (void)cor_watch_condemn(&parent, COR_INTERNAL, "the readers of its members crash");
}

// Whether there is sense in another try, and what is then left out.
static bool prepare_again(struct run *run, const struct cor_ending *ending, bool was_alone)
{
    struct cor_diag *diag = run->guard->diag;
    const char *reason = reason_of(ending);
    run->hungry += ending->cause == COR_CAUSE_MEMORY;
    if (run->guard->once || cor_interrupted())
        return false;
    if (!ending->known && !was_alone && ending->several) {
        cor_watch_again(true);
        cor_note(diag, "", "%s; reading again to find the member", reason);
        return true;
    }
    if (!ending->known || run->hungry > HUNGRY ||
        !cor_watch_condemn(&ending->at, ending->cause == COR_CAUSE_CRASH ? COR_INTERNAL : COR_LIMIT,
                           reason))
        return false;
    condemn_parent(ending);
    cor_watch_again(false);
    (void)cor_fail(diag, COR_LOST, COR_OK, ending->at.path, "%s; reading again without it", reason);
    return true;
}

static int give_up(const struct run *run, const struct cor_ending *ending)
{
    struct cor_diag *diag = run->guard->diag;
    if (cor_interrupted())
        return COR_EXIT_INTERRUPTED;
    (void)cor_fail(diag, COR_FATAL, COR_INTERNAL, ending->known ? ending->at.path : "",
                   "%s, and the work was given up", reason_of(ending));
    return COR_EXIT_FAILED;
}

static int run_all(struct run *run)
{
    for (;;) {
        struct cor_ending ending = {0};
        bool was_alone = cor_watch_alone();
        if (!run_once(run, &ending)) {
            (void)cor_fail(run->guard->diag, COR_FATAL, COR_IO, "", "cannot start a process: %s",
                           strerror(errno));
            return COR_EXIT_FAILED;
        }
        if (ending.cause == COR_CAUSE_NONE)
            return ending.code;
        if (run->guard->undo && !run->guard->undo(run->data))
            return give_up(run, &ending);
        if (!prepare_again(run, &ending, was_alone))
            return give_up(run, &ending);
    }
}

int cor_guard_run(const struct cor_guard *guard, int (*job)(void *data), void *data)
{
    struct run run = {.guard = guard, .job = job, .data = data};
    if (guard->off)
        return job(data);
    if (!cor_watch_begin()) {
        (void)cor_fail(guard->diag, COR_FATAL, COR_NOMEM, "", "out of memory");
        return COR_EXIT_FAILED;
    }
    make_scratch(&run);
    int code = run_all(&run);
    if (run.scratch[0])
        cor_remove_folder(run.scratch);
    cor_watch_end();
    return code;
}
