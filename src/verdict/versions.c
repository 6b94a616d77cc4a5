// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/versions.h"

#include <stdlib.h>
#include <string.h>

struct number {
    unsigned parts[3];
    unsigned count;
};

// "6.1.5-rc1" -> 6, 1, 5; `ret_end` is what follows.
static struct number read_number(const char *text, const char **ret_end)
{
    struct number number = {.count = 0};
    while (number.count < 3 && *text >= '0' && *text <= '9') {
        char *end;
        unsigned long part = strtoul(text, &end, 10);
        if (part > 99999)
            break;
        number.parts[number.count++] = (unsigned)part;
        text = end;
        if (*text != '.' || number.count == 3)
            break;
        text++;
    }
    *ret_end = text;
    return number;
}

static bool same_series(const struct number *a, const struct number *b)
{
    return a->parts[0] == b->parts[0] && a->parts[1] == b->parts[1];
}

// Distributions keep "6.1.0" in the release's name, whatever the sublevel, and tell the true one
// elsewhere in the banner. 1: a number of the series contradicts; -1: one agrees; 0: neither.
static int banner_says(const char *banner, const struct number *released)
{
    int says = 0;
    for (const char *at = banner; at && *at;) {
        bool begins = at == banner || !strchr("0123456789.", at[-1]);
        const char *end = at + 1;
        if (begins && *at >= '0' && *at <= '9') {
            struct number number = read_number(at, &end);
            if (number.count == 3 && same_series(&number, released)) {
                if (number.parts[2] == released->parts[2])
                    return -1;
                says |= number.parts[2] != 0;
            }
        }
        at = end > at ? end : at + 1;
    }
    return says;
}

static const char *release_of(const struct cor_component *component)
{
    const char *magic = cor_component_modinfo(component, "vermagic");
    return component->kernel_release ? component->kernel_release : magic;
}

static bool contradicts(const struct cor_component *component, const struct number *released)
{
    const char *end, *release = release_of(component);
    struct number own = read_number(release, &end);
    if (own.count < 2)
        return false;
    if (!same_series(&own, released))
        return true;
    if (component->kernel_banner)
        return banner_says(component->kernel_banner, released) > 0;
    return own.count == 3 && own.parts[2] != 0 && own.parts[2] != released->parts[2];
}

// The kernel's Makefile that is nearest to the root of what was released; NULL when there are
// several of different versions, for then either may be meant.
static const struct cor_stated *released_kernel(const struct cor_source_facts *source)
{
    const struct cor_stated *found = NULL;
    for (size_t i = 0; i < source->stated.count; i++) {
        const struct cor_stated *stated = &source->stated.items[i];
        if (stated->config || stated->name)
            continue;
        if (found && strcmp(found->version, stated->version) != 0)
            return NULL;
        found = found ? found : stated;
    }
    return found;
}

static enum cor_status add_note(struct cor_verdicts *verdicts, const char *note)
{
    return note ? cor_array_add(&verdicts->notes, note) : COR_NOMEM;
}

struct difference {
    const char *release; // what binaries say
    const char *path;    // of the first of them
    size_t count;
};

typedef COR_ARRAY(struct difference) difference_list;

// One line for all binaries that say the same.
static enum cor_status add_difference(difference_list *list, const char *release, const char *path)
{
    size_t size = strcspn(release, " ");
    for (size_t i = 0; i < list->count; i++) {
        struct difference *known = &list->items[i];
        if (strcspn(known->release, " ") == size && memcmp(known->release, release, size) == 0) {
            known->count++;
            return COR_OK;
        }
    }
    return cor_array_add(list, (struct difference){release, path, 1});
}

static enum cor_status note_difference(const struct cor_evidence *evidence,
                                       const struct cor_stated *released,
                                       const struct difference *difference,
                                       struct cor_verdicts *verdicts)
{
    struct cor_arena *arena = &verdicts->arenas[0];
    const char *path = evidence->source->files.items[released->file].path;
    int size = (int)strcspn(difference->release, " ");
    const char *others = difference->count > 1
                             ? cor_arena_printf(arena, " and %zu more", difference->count - 1)
                             : "";
    if (!others)
        return COR_NOMEM;
    return add_note(verdicts,
                    cor_arena_printf(arena, "version-differs: %s%s is of Linux %.*s; %s:%u says %s",
                                     difference->path, others, size, difference->release, path,
                                     released->line, released->version));
}

static enum cor_status compare_kernels(const struct cor_evidence *evidence,
                                       struct cor_verdicts *verdicts)
{
    const struct cor_stated *released = released_kernel(evidence->source);
    difference_list list = {0};
    enum cor_status status = COR_OK;
    const char *end;
    if (!released)
        return COR_OK;
    struct number number = read_number(released->version, &end);
    for (size_t i = 0; status == COR_OK && i < evidence->product->components.count; i++) {
        const struct cor_component *component = evidence->product->components.items[i];
        if (!verdicts->components[i].judged || !release_of(component) || number.count < 3 ||
            !contradicts(component, &number))
            continue;
        verdicts->components[i].version_differs = true;
        status = add_difference(&list, release_of(component), component->path);
    }
    for (size_t i = 0; status == COR_OK && i < list.count; i++)
        status = note_difference(evidence, released, &list.items[i], verdicts);
    cor_array_dispose(&list);
    return status;
}

// "NAME_VERSION_ARCHITECTURE.deb", as Debian's tools name a package.
static bool split_package(const char *file, struct cor_slice *ret_name,
                          struct cor_slice *ret_version)
{
    const char *first = strchr(file, '_');
    const char *second = first ? strchr(first + 1, '_') : NULL;
    if (!second || !cor_slice_ends(cor_slice_text(file), COR_SLICE(".deb")))
        return false;
    *ret_name = cor_slice(file, (size_t)(first - file));
    *ret_version = cor_slice(first + 1, (size_t)(second - first - 1));
    return true;
}

// Without the distribution's part: "1:2.4-1+b1" -> "2.4".
static struct cor_slice upstream(struct cor_slice version)
{
    for (size_t i = 0; i < version.size; i++) {
        struct cor_slice rest = cor_slice(version.data + i, version.size - i);
        size_t epoch = rest.data[0] == ':' ? 1 : cor_slice_starts(rest, COR_SLICE("%3a")) ? 3 : 0;
        if (!epoch)
            continue;
        version = cor_slice(rest.data + epoch, rest.size - epoch);
        break;
    }
    if (!version.data || !version.size)
        return version;
    const char *dash = memrchr(version.data, '-', version.size);
    if (dash)
        version.size = (size_t)(dash - version.data);
    const char *plus = memchr(version.data, '+', version.size);
    if (plus)
        version.size = (size_t)(plus - version.data);
    return version;
}

// A statement of the same package's version agrees, or the first one that does not.
static const struct cor_stated *contradiction(const struct cor_source_facts *source,
                                              struct cor_slice name, struct cor_slice version)
{
    const struct cor_stated *other = NULL;
    for (size_t i = 0; i < source->stated.count; i++) {
        const struct cor_stated *stated = &source->stated.items[i];
        if (stated->config || !stated->name || !cor_slice_same(cor_slice_text(stated->name), name))
            continue;
        if (cor_slice_same(upstream(cor_slice_text(stated->version)), upstream(version)))
            return NULL;
        other = other ? other : stated;
    }
    return other;
}

static enum cor_status compare_package(const struct cor_evidence *evidence, size_t number,
                                       struct cor_verdicts *verdicts)
{
    const struct cor_input *input = &evidence->inputs[number];
    struct cor_slice name, version;
    if (input->role != COR_ROLE_SHIPPED || !split_package(input->name, &name, &version))
        return COR_OK;
    const struct cor_stated *stated = contradiction(evidence->source, name, version);
    if (!stated)
        return COR_OK;
    for (size_t i = 0; i < evidence->product->components.count; i++)
        if (verdicts->components[i].judged &&
            evidence->product->components.items[i]->input == number)
            verdicts->components[i].version_differs = true;
    return add_note(verdicts,
                    cor_arena_printf(&verdicts->arenas[0],
                                     "version-differs: %s is version %.*s of %.*s; %s:%u says %s",
                                     input->name, (int)version.size, version.data, (int)name.size,
                                     name.data, evidence->source->files.items[stated->file].path,
                                     stated->line, stated->version));
}

enum cor_status cor_versions_compare(const struct cor_evidence *evidence,
                                     struct cor_verdicts *verdicts)
{
    enum cor_status status = compare_kernels(evidence, verdicts);
    for (size_t i = 0; status == COR_OK && i < evidence->input_count; i++)
        status = compare_package(evidence, i, verdicts);
    return status == COR_OK ? cor_configs_compare(evidence, verdicts) : status;
}
