// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>

static void COR_PRINTF(5, 0)
    emit(struct cor_diag *diag, enum cor_grade grade, enum cor_status status, const char *subject,
         const char *format, va_list args)
{
    char text[512];
    if (!diag)
        return;
    vsnprintf(text, sizeof text, format, args);
    const struct cor_message message = {grade, status, subject ? subject : "", text};
    diag->emit(diag, &message);
}

enum cor_status cor_fail(struct cor_diag *diag, enum cor_grade grade, enum cor_status status,
                         const char *subject, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    emit(diag, grade, status, subject, format, args);
    va_end(args);
    return status;
}

void cor_note(struct cor_diag *diag, const char *subject, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    emit(diag, COR_NOTE, COR_OK, subject, format, args);
    va_end(args);
}

static void capture_emit(struct cor_diag *diag, const struct cor_message *message)
{
    struct cor_diag_capture *capture = (struct cor_diag_capture *)diag;
    if (capture->text[0])
        return;
    capture->status = message->status;
    snprintf(capture->text, sizeof capture->text, "%s", message->text);
}

void cor_diag_capture_init(struct cor_diag_capture *capture)
{
    *capture = (struct cor_diag_capture){.diag = {.emit = capture_emit}};
}
