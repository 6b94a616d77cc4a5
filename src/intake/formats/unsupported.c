// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What is recognised and not read: whoever sees one of these knows that something could be in it.
#include <string.h>

#include "intake/format.h"

static unsigned bid_compress(const unsigned char *head, size_t size)
{
    return size > 3 && (head[2] & 0x60) == 0 && (head[2] & 0x1f) >= 9 && (head[2] & 0x1f) <= 16 ? 20
                                                                                                : 0;
}

#define NOT_READ(id, at, text, what, ...)                                                          \
    {                                                                                              \
        .name = (id), .magic = {(at), sizeof(text) - 1, (text)}, .unsupported = what ", not read", \
        __VA_ARGS__                                                                                \
    }

const struct cor_format cor_unsupported_formats[] = {
    NOT_READ("squashfs", 0, "hsqs", "squashfs file system of an old version", ),
    NOT_READ("squashfs", 0, "sqsh", "squashfs file system of an old version", ),
    NOT_READ("squashfs", 0, "shsq", "squashfs file system of a vendor's kind", ),
    NOT_READ("squashfs", 0, "qshs", "squashfs file system of a vendor's kind", ),
    NOT_READ("btrfs", 65600, "_BHRfS_M", "btrfs file system", ),
    NOT_READ("xfs", 0, "XFSB\0\0", "XFS file system", ),
    NOT_READ("f2fs", 1024, "\x10\x20\xf5\xf2", "F2FS file system", ),
    NOT_READ("cramfs", 0, "\x45\x3d\xcd\x28", "cramfs file system of an unknown kind", ),
    NOT_READ("cramfs", 0, "\x28\xcd\x3d\x45", "cramfs file system of an unknown kind", ),
    NOT_READ("ubi", 0, "UBI#", "UBI image of an unknown version", ),
    NOT_READ("ubifs", 0, "\x31\x18\x10\x06", "UBIFS file system with a damaged superblock", ),
    NOT_READ("yaffs2", 0, "\3\0\0\0\1\0\0\0\xff\xff", "YAFFS2 file system", ),
    NOT_READ("apfs", 32, "NXSB", "APFS container", ),
    NOT_READ("lvm", 512, "LABELONE", "LVM volume", ),
    NOT_READ("luks", 0, "LUKS\xba\xbe", "LUKS volume, encrypted", ),
    NOT_READ("qcow", 0, "QFI\xfb", "QCOW disk image", ),
    NOT_READ("vmdk", 0, "KDMV", "VMDK disk image of an unknown kind", ),
    NOT_READ("vmdk", 0, "COWD", "VMDK disk image of an unknown kind", ),
    NOT_READ("vhd", 0, "conectix", "VHD disk image", ),
    NOT_READ("vhdx", 0, "vhdxfile", "VHDX disk image", ),
    NOT_READ("vdi", 64, "\x7f\x10\xda\xbe", "VDI disk image", ),
    NOT_READ("ewf", 0, "EVF\x09\x0d\x0a\xff\0", "EWF disk image, one of several files", ),
    NOT_READ("wim", 0, "MSWIM\0\0\0", "Windows image", ),
    NOT_READ("android-sparse", 0, "\x3a\xff\x26\xed",
             "Android sparse image of an unknown version", ),
    NOT_READ("android-payload", 0, "CrAU", "Android update payload", ),
    NOT_READ("uimage", 0, "\x27\x05\x19\x56", "U-Boot image with a damaged header", ),
    NOT_READ("trx", 0, "HDR0", "TRX firmware image of an unknown kind", ),
    NOT_READ("chk", 0, "\x2a\x23\x24\x5e", "CHK firmware image of an unknown kind", ),
    NOT_READ("cab-installshield", 0, "ISc(", "InstallShield cabinet", ),
    NOT_READ("ole", 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE compound file (MSI, Office)", ),
    NOT_READ("stuffit", 0, "StuffIt ", "StuffIt archive", ),
    NOT_READ("stuffit", 0, "SIT!", "StuffIt archive", ),
    NOT_READ("ace", 7, "**ACE**", "ACE archive", ),
    NOT_READ("zoo", 20, "\xdc\xa7\xc4\xfd", "zoo archive", ),
    NOT_READ("compress", 0, "\x1f\x9d", "compress (.Z) data", .bid = bid_compress),
    NOT_READ("lrzip", 0, "LRZI", "lrzip data", ),
    NOT_READ("rzip", 0, "RZIP", "rzip data", ),
    NOT_READ("zpaq", 0, "7kSt\xa0\x31\x83\xd3", "ZPAQ archive", ),
    NOT_READ("lzfse", 0, "bvx2", "LZFSE data", ),
    NOT_READ("snappy", 0, "\xff\x06\0\0sNaPpY", "snappy data", ),
    NOT_READ("ar-thin", 0, "!<thin>\n", "thin archive: its members stand in other files", ),
    NOT_READ("ar-aix", 0, "<bigaf>\n", "AIX archive", ),
    NOT_READ("git-pack", 0, "PACK\0\0\0\2", "git pack", ),
    NOT_READ("git-bundle", 0, "# v2 git bundle\n", "git bundle", ),
    NOT_READ("git-bundle", 0, "# v3 git bundle\n", "git bundle", ),
    NOT_READ("deltarpm", 0, "drpm", "delta RPM", ),
    NOT_READ("cpio-stripped", 0, "07070X", "stripped cpio archive of an RPM package", ),
    NOT_READ("zip-spanned", 0, "PK\7\x08PK\3\4", "part of a split zip archive", ),
    NOT_READ("pgp", 0, "-----BEGIN PGP MESSAGE-----", "PGP message, encrypted", ),
    NOT_READ("openssl-enc", 0, "Salted__", "OpenSSL data, encrypted", ),
    NOT_READ("age", 0, "age-encryption.org/v1", "age data, encrypted", ),
};

const size_t cor_unsupported_count =
    sizeof cor_unsupported_formats / sizeof *cor_unsupported_formats;
