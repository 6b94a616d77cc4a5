// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "recipes.h"

#include <stdlib.h>

#define TGZ "tar -cf - tree | gzip -nc >tree.tgz;"
#define FIT                                                                                        \
    TGZ "echo '/dts-v1/; / { description = \"x\"; #address-cells = <1>; images { k-1 { data ="     \
        "/incbin/(\"tree.tgz\"); type = \"kernel\"; arch = \"arm\"; os = \"linux\"; compression =" \
        "\"gzip\"; load = <0>; entry = <0>; }; }; configurations { default = \"c\"; c { kernel ="  \
        "\"k-1\"; }; }; };' >t.its;"

static void write_lzop(const char *file)
{
    support_lzop("tree/sub/b.txt", file);
}

static void write_lzip(const char *file)
{
    support_lzip("tree/sub/b.txt", file);
}

static void write_xar(const char *file)
{
    support_libarchive("xar", file);
}

static void write_7z(const char *file)
{
    support_libarchive("7zip", file);
}

static void write_odc(const char *file)
{
    support_libarchive("odc", file);
}

static void write_binary_cpio(const char *file)
{
    support_libarchive("bin", file);
}

static void write_bzimage(const char *file)
{
    support_bzimage("tree/sub/b.txt", file);
}

static void write_zimage(const char *file)
{
    support_run(TGZ);
    support_zimage("tree.tgz", file);
}

static void write_s390_image(const char *file)
{
    support_run(TGZ);
    support_s390_image("tree.tgz", file);
}

static void write_mips_vmlinuz(const char *file)
{
    support_run(TGZ);
    support_mips_vmlinuz("tree.tgz", file);
}

static void write_zboot(const char *file)
{
    support_zboot("tree.tgz", file);
}

static void write_uki(const char *file)
{
    support_uki("tree/a.c", "tree.tgz", file);
}

static void write_trx(const char *file)
{
    support_trx("tree/a.c", "tree.tgz", file);
}

static void write_chk(const char *file)
{
    support_chk("t.trx", file);
}

static void write_boot_v4(const char *file)
{
    support_boot_v4("tree/a.c", "tree.tgz", file);
}

static void write_vendor_v4(const char *file)
{
    support_vendor_v4("tree/a.c", "tree.tgz", file);
}

static void write_rpm(const char *file)
{
    support_run("find tree -type f | cpio -o -H newc | gzip -nc >payload");
    support_rpm("payload", file);
}

#define MBR                                                                                        \
    "rm -f t.mbr; head -c 51200 /dev/zero >t.mbr; cat t.fat >>t.mbr;"                              \
    "printf '\\200\\0\\1\\0\\6\\0\\1\\0\\144\\0\\0\\0\\40\\3\\0\\0' | dd of=t.mbr bs=1 seek=446 "  \
    "conv=notrunc;"                                                                                \
    "printf '\\125\\252' | dd of=t.mbr bs=1 seek=510 conv=notrunc"
#define MKSQUASHFS(to, options)                                                                    \
    "mksquashfs tree " to " -noappend -quiet -no-progress -processors 1 -comp " options

const struct recipe recipes[] = {
    {"gzip", "t.gz", "gzip -c tree/sub/b.txt >t.gz", .prefix = "="},
    {"bzip2", "t.bz2", "bzip2 -c tree/sub/b.txt >t.bz2", .prefix = "="},
    {"xz", "t.xz", "xz -c tree/sub/b.txt >t.xz", .prefix = "="},
    {"xz", "blocks.xz", "xz -c -T2 --block-size=2000 tree/sub/b.txt >blocks.xz", .prefix = "="},
    {"lzma", "t.lzma", "xz -c --format=lzma tree/sub/b.txt >t.lzma", .prefix = "="},
    {"zstd", "t.zst", "zstd -q -c tree/sub/b.txt >t.zst", .prefix = "="},
    {"lz4", "t.lz4", "lz4 -q -c tree/sub/b.txt >t.lz4", .prefix = "="},
    {"lz4-legacy", "t.lz4l", "lz4 -q -l -c tree/sub/b.txt >t.lz4l", .prefix = "=", .seam = true},
    {"lzop", "t.lzo", .write = write_lzop, .prefix = "="},
    {"lzip", "t.lz", .write = write_lzip, .prefix = "="},
    {"bzimage", "vmlinuz", .write = write_bzimage, .prefix = "=", .cuts = 1},
    {"tar", "t.tar", "tar -cf t.tar tree", .prefix = "!/tree/", .cuts = 3},
    {"tar", "v7.tar", "tar -cf v7.tar --format=v7 tree", .prefix = "!/tree/", .cuts = 3},
    {"tar", "pax.tar", "tar -cf pax.tar --format=posix ./tree", .prefix = "!/tree/", .cuts = 3},
    {"cpio", "t.cpio", "find tree | cpio -o -H newc >t.cpio", .prefix = "!/tree/", .cuts = 3},
    {"cpio", "crc.cpio", "find tree | cpio -o -H crc >crc.cpio", .prefix = "!/tree/", .cuts = 3},
    {"cpio", "odc.cpio", .write = write_odc, .prefix = "!/tree/", .cuts = 3},
    {"cpio", "bin.cpio", .write = write_binary_cpio, .prefix = "!/tree/", .cuts = 3},
    {"zip", "t.zip", "rm -f t.zip; zip -q -r t.zip tree", .prefix = "!/tree/"},
    {"zip", "stream.zip", "zip -q -r - tree | cat >stream.zip", .prefix = "!/tree/"},
    {"7z", "t.7z", "rm -f t.7z; 7z a t.7z tree", .prefix = "!/tree/"},
    {"7z", "la.7z", .write = write_7z, .prefix = "!/tree/"},
    {"iso9660", "rr.iso", "xorriso -as mkisofs -quiet -R -o rr.iso tree", .prefix = "!/",
     .cuts = 3},
    {"iso9660", "joliet.iso", "xorriso -as mkisofs -quiet -J -o joliet.iso tree", .prefix = "!/",
     .cuts = 3},
    {"iso9660", "bridge.iso", "genisoimage -quiet -udf -R -o bridge.iso tree", .prefix = "!/",
     .cuts = 3},
    {"udf", "t.udf",
     "cp bridge.iso t.udf; dd if=/dev/zero of=t.udf bs=2048 seek=16 count=1 conv=notrunc",
     .prefix = "!/", .cuts = 3},
    {"ar", "t.a", "rm -f t.a; ar rcS t.a tree/a.c tree/sub/*", .prefix = "ar", .seam = true,
     .cuts = 3},
    {"vib", "t.vib",
     "echo '<vib><file-list/><payloads><payload name=\"x\"/></payloads></vib>' >descriptor.xml;"
     "rm -f t.vib; ar rcS t.vib descriptor.xml tree/a.c tree/sub/*",
     .prefix = "ar", .cuts = 4, .more = 1},
    {"squashfs", "gz.sqfs", MKSQUASHFS("gz.sqfs", "gzip"), .prefix = "!/"},
    {"squashfs", "xz.sqfs", MKSQUASHFS("xz.sqfs", "xz -Xbcj x86"), .prefix = "!/"},
    {"squashfs", "lzo.sqfs", MKSQUASHFS("lzo.sqfs", "lzo"), .prefix = "!/"},
    {"squashfs", "lz4.sqfs", MKSQUASHFS("lz4.sqfs", "lz4 -b 4096 -no-fragments"), .prefix = "!/"},
    {"squashfs", "zstd.sqfs", MKSQUASHFS("zstd.sqfs", "zstd -noI"), .prefix = "!/"},
    {"romfs", "t.romfs", "genromfs -d tree -f t.romfs", .prefix = "!/", .cuts = 3},
    {"cramfs", "little.cramfs", "mkfs.cramfs -N little tree little.cramfs", .prefix = "!/"},
    {"cramfs", "big.cramfs", "mkfs.cramfs -p -N big tree big.cramfs", .prefix = "!/"},
    {"jffs2", "t.jffs2", "mkfs.jffs2 -l -r tree -o t.jffs2", .prefix = "!/", .seam = true},
    {"jffs2", "big.jffs2", "mkfs.jffs2 -b -e 64KiB -n -r tree -o big.jffs2", .prefix = "!/",
     .seam = true},
    {"jffs2", "lzo.jffs2", "mkfs.jffs2 -l -x zlib -X lzo -y 90:lzo -r tree -o lzo.jffs2",
     .seam = true, .prefix = "!/"},
    {"jffs2", "rtime.jffs2", "mkfs.jffs2 -l -x zlib -x lzo -r tree -o rtime.jffs2", .prefix = "!/",
     .seam = true},
    {"ubifs", "t.ubifs", "mkfs.ubifs -m 512 -e 15360 -c 100 -r tree -o t.ubifs", .prefix = "!/"},
    {"ubifs", "zlib.ubifs", "mkfs.ubifs -m 2048 -e 126976 -c 40 -x zlib -r tree -o zlib.ubifs",
     .prefix = "!/"},
    {"ubifs", "zstd.ubifs", "mkfs.ubifs -m 512 -e 15360 -c 100 -x zstd -r tree -o zstd.ubifs",
     .prefix = "!/"},
    {"ubi", "t.ubi",
     "printf '[a]\\nmode=ubi\\nimage=t.ubifs\\nvol_id=0\\nvol_size=1MiB\\nvol_type=dynamic\\n"
     "vol_name=rootfs\\n[b]\\nmode=ubi\\nimage=tree/a.c\\nvol_id=3\\nvol_size=16KiB\\n"
     "vol_type=static\\nvol_name=small\\n' >ubi.ini; ubinize -o t.ubi -m 512 -p 16KiB ubi.ini",
     .prefix = "!/rootfs!/", .more = 1},
    {"erofs", "t.erofs", "mkfs.erofs t.erofs tree", .prefix = "!/", .cuts = 2},
    {"erofs", "chunks.erofs", "mkfs.erofs --chunksize=4096 chunks.erofs tree", .prefix = "!/"},
    {"erofs", "lz4.erofs", "mkfs.erofs -zlz4 lz4.erofs tree", .prefix = "!/", .cuts = 2},
    {"erofs", "lz4hc.erofs", "mkfs.erofs -zlz4hc,9 -C16384 lz4hc.erofs tree", .prefix = "!/",
     .cuts = 2},
    {"erofs", "full.erofs", "mkfs.erofs -zlz4 -Elegacy-compress full.erofs tree", .prefix = "!/",
     .cuts = 2},
    {"erofs", "tail.erofs", "mkfs.erofs -zlz4hc -Eztailpacking tail.erofs tree", .prefix = "!/",
     .cuts = 1},
    {"uimage", "t.uimage", TGZ "mkimage -A arm -O linux -T kernel -C gzip -d tree.tgz t.uimage",
     .prefix = "!/payload!gzip!/tree/", .cuts = 1},
    {"uimage", "multi.uimage",
     TGZ "mkimage -A arm -O linux -T multi -C none -d tree.tgz:tree/a.c multi.uimage",
     .prefix = "!/image-0!gzip!/tree/", .cuts = 2, .more = 1},
    {"dtb", "t.itb", FIT "mkimage -f t.its t.itb", .prefix = "!/k-1!gzip!/tree/", .cuts = 1},
    {"dtb", "external.itb", FIT "mkimage -E -f t.its external.itb", .prefix = "!/k-1!gzip!/tree/",
     .cuts = 1},
    {"android-boot", "v0.boot", TGZ "mkbootimg --kernel tree.tgz --ramdisk tree/a.c -o v0.boot",
     .prefix = "!/kernel!gzip!/tree/", .cuts = 2, .more = 1},
    {"android-boot", "v2.boot",
     TGZ
     "mkbootimg --header_version 2 --kernel tree/a.c --dtb tree/a.c --ramdisk tree.tgz -o v2.boot",
     .prefix = "!/ramdisk!gzip!/tree/", .cuts = 3, .more = 2},
    {"android-boot", "v3.boot",
     TGZ "mkbootimg --header_version 3 --kernel tree/a.c --ramdisk tree.tgz -o v3.boot",
     .prefix = "!/ramdisk!gzip!/tree/", .cuts = 2, .more = 1},
    {"android-vendor-boot", "v3.vendor",
     TGZ "mkbootimg --header_version 3 --dtb tree/a.c --vendor_ramdisk tree.tgz --vendor_boot "
         "v3.vendor",
     .prefix = "!/vendor-ramdisk!gzip!/tree/", .cuts = 2, .more = 1},
    {"android-boot", "v4.boot", .write = write_boot_v4, .prefix = "!/ramdisk!gzip!/tree/",
     .cuts = 3, .more = 2},
    {"android-vendor-boot", "v4.vendor", .write = write_vendor_v4,
     .prefix = "!/vendor-ramdisk-main!gzip!/tree/", .cuts = 5, .more = 4},
    {"arm-zimage", "zImage", .write = write_zimage, .prefix = "!/payload!gzip!/tree/", .cuts = 2,
     .more = 2},
    {"s390-image", "vmlinuz.s390", .write = write_s390_image, .prefix = "!/payload!gzip!/tree/",
     .cuts = 2, .more = 1},
    {"mips-vmlinuz", "vmlinuz.mips", .write = write_mips_vmlinuz, .prefix = "!/payload!gzip!/tree/",
     .cuts = 2, .more = 1},
    {"efi-zboot", "vmlinuz.efi", .write = write_zboot, .prefix = "!/payload!gzip!/tree/", .cuts = 2,
     .more = 1},
    {"uki", "uki.efi", .write = write_uki, .prefix = "!/.initrd!gzip!/tree/", .cuts = 2, .more = 1},
    {"trx", "t.trx", .write = write_trx, .prefix = "!/part-1!gzip!/tree/", .cuts = 2, .more = 1},
    {"chk", "t.chk", .write = write_chk, .prefix = "!/kernel!/part-1!gzip!/tree/", .cuts = 1,
     .more = 1},
    {"fat", "t.fat",
     "rm -f t.fat; mkfs.vfat -C t.fat 400; mcopy -i t.fat -s tree/* ::", .prefix = "!/"},
    {"ext", "t.ext",
     "rm -f t.ext; mke2fs -q -t ext2 -d tree t.ext 300k; debugfs -w -R 'rmdir lost+found' t.ext",
     .prefix = "!/"},
    {"android-sparse", "t.simg", "img2simg t.ext t.simg 4096", .prefix = "!android-sparse!/"},
    {"intel-hex", "t.hex", TGZ "objcopy -I binary -O ihex tree.tgz t.hex",
     .prefix = "!/0x00000000!gzip!/tree/"},
    {"srec", "t.srec", TGZ "objcopy -I binary -O srec tree.tgz t.srec",
     .prefix = "!/0x00000000!gzip!/tree/"},
    {"vmdk", "sparse.vmdk", "qemu-img convert -O vmdk t.ext sparse.vmdk", .prefix = "!/disk!/"},
    {"vmdk", "stream.vmdk",
     "qemu-img convert -O vmdk -o subformat=streamOptimized t.ext stream.vmdk",
     .prefix = "!/disk!/"},
    {"ewf", "t.E01", "rm -f t.E01; ewfacquire -q -u -t t -f encase6 -c deflate:best t.ext",
     .prefix = "!/disk!/"},
    {"appimage", "t.AppImage",
     "printf 'int main(void){return 0;}' >r.c; gcc r.c -o t.AppImage; printf 'AI\\2' | dd "
     "of=t.AppImage bs=1 seek=8 conv=notrunc; cat gz.sqfs >>t.AppImage",
     .prefix = "!/payload!/", .cuts = 2, .more = 1},
    {"ewf", "stored.E01",
     "rm -f stored.E01; ewfacquire -q -u -t stored -f encase6 -c deflate:none t.ext",
     .prefix = "!/disk!/"},
    {"mbr", "t.mbr", MBR, .prefix = "!/partition-1!/", .cuts = 1},
    {"rpm", "t.rpm", .write = write_rpm, .prefix = "!rpm!gzip!/tree/", .cuts = 1},
    // libarchive writes 20 bytes behind the heap that the table does not name.
    {"xar", "t.xar", .write = write_xar, .prefix = "!/tree/", .cuts = 1, .more = 1},
    {"cab", "t.cab", "gcab -c t.cab tree/a.c tree/sub/*", .prefix = "!/tree/"},
    {"cab", "zip.cab", "gcab -z -c zip.cab tree/a.c tree/sub/*", .prefix = "!/tree/"},
    {"lha", "t.lha", .write = support_lha, .prefix = "!/tree/"},
    {"rar", "t.rar", .write = support_rar, .prefix = "!/tree/"},
    {"rar5", "t5.rar", .write = support_rar5, .prefix = "!/tree/"},
};
const size_t recipe_count = sizeof recipes / sizeof *recipes;

bool recipe_make(const struct recipe *recipe)
{
    if (recipe->make)
        return support_run(recipe->make);
    recipe->write(recipe->file);
    return true;
}
