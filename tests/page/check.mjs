// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
//
// check.mjs DEMO.html LARGE.html SCRATCH
//
// Uses the pages as a reader does, in a browser without a screen: CHROMIUM names it. DEMO is the
// report of the demo product, LARGE one of 4,000 components. Prints TAP and, at the end, a count.
import {execFileSync} from 'node:child_process';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';

const [demo, large, scratch] = process.argv.slice(2).map(path => resolve(path));
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({executablePath, args});
const url = (file, hash = '') => pathToFileURL(file).href + hash;
let number = 0, passed = 0, failed = 0;

const check = (condition, what) => { if (!condition) throw new Error(what); };
const same = (got, wanted, what = 'value') =>
  check(JSON.stringify(got) === JSON.stringify(wanted), `${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);

// Runs one test on a fresh page; whatever the page asks of a network or complains about fails it.
const test = async (name, file, act, options = {}) => {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, acceptDownloads: true, ...options});
  const complaints = [];
  let why = '';
  try {
    const page = await context.newPage();
    page.on('console', message => { if (message.type() !== 'log') complaints.push(message.text()); });
    page.on('pageerror', error => complaints.push(String(error)));
    page.on('request', request => {
      if (!/^(file|blob|data):/.test(request.url())) complaints.push('asks for ' + request.url());
    });
    await page.goto(url(file, options.hash));
    await act(page, context);
    check(!complaints.length, complaints.join('; '));
  } catch (error) {
    why = String(error.message || error).split('\n')[0];
  }
  await context.close();
  number++;
  if (why) { failed++; console.log(`not ok ${number} - ${name}\n# ${why}`); } else { passed++; console.log(`ok ${number} - ${name}`); }
};

const shown = page => page.locator('details.row:visible').count();
const text = (page, selector) => page.locator(selector).first().innerText();
const numbers = line => line.map(cell => Number(cell.replace(/,/g, '').replace('-', '0')));

await test('the first screen says what was compared and answers', demo, async page => {
  check((await text(page, 'h1')).startsWith('No'), 'no answer');
  same(await page.locator('.input strong').allInnerTexts(), ['installer.iso', 'source.iso'], 'inputs');
  same(await page.locator('dd.hash').count(), 4, 'hashes');
  const top = await page.locator('#unexplained').boundingBox();
  check(top.y < 900, 'what is not explained is below the first screen');
});
await test('the numbers add up', demo, async page => {
  const rows = await page.locator('section table').first().locator('tbody tr').evaluateAll(
    lines => lines.map(line => Array.from(line.cells).slice(1).map(cell => cell.textContent)));
  const sums = rows.slice(0, -1).map(numbers).reduce((a, b) => a.map((value, i) => value + b[i]));
  same(sums, numbers(rows.at(-1)), 'sums');
});
await test('groups add up to the findings', demo, async page => {
  const groups = await page.locator('#unexplained ~ table.groups td.n').allInnerTexts();
  same(numbers(groups).reduce((a, b) => a + b), await shown(page), 'names in groups');
});
await test('the search narrows down as one types, and Escape ends it', demo, async page => {
  const before = await shown(page);
  await page.keyboard.press('/');
  await page.keyboard.type('lock');
  same(await page.locator('details.row:visible summary code').allInnerTexts(), ['vk_lock', 'vk_unlock'], 'rows');
  check((await text(page, 'output')).startsWith('2 of '), 'no count');
  await page.keyboard.press('Escape');
  same(await shown(page), before, 'rows after Escape');
});
await test('a class can be picked', demo, async page => {
  await page.getByRole('button', {name: 'prebuilt'}).click();
  same(await page.locator('details.row:visible summary code').allInnerTexts(), ['ol_checksum'], 'rows');
  await page.getByRole('button', {name: 'all', exact: true}).click();
  check(await shown(page) > 1, 'it does not come back');
});
await test('findings can be put into other orders', demo, async page => {
  await page.locator('select').selectOption('by name');
  const names = await page.locator('details.row:visible summary code').allInnerTexts();
  same(names, names.slice().sort(), 'order');
  await page.locator('select').selectOption('by provider');
  check(await page.locator('section.group h3:visible').count() > 1, 'groups do not come back');
});
await test('tables sort and filter', large, async page => {
  await page.locator('#all-components > summary').click();
  const table = page.locator('#all-components table');
  await table.locator('th button', {hasText: 'defines'}).click();
  const cells = numbers(await table.locator('tbody tr td:nth-child(8)').evaluateAll(
    all => all.slice(0, 50).map(cell => cell.textContent)));
  same(cells, cells.slice().sort((a, b) => b - a), 'order');
  await page.locator('#all-components input.filter').fill('module_0077');
  same(await table.locator('tbody tr:visible').count(), 1, 'rows');
});
await test('a box of the picture leads to its component', demo, async page => {
  await page.locator('#stage a.node', {hasText: 'netdrv'}).click();
  check((await text(page, 'tr.hit')).includes('netdrv'), 'not marked');
});
await test('an orange arrow leads to the evidence', demo, async page => {
  const link = page.locator('#stage a.link').first(), id = (await link.getAttribute('href')).slice(1);
  await link.locator('.touch').dispatchEvent('click');
  await page.waitForFunction(name => document.getElementById(name).open, id);
  check((await text(page, `[id="${id}"] .evidence`)).includes('Who needs it in binary form'), 'no evidence');
});
await test('pointing at a box shows what it is linked with', demo, async page => {
  await page.locator('#stage a.node', {hasText: 'k.b00'}).hover();
  check(await page.locator('#stage .near.link').count() > 0, 'no link stands out');
  await page.mouse.move(2, 2);
  same(await page.locator('#stage .near').count(), 0, 'left over');
});
await test('the picture grows, moves and fits again', demo, async page => {
  const width = async () => (await page.locator('#stage svg').boundingBox()).width;
  const before = await width();
  for (let i = 0; i < 3; i++) await page.getByRole('button', {name: '+', exact: true}).click();
  check(await width() > before * 1.9, 'not larger');
  const box = await page.locator('#stage .drawing').boundingBox();
  await page.mouse.move(box.x + 300, box.y + 90);
  await page.mouse.down();
  await page.mouse.move(box.x + 100, box.y + 60);
  await page.mouse.up();
  check(await page.locator('#stage .drawing').evaluate(e => e.scrollLeft) > 100, 'not moved');
  await page.getByRole('button', {name: 'Fit'}).click();
  same(await width(), before, 'width');
});
await test('the picture is saved as an SVG that stands alone', demo, async page => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Save as SVG'}).click()]);
  const file = join(scratch, 'picture.svg');
  await download.saveAs(file);
  const svg = readFileSync(file, 'utf8');
  check(svg.includes('<style>') && svg.includes('id="hatch"') && svg.includes('openlinux'), 'parts are missing');
  execFileSync('xmllint', ['--noout', '--nonet', file]);
});
await test('a link opens the right evidence', demo, async page => {
  check(await page.locator('[id="f-vk_device_name"]').evaluate(e => e.open), 'shut');
  const box = await page.locator('[id="f-vk_device_name"] > summary').boundingBox();
  check(box.y > 0 && box.y < 300, `stands at ${box.y}`);
  same(await page.locator('details.row[open]').count(), 1, 'open rows');
}, {hash: '#f-vk_device_name'});
await test('a link narrows down to a calling component', demo, async page => {
  same(await page.locator('details.row:visible summary code').allInnerTexts().then(all => all.sort()), ['ol_checksum', 'vk_heap_alloc'], 'rows');
}, {hash: '#only-n3'});
await test('a group leads to its findings', demo, async page => {
  await page.locator('a[data-only^=d]').first().click();
  check((await page.url()).includes('#only-d'), 'no link to share');
  same(String(await shown(page)), await text(page, 'a[data-only^=d]'), 'rows');
});
await test('the evidence is whole and in its order', demo, async page => {
  same(await page.locator('[id="f-vk_device_name"] h4').allInnerTexts(), ['Where released code calls it',
    'Where it is declared', 'Its body', 'Who needs it in binary form', 'Who has it', 'Licences',
    'How to verify by hand'], 'steps');
  same(await text(page, '[id="f-vk_device_name"] mark').then(line => line.trim().split(/\s+/)[0]), '22', 'marked line');
  same(await page.locator('[id="f-vk_device_name"] .chain li').count(), 4, 'chain');
}, {hash: '#f-vk_device_name'});
await test('commands are copied as they stand', demo, async (page, context) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const command = page.locator('[id="f-vk_lock"] .command').first();
  await command.locator('.copy').click();
  same(await page.evaluate(() => navigator.clipboard.readText()), await command.locator('pre').textContent(), 'copied');
}, {hash: '#f-vk_lock'});
await test('keys: the next finding, open, help', demo, async page => {
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  check(await page.locator('details.row').first().evaluate(e => e.open), 'shut');
  await page.keyboard.press('?');
  check(await page.locator('dialog').isVisible(), 'no help');
});
await test('the picture can be used by keys', demo, async page => {
  await page.locator('#stage a.node').first().focus();
  await page.keyboard.press('+');
  check(await page.locator('#stage .drawing.zoomed').count() === 1, 'not larger');
  await page.keyboard.press('Enter');
  check(await page.locator('tr.hit').count() === 1, 'no component');
});

// The contrast of WCAG 2: 4.5 is what small text needs.
const contrast = page => page.evaluate(() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map(v => v / 255).map(v => (v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\)$|transparent/.test(colour)) return colour;
    }
    return 'rgb(255,255,255)';
  };
  return Math.min(...['p', 'a', '.soft', '.badge', '.hash', 'mark', 'th', 'button', 'h1 b', 'code'].flatMap(q =>
    Array.from(document.querySelectorAll(q)).filter(e => e.checkVisibility()).slice(0, 5)).map(element => {
    const pair = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
    return (pair[0] + .05) / (pair[1] + .05);
  }));
});
for (const colorScheme of ['light', 'dark'])
  await test(`text is readable on a ${colorScheme} screen`, demo, async page => {
    const least = await contrast(page);
    check(least >= 4.5, `contrast ${least.toFixed(2)}`);
  }, {colorScheme, hash: '#f-vk_lock'});
await test('light and dark change by a press', demo, async page => {
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await colour();
  await page.getByRole('button', {name: 'Light / dark'}).click();
  check(await colour() !== before, 'the same');
  await page.getByRole('button', {name: 'Light / dark'}).click();
  same(await colour(), before, 'colour');
});
for (const width of [360, 800, 2200])
  await test(`nothing runs out of a window of ${width} pixels`, demo, async page => {
    same(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'fits');
  }, {viewport: {width, height: 800}, hash: '#f-vk_device_name'});

const printed = async (page, name) => {
  const file = join(scratch, name);
  writeFileSync(file, await page.pdf({format: 'A4'}));
  return execFileSync('pdftotext', ['-layout', file, '-'], {maxBuffer: 1 << 28}).toString();
};
for (const javaScriptEnabled of [true, false])
  await test(`paper shows all evidence ${javaScriptEnabled ? '' : 'without JavaScript'}`, demo, async page => {
    const rows = await page.locator('details.row').count();
    const paper = await printed(page, 'demo.pdf');
    same(paper.match(/How to verify by hand/g).length, rows, 'findings on paper');
    check(/Combined work/.test(paper) && !/Save as SVG|Copy/.test(paper), 'the wrong things are on paper');
  }, {javaScriptEnabled});
await test('without JavaScript everything can be read', demo, async page => {
  same(await page.locator('button:visible').count(), 0, 'buttons');
  same(await page.locator('[data-pack]').count(), 0, 'missing evidence');
  await page.locator('[id="f-vk_lock"] > summary').click();
  check((await text(page, '[id="f-vk_lock"] .evidence')).includes('sha256sum'), 'no commands');
  check(await page.locator('svg.picture').first().isVisible(), 'no picture');
}, {javaScriptEnabled: false});

await test('4,000 components: under 20 MB and under 2 s', large, async () => {
  const megabytes = statSync(large).size / 1e6;
  let best = Infinity;
  for (let i = 0; i < 5; i++) {
    const page = await browser.newPage({viewport: {width: 1280, height: 900}});
    const start = performance.now();
    await page.goto(url(large));
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
    best = Math.min(best, performance.now() - start);
    await page.close();
  }
  console.log(`# ${megabytes.toFixed(1)} MB, ${(best / 1000).toFixed(2)} s`);
  check(megabytes < 20, `${megabytes} MB`);
  check(best < 2000, `${best} ms`);
});
await test('4,000 components: groups open down to one', large, async page => {
  let depth = 0;
  for (; depth < 6; depth++) {
    const group = page.locator('#stage a.node[href^="#b"]').first();
    if (!await group.count()) break;
    const name = await group.locator('text').first().textContent();
    await group.focus();
    await page.keyboard.press('Enter');
    check((await text(page, '.crumbs')).endsWith(name), `${name} did not open`);
    if (await page.locator('#stage .work').count() && !await page.locator('#stage a.node[href^="#b"]').count()) break;
    if (depth && await page.locator('#stage a.node[href^="#c"]').count() > 8) break;
  }
  check(await page.locator('#stage a.node[href^="#c"]').count() > 2, 'no single component');
  const boxes = await page.locator('#stage a.node').count();
  check(boxes <= 52, `${boxes} boxes`);
  await page.locator('.crumbs a').first().click();
  same(await text(page, '.crumbs'), 'All components', 'way back');
});
await test('4,000 components: packed evidence opens by a link', large, async page => {
  const body = await text(page, '[id="f-vendor_function_04321"] .evidence');
  check(body.includes('vendor_function_04321 is binary-only') && body.includes('How to verify by hand'), 'no evidence');
  same(await page.locator('details.row[open]').count(), 1, 'open rows');
}, {hash: '#f-vendor_function_04321'});
await test('4,000 components: a link reaches a component', large, async page => {
  check((await text(page, 'tr.hit')).includes('module_3999.ko'), 'not found');
}, {hash: '#c3999'});
await test('4,000 components: the search answers at once', large, async page => {
  await page.keyboard.press('/');
  const start = performance.now();
  await page.keyboard.type('function_00777');
  await page.waitForFunction(() => document.querySelector('output').textContent.startsWith('1 of'));
  const spent = performance.now() - start;
  check(spent < 3000, `${spent} ms`);
});
await test('4,000 components: the lists stand without JavaScript', large, async page => {
  same(await page.locator('details.row').count(), 5000, 'findings');
  same(await page.locator('#all-components tbody tr').count(), 4000, 'components');
}, {javaScriptEnabled: false});

await browser.close();
console.log(`1..${number}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
