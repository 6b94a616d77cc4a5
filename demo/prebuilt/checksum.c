// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The correspond authors
// Released only as object code: the release holds checksum.o_shipped instead of this file.
#include "ol.h"

unsigned ol_checksum(const void *data, unsigned long size)
{
    const unsigned char *bytes = data;
    unsigned sum = 1;
    for (unsigned long i = 0; i < size; i++)
        sum = sum * 31 + bytes[i];
    return sum;
}
