// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// damage SEED <in >out: flips, overwrites, repeats or cuts some bytes of a file. The same seed
// always does the same damage.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64 << 20 };

static uint64_t state;

// xorshift64*
static uint64_t next(uint64_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return below ? (state * 2685821657736338717u >> 16) % below : 0;
}

static size_t damage(unsigned char *bytes, size_t size)
{
    static const unsigned char extremes[] = {0x00, 0xff, 0x7f, 0x80, 0x01};
    switch (next(5)) {
    case 0:
        return next(size);
    case 1:
        bytes[next(size)] ^= (unsigned char)(1u << next(8));
        break;
    case 2:
        bytes[next(size)] = extremes[next(sizeof extremes)];
        break;
    case 3: {
        size_t from = next(size), to = next(size);
        size_t most = size - (from > to ? from : to);
        memmove(bytes + to, bytes + from, next(most < 64 ? most : 64));
        break;
    }
    default: {
        size_t at = next(size), most = size - at;
        memset(bytes + at, extremes[next(sizeof extremes)], next(most < 16 ? most : 16));
        break;
    }
    }
    return size;
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    state = strtoull(argv[1], NULL, 10) * 0x9e3779b97f4a7c15u + 1;
    unsigned char *bytes = malloc(MOST_BYTES);
    if (!bytes)
        return 3;
    size_t size = fread(bytes, 1, MOST_BYTES, stdin);
    for (uint64_t rounds = 1 + next(8); rounds && size; rounds--)
        size = damage(bytes, size);
    int failed = fwrite(bytes, 1, size, stdout) != size || fflush(stdout);
    free(bytes);
    return failed ? 3 : 0;
}
