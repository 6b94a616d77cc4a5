// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/excuse.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "audit/case_text.h"
#include "casefile/casefile.h"
#include "intake/input.h"
#include "report/diff.h"
#include "report/diff_match.h"

// A name that the baseline has too.
struct known {
    const char *name;
    uint32_t component; // 0: of no component
    bool own;
};

struct excuser {
    struct cor_case *case_;
    const struct cor_excuse_options *options;
    COR_ARRAY(struct known) known;
    struct cor_matches matches;
    uint32_t baseline; // number of its excuse, 0: there is none
};

static int known_order(const void *left, const void *right)
{
    const struct known *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    if (order)
        return order;
    if (a->component != b->component)
        return a->component < b->component ? -1 : 1;
    return a->own - b->own;
}

static enum cor_status collect_known(struct excuser *excuser)
{
    struct cor_diff diff;
    enum cor_status status = cor_diff_make(excuser->options->baseline, excuser->case_, &diff);
    if (status != COR_OK)
        return status;
    for (size_t i = 0; status == COR_OK && i < diff.names.count; i++) {
        const struct cor_changed_name *name = &diff.names.items[i];
        if (name->change == COR_CHANGE_STILL || name->change == COR_CHANGE_UNSURE ||
            name->change == COR_CHANGE_OPEN)
            status = cor_array_add(
                &excuser->known,
                (struct known){name->name, name->new_ ? name->new_->id : 0, name->own});
    }
    if (excuser->known.count > 1)
        qsort(excuser->known.items, excuser->known.count, sizeof *excuser->known.items,
              known_order);
    cor_diff_dispose(&diff);
    if (status == COR_OK)
        status =
            cor_match_components(excuser->options->baseline, excuser->case_, &excuser->matches);
    return status;
}

static bool is_known(const struct excuser *excuser, const char *name, uint32_t component, bool own)
{
    const struct known key = {name, component, own};
    return excuser->known.count &&
           bsearch(&key, excuser->known.items, excuser->known.count, sizeof key, known_order);
}

static bool is_component(const struct excuser *excuser, const char *glob, uint32_t id)
{
    const struct cor_case_component *component = cor_case_component_by_id(excuser->case_, id);
    return component &&
           (fnmatch(glob, component->name, 0) == 0 || fnmatch(glob, component->path, 0) == 0 ||
            fnmatch(glob, cor_match_inner_path(excuser->case_, component), 0) == 0);
}

// What is asked of each entry.
struct question {
    const char *name; // NULL: the component itself
    uint32_t component;
    const struct cor_case_provider *providers;
    size_t provider_count;
    bool own;
};

static bool covers(const struct excuser *excuser, const struct cor_policy_entry *entry,
                   const struct question *question)
{
    if (entry->name && (!question->name || fnmatch(entry->name, question->name, 0) != 0))
        return false;
    if (!entry->component || is_component(excuser, entry->component, question->component))
        return true;
    for (size_t i = 0; entry->kind == COR_POLICY_SYSTEM && i < question->provider_count; i++)
        if (is_component(excuser, entry->component, question->providers[i].component))
            return true;
    return false;
}

// The number of the first excuse, or 0.
static uint32_t find_excuse(const struct excuser *excuser, const struct question *question)
{
    const struct cor_policy *policy = excuser->options->policy;
    for (size_t i = 0; policy && i < policy->entries.count; i++)
        if (!excuser->case_->excuses.items[i].expired &&
            covers(excuser, &policy->entries.items[i], question))
            return (uint32_t)i + 1;
    if (excuser->baseline && question->name &&
        is_known(excuser, question->name, question->component, question->own))
        return excuser->baseline;
    return 0;
}

static void count_use(struct excuser *excuser, uint32_t number, bool finding)
{
    struct cor_case *case_ = excuser->case_;
    if (!number)
        return;
    case_->excuses.items[number - 1].uses++;
    if (finding)
        case_->excused_findings++;
    else
        case_->excused_undetermined++;
}

static void excuse_symbol(struct excuser *excuser, struct cor_case_symbol *symbol)
{
    struct question question = {.name = symbol->name,
                                .providers = symbol->providers.items,
                                .provider_count = symbol->providers.count};
    uint32_t first = 0;
    if (!symbol->finding && symbol->class_ != COR_CLASS_UNDETERMINED)
        return;
    for (size_t i = 0; i < symbol->needed_by.count; i++) {
        question.component = symbol->needed_by.items[i].component;
        uint32_t number = find_excuse(excuser, &question);
        if (!number)
            return;
        if (!first)
            first = number;
    }
    if (symbol->needed_by.count == 0) {
        question.own = true;
        question.component = symbol->providers.count ? symbol->providers.items[0].component : 0;
        first = find_excuse(excuser, &question);
    }
    symbol->excuse = first;
    count_use(excuser, first, symbol->finding);
}

static void excuse_function(struct excuser *excuser, struct cor_case_function *function)
{
    const struct question question = {
        .name = function->name, .component = function->component, .own = true};
    if (!function->finding && function->class_ != COR_CLASS_UNDETERMINED)
        return;
    function->excuse = find_excuse(excuser, &question);
    count_use(excuser, function->excuse, function->finding);
}

static bool is_unknown(const struct cor_case_component *component)
{
    return !component->undefined.known || !component->defined.known;
}

// A component whose symbols could not be counted is undetermined as a whole.
static void excuse_component(struct excuser *excuser, struct cor_case_component *component,
                             enum cor_role subject)
{
    const struct question question = {.component = component->id};
    if (component->role != subject || !is_unknown(component))
        return;
    component->excuse = find_excuse(excuser, &question);
    if (!component->excuse && excuser->baseline) {
        const struct cor_case_component *old = cor_case_component_by_id(
            excuser->options->baseline, excuser->matches.old_of.items[component->id - 1]);
        if (old && is_unknown(old))
            component->excuse = excuser->baseline;
    }
    count_use(excuser, component->excuse, false);
}

static enum cor_status add_entry(struct excuser *excuser, const struct cor_policy_entry *entry)
{
    struct cor_case_excuse excuse = {.kind = cor_policy_kind_word(entry->kind),
                                     .name = entry->name,
                                     .component = entry->component,
                                     .reason = entry->reason,
                                     .author = entry->author,
                                     .expires = entry->expires};
    const char **texts[] = {&excuse.kind,   &excuse.name,   &excuse.component,
                            &excuse.reason, &excuse.author, &excuse.expires};
    excuse.expired = strcmp(excuser->options->today, entry->expires) > 0;
    enum cor_status status = cor_case_texts(excuser->case_, texts, sizeof texts / sizeof *texts);
    return status == COR_OK ? cor_array_add(&excuser->case_->excuses, excuse) : status;
}

static enum cor_status keep(struct cor_case *case_, const char *name, const char *value)
{
    struct cor_case_option option = {name, value};
    enum cor_status status = cor_case_text(case_, &option.value);
    return status == COR_OK ? cor_array_add(&case_->options, option) : status;
}

static enum cor_status add_entries(struct excuser *excuser)
{
    const struct cor_excuse_options *options = excuser->options;
    enum cor_status status = COR_OK;
    for (size_t i = 0; options->policy && status == COR_OK && i < options->policy->entries.count;
         i++)
        status = add_entry(excuser, &options->policy->entries.items[i]);
    if (status == COR_OK && options->policy)
        status = keep(excuser->case_, "policy", options->policy->text);
    if (status == COR_OK && options->policy)
        status = keep(excuser->case_, "policy-name", options->policy_name);
    if (status == COR_OK && options->policy)
        status = keep(excuser->case_, "today", options->today);
    if (status != COR_OK || !options->baseline)
        return status;
    excuser->baseline = (uint32_t)excuser->case_->excuses.count + 1;
    status = cor_array_add(&excuser->case_->excuses, (struct cor_case_excuse){.kind = "baseline"});
    if (status == COR_OK)
        status = keep(excuser->case_, "baseline", options->baseline_path);
    if (status == COR_OK)
        status = keep(excuser->case_, "baseline-sha256", options->baseline_sha256);
    return status == COR_OK ? collect_known(excuser) : status;
}

static enum cor_status add_note(struct cor_case *case_, const char *note)
{
    return note ? cor_array_add(&case_->notes, note) : COR_NOMEM;
}

static const char *or_any(const char *text)
{
    return text ? text : "*";
}

static enum cor_status note_excuse(struct excuser *excuser, const struct cor_case_excuse *excuse)
{
    struct cor_case *case_ = excuser->case_;
    if (strcmp(excuse->kind, "baseline") == 0)
        return add_note(case_,
                        cor_arena_printf(&case_->arena,
                                         "baseline sha256:%s: %" PRIu64 " known, %" PRIu64
                                         " new findings; what is known does not count for the exit "
                                         "status",
                                         excuser->options->baseline_sha256, excuse->uses,
                                         case_->findings - case_->excused_findings));
    if (excuse->expired)
        return add_note(case_,
                        cor_arena_printf(&case_->arena,
                                         "policy: %s name %s component %s expired on %s, "
                                         "so it excuses nothing on %s (%s; %s)",
                                         excuse->kind, or_any(excuse->name),
                                         or_any(excuse->component), excuse->expires,
                                         excuser->options->today, excuse->reason, excuse->author));
    return add_note(case_,
                    cor_arena_printf(&case_->arena,
                                     "policy: %s name %s component %s until %s: %" PRIu64
                                     " %s for the exit status (%s; %s)",
                                     excuse->kind, or_any(excuse->name), or_any(excuse->component),
                                     excuse->expires, excuse->uses,
                                     excuse->uses == 1 ? "row does not count" : "rows do not count",
                                     excuse->reason, excuse->author));
}

static bool release_alone(const struct cor_case *case_)
{
    for (size_t i = 0; i < case_->inputs.count; i++)
        if (case_->inputs.items[i].role == COR_ROLE_SHIPPED)
            return false;
    return true;
}

enum cor_status cor_excuse(struct cor_case *case_, const struct cor_excuse_options *options)
{
    struct excuser excuser = {.case_ = case_, .options = options};
    enum cor_role subject = release_alone(case_) ? COR_ROLE_SOURCE : COR_ROLE_SHIPPED;
    enum cor_status status = add_entries(&excuser);
    for (size_t i = 0; status == COR_OK && i < case_->components.count; i++)
        excuse_component(&excuser, &case_->components.items[i], subject);
    for (size_t i = 0; status == COR_OK && i < case_->symbols.count; i++)
        excuse_symbol(&excuser, &case_->symbols.items[i]);
    for (size_t i = 0; status == COR_OK && i < case_->functions.count; i++)
        excuse_function(&excuser, &case_->functions.items[i]);
    for (size_t i = 0; status == COR_OK && i < case_->excuses.count; i++)
        status = note_excuse(&excuser, &case_->excuses.items[i]);
    cor_matches_dispose(&excuser.matches);
    cor_array_dispose(&excuser.known);
    return status;
}

// The baseline at its old path, if it is the same file still.
static enum cor_status read_baseline(const char *path, const char *sha256, struct cor_case *case_,
                                     struct cor_diag *diag)
{
    struct cor_input input = {.role = COR_ROLE_SHIPPED};
    struct cor_arena arena;
    cor_arena_init(&arena);
    enum cor_status status = cor_input_open(path, &arena, &input, NULL);
    if (status == COR_OK && strcmp(input.sha256, sha256) != 0)
        status = COR_MISMATCH;
    if (status == COR_OK)
        status = cor_casefile_read(path, case_, NULL);
    cor_arena_dispose(&arena);
    if (status == COR_OK || status == COR_NOMEM || status == COR_INTERRUPTED)
        return status;
    cor_note(diag, path, "the baseline is %s: what it excused was not checked",
             status == COR_MISMATCH ? "another file now" : "no longer there");
    return COR_NOT_FOUND;
}

enum cor_status cor_excuse_again(const struct cor_case *before, struct cor_case *case_,
                                 struct cor_diag *diag)
{
    const char *text = cor_case_option(before, "policy");
    const char *path = cor_case_option(before, "baseline");
    struct cor_policy policy = {0};
    struct cor_case baseline;
    struct cor_excuse_options options = {
        .policy_name = cor_case_option(before, "policy-name"),
        .today = cor_case_option(before, "today"),
        .baseline_path = path,
        .baseline_sha256 = cor_case_option(before, "baseline-sha256"),
    };
    enum cor_status status = COR_OK, missing = COR_OK;
    cor_case_init(&baseline);
    if (text && options.today)
        status = cor_policy_parse(cor_slice_text(text), "policy", &policy, diag);
    if (policy.text)
        options.policy = &policy;
    if (status == COR_OK && path && options.baseline_sha256) {
        missing = read_baseline(path, options.baseline_sha256, &baseline, diag);
        status = missing == COR_NOT_FOUND ? COR_OK : missing;
        if (missing == COR_OK)
            options.baseline = &baseline;
    }
    if (status == COR_OK)
        status = cor_excuse(case_, &options);
    cor_case_dispose(&baseline);
    cor_policy_dispose(&policy);
    return status == COR_OK ? missing : status;
}
