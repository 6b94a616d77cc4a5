// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Audits what was shipped against its source and prints each finding with the lines that call it.
//
//     cc findings.c $(pkg-config --cflags --libs correspond) -o findings
//     ./findings installer.iso source.iso
#include <correspond.h>

static void tell(void *data, enum cor_message_grade grade, const char *subject, const char *text)
{
    (void)data;
    if (grade == COR_MESSAGE_FATAL)
        fprintf(stderr, "%s: %s\n", subject, text);
}

static void print_calls(const struct cor_result *result, size_t finding, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct cor_place_view call = {.size = sizeof call};
        if (cor_result_call(result, finding, i, &call))
            printf("  called at %s:%u%s\n", call.file, (unsigned)call.line,
                   call.active ? "" : " (never compiled)");
    }
}

static void print_findings(const struct cor_result *result)
{
    for (size_t i = 0; i < cor_result_finding_count(result); i++) {
        struct cor_finding_view finding = {.size = sizeof finding};
        if (!cor_result_finding(result, i, &finding))
            continue;
        printf("%s is %s\n", finding.name, finding.class_name);
        for (size_t k = 0; k < finding.needer_count; k++) {
            struct cor_component_view needer = {.size = sizeof needer};
            uint32_t id = cor_result_needer(result, i, k);
            // Ids count from 1 in the order of the components.
            if (id && cor_result_component(result, id - 1, &needer))
                printf("  needed by %s (%s)\n", needer.name,
                       needer.licence ? needer.licence : "no licence declared");
        }
        print_calls(result, i, finding.call_count);
    }
}

int main(int count, char **words)
{
    struct cor_result *result = NULL;
    if (count != 3) {
        fprintf(stderr, "Usage: %s SHIPPED SOURCE\n", words[0]);
        return 2;
    }
    struct cor_request *request = cor_request_new();
    if (!request)
        return 3;
    cor_request_messages(request, tell, NULL);
    int code = cor_request_input(request, COR_INPUT_SHIPPED, words[1]);
    if (code == 0)
        code = cor_request_input(request, COR_INPUT_SOURCE, words[2]);
    if (code == 0)
        code = cor_request_run(request, &result);
    cor_request_free(request);
    if (code != 0) {
        fprintf(stderr, "findings: %s\n", cor_library_text(code));
        return 3;
    }
    print_findings(result);
    int outcome = cor_result_outcome(result);
    cor_result_free(result);
    return outcome;
}
