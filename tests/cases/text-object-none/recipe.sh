# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/tables.c <<'C'
static const unsigned char masks[] = { 0x7f, 0x45, 0x4c, 0x47, 0x00, 0x01, 0x02, 0x03,
    0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c };
static const unsigned char magic[] = { 0x7f, 'E', 'L', 'F' };
const char *begin = "begin 644 name";
int f(void) { return masks[0] + magic[1]; }
C
put source/notes.txt <<'C'
begin 644 hello
The line above only begins like an encoded text, and f0VMR is no object.
C
