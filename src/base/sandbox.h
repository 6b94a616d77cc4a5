// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Takes from this process what reading untrusted bytes does not need: the network, other programs,
// and every file but the named ones. For a process with one thread; there is no way back.
#ifndef COR_BASE_SANDBOX_H
#define COR_BASE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum cor_access {
    COR_ACCESS_READ,   // a file, or a folder and all below
    COR_ACCESS_WRITE,  // a file that is there: written to in place
    COR_ACCESS_CREATE, // a folder: files, folders and links are made and removed in it
};

struct cor_access_path {
    enum cor_access access;
    const char *path; // one that is not there is passed over
};

struct cor_sandbox {
    const struct cor_access_path *paths;
    size_t path_count;
    uint64_t memory; // bytes of data that the process may have; 0: no limit
};

// What of it the kernel has. A part that it lacks is left out.
struct cor_sandbox_state {
    int landlock; // its version, 0 when there is none
    bool seccomp;
};

// What could be had here, without doing anything.
struct cor_sandbox_state cor_sandbox_look(void);

// Enters the sandbox. What the kernel has and yet refuses is not in the state that is returned.
struct cor_sandbox_state cor_sandbox_enter(const struct cor_sandbox *sandbox);

// One line for people: "seccomp, Landlock 3".
void cor_sandbox_describe(const struct cor_sandbox_state *state, char *ret_text, size_t size);

#endif
