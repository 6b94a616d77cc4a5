// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/bundle.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "audit/bundle_files.h"
#include "base/buffer.h"
#include "intake/hash.h"
#include "intake/zip_writer.h"
#include "report/report.h"
#include "report/script.h"

static const char readme[] =
    "The evidence of one case of correspond, the program that asks whether released\n"
    "source code corresponds to shipped binaries.\n"
    "\n"
    "  report.html   the report, for a browser and for paper\n"
    "  report.txt    its summary\n"
    "  report.json   all of it, for programs\n"
    "  case.corr     the case file, an SQLite database\n"
    "  members/      the components that the listed symbols concern, unpacked\n"
    "  source/       the source files that they cite\n"
    "  verify.sh     runs every verification command on these files; needs the\n"
    "                Debian packages binutils, libarchive-tools and coreutils\n"
    "  VERSION       the program's version and its libraries'\n"
    "  SHA256SUMS    the hash of each file here\n"
    "\n"
    "To check it: sh verify.sh. Some commands search the whole release or read an\n"
    "input; give them these files as well: SHIPPED1=x.iso SOURCE1=y.iso sh verify.sh\n"
    "\n"
    "The names in members/ and source/ begin with a number; which file of which input\n"
    "each one is stands here:\n"
    "\n";

enum { LARGEST_SUMS = 1 << 28 };

struct bundle {
    const struct cor_case *case_;
    const struct cor_bundle_options *options;
    struct cor_cited cited;
    struct cor_zip_writer *zip;
    struct cor_buffer sums;
};

static enum cor_status add(struct bundle *bundle, const char *name, const void *data, size_t size)
{
    unsigned char digest[32];
    char hex[65];
    enum cor_status status = cor_sha256(data, size, digest);
    cor_hex(digest, sizeof digest, hex);
    if (status == COR_OK)
        status = cor_zip_writer_add(bundle->zip, name, data, size, strcmp(name, "verify.sh") == 0);
    return status == COR_OK ? cor_buffer_printf(&bundle->sums, "%s  %s\n", hex, name) : status;
}

typedef enum cor_status maker(struct bundle *bundle, const char *what, FILE *out);

static enum cor_status make_report(struct bundle *bundle, const char *what, FILE *out)
{
    const struct cor_report_options options = {0};
    return cor_report_format(what)->write(bundle->case_, &options, out);
}

static enum cor_status make_script(struct bundle *bundle, const char *what, FILE *out)
{
    (void)what;
    return cor_script_write(bundle->case_, &bundle->cited, out);
}

static enum cor_status make_readme(struct bundle *bundle, const char *what, FILE *out)
{
    (void)what;
    fputs(readme, out);
    for (size_t i = 0; i < bundle->cited.files.count; i++) {
        const struct cor_cited_file *file = &bundle->cited.files.items[i];
        if (file->bytes)
            fprintf(out, "  %s\n    %s\n", file->name, file->path);
    }
    return COR_OK;
}

static enum cor_status make_version(struct bundle *bundle, const char *what, FILE *out)
{
    (void)what;
    fputs(bundle->options->version, out);
    return COR_OK;
}

static enum cor_status add_made(struct bundle *bundle, const char *name, maker *make,
                                const char *what)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    enum cor_status status = out ? make(bundle, what, out) : COR_NOMEM;
    if (out && fclose(out) != 0 && status == COR_OK)
        status = COR_NOMEM;
    if (status == COR_OK)
        status = add(bundle, name, text, size);
    free(text);
    return status;
}

static enum cor_status read_whole(FILE *file, struct cor_buffer *bytes)
{
    enum cor_status status = COR_OK;
    char chunk[1 << 16];
    size_t got;
    while (status == COR_OK && (got = fread(chunk, 1, sizeof chunk, file)) > 0)
        status = cor_buffer_append(bytes, chunk, got);
    return status == COR_OK && ferror(file) ? COR_IO : status;
}

static enum cor_status add_casefile(struct bundle *bundle)
{
    struct cor_buffer bytes;
    FILE *file = fopen(bundle->options->casefile, "re");
    if (!file)
        return cor_fail(bundle->options->again.diag, COR_FATAL, COR_IO, bundle->options->casefile,
                        "cannot read: %s", strerror(errno));
    cor_buffer_init(&bytes, SIZE_MAX / 4);
    enum cor_status status = read_whole(file, &bytes);
    fclose(file);
    if (status == COR_OK)
        status = add(bundle, "case.corr", bytes.data, bytes.size);
    cor_buffer_dispose(&bytes);
    return status;
}

static enum cor_status find_cited(struct bundle *bundle)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    enum cor_status status = out ? make_script(bundle, NULL, out) : COR_NOMEM;
    if (out)
        fclose(out);
    free(text);
    return status;
}

static enum cor_status add_cited(struct bundle *bundle)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < bundle->cited.files.count; i++) {
        const struct cor_cited_file *file = &bundle->cited.files.items[i];
        if (file->bytes)
            status = add(bundle, file->name, file->bytes, file->size);
    }
    return status;
}

static enum cor_status add_all(struct bundle *bundle)
{
    static const struct {
        const char *name;
        maker *make;
        const char *what;
    } made[] = {
        {"README.txt", make_readme, NULL},    {"VERSION", make_version, NULL},
        {"report.txt", make_report, "text"},  {"report.html", make_report, "html"},
        {"report.json", make_report, "json"}, {"verify.sh", make_script, NULL},
    };
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < sizeof made / sizeof *made; i++)
        status = add_made(bundle, made[i].name, made[i].make, made[i].what);
    if (status == COR_OK)
        status = add_casefile(bundle);
    if (status == COR_OK)
        status = add_cited(bundle);
    if (status == COR_OK)
        status = cor_zip_writer_add(bundle->zip, "SHA256SUMS", bundle->sums.data, bundle->sums.size,
                                    false);
    return status == COR_OK ? cor_zip_writer_end(bundle->zip) : status;
}

enum cor_status cor_bundle_write(const struct cor_case *case_,
                                 const struct cor_bundle_options *options, FILE *out)
{
    struct bundle bundle = {.case_ = case_, .options = options};
    cor_buffer_init(&bundle.sums, LARGEST_SUMS);
    enum cor_status status = cor_cited_init(&bundle.cited);
    if (status == COR_OK)
        status = find_cited(&bundle);
    cor_progress_stage(options->again.progress, "reading what is cited", 0);
    if (status == COR_OK)
        status = cor_bundle_read_files(case_, &options->again, &bundle.cited);
    cor_progress_stage(options->again.progress, "packing", 0);
    if (status == COR_OK) {
        bundle.zip = cor_zip_writer_new(out);
        status = bundle.zip ? add_all(&bundle) : COR_NOMEM;
    }
    cor_zip_writer_free(bundle.zip);
    cor_cited_dispose(&bundle.cited);
    cor_buffer_dispose(&bundle.sums);
    return status;
}
