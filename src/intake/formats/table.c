// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A format is one file and one row here; its page, its test folder and its fuzz target follow.
#include "intake/formats/rows.h"

const struct cor_format *const cor_formats[] = {
    &cor_format_gzip,
    &cor_format_bzip2,
    &cor_format_xz,
    &cor_format_lzma,
    &cor_format_lzip,
    &cor_format_zstd,
    &cor_format_lz4,
    &cor_format_lz4_legacy,
    &cor_format_lzop,
    &cor_format_rpm,
    &cor_format_bzimage,
    &cor_format_vmtar,
    &cor_format_squashfs,
    &cor_format_tar,
    &cor_format_cpio,
    &cor_format_zip,
    &cor_format_7z,
    &cor_format_iso9660,
    &cor_format_ar,
    &cor_format_rar,
    &cor_format_rar5,
    &cor_format_cab,
    &cor_format_xar,
    &cor_format_lha,
    NULL,
};
