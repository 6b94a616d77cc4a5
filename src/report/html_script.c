// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Comfort only. Evidence that would make a page slow to open stands in it as JSON, and is put into
// its place when it is opened, searched for by a link, or printed.
#include "report/html_frame.h"

static const char *const script[] = {
    "'use strict';(function(){",
    "var all=function(q,e){return Array.prototype.slice.call((e||document).querySelectorAll(q));};",
    "var more=null;function fill(d){if(!d.hasAttribute('data-more'))return;",
    "if(!more)more=JSON.parse(document.getElementById('more').textContent);",
    "var t=more[d.id];if(t!==undefined)d.lastElementChild.innerHTML=t;",
    "d.removeAttribute('data-more');copy(d);}",
    "function button(text,act){var b=document.createElement('button');b.type='button';",
    "b.textContent=text;b.addEventListener('click',act);return b;}",
    // Copying.
    "function copy(e){all('div.command',e).forEach(function(c){if(c.querySelector('.copy'))return;",
    "var p=c.querySelector('pre'),b=button('Copy',function(){var done=function(){",
    "b.textContent='Copied';setTimeout(function(){b.textContent='Copy';},1500);};",
    "var old=function(){var r=document.createRange();r.selectNodeContents(p);",
    "var s=getSelection();s.removeAllRanges();s.addRange(r);document.execCommand('copy');done();};",
    "if(navigator.clipboard)navigator.clipboard.writeText(p.textContent).then(done,old);",
    "else old();});b.className='copy';c.insertBefore(b,p);});}",
    // Opening, by hand, by a link and for paper.
    "document.addEventListener('toggle',function(e){if(e.target.open)fill(e.target);},true);",
    "function show(e){for(var d=e;d;d=d.parentElement)if(d.tagName==='DETAILS'){fill(d);",
    "d.open=true;}}",
    "function go(){var e=location.hash&&document.getElementById(decodeURIComponent(",
    "location.hash.slice(1)));if(e){e.hidden=false;show(e);e.scrollIntoView();",
    "var s=e.querySelector('summary');if(s)s.focus({preventScroll:true});}}",
    "addEventListener('hashchange',go);",
    "var shut=[];addEventListener('beforeprint',function(){shut=all('details:not([open])');",
    "shut.forEach(function(d){fill(d);d.open=true;});});",
    "addEventListener('afterprint',function(){shut.forEach(function(d){d.open=false;});});",
    // Searching.
    "function hide(rows,text){text=text.toLowerCase();rows.forEach(function(r){",
    "var h=r.tagName==='DETAILS'?r.querySelector('summary'):r;",
    "r.hidden=text!==''&&h.textContent.toLowerCase().indexOf(text)<0;});}",
    "var box=document.getElementById('search');if(box){box.parentNode.hidden=false;",
    "var rows=all('details.row');box.addEventListener('input',function(){hide(rows,box.value);",
    "all('section.group').forEach(function(s){",
    "s.hidden=!s.querySelector('details.row:not([hidden])')&&box.value!=='';});});",
    "document.addEventListener('keydown',function(e){if(e.key==='/'&&",
    "!/INPUT|TEXTAREA/.test(e.target.tagName)){e.preventDefault();box.focus();}",
    "if(e.key==='Escape'&&e.target===box){box.value='';box.dispatchEvent(new Event('input'));}});}",
    // Tables.
    "function value(r,i){return r.cells[i].textContent;}",
    "all('table.sort').forEach(function(t){var body=t.tBodies[0],",
    "rows=Array.prototype.slice.call(body.rows);",
    "all('thead th',t).forEach(function(h,i){var up=false,num=h.classList.contains('n'),",
    "name=h.textContent,b=button(name,function(){up=!up;all('th',t).forEach(function(o){",
    "o.removeAttribute('aria-sort');});h.setAttribute('aria-sort',up?'ascending':'descending');",
    "all('th button',t).forEach(function(o){o.textContent=o.dataset.name;});",
    "b.textContent=name+(up?' \xe2\x96\xb2':' \xe2\x96\xbc');",
    "var key=function(r){var v=value(r,i);if(!num)return v;v=parseFloat(v.replace(/,/g,''));",
    "return isNaN(v)?-1:v;};",
    "rows.map(function(r){return[key(r),r];}).sort(function(x,y){var c=num?x[0]-y[0]:",
    "x[0]<y[0]?-1:x[0]>y[0]?1:0;return up?c:-c;}).forEach(function(p){body.appendChild(p[1]);});",
    "});b.dataset.name=name;h.textContent='';h.appendChild(b);});",
    "if(rows.length>12){var f=document.createElement('input');f.type='search';",
    "f.placeholder='Filter these '+rows.length+' rows';f.setAttribute('aria-label',f.placeholder);",
    "f.addEventListener('input',function(){hide(rows,f.value);});t.parentNode.insertBefore(f,t);}",
    "});",
    // The picture.
    "var svg=document.getElementById('drawing'),tools=document.getElementById('tools');",
    "if(svg&&tools){tools.hidden=false;var w=+svg.getAttribute('width'),frame=svg.parentNode,z=1;",
    "var zoom=function(k){z=k?z*k:1;frame.classList.toggle('zoomed',z!==1);",
    "svg.setAttribute('width',z===1?w:Math.round(Math.min(w,frame.clientWidth)*z));",
    "if(z!==1)svg.removeAttribute('height');};",
    "tools.appendChild(button('Larger',function(){zoom(1.3);}));",
    "tools.appendChild(button('Smaller',function(){zoom(1/1.3);}));",
    "tools.appendChild(button('Fit',function(){zoom(0);}));",
    "tools.appendChild(button('Save picture',function(){var a=document.createElement('a');",
    "a.href=URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)],",
    "{type:'image/svg+xml'}));a.download='correspond.svg';a.click();}));}",
    "copy(document);go();})();",
};

void cor_html_script(FILE *out)
{
    for (size_t i = 0; i < sizeof script / sizeof *script; i++)
        fprintf(out, "%s\n", script[i]);
}
