// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The correspond authors
// Parses an option into a buffer on the stack; compiled with -fstack-protector-strong.
#include "ol.h"

void ol_parse_option(const char *option, int (*use)(char *copy))
{
    char copy[64];
    unsigned i = 0;
    for (; option[i] && i < sizeof copy - 1; i++)
        copy[i] = option[i];
    copy[i] = 0;
    use(copy);
}
