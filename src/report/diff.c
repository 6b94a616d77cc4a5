// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/diff.h"

#include <stdlib.h>
#include <string.h>

#include "report/diff_match.h"

// A name that a component needs or has. Components of both cases are numbered together: those of
// the new case by their id, those that only the old one has behind them; 0 is no component.
struct item {
    uint32_t component;
    bool own, silent; // silent: told elsewhere, here for comparison alone
    bool finding;
    const char *name;
    enum cor_class class_;
};

typedef COR_ARRAY(struct item) items_list;

struct comparison {
    struct cor_diff *diff;
    struct cor_matches matches;
    items_list old, new_;
};

static const struct {
    const char *word, *heading;
    bool regress;
} changes[] = {
#define COR_CHANGE(id, word_, regress_, heading_)                                                  \
    [COR_CHANGE_##id] = {.word = word_, .regress = regress_, .heading = heading_},
#include "report/diff.def"
#undef COR_CHANGE
};

const char *cor_change_word(enum cor_change change)
{
    return changes[change].word;
}

const char *cor_change_heading(enum cor_change change)
{
    return changes[change].heading;
}

bool cor_change_is_regress(enum cor_change change)
{
    return changes[change].regress;
}

static int key_order(const struct item *a, const struct item *b)
{
    int order = strcmp(a->name, b->name);
    if (order)
        return order;
    if (a->component != b->component)
        return a->component < b->component ? -1 : 1;
    return a->own - b->own;
}

static unsigned weight(const struct item *item)
{
    return item->finding ? 2 : item->class_ == COR_CLASS_UNDETERMINED;
}

// Of several rows for one name the weightiest comes first, and stands for all.
static int item_order(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    int order = key_order(a, b);
    if (order)
        return order;
    if (weight(a) != weight(b))
        return weight(a) > weight(b) ? -1 : 1;
    return a->silent - b->silent;
}

static uint32_t number_of(const struct comparison *comparison, bool old, uint32_t id)
{
    if (!old || id == 0 || id > comparison->matches.new_of.count)
        return id;
    uint32_t new_id = comparison->matches.new_of.items[id - 1];
    return new_id ? new_id : (uint32_t)comparison->matches.old_of.count + id;
}

static enum cor_status collect_symbol(const struct comparison *comparison, bool old,
                                      const struct cor_case_symbol *symbol, items_list *items)
{
    enum cor_status status = COR_OK;
    bool told = symbol->needed_by.count > 0;
    struct item item = {.finding = symbol->finding, .name = symbol->name, .class_ = symbol->class_};
    for (size_t i = 0; status == COR_OK && i < symbol->needed_by.count; i++) {
        item.component = number_of(comparison, old, symbol->needed_by.items[i].component);
        status = cor_array_add(items, item);
    }
    item.own = true;
    item.silent = told;
    for (size_t i = 0; status == COR_OK && i < symbol->providers.count; i++) {
        item.component = number_of(comparison, old, symbol->providers.items[i].component);
        status = cor_array_add(items, item);
    }
    item.component = 0;
    if (status == COR_OK && !told && symbol->providers.count == 0)
        status = cor_array_add(items, item);
    return status;
}

static enum cor_status collect(const struct comparison *comparison, bool old, items_list *items)
{
    const struct cor_case *case_ = old ? comparison->diff->old : comparison->diff->new_;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < case_->symbols.count; i++)
        status = collect_symbol(comparison, old, &case_->symbols.items[i], items);
    for (size_t i = 0; status == COR_OK && i < case_->functions.count; i++) {
        const struct cor_case_function *function = &case_->functions.items[i];
        const struct item item = {.component = number_of(comparison, old, function->component),
                                  .own = true,
                                  .finding = function->finding,
                                  .name = function->name,
                                  .class_ = function->class_};
        status = cor_array_add(items, item);
    }
    if (items->count > 1)
        qsort(items->items, items->count, sizeof *items->items, item_order);
    return status;
}

static enum cor_change change_of(const struct item *old, const struct item *new_, bool released)
{
    bool was_open = old && !old->finding && old->class_ == COR_CLASS_UNDETERMINED;
    if (new_ && new_->finding)
        return !old           ? COR_CHANGE_NEW
               : old->finding ? COR_CHANGE_STILL
               : was_open     ? COR_CHANGE_DECIDED
                              : COR_CHANGE_LOST;
    if (new_ && new_->class_ == COR_CLASS_UNDETERMINED)
        return !old           ? COR_CHANGE_COUNT
               : old->finding ? COR_CHANGE_UNSURE
               : was_open     ? COR_CHANGE_OPEN
                              : COR_CHANGE_CLOUDED;
    if (old && old->finding)
        return new_ || released ? COR_CHANGE_ADDED : COR_CHANGE_GONE;
    return was_open && new_ ? COR_CHANGE_SETTLED : COR_CHANGE_COUNT;
}

// The components of a number in either case; NULL where there is none.
static void components_of(const struct comparison *comparison, uint32_t number,
                          const struct cor_case_component **old,
                          const struct cor_case_component **new_)
{
    uint32_t news = (uint32_t)comparison->matches.old_of.count;
    uint32_t old_id = number > news ? number - news
                      : number      ? comparison->matches.old_of.items[number - 1]
                                    : 0;
    *old = cor_case_component_by_id(comparison->diff->old, old_id);
    *new_ = number > news ? NULL : cor_case_component_by_id(comparison->diff->new_, number);
}

static enum cor_status add(struct comparison *comparison, const struct item *old,
                           const struct item *new_)
{
    const struct item *either = new_ ? new_ : old;
    struct cor_changed_name row = {.own = either->own, .name = either->name};
    components_of(comparison, either->component, &row.old, &row.new_);
    // Functions that are released are not listed one by one.
    bool released = either->own && row.new_ && row.new_->defined.known;
    row.change = change_of(old, new_, released);
    if (row.change == COR_CHANGE_COUNT || (either->silent && (!old || old->silent)))
        return COR_OK;
    row.was_listed = old;
    row.is_listed = new_;
    if (old)
        row.was = old->class_;
    if (new_)
        row.is = new_->class_;
    comparison->diff->count[row.change]++;
    comparison->diff->regress |= cor_change_is_regress(row.change);
    return cor_array_add(&comparison->diff->names, row);
}

static size_t next_key(const items_list *items, size_t at)
{
    size_t next = at + 1;
    while (next < items->count && key_order(&items->items[at], &items->items[next]) == 0)
        next++;
    return next;
}

static enum cor_status merge(struct comparison *comparison)
{
    const items_list *old = &comparison->old, *new_ = &comparison->new_;
    enum cor_status status = COR_OK;
    for (size_t i = 0, k = 0; status == COR_OK && (i < old->count || k < new_->count);) {
        int order = i == old->count    ? 1
                    : k == new_->count ? -1
                                       : key_order(&old->items[i], &new_->items[k]);
        status = add(comparison, order <= 0 ? &old->items[i] : NULL,
                     order >= 0 ? &new_->items[k] : NULL);
        if (order <= 0)
            i = next_key(old, i);
        if (order >= 0)
            k = next_key(new_, k);
    }
    return status;
}

static int name_order(const void *left, const void *right)
{
    const struct cor_changed_name *a = left, *b = right;
    if (a->change != b->change)
        return a->change < b->change ? -1 : 1;
    int order = strcmp(a->name, b->name);
    const struct cor_case_component *x = a->new_ ? a->new_ : a->old,
                                    *y = b->new_ ? b->new_ : b->old;
    if (order == 0 && x && y)
        order = strcmp(x->path, y->path);
    return order ? order : a->own - b->own;
}

static enum cor_status list_components(struct comparison *comparison)
{
    struct cor_diff *diff = comparison->diff;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < diff->old->components.count; i++)
        if (!comparison->matches.new_of.items[i])
            status = cor_array_add(&diff->gone, &diff->old->components.items[i]);
    for (size_t i = 0; status == COR_OK && i < diff->new_->components.count; i++)
        if (!comparison->matches.old_of.items[i])
            status = cor_array_add(&diff->added, &diff->new_->components.items[i]);
    return status;
}

enum cor_status cor_diff_make(const struct cor_case *old, const struct cor_case *new_,
                              struct cor_diff *ret_diff)
{
    struct cor_diff diff = {.old = old, .new_ = new_};
    struct comparison comparison = {.diff = &diff};
    enum cor_status status = cor_match_components(old, new_, &comparison.matches);
    if (status == COR_OK)
        status = collect(&comparison, true, &comparison.old);
    if (status == COR_OK)
        status = collect(&comparison, false, &comparison.new_);
    if (status == COR_OK)
        status = merge(&comparison);
    if (status == COR_OK)
        status = list_components(&comparison);
    if (diff.names.count > 1)
        qsort(diff.names.items, diff.names.count, sizeof *diff.names.items, name_order);
    cor_matches_dispose(&comparison.matches);
    cor_array_dispose(&comparison.old);
    cor_array_dispose(&comparison.new_);
    if (status == COR_OK)
        *ret_diff = diff;
    else
        cor_diff_dispose(&diff);
    return status;
}

void cor_diff_dispose(struct cor_diff *diff)
{
    cor_array_dispose(&diff->names);
    cor_array_dispose(&diff->gone);
    cor_array_dispose(&diff->added);
}

const struct cor_diff_format *cor_diff_format(const char *name)
{
    static const struct cor_diff_format formats[] = {
        {"text", cor_diff_text}, {"json", cor_diff_json}, {"html", cor_diff_html}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}
