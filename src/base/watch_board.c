// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The watching side of the board.
#include "base/watch_board.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

bool cor_watch_begin(void)
{
    void *memory = mmap(NULL, sizeof *cor_watch_board, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return false;
    cor_watch_board = memory;
    cor_watch_again(false);
    return true;
}

void cor_watch_end(void)
{
    if (cor_watch_board)
        munmap(cor_watch_board, sizeof *cor_watch_board);
    cor_watch_board = NULL;
}

size_t cor_watch_slots(void)
{
    return cor_watch_board ? COR_WATCH_SLOTS : 0;
}

static void copy_path(char *to, const char *from)
{
    size_t size = strnlen(from, sizeof((struct cor_watched *)0)->path - 1);
    memcpy(to, from, size);
    to[size] = '\0';
}

bool cor_watch_look(size_t index, struct cor_watched *ret_watched)
{
    if (index >= cor_watch_slots())
        return false;
    struct cor_watch_slot *slot = &cor_watch_board->slots[index];
    uint32_t sequence = atomic_load(&slot->sequence);
    if (!atomic_load(&slot->taken) || slot->step == COR_STEP_NONE)
        return false;
    ret_watched->key = slot->key;
    ret_watched->parent = slot->parent;
    ret_watched->step = slot->step;
    ret_watched->thread = slot->thread;
    ret_watched->sequence = sequence;
    copy_path(ret_watched->path, slot->path);
    return atomic_load(&slot->sequence) == sequence;
}

int cor_watch_crashed_slot(void)
{
    return cor_watch_board ? atomic_load(&cor_watch_board->crashed) : -1;
}

bool cor_watch_starved_at(struct cor_watched *ret_watched)
{
    if (!cor_watch_board || !atomic_load(&cor_watch_board->has_starved))
        return false;
    *ret_watched = cor_watch_board->starved;
    ret_watched->path[sizeof ret_watched->path - 1] = '\0';
    return true;
}

bool cor_watch_condemn(const struct cor_watched *watched, enum cor_status why, const char *reason)
{
    struct cor_watch_board *board = cor_watch_board;
    for (size_t i = 0; i < board->condemned_count; i++)
        if (board->condemned[i].key == watched->key && board->condemned[i].step == watched->step)
            return false;
    if (board->condemned_count == COR_WATCH_CONDEMNED)
        return false;
    struct cor_watch_condemned_step *step = &board->condemned[board->condemned_count++];
    *step = (struct cor_watch_condemned_step){
        .key = watched->key, .parent = watched->parent, .step = watched->step, .why = why};
    snprintf(step->reason, sizeof step->reason, "%s", reason);
    return true;
}

size_t cor_watch_condemned_below(uint64_t parent)
{
    size_t count = 0;
    for (size_t i = 0; parent && i < cor_watch_board->condemned_count; i++)
        count += cor_watch_board->condemned[i].parent == parent;
    return count;
}

size_t cor_watch_condemned_count(void)
{
    return cor_watch_board->condemned_count;
}

void cor_watch_again(bool alone)
{
    struct cor_watch_board *board = cor_watch_board;
    memset(board->slots, 0, sizeof board->slots);
    atomic_store(&board->crashed, -1);
    atomic_store(&board->has_starved, false);
    board->alone = alone;
}
