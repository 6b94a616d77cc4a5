// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/checksum_table.h"

#include "binary/bytes.h"

enum { WIDTH = 4 };

static bool follow(const struct cor_checksum_table *table, size_t index, uint32_t *ret_checksum)
{
    size_t offset = index * WIDTH;
    int32_t distance = (int32_t)cor_get32(table->rows.data + offset, table->big);
    struct cor_slice place = table->follow(table->memory, offset, distance);
    if (place.size < WIDTH)
        return false;
    *ret_checksum = cor_get32(place.data, table->big);
    return true;
}

// A checksum is any number, so that hardly one of a thousand leads to data. A distance leads
// nowhere when its symbol is weak and was given no checksum.
void cor_checksum_table_tell(struct cor_checksum_table *table)
{
    enum { FEW = 8 };
    size_t count = table->rows.size / WIDTH, led = 0;
    uint32_t checksum;
    for (size_t i = 0; i < count; i++)
        led += follow(table, i, &checksum);
    table->form = COR_CHECKSUMS_UNTOLD;
    if (led <= count / FEW)
        table->form = COR_CHECKSUMS_VALUES;
    else if (count - led <= count / FEW)
        table->form = COR_CHECKSUMS_DISTANCES;
}

bool cor_checksum_at(const struct cor_checksum_table *table, size_t index, uint32_t *ret_checksum)
{
    if (index >= table->rows.size / WIDTH || table->form == COR_CHECKSUMS_UNTOLD)
        return false;
    if (table->form == COR_CHECKSUMS_DISTANCES)
        return follow(table, index, ret_checksum);
    *ret_checksum = cor_get32(table->rows.data + index * WIDTH, table->big);
    return true;
}
