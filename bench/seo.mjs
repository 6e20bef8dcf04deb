// Compares the SEO audit with Lighthouse on the pages of a list, which it serves itself. See bench/seo.
//   node seo.mjs DIRECTORY LIST PID URL
import {readFileSync, existsSync, statSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {join, normalize} from 'node:path';
import {pathToFileURL} from 'node:url';

const [directory, listFile, pid, gatehouse] = process.argv.slice(2);
const require = createRequire(pathToFileURL(join(directory, 'package.json')));
const load = name => import(pathToFileURL(require.resolve(name)));
const {default: lighthouse} = await load('lighthouse');
const {launch} = await load('chrome-launcher');

const RULES = [
  'is-crawlable', 'document-title', 'meta-description', 'http-status-code', 'link-text',
  'crawlable-anchors', 'robots-txt', 'image-alt', 'hreflang', 'canonical', 'structured-data',
];

// Differences that docs/seo.md explains: page, rule, Lighthouse's outcome, ours.
const EXPLAINED = JSON.parse(readFileSync(new URL('./seo-differences.json', import.meta.url)));

const TYPES = {
  html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', png: 'image/png',
  svg: 'image/svg+xml', gif: 'image/gif', jpg: 'image/jpeg', json: 'application/json', txt: 'text/plain',
};

// What the servers on further ports have as robots.txt; the first one has none.
const PORT = 10200;
const ROBOTS = {
  10201: 'User-agent: *\nDisallow: /private\nSitemap: http://127.0.0.1:10201/sitemap.xml\n',
  10202: 'Disallow: /before-any-group\nUser-agent: *\nDisallow: private\nno colon\nSitemap: /relative.xml\n',
  10203: 'User-agent: *\nDisallow: /\n',
};

// Serves the pages as the static server of Lighthouse's smoke tests does.
function serve(request, response) {
  const robots = ROBOTS[request.socket.localPort];
  if (robots && request.url === '/robots.txt') {
    response.setHeader('Content-Type', 'text/plain');
    response.end(robots);
    return;
  }
  const url = new URL(request.url, 'http://localhost');
  const file = join(directory, 'root', normalize(decodeURIComponent(url.pathname)));
  const found = existsSync(file) && statSync(file).isFile();
  response.statusCode = Number(url.searchParams.get('status_code') ?? (found ? 200 : 404));
  response.setHeader('Content-Type', TYPES[file.split('.').pop()] ?? 'application/octet-stream');
  const extra = {};
  for (const [name, value] of new URLSearchParams(url.searchParams.get('extra_header') ?? '')) {
    (extra[name] ??= []).push(value);
  }
  for (const [name, values] of Object.entries(extra)) {
    response.setHeader(name, values);
  }
  response.end(found ? readFileSync(file) : '404 - File not found.');
}

const headers = pairs =>
  new URLSearchParams([['extra_header', new URLSearchParams(pairs).toString()]]).toString();

const smoke = [
  '/seo/seo-failure-cases.html?' + headers([
    ['x-robots-tag', 'none'],
    ['link', '<http://example.com>;rel="alternate";hreflang="xx"'],
    ['link', '<https://example.com>; rel="canonical"'],
  ]),
  '/seo/seo-mixed-language.html',
  '/seo/seo-tester.html?' + headers([['link', '<http://localhost:10200/seo/>; rel="canonical"']]),
  '/seo/seo-failure-cases.html?status_code=403',
  ...Object.keys(ROBOTS).map(port => `http://127.0.0.1:${port}/seo/seo-tester.html`),
];

const address = page => page.startsWith('/') ? `http://127.0.0.1:${PORT}${page}` : page;

function lighthouseOutcome(audit) {
  switch (audit.scoreDisplayMode) {
    case 'notApplicable': return 'not-applicable';
    case 'manual': return 'info';
    case 'error': return 'error';
    default: return audit.score === 1 ? 'pass' : audit.score === 0 ? 'fail' : 'error';
  }
}

async function audit(url) {
  const response = await fetch(gatehouse + '/api/v1/seo/audits', {
    method: 'POST',
    headers: {'Content-Type': 'application/json', 'Prefer': 'wait=30'},
    body: JSON.stringify({url}),
  });
  const view = await response.json();
  if (view.state !== 'DONE') {
    throw new Error(url + ': ' + JSON.stringify(view.failure ?? view).slice(0, 500));
  }
  return view.report;
}

// Milliseconds of CPU that the server has used.
const cpu = () => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

async function allocated() {
  const response = await fetch(gatehouse + '/actuator/metrics/jvm.gc.memory.allocated', {
    headers: {Authorization: 'Basic ' + Buffer.from('user:bench').toString('base64')},
  });
  return (await response.json()).measurements[0].value;
}

const servers = [PORT, ...Object.keys(ROBOTS)].map(port => createServer(serve).listen(port, '127.0.0.1'));
const chrome = await launch({
  chromePath: process.env.CHROME_PATH,
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic',
    '--disable-background-networking', '--disable-component-update', '--no-first-run'],
});

process.on('exit', () => chrome.kill());
const list = readFileSync(listFile, 'utf8').split('\n').filter(Boolean);
const pages = [...smoke, ...list];
const table = Object.fromEntries(RULES.map(rule => [rule, {}]));
const MARKS = {pass: '✓', fail: '✗', 'not-applicable': '–', info: 'i', error: '!'};
const matrix = [];
const differences = [];
const scores = [];
let lighthouseMillis = 0;
for (const page of pages) {
  const url = address(page);
  const begin = performance.now();
  const {lhr} = await lighthouse(url, {
    port: chrome.port, onlyCategories: ['seo'], output: 'json', logLevel: 'silent', ignoreStatusCode: true,
  });
  lighthouseMillis += performance.now() - begin;
  const report = await audit(url);
  const findings = report.pages[0].findings;
  const row = [];
  for (const rule of RULES) {
    const theirs = lighthouseOutcome(lhr.audits[rule]);
    const ours = findings.find(finding => finding.id === rule).outcome;
    const key = theirs + (theirs === ours ? '' : ' / ' + ours);
    table[rule][key] = (table[rule][key] ?? 0) + 1;
    row.push(MARKS[theirs] + (theirs === ours ? '' : ' / ' + MARKS[ours]));
    if (theirs !== ours) {
      const explained = EXPLAINED.find(each =>
        (each.page === '*' || page.startsWith(each.page)) && (each.rule === '*' || each.rule === rule)
        && each.lighthouse === theirs && (each.ours === '*' || each.ours === ours));
      differences.push({page, rule, theirs, ours, why: explained?.why});
    }
  }
  matrix.push(`| ${page.replace('http://127.0.0.1', '').replace(/extra_header=[^&]*/, 'extra_header=…')} | ${row.join(' | ')} |`);
  const score = lhr.categories.seo.score;
  scores.push({page, theirs: score === null ? null : Math.round(score * 100), ours: report.lighthouseScore});
}
await chrome.kill();

console.log(`\n${pages.length} pages. Outcomes, Lighthouse's before ours where they differ:\n`);
console.log('| rule | outcomes |\n|---|---|');
for (const rule of RULES) {
  console.log(`| ${rule} | ${Object.entries(table[rule]).map(([key, n]) => `${n} ${key}`).join(', ')} |`);
}
const pairs = pages.length * RULES.length;
console.log(`\n${pairs - differences.length} of ${pairs} outcomes agree. Scores that differ:`);
for (const {page, theirs, ours} of scores.filter(score => score.theirs !== score.ours)) {
  console.log(`  ${page.split('?')[0]}: ${theirs} / ${ours}`);
}
console.log('\nDifferences:');
for (const {page, rule, theirs, ours, why} of differences) {
  console.log(`  ${page.split('?')[0]} ${rule}: ${theirs} / ${ours}: ${why ?? 'NOT EXPLAINED'}`);
}

// Time, CPU and memory: pages of documentation again and again, when the server is warm.
const timed = list.length > 0 ? list : smoke.filter(page => page.startsWith('/'));
const bytes = page => statSync(join(directory, 'root', page.split('?')[0])).size;
const rounds = 8;
for (let round = 0; round < rounds; round++) {
  for (const page of timed) {
    await audit(address(page));
  }
}
const measured = async chosen => {
  const memory = await allocated();
  const before = cpu();
  const begin = performance.now();
  let n = 0;
  while (n < 200) {
    await audit(address(chosen[n++ % chosen.length]));
  }
  const size = chosen.reduce((sum, page) => sum + bytes(page), 0) / chosen.length;
  console.log(`  ${chosen.length} pages of ${Math.round(size / 1000)} kB on average: `
    + `${((cpu() - before) / n).toFixed(1)} ms of CPU, ${((performance.now() - begin) / n).toFixed(1)} ms, `
    + `${((await allocated() - memory) / n / 1e6).toFixed(1)} MB allocated`);
};
console.log('\nPer page, with its requests, the whole server, and the JSON of the report:');
await measured(timed);
const large = timed.filter(page => bytes(page) > 80_000 && bytes(page) < 130_000);
if (large.length > 0) {
  await measured(large);
}
console.log(`  Lighthouse, its browser running: ${Math.round(lighthouseMillis / pages.length)} ms`);

for (const server of servers) {
  server.close();
  server.closeAllConnections();
}
writeFileSync(join(directory, 'agreement.md'), [
  `| page | ${RULES.join(' | ')} |`, `|---|${RULES.map(() => '---|').join('')}`, ...matrix, ''].join('\n'));
writeFileSync(join(directory, 'differences.json'), JSON.stringify(differences, null, 1));
process.exit(differences.some(difference => !difference.why) ? 1 : 0);
