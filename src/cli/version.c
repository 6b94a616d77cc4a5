// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <archive.h>
#include <bzlib.h>
#include <capstone/capstone.h>
#include <elfutils/version.h>
#include <jansson.h>
#include <libfdt.h>
#include <lz4.h>
#include <lzma.h>
#include <lzo/lzoconf.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <tsk/libtsk.h>
#include <zlib.h>
#include <zstd.h>

#include "base/sandbox.h"
#include "cli/cli.h"

static void print_sandbox(FILE *out)
{
    char text[64];
    struct cor_sandbox_state state = cor_sandbox_look();
    cor_sandbox_describe(&state, text, sizeof text);
    fprintf(out, "sandbox on this kernel: %s\n", text);
}

void cor_print_version(FILE *out)
{
    int major, minor;
    cs_version(&major, &minor);
    fprintf(out, "correspond %s\n", COR_VERSION);
    fprintf(out, "  %s\n  elfutils %d\n  capstone %d.%d\n  SQLite %s\n  jansson %s\n",
            archive_version_string(), _ELFUTILS_VERSION, major, minor, sqlite3_libversion(),
            JANSSON_VERSION);
    fprintf(out, "  zlib %s\n  bzip2 %s\n  liblzma %s\n  zstd %s\n  lz4 %s\n  lzo %s\n  %s\n",
            zlibVersion(), BZ2_bzlibVersion(), lzma_version_string(), ZSTD_versionString(),
            LZ4_versionString(), lzo_version_string(), OpenSSL_version(OPENSSL_VERSION));
    // These two tell their versions to the build alone, or not at all.
    fprintf(out,
            "  libsquashfs %s\n  The Sleuth Kit %s\n  libfdt (device trees up to version %d)\n",
            COR_SQUASHFS_VERSION, tsk_version_get_str(), FDT_LAST_SUPPORTED_VERSION);
    print_sandbox(out);
}
