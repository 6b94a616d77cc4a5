// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Small files that want to become large or endless. Every walk ends soon, within its budgets, and
// says which one it hit; what stands beside the bomb is read.
#include "harness.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "base/buffer.h"
#include "intake/hash.h"
#include "recipes.h"

enum { SECONDS = 60, MIB = 1 << 20 };

static struct support_result result;

static void walk(const char *path, struct cor_limits limits)
{
    const struct support_walk how = {.limits = &limits, .nobody_wants = true};
    clock_t begin = clock();
    support_walk(path, &how, &result);
    CHECK(result.status == COR_OK);
    long spent = (long)((clock() - begin) / CLOCKS_PER_SEC);
    if (!CHECK(spent < SECONDS))
        printf("# %s took %ld s\n", path, spent);
}

// --- a gzip file that unpacks to itself: deflate's literal and repeat as the two commands of a
// self-reproducing program, in units of five bytes; then its checksum, which is an affine map of
// the checksum that stands in it, solved for its fixed point.

enum { UNIT = 5, QUINE_ROOM = 512 };

struct quine {
    unsigned char bytes[QUINE_ROOM];
    size_t size;
    size_t sums[4], sum_count; // where the checksum stands
};

static void put(struct quine *quine, const void *bytes, size_t size)
{
    memcpy(quine->bytes + quine->size, bytes, size);
    quine->size += size;
}

static void literal(struct quine *quine, unsigned units)
{
    unsigned size = units * UNIT;
    const unsigned char block[UNIT] = {0, (unsigned char)size, 0, (unsigned char)~size, 0xff};
    put(quine, block, sizeof block);
}

// The last twenty bytes again.
static void repeat(struct quine *quine)
{
    static const unsigned char block[UNIT] = {0x42, 0x88, 0x21, 0xc4, 0x00};
    put(quine, block, sizeof block);
}

static void prefix(struct quine *quine)
{
    static const unsigned char header[15] = {0x1f, 0x8b, 8, 8,   0,   0,   0,
                                             0,    0,    0, 'q', 'u', 'i', 'n'};
    put(quine, header, sizeof header);
}

static void suffix(struct quine *quine)
{
    static const unsigned char end[2] = {0x03, 0x00}, sums[8] = {0};
    literal(quine, 0);
    put(quine, end, sizeof end);
    quine->sums[quine->sum_count++] = quine->size;
    put(quine, sums, sizeof sums);
}

static void program(struct quine *quine)
{
    // Numbers are literals of so many units, 9 repeats, P and S the two ends.
    for (const char *code = "P4P491911491149494949490049004"; *code; code++) {
        if (*code == 'P')
            prefix(quine);
        else if (*code == '9')
            repeat(quine);
        else
            literal(quine, (unsigned)(*code - '0'));
    }
    repeat(quine);
    suffix(quine);
    repeat(quine);
    suffix(quine);
}

static uint32_t sum_with(struct quine *quine, uint32_t sum)
{
    for (size_t i = 0; i < quine->sum_count; i++)
        for (unsigned k = 0; k < 4; k++) {
            quine->bytes[quine->sums[i] + k] = (unsigned char)(sum >> 8 * k);
            quine->bytes[quine->sums[i] + 4 + k] = (unsigned char)(quine->size >> 8 * k);
        }
    return (uint32_t)crc32(0, quine->bytes, (unsigned)quine->size);
}

// Gauss over bits: rows of (map + identity | value at 0).
static bool solve(struct quine *quine, uint32_t *ret_sum)
{
    uint64_t rows[32] = {0};
    uint32_t zero = sum_with(quine, 0), found = 0;
    for (unsigned column = 0; column < 32; column++) {
        uint32_t image = sum_with(quine, UINT32_C(1) << column) ^ zero ^ UINT32_C(1) << column;
        for (unsigned row = 0; row < 32; row++)
            rows[row] |= (uint64_t)(image >> row & 1) << column;
    }
    for (unsigned row = 0; row < 32; row++)
        rows[row] |= (uint64_t)(zero >> row & 1) << 32;
    for (unsigned column = 0; column < 32; column++) {
        unsigned pivot = column;
        while (pivot < 32 && !(rows[pivot] >> column & 1))
            pivot++;
        if (pivot == 32)
            return false;
        uint64_t swap = rows[pivot];
        rows[pivot] = rows[column];
        rows[column] = swap;
        for (unsigned row = 0; row < 32; row++)
            if (row != column && (rows[row] >> column & 1))
                rows[row] ^= rows[column];
    }
    for (unsigned row = 0; row < 32; row++)
        found |= (uint32_t)(rows[row] >> 32 & 1) << row;
    *ret_sum = found;
    return sum_with(quine, found) == found;
}

static void make_quine(const char *path)
{
    struct quine quine = {0};
    uint32_t sum = 0;
    program(&quine);
    // Some file name makes the map one that can be solved.
    for (char letter = 'a'; letter < 'z' && !solve(&quine, &sum); letter++)
        for (size_t i = 0; i + 4 < quine.size; i++)
            if (memcmp(quine.bytes + i, "qui", 3) == 0)
                quine.bytes[i + 3] = (unsigned char)letter;
    CHECK(sum_with(&quine, sum) == sum);
    support_write(path, quine.bytes, quine.size);
}

TEST(a_gzip_quine)
{
    make_quine("quine.gz");
    CHECK(support_run("gzip -dc quine.gz | cmp - quine.gz"));
    walk("quine.gz", cor_default_limits);
    CHECK(result.members == cor_default_limits.depth + 1 && result.unread == 1);
    CHECK(strstr(result.text, "too many layers deep") != NULL);
    // Each layer has the same bytes.
    CHECK(support_run("mkdir -p q; cp quine.gz q/; seq 1 9 >q/z.c; tar -cf q.tar q"));
    walk("q.tar", cor_default_limits);
    CHECK(support_has(result.text, "q.tar!/q/z.c text 18 read"));
}

TEST(zips_in_zips)
{
    CHECK(support_run("head -c 4000000 /dev/zero >b0; mkdir -p w; cd w; cp ../b0 0;"
                      "for level in 1 2 3 4; do rm -f *.zip;"
                      "for i in 0 1 2 3 4 5 6 7 8 9; do cp 0 $i.x; done; zip -q n.zip *.x;"
                      "rm -f *.x; mv n.zip 0; done; cp 0 ../42.zip; cd ..; seq 1 9 >z.c;"
                      "tar -cf 42.tar 42.zip z.c"));
    struct cor_limits limits = cor_default_limits;
    limits.total_bytes = 256 * MIB;
    walk("42.tar", limits);
    CHECK(strstr(result.text, "too many bytes decoded") != NULL && result.unread > 0);
    limits = cor_default_limits;
    limits.members = 500;
    walk("42.zip", limits);
    CHECK(result.members <= 501 && strstr(result.text, "more than 500 members") != NULL);
}

// --- a zip archive whose entries share their bytes: each one's data are the header of the next
// one, quoted as a stored block, and then the data of the next one.

enum { OVERLAPPING = 60, HEADER = 30 + 3, ZEROS = 4 << 20 };

struct entry {
    unsigned char header[HEADER];
    uint32_t sum, packed, size;
};

static void number(unsigned char *to, uint32_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        to[i] = (unsigned char)(value >> 8 * i);
}

static void describe(struct entry *entry, unsigned index)
{
    memcpy(entry->header, "PK\3\4\24\0\0\0\10\0", 10);
    number(entry->header + 14, entry->sum, 4);
    number(entry->header + 18, entry->packed, 4);
    number(entry->header + 22, entry->size, 4);
    number(entry->header + 26, 3, 2);
    entry->header[30] = 'e';
    entry->header[31] = (unsigned char)('0' + index / 10);
    entry->header[32] = (unsigned char)('0' + index % 10);
}

// Raw deflate of zeros.
static size_t pack_zeros(unsigned char *packed, size_t room, uint32_t *ret_sum)
{
    unsigned char *zeros = calloc(1, ZEROS);
    z_stream stream = {.next_in = zeros, .avail_in = ZEROS, .next_out = packed};
    stream.avail_out = (unsigned)room;
    CHECK(deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) == Z_OK);
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    *ret_sum = (uint32_t)crc32(0, zeros, ZEROS);
    deflateEnd(&stream);
    free(zeros);
    return stream.total_out;
}

static void add(struct cor_buffer *file, const void *data, size_t size)
{
    CHECK(cor_buffer_append(file, data, size) == COR_OK);
}

static void chain(struct entry *entries, uint32_t sum, size_t packed)
{
    entries[OVERLAPPING - 1] =
        (struct entry){.sum = sum, .packed = (uint32_t)packed, .size = ZEROS};
    for (unsigned i = OVERLAPPING; i-- > 0;) {
        if (i < OVERLAPPING - 1) {
            const struct entry *next = &entries[i + 1];
            uint32_t head = (uint32_t)crc32(0, next->header, HEADER);
            entries[i].sum = (uint32_t)crc32_combine(head, next->sum, (z_off_t)next->size);
            entries[i].packed = 5 + HEADER + next->packed;
            entries[i].size = HEADER + next->size;
        }
        describe(&entries[i], i);
    }
}

static void add_directory(struct cor_buffer *file, const struct entry *entries)
{
    unsigned char row[46 + 3], end[22] = {'P', 'K', 5, 6};
    size_t begin = file->size;
    for (unsigned i = 0; i < OVERLAPPING; i++) {
        memset(row, 0, sizeof row);
        memcpy(row, "PK\1\2\24\0", 6);
        memcpy(row + 6, entries[i].header + 4, 26);
        number(row + 42, i * (HEADER + 5), 4);
        memcpy(row + 46, entries[i].header + 30, 3);
        add(file, row, sizeof row);
    }
    number(end + 8, OVERLAPPING, 2);
    number(end + 10, OVERLAPPING, 2);
    number(end + 12, (uint32_t)(file->size - begin), 4);
    number(end + 16, (uint32_t)begin, 4);
    add(file, end, sizeof end);
}

static void make_overlap(const char *path)
{
    static const unsigned char stored[5] = {0, HEADER, 0, (unsigned char)~HEADER, 0xff};
    struct entry entries[OVERLAPPING] = {0};
    struct cor_buffer file;
    uint32_t sum = 0;
    unsigned char *packed = malloc(1 << 16);
    size_t size = pack_zeros(packed, 1 << 16, &sum);
    chain(entries, sum, size);
    cor_buffer_init(&file, MIB);
    for (unsigned i = 0; i < OVERLAPPING; i++) {
        add(&file, entries[i].header, HEADER);
        if (i < OVERLAPPING - 1)
            add(&file, stored, sizeof stored);
    }
    add(&file, packed, size);
    add_directory(&file, entries);
    support_write(path, file.data, file.size);
    cor_buffer_dispose(&file);
    free(packed);
}

TEST(overlapping_entries_of_a_zip)
{
    make_overlap("overlap.zip");
    // All entries together come from 9 KB.
    walk("overlap.zip", cor_default_limits);
    CHECK(support_has(result.text, "overlap.zip!/e00 ") && result.unread > 0);
    CHECK(strstr(result.text, "one byte unpacks to more than 5000") != NULL);
    struct cor_limits limits = cor_default_limits;
    limits.total_bytes = 64 * MIB;
    walk("overlap.zip", limits);
    CHECK(result.unread > 0 && strstr(result.text, "too many bytes decoded") != NULL);
}

TEST(sparse_giants)
{
    CHECK(support_run("mkdir -p s; truncate -s 8T s/giant; seq 1 9 >s/z.c;"
                      "tar -S -cf s.tar s; xz -0 -kf s.tar"));
    walk("s", cor_default_limits);
    CHECK(support_has(result.text, "s/giant data 8796093022208 unread source code unhashed: "
                                   "over a limit: a sparse file"));
    CHECK(support_has(result.text, "s/z.c text 18 read"));
    walk("s.tar.xz", cor_default_limits);
    CHECK(strstr(result.text, "s/giant data 8796093022208 unread") != NULL);
    CHECK(support_has(result.text, "s.tar.xz!xz!/s/z.c text 18 read"));
}

// Streams that give nothing, again and again.
TEST(zero_size_loops)
{
    static const struct {
        const char *file, *make;
    } files[] = {
        {"e.gz",
         "gzip -nc /dev/null >e; for i in $(seq 17); do cat e e >f; mv f e; done; mv e e.gz"},
        {"e.bz2", "bzip2 -c /dev/null >e; for i in $(seq 11); do cat e e >f; mv f e; done;"
                  "mv e e.bz2"},
        {"e.xz", "xz -c /dev/null >e; for i in $(seq 16); do cat e e >f; mv f e; done; mv e e.xz"},
        {"e.zst", "printf '\\120\\52\\115\\30\\0\\0\\0\\0' >e;"
                  "for i in $(seq 17); do cat e e >f; mv f e; done;"
                  "zstd -qc <z.c >g; cat g e >e.zst"},
        {"e.lz4", "lz4 -qc /dev/null >e; for i in $(seq 17); do cat e e >f; mv f e; done;"
                  "mv e e.lz4"},
        {"e.cpio", "mkdir -p e0; cd e0; for i in $(seq 3000); do : >$i; done;"
                   "ls | cpio -o -H newc --quiet | cat >../e1.cpio; cd ..;"
                   "for i in $(seq 6); do cat e1.cpio e1.cpio >f; mv f e1.cpio; done;"
                   "mv e1.cpio e.cpio; rm -r e0"},
    };
    struct cor_limits limits = cor_default_limits;
    CHECK(support_run("seq 1 9 >z.c"));
    limits.members = 5000;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        CHECK(support_run(files[i].make));
        walk(files[i].file, limits);
        CHECK(result.members <= 5001);
    }
}

TEST(endless_nesting_of_containers)
{
    CHECK(support_run("seq 1 9 >n0; for i in $(seq 60); do tar -cf n1 n0; mv n1 n0; done;"
                      "mv n0 nest.tar"));
    walk("nest.tar", cor_default_limits);
    CHECK(result.members == cor_default_limits.depth + 1 && result.unread == 1);
    CHECK(strstr(result.text, "too many layers deep") != NULL);
}

// A library that believes an inode's size lists blocks for minutes.
TEST(a_folder_larger_than_its_file_system)
{
    CHECK(support_run("mkdir -p x; seq 1 9 >x/z.c; rm -f x.ext;"
                      "mke2fs -q -t ext2 -b 1024 -d x x.ext 300;"
                      "debugfs -w -R 'set_inode_field <2> size 0x7ffffc00' x.ext"));
    walk("x.ext", cor_default_limits);
    CHECK(result.unread == 1 && strstr(result.text, "a folder is larger than its file system"));
}

int main(void)
{
    static const struct test_case cases[] = {
        CASE(a_gzip_quine),
        CASE(zips_in_zips),
        CASE(overlapping_entries_of_a_zip),
        CASE(sparse_giants),
        CASE(zero_size_loops),
        CASE(endless_nesting_of_containers),
        CASE(a_folder_larger_than_its_file_system),
    };
    support_enter();
    return test_run(cases, sizeof cases / sizeof *cases);
}
