// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The rows of the table of formats.
#ifndef COR_INTAKE_FORMATS_ROWS_H
#define COR_INTAKE_FORMATS_ROWS_H

#include "intake/format.h"

extern const struct cor_format cor_format_gzip, cor_format_bzip2, cor_format_xz, cor_format_lzma,
    cor_format_lzip, cor_format_zstd, cor_format_lz4, cor_format_lz4_legacy, cor_format_lzop;
extern const struct cor_format cor_format_rpm, cor_format_bzimage;
extern const struct cor_format cor_format_vmtar, cor_format_squashfs;
extern const struct cor_format cor_format_uimage, cor_format_dtb, cor_format_arm_zimage,
    cor_format_s390_image, cor_format_mips_vmlinuz, cor_format_efi_zboot, cor_format_uki,
    cor_format_android_boot, cor_format_android_vendor_boot, cor_format_trx, cor_format_chk,
    cor_format_firmware, cor_format_android_sparse;
extern const struct cor_format cor_format_romfs, cor_format_cramfs, cor_format_jffs2,
    cor_format_ubi, cor_format_ubifs, cor_format_erofs;
extern const struct cor_format cor_format_mbr, cor_format_gpt, cor_format_apm, cor_format_fat,
    cor_format_exfat, cor_format_ext, cor_format_ntfs, cor_format_hfs_plus;
extern const struct cor_format cor_format_tar, cor_format_cpio, cor_format_zip, cor_format_7z,
    cor_format_iso9660, cor_format_ar, cor_format_rar, cor_format_rar5, cor_format_cab,
    cor_format_xar, cor_format_lha, cor_format_vib, cor_format_esxi_signature;

extern const struct cor_format cor_format_vmdk, cor_format_ewf, cor_format_intel_hex,
    cor_format_srec, cor_format_appimage, cor_format_udf, cor_format_elf_payload;
extern const struct cor_format cor_format_text_objects;

#endif
