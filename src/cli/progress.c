// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cli/cli.h"

enum { REDRAW_MS = 200, BAR_WIDTH = 20 };

struct cor_terminal_progress {
    struct cor_progress base;
    pthread_mutex_t lock;
    bool shown, enabled, verbose;
    char stage[32];
    uint64_t members, bytes, total;
    int64_t stage_start, last_draw;
};

static struct cor_terminal_progress *current;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// "[#####.....]"
static void fill_bar(char *bar, uint64_t part, uint64_t whole)
{
    size_t full = (size_t)((double)part * BAR_WIDTH / (double)whole);
    bar[0] = '[';
    memset(bar + 1, '#', full);
    memset(bar + 1 + full, '.', BAR_WIDTH - full);
    strcpy(bar + 1 + BAR_WIDTH, "] ");
}

static void draw(struct cor_terminal_progress *self, int64_t now)
{
    char left[40] = "", bar[BAR_WIDTH + 4] = "";
    int64_t spent = now - self->stage_start;
    if (self->total && self->bytes && self->bytes <= self->total) {
        double rest = (double)spent * (double)(self->total - self->bytes) / (double)self->bytes;
        fill_bar(bar, self->bytes, self->total);
        snprintf(left, sizeof left, ", %d %%, %.0f s left",
                 (int)((double)self->bytes * 100 / (double)self->total), rest / 1000);
    }
    fprintf(stderr, "\r\033[K%s%s: %llu members, %.1f MiB%s", bar, self->stage,
            (unsigned long long)self->members, (double)self->bytes / 1048576, left);
    fflush(stderr);
    self->shown = true;
    self->last_draw = now;
}

static void end_stage(struct cor_terminal_progress *self, int64_t now)
{
    if (!self->verbose || !self->stage[0])
        return;
    if (self->shown)
        fputs("\r\033[K", stderr);
    self->shown = false;
    fprintf(stderr, "correspond: %s: %.1f s", self->stage,
            (double)(now - self->stage_start) / 1000);
    if (self->members)
        fprintf(stderr, ", %llu members, %.1f MiB", (unsigned long long)self->members,
                (double)self->bytes / 1048576);
    fputc('\n', stderr);
}

static void on_stage(struct cor_progress *progress, const char *stage, uint64_t total)
{
    struct cor_terminal_progress *self = (struct cor_terminal_progress *)progress;
    pthread_mutex_lock(&self->lock);
    end_stage(self, now_ms());
    snprintf(self->stage, sizeof self->stage, "%s", stage);
    self->members = self->bytes = 0;
    self->total = total;
    self->stage_start = now_ms();
    if (self->enabled)
        draw(self, self->stage_start);
    pthread_mutex_unlock(&self->lock);
}

static void on_advance(struct cor_progress *progress, uint64_t members, uint64_t bytes)
{
    struct cor_terminal_progress *self = (struct cor_terminal_progress *)progress;
    if (!self->enabled && !self->verbose)
        return;
    pthread_mutex_lock(&self->lock);
    self->members += members;
    self->bytes += bytes;
    int64_t now = now_ms();
    if (self->enabled && now - self->last_draw >= REDRAW_MS)
        draw(self, now);
    pthread_mutex_unlock(&self->lock);
}

struct cor_terminal_progress *cor_terminal_progress_new(bool quiet, bool verbose)
{
    struct cor_terminal_progress *self = cor_alloc_zero(1, sizeof *self);
    if (!self)
        return NULL;
    self->base = (struct cor_progress){on_stage, on_advance};
    pthread_mutex_init(&self->lock, NULL);
    self->enabled = !quiet && isatty(STDERR_FILENO);
    self->verbose = verbose && !quiet;
    current = self;
    return self;
}

struct cor_progress *cor_terminal_progress_base(struct cor_terminal_progress *progress)
{
    return progress ? &progress->base : NULL;
}

void cor_terminal_progress_wipe(void)
{
    if (!current || !current->enabled)
        return;
    pthread_mutex_lock(&current->lock);
    if (current->shown)
        fputs("\r\033[K", stderr);
    current->shown = false;
    pthread_mutex_unlock(&current->lock);
}

void cor_terminal_progress_free(struct cor_terminal_progress *progress)
{
    if (!progress)
        return;
    end_stage(progress, now_ms());
    cor_terminal_progress_wipe();
    current = NULL;
    pthread_mutex_destroy(&progress->lock);
    cor_free(progress);
}
