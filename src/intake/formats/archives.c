// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The rows of the formats that libarchive reads, and how their heads look.
#include <string.h>

#include "intake/formats/archive.h"
#include "intake/formats/extents.h"
#include "intake/formats/rows.h"

static bool octal_field(const unsigned char *field, size_t size, uint32_t *ret_number)
{
    uint32_t number = 0;
    size_t i = 0, digits = 0;
    while (i < size && field[i] == ' ')
        i++;
    for (; i < size && field[i] >= '0' && field[i] <= '7'; i++, digits++)
        number = number << 3 | (uint32_t)(field[i] - '0');
    *ret_number = number;
    return digits > 0 && (i == size || field[i] == 0 || field[i] == ' ');
}

// POSIX: the sum of all bytes of the header, the sum's own field taken as spaces. Old writers sum
// signed characters.
static bool tar_sum_holds(const unsigned char *head)
{
    uint32_t wanted, sum = 0;
    int32_t signed_sum = 0;
    if (!octal_field(head + 148, 8, &wanted))
        return false;
    for (size_t i = 0; i < 512; i++) {
        unsigned char byte = i >= 148 && i < 156 ? ' ' : head[i];
        sum += byte;
        signed_sum += (signed char)byte;
    }
    return wanted == sum || (int64_t)wanted == signed_sum;
}

static unsigned bid_tar(const unsigned char *head, size_t size)
{
    if (size < 512 || !tar_sum_holds(head))
        return 0;
    if (memcmp(head + 257, "ustar", 5) == 0)
        return 64;
    uint32_t number;
    bool plain = head[156] == 0 || (head[156] >= '0' && head[156] <= '7');
    return head[0] && plain && octal_field(head + 124, 12, &number) ? 40 : 0;
}

static unsigned bid_zip(const unsigned char *head, size_t size)
{
    if (size < 22)
        return 0;
    bool entry = memcmp(head, "PK\3\4", 4) == 0 || memcmp(head, "PK00PK\3\4", 8) == 0;
    return entry || memcmp(head, "PK\5\6", 4) == 0 ? 32 : 0;
}

static unsigned bid_lha(const unsigned char *head, size_t size)
{
    if (size < 22 || head[2] != '-' || head[3] != 'l' || head[6] != '-' || head[20] > 3)
        return 0;
    return (head[4] == 'h' || head[4] == 'z') && head[5] >= '0' && head[5] <= 'z' ? 40 : 0;
}

#define ARCHIVE(id, text, ...)                                                                     \
    const struct cor_format cor_format_##id = {                                                    \
        .name = (text), .open = cor_archive_open, __VA_ARGS__}

ARCHIVE(tar, "tar", .bid = bid_tar, .trails = true);
ARCHIVE(zip, "zip", .bid = bid_zip, .seeks = true);
ARCHIVE(7z, "7z", .magic = {0, 6, "7z\xbc\xaf\x27\x1c"}, .extent = cor_extent_7z, .seeks = true);
const struct cor_format cor_format_iso9660 = {.name = "iso9660",
                                              .magic = {32769, 6, "CD001\1"},
                                              .open = cor_bridge_open,
                                              .extent = cor_extent_iso9660,
                                              .seeks = true};
ARCHIVE(ar, "ar", .magic = {0, 8, "!<arch>\n"}, .trails = true);
// VMware's package: the descriptor comes first.
ARCHIVE(vib, "vib", .magic = {0, 22, "!<arch>\ndescriptor.xml"}, .trails = true);
ARCHIVE(rar, "rar", .magic = {0, 7, "Rar!\x1a\x07\x00"}, .seeks = true);
ARCHIVE(rar5, "rar5", .magic = {0, 8, "Rar!\x1a\x07\x01\x00"}, .seeks = true);
ARCHIVE(cab, "cab", .magic = {0, 8, "MSCF\0\0\0\0"}, .extent = cor_extent_cab, .seeks = true);
ARCHIVE(xar, "xar", .magic = {0, 6, "xar!\0\x1c"}, .seeks = true);
ARCHIVE(lha, "lha", .bid = bid_lha, .seeks = true);
