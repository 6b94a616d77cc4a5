// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "linkage/linux_notes.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_LIST = 2000 };

void cor_linux_notes_init(struct cor_linux_notes *notes, const struct cor_component *user)
{
    notes->user = user;
    cor_buffer_init(&notes->gpl, LONGEST_LIST);
    cor_buffer_init(&notes->namespaces, LONGEST_LIST);
    cor_buffer_init(&notes->checksums, LONGEST_LIST);
}

void cor_linux_notes_dispose(struct cor_linux_notes *notes)
{
    cor_buffer_dispose(&notes->gpl);
    cor_buffer_dispose(&notes->namespaces);
    cor_buffer_dispose(&notes->checksums);
}

// A list that is full stays as it is.
static enum cor_status list(struct cor_buffer *buffer, const char *name, const char *more)
{
    enum cor_status status = cor_buffer_printf(buffer, "%s%s%s%s%s", buffer->size ? ", " : "", name,
                                               more ? " (" : "", more ? more : "", more ? ")" : "");
    return status == COR_LIMIT ? COR_OK : status;
}

static int export_order(const void *key, const void *item)
{
    return cor_name_order(key, ((const struct cor_export *)item)->name);
}

static int import_order(const void *key, const void *item)
{
    return cor_name_order(key, ((const struct cor_import *)item)->name);
}

// include/linux/license.h: license_is_gpl_compatible().
static bool is_gpl(const struct cor_component *module)
{
    static const char *const words[] = {"GPL",          "GPL v2",       "GPL and additional rights",
                                        "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"};
    const char *licence = cor_component_modinfo(module, "license");
    for (size_t i = 0; licence && i < sizeof words / sizeof *words; i++)
        if (strcmp(licence, words[i]) == 0)
            return true;
    return false;
}

static bool imports(const struct cor_component *module, const char *namespace_)
{
    for (size_t i = 0; i < module->modinfo.count; i++)
        if (strcmp(module->modinfo.items[i].key, "import_ns") == 0 &&
            strcmp(module->modinfo.items[i].value, namespace_) == 0)
            return true;
    return false;
}

enum cor_status cor_linux_notes_add(struct cor_linux_notes *notes, const struct cor_name *name,
                                    const struct cor_component *provider, bool *ret_differs)
{
    const struct cor_component *user = notes->user;
    enum cor_status status = COR_OK;
    const struct cor_export *export = NULL;
    const struct cor_import *import = NULL;
    if (provider->exports.count)
        export = bsearch(name, provider->exports.items, provider->exports.count, sizeof *export,
                         export_order);
    if (user->imports.count)
        import =
            bsearch(name, user->imports.items, user->imports.count, sizeof *import, import_order);
    *ret_differs = export && import && export->has_crc && export->crc != import->crc;
    if (*ret_differs)
        status = list(&notes->checksums, name->text, NULL);
    if (status == COR_OK && export && export->gpl_only && !is_gpl(user))
        status = list(&notes->gpl, name->text, NULL);
    if (status == COR_OK && export && export->namespace_ && !imports(user, export->namespace_))
        status = list(&notes->namespaces, name->text, export->namespace_);
    return status;
}

static enum cor_status say(struct cor_links *links, const struct cor_component *user,
                           const char *what, const struct cor_buffer *names)
{
    if (!names->size)
        return COR_OK;
    const char *text = cor_arena_printf(&links->arena, "%s %s: %s", user->path, what, names->data);
    return text ? cor_array_add(&links->notes, text) : COR_NOMEM;
}

enum cor_status cor_linux_notes_finish(struct cor_linux_notes *notes, struct cor_links *links)
{
    const char *licence = cor_component_modinfo(notes->user, "license");
    const char *what =
        cor_arena_printf(&links->arena, "(licence %s) uses what is exported to GPL modules alone",
                         licence ? licence : "not declared");
    enum cor_status status = what ? say(links, notes->user, what, &notes->gpl) : COR_NOMEM;
    if (status == COR_OK)
        status =
            say(links, notes->user, "uses namespaces that it does not import", &notes->namespaces);
    if (status == COR_OK)
        status = say(links, notes->user, "was built against other versions than were shipped of",
                     &notes->checksums);
    return status;
}
