// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "linkage/dynamic_lookup.h"

#include <elf.h>
#include <string.h>

struct cor_dynamic_candidates cor_dynamic_candidates(const struct cor_linking *linking,
                                                     const struct cor_component *user,
                                                     const struct cor_symbol *need)
{
    return (struct cor_dynamic_candidates){
        .linking = linking,
        .user = user,
        .need = need,
        .next = cor_definition_index_find(linking->index, need->name)};
}

// The loader goes by .dynsym alone. Data that a program has a copy of is its library's.
static bool visible(const struct cor_component *provider, const struct cor_index_entry *entry,
                    const struct cor_symbol *symbol)
{
    return (entry->dynamic || provider->defined_table != COR_TABLE_SYMTAB) && !symbol->hidden &&
           !symbol->copied;
}

static bool same_version(const struct cor_symbol *need, const struct cor_symbol *symbol)
{
    return need->version && symbol->version && strcmp(need->version, symbol->version) == 0;
}

// glibc's check_match(): a version must be the one that is asked for, or there must be none. Who
// asks for none gets what has none, or the first version, or else the only default one.
struct choice {
    const struct cor_index_entry *entry, *default_;
    unsigned defaults;
};

static void consider(struct choice *choice, const struct cor_symbol *need,
                     const struct cor_index_entry *entry, const struct cor_symbol *symbol)
{
    bool fits = need->version ? !symbol->version && !symbol->old_version
                              : !symbol->version || symbol->first_version;
    if (same_version(need, symbol) || (fits && !choice->entry)) {
        choice->entry = entry;
    } else if (!need->version && !fits && !symbol->old_version) {
        choice->default_ = entry;
        choice->defaults++;
    }
}

bool cor_dynamic_candidate_next(struct cor_dynamic_candidates *list)
{
    const struct cor_linking *linking = list->linking;
    while (list->next) {
        struct choice choice = {0};
        list->component = list->next->component;
        const struct cor_component *owner = linking->product->components.items[list->component];
        bool may = cor_role_provides(linking, owner->role) && owner->elf_type != ET_REL &&
                   owner != list->user && cor_component_same_machine(list->user, owner);
        for (; list->next && list->next->component == list->component;
             list->next = cor_definition_index_next(linking->index, list->next)) {
            const struct cor_provider provider = {list->component, list->next->symbol,
                                                  list->next->dynamic};
            const struct cor_symbol *symbol = cor_provider_symbol(linking->product, &provider);
            if (may && visible(owner, list->next, symbol))
                consider(&choice, list->need, list->next, symbol);
        }
        list->entry = choice.entry ? choice.entry : choice.defaults == 1 ? choice.default_ : NULL;
        if (list->entry)
            return true;
    }
    return false;
}
