// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/slice.h"

int cor_slice_order(struct cor_slice a, struct cor_slice b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct cor_slice cor_slice_trim(struct cor_slice text)
{
    while (text.size && blank(text.data[0])) {
        text.data++;
        text.size--;
    }
    while (text.size && blank(text.data[text.size - 1]))
        text.size--;
    return text;
}
