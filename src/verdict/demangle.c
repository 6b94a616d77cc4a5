// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/demangle.h"

#include <libiberty/demangle.h>
#include <stdlib.h>

bool cor_is_mangled(struct cor_slice name)
{
    return cor_slice_starts(name, COR_SLICE("_Z")) || cor_slice_starts(name, COR_SLICE("_R"));
}

static bool ends_in_rust_hash(struct cor_slice name)
{
    // Legacy mangling: "...17h" + 16 hex digits + "E".
    return name.size > 24 && name.data[name.size - 1] == 'E' &&
           memcmp(name.data + name.size - 20, "17h", 3) == 0;
}

bool cor_is_rust(struct cor_slice name)
{
    return cor_slice_starts(name, COR_SLICE("_R")) ||
           (cor_slice_starts(name, COR_SLICE("_ZN")) && ends_in_rust_hash(name));
}

// Copies what stands outside of template arguments.
static bool append_plain(struct cor_buffer *buffer, const char *text)
{
    int depth = 0;
    for (const char *at = text; *at; at++) {
        bool operator_sign = at > text + 7 && depth == 0 && strstr(text, "operator") &&
                             at >= strstr(text, "operator") + 8;
        if (*at == '<' && !operator_sign)
            depth++;
        else if (*at == '>' && !operator_sign && depth > 0)
            depth--;
        else if (depth == 0 && cor_buffer_append(buffer, at, 1) != COR_OK)
            return false;
    }
    return buffer->size > 0;
}

bool cor_demangle_qualified(struct cor_slice name, struct cor_buffer *buffer)
{
    char text[4096];
    if (name.size >= sizeof text)
        return false;
    memcpy(text, name.data, name.size);
    text[name.size] = '\0';
    char *plain = cplus_demangle_v3(text, DMGL_NO_OPTS);
    if (!plain)
        return false;
    bool done = append_plain(buffer, plain);
    free(plain);
    return done;
}
