// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The correspond authors
// Counters of the disk driver; compiled for the large code model, which needs the linker's own
// _GLOBAL_OFFSET_TABLE_.
static long counters[4];

void blkdrv_count(int which)
{
    counters[which & 3]++;
}
