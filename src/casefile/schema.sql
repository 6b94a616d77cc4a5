-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The correspond authors
--
-- The case file, version 2. Made once by `correspond audit`, never changed afterwards: a reader
-- refuses a file whose schema is not this text.
--
-- Text is the bytes that stood in the inputs: it may be no valid UTF-8, and holds no NUL.
-- Numbers of the closed lists (class, kind, role, ...) are explained by the table `term`.
-- Addresses, sizes and offsets above 2^63 are stored as the negative number with the same 64 bits;
-- printf('0x%x', address) shows them as one expects. An absent text, and an index of nothing, is
-- NULL. `ordinal` counts from 0 within the owner and keeps the order.

PRAGMA application_id = 1668248178; -- "corr"
PRAGMA user_version = 2;

-- How many rows each table has, so that a file that lost some is seen.
CREATE TABLE row_count (
    name TEXT PRIMARY KEY,
    rows INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The words of the closed lists. The list 'flag' names bits: flags & (1 << number).
CREATE TABLE term (
    list TEXT NOT NULL,
    number INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (list, number)
) STRICT, WITHOUT ROWID;

-- One row: the tool, what of source was read, the sums. *_known = 0: the total is unknown.
CREATE TABLE summary (
    id INTEGER PRIMARY KEY,
    tool_name TEXT, tool_version TEXT,
    source_files INTEGER NOT NULL, source_bytes INTEGER NOT NULL,
    c_files INTEGER NOT NULL, assembly_files INTEGER NOT NULL, other_files INTEGER NOT NULL,
    definitions INTEGER NOT NULL,
    undefined_known INTEGER NOT NULL, undefined_total INTEGER NOT NULL,
    undefined_released INTEGER NOT NULL, undefined_prebuilt INTEGER NOT NULL,
    undefined_binary_only INTEGER NOT NULL, undefined_unresolved INTEGER NOT NULL,
    undefined_toolchain INTEGER NOT NULL, undefined_undetermined INTEGER NOT NULL,
    defined_known INTEGER NOT NULL, defined_total INTEGER NOT NULL,
    defined_released INTEGER NOT NULL, defined_prebuilt INTEGER NOT NULL,
    defined_binary_only INTEGER NOT NULL, defined_unresolved INTEGER NOT NULL,
    defined_toolchain INTEGER NOT NULL, defined_undetermined INTEGER NOT NULL,
    component_total INTEGER NOT NULL, names INTEGER NOT NULL, outside INTEGER NOT NULL,
    findings INTEGER NOT NULL, undetermined INTEGER NOT NULL,
    excused_findings INTEGER NOT NULL, excused_undetermined INTEGER NOT NULL
) STRICT;

-- What the audit was told beside its inputs; id counts from 0. Names may repeat.
CREATE TABLE option (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, value TEXT
) STRICT;

-- Why rows do not count for the exit status: an entry of a policy file, or an earlier case. name
-- and component are patterns; NULL: any. Columns called `excuse` hold an id of this table, or 0.
CREATE TABLE excuse (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL, -- baseline, waiver, out-of-scope, system
    name TEXT, component TEXT, reason TEXT, author TEXT, expires TEXT,
    expired INTEGER NOT NULL, uses INTEGER NOT NULL
) STRICT;

-- What the user named; id counts from 0 in the given order.
CREATE TABLE input (
    id INTEGER PRIMARY KEY,
    role INTEGER NOT NULL, number INTEGER NOT NULL, -- $SHIPPED1 is role 0, number 1
    path TEXT NOT NULL, name TEXT NOT NULL, folder INTEGER NOT NULL, size INTEGER NOT NULL,
    sha1 TEXT NOT NULL, sha256 TEXT NOT NULL        -- lower-case hex; empty for a folder
) STRICT;

-- Every file found, at any depth; id counts from 0. parent: the member it was found in.
CREATE TABLE member (
    id INTEGER PRIMARY KEY,
    input INTEGER, parent INTEGER,
    path TEXT NOT NULL, format TEXT, size INTEGER NOT NULL,
    sha256 BLOB, -- 32 bytes; NULL: not hashed
    state INTEGER NOT NULL, reason TEXT,
    may_hide_source INTEGER NOT NULL, may_hide_code INTEGER NOT NULL,
    given_name TEXT, -- what the layer's own header calls its content
    cut INTEGER NOT NULL, cut_offset INTEGER NOT NULL -- cut: stands at this offset of the parent
) STRICT;

-- Linkable objects; id is the component's id.
CREATE TABLE component (
    id INTEGER PRIMARY KEY,
    input INTEGER, same_as INTEGER NOT NULL, -- 0: the first with these bytes
    role INTEGER NOT NULL, kind INTEGER NOT NULL,
    path TEXT NOT NULL, name TEXT NOT NULL, machine TEXT, sha256 TEXT, size INTEGER NOT NULL,
    licence TEXT, licence_where TEXT, reason TEXT,
    build_id TEXT, soname TEXT, compiler TEXT, vermagic TEXT,
    undefined_table TEXT, defined_table TEXT,
    banner TEXT, config_lines INTEGER NOT NULL, exports INTEGER NOT NULL, -- of a Linux kernel
    has_source INTEGER NOT NULL,
    undefined_known INTEGER NOT NULL, undefined_total INTEGER NOT NULL,
    undefined_released INTEGER NOT NULL, undefined_prebuilt INTEGER NOT NULL,
    undefined_binary_only INTEGER NOT NULL, undefined_unresolved INTEGER NOT NULL,
    undefined_toolchain INTEGER NOT NULL, undefined_undetermined INTEGER NOT NULL,
    defined_known INTEGER NOT NULL, defined_total INTEGER NOT NULL,
    defined_released INTEGER NOT NULL, defined_prebuilt INTEGER NOT NULL,
    defined_binary_only INTEGER NOT NULL, defined_unresolved INTEGER NOT NULL,
    defined_toolchain INTEGER NOT NULL, defined_undetermined INTEGER NOT NULL,
    relocation_rows INTEGER NOT NULL,
    given_name TEXT, -- what the header of the gzip layer around it calls it
    excuse INTEGER NOT NULL
) STRICT;

-- The folders of the release that a component's functions come from.
CREATE TABLE component_folder (
    component INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    folder TEXT NOT NULL, functions INTEGER NOT NULL,
    PRIMARY KEY (component, ordinal)
) STRICT, WITHOUT ROWID;

-- The source files that the lists of places name, and what each says of its own licence: its SPDX
-- tag, or without one its words; line 0: nothing was found.
CREATE TABLE source_file (
    id INTEGER PRIMARY KEY,
    input INTEGER, path TEXT NOT NULL, licence TEXT, notice TEXT, line INTEGER NOT NULL
) STRICT;

-- One row for one needed name, class and set of providers. complete = 0: a compact row of a
-- released or toolchain symbol; it has rows in need, and few or none in the other lists.
CREATE TABLE symbol (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, class INTEGER NOT NULL, reason TEXT, flags INTEGER NOT NULL,
    finding INTEGER NOT NULL, direction INTEGER NOT NULL, data INTEGER NOT NULL,
    complete INTEGER NOT NULL, excuse INTEGER NOT NULL
) STRICT;

-- The components that need a symbol, and the row of their undefined symbol.
CREATE TABLE need (
    symbol INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    component INTEGER NOT NULL, table_row INTEGER NOT NULL, weak INTEGER NOT NULL,
    PRIMARY KEY (symbol, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE provider (
    symbol INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    component INTEGER NOT NULL, section TEXT, address INTEGER NOT NULL, size INTEGER NOT NULL,
    how TEXT,
    PRIMARY KEY (symbol, ordinal)
) STRICT, WITHOUT ROWID;

-- Relocation rows and decoded calls.
CREATE TABLE reference (
    symbol INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    component INTEGER NOT NULL, section TEXT, patch_offset INTEGER NOT NULL, type TEXT,
    addend INTEGER NOT NULL, kind INTEGER NOT NULL,
    function TEXT, instruction TEXT, bytes TEXT,
    source_file TEXT, source_function TEXT, source_line INTEGER NOT NULL,
    source_by INTEGER NOT NULL, source_others TEXT,
    after TEXT, after_bytes TEXT, place INTEGER NOT NULL, target INTEGER NOT NULL, unproved TEXT,
    PRIMARY KEY (symbol, ordinal)
) STRICT, WITHOUT ROWID;

-- Four lists of places in the source, alike in their columns.
CREATE TABLE definition (
    symbol INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    input INTEGER, file TEXT, line INTEGER NOT NULL, function TEXT, how TEXT, through TEXT,
    kind INTEGER NOT NULL, active INTEGER NOT NULL, excerpt_line INTEGER NOT NULL, excerpt TEXT,
    PRIMARY KEY (symbol, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE namesake (
    symbol INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    input INTEGER, file TEXT, line INTEGER NOT NULL, function TEXT, how TEXT, through TEXT,
    kind INTEGER NOT NULL, active INTEGER NOT NULL, excerpt_line INTEGER NOT NULL, excerpt TEXT,
    PRIMARY KEY (symbol, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE declaration (
    symbol INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    input INTEGER, file TEXT, line INTEGER NOT NULL, function TEXT, how TEXT, through TEXT,
    kind INTEGER NOT NULL, active INTEGER NOT NULL, excerpt_line INTEGER NOT NULL, excerpt TEXT,
    PRIMARY KEY (symbol, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_call (
    symbol INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    input INTEGER, file TEXT, line INTEGER NOT NULL, function TEXT, how TEXT, through TEXT,
    kind INTEGER NOT NULL, active INTEGER NOT NULL, excerpt_line INTEGER NOT NULL, excerpt TEXT,
    PRIMARY KEY (symbol, ordinal)
) STRICT, WITHOUT ROWID;

-- Comments of the release that say where a symbol's body is; component 0: they name none.
CREATE TABLE admission (
    symbol INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    input INTEGER, file TEXT NOT NULL, line INTEGER NOT NULL, text TEXT NOT NULL,
    component INTEGER NOT NULL, word TEXT,
    PRIMARY KEY (symbol, ordinal)
) STRICT, WITHOUT ROWID;

-- Functions that a component defines, nobody needs, and that have no released body.
CREATE TABLE function (
    id INTEGER PRIMARY KEY,
    component INTEGER NOT NULL, name TEXT NOT NULL, class INTEGER NOT NULL, reason TEXT,
    section TEXT, address INTEGER NOT NULL, size INTEGER NOT NULL, finding INTEGER NOT NULL,
    excuse INTEGER NOT NULL
) STRICT;

-- Combined works: components joined by links.
CREATE TABLE work (
    id INTEGER PRIMARY KEY,
    links INTEGER NOT NULL
) STRICT;

CREATE TABLE work_component (
    work INTEGER NOT NULL, ordinal INTEGER NOT NULL, component INTEGER NOT NULL,
    PRIMARY KEY (work, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE work_licence (
    work INTEGER NOT NULL, ordinal INTEGER NOT NULL, licence TEXT NOT NULL,
    PRIMARY KEY (work, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE work_missing (
    work INTEGER NOT NULL, ordinal INTEGER NOT NULL, component INTEGER NOT NULL,
    PRIMARY KEY (work, ordinal)
) STRICT, WITHOUT ROWID;

-- How many names one component of a work needs of another.
CREATE TABLE work_edge (
    work INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    from_component INTEGER NOT NULL, to_component INTEGER NOT NULL, names INTEGER NOT NULL,
    PRIMARY KEY (work, ordinal)
) STRICT, WITHOUT ROWID;

-- What components without any released body use of released code; section NULL: no reference found.
CREATE TABLE crossing (
    id INTEGER PRIMARY KEY,
    component INTEGER NOT NULL, provider INTEGER NOT NULL, name TEXT NOT NULL,
    section TEXT, patch_offset INTEGER NOT NULL, type TEXT, kind INTEGER NOT NULL,
    function TEXT, instruction TEXT
) STRICT;

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    sentence TEXT NOT NULL
) STRICT;

-- For people: the same with words for numbers.
CREATE VIEW symbol_view AS
SELECT symbol.id, symbol.name, class_term.word AS class, symbol.reason, symbol.finding,
       direction_term.word AS direction,
       (SELECT group_concat(word, ' ') FROM term
         WHERE list = 'flag' AND (symbol.flags >> number) & 1) AS flags,
       (SELECT count(*) FROM need WHERE need.symbol = symbol.id) AS needed_by,
       (SELECT group_concat(component.name, ' ') FROM provider
          JOIN component ON component.id = provider.component
         WHERE provider.symbol = symbol.id) AS providers
  FROM symbol
  JOIN term AS class_term ON class_term.list = 'class' AND class_term.number = symbol.class
  JOIN term AS direction_term
    ON direction_term.list = 'direction' AND direction_term.number = symbol.direction;

CREATE VIEW finding_view AS SELECT * FROM symbol_view WHERE finding;

CREATE VIEW component_view AS
SELECT component.id, role_term.word AS role, kind_term.word AS kind, component.name,
       component.path, component.machine, component.licence, component.reason,
       undefined_total, undefined_released, undefined_prebuilt, undefined_binary_only,
       undefined_unresolved, undefined_toolchain, undefined_undetermined,
       iif(defined_known, defined_total, NULL) AS defined_total,
       iif(defined_known, defined_released, NULL) AS defined_released
  FROM component
  JOIN term AS role_term ON role_term.list = 'role' AND role_term.number = component.role
  JOIN term AS kind_term ON kind_term.list = 'kind' AND kind_term.number = component.kind;
