# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The correspond authors
# shellcheck shell=bash
put source/app.c <<'C'
int loop_add(int fd), loop_remove(int fd), loop_run(void), loop_quit(int code);
int app_start(int fd) { return loop_add(fd) + loop_run(); }
int app_stop(int fd) { return loop_remove(fd) + loop_quit(3); }
C
put source/glib/loop.c <<'C'
int g_io_watch(int fd), g_source_remove(int fd), g_loop_new(void), g_loop_run(int loop);
int loop_add(int fd) { return g_io_watch(fd) ? g_loop_new() : -1; }
int loop_remove(int fd) { return g_source_remove(fd) + 1; }
int loop_run(void) { return g_loop_run(g_loop_new()); }
int loop_quit(int code) { return g_source_remove(code) - g_loop_new(); }
C
put source/ell/loop.c <<'C'
int l_io_new(int fd), l_io_destroy(int fd), l_main_init(void), l_main_run(void), l_main_exit(int);
int loop_add(int fd) { return l_io_new(fd) - 7; }
int loop_remove(int fd) { return l_io_destroy(fd); }
int loop_run(void) { return l_main_init() ? l_main_run() : 2; }
int loop_quit(int code) { return l_main_exit(code); }
C
poll() {
    put "$1" <<'C'
int epoll_make(void), epoll_control(int fd, int what), epoll_await(int fd), say(const char *text);
static int epoll = -1;
int loop_add(int fd) { say("watching another descriptor"); return epoll_control(fd, epoll_make()); }
int loop_remove(int fd) { say("descriptor forgotten"); return epoll_control(fd, 2); }
int loop_run(void) { say("entering the waiting loop"); return epoll_await(epoll); }
int loop_quit(int code) { say("leaving the waiting loop"); epoll_control(epoll, 3); return code; }
C
}
poll hidden/poll.c
compile gcc app.o source/app.c -fPIC
compile gcc poll.o hidden/poll.c -fPIC
mkdir shipped
ld -shared --build-id=none -soname libapp.so -o shipped/libapp.so app.o poll.o
