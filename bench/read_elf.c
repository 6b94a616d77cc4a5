// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Developer's stopwatch: reads every ELF file named on standard input and prints the sums.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "binary/elf.h"
#include "binary/references.h"

struct sums {
    size_t references, calls, tails, addresses, undecoded, orphans, files, failed, damaged,
        undefined, functions, data, exports, relocations;
    double seconds;
};

static char *slurp(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return NULL;
    long size = ftell(file);
    rewind(file);
    char *bytes = size < 0 ? NULL : malloc((size_t)size + 1);
    if (bytes && fread(bytes, 1, (size_t)size, file) != (size_t)size) {
        free(bytes);
        bytes = NULL;
    }
    fclose(file);
    *ret_size = (size_t)size;
    return bytes;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void add(struct sums *sums, const struct cor_component *component)
{
    sums->undefined += component->undefined.count;
    sums->exports += component->exports.count;
    sums->relocations += component->relocation_rows;
    sums->damaged += component->damage != NULL;
    for (size_t i = 0; i < component->defined.count; i++) {
        bool function = cor_symbol_is_function(&component->defined.items[i]);
        sums->functions += function;
        sums->data += !function;
    }
}

// All rows of everything undefined: far more than an audit ever shows.
static void refer(struct sums *sums, const struct cor_component *component, struct cor_names *names,
                  const char *bytes, size_t size)
{
    struct cor_map wanted;
    struct cor_arena arena;
    struct cor_references list = {0};
    cor_map_init(&wanted);
    cor_arena_init(&arena);
    for (size_t i = 0; i < component->undefined.count; i++)
        if (cor_map_put(&wanted, component->undefined.items[i].name, 1) != COR_OK)
            abort();
    if (cor_references_read(component, names, bytes, size, &wanted, &arena, &list, NULL) != COR_OK)
        sums->failed++;
    for (size_t i = 0; i < list.items.count; i++) {
        const struct cor_reference *reference = &list.items.items[i];
        sums->calls += reference->kind == COR_REFKIND_CALL;
        sums->tails += reference->kind == COR_REFKIND_TAIL_CALL;
        sums->addresses += reference->kind == COR_REFKIND_ADDRESS;
        sums->undecoded += reference->kind != COR_REFKIND_DATA && !reference->instruction;
        sums->orphans += reference->kind != COR_REFKIND_DATA && !reference->function;
    }
    sums->references += list.items.count;
    cor_references_dispose(&list);
    cor_arena_dispose(&arena);
    cor_map_dispose(&wanted);
}

static void read_one(struct sums *sums, struct cor_names *names, const char *path, bool verbose,
                     bool references)
{
    size_t size;
    char *bytes = slurp(path, &size);
    if (!bytes)
        return;
    struct cor_component *component = cor_component_new();
    double start = now();
    enum cor_status status = cor_elf_read(component, names, bytes, size, NULL);
    if (status == COR_OK && references)
        refer(sums, component, names, bytes, size);
    sums->seconds += now() - start;
    sums->files++;
    sums->failed += status != COR_OK;
    add(sums, component);
    if (verbose)
        printf("%s: %s, %s, %zu undefined, %zu defined, %s\n", path, cor_kind_word(component->kind),
               component->machine, component->undefined.count, component->defined.count,
               component->damage ? component->damage : "whole");
    // The components stay, as they do in an audit, so that the peak of memory is true.
    free(bytes);
}

int main(int argc, char **argv)
{
    struct sums sums = {0};
    struct cor_names *names = cor_names_new();
    char path[4096];
    bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    bool references = argc > 1 && strcmp(argv[1], "-r") == 0;
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        read_one(&sums, names, path, verbose, references);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("files %zu failed %zu damaged %zu undefined %zu functions %zu data %zu exports %zu "
           "relocations %zu names %zu seconds %.3f peak %ld KiB\n",
           sums.files, sums.failed, sums.damaged, sums.undefined, sums.functions, sums.data,
           sums.exports, sums.relocations, cor_names_count(names), sums.seconds, usage.ru_maxrss);
    printf("references %zu call %zu tail-call %zu address %zu undecoded %zu without function %zu\n",
           sums.references, sums.calls, sums.tails, sums.addresses, sums.undecoded, sums.orphans);
    return 0;
}
