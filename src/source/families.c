// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Macros that need special knowledge.
#include "source/macros.h"

// Never expanded: they make no names, and their arguments are long.
static const char *const opaque[] = {
    "TP_STRUCT__entry",
    "TP_fast_assign",
    "TP_printk",
    "MODULE_LICENSE",
    "MODULE_AUTHOR",
    "MODULE_DESCRIPTION",
    "MODULE_ALIAS",
    "MODULE_VERSION",
    "MODULE_FIRMWARE",
    "MODULE_PARM_DESC",
    "MODULE_INFO",
    "MODULE_SOFTDEP",
    "MODULE_IMPORT_NS",
    "MODULE_DEVICE_TABLE",
    "MODULE_SUPPORTED_DEVICE",
    "MODULE_ALIAS_NETPROTO",
    "MODULE_ALIAS_CRYPTO",
    "EXPORT_SYMBOL",
    "EXPORT_SYMBOL_GPL",
    "EXPORT_SYMBOL_NS",
    "EXPORT_SYMBOL_NS_GPL",
    "EXPORT_PER_CPU_SYMBOL",
    "EXPORT_PER_CPU_SYMBOL_GPL",
    "EXPORT_UNUSED_SYMBOL",
    "EXPORT_SYMBOL_GPL_FUTURE",
    "EXPORT_SYMBOL_FOR_TESTS_ONLY",
    "BUILD_BUG_ON",
    "static_assert",
    "_Static_assert",
    "BUILD_BUG_ON_ZERO",
    "ALLOW_ERROR_INJECTION",
    "NOKPROBE_SYMBOL",
};

bool cor_macro_is_opaque(struct cor_slice name)
{
    if (name.size < 9)
        return false;
    static const char firsts[] = "TMEBs_AN";
    if (!memchr(firsts, name.data[0], sizeof firsts - 1))
        return false;
    for (size_t i = 0; i < sizeof opaque / sizeof *opaque; i++)
        if (cor_slice_same(name, cor_slice_text(opaque[i])))
            return true;
    return false;
}

bool cor_macro_is_list(struct cor_slice name)
{
    return cor_slice_same(name, COR_SLICE("TP_PROTO")) ||
           cor_slice_same(name, COR_SLICE("TP_ARGS"));
}
