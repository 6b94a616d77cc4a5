// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The correspond authors
// A program for the console. It is linked with libfoo.so.1, which the product does not carry.
int foo_open(const char *name);
void foo_exit(int code) __attribute__((noreturn));

void _start(void)
{
    foo_exit(foo_open("/dev/openlinux"));
}
