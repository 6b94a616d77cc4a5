// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"

#include <fnmatch.h>
#include <string.h>

static const struct cor_gap *find_gap(const struct cor_source_facts *source,
                                      const struct cor_body_names *names)
{
    for (size_t i = 0; i < source->gaps.count; i++) {
        const struct cor_gap *gap = &source->gaps.items[i];
        for (unsigned k = 0; gap->pattern && !gap->about && k < names->count; k++)
            if (fnmatch(gap->pattern, names->items[k]->text, 0) == 0)
                return gap;
    }
    return NULL;
}

static char plain(char c)
{
    return c == '-' ? '_' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_part(char c)
{
    c = plain(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// "libfoo.so.1" -> "foo", "foo_bar.ko" -> "foo_bar"
static size_t component_stem(const char *name, char *stem, size_t limit)
{
    size_t size = 0;
    if (strncmp(name, "lib", 3) == 0 && name[3])
        name += 3;
    while (name[size] && name[size] != '.' && size + 1 < limit) {
        stem[size] = plain(name[size]);
        size++;
    }
    stem[size] = '\0';
    return size;
}

// The stem stands there as a word of its own, "lib" before it and digits behind it or not.
static bool mentions(const char *text, const char *stem, size_t size)
{
    for (const char *at = text; *at; at++) {
        size_t i = 0;
        while (i < size && plain(at[i]) == stem[i])
            i++;
        if (i < size || is_part(at[i]))
            continue;
        if (at == text || !is_part(at[-1]) || (at >= text + 3 && strncmp(at - 3, "lib", 3) == 0))
            return true;
    }
    return false;
}

static const struct cor_gap *find_concern(const struct cor_question *question)
{
    enum { SHORTEST = 3 };
    const struct cor_component *owner =
        question->provider ? question->provider : question->component;
    const struct cor_source_facts *source = question->evidence->source;
    char stem[128];
    size_t size = component_stem(owner->name, stem, sizeof stem);
    for (size_t i = 0; size >= SHORTEST && i < source->gaps.count; i++)
        if (source->gaps.items[i].about && mentions(source->gaps.items[i].about, stem, size))
            return &source->gaps.items[i];
    return NULL;
}

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    const struct cor_source_facts *source = question->evidence->source;
    struct cor_body_names names;
    if (cor_body_names(question->evidence->names, question->symbol->name, false, &names) != COR_OK)
        return false;
    const struct cor_gap *gap = find_gap(source, &names);
    if (!gap)
        gap = find_concern(question);
    if (!gap)
        return false;
    return cor_decide(ret_verdict, COR_CLASS_UNDETERMINED,
                      cor_arena_printf(question->arena, "%s:%u may make it: %s",
                                       source->files.items[gap->file].path, gap->line,
                                       gap->reason));
}

const struct cor_verdict_rule cor_rule_gap = {"gap", decide};
