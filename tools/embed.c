// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
//
// embed FILE...
//
// Prints each file as an array of bytes in C, named after the file: page.css as page_css. Comment
// lines and what lines begin with are left out, so that they need not stand in every report.
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static void put_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    for (const char *at = slash ? slash + 1 : path; *at; at++)
        putchar(isalnum((unsigned char)*at) ? *at : '_');
}

static int embed(const char *path)
{
    char line[4096];
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        return 1;
    }
    fputs("static const char ", stdout);
    put_name(path);
    fputs("[] = {", stdout);
    while (fgets(line, sizeof line, file)) {
        const char *at = line + strspn(line, " ");
        size_t size = strlen(at);
        if (*at == '\n' || strncmp(at, "//", 2) == 0 ||
            (strncmp(at, "/*", 2) == 0 && strcmp(at + size - 3, "*/\n") == 0))
            continue;
        for (; *at; at++) {
            if ((unsigned char)*at >= 0x80) {
                fprintf(stderr, "%s: only ASCII, please: %s", path, line);
                return 1;
            }
            printf("%d,", *at);
        }
    }
    fputs("};\n", stdout);
    return fclose(file) != 0;
}

int main(int count, char **arguments)
{
    int status = 0;
    for (int i = 1; i < count; i++)
        status |= embed(arguments[i]);
    return status | (fflush(stdout) != 0);
}
