// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Disk images and what nests in them, made by the stock tools.
#include "harness.h"

#include <stdlib.h>

#include "support.h"

static struct support_result result;

static const char *const tree_leaves[] = {"a.c 30\n", "sub/b.txt 8893\n", "sub/empty 0\n",
                                          "sub/x 3000\n"};

static void expect_tree(const char *prefix)
{
    for (size_t i = 0; i < sizeof tree_leaves / sizeof *tree_leaves; i++) {
        char line[200];
        snprintf(line, sizeof line, "%s%s", prefix, tree_leaves[i]);
        CHECK(support_has(result.leaves, line));
    }
    CHECK(result.unread == 0 && result.visited == 4 && result.hashes_hold);
}

TEST(file_systems_open_to_what_went_in)
{
    static const char *const images[][2] = {
        {"fat12", "mkfs.vfat -F 12 -C fat12 1440; mcopy -i fat12 -s tree/* ::"},
        {"fat16", "mkfs.vfat -F 16 -C fat16 9000; mcopy -i fat16 -s tree/* ::"},
        {"fat32", "mkfs.vfat -F 32 -C fat32 40000; mcopy -i fat32 -s tree/* ::"},
        {"ext2", "mke2fs -q -t ext2 -d tree ext2 1M; debugfs -w -R 'rmdir lost+found' ext2"},
        {"ext3", "mke2fs -q -t ext3 -d tree ext3 4M; debugfs -w -R 'rmdir lost+found' ext3"},
        {"ext4", "mke2fs -q -t ext4 -d tree ext4 4M; debugfs -w -R 'rmdir lost+found' ext4"},
        {"ntfs", "truncate -s 4M ntfs; mkntfs -q -F -c 1024 -s 512 -p 0 -H 0 -S 0 ntfs;"
                 "ntfscp ntfs tree/a.c a.c"},
        {"hfs-plus", "xorriso -as mkisofs -quiet -hfsplus -o hfs.iso tree;"
                     "dd if=/dev/zero of=hfs.iso bs=2048 seek=16 count=1 conv=notrunc;"
                     "dd if=hfs.iso bs=512 skip=$((0x$(xxd -s 1544 -l 4 -p hfs.iso))) of=hfs-plus"},
    };
    for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
        char prefix[32];
        if (!CHECK(support_run(images[i][1])))
            continue;
        support_walk(images[i][0], NULL, &result);
        snprintf(prefix, sizeof prefix, "%s!/", images[i][0]);
        if (strcmp(images[i][0], "ntfs") != 0)
            expect_tree(prefix);
        else
            CHECK(result.unread == 0 && support_has(result.leaves, "ntfs!/a.c 30\n"));
    }
}

// A file of many clusters, with holes and parts that do not shrink, in each kind of index.
TEST(large_files_in_erofs)
{
    static const char *const options[] = {
        "-zlz4",
        "-zlz4hc,12",
        "-zlz4 -C65536",
        "-zlz4hc -C32768 -Elegacy-compress",
        "-zlz4 -Elegacy-compress",
        "-zlz4 -Eztailpacking",
        "-zlz4hc -Eztailpacking -Elegacy-compress",
        "-zlz4 --max-extent-bytes=8192",
        "--chunksize=65536",
        "-Enoinline_data",
    };
    CHECK(support_run("rm -rf el; mkdir el; (seq 1 60000; head -c 300000 /dev/urandom; seq 1 999;"
                      "head -c 400000 /dev/zero; seq 1 50000) >el/big; seq 5 9000 >el/mid;"
                      "head -c 70001 /dev/urandom >el/odd; printf x >el/one;"
                      "for i in $(seq 1 400); do : >el/a_rather_long_name_$i; done"));
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        char command[200];
        snprintf(command, sizeof command, "rm -f el.erofs; mkfs.erofs %s el.erofs el", options[i]);
        if (!CHECK(support_run(command)))
            continue;
        support_walk("el.erofs", NULL, &result);
        CHECK(result.unread == 0 && result.visited == 404 && result.hashes_hold);
        static const char *const files[] = {"big", "mid", "odd", "one"};
        for (size_t j = 0; j < sizeof files / sizeof *files; j++) {
            char name[100], from[100];
            snprintf(name, sizeof name, "el.erofs!/%s", files[j]);
            snprintf(from, sizeof from, "el/%s", files[j]);
            if (!CHECK(support_same(&result, name, from)))
                printf("# %s\n", options[i]);
        }
    }
}

// The same files in the other file systems of flash memory.
TEST(large_files_in_flash)
{
    static const char *const images[] = {
        "genromfs -d el -f el.img",
        "mkfs.cramfs -N big el el.img",
        "mkfs.cramfs -N little el el.img",
        "mkfs.jffs2 -l -r el -o el.img",
        "mkfs.jffs2 -b -e 128KiB -X lzo -x rtime -y 95:lzo -r el -o el.img",
        "mkfs.jffs2 -l -m none -r el -o el.img",
        "mkfs.ubifs -m 2048 -e 126976 -c 200 -r el -o el.img",
        "mkfs.ubifs -m 512 -e 15872 -c 2000 -x zstd -R 20 -r el -o el.img",
        "mkfs.ubifs -m 512 -e 15872 -c 2000 -x none -r el -o el.img",
    };
    for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
        static const char *const files[] = {"big", "mid", "odd", "one"};
        if (!CHECK(support_run("rm -f el.img") && support_run(images[i])))
            continue;
        support_walk("el.img", NULL, &result);
        if (!CHECK(result.unread == 0 && result.visited == 404 && result.hashes_hold))
            printf("# %s: %zu visited, %s\n", images[i], result.visited, result.text);
        for (size_t j = 0; j < sizeof files / sizeof *files; j++) {
            char name[100], from[100];
            snprintf(name, sizeof name, "el.img!/%s", files[j]);
            snprintf(from, sizeof from, "el/%s", files[j]);
            if (!CHECK(support_same(&result, name, from)))
                printf("# %s\n", images[i]);
        }
    }
}

TEST(links_in_flash)
{
    static const char *const images[][2] = {
        {"romfs", "genromfs -d fl -f fl.img"},
        {"jffs2", "mkfs.jffs2 -l -r fl -o fl.img"},
        {"ubifs", "mkfs.ubifs -m 512 -e 15872 -c 200 -r fl -o fl.img"},
        {"erofs", "rm -f fl.img; mkfs.erofs -zlz4 fl.img fl"},
        {"cramfs", "mkfs.cramfs fl fl.img"},
    };
    CHECK(support_run("rm -rf fl; mkdir -p fl/d/e; echo one >fl/a; ln fl/a fl/d/b; ln -s a fl/s;"
                      "mkfifo fl/p; echo two >fl/d/e/f"));
    for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
        CHECK(support_run(images[i][1]));
        support_walk("fl.img", NULL, &result);
        CHECK(result.unread == 0 && result.members == 6);
        CHECK(support_has(result.text, "fl.img!/s symlink 0 read"));
        CHECK(support_has(result.text, "fl.img!/p device 0 read"));
        CHECK(support_has(result.leaves, "fl.img!/d/e/f 4\n"));
        CHECK(support_same(&result, "fl.img!/a", "fl/a"));
        CHECK(support_same(&result, "fl.img!/d/b", "fl/a"));
        // cramfs knows no hard links.
        CHECK(result.visited == (strcmp(images[i][0], "cramfs") == 0 ? 3 : 2));
    }
}

TEST(apple_partition_map)
{
    support_walk("hfs.iso", NULL, &result);
    CHECK(result.unread == 0 && support_has(result.text, "hfs.iso apm "));
    CHECK(support_has(result.leaves, "hfs.iso!/partition-3!/sub/b.txt 8893\n"));
}

TEST(links_and_long_names_in_ext4)
{
    CHECK(support_run("rm -rf e; mkdir -p e/d; echo one >e/a; ln e/a e/d/b; ln -s a e/s;"
                      "ln -s $(printf %0100d 7) e/long; mkfifo e/p; seq 1 9000 >e/large;"
                      "mke2fs -q -t ext4 -d e e.ext4 4M"));
    support_walk("e.ext4", NULL, &result);
    CHECK(result.unread == 0 && result.visited == 2 && result.hashes_hold);
    CHECK(support_has(result.leaves, "e.ext4!/large 43893\n"));
    CHECK(strstr(result.text, " hardlink 4 read\n"));
    CHECK(support_has(result.text, "e.ext4!/s symlink 0 read"));
    CHECK(support_has(result.text, "e.ext4!/long symlink 0 read"));
    CHECK(support_has(result.text, "e.ext4!/p device 0 read"));
}

TEST(partition_tables)
{
    CHECK(support_run("truncate -s 12M gpt; sgdisk -n 1:2048:+3M -n 3:10240:+5M gpt;"
                      "dd if=fat12 of=gpt bs=512 seek=2048 conv=notrunc;"
                      "dd if=ext4 of=gpt bs=512 seek=10240 conv=notrunc;"
                      "truncate -s 12M dos; printf 'start=2048,size=4096,type=6\\n"
                      "start=8192,size=14000,type=5\\nstart=10240,size=9000,type=83\\n' |"
                      "sfdisk -q dos; dd if=fat12 of=dos bs=512 seek=2048 conv=notrunc;"
                      "dd if=ext4 of=dos bs=512 seek=10240 conv=notrunc"));
    static const char *const files[][3] = {{"gpt", "gpt!/partition-1!/", "gpt!/partition-3!/"},
                                           {"dos", "dos!/partition-1!/", "dos!/partition-5!/"}};
    for (size_t i = 0; i < 2; i++) {
        char line[100];
        support_walk(files[i][0], NULL, &result);
        CHECK(result.unread == 0 && result.visited == 8 && result.cuts == 2 && result.cuts_hold);
        for (size_t j = 1; j < 3; j++) {
            snprintf(line, sizeof line, "%ssub/b.txt 8893\n", files[i][j]);
            CHECK(support_has(result.leaves, line));
        }
    }
    CHECK(support_run("printf X | dd of=gpt bs=1 seek=600 conv=notrunc"));
    support_walk("gpt", NULL, &result);
    CHECK(result.visited == 0 && result.unread == 1 && strstr(result.text, "the stored sum"));
    CHECK(support_run("printf hidden | dd of=dos bs=512 seek=2000 conv=notrunc"));
    support_walk("dos", NULL, &result);
    CHECK(result.visited == 9 && support_has(result.text, "dos!/gap-0xfa000 "));
}

TEST(nest_of_eight_layers)
{
    CHECK(support_run("printf 'int f(void){return 0;}' >m.c; gcc -c m.c -o m.o;"
                      "echo m.o | cpio -o -H newc | xz -c >in.xz"));
    support_vmtar("in.vmtar", "in.xz");
    CHECK(support_run("gzip -nc in.vmtar >in.v00; rm -f esp; mkfs.vfat -C esp 1440;"
                      "mmd -i esp ::/boot; mcopy -i esp in.v00 ::/boot/in.v00; truncate -s 4M disk;"
                      "sgdisk -n 1:2048:+2M disk; dd if=esp of=disk bs=512 seek=2048 conv=notrunc;"
                      "gzip -c disk >disk.gz"));
    static const char inside[] = "!/partition-1!/boot/in.v00!gzip!/usr/lib/mod!xz!/m.o elf ";
    char line[200];
    support_walk("disk", NULL, &result);
    CHECK(result.unread == 0 && result.hashes_hold);
    snprintf(line, sizeof line, "disk%s", inside);
    CHECK(support_has(result.text, line));
    support_walk("disk.gz", NULL, &result);
    snprintf(line, sizeof line, "disk.gz!gzip%s", inside);
    CHECK(result.unread == 0 && support_has(result.text, line));
}

// Superblocks, tables and folders are where a file system can hurt a reader.
static void turn_bits(const char *path, size_t most, int times)
{
    size_t size;
    uint32_t random = 4711;
    unsigned char *data = support_read(path, &size);
    for (int i = 0; i < times; i++) {
        random = random * 1664525 + 1013904223;
        size_t at = (random >> 3) % (size < most ? size : most);
        unsigned char before = data[at];
        data[at] = (unsigned char)(i % 2 ? 0xffU : before ^ (1U << (random >> 29)));
        support_write("hurt", data, size);
        support_walk("hurt", NULL, &result);
        data[at] = before;
        CHECK(result.status == COR_OK && result.hashes_hold);
    }
    free(data);
}

TEST(damaged_file_systems)
{
    static const char *const images[] = {"fat12", "ext2", "ntfs", "hfs-plus", "gpt"};
    for (size_t i = 0; i < sizeof images / sizeof *images; i++)
        turn_bits(images[i], 64 << 10, 60);
    CHECK(support_run("head -c 700000 ext2 >cut-ext2; head -c 30000 fat12 >cut-fat"));
    support_walk("cut-ext2", NULL, &result);
    CHECK(result.status == COR_OK && result.unread > 0);
    support_walk("cut-fat", NULL, &result);
    CHECK(result.status == COR_OK && result.unread > 0);
}

int main(void)
{
    support_enter();
    support_tree();
    static const struct test_case cases[] = {
        CASE(file_systems_open_to_what_went_in),
        CASE(large_files_in_erofs),
        CASE(large_files_in_flash),
        CASE(links_in_flash),
        CASE(apple_partition_map),
        CASE(links_and_long_names_in_ext4),
        CASE(partition_tables),
        CASE(nest_of_eight_layers),
        CASE(damaged_file_systems),
    };
    return test_run(cases, sizeof cases / sizeof *cases);
}
