// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Modules for ESXi's kernel: the kernel provides every global symbol of its table, a module what it
// exports, itself or as an alias of another module's, in its namespace and version. Several
// generations of one driver interface may be there at once.
#include "linkage/esxi_module.h"

#include <string.h>

#include "base/buffer.h"

enum { LONGEST_LIST = 2000 };

static bool provides(const struct cor_component *component, const char *namespace_)
{
    for (size_t i = 0; i < component->modinfo.count; i++)
        if (strcmp(component->modinfo.items[i].key, "nsProvides") == 0 &&
            strcmp(component->modinfo.items[i].value, namespace_) == 0)
            return true;
    return false;
}

static bool anybody_provides(const struct cor_linking *linking, const char *namespace_)
{
    for (size_t i = 0; i < linking->product->components.count; i++) {
        const struct cor_component *component = linking->product->components.items[i];
        if (cor_role_provides(linking, component->role) && provides(component, namespace_))
            return true;
    }
    return false;
}

static enum cor_status list_required(const struct cor_linking *linking,
                                     const struct cor_component *module, struct cor_buffer *list)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < module->modinfo.count; i++) {
        const struct cor_key_value *pair = &module->modinfo.items[i];
        if (strcmp(pair->key, "nsRequired") == 0 && !anybody_provides(linking, pair->value))
            status = cor_buffer_printf(list, "%s%s", list->size ? ", " : "", pair->value);
    }
    return status == COR_LIMIT ? COR_OK : status;
}

enum cor_status cor_esxi_note_namespaces(struct cor_linking *linking,
                                         const struct cor_component *module)
{
    struct cor_buffer list;
    cor_buffer_init(&list, LONGEST_LIST);
    enum cor_status status = list_required(linking, module, &list);
    if (status == COR_OK && list.size) {
        const char *note = cor_arena_printf(
            &linking->links->arena, "%s requires namespaces that nothing shipped declares: %s",
            module->path, list.data);
        status = note ? cor_array_add(&linking->links->notes, note) : COR_NOMEM;
    }
    cor_buffer_dispose(&list);
    return status;
}

enum cor_namespace_fit cor_esxi_namespace_fit(const struct cor_component *user,
                                              const struct cor_component *provider)
{
    enum cor_namespace_fit fit = COR_NAMESPACE_FITS;
    bool declares = false;
    for (size_t i = 0; i < provider->modinfo.count; i++) {
        const struct cor_key_value *provided = &provider->modinfo.items[i];
        if (strcmp(provided->key, "nsProvides") != 0)
            continue;
        if (!declares)
            fit = COR_NAMESPACE_FOREIGN;
        declares = true;
        size_t name = strcspn(provided->value, "#");
        for (size_t k = 0; k < user->modinfo.count; k++) {
            const struct cor_key_value *required = &user->modinfo.items[k];
            if (strcmp(required->key, "nsRequired") != 0)
                continue;
            if (strcmp(required->value, provided->value) == 0)
                return COR_NAMESPACE_FITS;
            if (strcspn(required->value, "#") == name &&
                strncmp(required->value, provided->value, name) == 0)
                fit = COR_NAMESPACE_VERSION;
        }
    }
    return fit;
}

// The strings seen in modules: "GPL", "GPLv2", "GPL v2"; not "ThirdParty:...".
bool cor_esxi_is_gpl(const struct cor_component *module)
{
    const char *licence = cor_component_modinfo(module, "license");
    return licence && strncmp(licence, "GPL", 3) == 0;
}
