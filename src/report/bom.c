// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/bom.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void cor_bom_time(char text[32])
{
    const char *given = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    long long seconds = given ? strtoll(given, &end, 10) : -1;
    time_t moment = (time_t)seconds;
    struct tm parts;
    // 253402300799 is the last second of the year 9999.
    if (!given || !*given || *end || seconds < 0 || seconds > 253402300799 ||
        !gmtime_r(&moment, &parts) || strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        snprintf(text, 32, "1980-01-01T00:00:00Z");
}

static void fold(unsigned char sum[16], const char *text)
{
    // FNV-1a in two halves: no secret hangs on it, only that other inputs give another number.
    uint64_t halves[2] = {0xcbf29ce484222325, 0x84222325cbf29ce4};
    for (unsigned i = 0; i < 16; i++)
        halves[i / 8] ^= (uint64_t)sum[i] << (i % 8 * 8);
    for (; *text; text++)
        for (unsigned i = 0; i < 2; i++)
            halves[i] = (halves[i] ^ (unsigned char)*text) * (0x100000001b3 + 2 * i);
    for (unsigned i = 0; i < 16; i++)
        sum[i] = (unsigned char)(halves[i / 8] >> (i % 8 * 8));
}

void cor_bom_uuid(const struct cor_case *case_, char uuid[37])
{
    unsigned char sum[16] = {0};
    for (size_t i = 0; i < case_->inputs.count; i++) {
        fold(sum, case_->inputs.items[i].name);
        fold(sum, case_->inputs.items[i].sha256);
    }
    for (size_t i = 0; i < case_->components.count; i++)
        fold(sum, case_->components.items[i].sha256 ? case_->components.items[i].sha256 : "");
    sum[6] = (unsigned char)((sum[6] & 0x0f) | 0x40);
    sum[8] = (unsigned char)((sum[8] & 0x3f) | 0x80);
    for (unsigned i = 0, at = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            uuid[at++] = '-';
        at += (unsigned)snprintf(uuid + at, 37 - at, "%02x", sum[i]);
    }
}

// include/linux/module.h says what MODULE_LICENSE() means.
static const struct {
    const char *declared, *identifier;
} licences[] = {
    {"GPL", "GPL-2.0-only"},
    {"GPL v2", "GPL-2.0-only"},
    {"Dual BSD/GPL", "GPL-2.0-only OR BSD-3-Clause"},
    {"Dual MIT/GPL", "GPL-2.0-only OR MIT"},
    {"Dual MPL/GPL", "GPL-2.0-only OR MPL-1.1"},
};

const char *cor_bom_licence(const char *declared)
{
    for (size_t i = 0; declared && i < sizeof licences / sizeof *licences; i++)
        if (strcmp(licences[i].declared, declared) == 0)
            return licences[i].identifier;
    return NULL;
}
