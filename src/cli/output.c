// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "cli/cli.h"
#include "cli/terminal.h"

static enum cor_status failed(struct cor_diag *diag, const char *path)
{
    return cor_fail(diag, COR_FATAL, COR_IO, path, "cannot write%s%s", errno ? ": " : "",
                    errno ? strerror(errno) : "");
}

enum cor_status cor_flush_stdout(struct cor_diag *diag)
{
    return fflush(stdout) == 0 && !ferror(stdout) ? COR_OK : failed(diag, "standard output");
}

enum cor_status cor_check_output(const char *path, struct cor_diag *diag)
{
    struct stat about;
    char folder[4096];
    if (strcmp(path, "-") == 0)
        return COR_OK;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        errno = EISDIR;
        return failed(diag, path);
    }
    if (strlen(path) >= sizeof folder) {
        errno = ENAMETOOLONG;
        return failed(diag, path);
    }
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (!slash)
        strcpy(folder, ".");
    else
        slash[slash == folder] = '\0';
    if (stat(folder, &about) == 0 && !S_ISDIR(about.st_mode)) {
        errno = ENOTDIR;
        return failed(diag, path);
    }
    return access(folder, W_OK | X_OK) == 0 ? COR_OK : failed(diag, path);
}

static enum cor_status write_to(cor_output_writer *writer, void *what, FILE *out, const char *path,
                                struct cor_diag *diag)
{
    errno = 0;
    enum cor_status status = writer(what, out);
    if (status == COR_OK && (fflush(out) != 0 || ferror(out)))
        status = COR_IO;
    if (status == COR_IO)
        return failed(diag, path);
    return status;
}

// A device or pipe cannot be renamed over. What stands below /dev and /proc leads somewhere else.
bool cor_is_special(const char *path)
{
    struct stat about;
    return strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0 ||
           (stat(path, &about) == 0 && !S_ISREG(about.st_mode));
}

static enum cor_status write_in_place(cor_output_writer *writer, void *what, const char *path,
                                      struct cor_diag *diag)
{
    FILE *out = fopen(path, "w");
    if (!out)
        return failed(diag, path);
    enum cor_status status = write_to(writer, what, out, path, diag);
    if (fclose(out) != 0 && status == COR_OK)
        status = failed(diag, path);
    return status;
}

enum cor_status cor_write_output(cor_output_writer *writer, void *what, const char *path,
                                 struct cor_diag *diag)
{
    if (strcmp(path, "-") == 0)
        return write_to(writer, what, stdout, "standard output", diag);
    if (cor_is_special(path))
        return write_in_place(writer, what, path, diag);
    struct cor_buffer name;
    cor_buffer_init(&name, 1 << 16);
    enum cor_status status = cor_buffer_printf(&name, "%s.XXXXXX", path);
    int file = status == COR_OK ? mkstemp(name.data) : -1;
    FILE *out = file >= 0 ? fdopen(file, "w") : NULL;
    if (!out) {
        status = failed(diag, path);
        goto end;
    }
    mode_t mask = umask(0);
    umask(mask);
    fchmod(file, 0666 & ~mask);
    status = write_to(writer, what, out, path, diag);
    if (fclose(out) != 0 && status == COR_OK)
        status = failed(diag, path);
    if (status == COR_OK && rename(name.data, path) != 0)
        status = failed(diag, path);
    if (status != COR_OK)
        unlink(name.data);
end:
    cor_buffer_dispose(&name);
    return status;
}

struct report_job {
    const struct cor_report_format *format;
    const struct cor_case *case_;
    const struct cor_report_options *options;
};

static enum cor_status write_report(void *what, FILE *out)
{
    const struct report_job *job = what;
    return job->format->write(job->case_, job->options, out);
}

static enum cor_status write_coloured(void *what, FILE *out)
{
    return cor_write_dressed(write_report, what, COR_DRESS_COLOUR, out);
}

enum cor_status cor_write_report(const struct cor_report_format *format,
                                 const struct cor_case *case_,
                                 const struct cor_report_options *options, const char *path,
                                 struct cor_diag *diag)
{
    struct report_job job = {format, case_, options};
    bool coloured = strcmp(format->name, "text") == 0 && strcmp(path, "-") == 0;
    return cor_write_output(coloured && cor_wants_colour() ? write_coloured : write_report, &job,
                            path, diag);
}
