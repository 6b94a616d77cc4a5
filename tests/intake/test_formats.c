// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Every format: made by a stock tool or by our own recipe, opened to exactly the tree that went in.
#include "harness.h"

#include <stdlib.h>

#include "intake/hash.h"
#include "recipes.h"

static struct support_result result;

static void expect_leaf(const char *file, const char *prefix, const char *name, const char *from)
{
    char line[400], hex[65];
    unsigned char digest[32];
    size_t size;
    unsigned char *data = support_read(from, &size);
    CHECK(cor_sha256(data, size, digest) == COR_OK);
    free(data);
    cor_hex(digest, sizeof digest, hex);
    snprintf(line, sizeof line, "%s%s%s %zu\n", file, prefix, name, size);
    CHECK(support_has(result.leaves, line));
    snprintf(line, sizeof line, "%s%s%s %s\n", file, prefix, name, hex);
    CHECK(support_has(result.digests, line));
}

static void expect_tree(const struct recipe *recipe)
{
    char layer[64];
    if (*recipe->prefix == '=') {
        snprintf(layer, sizeof layer, "!%s", recipe->format);
        expect_leaf(recipe->file, layer, "", "tree/sub/b.txt");
        CHECK(result.visited == 1);
        return;
    }
    bool flat = strcmp(recipe->prefix, "ar") == 0;
    const char *prefix = flat ? "!/" : recipe->prefix;
    expect_leaf(recipe->file, prefix, "a.c", "tree/a.c");
    expect_leaf(recipe->file, prefix, flat ? "b.txt" : "sub/b.txt", "tree/sub/b.txt");
    expect_leaf(recipe->file, prefix, flat ? "empty" : "sub/empty", "tree/sub/empty");
    expect_leaf(recipe->file, prefix, flat ? "x" : "sub/x", "tree/sub/x");
    CHECK(result.visited == 4 + recipe->more);
}

TEST(each_format_opens_to_what_went_in)
{
    for (size_t i = 0; i < recipe_count; i++) {
        char line[100];
        if (!CHECK(recipe_make(&recipes[i])))
            continue;
        support_walk(recipes[i].file, NULL, &result);
        if (!CHECK(result.status == COR_OK && result.unread == 0 && result.hashes_hold))
            printf("# %s", result.text);
        if (!CHECK(result.cuts_hold && result.cuts == recipes[i].cuts))
            printf("# %zu of %s stand plainly\n", result.cuts, recipes[i].file);
        snprintf(line, sizeof line, "%s %s ", recipes[i].file, recipes[i].format);
        CHECK(support_has(result.text, line));
        expect_tree(&recipes[i]);
    }
}

// A filter hands its content to seeking formats through memory or, when it is large, through a
// temporary file.
TEST(each_format_opens_behind_a_filter)
{
    struct cor_limits limits = cor_default_limits;
    limits.held_bytes = 3000;
    const struct support_walk spooling = {.limits = &limits};
    for (size_t i = 0; i < recipe_count; i++) {
        char command[300], file[64];
        snprintf(file, sizeof file, "%s.outer", recipes[i].file);
        snprintf(command, sizeof command, "gzip -c %s >%s", recipes[i].file, file);
        CHECK(support_run(command));
        for (int j = 0; j < 2; j++) {
            support_walk(file, j ? &spooling : NULL, &result);
            CHECK(result.status == COR_OK && result.unread == 0 && result.hashes_hold);
            CHECK(result.visited == (*recipes[i].prefix == '=' ? 1 : 4 + recipes[i].more));
        }
    }
}

// The digest of a layer is the digest of its bytes, also where they are read out of order.
TEST(layers_are_hashed)
{
    static const char *const layers[][2] = {{"o.gz", "o.gz"},
                                            {"o.gz!gzip", "o.tar"},
                                            {"o.gz!gzip!/rr.iso", "rr.iso"},
                                            {"o.gz!gzip!/t.zip", "t.zip"},
                                            {"o.gz!gzip!/t.7z", "t.7z"},
                                            {"o.gz!gzip!/t.xz", "t.xz"},
                                            {"o.gz!gzip!/t.xz!xz", "tree/sub/b.txt"},
                                            {"o.gz!gzip!/t.tar", "t.tar"},
                                            {"o.gz!gzip!/t.zip!/tree/a.c", "tree/a.c"}};
    CHECK(support_run("tar -cf o.tar rr.iso t.zip t.7z t.xz t.tar; gzip -c o.tar >o.gz"));
    support_walk("o.gz", NULL, &result);
    CHECK(result.unread == 0);
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        unsigned char digest[32];
        char hex[65], line[200];
        size_t size;
        unsigned char *bytes = support_read(layers[i][1], &size);
        CHECK(cor_sha256(bytes, size, digest) == COR_OK);
        cor_hex(digest, 32, hex);
        snprintf(line, sizeof line, "%s %s\n", layers[i][0], hex);
        CHECK(support_has(result.digests, line));
        free(bytes);
    }
}

TEST(vmtar_loses_no_module)
{
    CHECK(support_run("printf 'int f(void){return 0;}' >m.c; gcc -c m.c -o m.o;"));
    support_vmtar("t.vmtar", "m.o");
    support_walk("t.vmtar", NULL, &result);
    CHECK(result.unread == 0 && result.visited == 2);
    CHECK(result.cuts == 2 && result.cuts_hold);
    CHECK(support_has(result.text, "t.vmtar vmtar "));
    CHECK(support_has(result.text, "t.vmtar!/etc/\xc3\xa4.conf text 6 read\n"));
    CHECK(support_has(result.text, "t.vmtar!/usr/lib/mod elf "));
    // What follows the archive is told.
    CHECK(support_run("(cat t.vmtar; head -c 1000 /dev/zero; echo more) >more.vmtar"));
    support_walk("more.vmtar", NULL, &result);
    CHECK(result.unread == 0 && support_has(result.leaves, "more.vmtar!trailer 5\n"));
    // The shapes of boot modules: gzip; gzip, xz and a trailer; gzip, zstd.
    CHECK(support_run("gzip -c t.vmtar >a.v00; xz -c t.vmtar >b.xz;"
                      "head -c 284 /dev/urandom | tr '\\0' x >>b.xz; gzip -c b.xz >b.v00;"
                      "zstd -qc t.vmtar | gzip -c >c.v00"));
    support_walk("a.v00", NULL, &result);
    CHECK(support_has(result.text, "a.v00!gzip!/usr/lib/mod elf "));
    support_walk("b.v00", NULL, &result);
    CHECK(result.unread == 0);
    CHECK(support_has(result.text, "b.v00!gzip!xz!/usr/lib/mod elf "));
    CHECK(support_has(result.text, "b.v00!gzip!trailer data 284 read\n"));
    support_walk("c.v00", NULL, &result);
    CHECK(support_has(result.text, "c.v00!gzip!zstd!/usr/lib/mod elf "));
}

TEST(kernel_image_opens_to_the_kernel)
{
    CHECK(support_run("xz -c --check=crc32 m.o >k.xz; printf '\\0\\4\\0\\0' >>k.xz"));
    support_bzimage("k.xz", "bzImage");
    support_walk("bzImage", NULL, &result);
    CHECK(result.unread == 0);
    CHECK(support_has(result.text, "bzImage!bzimage xz "));
    CHECK(support_has(result.text, "bzImage!bzimage!xz elf "));
}

TEST(a_program_without_a_kernel_stays_one)
{
    support_mips_vmlinuz(NULL, "boot.elf");
    support_walk("boot.elf", NULL, &result);
    CHECK(result.unread == 0 && result.visited == 1);
    CHECK(support_has(result.text, "boot.elf!/program elf "));
}

TEST(initramfs_parts_follow_one_another)
{
    CHECK(support_run("echo micro >micro; echo init >init; (echo micro | cpio -o -H newc;"
                      "head -c 512 /dev/zero; echo init | cpio -o -H newc | zstd -qc) >initrd"));
    support_walk("initrd", NULL, &result);
    CHECK(result.unread == 0 && result.visited == 2);
    CHECK(support_has(result.text, "initrd!/micro text 6 read\n"));
    CHECK(support_has(result.text, "initrd!trailer zstd "));
    CHECK(support_has(result.text, "initrd!trailer!zstd!/init text 5 read\n"));
}

TEST(initramfs_of_three_archives)
{
    CHECK(
        support_run("mkdir -p kernel/x86; echo early >kernel/x86/micro; echo main >main;"
                    "(find kernel -type f | cpio -o -H newc; head -c 1024 /dev/zero;"
                    "echo init | cpio -o -H newc; echo main | cpio -o -H newc | gzip -c) >three"));
    support_walk("three", NULL, &result);
    CHECK(result.unread == 0 && result.visited == 3 && result.cuts_hold && result.cuts == 2);
    CHECK(support_has(result.leaves, "three!/kernel/x86/micro 6\n"));
    CHECK(support_has(result.leaves, "three!trailer!/init 5\n"));
    CHECK(support_has(result.leaves, "three!trailer!trailer!gzip!/main 5\n"));
}

TEST(cpio_links_have_the_bytes_of_the_last_name)
{
    CHECK(support_run("rm -rf l; mkdir l; echo one >l/a; ln l/a l/b; ln l/a l/c; : >l/d;"
                      "ln l/d l/e; echo two >l/f; (cd l; printf 'a\\nd\\nb\\nf\\nc\\ne\\n' |"
                      "cpio -o -H newc >../links.cpio; ls | cpio -o -H odc >../odc.cpio)"));
    support_walk("links.cpio", NULL, &result);
    CHECK(result.unread == 0 && result.members == 7);
    CHECK_TEXT(result.leaves, "links.cpio!/c 4\nlinks.cpio!/e 0\nlinks.cpio!/f 4\n");
    CHECK(support_has(result.text, "links.cpio!/a hardlink 4 read\n"));
    CHECK(support_has(result.text, "links.cpio!/b hardlink 4 read\n"));
    CHECK(support_has(result.text, "links.cpio!/d hardlink 0 read\n"));
    support_walk("odc.cpio", NULL, &result);
    CHECK(result.unread == 0 && result.visited == 6 && result.bytes == 16);
}

TEST(cpio_fields_are_not_believed)
{
    size_t size;
    CHECK(support_run("echo tree/a.c | cpio -o -H crc >sum.cpio"));
    unsigned char *data = support_read("sum.cpio", &size);
    data[130] ^= 1;
    support_write("cut", data, size);
    support_walk("cut", NULL, &result);
    CHECK(result.unread == 1 && strstr(result.text, "do not have the stored sum"));
    memcpy(data + 6 + 8 * 11, "fffffff0", 8);
    support_write("cut", data, size);
    support_walk("cut", NULL, &result);
    CHECK(support_has(result.text, "cut cpio ") && strstr(result.text, "bad header at offset 0"));
    free(data);
}

TEST(squashfs_with_links_and_what_follows)
{
    CHECK(support_run("rm -rf sq; mkdir -p sq/d; echo one >sq/a; ln sq/a sq/d/b; ln -s a sq/s;"
                      "mkfifo sq/p; truncate -s 3M sq/hole; printf end >>sq/hole;"
                      "mksquashfs sq l.sqfs -noappend -quiet -no-progress; head -c 300 /dev/zero |"
                      "tr '\\0' '\\377' >>l.sqfs; echo more >>l.sqfs"));
    support_walk("l.sqfs", NULL, &result);
    CHECK(result.unread == 0 && result.hashes_hold && result.cuts == 1 && result.cuts_hold);
    CHECK_TEXT(result.leaves, "l.sqfs!/a 4\nl.sqfs!/hole 3145731\nl.sqfs!trailer 5\n");
    CHECK(support_has(result.text, "l.sqfs!/d/b hardlink 4 read\n"));
    CHECK(support_has(result.text, "l.sqfs!/p device 0 read"));
    CHECK(support_has(result.text, "l.sqfs!/s symlink 0 read"));
}

TEST(images_somewhere_in_flash)
{
    CHECK(support_run("(head -c 5000 /dev/urandom; printf 'hsqsHDR0'; cat t.uimage;"
                      "head -c 3000 /dev/zero | tr '\\0' '\\377'; cat gz.sqfs; printf more) >flash;"
                      "head -c 9000 flash >cutflash; head -c 5000 flash >noise"));
    support_walk("flash", NULL, &result);
    CHECK(result.unread == 0 && result.visited == 10 && result.cuts == 4 && result.cuts_hold);
    CHECK(support_has(result.leaves, "flash!/uimage-0x1390!/payload!gzip!/tree/sub/b.txt 8893\n"));
    CHECK(strstr(result.leaves, "flash!/squashfs-0x") && strstr(result.leaves, "/sub/b.txt"));
    support_walk("cutflash", NULL, &result);
    CHECK(result.unread == 0 && support_has(result.text, "cutflash data 9000 read\n"));
    support_walk("noise", NULL, &result);
    CHECK(result.unread == 0 && support_has(result.text, "noise data 5000 read\n"));
}

// Files that the ISO side does not name follow under "udf".
TEST(udf_beside_iso)
{
    CHECK(support_run("rm -rf ud; mkdir ud; cp -r tree ud; seq 1 99 >ud/hidden; seq 1 999 >ud/seen;"
                      "genisoimage -quiet -udf -R -hide hidden -o ud.iso ud"));
    support_walk("ud.iso", NULL, &result);
    CHECK(result.unread == 0 && result.visited == 6 && result.cuts_hold);
    CHECK(support_same(&result, "ud.iso!/seen", "ud/seen"));
    CHECK(support_same(&result, "ud.iso!/udf/hidden", "ud/hidden"));
    CHECK(support_run("dd if=/dev/zero of=ud.iso bs=2048 seek=256 count=1 conv=notrunc"));
    support_walk("ud.iso", NULL, &result);
    CHECK(result.unread == 1 && result.visited == 5 && strstr(result.text, "its UDF side: "));
}

TEST(images_of_every_kind_in_flash)
{
    CHECK(support_run("(printf s; head -c 4498 /dev/urandom; printf t; cat t.romfs; printf abc; "
                      "cat little.cramfs; printf de;"
                      "cat t.erofs; printf f; cat tree.tgz; printf ghi; cat t.itb; printf jk;"
                      "tar -cf - tree | xz -c; printf l; head -c 9 tree.tgz) >kinds"));
    support_walk("kinds", NULL, &result);
    CHECK(result.unread == 0 && result.cuts_hold && support_has(result.text, "kinds firmware "));
    static const char *const found[] = {
        "romfs-0x1194!/sub/b.txt", "cramfs-0x", "erofs-0x", "gzip-0x", "dtb-0x", "xz-0x"};
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        char line[100];
        snprintf(line, sizeof line, "kinds!/%s", found[i]);
        CHECK(support_has(result.leaves, line));
    }
    CHECK(support_has(result.leaves, "kinds!/gap-0x0 4500\n"));
    // Also where the data stand in a stream.
    CHECK(support_run("rm -f kinds.zip; zip -q kinds.zip kinds; tar -czf kinds.tgz kinds"));
    support_walk("kinds.zip", NULL, &result);
    CHECK(result.unread == 0 && result.hashes_hold);
    CHECK(support_same(&result, "kinds.zip!/kinds!/romfs-0x1194!/sub/b.txt", "tree/sub/b.txt"));
    CHECK(support_same(&result, "kinds.zip!/kinds", "kinds"));
    support_walk("kinds.tgz", NULL, &result);
    CHECK(
        support_same(&result, "kinds.tgz!gzip!/kinds!/romfs-0x1194!/sub/b.txt", "tree/sub/b.txt"));
    // A bare kernel keeps what is packed in it.
    CHECK(support_run(
        "(head -c 5000 /dev/urandom; printf 'Linux version 6.1.0 '; cat tree.tgz) >bare"));
    support_walk("bare", NULL, &result);
    CHECK(result.unread == 0 && result.members == 1);
}

// What package managers install from: made by the tools, or as they are documented.
TEST(packages_of_other_systems)
{
    static const char *const packages[][3] = {
#define RPM(payload, out)                                                                          \
    "rm -rf rb; mkdir rb; printf 'Name: p\\nVersion: 1\\nRelease: 1\\nSummary: p\\nLicense: "      \
    "MIT\\n'"                                                                                      \
    "'%%description\\np\\n%%install\\nmkdir -p %%{buildroot}/usr/share\\n'"                        \
    "\"cp -r $PWD/tree %%{buildroot}/usr/share/tree\\n%%files\\n/usr/share/tree\\n\" >p.spec;"     \
    "rpmbuild -bb --define \"_topdir $PWD/rb\" --define '_binary_payload " payload "' p.spec;"     \
    "cp rb/RPMS/*/*.rpm " out
        {"rpm, gzip", "gz.rpm", RPM("w9.gzdio", "gz.rpm")},
        {"rpm, xz", "xz.rpm", RPM("w6.xzdio", "xz.rpm")},
        {"rpm, zstd", "zst.rpm", RPM("w3.zstdio", "zst.rpm")},
        {"deb, xz", "xz.deb",
         "rm -rf db; mkdir -p db/DEBIAN; cp -r tree db; printf 'Package: p\\nVersion: 1\\n"
         "Architecture: all\\nMaintainer: x <x@x>\\nDescription: p\\n' >db/DEBIAN/control;"
         "dpkg-deb -Zxz -b db xz.deb; dpkg-deb -Zzstd -b db zst.deb || cp xz.deb zst.deb"},
        {"deb, zstd", "zst.deb", ":"},
        {"snap", "p.snap", "mksquashfs tree p.snap -noappend -quiet -no-progress -comp xz"},
        {"npm", "p.tgz", "rm -rf package; cp -r tree package; tar -czf p.tgz package"},
        {"wheel", "p-1-py3-none-any.whl",
         "rm -f p-1*.whl; mkdir -p p-1.dist-info; echo x >p-1.dist-info/METADATA;"
         "zip -q -r p-1-py3-none-any.whl tree p-1.dist-info"},
        {"jar", "p.jar",
         "mkdir -p META-INF; echo x >META-INF/MANIFEST.MF; rm -f p.jar p.war;"
         "zip -q -r p.jar META-INF tree; mkdir -p WEB-INF/lib; cp p.jar WEB-INF/lib;"
         "zip -q -r p.war WEB-INF META-INF"},
        {"war", "p.war", ":"},
        {"Android", "p.apk", "rm -f p.apk; zip -q -r p.apk META-INF tree"},
        {"Alpine", "alpine.apk",
         "(printf sign >.SIGN.RSA.x; tar -cf s.tar .SIGN.RSA.x; head -c 1024 s.tar | gzip -nc;"
         "echo x >.PKGINFO; tar -cf c.tar .PKGINFO; head -c 1024 c.tar | gzip -nc;"
         "tar -cf - tree | gzip -nc) >alpine.apk"},
        {"Alpine with end marks", "alpine2.apk",
         "(tar -czf - .SIGN.RSA.x; tar -czf - .PKGINFO; tar -czf - tree) >alpine2.apk"},
        {"ipk", "p.ipk",
         "echo 2.0 >debian-binary; tar -czf control.tar.gz .PKGINFO; tar -czf data.tar.gz tree;"
         "tar -czf p.ipk ./debian-binary ./data.tar.gz ./control.tar.gz"},
        {"ipk of ar", "ar.ipk",
         "rm -f ar.ipk; ar rc ar.ipk debian-binary data.tar.gz control.tar.gz"},
        {"pacman", "p.pkg.tar.zst", "tar -cf - .PKGINFO tree | zstd -qc >p.pkg.tar.zst"},
        {"AppImage 2", "p.AppImage",
         "printf 'int main(void){return 0;}' >r.c; gcc r.c -o runtime; cp runtime p.AppImage;"
         "printf 'AI\\2' | dd of=p.AppImage bs=1 seek=8 conv=notrunc; cat gz.sqfs >>p.AppImage"},
        {"AppImage 1", "one.AppImage",
         "xorriso -as mkisofs -quiet -R -o one.AppImage tree;"
         "head -c 8 runtime | dd of=one.AppImage conv=notrunc;"
         "printf 'AI\\1' | dd of=one.AppImage bs=1 seek=8 conv=notrunc"},
        {"unified kernel image", "u.efi",
         "gcc -c r.c -o r.o; objcopy -O pei-x86-64 --add-section .linux=runtime "
         "--set-section-flags "
         ".linux=readonly,data --change-section-vma .linux=0x20000 --add-section .initrd=tree.tgz "
         "--set-section-flags .initrd=readonly,data --change-section-vma .initrd=0x90000 r.o "
         "u.efi"},
        {"program with a payload", "self", "cp runtime self; cat tree.tgz >>self"},
    };
    for (size_t i = 0; i < sizeof packages / sizeof *packages; i++) {
        static const char *const files[] = {"a.c", "sub/b.txt", "sub/x", "sub/empty"};
        size_t found = 0;
        if (!CHECK(support_run(packages[i][2])))
            continue;
        support_walk(packages[i][1], NULL, &result);
        if (!CHECK(result.unread == 0 && result.hashes_hold && result.cuts_hold))
            printf("# %s\n%s", packages[i][0], result.text);
        for (size_t j = 0; j < sizeof files / sizeof *files; j++) {
            char from[64];
            snprintf(from, sizeof from, "tree/%s", files[j]);
            found += support_holds(&result, from);
        }
        if (!CHECK(found == 4))
            printf("# %s: %zu of the tree\n%s", packages[i][0], found, result.text);
    }
    support_walk("p.AppImage", NULL, &result);
    CHECK(support_has(result.text, "p.AppImage!/program elf "));
    support_walk("self", NULL, &result);
    CHECK(support_has(result.text, "self!/program elf "));
    // A program with a few bytes behind it stays one, whatever they are.
    CHECK(support_run("cp runtime tailed; printf '~Module signature appended~\\n' >>tailed"));
    support_walk("tailed", NULL, &result);
    CHECK(result.members == 1 && support_has(result.text, "tailed elf "));
}

TEST(debian_package)
{
    CHECK(support_run("echo 2.0 >debian-binary; tar -cJf control.tar.xz tree/a.c;"
                      "tar -czf data.tar.gz tree; rm -f t.deb;"
                      "ar rc t.deb debian-binary control.tar.xz data.tar.gz;"
                      "rm -f cut.deb; ar rc cut.deb debian-binary control.tar.xz"));
    support_walk("t.deb", NULL, &result);
    CHECK(result.unread == 0 && result.visited == 6);
    CHECK(support_has(result.text, "t.deb!/data.tar.gz!gzip!/tree/a.c text "));
    support_walk("cut.deb", NULL, &result);
    CHECK(support_has(result.text, "cut.deb ar "));
    CHECK(result.unread == 1 && strstr(result.text, "cut short after 2 entries"));
}

TEST(static_library_without_its_tables)
{
    CHECK(support_run("cp m.o a_rather_long_name_of_an_object.o; rm -f lib.a;"
                      "ar rcs lib.a m.o a_rather_long_name_of_an_object.o;"
                      "rm -f thin.a; ar rcsT thin.a m.o"));
    support_walk("lib.a", NULL, &result);
    CHECK(result.members == 3 && result.visited == 2);
    CHECK(support_has(result.text, "lib.a!/a_rather_long_name_of_an_object.o elf "));
    support_walk("thin.a", NULL, &result);
    CHECK(support_has(result.text, "thin.a ar-thin "));
    CHECK(result.unread == 1);
}

TEST(several_streams_and_what_follows)
{
    CHECK(support_run("(echo one | gzip -c; echo two | gzip -c) >two.gz;"
                      "(cat two.gz; head -c 100 /dev/zero) >pad.gz;"
                      "(cat two.gz; echo garbage) >trail.gz;"
                      "(echo one | xz -c; head -c 8 /dev/zero; echo two | xz -c) >two.xz;"
                      "(cat two.xz; echo garbage) >trail.xz;"
                      "(echo one | zstd -qc; echo two | zstd -qc; echo garbage) >trail.zst;"
                      "(echo one | lz4 -qc; echo two | lz4 -qc; echo garbage) >trail.lz4;"
                      "(echo one | bzip2 -c; echo two | bzip2 -c; echo garbage) >trail.bz2"));
    support_walk("pad.gz", NULL, &result);
    CHECK(result.members == 2 && support_has(result.leaves, "pad.gz!gzip 8\n"));
    static const char *const trailing[][2] = {{"trail.gz", "gzip"},
                                              {"trail.xz", "xz"},
                                              {"trail.zst", "zstd"},
                                              {"trail.lz4", "lz4"},
                                              {"trail.bz2", "bzip2"}};
    for (size_t i = 0; i < sizeof trailing / sizeof *trailing; i++) {
        char line[100];
        support_walk(trailing[i][0], NULL, &result);
        CHECK(result.unread == 0 && result.members == 3);
        snprintf(line, sizeof line, "%s!%s 8\n", trailing[i][0], trailing[i][1]);
        CHECK(support_has(result.leaves, line));
        snprintf(line, sizeof line, "%s!trailer 8\n", trailing[i][0]);
        CHECK(support_has(result.leaves, line));
    }
}

TEST(encrypted_entries)
{
    CHECK(support_run("rm -f e.zip e.7z h.7z; zip -q -P secret e.zip tree/a.c;"
                      "zip -q e.zip tree/sub/b.txt; 7z a -psecret e.7z tree/a.c;"
                      "7z a -psecret -mhe=on h.7z tree/a.c"));
    support_walk("e.zip", NULL, &result);
    CHECK(result.status == COR_OK && result.visited == 1 && result.unread == 1);
    CHECK(strstr(result.text, "source code unhashed: encrypted\n") != NULL);
    support_walk("e.7z", NULL, &result);
    CHECK(result.visited == 0 && result.unread == 1 && strstr(result.text, ": encrypted\n"));
    support_walk("h.7z", NULL, &result);
    CHECK(result.visited == 0 && result.unread == 1 && strstr(result.text, "encrypt"));
}

TEST(known_and_not_read)
{
    static const struct {
        size_t offset;
        const char *bytes;
        size_t size;
        const char *line;
    } heads[] = {
        {0, "sqsh", 4, "f squashfs 70000 unread source code: squashfs"},
        {0, "UBI#\2", 5, "f ubi 70000 unread source code: UBI"},
        {512, "EFI PART", 8, "f gpt 70000 unread source code: damaged after 0"},
        {65600, "_BHRfS_M", 8, "f btrfs 70000 unread source code: btrfs"},
        {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "f ole 70000 unread source code: OLE"},
        {0, "PACK\0\0\0\2", 8, "f git-pack 70000 unread source code: git pack"},
        {0, "\x1f\x9d\x90", 3, "f compress 70000 unread source code: compress"},
    };
    static unsigned char image[70000];
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        memset(image, 0, sizeof image);
        memcpy(image + heads[i].offset, heads[i].bytes, heads[i].size);
        support_write("f", image, sizeof image);
        support_walk("f", NULL, &result);
        CHECK(result.visited == 0 && result.unread == 1);
        CHECK(support_has(result.text, heads[i].line));
    }
    support_write("f", image, 60000);
}

TEST(names_are_bytes)
{
    CHECK(support_run("mkdir -p n; : >n/$(printf 'lat\\344in'); : >n/$(printf 'utf\\303\\244');"
                      ": >n/$(printf 'tab\\tnew\\nline');"
                      "tar -cf names.tar -C n .; tar -cf names.pax --format=posix -C n .;"
                      "tar -cf up.tar -P --transform='s,^n/,../../up/,' n/utf*;"
                      "tar -cf abs.tar -P --transform='s,^n/,/etc/,' n/utf*;"
                      "rm -f names.zip; (cd n; zip -q ../names.zip utf*)"));
    static const char *const files[] = {"names.tar", "names.pax"};
    for (size_t i = 0; i < 2; i++) {
        char line[100];
        support_walk(files[i], NULL, &result);
        CHECK(result.visited == 3);
        snprintf(line, sizeof line, "%s!/lat\344in 0\n", files[i]);
        CHECK(support_has(result.leaves, line));
        snprintf(line, sizeof line, "%s!/utf\303\244 0\n", files[i]);
        CHECK(support_has(result.leaves, line));
        snprintf(line, sizeof line, "%s!/tab\tnew\nline 0\n", files[i]);
        CHECK(strstr(result.leaves, line) != NULL);
    }
    support_walk("up.tar", NULL, &result);
    CHECK(support_has(result.leaves, "up.tar!/../../up/utf\303\244 0\n"));
    support_walk("abs.tar", NULL, &result);
    CHECK(support_has(result.leaves, "abs.tar!/etc/utf\303\244 0\n"));
    support_walk("names.zip", NULL, &result);
    CHECK(support_has(result.leaves, "names.zip!/utf\303\244 0\n"));
}

int main(void)
{
    support_enter();
    support_tree();
    static const struct test_case cases[] = {
        CASE(each_format_opens_to_what_went_in),
        CASE(each_format_opens_behind_a_filter),
        CASE(layers_are_hashed),
        CASE(vmtar_loses_no_module),
        CASE(kernel_image_opens_to_the_kernel),
        CASE(a_program_without_a_kernel_stays_one),
        CASE(initramfs_parts_follow_one_another),
        CASE(initramfs_of_three_archives),
        CASE(cpio_links_have_the_bytes_of_the_last_name),
        CASE(cpio_fields_are_not_believed),
        CASE(squashfs_with_links_and_what_follows),
        CASE(images_somewhere_in_flash),
        CASE(udf_beside_iso),
        CASE(images_of_every_kind_in_flash),
        CASE(packages_of_other_systems),
        CASE(debian_package),
        CASE(static_library_without_its_tables),
        CASE(several_streams_and_what_follows),
        CASE(encrypted_entries),
        CASE(known_and_not_read),
        CASE(names_are_bytes),
    };
    return test_run(cases, sizeof cases / sizeof *cases);
}
