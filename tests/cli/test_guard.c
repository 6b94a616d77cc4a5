// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What happens when a reader goes wrong: a crash, an endless loop, a hunger for memory, a reach for
// the network or for files. The table of formats is this test's own; its bad rows read files that
// begin with their names.
#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/tree.h"
#include "base/alloc.h"
#include "base/watch.h"
#include "cli/cli.h"
#include "cli/guard.h"
#include "intake/formats/rows.h"

enum { MEMORY = 1 << 30 };

static struct {
    int socket_says, file_says, write_says, fork_says, exec_says, own_file_says;
} * reach; // shared with the guarded process

static enum cor_status never(struct cor_stream *stream, unsigned char *buffer, size_t size,
                             size_t *ret_got)
{
    (void)stream, (void)buffer, (void)size;
    *ret_got = 0;
    return COR_OK;
}

static void close_stream(struct cor_stream *stream)
{
    cor_free(stream);
}

static enum cor_status crash(struct cor_stream *stream, unsigned char *buffer, size_t size,
                             size_t *ret_got)
{
    (void)stream, (void)buffer, (void)size, (void)ret_got;
    abort();
}

// Under the sanitizers these are theirs to report.
#ifndef __SANITIZE_ADDRESS__

static enum cor_status fault(struct cor_stream *stream, unsigned char *buffer, size_t size,
                             size_t *ret_got)
{
    (void)stream, (void)buffer, (void)size, (void)ret_got;
    volatile uintptr_t nowhere = 16;
    *(volatile int *)nowhere = 1;
    return COR_OK;
}

static int deeper(volatile char *above, unsigned depth)
{
    volatile char here[4096];
    here[0] = above[0];
    return depth == UINT32_MAX ? 0 : deeper(here, depth + 1) + here[0];
}

static enum cor_status overflow(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                size_t *ret_got)
{
    volatile char top = 1;
    (void)stream, (void)buffer, (void)size, (void)ret_got;
    return deeper(&top, 0) ? COR_OK : COR_END;
}

#else
#define fault    crash
#define overflow crash
#endif

static enum cor_status loop(struct cor_stream *stream, unsigned char *buffer, size_t size,
                            size_t *ret_got)
{
    (void)stream, (void)buffer, (void)size, (void)ret_got;
    for (volatile unsigned i = 0; i < 2; i = 1)
        ;
    return COR_OK;
}

static enum cor_status eat(struct cor_stream *stream, unsigned char *buffer, size_t size,
                           size_t *ret_got)
{
    (void)stream, (void)buffer, (void)size, (void)ret_got;
    for (;;) {
        size_t much = 32 << 20;
        void *memory = cor_alloc(much);
        if (!memory)
            return COR_NOMEM;
        memset(memory, 1, much);
        usleep(20000);
    }
}

static int outcome(int result)
{
    return result < 0 ? errno : 0;
}

static enum cor_status reach_out(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    char *const words[] = {NULL};
    reach->socket_says = outcome(socket(AF_INET, SOCK_STREAM, 0));
    reach->file_says = outcome(open("../outside/secret", O_RDONLY));
    reach->write_says = outcome(open("../outside/new", O_CREAT | O_WRONLY, 0600));
    reach->own_file_says = outcome(open("new", O_CREAT | O_WRONLY, 0600));
    reach->exec_says = outcome(execve("/bin/true", words, words));
#ifndef __SANITIZE_ADDRESS__
    reach->fork_says = outcome(fork());
#else
    reach->fork_says = EPERM;
#endif
    return never(stream, buffer, size, ret_got);
}

static struct cor_stream *decode_with(struct cor_stream *below, const struct cor_stream_kind *kind)
{
    struct cor_stream *stream = cor_alloc_zero(1, sizeof *stream);
    if (stream)
        *stream = (struct cor_stream){.kind = kind, .below = below, .size = COR_SIZE_UNKNOWN};
    return stream;
}

#define BAD_ROW(name, magic_text, pull)                                                            \
    static struct cor_stream *decode_##name(struct cor_stream *below)                              \
    {                                                                                              \
        static const struct cor_stream_kind kind = {pull, NULL, close_stream};                     \
        return decode_with(below, &kind);                                                          \
    }                                                                                              \
    static const struct cor_format row_##name = {                                                  \
        #name, .magic = {0, sizeof magic_text - 1, magic_text}, .decode = decode_##name}

BAD_ROW(crashing, "crash", crash);
BAD_ROW(faulting, "fault", fault);
BAD_ROW(overflowing, "overflow", overflow);
BAD_ROW(looping, "loop", loop);
BAD_ROW(eating, "eat", eat);
BAD_ROW(reaching, "reach", reach_out);

const struct cor_format *const cor_formats[] = {
    &row_crashing, &row_faulting,   &row_overflowing, &row_looping,     &row_eating,
    &row_reaching, &cor_format_tar, &cor_format_gzip, &cor_format_cpio, NULL,
};

static char folder[64];

static bool shell(const char *recipe)
{
    return system(recipe) == 0;
}

struct job {
    const char *path;
    unsigned runs; // in the process that counts: the watching one sees 0
};

static int tree_to_file(void *data)
{
    struct job *job = data;
    struct cor_case case_;
    cor_case_init(&case_);
    const struct cor_tree_options options = {.path = job->path, .limits = cor_default_limits};
    int code = cor_tree(&options, &case_) == COR_OK ? COR_EXIT_OK : COR_EXIT_FAILED;
    FILE *out = fopen("out/tree", "w");
    for (size_t i = 0; out && i < case_.members.count; i++)
        fprintf(out, "%s %s %s\n", case_.members.items[i].path,
                cor_state_word(case_.members.items[i].state),
                case_.members.items[i].reason ? case_.members.items[i].reason : "-");
    if (!out || fclose(out) != 0)
        code = COR_EXIT_FAILED;
    cor_case_dispose(&case_);
    return code;
}

static char text[1 << 14];

static const char *result(void)
{
    FILE *file = fopen("out/tree", "r");
    size_t size = file ? fread(text, 1, sizeof text - 1, file) : 0;
    text[size] = '\0';
    if (file)
        fclose(file);
    return text;
}

struct counting {
    struct cor_diag diag;
    unsigned lost, fatal;
};

static void count(struct cor_diag *diag, const struct cor_message *message)
{
    struct counting *counting = (struct counting *)diag;
    counting->lost += message->grade == COR_LOST;
    counting->fatal += message->grade == COR_FATAL;
}

static struct counting heard;

static int guarded(const char *path, unsigned seconds)
{
    struct cor_guard guard;
    struct job job = {.path = path};
    heard = (struct counting){.diag = {count}};
    unlink("out/tree");
    cor_guard_init(&guard, &heard.diag);
    guard.seconds = seconds;
    guard.memory = MEMORY;
    CHECK(cor_guard_allow(&guard, COR_ACCESS_READ, path) == COR_OK);
    CHECK(cor_guard_allow(&guard, COR_ACCESS_CREATE, "out") == COR_OK);
    int code = cor_guard_run(&guard, tree_to_file, &job);
    cor_guard_dispose(&guard);
    return code;
}

TEST(good_input_is_read_in_one_go)
{
    CHECK(shell("mkdir -p good && echo int x\\; >good/a.c && tar -cf good.tar good"));
    CHECK(guarded("good.tar", 10) == COR_EXIT_OK && heard.lost == 0);
    CHECK_TEXT(result(), "good.tar read -\ngood.tar!/good/a.c read -\n");
}

TEST(a_crash_loses_that_member_only)
{
    CHECK(shell("mkdir -p c && echo a >c/a.c && echo crash >c/b && echo c >c/c.c &&"
                "tar -cf c.tar c/a.c c/b c/c.c && gzip -c c/b >c.gz"));
    CHECK(guarded("c.tar", 10) == COR_EXIT_OK && heard.lost == 1 && heard.fatal == 0);
    CHECK_TEXT(result(), "c.tar read -\nc.tar!/c/a.c read -\n"
                         "c.tar!/c/b unread the reader crashed\nc.tar!/c/c.c read -\n");
    CHECK(guarded("c.gz", 10) == COR_EXIT_OK && heard.lost == 1);
    CHECK_TEXT(result(), "c.gz read -\nc.gz!gzip unread the reader crashed\n");
}

TEST(faults_and_overflows_are_crashes)
{
    CHECK(shell("mkdir -p v && echo fault >v/a && echo overflow >v/b && echo c >v/c.c &&"
                "tar -cf v.tar v/a v/b v/c.c"));
    CHECK(guarded("v.tar", 10) == COR_EXIT_OK && heard.lost == 2 && heard.fatal == 0);
    CHECK_TEXT(result(), "v.tar read -\nv.tar!/v/a unread the reader crashed\n"
                         "v.tar!/v/b unread the reader crashed\nv.tar!/v/c.c read -\n");
}

TEST(many_crashes_give_up_the_container)
{
    CHECK(shell("mkdir -p m && for i in $(seq 1 20); do echo crash $i >m/$i; done;"
                "echo x >x.c; tar -cf m1.tar m; tar -cf m.tar x.c m1.tar"));
    CHECK(guarded("m.tar", 10) == COR_EXIT_OK && heard.lost == 8 && heard.fatal == 0);
    CHECK_TEXT(result(), "m.tar read -\nm.tar!/m1.tar unread the readers of its members crash\n"
                         "m.tar!/x.c read -\n");
}

TEST(a_loop_is_ended)
{
    CHECK(shell("mkdir -p l && echo loop >l/b && echo c >l/c.c && tar -cf l.tar l/b l/c.c"));
    CHECK(guarded("l.tar", 1) == COR_EXIT_OK && heard.lost == 1);
    CHECK_TEXT(result(), "l.tar read -\nl.tar!/l/b unread the reader ran out of time\n"
                         "l.tar!/l/c.c read -\n");
}

TEST(a_hunger_is_ended)
{
    CHECK(shell("mkdir -p e && echo eat >e/b && echo c >e/c.c && tar -cf e.tar e/b e/c.c"));
    CHECK(guarded("e.tar", 60) == COR_EXIT_OK && heard.lost == 1);
    CHECK_TEXT(result(), "e.tar read -\ne.tar!/e/b unread the reader ran out of memory\n"
                         "e.tar!/e/c.c read -\n");
}

TEST(nothing_can_be_reached)
{
    struct cor_sandbox_state state = cor_sandbox_look();
    if (!state.seccomp || !state.landlock) {
        printf("# this kernel lacks seccomp or Landlock: not tested\n");
        return;
    }
    CHECK(shell("mkdir -p ../outside && echo s >../outside/secret && echo reach >reach"));
    CHECK(guarded("reach", 10) == COR_EXIT_OK);
    CHECK(reach->socket_says == EPERM);
    CHECK(reach->exec_says == EPERM && reach->fork_says == EPERM);
    CHECK(reach->file_says == EACCES && reach->write_says == EACCES);
    CHECK(reach->own_file_says == EACCES);
    CHECK(access("../outside/new", F_OK) != 0 && access("new", F_OK) != 0);
}

static int die_at_once(void *data)
{
    (void)data;
    abort();
}

TEST(a_crash_outside_of_members_is_told)
{
    struct cor_guard guard;
    heard = (struct counting){.diag = {count}};
    cor_guard_init(&guard, &heard.diag);
    CHECK(cor_guard_run(&guard, die_at_once, NULL) == COR_EXIT_FAILED);
    CHECK(heard.fatal == 1 && heard.lost == 0);
    cor_guard_dispose(&guard);
}

static void leave(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (chdir("/") != 0 || system(command) != 0)
        printf("# %s is left\n", folder);
}

static const struct test_case cases[] = {
    CASE(good_input_is_read_in_one_go),
    CASE(a_crash_loses_that_member_only),
    CASE(faults_and_overflows_are_crashes),
    CASE(many_crashes_give_up_the_container),
    CASE(a_loop_is_ended),
    CASE(a_hunger_is_ended),
    CASE(nothing_can_be_reached),
    CASE(a_crash_outside_of_members_is_told),
};

int main(void)
{
    snprintf(folder, sizeof folder, "/tmp/cor-guard-XXXXXX");
    reach = mmap(NULL, sizeof *reach, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (reach == MAP_FAILED || !mkdtemp(folder) || chdir(folder) != 0 || mkdir("in", 0700) != 0 ||
        chdir("in") != 0 || mkdir("out", 0700) != 0) {
        printf("Bail out! no temporary folder\n");
        return 1;
    }
    pid_t self = getpid();
    int failed = test_run(cases, sizeof cases / sizeof *cases);
    if (getpid() == self)
        leave();
    return failed;
}
