# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/main.c <<'C'
int puts(const char *text);
int main(void) { return puts("hello"); }
C
mkdir shipped
gcc -O1 -o shipped/hello source/main.c
