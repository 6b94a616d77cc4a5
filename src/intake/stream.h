// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Bytes that are pulled: a stream wraps a stream. Private to intake.
//
// Reading never fails by return value: a short count means the end or a failure, and `failure`
// then says which. A failure stays; what was read before it is good.
#ifndef COR_INTAKE_STREAM_H
#define COR_INTAKE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/watch.h"

#define COR_SIZE_UNKNOWN UINT64_MAX

enum {
    COR_WINDOW = 128 << 10, // what a stream holds at most, and the largest peek
    COR_HEAD = 66 << 10     // what formats bid on: file-system magics stand at up to 64 KiB
};

struct cor_hash;
struct cor_stream;

struct cor_stream_kind {
    // Up to `size` bytes; *ret_got (0 beforehand) 0 is the end. Failures are begun with
    // cor_stream_fail(), and may come together with the last good bytes.
    enum cor_status (*pull)(struct cor_stream *stream, unsigned char *buffer, size_t size,
                            size_t *ret_got);
    // Random access, apart from the reading position; NULL where there is none. Short at the end.
    enum cor_status (*at)(struct cor_stream *stream, uint64_t offset, unsigned char *buffer,
                          size_t size, size_t *ret_got);
    // Frees what the kind owns, and the stream itself.
    void (*close)(struct cor_stream *stream);
};

// What the decoded layers of one input may use up.
struct cor_meter {
    uint64_t left;  // decoded bytes
    uint64_t ratio; // decoded bytes for each byte below
};

// Gets each byte that is consumed.
struct cor_tee {
    void (*take)(struct cor_tee *tee, const unsigned char *data, size_t size);
};

struct cor_stream {
    const struct cor_stream_kind *kind;
    struct cor_stream *below; // what it decodes, borrowed; NULL for a source
    struct cor_hash *hash;    // hears each byte that is consumed; borrowed, may be NULL
    struct cor_tee *tee;      // likewise
    struct cor_meter *meter;  // NULL when the bytes are no decoded ones
    uint64_t offset;          // of the next byte to be consumed
    uint64_t size;            // COR_SIZE_UNKNOWN where only reading tells
    // Its bytes stand as they are, as one run, in `below` from there on; known with the first.
    bool plain;
    uint64_t plain_at;
    uint64_t made; // bytes pulled so far, over all entries of a container
    unsigned char *window;
    size_t begin, end;                 // of the bytes in the window
    const struct cor_subject *subject; // whose bytes these are, for the watch; may be NULL
    enum cor_step step;                // what pulling them is
    bool ended;
    enum cor_status failure;
    bool say_where; // of a failure within a pull: the reason is to end with how much was made
    char reason[160];
};

// Begins a failure: the one place where code and cause are set. Returns `status`.
enum cor_status cor_stream_fail(struct cor_stream *stream, enum cor_status status,
                                const char *format, ...) COR_PRINTF(3, 4);

// The next bytes, at least `want` of them (at most COR_WINDOW) unless the stream ends or fails.
size_t cor_stream_peek(struct cor_stream *stream, size_t want, const unsigned char **ret_data);

// Passes `size` bytes of what the last peek showed.
void cor_stream_consume(struct cor_stream *stream, size_t size);

size_t cor_stream_read(struct cor_stream *stream, unsigned char *buffer, size_t size);

// Reads on without looking; returns how many bytes there were (fewer than `size` at the end).
uint64_t cor_stream_skip(struct cor_stream *stream, uint64_t size);

// Whole reads at an offset; false when short or failing.
bool cor_stream_read_at(struct cor_stream *stream, uint64_t offset, void *buffer, size_t size);

// The first offset in [from, to) that does not belong to padding: zeros, or the ones of erased
// flash; `to` when all does. Needs random access.
uint64_t cor_stream_padding(struct cor_stream *stream, uint64_t from, uint64_t to);

// Frees the window and everything else; accepts NULL.
void cor_stream_close(struct cor_stream *stream);

// Makes a stream ready for the next entry of a container; the window is kept.
void cor_stream_reset(struct cor_stream *stream, uint64_t size);

// Sources. NULL when memory is out. The file descriptor is the stream's from then on, the memory
// too when `owned`. Bytes read from the file are added to *consumed.
struct cor_stream *cor_stream_file(int fd, uint64_t size, uint64_t *consumed);
struct cor_stream *cor_stream_memory(unsigned char *data, size_t size, bool owned);

// The rest of `below` as a stream of its own.
struct cor_stream *cor_stream_rest(struct cor_stream *below);

// `size` bytes at `offset` of a stream that has random access.
struct cor_stream *cor_stream_range(struct cor_stream *below, uint64_t offset, uint64_t size);

// `below` once more: what there is of it, held in memory while it fits, and then with random
// access. What does not fit follows as it comes. COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_stream_replay(struct cor_stream *below, uint64_t memory,
                                                 struct cor_stream **ret_stream);

// Reads `below` to its end, into memory while it fits into `memory`, else into an unlinked
// temporary file, and gives that as a stream with random access. A failure of `below` is no
// failure of this: the new stream holds what there was. COR_NOMEM, COR_IO.
COR_MUST_CHECK enum cor_status cor_stream_spool(struct cor_stream *below, uint64_t memory,
                                                struct cor_stream **ret_stream);

#endif
