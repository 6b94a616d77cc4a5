// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/sandbox.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/sandbox_parts.h"

struct cor_sandbox_state cor_sandbox_look(void)
{
    return (struct cor_sandbox_state){.landlock = cor_landlock_version(),
                                      .seccomp = cor_seccomp_is_there()};
}

static void limit(int what, uint64_t most)
{
    struct rlimit limits;
    if (getrlimit((__rlimit_resource_t)what, &limits) != 0)
        return;
    limits.rlim_cur = limits.rlim_max < most ? limits.rlim_max : (rlim_t)most;
    limits.rlim_max = limits.rlim_cur;
    (void)setrlimit((__rlimit_resource_t)what, &limits);
}

struct cor_sandbox_state cor_sandbox_enter(const struct cor_sandbox *sandbox)
{
    struct cor_sandbox_state state = {0};
    limit(RLIMIT_CORE, 0);
#ifndef COR_SANITIZED
    // The sanitizers map far more than they use.
    if (sandbox->memory)
        limit(RLIMIT_DATA, sandbox->memory);
#endif
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return state;
    state.landlock = cor_landlock_enter(sandbox->paths, sandbox->path_count);
    state.seccomp = cor_seccomp_enter();
    return state;
}

void cor_sandbox_describe(const struct cor_sandbox_state *state, char *ret_text, size_t size)
{
    char landlock[32] = "no Landlock";
    if (state->landlock)
        snprintf(landlock, sizeof landlock, "Landlock %d", state->landlock);
    snprintf(ret_text, size, "%s, %s", state->seccomp ? "seccomp" : "no seccomp", landlock);
}
