// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Why a definition of the right name is no body of the symbol: one row each.
#include "verdict/body.h"

#include <elf.h>
#include <string.h>

struct namesake_rule {
    const char *why;
    bool (*applies)(const struct cor_body_query *query, const struct cor_definition *definition,
                    const struct cor_source_file *file);
};

static bool is_global(const struct cor_body_query *query)
{
    return !query->symbol || query->symbol->binding != COR_BIND_LOCAL;
}

static bool is_strong(const struct cor_body_query *query)
{
    return query->symbol && query->symbol->binding == COR_BIND_GLOBAL;
}

static bool never_compiled(const struct cor_body_query *query,
                           const struct cor_definition *definition,
                           const struct cor_source_file *file)
{
    (void)query, (void)file;
    return !definition->active;
}

static bool is_static(const struct cor_body_query *query, const struct cor_definition *definition,
                      const struct cor_source_file *file)
{
    (void)file;
    return is_global(query) && definition->linkage == COR_LINKAGE_INTERNAL;
}

static bool is_inline(const struct cor_body_query *query, const struct cor_definition *definition,
                      const struct cor_source_file *file)
{
    (void)file;
    bool merged = query->symbol && query->symbol->binding != COR_BIND_GLOBAL;
    return is_global(query) && definition->linkage == COR_LINKAGE_INLINE && !merged;
}

static bool is_weak(const struct cor_body_query *query, const struct cor_definition *definition,
                    const struct cor_source_file *file)
{
    (void)file;
    return is_strong(query) && definition->linkage == COR_LINKAGE_WEAK;
}

// Only where the source says plainly what the name is: a label or an alias may be either.
static bool says_what_it_is(const struct cor_definition *definition)
{
    return definition->how == COR_HOW_PLAIN || definition->how == COR_HOW_DATA ||
           definition->how == COR_HOW_PATCH || definition->how == COR_HOW_RENAMED;
}

static bool is_data(const struct cor_body_query *query, const struct cor_definition *definition,
                    const struct cor_source_file *file)
{
    (void)file;
    return query->symbol && cor_symbol_is_function(query->symbol) && definition->data &&
           says_what_it_is(definition);
}

static bool is_function(const struct cor_body_query *query, const struct cor_definition *definition,
                        const struct cor_source_file *file)
{
    (void)file;
    if (!query->symbol || query->symbol->type != COR_SYMBOL_OBJECT)
        return false;
    bool of_class = strncmp(query->name->text, "_ZT", 3) == 0; // made where the class is
    return !of_class && !definition->data && says_what_it_is(definition);
}

// Folder names of processor families, each with the machines that build code from it.
static const struct {
    const char *folder;
    uint16_t machines[4];
} families[] = {
    {"alpha", {EM_ALPHA}},
    {"arc", {EM_ARC, EM_ARC_COMPACT, 195 /* EM_ARC_COMPACT2 */}},
    {"arm", {EM_ARM, EM_AARCH64}},
    {"arm64", {EM_AARCH64, EM_ARM}},
    {"aarch64", {EM_AARCH64, EM_ARM}},
    {"csky", {EM_CSKY}},
    {"hexagon", {EM_QDSP6}},
    {"i386", {EM_386, EM_X86_64}},
    {"ia64", {EM_IA_64}},
    {"loongarch", {EM_LOONGARCH}},
    {"m68k", {EM_68K}},
    {"microblaze", {EM_MICROBLAZE}},
    {"mips", {EM_MIPS, EM_MIPS_RS3_LE}},
    {"nios2", {EM_ALTERA_NIOS2}},
    {"openrisc", {EM_OPENRISC}},
    {"parisc", {EM_PARISC}},
    {"powerpc", {EM_PPC, EM_PPC64}},
    {"ppc", {EM_PPC, EM_PPC64}},
    {"riscv", {EM_RISCV}},
    {"s390", {EM_S390}},
    {"sh", {EM_SH}},
    {"sparc", {EM_SPARC, EM_SPARCV9, EM_SPARC32PLUS}},
    {"x86", {EM_386, EM_X86_64}},
    {"x86_64", {EM_X86_64, EM_386}},
    {"xtensa", {EM_XTENSA}},
};

static bool builds_from(uint16_t machine, struct cor_slice folder)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        if (!cor_slice_same(folder, cor_slice_text(families[i].folder)))
            continue;
        for (size_t k = 0; k < 4; k++)
            if (families[i].machines[k] == machine)
                return true;
        return false;
    }
    return true;
}

static bool is_foreign(const struct cor_body_query *query, const struct cor_definition *definition,
                       const struct cor_source_file *file)
{
    static const char *const roots[] = {"arch/", "sysdeps/"};
    (void)definition;
    if (!query->component->elf_machine)
        return false;
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        const char *root = strstr(file->path, roots[i]);
        if (!root || (root != file->path && root[-1] != '/'))
            continue;
        const char *folder = root + strlen(roots[i]);
        const char *end = strchr(folder, '/');
        if (end &&
            !builds_from(query->component->elf_machine, cor_slice(folder, (size_t)(end - folder))))
            return true;
    }
    return false;
}

static const struct namesake_rule rules[] = {
    {"it stands in a branch that is never compiled", never_compiled},
    {"it is static, the symbol is global", is_static},
    {"it is an inline function, which makes no global symbol", is_inline},
    {"it is weak, the provider's symbol is strong", is_weak},
    {"it is data, the symbol is a function", is_data},
    {"it is a function, the symbol is data", is_function},
    {"it stands in another processor's folder", is_foreign},
};

const char *cor_namesake_why(const struct cor_body_query *query,
                             const struct cor_definition *definition,
                             const struct cor_source_file *file)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].applies(query, definition, file))
            return rules[i].why;
    return NULL;
}
