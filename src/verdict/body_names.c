// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/body_names.h"

#include "base/buffer.h"
#include "source/recogniser.h"
#include "verdict/demangle.h"

// What compilers and linkers put behind a function's name; digits and further suffixes may follow.
static const char *const suffixes[] = {
    ".isra.",    ".constprop.", ".part.", ".cold", ".llvm.", ".lto_priv", ".localalias",  ".clone.",
    ".resolver", ".ifunc",      ".avx",   ".sse",  ".arch_", ".default.", ".uid_suffix.",
};

static const char *const prefixes[] = {"__pfx_", "__cfi_", ".L.str."};

static bool all_digits(struct cor_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.size > 0;
}

static struct cor_slice without_suffix(struct cor_slice name)
{
    for (size_t i = 1; i < name.size; i++) {
        struct cor_slice rest = cor_slice(name.data + i, name.size - i);
        if (name.data[i] != '.')
            continue;
        if (all_digits(cor_slice(rest.data + 1, rest.size - 1)))
            return cor_slice(name.data, i);
        for (size_t k = 0; k < sizeof suffixes / sizeof *suffixes; k++)
            if (cor_slice_starts(rest, cor_slice_text(suffixes[k])))
                return cor_slice(name.data, i);
    }
    return name;
}

static struct cor_slice without_prefix(struct cor_slice name)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        struct cor_slice prefix = cor_slice_text(prefixes[i]);
        if (cor_slice_starts(name, prefix) && name.size > prefix.size)
            return cor_slice(name.data + prefix.size, name.size - prefix.size);
    }
    return name;
}

static enum cor_status add(struct cor_names *names, struct cor_slice text, bool intern,
                           struct cor_body_names *list)
{
    const struct cor_name *name = NULL;
    enum cor_status status = COR_OK;
    if (intern)
        status = cor_names_intern(names, text, &name);
    else
        name = cor_names_find(names, text);
    for (unsigned i = 0; i < list->count; i++)
        if (list->items[i] == name)
            return status;
    if (name && list->count < COR_BODY_NAMES_MAX)
        list->items[list->count++] = name;
    return status;
}

// A name that ends in what __COUNTER__ or __LINE__ was: the source shows the macro itself.
static enum cor_status add_counted(struct cor_names *names, struct cor_slice name, bool intern,
                                   struct cor_body_names *list)
{
    static const char *const counters[] = {"__COUNTER__", "__LINE__"};
    size_t size = name.size;
    while (size && name.data[size - 1] >= '0' && name.data[size - 1] <= '9')
        size--;
    char text[256];
    if (size < 4 || size == name.size || size + sizeof "__COUNTER__" > sizeof text)
        return COR_OK;
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < sizeof counters / sizeof *counters && status == COR_OK; i++) {
        memcpy(text, name.data, size);
        strcpy(text + size, counters[i]);
        status = add(names, cor_slice_text(text), intern, list);
    }
    return status;
}

// A member of a class within a function, or a lambda, stands in that function.
static enum cor_status add_demangled(struct cor_names *names, struct cor_slice name, bool intern,
                                     struct cor_body_names *list)
{
    typedef bool form_fn(struct cor_slice name, struct cor_buffer * buffer);
    static form_fn *const forms[] = {cor_demangle_qualified, cor_demangle_enclosing,
                                     cor_demangle_class};
    struct cor_buffer made;
    enum cor_status status = COR_OK;
    cor_buffer_init(&made, 1 << 16);
    for (size_t i = 0; i < sizeof forms / sizeof *forms && status == COR_OK; i++) {
        made.size = 0;
        if (!forms[i](name, &made))
            continue;
        status = add(names, cor_buffer_slice(&made), intern, list);
        if (status == COR_OK && cor_drop_versions(&made))
            status = add(names, cor_buffer_slice(&made), intern, list);
    }
    cor_buffer_dispose(&made);
    return status;
}

// "a::b::f" and what stands in it ("a::b::f::{{closure}}") by the name f.
static enum cor_status add_rust(struct cor_names *names, struct cor_slice name, bool intern,
                                struct cor_body_names *list)
{
    struct cor_buffer path, made;
    enum cor_status status = COR_OK;
    cor_buffer_init(&path, 1 << 16);
    cor_buffer_init(&made, 1 << 16);
    if (cor_demangle_rust(name, &path)) {
        struct cor_slice rest = cor_buffer_slice(&path);
        const char *closure = memmem(rest.data, rest.size, "::{", 3);
        if (closure)
            rest.size = (size_t)(closure - rest.data);
        const char *generics = memmem(rest.data, rest.size, "::<", 3);
        if (generics && generics > rest.data)
            rest.size = (size_t)(generics - rest.data);
        const char *colon = rest.size ? memrchr(rest.data, ':', rest.size) : NULL;
        size_t skip = colon ? (size_t)(colon + 1 - rest.data) : 0;
        status = cor_buffer_printf(&made, COR_RUST_NAME "%.*s", (int)(rest.size - skip),
                                   rest.data + skip);
        if (status == COR_OK)
            status = add(names, cor_buffer_slice(&made), intern, list);
    }
    cor_buffer_dispose(&path);
    cor_buffer_dispose(&made);
    return status == COR_LIMIT ? COR_OK : status;
}

enum cor_status cor_body_names(struct cor_names *names, const struct cor_name *name, bool intern,
                               struct cor_body_names *ret_names)
{
    struct cor_body_names list = {{name}, 1};
    struct cor_slice base = without_prefix(without_suffix(cor_name_slice(name)));
    enum cor_status status = COR_OK;
    if (base.size != name->size)
        status = add(names, base, intern, &list);
    if (status == COR_OK)
        status = add_counted(names, base, intern, &list);
    if (status == COR_OK && cor_is_rust(base))
        status = add_rust(names, base, intern, &list);
    else if (status == COR_OK && cor_is_mangled(base))
        status = add_demangled(names, base, intern, &list);
    if (status == COR_OK)
        *ret_names = list;
    return status;
}
