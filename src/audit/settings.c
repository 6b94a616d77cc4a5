// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Text files by which the product tells its loaders what is where: kept for the linkage.
#include <fnmatch.h>
#include <string.h>

#include "audit/pipeline.h"

static const struct {
    const char *pattern; // over the end of the path
    enum cor_setting_kind kind;
} patterns[] = {
    {"*/modules.dep", COR_SETTING_MODULES_DEP},
    {"*/modules.symbols", COR_SETTING_MODULES_SYMBOLS},
    {"*/Module.symvers", COR_SETTING_MODULE_SYMVERS},
    {"*/etc/ld.so.conf", COR_SETTING_LD_CONF},
    {"*/etc/ld.so.conf.d/*.conf", COR_SETTING_LD_CONF_PART},
    {"*/etc/ld.so.preload", COR_SETTING_LD_PRELOAD},
    {"*/etc/ld-musl-*.path", COR_SETTING_LD_MUSL_PATH},
};

bool cor_pipeline_is_setting(const char *path, enum cor_setting_kind *ret_kind)
{
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        if (fnmatch(patterns[i].pattern, path, 0) != 0)
            continue;
        *ret_kind = patterns[i].kind;
        return true;
    }
    return false;
}

enum cor_status cor_pipeline_keep_setting(struct cor_pipeline *pipeline,
                                          const struct cor_leaf *leaf)
{
    struct cor_setting setting = {.path = leaf->member->path};
    if (!cor_pipeline_is_setting(setting.path, &setting.kind))
        return COR_OK;
    pthread_mutex_lock(&pipeline->product_lock);
    setting.text =
        cor_arena_text(&pipeline->product.arena, cor_slice((const char *)leaf->bytes, leaf->size));
    enum cor_status status =
        setting.text ? cor_array_add(&pipeline->product.settings, setting) : COR_NOMEM;
    pthread_mutex_unlock(&pipeline->product_lock);
    return status;
}
