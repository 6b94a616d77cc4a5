// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/html_frame.h"

static const char *const style[] = {
    ":root{color-scheme:light dark;--ink:#1c1c1c;--soft:#5c5c5c;--paper:#fff;--card:#f6f6f4;"
    "--line:#d8d8d4;--bad:#a63c00;--badfill:#fbdcc4;--good:#005a9c;--mark:#fff0b8}",
    "@media screen and (prefers-color-scheme:dark){:root{--ink:#e9e9e6;--soft:#a8a8a8;"
    "--paper:#17181a;--card:#212326;--line:#3c3f43;--bad:#ffb680;--badfill:#57290c;"
    "--good:#7cc0ff;--mark:#4d4210}}",
    "*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);"
    "background:var(--paper);max-width:76rem;margin:0 auto;padding:1.5rem 1.25rem 5rem}",
    "h1{font-size:1.05rem;font-weight:600;color:var(--soft);margin:0}"
    "h2{font-size:1.3rem;margin:2.6rem 0 .6rem}h3{font-size:1.05rem;margin:1.6rem 0 .4rem}"
    "h4{font-size:.95rem;margin:1.1rem 0 .25rem}p{margin:.4rem 0}",
    "a{color:var(--good)}.soft{color:var(--soft);font-size:.92rem}"
    ".answer{font-size:1.5rem;line-height:1.3;font-weight:600;margin:.6rem 0 .8rem;"
    "padding-left:1rem;border-left:.45rem solid var(--good);max-width:60rem}"
    ".answer.bad{border-color:#d55e00}",
    "nav{font-size:.92rem;margin:.6rem 0 1.2rem}nav a{margin-right:1.1rem}"
    ".columns{display:flex;flex-wrap:wrap;gap:1.2rem 2.5rem;align-items:flex-start}"
    ".columns>*{flex:1 1 22rem;min-width:0}.columns h2{margin-top:1rem}",
    "table{border-collapse:collapse;width:100%;margin:.4rem 0;font-size:.95rem}"
    "td,th{padding:.25rem .9rem .25rem 0;text-align:left;border-bottom:1px solid var(--line);"
    "vertical-align:top;overflow-wrap:anywhere}th{font-weight:600}"
    "thead th{color:var(--soft);font-size:.85rem}th button{all:unset;cursor:pointer}"
    "th button:focus-visible{outline:2px solid var(--good)}tr.sum>*{font-weight:700;"
    "border-top:2px solid var(--ink)}tr:target>*{background:var(--mark)}",
    ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    "thead th{overflow-wrap:normal}code,pre{font:.86rem/1.5 ui-monospace,monospace}"
    ".hash{font-size:.74rem;color:var(--soft);overflow-wrap:anywhere}"
    "dl.inputs{margin:.4rem 0}dl.inputs dt{font-weight:600;overflow-wrap:anywhere}"
    "dl.inputs dd{margin:0 0 .7rem}",
    ".bar{display:flex;height:1.1rem;border-radius:.3rem;overflow:hidden;margin:.3rem 0 .8rem;"
    "background:var(--line)}.bar i{min-width:3px;border-right:2px solid var(--paper)}"
    ".released{background:#0072b2}.toolchain{background:#56b4e9}.prebuilt{background:#cc79a7}"
    ".binary-only{background:repeating-linear-gradient(45deg,#d55e00 0 5px,#f39a5a 5px 9px)}"
    ".unresolved{background:#7a2a00}.undetermined{background:#8c8c8c}"
    ".key{display:inline-block;width:.8rem;height:.8rem;border-radius:.15rem;"
    "margin-right:.45rem;vertical-align:-.05rem}",
    ".badge{font-size:.8rem;padding:.05rem .5rem;border-radius:.8rem;background:var(--badfill);"
    "color:var(--bad);white-space:nowrap}",
    ".drawing{overflow:auto;border:1px solid var(--line);border-radius:.5rem;padding:.3rem;"
    "max-height:92vh}.drawing svg{display:block;max-width:100%;height:auto}"
    ".drawing.zoomed svg{max-width:none}",
    ".legend{font-size:.88rem;color:var(--soft);display:flex;flex-wrap:wrap;gap:.2rem 1.3rem}"
    ".tools button,.copy{font:inherit;font-size:.82rem;padding:.1rem .6rem;margin:0 .4rem .3rem 0;"
    "color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:.3rem;"
    "cursor:pointer}",
    "details{border-bottom:1px solid var(--line)}summary{cursor:pointer;padding:.35rem .2rem;"
    "overflow-wrap:anywhere}summary:hover{background:var(--card)}"
    "summary:focus-visible{outline:2px solid var(--good)}details[open]>summary{font-weight:600}"
    ".evidence{padding:.2rem 0 1.4rem 1.1rem;border-left:3px solid var(--line);margin-left:.3rem}"
    ".verdict{font-size:1.05rem;overflow-wrap:anywhere}",
    "pre{background:var(--card);padding:.6rem .8rem;overflow-x:auto;margin:.3rem 0 .8rem;"
    "border-radius:.35rem}pre "
    "mark{display:inline-block;min-width:100%;vertical-align:top;background:var(--mark);"
    "color:inherit;font-weight:600}.place{overflow-wrap:anywhere}",
    ".command{position:relative}.command .copy{position:absolute;right:.4rem;top:.35rem;margin:0}"
    ".find{position:sticky;top:0;background:var(--paper);padding:.5rem 0;z-index:1}"
    "input{font:inherit;width:100%;padding:.4rem .6rem;color:inherit;background:var(--card);"
    "border:1px solid var(--line);border-radius:.35rem}[hidden]{display:none!important}",
    "@media print{@page{margin:15mm}body{max-width:none;font-size:9.5pt;padding:0}"
    "input,.tools,.copy,.find,nav{display:none!important}.answer{font-size:14pt}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere}.drawing{max-height:none;border:0;"
    "overflow:visible;break-inside:avoid}.drawing svg{max-height:240mm}"
    "details::details-content{content-visibility:visible;height:auto}"
    "h2,h3,h4,summary{break-after:avoid}tr,pre{break-inside:avoid}"
    "*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}",
};

void cor_html_style(FILE *out)
{
    for (size_t i = 0; i < sizeof style / sizeof *style; i++)
        fprintf(out, "%s\n", style[i]);
}
