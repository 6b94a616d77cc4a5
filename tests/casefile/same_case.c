// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Written out by hand, not from the floor's own tables: a field forgotten there must show here.
#include "same_case.h"

#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return (!a && !b) || (a && b && strcmp(a, b) == 0);
}

#define NUMBER(field)                                                                              \
    if (a->field != b->field)                                                                      \
    return #field
#define WORDS(field)                                                                               \
    if (!same_text(a->field, b->field))                                                            \
    return #field
#define LIST(field, compare)                                                                       \
    do {                                                                                           \
        if (a->field.count != b->field.count)                                                      \
            return #field ".count";                                                                \
        for (size_t at = 0; at < a->field.count; at++) {                                           \
            const char *differs = compare(&a->field.items[at], &b->field.items[at]);               \
            if (differs)                                                                           \
                return differs;                                                                    \
        }                                                                                          \
    } while (0)

static const char *in_tally(const struct cor_tally *a, const struct cor_tally *b)
{
    NUMBER(known);
    NUMBER(total);
    for (unsigned i = 0; i < COR_CLASS_COUNT; i++)
        NUMBER(of[i]);
    return NULL;
}

static const char *in_input(const struct cor_input *a, const struct cor_input *b)
{
    NUMBER(role);
    NUMBER(number);
    WORDS(path);
    WORDS(name);
    NUMBER(folder);
    NUMBER(size);
    WORDS(sha1);
    WORDS(sha256);
    return NULL;
}

static const char *in_member(const struct cor_member *a, const struct cor_member *b)
{
    NUMBER(input);
    NUMBER(parent);
    WORDS(path);
    WORDS(format);
    NUMBER(size);
    if (memcmp(a->sha256, b->sha256, 32) != 0)
        return "sha256";
    NUMBER(hashed);
    NUMBER(state);
    WORDS(reason);
    NUMBER(may_hide_source);
    NUMBER(may_hide_code);
    WORDS(given_name);
    NUMBER(cut);
    NUMBER(offset);
    return NULL;
}

static const char *in_folder(const struct cor_case_folder *a, const struct cor_case_folder *b)
{
    WORDS(folder);
    NUMBER(functions);
    return NULL;
}

static const char *in_component(const struct cor_case_component *a,
                                const struct cor_case_component *b)
{
    NUMBER(id);
    NUMBER(input);
    NUMBER(same_as);
    NUMBER(role);
    NUMBER(kind);
    WORDS(path);
    WORDS(name);
    WORDS(machine);
    WORDS(sha256);
    NUMBER(size);
    WORDS(licence);
    WORDS(licence_where);
    WORDS(reason);
    WORDS(build_id);
    WORDS(soname);
    WORDS(compiler);
    WORDS(vermagic);
    WORDS(undefined_table);
    WORDS(defined_table);
    WORDS(banner);
    NUMBER(config_lines);
    NUMBER(exports);
    NUMBER(has_source);
    const char *found = in_tally(&a->undefined, &b->undefined);
    if (!found)
        found = in_tally(&a->defined, &b->defined);
    NUMBER(relocation_rows);
    WORDS(given_name);
    LIST(folders, in_folder);
    NUMBER(excuse);
    return found;
}

static const char *in_need(const struct cor_case_need *a, const struct cor_case_need *b)
{
    NUMBER(component);
    NUMBER(row);
    NUMBER(weak);
    return NULL;
}

static const char *in_provider(const struct cor_case_provider *a, const struct cor_case_provider *b)
{
    NUMBER(component);
    WORDS(section);
    NUMBER(address);
    NUMBER(size);
    WORDS(how);
    return NULL;
}

static const char *in_reference(const struct cor_case_reference *a,
                                const struct cor_case_reference *b)
{
    NUMBER(component);
    WORDS(section);
    NUMBER(offset);
    WORDS(type);
    NUMBER(addend);
    NUMBER(kind);
    WORDS(function);
    WORDS(instruction);
    WORDS(bytes);
    WORDS(source_file);
    WORDS(source_function);
    NUMBER(source_line);
    NUMBER(source_by);
    WORDS(source_others);
    WORDS(after);
    WORDS(after_bytes);
    NUMBER(place);
    NUMBER(target);
    WORDS(unproved);
    return NULL;
}

static const char *in_place(const struct cor_case_place *a, const struct cor_case_place *b)
{
    NUMBER(input);
    WORDS(file);
    NUMBER(line);
    WORDS(function);
    WORDS(how);
    WORDS(through);
    NUMBER(kind);
    NUMBER(active);
    NUMBER(excerpt_line);
    WORDS(excerpt);
    return NULL;
}

static const char *in_admission(const struct cor_case_admission *a,
                                const struct cor_case_admission *b)
{
    NUMBER(input);
    WORDS(file);
    NUMBER(line);
    WORDS(text);
    NUMBER(component);
    WORDS(word);
    return NULL;
}

static const char *in_source_file(const struct cor_case_source_file *a,
                                  const struct cor_case_source_file *b)
{
    NUMBER(input);
    WORDS(path);
    WORDS(licence);
    WORDS(notice);
    NUMBER(line);
    return NULL;
}

static const char *in_symbol(const struct cor_case_symbol *a, const struct cor_case_symbol *b)
{
    WORDS(name);
    NUMBER(class_);
    WORDS(reason);
    NUMBER(flags);
    NUMBER(finding);
    NUMBER(direction);
    NUMBER(data);
    NUMBER(full);
    NUMBER(excuse);
    LIST(needed_by, in_need);
    LIST(providers, in_provider);
    LIST(references, in_reference);
    LIST(definitions, in_place);
    LIST(namesakes, in_place);
    LIST(declarations, in_place);
    LIST(calls, in_place);
    LIST(admissions, in_admission);
    return NULL;
}

static const char *in_function(const struct cor_case_function *a, const struct cor_case_function *b)
{
    NUMBER(component);
    WORDS(name);
    NUMBER(class_);
    WORDS(reason);
    WORDS(section);
    NUMBER(address);
    NUMBER(size);
    NUMBER(finding);
    NUMBER(excuse);
    return NULL;
}

static const char *in_option(const struct cor_case_option *a, const struct cor_case_option *b)
{
    WORDS(name);
    WORDS(value);
    return NULL;
}

static const char *in_excuse(const struct cor_case_excuse *a, const struct cor_case_excuse *b)
{
    WORDS(kind);
    WORDS(name);
    WORDS(component);
    WORDS(reason);
    WORDS(author);
    WORDS(expires);
    NUMBER(expired);
    NUMBER(uses);
    return NULL;
}

static const char *in_id(const uint32_t *a, const uint32_t *b)
{
    return *a == *b ? NULL : "an id of a work";
}

static const char *in_text(const char *const *a, const char *const *b)
{
    return same_text(*a, *b) ? NULL : "a text";
}

static const char *in_edge(const struct cor_case_edge *a, const struct cor_case_edge *b)
{
    NUMBER(from);
    NUMBER(to);
    NUMBER(names);
    return NULL;
}

static const char *in_crossing(const struct cor_case_crossing *a, const struct cor_case_crossing *b)
{
    NUMBER(component);
    NUMBER(provider);
    WORDS(name);
    WORDS(section);
    NUMBER(offset);
    WORDS(type);
    NUMBER(kind);
    WORDS(function);
    WORDS(instruction);
    return NULL;
}

static const char *in_work(const struct cor_case_work *a, const struct cor_case_work *b)
{
    NUMBER(links);
    LIST(components, in_id);
    LIST(licences, in_text);
    LIST(missing, in_id);
    LIST(edges, in_edge);
    return NULL;
}

static const char *in_source(const struct cor_case_source *a, const struct cor_case_source *b)
{
    NUMBER(files);
    NUMBER(bytes);
    NUMBER(c_files);
    NUMBER(assembly_files);
    NUMBER(other_files);
    NUMBER(definitions);
    return NULL;
}

const char *difference(const struct cor_case *a, const struct cor_case *b)
{
    const char *found = in_source(&a->source, &b->source);
    if (!found)
        found = in_tally(&a->undefined, &b->undefined);
    if (!found)
        found = in_tally(&a->defined, &b->defined);
    if (found)
        return found;
    WORDS(tool_name);
    WORDS(tool_version);
    LIST(options, in_option);
    LIST(excuses, in_excuse);
    LIST(inputs, in_input);
    LIST(members, in_member);
    LIST(components, in_component);
    LIST(source_files, in_source_file);
    LIST(symbols, in_symbol);
    LIST(functions, in_function);
    LIST(works, in_work);
    LIST(crossings, in_crossing);
    LIST(notes, in_text);
    NUMBER(component_total);
    NUMBER(names);
    NUMBER(outside);
    NUMBER(findings);
    NUMBER(undetermined);
    NUMBER(excused_findings);
    NUMBER(excused_undetermined);
    return NULL;
}
