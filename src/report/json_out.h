// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A stream of JSON: keys in the order of the calls, one form for each kind of value, nothing kept
// in memory. `key` is NULL inside an array.
#ifndef COR_REPORT_JSON_OUT_H
#define COR_REPORT_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct cor_json {
    FILE *out;
    bool comma; // a value stands before, in the same brackets
};

void cor_json_open(struct cor_json *json, const char *key, char bracket);
void cor_json_close(struct cor_json *json, char bracket);

// Lets the next value of an array begin a line of its own.
void cor_json_line(struct cor_json *json);

// NULL becomes null; each byte that is no UTF-8 becomes U+FFFD.
void cor_json_text(struct cor_json *json, const char *key, const char *text);
// Above INT64_MAX, which readers of JSON do not take, and which no true size reaches: null.
void cor_json_number(struct cor_json *json, const char *key, uint64_t number);
void cor_json_signed(struct cor_json *json, const char *key, int64_t number);
void cor_json_hex(struct cor_json *json, const char *key, uint64_t number); // "0x1f"
void cor_json_bool(struct cor_json *json, const char *key, bool truth);
void cor_json_null(struct cor_json *json, const char *key);

#endif
