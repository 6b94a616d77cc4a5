// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <archive.h>
#include <bzlib.h>
#include <capstone/capstone.h>
#include <elfutils/version.h>
#include <jansson.h>
#include <lz4.h>
#include <lzma.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <zlib.h>
#include <zstd.h>

#include "cli/cli.h"

void cor_print_version(FILE *out)
{
    int major, minor;
    cs_version(&major, &minor);
    fprintf(out, "correspond %s\n", COR_VERSION);
    fprintf(out, "  %s\n  elfutils %d\n  capstone %d.%d\n  SQLite %s\n  jansson %s\n",
            archive_version_string(), _ELFUTILS_VERSION, major, minor, sqlite3_libversion(),
            JANSSON_VERSION);
    fprintf(out, "  zlib %s\n  bzip2 %s\n  liblzma %s\n  zstd %s\n  lz4 %s\n  %s\n", zlibVersion(),
            BZ2_bzlibVersion(), lzma_version_string(), ZSTD_versionString(), LZ4_versionString(),
            OpenSSL_version(OPENSSL_VERSION));
}
