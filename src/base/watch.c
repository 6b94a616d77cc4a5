// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/watch.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/watch_board.h"

struct cor_watch_board *cor_watch_board;

static _Thread_local struct cor_watch_slot *own;
static _Thread_local struct cor_mark now;

uint64_t cor_subject_key(unsigned role, unsigned number, const char *path)
{
    uint64_t hash = 14695981039346656037U ^ ((uint64_t)role << 32 | number);
    for (; *path; path++)
        hash = (hash ^ (unsigned char)*path) * 1099511628211U;
    return hash ? hash : 1;
}

// A crash for want of stack is told on a stack of its own.
static void use_spare_stack(struct cor_watch_slot *slot)
{
#ifdef COR_SANITIZED
    (void)slot; // the sanitizers have one already
#else
    const stack_t spare = {.ss_sp = slot->stack, .ss_size = sizeof slot->stack};
    sigaltstack(&spare, NULL);
#endif
}

static struct cor_watch_slot *own_slot(void)
{
    if (own)
        return own;
    for (size_t i = 0; !own && i < COR_WATCH_SLOTS; i++) {
        bool taken = false;
        if (atomic_compare_exchange_strong(&cor_watch_board->slots[i].taken, &taken, true))
            own = &cor_watch_board->slots[i];
    }
    if (own) {
        own->thread = (pid_t)syscall(SYS_gettid);
        use_spare_stack(own);
    }
    return own;
}

static void show(const struct cor_mark mark)
{
    struct cor_watch_slot *slot = own_slot();
    now = mark;
    if (!slot)
        return;
    atomic_fetch_add(&slot->sequence, 1);
    slot->step = mark.subject ? mark.step : COR_STEP_NONE;
    slot->key = mark.subject ? mark.subject->key : 0;
    slot->parent = mark.subject ? mark.subject->parent : 0;
    if (mark.subject) {
        size_t size = strnlen(mark.subject->path, sizeof slot->path - 1);
        memcpy(slot->path, mark.subject->path, size);
        slot->path[size] = '\0';
    }
    atomic_fetch_add(&slot->sequence, 1);
}

struct cor_mark cor_watch_enter(const struct cor_subject *subject, enum cor_step step)
{
    struct cor_mark before = now;
    if (cor_watch_board && subject)
        show((struct cor_mark){subject, step});
    return before;
}

void cor_watch_leave(struct cor_mark before)
{
    if (cor_watch_board && (now.subject != before.subject || now.step != before.step))
        show(before);
}

void cor_watch_thread_ends(void)
{
    if (!own)
        return;
    show((struct cor_mark){0});
#ifndef COR_SANITIZED
    const stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
#endif
    atomic_store(&own->taken, false);
    own = NULL;
}

void cor_watch_starved(void)
{
    bool before = false;
    if (!cor_watch_board || !own || !now.subject ||
        !atomic_compare_exchange_strong(&cor_watch_board->has_starved, &before, true))
        return;
    cor_watch_board->starved = (struct cor_watched){
        .key = now.subject->key, .parent = now.subject->parent, .step = now.step};
    memcpy(cor_watch_board->starved.path, own->path, sizeof own->path);
}

const char *cor_watch_condemned(const struct cor_subject *subject, enum cor_step step,
                                enum cor_status *ret_why)
{
    const struct cor_watch_board *board = cor_watch_board;
    for (size_t i = 0; board && i < board->condemned_count; i++)
        if (board->condemned[i].key == subject->key && board->condemned[i].step == step) {
            *ret_why = board->condemned[i].why;
            return board->condemned[i].reason;
        }
    return NULL;
}

bool cor_watch_alone(void)
{
    return cor_watch_board && cor_watch_board->alone;
}

static void note_crash(void)
{
    if (cor_watch_board && own)
        atomic_store(&cor_watch_board->crashed, (int)(own - cor_watch_board->slots));
}

static void on_crash(int number)
{
    note_crash();
    raise(number);
}

void cor_watch_crashes(void)
{
#ifdef COR_SANITIZED
    // Faults are the sanitizers' to report, and no member is given up for them.
    static const int numbers[] = {SIGABRT};
#else
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
#endif
    struct sigaction action = {.sa_handler = on_crash,
                               .sa_flags = SA_ONSTACK | (int)SA_RESETHAND | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
}
