// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// boot.cfg of ESXi's loader: "key=value" lines, "#" comments; kernel=/path names the kernel. Names
// on an ISO may differ in case.
#include <string.h>
#include <strings.h>

#include "audit/pipeline.h"

static enum cor_status keep_kernel(struct cor_pipeline *pipeline, struct cor_slice value)
{
    const char *slash = memrchr(value.data, '/', value.size);
    if (slash) {
        size_t before = (size_t)(slash + 1 - value.data);
        value = cor_slice(slash + 1, value.size - before);
    }
    if (!value.size)
        return COR_OK;
    pthread_mutex_lock(&pipeline->product_lock);
    const char *name = cor_arena_text(&pipeline->product.arena, value);
    enum cor_status status =
        name ? cor_array_add(&pipeline->product.boot_kernels, name) : COR_NOMEM;
    pthread_mutex_unlock(&pipeline->product_lock);
    return status;
}

enum cor_status cor_pipeline_read_boot(struct cor_pipeline *pipeline, const struct cor_leaf *leaf)
{
    const char *path = leaf->member->path;
    size_t length = strlen(path);
    if (length < 9 || strcasecmp(path + length - 8, "boot.cfg") != 0)
        return COR_OK;
    struct cor_slice rest = cor_slice((const char *)leaf->bytes, leaf->size);
    enum cor_status status = COR_OK;
    while (status == COR_OK && rest.size) {
        const char *end = memchr(rest.data, '\n', rest.size);
        size_t size = end ? (size_t)(end - rest.data) : rest.size;
        struct cor_slice line = cor_slice_trim(cor_slice(rest.data, size));
        rest = end ? cor_slice(end + 1, rest.size - size - 1) : cor_slice(NULL, 0);
        if (cor_slice_starts(line, COR_SLICE("kernel=")))
            status = keep_kernel(pipeline, cor_slice_trim(cor_slice(line.data + 7, line.size - 7)));
    }
    return status;
}
