// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Inline functions of headers that the release lacks stand in the binaries as local functions, in
// C++ as weak ones: they are not missing from what was compiled with them.
#include <string.h>

#include "verdict/demangle.h"
#include "verdict/rule.h"

// What makes local functions is a family of headers; templates come from a single one, too.
static bool counts(const struct cor_absent_header *absent, bool templates)
{
    return templates || strchr(absent->spelled, '/');
}

static const struct cor_absent_header *of_file(const struct cor_source_facts *source, uint32_t file,
                                               bool templates)
{
    for (size_t i = 0; i < source->absent.count; i++)
        if (source->absent.items[i].file == file && counts(&source->absent.items[i], templates))
            return &source->absent.items[i];
    return NULL;
}

// The released file that the function's unit is, by the name in the binary.
static const struct cor_absent_header *of_unit(const struct cor_question *question,
                                               const char *unit)
{
    const struct cor_source_facts *source = question->evidence->source;
    for (size_t i = 0; i < source->absent.count; i++) {
        const struct cor_absent_header *absent = &source->absent.items[i];
        if (counts(absent, false) && cor_same_stem(unit, source->files.items[absent->file].path) &&
            cor_support_count(question->support, absent->file).all > 0)
            return absent;
    }
    return NULL;
}

// Any file that the component has functions of, or, where nothing says which, one that includes.
static const struct cor_absent_header *of_component(const struct cor_question *question,
                                                    bool templates)
{
    const struct cor_source_facts *source = question->evidence->source;
    for (size_t i = 0; i < question->support->counts.count; i++) {
        const struct cor_absent_header *absent =
            of_file(source, question->support->counts.items[i].file, templates);
        if (absent)
            return absent;
    }
    return NULL;
}

static const struct cor_absent_header *search(const struct cor_question *question)
{
    const struct cor_symbol *symbol = question->provided;
    bool mangled = cor_is_mangled(cor_name_slice(symbol->name));
    if (symbol->binding != COR_BIND_LOCAL && !(mangled && symbol->binding != COR_BIND_GLOBAL))
        return NULL;
    const struct cor_component *component =
        question->provider ? question->provider : question->component;
    if (symbol->binding == COR_BIND_LOCAL && symbol->file < component->files.count &&
        cor_is_unit_name(component->files.items[symbol->file]))
        return of_unit(question, component->files.items[symbol->file]);
    return of_component(question, mangled);
}

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    if (!question->provided || !question->support)
        return false;
    const struct cor_absent_header *absent = search(question);
    if (!absent)
        return false;
    return cor_decide(
        ret_verdict, COR_CLASS_UNDETERMINED,
        cor_arena_printf(question->arena,
                         "perhaps an inline function of a header that the release lacks: "
                         "%s:%u includes %s",
                         question->evidence->source->files.items[absent->file].path, absent->line,
                         absent->spelled));
}

const struct cor_verdict_rule cor_rule_absent = {"absent-header", decide};
