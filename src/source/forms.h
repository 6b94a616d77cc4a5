// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Forms of invocations: "module_init(a);" and "module_init(b);" differ in a word that no macro has
// for a name, so that what one makes tells what the other makes. A form is expanded once, with
// marks in place of such words; afterwards its results are only filled in.
#ifndef COR_SOURCE_FORMS_H
#define COR_SOURCE_FORMS_H

#include "base/buffer.h"
#include "base/map.h"
#include "source/census.h"
#include "source/macros.h"

// A mark is this byte and two more; no name in a source has it.
enum { COR_FORM_MARK = 0xff, COR_FORM_MARK_SIZE = 3 };

static inline bool cor_form_is_marked(struct cor_slice text)
{
    return text.size && memchr(text.data, COR_FORM_MARK, text.size) != NULL;
}

struct cor_form_words {
    unsigned count;
    struct cor_slice items[64];
};

// A definition that the form makes; `name` and `through` may have marks.
struct cor_form_event {
    struct cor_slice name, through;
    struct cor_kept what;
    bool through_macro; // `through` is the invocation's own name
};

// What a macro means where the form was expanded: elsewhere it may mean something else.
struct cor_form_macro {
    struct cor_macro *first;
    const struct cor_alternatives *alternatives;
};

// What one expansion of a form comes upon.
struct cor_form_recorder {
    const struct cor_invocation *invocation;
    struct cor_arena *arena;
    COR_ARRAY(struct cor_form_event) events;
    COR_ARRAY(struct cor_form_macro) macros;
    COR_ARRAY(struct cor_slice) pasted; // words with marks put together by ##: no macros, please
    bool spoiled;                       // it makes something that cannot be filled in
};

struct cor_form {
    const struct cor_form *next; // the same text where macros mean something else
    unsigned variant;            // how many of them follow
    bool spoiled;
    const struct cor_form_event *events;
    const struct cor_form_macro *macros;
    const struct cor_slice *pasted;
    size_t event_count, macro_count, pasted_count;
};

struct cor_forms {
    struct cor_names *texts;
    struct cor_map by_text; // to the first form; NULL for a text that was met once
    struct cor_arena arena;
    struct cor_form_recorder recorder;
    struct cor_buffer text, filled;
};

void cor_forms_init(struct cor_forms *forms);
void cor_forms_dispose(struct cor_forms *forms);

// For the recorder.
COR_MUST_CHECK enum cor_status cor_form_record(struct cor_form_recorder *recorder,
                                               struct cor_slice name, uint32_t line,
                                               const struct cor_kept *what);
COR_MUST_CHECK enum cor_status cor_form_note_pasted(struct cor_form_recorder *recorder,
                                                    struct cor_slice word);
COR_MUST_CHECK enum cor_status cor_form_note_macro(struct cor_form_recorder *recorder,
                                                   struct cor_macro *first,
                                                   const struct cor_alternatives *alternatives);

// The form's text, the words behind its marks, and its name among `forms->texts`. False when the
// invocation has too many words.
COR_MUST_CHECK enum cor_status cor_form_text(struct cor_forms *forms,
                                             const struct cor_macro_scope *scope,
                                             const struct cor_invocation *invocation,
                                             struct cor_form_words *words, bool *ret_possible);

// `text` with the words in place of the marks, until the next call; NULL data when memory is out.
struct cor_slice cor_form_fill(struct cor_forms *forms, struct cor_slice text,
                               const struct cor_form_words *words);

#endif
