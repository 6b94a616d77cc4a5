// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The case: everything an audit found out, as the case file keeps it and the reports read it.
// Texts live in the arena; the lists, in their final order, go with cor_case_dispose().
#ifndef COR_MODEL_CASE_H
#define COR_MODEL_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/array.h"
#include "model/member.h"
#include "model/terms.h"

// How many symbols fall into each class. Where `known` is false the total is unknown (a component
// without a symbol table): `total` and all classes are then 0 and the JSON report says null.
struct cor_tally {
    bool known;
    uint64_t total;
    uint64_t of[COR_CLASS_COUNT];
};

// A folder of the release that functions of a component come from.
struct cor_case_folder {
    const char *folder;
    uint32_t functions; // with a body there and nowhere else
};

struct cor_case_component {
    uint32_t id, input, same_as; // same_as: 0 when the bytes are the first of their kind
    enum cor_role role;
    enum cor_kind kind;
    const char *path, *name;
    const char *machine; // NULL when unknown
    const char *sha256;  // hex
    uint64_t size;
    const char *licence, *licence_where; // NULL when not declared
    const char *reason;                  // why it, or its defined side, is undetermined; NULL
    const char *build_id, *soname, *compiler, *vermagic; // NULL when unknown
    const char *undefined_table, *defined_table;         // ".symtab", ".dynsym", "kallsyms"; NULL
    const char *banner;    // of a Linux kernel, compiler included; NULL
    uint64_t config_lines; // options set in the configuration that a kernel carries
    uint64_t exports;      // to modules
    bool has_source;       // at least one of its own functions has a released body
    struct cor_tally undefined, defined;
    uint64_t relocation_rows;
    const char *given_name; // what the header of the gzip layer around it calls it; NULL
    COR_ARRAY(struct cor_case_folder) folders; // most functions first
    uint32_t excuse;                           // as of a symbol
};

struct cor_case_need {
    uint32_t component;
    uint32_t row; // index of the undefined row in the component's table
    bool weak;
};

struct cor_case_provider {
    uint32_t component;
    const char *section;
    uint64_t address, size;
    const char *how; // the linking rule that binds it: "kernel-global", "elf-dynamic", ...
};

struct cor_case_reference {
    uint32_t component;
    const char *section;
    uint64_t offset;
    const char *type;
    int64_t addend;
    enum cor_refkind kind;
    const char *function, *instruction, *bytes; // NULL when unknown
    const char *source_file, *source_function;  // where released code makes it; NULL
    uint32_t source_line;
    enum cor_line_by source_by;
    const char *source_others; // AMBIGUOUS: the places, each a line "FILE:LINE FUNCTION"
    // The link proof: the instruction with the provider's address in place, when the patched
    // section is loaded so that the instruction stands at `place`, and where it then leads.
    const char *after, *after_bytes; // NULL: not proved, and `unproved` may say why
    uint64_t place, target;
    const char *unproved;
};

// A place in the source. Fields that do not apply are NULL or 0.
struct cor_case_place {
    uint32_t input;
    const char *file; // the source file's path
    uint32_t line;
    const char *function;  // calls: the enclosing function
    const char *how;       // definitions: the how-word; namesakes: why it is none
    const char *through;   // definitions: by which macro or generator; calls: via
    enum cor_refkind kind; // calls
    bool active;
    uint32_t excerpt_line; // first line of the excerpt
    const char *excerpt;   // five source lines around it, raw bytes; NULL
};

// A comment of the release that says where a body is.
struct cor_case_admission {
    uint32_t input;
    const char *file;
    uint32_t line;
    const char *text;   // in one line
    uint32_t component; // that it names, or 0
    const char *word;   // by which word; NULL
};

// A source file that the case names, and what it says of its own licence.
struct cor_case_source_file {
    uint32_t input;
    const char *path;    // as places name it
    const char *licence; // its SPDX tag; NULL
    const char *notice;  // where it has no tag: its own words, on one line; NULL
    uint32_t line;       // of the tag or the notice; 0: the file says nothing
};

// One row for one name, class and set of providers.
struct cor_case_symbol {
    const char *name;
    enum cor_class class_;
    const char *reason; // NULL only where the class says it all
    unsigned flags;     // enum cor_flag
    bool finding;
    enum cor_direction direction;
    bool data;
    bool full;       // false: a released or toolchain row, kept compactly (no evidence)
    uint32_t excuse; // number of the excuse by which it does not count, 1, 2, ...; 0: it counts
    COR_ARRAY(struct cor_case_need) needed_by;
    COR_ARRAY(struct cor_case_provider) providers;
    COR_ARRAY(struct cor_case_reference) references;
    COR_ARRAY(struct cor_case_place) definitions;
    COR_ARRAY(struct cor_case_place) namesakes;
    COR_ARRAY(struct cor_case_place) declarations;
    COR_ARRAY(struct cor_case_place) calls;
    COR_ARRAY(struct cor_case_admission) admissions;
};

// A use of released code by a component without any released body.
struct cor_case_crossing {
    uint32_t component, provider;
    const char *name;
    const char *section; // NULL: no reference was found
    uint64_t offset;
    const char *type;
    enum cor_refkind kind;
    const char *function, *instruction;
};

// A function that a component defines, that nobody needs and that has no released body.
struct cor_case_function {
    uint32_t component;
    const char *name;
    enum cor_class class_;
    const char *reason;
    const char *section;
    uint64_t address, size;
    bool finding;
    uint32_t excuse; // as of a symbol
};

// How many names one component needs of another.
struct cor_case_edge {
    uint32_t from, to;
    uint64_t names;
};

// Components joined by links into one program.
struct cor_case_work {
    COR_ARRAY(uint32_t) components; // ids
    uint64_t links;
    COR_ARRAY(const char *) licences;
    COR_ARRAY(uint32_t) missing;           // ids of members without any released body
    COR_ARRAY(struct cor_case_edge) edges; // by from, to
};

struct cor_case_source {
    uint64_t files, bytes; // all source files
    uint64_t c_files, assembly_files, other_files;
    uint64_t definitions; // bodies found
};

// What the audit was told beside its inputs, so that it can be made again. Names may repeat.
struct cor_case_option {
    const char *name, *value; // "exclude", "*.o"
};

// Why findings do not count for the exit status: a decision of the user's, or an earlier case that
// had them. What it excuses keeps its class and stays a finding.
struct cor_case_excuse {
    const char *kind;            // "baseline", "waiver", "out-of-scope" or "system"
    const char *name;            // of the excused name; NULL: any
    const char *component;       // of its component; NULL: any
    const char *reason, *author; // NULL: a baseline
    const char *expires;         // the last day it counts, "2027-01-31"; NULL: a baseline
    bool expired;                // it excuses nothing any more
    uint64_t uses;               // rows that it excuses
};

struct cor_case {
    struct cor_arena arena;
    const char *tool_name, *tool_version;
    COR_ARRAY(struct cor_case_option) options;
    COR_ARRAY(struct cor_case_excuse) excuses;
    COR_ARRAY(struct cor_input) inputs;
    COR_ARRAY(struct cor_member) members; // of every role; in path order within each input
    struct cor_case_source source;
    COR_ARRAY(struct cor_case_component) components;     // ids 1, 2, ... in order
    COR_ARRAY(struct cor_case_source_file) source_files; // by input, path
    COR_ARRAY(struct cor_case_symbol) symbols;           // by name, class, providers
    COR_ARRAY(struct cor_case_function) functions;       // by component, name, address
    COR_ARRAY(struct cor_case_work) works;
    COR_ARRAY(struct cor_case_crossing) crossings; // by component, name, section, offset
    COR_ARRAY(const char *) notes; // whole sentences: contradictions, caps, what was not judged
    struct cor_tally undefined, defined;             // sums over the components that count
    uint64_t component_total;                        // components that count in the totals
    uint64_t names;                                  // distinct needed names
    uint64_t outside;                                // a release alone: names that neither side has
    uint64_t findings, undetermined;                 // for the exit status
    uint64_t excused_findings, excused_undetermined; // of these, the excused ones
};

void cor_case_init(struct cor_case *case_);
void cor_case_dispose(struct cor_case *case_);

const struct cor_case_component *cor_case_component_by_id(const struct cor_case *case_,
                                                          uint32_t id);

// The excuse of that number, or NULL for 0 and for a number that there is not.
const struct cor_case_excuse *cor_case_excuse_by_number(const struct cor_case *case_,
                                                        uint32_t number);

// The source file that a place names, or NULL.
const struct cor_case_source_file *cor_case_source_file(const struct cor_case *case_,
                                                        uint32_t input, const char *path);

// The first value of an option, or NULL.
const char *cor_case_option(const struct cor_case *case_, const char *name);

// Adds `more` to `sum`; an unknown tally adds nothing.
void cor_tally_add(struct cor_tally *sum, const struct cor_tally *more);

#endif
