// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/hash.h"

#include <openssl/evp.h>
#include <pthread.h>

#include "base/alloc.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static EVP_MD *methods[2];

// Fetched once: a fetch for each of 100,000 small files would cost more than hashing them.
static void fetch(void)
{
    methods[COR_SHA1] = EVP_MD_fetch(NULL, "SHA1", NULL);
    methods[COR_SHA256] = EVP_MD_fetch(NULL, "SHA256", NULL);
}

static const EVP_MD *method(enum cor_hash_kind kind)
{
    pthread_once(&once, fetch);
    return methods[kind];
}

struct cor_hash {
    EVP_MD_CTX *context;
    const EVP_MD *method;
};

struct cor_hash *cor_hash_new(enum cor_hash_kind kind)
{
    struct cor_hash *hash = cor_alloc_zero(1, sizeof *hash);
    if (!hash)
        return NULL;
    hash->method = method(kind);
    hash->context = EVP_MD_CTX_new();
    if (!hash->method || !hash->context ||
        EVP_DigestInit_ex2(hash->context, hash->method, NULL) != 1) {
        cor_hash_free(hash);
        return NULL;
    }
    return hash;
}

void cor_hash_free(struct cor_hash *hash)
{
    if (!hash)
        return;
    EVP_MD_CTX_free(hash->context);
    cor_free(hash);
}

void cor_hash_add(struct cor_hash *hash, const void *data, size_t size)
{
    if (size)
        (void)EVP_DigestUpdate(hash->context, data, size);
}

void cor_hash_end(struct cor_hash *hash, unsigned char *ret_digest)
{
    (void)EVP_DigestFinal_ex(hash->context, ret_digest, NULL);
    (void)EVP_DigestInit_ex2(hash->context, hash->method, NULL);
}

enum cor_status cor_sha256(const void *data, size_t size, unsigned char ret_digest[32])
{
    const EVP_MD *sha256 = method(COR_SHA256);
    if (!sha256 || EVP_Digest(size ? data : "", size, ret_digest, NULL, sha256, NULL) != 1)
        return COR_NOMEM;
    return COR_OK;
}

void cor_hex(const unsigned char *bytes, size_t size, char *ret_text)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        ret_text[2 * i] = digits[bytes[i] >> 4];
        ret_text[2 * i + 1] = digits[bytes[i] & 15];
    }
    ret_text[2 * size] = '\0';
}
