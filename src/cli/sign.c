// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Detached signatures by the user's own tools and keys.
#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"

extern char **environ;

static const char *key_of(const char *sign, const char *prefix)
{
    size_t size = strlen(prefix);
    return strncmp(sign, prefix, size) == 0 && sign[size] ? sign + size : NULL;
}

enum cor_status cor_check_sign(const char *sign, struct cor_diag *diag)
{
    return key_of(sign, "gpg:") || key_of(sign, "ssh:")
               ? COR_OK
               : cor_fail(diag, COR_FATAL, COR_USAGE, "--sign",
                          "%s is neither gpg:KEY nor ssh:FILE", sign);
}

static enum cor_status run(const char *const *words, struct cor_diag *diag)
{
    union {
        const char *const *given;
        char *const *taken;
    } list = {words};
    pid_t process;
    int state = 0;
    int code = posix_spawnp(&process, words[0], NULL, NULL, list.taken, environ);
    if (code != 0)
        return cor_fail(diag, COR_FATAL, COR_IO, words[0], "cannot be run: %s", strerror(code));
    while (waitpid(process, &state, 0) < 0)
        if (errno != EINTR)
            return cor_fail(diag, COR_FATAL, COR_IO, words[0], "%s", strerror(errno));
    return WIFEXITED(state) && WEXITSTATUS(state) == 0
               ? COR_OK
               : cor_fail(diag, COR_FATAL, COR_IO, words[0], "did not make a signature");
}

// An older signature would stand for the new file, or make the tool ask.
static const char *new_name(struct cor_arena *arena, const char *path, const char *ending)
{
    const char *name = cor_arena_printf(arena, "%s%s", path, ending);
    if (name)
        unlink(name);
    return name;
}

enum cor_status cor_sign(const char *path, const char *sign, struct cor_diag *diag)
{
    const char *gpg = key_of(sign, "gpg:"), *ssh = key_of(sign, "ssh:");
    struct cor_arena arena;
    cor_arena_init(&arena);
    const char *name = new_name(&arena, path, gpg ? ".asc" : ".sig");
    // A path that begins with a dash is no option.
    const char *file = cor_arena_printf(&arena, "%s%s", *path == '/' ? "" : "./", path);
    const char *const with_gpg[] = {"gpg",           "--batch", "--yes",    "--armor",
                                    "--local-user",  gpg,       "--output", name,
                                    "--detach-sign", file,      NULL};
    const char *const with_ssh[] = {"ssh-keygen", "-Y",         "sign", "-f", ssh,
                                    "-n",         "correspond", file,   NULL};
    enum cor_status status = name && file ? run(gpg ? with_gpg : with_ssh, diag) : COR_NOMEM;
    cor_arena_dispose(&arena);
    return status;
}
