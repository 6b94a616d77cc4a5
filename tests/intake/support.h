// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the tests of this floor share: a folder for recipes, walks whose outcome is a text, and
// writers for formats without a stock tool.
#ifndef COR_TESTS_INTAKE_SUPPORT_H
#define COR_TESTS_INTAKE_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "intake/walk.h"

// A new empty folder, made the current one; removed at exit.
void support_enter(void);

// Runs a shell recipe there; false and the recipe on stdout when it fails.
bool support_run(const char *recipe);

// Writes or reads a whole file. Aborts the test program when that fails.
void support_write(const char *path, const void *data, size_t size);
unsigned char *support_read(const char *path, size_t *ret_size); // freed with free()

struct support_walk {
    unsigned workers; // 0: 1
    const struct cor_limits *limits;
    const char *const *exclude;
    size_t exclude_count;
    const char *const *only;
    size_t only_count;
    bool nobody_wants;         // the visitor wants none
    enum cor_status leaf_says; // what the visitor returns
};

struct support_result {
    enum cor_status status;
    size_t members, unread, visited, bytes;
    char text[1 << 16];    // one line for each member: "path format size state reason"
    char leaves[1 << 15];  // one line for each visited leaf: "path size", sorted
    char notes[1 << 14];   // one line for each member's note, and for each of the walk
    char digests[1 << 16]; // one line for each hashed member: "path hex"
    size_t cuts;           // members of the walked file that stand plainly in it
    bool cuts_hold;        // each of these has the digest of the run it claims to be
    bool apart;            // no two of them share a byte
    bool hashes_hold;      // each visited leaf's hash is that of its bytes
};

// Walks one path, after cor_input_open().
void support_walk(const char *path, const struct support_walk *how, struct support_result *result);

// Whether some line of `text` begins with this; whole lines when it ends with "\n".
bool support_has(const char *text, const char *line);

// Whether a member has the digest of a file.
bool support_same(const struct support_result *result, const char *member, const char *file);

// Whether some member has it.
bool support_holds(const struct support_result *result, const char *file);

// Writers. All take the tree that support_tree() makes.
void support_tree(void); // tree/a.c, tree/sub/b.txt, tree/sub/empty
void support_vmtar(const char *path, const char *tree_elf); // "mod" of type '7' among others
void support_lzop(const char *from, const char *to);
void support_lzip(const char *from, const char *to);
void support_bzimage(const char *payload, const char *to);
void support_zimage(const char *payload, const char *to);
void support_s390_image(const char *payload, const char *to);
void support_mips_vmlinuz(const char *payload, const char *to); // NULL: without one
void support_zboot(const char *payload, const char *to);
void support_uki(const char *kernel, const char *initrd, const char *to);
void support_trx(const char *first, const char *second, const char *to);
void support_chk(const char *payload, const char *to);
void support_boot_v4(const char *kernel, const char *ramdisk, const char *to);
void support_vendor_v4(const char *first, const char *second, const char *to);
void support_rpm(const char *payload, const char *to);
void support_lha(const char *to);
void support_rar(const char *to);
void support_rar5(const char *to);
void support_libarchive(const char *format, const char *to);

#endif
