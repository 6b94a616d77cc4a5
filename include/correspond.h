// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// libcorrespond: audits shipped binaries against released source, and walks what was found.
//
// A request says what to audit; running it gives a result, which can also be kept in a case file
// and opened again. Texts and views belong to the result and live as long as it. An index that is
// out of range gives false.
//
// Calls return 0 or a code that cor_library_text() names; what went wrong is told to the function
// that cor_request_messages() sets. Nothing prints, exits or keeps state between calls; one request
// or result belongs to one thread at a time. Audits run in the caller's process without the
// sandbox that the program correspond(1) puts around itself.
//
// Compatible versions add calls, and fields at the end of views: a view's `size` says which fields
// the caller knows.
#ifndef CORRESPOND_H
#define CORRESPOND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define COR_API __attribute__((visibility("default")))
#else
#define COR_API
#endif

// "0.1.0".
COR_API const char *cor_library_version(void);

// The words for a code; never NULL.
COR_API const char *cor_library_text(int code);

enum cor_input_role {
    COR_INPUT_SHIPPED,  // audited
    COR_INPUT_SOURCE,   // the released source
    COR_INPUT_DEBUG,    // separate debug files
    COR_INPUT_SYSTEM,   // resolves names, is not audited
    COR_INPUT_TOOLCHAIN // likewise
};

enum cor_message_grade {
    COR_MESSAGE_NOTE,    // worth knowing
    COR_MESSAGE_PARTIAL, // a member was read in part
    COR_MESSAGE_LOST,    // a member could not be read; the audit goes on
    COR_MESSAGE_FATAL    // why a call failed
};

// `subject` is a path or the like, never NULL. May be called from several threads at once.
typedef void cor_message_fn(void *data, enum cor_message_grade grade, const char *subject,
                            const char *text);

struct cor_request;
struct cor_result;

// NULL when memory is out. Freed with cor_request_free(), which accepts NULL.
COR_API struct cor_request *cor_request_new(void);
COR_API void cor_request_free(struct cor_request *request);

// Paths and patterns are copied.
COR_API int cor_request_input(struct cor_request *request, enum cor_input_role role,
                              const char *path);
COR_API int cor_request_exclude(struct cor_request *request, const char *glob);
// "sha1:..." or "sha256:...": running fails unless some input has it.
COR_API int cor_request_expect(struct cor_request *request, const char *hash);
// Worker threads; 0, the default: one for each processor. Results do not depend on it.
COR_API void cor_request_workers(struct cor_request *request, unsigned workers);
// Evidence for released and toolchain names too.
COR_API void cor_request_all(struct cor_request *request, bool all);
COR_API void cor_request_messages(struct cor_request *request, cor_message_fn *function,
                                  void *data);

// Audits. A request can be run again.
COR_API int cor_request_run(const struct cor_request *request, struct cor_result **ret_result);

// A result from a case file. `function` may be NULL.
COR_API int cor_result_open(const char *path, cor_message_fn *function, void *data,
                            struct cor_result **ret_result);
COR_API void cor_result_free(struct cor_result *result);

// Writes the case file. It appears under its name when it is whole.
COR_API int cor_result_save(const struct cor_result *result, const char *path);

// Writes a report: "text", "json", "html", ... as `correspond report --format` knows them.
COR_API int cor_result_report(const struct cor_result *result, const char *format, FILE *out);

// The exit status that `correspond audit` would have: 0 it corresponds, 1 findings, 3 nothing could
// be judged, 4 no finding but something is undetermined.
COR_API int cor_result_outcome(const struct cor_result *result);

struct cor_component_view {
    size_t size; // set by the caller: sizeof(struct cor_component_view)
    uint32_t id;
    const char *role, *kind, *name, *path;
    const char *machine, *sha256, *licence; // NULL when unknown or not declared
    bool has_source;                        // a function of its own has a released body
    bool undefined_known, defined_known;
    uint64_t undefined, defined; // names it needs, functions it defines
};

COR_API size_t cor_result_component_count(const struct cor_result *result);
COR_API bool cor_result_component(const struct cor_result *result, size_t index,
                                  struct cor_component_view *view);

// A finding: a needed name (`needer_count` components need it), or a function that a component
// defines, nobody needs, and that has no released body.
struct cor_finding_view {
    size_t size; // set by the caller: sizeof(struct cor_finding_view)
    const char *name, *class_name;
    const char *reason; // NULL where the class says it all
    const char *direction;
    bool excused;          // by a policy or a baseline
    uint32_t component_id; // whose function it is, or who provides it; 0: nobody
    size_t needer_count, call_count, declaration_count;
};

COR_API size_t cor_result_finding_count(const struct cor_result *result);
COR_API bool cor_result_finding(const struct cor_result *result, size_t index,
                                struct cor_finding_view *view);
// The id of a component that needs it, or 0.
COR_API uint32_t cor_result_needer(const struct cor_result *result, size_t finding, size_t index);

// A place in the released source.
struct cor_place_view {
    size_t size; // set by the caller: sizeof(struct cor_place_view)
    const char *input, *file;
    uint32_t line;
    const char *function; // NULL when there is none
    bool active;          // false: in a branch that is never compiled
};

COR_API bool cor_result_call(const struct cor_result *result, size_t finding, size_t index,
                             struct cor_place_view *view);
COR_API bool cor_result_declaration(const struct cor_result *result, size_t finding, size_t index,
                                    struct cor_place_view *view);

#ifdef __cplusplus
}
#endif

#endif
