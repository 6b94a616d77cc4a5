// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The correspond authors
// void *ol_memzero(void *block, unsigned long size)
    .text
    .globl ol_memzero
    .type ol_memzero, @function
ol_memzero:
    mov %rdi, %rdx
    mov %rsi, %rcx
    xor %eax, %eax
    rep stosb
    mov %rdx, %rax
    ret
    .size ol_memzero, . - ol_memzero
    .section .note.GNU-stack, "", @progbits
