// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// For developers: censuses a folder and tells which names of a list have no definition there.
//     census FOLDER NAMES [workers] [-e] > missing
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "source/recogniser.h"

static COR_ARRAY(char *) paths;
static size_t root_size;
static struct cor_recogniser *recogniser;
static struct cor_map interest;
static bool evidence;

static int note(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
    (void)info;
    (void)ftw;
    return type == FTW_F && cor_array_add(&paths, strdup(path)) != COR_OK;
}

static enum cor_status run(void *job, unsigned worker)
{
    const char *path = job;
    struct stat info;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &info) != 0) {
        if (file >= 0)
            close(file);
        return COR_OK;
    }
    size_t size = (size_t)info.st_size;
    void *bytes = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0) : NULL;
    close(file);
    struct cor_source_text text = {
        .path = path + root_size, .bytes = bytes ? bytes : "", .size = size};
    enum cor_status status = COR_OK;
    if (cor_source_is_text(text.bytes, size))
        status = evidence ? cor_recogniser_evidence(recogniser, &interest, &text, worker)
                          : cor_recogniser_census(recogniser, &text, worker);
    if (bytes)
        munmap(bytes, size);
    return status;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void all_files(struct cor_workers *workers)
{
    for (size_t i = 0; i < paths.count; i++)
        if (cor_workers_submit(workers, run, paths.items[i], 1) != COR_OK)
            exit(1);
    enum cor_status status = cor_workers_wait(workers);
    if (status != COR_OK)
        fprintf(stderr, "failed: %s\n", cor_status_text(status));
}

static void load(struct cor_names *names, const char *path, const struct cor_name ***list,
                 size_t *count)
{
    FILE *file = fopen(path, "r");
    char line[4096];
    if (!file)
        exit(1);
    COR_ARRAY(const struct cor_name *) all = {0};
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        const struct cor_name *name;
        if (cor_names_intern(names, cor_slice_text(line), &name) != COR_OK ||
            cor_map_put(&interest, name, 1) != COR_OK || cor_array_add(&all, name) != COR_OK)
            exit(1);
    }
    fclose(file);
    *list = all.items;
    *count = all.count;
}

static int verdict(struct cor_definitions run_)
{
    int best = 0;
    for (size_t i = 0; i < run_.count; i++) {
        const struct cor_definition *d = &run_.items[i];
        bool external = d->linkage == COR_LINKAGE_EXTERNAL || d->linkage == COR_LINKAGE_WEAK;
        int grade = external ? 2 : 1;
        best = grade > best ? grade : best;
    }
    return best;
}

static void show(const struct cor_source_facts *facts, const struct cor_name *name)
{
    struct cor_definitions found = cor_source_definitions(facts, name);
    printf("%s %s\n",
           found.count == 0      ? "MISSING"
           : verdict(found) == 2 ? "OK"
                                 : "INTERNAL",
           name->text);
    for (size_t i = 0; i < found.count && getenv("SHOW"); i++) {
        const struct cor_definition *d = &found.items[i];
        printf("    %s:%u %s %s%s%s%s%s\n", facts->files.items[d->file].path, d->line,
               cor_how_word(d->how), cor_linkage_word(d->linkage), d->data ? " data" : "",
               d->active ? "" : " dead", d->through ? " through " : "",
               d->through ? d->through : "");
    }
    if (!evidence)
        return;
    struct cor_declarations declared = cor_source_declarations(facts, name);
    for (size_t i = 0; i < declared.count && i < 5; i++)
        printf("    declared %s:%u\n", facts->files.items[declared.items[i].file].path,
               declared.items[i].line);
    struct cor_uses uses = cor_source_uses(facts, name);
    for (size_t i = 0; i < uses.count && i < 12; i++) {
        const struct cor_use *u = &uses.items[i];
        printf("    used %s:%u %s in %s%s%s%s\n", facts->files.items[u->file].path, u->line,
               cor_refkind_word(u->kind), u->function ? u->function : "-", u->active ? "" : " dead",
               u->through ? " through " : "", u->through ? u->through : "");
    }
    printf("    %zu declarations, %zu uses\n", declared.count, uses.count);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    unsigned count = argc > 3 ? (unsigned)atoi(argv[3]) : cor_processors();
    root_size = strlen(argv[1]) + 1;
    if (nftw(argv[1], note, 64, FTW_PHYS) != 0)
        return 1;
    struct cor_names *names = cor_names_new();
    const struct cor_name **list;
    size_t list_size;
    load(names, argv[2], &list, &list_size);
    struct cor_workers *workers = cor_workers_new(count, 64);
    recogniser = cor_recogniser_new(&(struct cor_recogniser_options){
        .names = names, .worker_count = count, .interest = &interest});
    struct cor_source_facts facts;
    cor_source_facts_init(&facts);
    double begin = now();
    all_files(workers);
    double read = now();
    enum cor_status status = cor_recogniser_finish(recogniser, workers, &facts);
    double finished = now();
    fprintf(stderr, "census %.2f s, finish %.2f s: %s\n", read - begin, finished - read,
            cor_status_text(status));
    if (argc > 4) {
        evidence = true;
        all_files(workers);
        status = cor_recogniser_evidence_finish(recogniser, &facts);
        fprintf(stderr, "evidence %.2f s: %s\n", now() - finished, cor_status_text(status));
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    size_t grades[3] = {0};
    for (size_t i = 0; i < list_size; i++) {
        int grade = verdict(cor_source_definitions(&facts, list[i]));
        grades[grade]++;
        if (grade < 2 || getenv("ALL"))
            show(&facts, list[i]);
    }
    fprintf(
        stderr,
        "%zu files, %zu definitions, %zu gaps, %ld MiB; external %zu, internal %zu, missing %zu\n",
        facts.files.count, facts.definitions.count, facts.gaps.count, usage.ru_maxrss / 1024,
        grades[2], grades[1], grades[0]);
    for (size_t i = 0; i < facts.gaps.count && getenv("GAPS"); i++)
        fprintf(stderr, "gap %s:%u %s %s\n", facts.files.items[facts.gaps.items[i].file].path,
                facts.gaps.items[i].line,
                facts.gaps.items[i].pattern ? facts.gaps.items[i].pattern : "*",
                facts.gaps.items[i].reason);
    cor_source_facts_dispose(&facts);
    cor_recogniser_free(recogniser);
    cor_workers_free(workers);
    return 0;
}
