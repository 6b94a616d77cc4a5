// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A list of the system calls that reading needs; every other one fails with EPERM. No sockets, no
// other programs, no other processes: threads alone.
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/sandbox_parts.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#endif

static const unsigned allowed[] = {
#define CALL(name) SYS_##name,
#include "base/seccomp_calls.def"
#undef CALL
};

enum { CALLS = sizeof allowed / sizeof *allowed, EXTRA = 64, X32 = 0x40000000 };

bool cor_seccomp_is_there(void)
{
#ifdef ARCHITECTURE
    const unsigned action = SECCOMP_RET_ERRNO;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
#else
    return false;
#endif
}

#ifdef ARCHITECTURE

struct program {
    struct sock_filter *code;
    unsigned short size;
};

static void add(struct program *program, unsigned code, unsigned value, unsigned yes, unsigned no)
{
    program->code[program->size++] =
        (struct sock_filter){(unsigned short)code, (unsigned char)yes, (unsigned char)no, value};
}

static void load(struct program *program, size_t offset)
{
    add(program, BPF_LD | BPF_W | BPF_ABS, (unsigned)offset, 0, 0);
}

static void answer(struct program *program, unsigned action)
{
    add(program, BPF_RET | BPF_K, action, 0, 0);
}

// The low half of an argument: all of them are flags of 32 bits.
static size_t argument(unsigned index)
{
    size_t low = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 4;
    return offsetof(struct seccomp_data, args) + index * sizeof(uint64_t) + low;
}

static void same_call(struct program *program, unsigned number, unsigned skip)
{
    add(program, BPF_JMP | BPF_JEQ | BPF_K, number, 0, skip);
}

// Allows a call only when all of `bits` are set in one argument, or not all of them.
static void with_bits(struct program *program, unsigned number, unsigned index, unsigned bits,
                      bool set)
{
    same_call(program, number, 5);
    load(program, argument(index));
    add(program, BPF_ALU | BPF_AND | BPF_K, bits, 0, 0);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, bits, set ? 0 : 1, set ? 1 : 0);
    answer(program, SECCOMP_RET_ALLOW);
    answer(program, SECCOMP_RET_ERRNO | EPERM);
}

// Allows a call when one argument has this value; else the rules that follow decide.
static void only_value(struct program *program, unsigned number, unsigned index, unsigned value)
{
    same_call(program, number, 4);
    load(program, argument(index));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    answer(program, SECCOMP_RET_ALLOW);
    load(program, offsetof(struct seccomp_data, nr));
}

static void write_rules(struct program *program)
{
    load(program, offsetof(struct seccomp_data, arch));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    answer(program, SECCOMP_RET_KILL_PROCESS);
    load(program, offsetof(struct seccomp_data, nr));
    add(program, BPF_JMP | BPF_JGE | BPF_K, X32, 0, 1);
    answer(program, SECCOMP_RET_ERRNO | EPERM);
    for (size_t i = 0; i < CALLS; i++) {
        same_call(program, allowed[i], 1);
        answer(program, SECCOMP_RET_ALLOW);
    }
    only_value(program, SYS_ioctl, 1, TCGETS);
    only_value(program, SYS_ioctl, 1, TIOCGWINSZ);
    only_value(program, SYS_tgkill, 0, (unsigned)getpid());
    // Its flags cannot be seen here; the C library then uses clone().
    same_call(program, SYS_clone3, 1);
    answer(program, SECCOMP_RET_ERRNO | ENOSYS);
#ifndef COR_SANITIZED
    with_bits(program, SYS_clone, 0, CLONE_THREAD, true);
#endif
    with_bits(program, SYS_mmap, 2, PROT_WRITE | PROT_EXEC, false);
    with_bits(program, SYS_mprotect, 2, PROT_WRITE | PROT_EXEC, false);
    answer(program, SECCOMP_RET_ERRNO | EPERM);
}

bool cor_seccomp_enter(void)
{
    struct sock_filter code[2 * CALLS + EXTRA];
    struct program program = {.code = code};
    write_rules(&program);
    const struct sock_fprog filter = {program.size, program.code};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

#else

bool cor_seccomp_enter(void)
{
    return false;
}

#endif
