// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// For developers: every function body that the recogniser finds in a folder, as "name TAB file TAB
// line TAB how", for comparison with what other tools find.
//     bodies FOLDER [workers] > list
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/recogniser.h"

static COR_ARRAY(char *) paths;
static size_t root_size;
static struct cor_recogniser *recogniser;

static int note(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
    (void)info;
    (void)ftw;
    return type == FTW_F && cor_array_add(&paths, strdup(path)) != COR_OK;
}

static enum cor_status run(void *job, unsigned worker)
{
    const char *path = job;
    FILE *file = fopen(path, "rb");
    enum cor_status status = COR_OK;
    if (!file)
        return COR_OK;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *bytes = size > 0 ? cor_alloc((size_t)size) : NULL;
    if (bytes && fread(bytes, 1, (size_t)size, file) == (size_t)size &&
        cor_source_is_text(bytes, (size_t)size)) {
        struct cor_source_text text = {
            .path = path + root_size, .bytes = bytes, .size = (size_t)size};
        status = cor_recogniser_census(recogniser, &text, worker);
    }
    cor_free(bytes);
    fclose(file);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    unsigned count = argc > 2 ? (unsigned)atoi(argv[2]) : cor_processors();
    root_size = strlen(argv[1]) + 1;
    if (nftw(argv[1], note, 64, FTW_PHYS) != 0)
        return 1;
    struct cor_names *names = cor_names_new();
    struct cor_workers *workers = cor_workers_new(count, 64);
    recogniser =
        cor_recogniser_new(&(struct cor_recogniser_options){.names = names, .worker_count = count});
    struct cor_source_facts facts;
    cor_source_facts_init(&facts);
    enum cor_status status = names && workers && recogniser ? COR_OK : COR_NOMEM;
    for (size_t i = 0; i < paths.count && status == COR_OK; i++)
        status = cor_workers_submit(workers, run, paths.items[i], 1);
    if (status == COR_OK)
        status = cor_workers_wait(workers);
    if (status == COR_OK)
        status = cor_recogniser_finish(recogniser, workers, &facts);
    if (status != COR_OK) {
        fprintf(stderr, "failed: %s\n", cor_status_text(status));
        return 1;
    }
    for (size_t i = 0; i < facts.definitions.count; i++) {
        const struct cor_definition *d = &facts.definitions.items[i];
        printf("%s\t%s\t%u\t%s\n", d->name->text, facts.files.items[d->file].path, d->line,
               d->data ? "data" : cor_how_word(d->how));
    }
    cor_source_facts_dispose(&facts);
    cor_recogniser_free(recogniser);
    cor_workers_free(workers);
    cor_names_free(names);
    return 0;
}
