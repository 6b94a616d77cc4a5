// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Parts of the page that open. The first of them stand in it; the rest comes packed, and is put in
// its place when it is opened; what is beyond a size that browsers take is left to the program.
#include <stdlib.h>
#include <string.h>

#include "report/html_page.h"
#include "report/pack.h"

enum { RECORDS_OF_PACK = 1 << 20, MOST_PACKED = 13 << 20 };

static const size_t most_open[COR_BUDGETS] = {
    [COR_BUDGET_PICTURES] = 128 << 10,
    [COR_BUDGET_EVIDENCE] = 768 << 10,
    [COR_BUDGET_FUNCTIONS] = 128 << 10,
};

static FILE *memory(char **text, size_t *size)
{
    return open_memstream(text, size);
}

enum cor_status cor_page_later_init(struct cor_page *page)
{
    struct cor_later *later = &page->later;
    *later = (struct cor_later){0};
    later->records = memory(&later->record_text, &later->record_size);
    later->packs = memory(&later->pack_text, &later->pack_size);
    if (later->records && later->packs)
        return COR_OK;
    cor_page_later_dispose(page);
    return COR_NOMEM;
}

void cor_page_later_dispose(struct cor_page *page)
{
    struct cor_later *later = &page->later;
    if (later->records)
        fclose(later->records);
    if (later->packs)
        fclose(later->packs);
    free(later->record_text);
    free(later->pack_text);
    *later = (struct cor_later){0};
}

// Packs the records so far, and begins anew.
static enum cor_status flush(struct cor_later *later)
{
    if (fflush(later->records) != 0)
        return COR_NOMEM;
    if (later->record_size == 0)
        return COR_OK;
    fprintf(later->packs, "<script type=\"text/plain\" id=pack%zu>", ++later->number);
    enum cor_status status =
        cor_pack(later->packs, cor_slice(later->record_text, later->record_size));
    fputs("</script>\n", later->packs);
    if (fseeko(later->records, 0, SEEK_SET) != 0 || fflush(later->records) != 0 ||
        fflush(later->packs) != 0)
        return COR_NOMEM;
    return status;
}

// An id and a size in a line, then so many characters.
static enum cor_status add_record(struct cor_later *later, const char *id, struct cor_slice body)
{
    char *text = NULL;
    size_t size = 0;
    FILE *plain = memory(&text, &size);
    if (!plain)
        return COR_NOMEM;
    cor_pack_plain(plain, body);
    enum cor_status status = fclose(plain) == 0 ? COR_OK : COR_NOMEM;
    if (status == COR_OK) {
        fprintf(later->records, "%s %zu\n", id, size);
        fwrite(text, 1, size, later->records);
    }
    free(text);
    if (status == COR_OK && fflush(later->records) != 0)
        status = COR_NOMEM;
    return status == COR_OK && later->record_size >= RECORDS_OF_PACK ? flush(later) : status;
}

enum cor_status cor_fold_init(struct cor_fold *fold)
{
    *fold = (struct cor_fold){0};
    for (unsigned i = 0; i < COR_FOLD_PARTS; i++)
        if (!(fold->out[i] = open_memstream(&fold->text[i], &fold->size[i]))) {
            cor_fold_dispose(fold);
            return COR_NOMEM;
        }
    return COR_OK;
}

void cor_fold_dispose(struct cor_fold *fold)
{
    for (unsigned i = 0; i < COR_FOLD_PARTS; i++) {
        if (fold->out[i])
            fclose(fold->out[i]);
        fold->out[i] = NULL;
        free(fold->text[i]);
        fold->text[i] = NULL;
    }
}

static void put_fold(struct cor_page *page, const struct cor_fold *fold, bool at_once, bool packed)
{
    fprintf(page->out, "<details id=\"%s\" %s", fold->text[COR_FOLD_ID],
            fold->text[COR_FOLD_ATTRIBUTES]);
    if (packed)
        fprintf(page->out, " data-pack=%zu", page->later.number + 1);
    fprintf(page->out, "><summary>%s</summary><div class=evidence>", fold->text[COR_FOLD_SUMMARY]);
    fputs(fold->text[at_once ? COR_FOLD_BODY : COR_FOLD_WITHOUT], page->out);
    fputs("</div></details>\n", page->out);
}

enum cor_status cor_page_fold(struct cor_page *page, struct cor_fold *fold, enum cor_budget budget)
{
    enum cor_status status = COR_OK;
    for (unsigned i = 0; i < COR_FOLD_PARTS; i++) {
        if (fclose(fold->out[i]) != 0)
            status = COR_NOMEM;
        fold->out[i] = NULL;
    }
    if (status != COR_OK)
        return status;
    size_t size = fold->size[COR_FOLD_BODY];
    bool at_once = page->open[budget] + size <= most_open[budget];
    bool packed = !at_once && page->later.pack_size < MOST_PACKED;
    put_fold(page, fold, at_once, packed);
    page->open[budget] += at_once ? size : 0;
    return packed ? add_record(&page->later, fold->text[COR_FOLD_ID],
                               cor_slice(fold->text[COR_FOLD_BODY], size))
                  : COR_OK;
}

enum cor_status cor_page_later_put(struct cor_page *page)
{
    struct cor_later *later = &page->later;
    enum cor_status status = flush(later);
    if (status == COR_OK && fflush(later->packs) != 0)
        status = COR_NOMEM;
    if (status == COR_OK)
        fwrite(later->pack_text, 1, later->pack_size, page->out);
    return status;
}
