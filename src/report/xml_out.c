// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/xml_out.h"

#include "report/html_frame.h"

// What is safe in a page is safe here: the same five characters are escaped, by number, and control
// characters are written as words. U+FFFE and U+FFFF, which XML forbids too, are written as bytes.
void cor_xml_text(FILE *out, const char *text)
{
    for (const char *at = text ? text : "-"; *at; at++)
        if ((unsigned char)at[0] == 0xef && (unsigned char)at[1] == 0xbf &&
            (unsigned char)at[2] >= 0xbe) {
            fprintf(out, "\\xef\\xbf\\x%02x", (unsigned char)at[2]);
            at += 2;
        } else if ((unsigned char)*at < 0x80) {
            cor_html_part(out, cor_slice(at, 1));
        } else {
            size_t size = 1;
            while (((unsigned char)at[size] & 0xc0) == 0x80 && size < 4)
                size++;
            cor_html_part(out, cor_slice(at, size));
            at += size - 1;
        }
}
