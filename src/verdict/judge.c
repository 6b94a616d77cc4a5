// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/verdict.h"

#include <string.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "verdict/rule.h"
#include "verdict/versions.h"

struct judge {
    const struct cor_evidence *evidence;
    struct cor_verdicts *verdicts;
    struct cor_support *supports; // by index in the product
    struct cor_owners owners;
    struct cor_usage usage;
    struct cor_prebuilt_index prebuilt;
};

struct task {
    struct judge *judge;
    uint32_t component;
};

void cor_verdicts_init(struct cor_verdicts *verdicts)
{
    *verdicts = (struct cor_verdicts){0};
}

void cor_verdicts_dispose(struct cor_verdicts *verdicts)
{
    for (unsigned i = 0; i < verdicts->arena_count; i++)
        cor_arena_dispose(&verdicts->arenas[i]);
    cor_free(verdicts->arenas);
    cor_free(verdicts->components);
    cor_array_dispose(&verdicts->notes);
    cor_verdicts_init(verdicts);
}

static const struct cor_component *component_at(const struct judge *judge, uint32_t index)
{
    return judge->evidence->product->components.items[index];
}

static struct cor_verdict answer(struct cor_question *question)
{
    struct cor_verdict verdict = {.class_ = COR_CLASS_UNDETERMINED, .reason = "no rule decided"};
    for (size_t i = 0; cor_verdict_rules[i]; i++)
        if (cor_verdict_rules[i]->decide(question, &verdict))
            break;
    if (!question->own && question->symbol->binding == COR_BIND_WEAK)
        verdict.flags |= COR_FLAG_WEAK;
    return verdict;
}

// Every class but `released` has its reason, unless there was no memory for it.
static bool complete(const struct cor_verdict *verdict)
{
    return verdict->class_ == COR_CLASS_RELEASED || verdict->reason;
}

static enum cor_status judge_needs(struct judge *judge, uint32_t index, struct cor_arena *arena)
{
    const struct cor_evidence *evidence = judge->evidence;
    const struct cor_component *component = component_at(judge, index);
    struct cor_component_verdicts *verdicts = &judge->verdicts->components[index];
    for (size_t i = 0; i < component->undefined.count; i++) {
        const struct cor_resolution *resolution =
            &evidence->links->components[index].resolutions[i];
        struct cor_question question = {.evidence = evidence,
                                        .arena = arena,
                                        .prebuilt = &judge->prebuilt,
                                        .component = component,
                                        .symbol = &component->undefined.items[i],
                                        .resolution = resolution};
        if (resolution->count) {
            const struct cor_provider *provider =
                &evidence->links->providers.items[resolution->first];
            question.provider = component_at(judge, provider->component);
            question.provided = cor_provider_symbol(evidence->product, provider);
            question.support = &judge->supports[provider->component];
        }
        verdicts->needs[i] = answer(&question);
        if (resolution->count &&
            judge->verdicts
                ->components[evidence->links->providers.items[resolution->first].component]
                .version_differs)
            verdicts->needs[i].flags |= COR_FLAG_VERSION_DIFFERS;
        if (!complete(&verdicts->needs[i]))
            return COR_NOMEM;
    }
    return COR_OK;
}

static enum cor_status judge_own(struct judge *judge, uint32_t index, struct cor_arena *arena)
{
    const struct cor_component *component = component_at(judge, index);
    struct cor_component_verdicts *verdicts = &judge->verdicts->components[index];
    for (size_t i = 0; i < component->defined.count; i++) {
        const struct cor_symbol *symbol = &component->defined.items[i];
        struct cor_question question = {.evidence = judge->evidence,
                                        .arena = arena,
                                        .prebuilt = &judge->prebuilt,
                                        .component = component,
                                        .symbol = symbol,
                                        .own = true,
                                        .provider = component,
                                        .provided = symbol,
                                        .support = &judge->supports[index]};
        if (!cor_symbol_is_function(symbol))
            continue;
        verdicts->own[i] = answer(&question);
        if (verdicts->version_differs)
            verdicts->own[i].flags |= COR_FLAG_VERSION_DIFFERS;
        if (!complete(&verdicts->own[i]))
            return COR_NOMEM;
        verdicts->has_source |= verdicts->own[i].class_ == COR_CLASS_RELEASED;
    }
    return COR_OK;
}

static bool is_copyleft(const char *licence)
{
    return licence && strstr(licence, "GPL") != NULL;
}

static enum cor_status run(void *data, unsigned worker)
{
    struct task *task = data;
    struct judge *judge = task->judge;
    if (cor_interrupted())
        return COR_INTERRUPTED;
    struct cor_arena *arena = &judge->verdicts->arenas[worker];
    enum cor_status status = judge_needs(judge, task->component, arena);
    if (status == COR_OK)
        status = judge_own(judge, task->component, arena);
    judge->verdicts->components[task->component].copyleft =
        is_copyleft(component_at(judge, task->component)->licence);
    return status;
}

static enum cor_status build_support(void *data, unsigned worker)
{
    struct task *task = data;
    (void)worker;
    if (cor_interrupted())
        return COR_INTERRUPTED;
    return cor_support_build(task->judge->evidence, &task->judge->usage,
                             component_at(task->judge, task->component),
                             &task->judge->supports[task->component]);
}

static enum cor_status for_all(struct task *tasks, size_t count, struct cor_workers *workers,
                               cor_job_fn *job)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < count; i++)
        status = cor_workers_submit(workers, job, &tasks[i], 1);
    enum cor_status waited = cor_workers_wait(workers);
    return status == COR_OK ? waited : status;
}

static enum cor_status prepare(struct judge *judge, unsigned worker_count)
{
    size_t count = judge->evidence->product->components.count;
    struct cor_verdicts *verdicts = judge->verdicts;
    verdicts->arenas = cor_alloc_zero(worker_count, sizeof *verdicts->arenas);
    verdicts->components = cor_alloc_zero(count, sizeof *verdicts->components);
    judge->supports = cor_alloc_zero(count, sizeof *judge->supports);
    if (!verdicts->arenas || !verdicts->components || !judge->supports)
        return COR_NOMEM;
    verdicts->arena_count = worker_count;
    for (size_t i = 0; i < count; i++) {
        const struct cor_component *component = component_at(judge, (uint32_t)i);
        struct cor_component_verdicts *own = &verdicts->components[i];
        own->needs =
            cor_arena_alloc(&verdicts->arenas[0], component->undefined.count, sizeof *own->needs);
        own->own =
            cor_arena_alloc(&verdicts->arenas[0], component->defined.count, sizeof *own->own);
        if (!own->needs || !own->own)
            return COR_NOMEM;
        own->judged = judge->evidence->links->components[i].resolutions != NULL;
    }
    return COR_OK;
}

enum cor_status cor_judge(const struct cor_evidence *evidence, struct cor_workers *workers,
                          struct cor_verdicts *verdicts)
{
    size_t count = evidence->product->components.count, subjects = 0;
    struct judge judge = {.evidence = evidence, .verdicts = verdicts};
    struct task *tasks = cor_alloc_zero(count, sizeof *tasks);
    enum cor_status status = tasks ? prepare(&judge, cor_workers_count(workers)) : COR_NOMEM;
    if (status == COR_OK)
        status = cor_prebuilt_index_build(&judge.prebuilt, evidence->product);
    for (size_t i = 0; status == COR_OK && i < count; i++)
        if (verdicts->components[i].judged)
            tasks[subjects++] = (struct task){&judge, (uint32_t)i};
    if (status == COR_OK)
        status = cor_usage_build(evidence->product, &judge.usage);
    if (status == COR_OK)
        status = for_all(tasks, subjects, workers, build_support);
    if (status == COR_OK)
        status = cor_owners_build(evidence, judge.supports, &judge.owners);
    if (status == COR_OK)
        status = cor_versions_compare(evidence, verdicts);
    if (status == COR_OK)
        status = for_all(tasks, subjects, workers, run);
    for (size_t i = 0; judge.supports && i < count; i++)
        cor_support_dispose(&judge.supports[i]);
    cor_owners_dispose(&judge.owners);
    cor_usage_dispose(&judge.usage);
    cor_prebuilt_index_dispose(&judge.prebuilt);
    cor_free(judge.supports);
    cor_free(tasks);
    return status;
}
