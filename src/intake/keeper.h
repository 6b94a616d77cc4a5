// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Hears of everything that a walk meets, with all bytes, in the walking thread and in the walk's
// order: for whoever writes it somewhere. Names are what the containers say, unchecked.
#ifndef COR_INTAKE_KEEPER_H
#define COR_INTAKE_KEEPER_H

#include "intake/format.h"
#include "model/member.h"

// What is met. Texts live during the call only.
struct cor_met {
    const struct cor_member *member; // its path and format so far; NULL for a folder
    void *parent;                    // what the keeper gave for the member around it; NULL: input
    const char *name; // as stored, below the parent; for a decoded layer the filter's name
    bool layer;       // a decoded layer or a trailer: `name` is ours
    enum cor_entry_kind kind;
    const char *link;  // of a symbolic link: its target; NULL when the container did not tell
    void *link_target; // of a hard link: what the keeper gave for the file; NULL when unknown
    uint32_t mode;     // permission bits, 0 when the container did not tell
};

struct cor_keeper {
    // *ret_token (NULL beforehand) stands for it in later calls.
    enum cor_status (*meet)(struct cor_keeper *keeper, const struct cor_met *met, void **ret_token);
    // Further bytes of a file. Not called for a token that is NULL.
    enum cor_status (*bytes)(struct cor_keeper *keeper, void *token, const unsigned char *data,
                             size_t size);
    // No more bytes of this file will come. The member's record then says whether all were had.
    enum cor_status (*done)(struct cor_keeper *keeper, void *token,
                            const struct cor_member *member);
    enum cor_status failure; // of bytes(): ends the walk
};

#endif
