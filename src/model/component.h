// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Facts of one linkable object: what an ELF file says of itself. Everything is owned by the
// component's arena unless said otherwise; names are interned.
#ifndef COR_MODEL_COMPONENT_H
#define COR_MODEL_COMPONENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/names.h"
#include "model/member.h"
#include "model/print.h"
#include "model/terms.h"

// Which table the symbols were counted in.
enum cor_symbol_table { COR_TABLE_NONE, COR_TABLE_SYMTAB, COR_TABLE_DYNSYM, COR_TABLE_KALLSYMS };

// Values of ELF's STB_ and STT_ (gABI, chapter "Symbol Table"), widened to what we tell apart.
enum cor_binding { COR_BIND_LOCAL, COR_BIND_GLOBAL, COR_BIND_WEAK, COR_BIND_UNIQUE };
enum cor_symbol_type {
    COR_SYMBOL_NOTYPE,
    COR_SYMBOL_FUNCTION,
    COR_SYMBOL_IFUNC,
    COR_SYMBOL_OBJECT,
    COR_SYMBOL_TLS,
    COR_SYMBOL_COMMON,
    COR_SYMBOL_OTHER
};

// One row of the counted symbol table.
struct cor_symbol {
    const struct cor_name *name; // without a version suffix
    const char *version;         // NULL when unversioned
    const char *from; // undefined: the needed library that the version is of; NULL when unversioned
    uint64_t address; // st_value
    uint64_t size;
    uint32_t row;      // index in its table
    uint32_t section;  // index into sections; COR_NONE for undefined, absolute, common
    uint32_t file;     // index into files: the STT_FILE row before a local; COR_NONE
    uint8_t binding;   // enum cor_binding
    uint8_t type;      // enum cor_symbol_type
    bool hidden : 1;   // STV_HIDDEN or STV_INTERNAL: binds inside the component only
    bool exported : 1; // stands in .dynsym as a definition, or in the module's export table
    // Of rows of .dynsym, for linking:
    bool old_version : 1;   // "@", not "@@": not for those who link anew
    bool first_version : 1; // of the library's first version, which needs without one may take
    bool copied : 1;        // the loader copies another component's data here
    const struct cor_print *print; // of a function whose code was looked at; NULL
};

struct cor_export {
    const struct cor_name *name;
    bool gpl_only;
    const char *namespace_; // NULL when none
    uint32_t crc;           // of the symbol's types, where `has_crc`
    bool has_crc, has_address;
    uint64_t address;              // where `has_address`: a kernel's tables name it
    const struct cor_name *target; // ESXi: the symbol that is exported as `name`; itself: another
                                   // module's; NULL: no alias
};

// What a Linux module was built against: the checksum that a symbol's types had then.
struct cor_import {
    const struct cor_name *name;
    uint32_t crc;
};

struct cor_key_value {
    const char *key, *value;
};

struct cor_component {
    struct cor_arena arena;
    uint32_t id;      // 1, 2, ... in path order over all roles; 0 until numbered
    uint32_t input;   // index of the input
    uint32_t same_as; // id of the first component with the same bytes, else 0
    enum cor_role role;
    enum cor_kind kind;
    const char *path;     // the member's path
    const char *name;     // the last path part that is no filter's name
    const char *machine;  // "x86-64", "aarch64", "arm", "mips", ...; NULL when unknown
    uint16_t elf_machine; // EM_*; 0 when no ELF
    uint16_t elf_type;    // ET_*
    uint8_t elf_class;    // 32 or 64; 0 when no ELF
    bool big_endian;
    uint64_t file_size;
    unsigned char sha256[32];
    const char *unsupported; // why its symbols cannot be judged; NULL when they can
    const char *damage;      // what of it could not be read (a section out of range, ...); NULL

    enum cor_symbol_table undefined_table, defined_table;
    COR_ARRAY(struct cor_symbol) undefined; // every undefined row with index > 0 and a name
    COR_ARRAY(struct cor_symbol)
    defined; // every defined function or ifunc, LOCAL included, and
             // every other defined GLOBAL, WEAK or UNIQUE row
    COR_ARRAY(struct cor_symbol)
    dynamic;                              // .dynsym rows where .symtab was counted (linking goes
                                          // by these); empty when dynsym itself was counted
    COR_ARRAY(const char *) sections;     // names by index
    COR_ARRAY(const char *) files;        // STT_FILE names, in table order
    COR_ARRAY(struct cor_export) exports; // Linux: __ksymtab, __ksymtab_gpl
    COR_ARRAY(struct cor_import) imports; // Linux: __versions; by name
    const char *kernel_release;           // of a Linux kernel's banner: "6.1.0-9-amd64"; NULL
    const char *kernel_banner;            // all of it, compiler included; NULL
    const char *kernel_config;            // the text of the .config that the kernel carries; NULL
    COR_ARRAY(struct cor_key_value) modinfo;
    COR_ARRAY(const char *) needed; // DT_NEEDED in order
    COR_ARRAY(const char *)
    loads; // file names of libraries among the texts of a component that
           // loads libraries by name (dlopen), in order of their places
    const char *soname, *rpath, *runpath, *interpreter;
    const char *build_id; // lower-case hex
    const char *debuglink;
    uint32_t debuglink_crc;
    const char *compiler;                // first string of .comment
    const char *licence, *licence_where; // declared: the module's .modinfo licence, and its place
    uint64_t relocation_rows;            // all rows of all SHT_REL and SHT_RELA sections
    bool has_export_table;               // it carries a Linux or ESXi export or module section
    bool sorted;                         // undefined, defined and dynamic are in name order
};

// Functions count in defined.total; data rows do not.
static inline bool cor_symbol_is_function(const struct cor_symbol *symbol)
{
    return symbol->type == COR_SYMBOL_FUNCTION || symbol->type == COR_SYMBOL_IFUNC;
}

// NULL when memory is out. Freed with everything it owns.
struct cor_component *cor_component_new(void);
void cor_component_free(struct cor_component *component);

// The first value of `key` in the module's .modinfo, or NULL.
const char *cor_component_modinfo(const struct cor_component *component, const char *key);

// The archive (.a) that the component is a member of, as the beginning of its path, or NULL.
const char *cor_component_archive(const struct cor_component *component, size_t *ret_size);

// One relocation row (or, later, decoded call) that refers to a symbol of interest.
struct cor_reference {
    const struct cor_name *name; // the symbol referred to
    const char *section;         // the section that is patched: ".text"
    uint64_t offset;             // r_offset
    const char *type;            // "R_X86_64_PC32"
    int64_t addend;              // r_addend; for SHT_REL what stands in place, where it is known
    enum cor_refkind kind;
    const char *function;    // enclosing function symbol; NULL when none
    const char *instruction; // text, "call 0x...": NULL when not code or not decoded
    const char *bytes;       // the instruction's bytes in lower-case hex; NULL likewise
    uint64_t start;          // where the instruction begins, as `offset` counts
    uint32_t number;         // the type as the file has it; meaningless where there is no row
    bool compressed;         // decoded in the 16-bit instruction set of processors with two
    const char *string; // a text that is loaded before the instruction and after the last call;
                        // NULL when none is known
    // By debug information; the path as it says, NULL when there is none.
    const char *line_file, *line_function;
    uint32_t line;
};

#endif
