// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"

struct search {
    const struct cor_question *question;
    struct cor_body_query query;
    const struct cor_definition *body, *doubtful, *namesake;
    const char *why, *doubt;
};

static bool is_unbuilt(const struct cor_question *question, const struct cor_definition *definition)
{
    return question->evidence->source->files.items[definition->file].unbuilt;
}

static bool look(void *context, const struct cor_body_candidate *candidate)
{
    struct search *search = context;
    const struct cor_question *question = search->question;
    if (candidate->why_not) {
        if (!search->namesake) {
            search->namesake = candidate->definition;
            search->why = candidate->why_not;
        }
        return true;
    }
    const char *why = NULL;
    enum cor_fit fit = COR_FIT_BODY;
    if (question->support)
        fit = cor_support_fit(question->evidence, question->support, &search->query,
                              candidate->definition, &why);
    if (fit == COR_FIT_BODY) {
        if (!search->body || !is_unbuilt(question, candidate->definition))
            search->body = candidate->definition;
        return is_unbuilt(question, search->body);
    }
    if (fit == COR_FIT_DOUBTFUL && !search->doubtful) {
        search->doubtful = candidate->definition;
        search->doubt = why;
    } else if (fit == COR_FIT_NAMESAKE && !search->namesake) {
        search->namesake = candidate->definition;
        search->why = why;
    }
    return true;
}

static const char *path_of(const struct cor_question *question,
                           const struct cor_definition *definition)
{
    return question->evidence->source->files.items[definition->file].path;
}

// A version of the C runtime's own libraries: a body of that name elsewhere is not the one.
static bool runtime_version(const struct cor_question *question)
{
    static const char *const starts[] = {"GLIBC_", "GCC_", "GLIBCXX_", "CXXABI_"};
    const char *version = question->symbol->version;
    if (!version || question->provider)
        return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (cor_slice_starts(cor_slice_text(version), cor_slice_text(starts[i])))
            return true;
    return false;
}

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    struct search search = {
        .question = question,
        .query = {question->symbol->name,
                  question->provider ? question->provider : question->component,
                  question->provided},
    };
    if (question->provided)
        search.query.name = question->provided->name;
    if (runtime_version(question))
        return false;
    cor_body_candidates(question->evidence, &search.query, look, &search);
    if (search.body) {
        if (is_unbuilt(question, search.body))
            ret_verdict->flags |= COR_FLAG_UNBUILT;
        return cor_decide(ret_verdict, COR_CLASS_RELEASED, NULL);
    }
    if (search.doubtful)
        return cor_decide(
            ret_verdict, COR_CLASS_UNDETERMINED,
            cor_arena_printf(
                question->arena, "perhaps only a namesake: a body stands in %s:%u, but %s",
                path_of(question, search.doubtful), search.doubtful->line, search.doubt));
    if (search.namesake) {
        question->namesake = search.why;
        question->namesake_file = path_of(question, search.namesake);
        question->namesake_line = search.namesake->line;
    }
    return false;
}

const struct cor_verdict_rule cor_rule_released = {"released", decide};
