// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Where a format ends, by what its header says: what stands behind is no part of it. 0 where the
// header does not tell.
#ifndef COR_INTAKE_FORMATS_EXTENTS_H
#define COR_INTAKE_FORMATS_EXTENTS_H

#include "intake/format.h"

uint64_t cor_extent_7z(const unsigned char *head, size_t size);
uint64_t cor_extent_bzimage(const unsigned char *head, size_t size);
uint64_t cor_extent_cab(const unsigned char *head, size_t size);
uint64_t cor_extent_iso9660(const unsigned char *head, size_t size);
uint64_t cor_extent_exfat(const unsigned char *head, size_t size);
uint64_t cor_extent_ext(const unsigned char *head, size_t size);
uint64_t cor_extent_fat(const unsigned char *head, size_t size);
uint64_t cor_extent_hfs_plus(const unsigned char *head, size_t size);
uint64_t cor_extent_ntfs(const unsigned char *head, size_t size);
uint64_t cor_extent_ubifs(const unsigned char *head, size_t size);

// The end of a zip archive's last directory that makes sense.
uint64_t cor_zip_end(struct cor_stream *stream);

// The end of a rar5 archive's end mark: libarchive stops behind the sum that begins it, at `at`.
uint64_t cor_rar5_end(struct cor_stream *stream, uint64_t at);

// The end of the last run that a xar archive's table tells of; COR_UNSUPPORTED, COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_xar_end(struct cor_stream *stream, uint64_t *ret_end);

#endif
