// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The correspond authors
// The library of the tool. Only the complete product carries it.
int foo_open(const char *name);
void foo_exit(int code) __attribute__((noreturn));

int foo_open(const char *name)
{
    return name && name[0] == '/';
}

void foo_exit(int code)
{
    __asm__ volatile("syscall" : : "a"(60), "D"(code) : "rcx", "r11");
    for (;;)
        ;
}
