// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// SHA-1 and SHA-256, and lower-case hex.
#ifndef COR_INTAKE_HASH_H
#define COR_INTAKE_HASH_H

#include <stddef.h>

#include "base/status.h"

struct cor_hash;

enum cor_hash_kind { COR_SHA1, COR_SHA256 };

// NULL when memory is out.
struct cor_hash *cor_hash_new(enum cor_hash_kind kind);
void cor_hash_free(struct cor_hash *hash);
void cor_hash_add(struct cor_hash *hash, const void *data, size_t size);
// Writes 20 or 32 bytes and begins anew.
void cor_hash_end(struct cor_hash *hash, unsigned char *ret_digest);

// SHA-256 of one run of bytes.
COR_MUST_CHECK enum cor_status cor_sha256(const void *data, size_t size,
                                          unsigned char ret_digest[32]);

// Writes 2 * size characters and a NUL.
void cor_hex(const unsigned char *bytes, size_t size, char *ret_text);

#endif
