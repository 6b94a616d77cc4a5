// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/html_frame.h"

#include <string.h>

#include "report/put.h"

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--soft:#f2f2f0;--line:#ccc;"
    "--bad:#b34700;--good:#005a9c}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8e8e6;--paper:#181818;--soft:#262626;"
    "--line:#555;--bad:#ff9d57;--good:#7cc0ff}}\n"
    "body{font:16px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper);"
    "max-width:72rem;margin:2rem auto;padding:0 1rem}\n"
    "h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid var(--line)}\n"
    "h3{font-size:1rem}.answer{font-size:1.2rem;padding:.8rem;background:var(--soft);"
    "border-left:.4rem solid var(--good)}.answer.bad{border-color:var(--bad)}\n"
    "table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.15rem .7rem;text-align:left;"
    "border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}\n"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}code,pre{font-size:.9rem}\n"
    "pre{background:var(--soft);padding:.7rem;overflow-x:auto;margin:.3rem 0 1rem}\n"
    "summary{cursor:pointer;padding:.15rem}summary:focus-visible{outline:2px solid var(--good)}\n"
    ".class{color:var(--bad)}input{font:inherit;width:100%;padding:.4rem;box-sizing:border-box}\n"
    "@media print{input{display:none}body{max-width:none;font-size:10pt}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere}}\n";

// Search hides what does not hold the text; printing opens everything; a link to a finding opens
// it.
static const char script[] =
    "'use strict';\n"
    "var box=document.getElementById('search');box.hidden=false;\n"
    "var rows=document.querySelectorAll('details.row,tbody tr');\n"
    "box.addEventListener('input',function(){var t=box.value.toLowerCase();"
    "rows.forEach(function(r){var h=r.querySelector('summary')||r;"
    "r.hidden=t!==''&&h.textContent.toLowerCase().indexOf(t)<0;});});\n"
    "window.addEventListener('beforeprint',function(){document.querySelectorAll('details')"
    ".forEach(function(d){d.open=true;});});\n"
    "function go(){var e=location.hash&&document.getElementById(location.hash.slice(1));"
    "if(e&&e.tagName==='DETAILS')e.open=true;}\n"
    "window.addEventListener('hashchange',go);go();\n";

static void put_escaped(FILE *out, const char *text)
{
    static const char special[] = "<>&\"'";
    while (*text) {
        size_t size = strcspn(text, special);
        cor_put_part(out, cor_slice(text, size));
        text += size;
        if (*text)
            fprintf(out, "&#%d;", *text++);
    }
}

void cor_html_text(FILE *out, const char *text)
{
    put_escaped(out, text ? text : "-");
}

void cor_html_lines(FILE *out, const char *text)
{
    for (; *text; text++)
        if (strchr("<>&\"'", *text))
            fprintf(out, "&#%d;", *text);
        else
            fputc(*text, out);
}

void cor_html_begin(FILE *out, const char *title)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<title>",
          out);
    cor_html_text(out, title);
    fprintf(out, "</title>\n<style>\n%s</style>\n<body>\n", style);
}

void cor_html_end(FILE *out)
{
    fprintf(out, "<script>\n%s</script>\n</body>\n</html>\n", script);
}
