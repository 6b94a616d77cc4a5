// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/expect.h"

#include <string.h>
#include <strings.h>

static bool is_hex(const char *text, size_t size)
{
    return strlen(text) == size && strspn(text, "0123456789abcdefABCDEF") == size;
}

static const char *hash_of(const struct cor_input *input, bool sha1)
{
    return sha1 ? input->sha1 : input->sha256;
}

enum cor_status cor_expect(const struct cor_input *inputs, size_t count, const char *expect,
                           struct cor_diag *diag)
{
    bool sha1 = strncmp(expect, "sha1:", 5) == 0;
    const char *hash = expect + (sha1 ? 5 : 7);
    if ((!sha1 && strncmp(expect, "sha256:", 7) != 0) || !is_hex(hash, sha1 ? 40 : 64))
        return cor_fail(diag, COR_FATAL, COR_USAGE, "--expect",
                        "\"%s\" is neither sha1: and 40 nor sha256: and 64 hex digits", expect);
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(hash_of(&inputs[i], sha1), hash) == 0)
            return COR_OK;
    const struct cor_input *first = &inputs[0];
    if (count == 1 && !first->folder)
        return cor_fail(diag, COR_FATAL, COR_MISMATCH, first->path, "has %s:%s, expected %s",
                        sha1 ? "sha1" : "sha256", hash_of(first, sha1), expect);
    return cor_fail(diag, COR_FATAL, COR_MISMATCH, "--expect", "no input has %s", expect);
}
