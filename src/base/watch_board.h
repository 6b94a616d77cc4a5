// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The board itself. Private to watch.c and watch_board.c.
#ifndef COR_BASE_WATCH_BOARD_H
#define COR_BASE_WATCH_BOARD_H

#include <stdatomic.h>

#include "base/watch.h"

#if defined(__SANITIZE_ADDRESS__)
#define COR_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COR_SANITIZED 1
#endif
#endif

enum { COR_WATCH_SLOTS = 128, COR_WATCH_CONDEMNED = 64, COR_WATCH_STACK = 64 << 10 };

struct cor_watch_slot {
    atomic_bool taken;
    atomic_uint sequence; // odd while the rest changes
    enum cor_step step;
    uint64_t key, parent;
    pid_t thread;
    char path[sizeof((struct cor_watched *)0)->path];
    _Alignas(64) unsigned char stack[COR_WATCH_STACK];
};

struct cor_watch_condemned_step {
    uint64_t key, parent;
    enum cor_step step;
    enum cor_status why;
    char reason[64];
};

struct cor_watch_board {
    atomic_int crashed; // slot, or -1
    atomic_bool has_starved;
    bool alone;
    struct cor_watched starved;
    size_t condemned_count;
    struct cor_watch_condemned_step condemned[COR_WATCH_CONDEMNED];
    struct cor_watch_slot slots[COR_WATCH_SLOTS];
};

extern struct cor_watch_board *cor_watch_board;

#endif
