// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The diagnostic sink. The library never prints: whoever wants to hear passes a sink down.
// An error starts in cor_fail(), so that its code and its cause cannot part.
#ifndef COR_BASE_DIAG_H
#define COR_BASE_DIAG_H

#include "base/status.h"

enum cor_grade {
    COR_NOTE,    // worth knowing; nothing was lost
    COR_PARTIAL, // an item was read in part
    COR_LOST,    // an item could not be read; the rest goes on
    COR_FATAL    // the whole job cannot go on
};

struct cor_message {
    enum cor_grade grade;
    enum cor_status status;
    const char *subject; // what it is about: a member's path, an option; never NULL
    const char *text;    // one line without a full stop; never NULL
};

// `emit` may be called from several threads at once. The message lives only during the call.
struct cor_diag {
    void (*emit)(struct cor_diag *diag, const struct cor_message *message);
};

// Reports one message and returns `status`. `diag` may be NULL.
enum cor_status cor_fail(struct cor_diag *diag, enum cor_grade grade, enum cor_status status,
                         const char *subject, const char *format, ...) COR_PRINTF(5, 6);

// Reports COR_NOTE with COR_OK.
void cor_note(struct cor_diag *diag, const char *subject, const char *format, ...) COR_PRINTF(3, 4);

// A sink that keeps the text of the first message it is given, for "unread, because ...", and
// passes nothing on. Not for use by several threads at once.
struct cor_diag_capture {
    struct cor_diag diag;
    enum cor_status status;
    char text[200]; // empty until a message came
};

void cor_diag_capture_init(struct cor_diag_capture *capture);

#endif
