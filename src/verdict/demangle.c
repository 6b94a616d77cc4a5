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

// What stands before the name of something that belongs to a function or to a class.
static const char *const belongings[] = {
    "non-virtual thunk to ", "virtual thunk to ",      "covariant return thunk to ",
    "guard variable for ",   "TLS init function for ", "TLS wrapper function for ",
};

static const char *behind_belongings(const char *text)
{
    for (size_t i = 0; i < sizeof belongings / sizeof *belongings; i++)
        if (strncmp(text, belongings[i], strlen(belongings[i])) == 0)
            text += strlen(belongings[i]);
    return text;
}

// "[abi:cxx11]" and " [clone .x]" are no part of the name in the source.
static void drop_brackets(char *text)
{
    char *out = text;
    for (const char *at = text; *at;) {
        bool tag = strncmp(at, "[abi:", 5) == 0 || strncmp(at, " [clone ", 8) == 0;
        const char *close = tag ? strchr(at, ']') : NULL;
        if (close)
            at = close + 1;
        else
            *out++ = *at++;
    }
    *out = '\0';
}

// A thunk's name comes with parameters, whatever was asked for.
static void drop_parameters(char *text)
{
    unsigned depth = 0;
    for (size_t i = strlen(text); i-- > 0;) {
        depth += text[i] == ')';
        depth -= text[i] == '(' && depth > 0;
        if (text[i] == '(' && depth == 0 && i > 0 && text[i - 1] != ' ' && text[i - 1] != ':') {
            text[i] = '\0';
            return;
        }
    }
}

static char *demangled(struct cor_slice name, int options)
{
    char text[4096];
    if (name.size >= sizeof text)
        return NULL;
    memcpy(text, name.data, name.size);
    text[name.size] = '\0';
    return cplus_demangle_v3(text, options);
}

bool cor_demangle_qualified(struct cor_slice name, struct cor_buffer *buffer)
{
    char *plain = demangled(name, DMGL_NO_OPTS | DMGL_RET_DROP);
    if (!plain)
        return false;
    drop_brackets(plain);
    const char *text = behind_belongings(plain);
    if (text != plain)
        drop_parameters(plain);
    bool done = append_plain(buffer, text);
    free(plain);
    return done;
}

// Where the parameters of the enclosing function begin: "f(int)::{lambda()#1}::operator()() const"
static char *enclosing_end(char *text)
{
    char *open = NULL;
    unsigned depth = 0;
    for (char *at = text; *at; at++) {
        if (*at == '(' && depth++ == 0)
            open = at;
        depth -= *at == ')' && depth > 0;
        if (*at != ')' || depth || !open)
            continue;
        const char *behind = strncmp(at + 1, " const", 6) == 0 ? at + 7 : at + 1;
        if (strncmp(behind, "::", 2) == 0 && open > text && strncmp(open, "(anonymous", 10) != 0)
            return open;
    }
    return NULL;
}

// "_ZZ1fE...", "_ZNKZ1fE...": within a function of C, which has no parameters in its name.
static struct cor_slice enclosing_c(struct cor_slice name)
{
    size_t at = 2, size = 0;
    while (at < name.size && strchr("NKVrO", name.data[at]))
        at++;
    if (at >= name.size || name.data[at] != 'Z')
        return cor_slice(name.data, 0);
    for (at++; at < name.size && name.data[at] >= '0' && name.data[at] <= '9' && size < 4096; at++)
        size = size * 10 + (size_t)(name.data[at] - '0');
    return at + size < name.size && name.data[at + size] == 'E' ? cor_slice(name.data + at, size)
                                                                : cor_slice(name.data, 0);
}

bool cor_demangle_enclosing(struct cor_slice name, struct cor_buffer *buffer)
{
    struct cor_slice plain_c = name.size > 4 ? enclosing_c(name) : cor_slice("", 0);
    if (plain_c.size)
        return cor_buffer_append(buffer, plain_c.data, plain_c.size) == COR_OK;
    char *plain = demangled(name, DMGL_PARAMS | DMGL_RET_DROP);
    char *end = plain ? enclosing_end(plain) : NULL;
    bool done = false;
    if (end) {
        *end = '\0';
        drop_brackets(plain);
        done = append_plain(buffer, behind_belongings(plain));
    }
    free(plain);
    return done;
}

// "vtable for A::B" -> "A::B::B"
bool cor_demangle_class(struct cor_slice name, struct cor_buffer *buffer)
{
    static const char *const tables[] = {"vtable for ", "VTT for ", "typeinfo for ",
                                         "typeinfo name for "};
    char *plain = demangled(name, DMGL_NO_OPTS);
    bool done = false;
    for (size_t i = 0; plain && !done && i < sizeof tables / sizeof *tables; i++) {
        if (strncmp(plain, tables[i], strlen(tables[i])) != 0)
            continue;
        drop_brackets(plain);
        done = append_plain(buffer, plain + strlen(tables[i]));
    }
    free(plain);
    if (!done)
        return false;
    const char *last = memrchr(buffer->data, ':', buffer->size);
    char own[512];
    size_t size = last ? buffer->size - (size_t)(last + 1 - buffer->data) : buffer->size;
    if (size + 3 > sizeof own)
        return false;
    memcpy(own, "::", 2);
    memcpy(own + 2, buffer->data + buffer->size - size, size);
    return cor_buffer_append(buffer, own, size + 2) == COR_OK;
}

// "lts_20260107", "v1", "__1", "_V2": ends in a digit, after an underscore or a lone v.
static bool is_version(struct cor_slice part)
{
    if (part.size < 2 || part.data[part.size - 1] < '0' || part.data[part.size - 1] > '9')
        return false;
    bool lone = part.data[0] == 'v' && part.data[1] >= '0' && part.data[1] <= '9';
    return lone || memchr(part.data, '_', part.size) != NULL;
}

bool cor_drop_versions(struct cor_buffer *qualified)
{
    char *out = qualified->data;
    const char *end = qualified->data + qualified->size;
    bool dropped = false;
    for (const char *at = out; at < end;) {
        const char *colon = memmem(at, (size_t)(end - at), "::", 2);
        const char *stop = colon ? colon + 2 : end;
        bool version = colon && is_version(cor_slice(at, (size_t)(colon - at)));
        if (!version) {
            memmove(out, at, (size_t)(stop - at));
            out += stop - at;
        }
        dropped |= version;
        at = stop;
    }
    qualified->size = (size_t)(out - qualified->data);
    return dropped && qualified->size > 0;
}

bool cor_is_template_instance(struct cor_slice name)
{
    char *plain = demangled(name, DMGL_NO_OPTS | DMGL_RET_DROP);
    const char *angle = plain ? strchr(plain, '<') : NULL;
    const char *sign = plain ? strstr(plain, "operator<") : NULL;
    bool instance = angle && (!sign || angle != sign + 8);
    free(plain);
    return instance;
}

bool cor_demangle_rust(struct cor_slice name, struct cor_buffer *buffer)
{
    char text[4096];
    if (!cor_is_rust(name) || name.size >= sizeof text)
        return false;
    memcpy(text, name.data, name.size);
    text[name.size] = '\0';
    char *plain = rust_demangle(text, DMGL_NO_OPTS);
    bool done = plain && cor_buffer_append(buffer, plain, strlen(plain)) == COR_OK;
    free(plain);
    return done;
}
