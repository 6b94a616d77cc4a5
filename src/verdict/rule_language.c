// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/demangle.h"
#include "verdict/rule.h"

// Whatever stands there came out of the headers of the compiler's own library.
static bool is_standard(struct cor_slice qualified)
{
    static const char *const starts[] = {
        "std::", "__gnu_cxx::", "__cxxabiv1::", "operator new", "operator delete", "__gnu_debug::"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (cor_slice_starts(qualified, cor_slice_text(starts[i])))
            return true;
    return false;
}

// Inline functions and instances of templates stand wherever a header was included, and headers of
// C++ may make them in ways that are not read.
static bool comes_from_headers(const struct cor_question *question, struct cor_slice name)
{
    const struct cor_symbol *symbol = question->provided ? question->provided : question->symbol;
    if (symbol->binding == COR_BIND_WEAK || symbol->binding == COR_BIND_UNIQUE)
        return true;
    if (symbol->binding == COR_BIND_LOCAL && memchr(name.data, '.', name.size))
        return true; // a clone
    return cor_is_template_instance(name);
}

static bool decide_cxx(const struct cor_question *question, struct cor_slice name,
                       struct cor_verdict *ret_verdict)
{
    struct cor_buffer qualified;
    cor_buffer_init(&qualified, 1 << 16);
    const char *reason = NULL;
    enum cor_class class_ = COR_CLASS_UNDETERMINED;
    if (!cor_demangle_qualified(name, &qualified)) {
        reason = "its C++ name is not understood";
    } else if (is_standard(cor_buffer_slice(&qualified))) {
        class_ = COR_CLASS_TOOLCHAIN;
        reason = "made from the headers of the C++ standard library";
    } else if (memchr(qualified.data, '{', qualified.size)) {
        reason = "a lambda or an unnamed type of C++, of which nothing says where it stands";
    } else if (comes_from_headers(question, name)) {
        reason = "an inline function or a template of C++, of which no body was recognised";
    }
    cor_buffer_dispose(&qualified);
    return reason && cor_decide(ret_verdict, class_, reason);
}

static bool decide_rust(struct cor_slice name, struct cor_verdict *ret_verdict)
{
    static const char *const crates[] = {"core::",    "alloc::",  "std::",  "compiler_builtins::",
                                         "<core::",   "<alloc::", "<std::", "__rust",
                                         "rust_begin"};
    struct cor_buffer path;
    bool standard = false;
    cor_buffer_init(&path, 1 << 16);
    if (cor_demangle_rust(name, &path))
        for (size_t i = 0; i < sizeof crates / sizeof *crates; i++)
            standard |= cor_slice_starts(cor_buffer_slice(&path), cor_slice_text(crates[i]));
    cor_buffer_dispose(&path);
    return standard ? cor_decide(ret_verdict, COR_CLASS_TOOLCHAIN, "of Rust's standard library")
                    : cor_decide(ret_verdict, COR_CLASS_UNDETERMINED,
                                 "Rust is read in part, and no function of that name was "
                                 "recognised");
}

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    struct cor_slice name = cor_name_slice(question->symbol->name);
    if (cor_is_rust(name))
        return decide_rust(name, ret_verdict);
    return cor_is_mangled(name) && decide_cxx(question, name, ret_verdict);
}

const struct cor_verdict_rule cor_rule_language = {"language", decide};
