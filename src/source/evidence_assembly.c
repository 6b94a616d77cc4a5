// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/evidence_reader.h"

static bool is_call_instruction(struct cor_slice word)
{
    static const char *const words[] = {"call", "callq", "jmp", "bl",    "b", "blx",
                                        "jal",  "jsr",   "bsr", "brasl", "la"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (cor_slice_same(word, cor_slice_text(words[i])))
            return true;
    return false;
}

// In assembly every word that is no label and no .globl is a use.
enum cor_status cor_evidence_assembly(struct cor_reader *reader)
{
    struct cor_lexer lexer;
    struct cor_token token, last = {0};
    enum cor_status status = COR_OK;
    bool directive = false;
    cor_lexer_init(&lexer, reader->share->text.data, reader->share->text.size);
    lexer.directives = false;
    while (status == COR_OK) {
        cor_lex(&lexer, &token);
        if (token.kind == COR_TOKEN_END)
            break;
        if (token.flags & COR_TOKEN_FIRST)
            directive = token.mark == '.' || token.mark == '#';
        const struct cor_through *through = NULL;
        const struct cor_name *name =
            token.kind == COR_TOKEN_WORD && !directive
                ? cor_reader_wanted(reader, cor_token_slice(&token), &through)
                : NULL;
        if (name && *lexer.at != ':') {
            struct cor_use use = {.name = name, .kind = COR_REFKIND_ADDRESS, .active = true};
            if (last.kind == COR_TOKEN_WORD && is_call_instruction(cor_token_slice(&last)))
                use.kind = COR_REFKIND_CALL;
            status = cor_reader_use(reader, &use, token.text);
        }
        last = token;
    }
    return status;
}
