// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
//
// check.mjs SCHEMA FOLDER NAME...
//
// Validates the reports FOLDER/NAME.FORMAT of each case, by the format's own schema or validator,
// or where there is none by a reader that is not ours. Each check is first shown a damaged copy,
// which it must refuse. Prints TAP and a count.
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import Ajv4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import Graph from 'graphology';
import graphml from 'graphology-graphml';
import {parse as junit} from 'junit2json';
import {lint} from 'markdownlint/sync';
import papa from 'papaparse';
import expression from 'spdx-expression-parse';
import * as cyclonedx from '@cyclonedx/cyclonedx-library';

const [schemaFile, folder, ...names] = process.argv.slice(2);
const packages = fileURLToPath(new URL('node_modules/', import.meta.url));
const need = (condition, what) => { if (!condition) throw new Error(what); };

const compiled = file => {
  const ajv = new Ajv({strict: false, allErrors: false});
  addFormats(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  return value => need(validate(value), ajv.errorsText(validate.errors));
};
const ownSchema = compiled(schemaFile);
const spdx3Schema = compiled(join(packages, '@cyclonedx/cdxgen/data/spdx-export.schema.json'));
const sarifTool = join(packages, '@microsoft/sarif-multitool-linux/Sarif.Multitool');
const sarifSchema = (file => {
  const ajv = new Ajv4({strict: false, unicodeRegExp: false});
  addFormats(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  return value => need(validate(value), ajv.errorsText(validate.errors));
})(join(packages, '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
const spdx23 = process.env.SPDX23_SCHEMA && compiled(process.env.SPDX23_SCHEMA);

// What the text of SPDX 2.3 asks for beyond its schema: each relation has both its ends, and each
// licence is an expression.
const spdx = document => {
  const ids = new Set([document.SPDXID]);
  for (const element of [...document.packages, ...(document.files || [])]) {
    need(/^SPDXRef-[A-Za-z0-9.-]+$/.test(element.SPDXID) && !ids.has(element.SPDXID), `id ${element.SPDXID}`);
    ids.add(element.SPDXID);
    for (const licence of [element.licenseConcluded, element.licenseDeclared, ...(element.licenseInfoInFiles || [])])
      if (licence && licence !== 'NOASSERTION' && licence !== 'NONE') expression(licence);
    for (const sum of element.checksums || [])
      need(sum.checksumValue.length === {SHA1: 40, SHA256: 64}[sum.algorithm], `${sum.algorithm} ${sum.checksumValue}`);
    need(element.downloadLocation || element.fileName, 'neither a package nor a file');
    if (element.fileName) need(element.checksums.some(sum => sum.algorithm === 'SHA1'), 'a file without SHA1');
  }
  for (const relation of document.relationships)
    need(ids.has(relation.spdxElementId) && ids.has(relation.relatedSpdxElement), `relation ${JSON.stringify(relation)}`);
  need(document.spdxVersion === 'SPDX-2.3' && document.dataLicense === 'CC0-1.0', 'head');
  need(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(document.creationInfo.created), 'time');
  if (spdx23) spdx23(document);
};
// In SPDX 3 too.
const spdx3 = document => {
  spdx3Schema(document);
  const ids = new Set(document['@graph'].map(element => element.spdxId || element['@id']));
  need(ids.size === document['@graph'].length, 'an id stands twice');
  for (const element of document['@graph'])
    for (const id of [element.from, ...(element.to || []), ...(element.rootElement || [])])
      need(!id || ids.has(id), `no element ${id}`);
};

const damagedJson = text => {
  const value = JSON.parse(text);
  value.noSuchKey = 1;
  return JSON.stringify(value);
};
const damagedXml = text => text.replace(/<\/[a-z]+>\s*$/, '');
const json = act => text => act(JSON.parse(text));
const cyclone = new cyclonedx.Validation.JsonStrictValidator(cyclonedx.Spec.Version.v1dot6);

// FORMAT: [who says so, the check, how to damage what it is given]
const checks = {
  json: ['ajv, docs/correspond-report-1.schema.json', json(ownSchema), damagedJson],
  sarif: ['schema of 2.1.0 in @microsoft/jest-sarif; @microsoft/sarif-multitool, rules of code hosts too', (text, file) => {
    sarifSchema(JSON.parse(text));
    const said = execFileSync(sarifTool, ['validate', file, '--rule-kind', 'Sarif;Ghas'], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
      env: {...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1'}});
    need(!/: error /.test(said), said.match(/.*: error .*/)?.[0]);
  }, text => text.replace(/"level": "error"/, '"level": "grave"').replace(/"version": "2.1.0"/, '"version": "9"')],
  cyclonedx: ['@cyclonedx/cyclonedx-library, strict schema of 1.6', async text => {
    const error = await cyclone.validate(text);
    need(!error, JSON.stringify(error)?.slice(0, 300));
  }, damagedJson],
  spdx: [`${spdx23 ? 'the schema of 2.3' : 'own checks'}, spdx-expression-parse`, json(spdx),
    text => text.replace(/SPDXRef-Component-1"/, 'SPDXRef-Component-none"')],
  spdx3: ['the schema of 3.0.1 in @cyclonedx/cdxgen', json(spdx3), damagedJson],
  graphml: ['graphology-graphml, xmllint', (text, file) => {
    execFileSync('xmllint', ['--noout', '--nonet', file], {stdio: 'pipe'});
    need(graphml.parse(Graph, text, {addMissingNodes: false}).order > 0, 'no node');
  }, damagedXml],
  dot: ['graphviz', (text, file) => execFileSync('dot', ['-Tcanon', file], {stdio: 'pipe', maxBuffer: 1 << 28}),
    text => text.replace(/\}\s*$/, '')],
  junit: ['junit2json, xmllint', async (text, file) => {
    execFileSync('xmllint', ['--noout', '--nonet', file], {stdio: 'pipe'});
    const suites = (await junit(text)).testsuite;
    for (const suite of suites) {
      need(suite.testcase.length === suite.tests, `${suite.name}: ${suite.tests} tests`);
      need(suite.testcase.filter(test => test.failure).length === suite.failures, `${suite.name}: failures`);
    }
  }, text => text.replace(/ failures="\d+"/, ' failures="77"')],
  csv: ['papaparse', text => {
    need(text.endsWith('\r\n') && !/[^\r]\n/.test(text), 'lines do not end with CRLF');
    const read = papa.parse(text, {skipEmptyLines: true});
    need(!read.errors.length, JSON.stringify(read.errors[0]));
    const width = read.data[0].length;
    need(read.data.every(row => row.length === width), 'rows of different width');
  }, text => text.replace(/,([^,]*)\r\n$/, '\r\n')],
  markdown: ['markdownlint', text => {
    const found = lint({strings: {text}, config: {default: true, MD013: false, MD033: {allowed_elements: ['code']}}}).text;
    need(!found.length, JSON.stringify(found[0]));
  }, text => text.replace(/^# /, '#')],
  text: ['80 columns, no colour', text => {
    need(!/\x1b/.test(text), 'an escape');
    for (const line of text.split('\n'))
      need(Array.from(line).length <= 80 || /\S{40}/.test(line), `too wide: ${line}`);
  }, text => text.replace('\nAnswer\n', '\n\x1b[1mAnswer\n')],
};

let number = 0, passed = 0, failed = 0;
const said = (fine, name, why) => {
  number++;
  if (fine) passed++; else failed++;
  console.log(`${fine ? 'ok' : 'not ok'} ${number} - ${name}${why ? `\n# ${why}` : ''}`);
};
for (const [format, [by, check, damage]] of Object.entries(checks)) {
  const first = readFileSync(join(folder, `${names[0]}.${format}`), 'utf8'), damaged = join(folder, `damaged.${format}`);
  writeFileSync(damaged, damage(first));
  let refused = '';
  try { await check(damage(first), damaged); } catch (error) { refused = String(error.message || error); }
  said(refused && damage(first) !== first, `${format}: what is damaged is refused (${by})`, refused ? '' : 'it was taken');
  for (const name of names) {
    const file = join(folder, `${name}.${format}`);
    let why = '';
    try { await check(readFileSync(file, 'utf8'), file); } catch (error) {
      why = String(error.stderr || error.message || error).slice(0, 400).replace(/\n/g, ' ');
    }
    said(!why, `${format}: ${name}`, why);
  }
}
if (!spdx23) console.log('# the schema of SPDX 2.3 is in no package: name it with SPDX23_SCHEMA');
console.log(`1..${number}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
