import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toJunit } from '../../conformance/junit.ts';
import type { Report } from '../../conformance/report.ts';
import { administratorSecret, runProgram, type ServerProcess, startProcess } from '../support/process.ts';
import { startBrokenServer } from './broken-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-conformance-'));
let sandbox: ServerProcess;
beforeAll(async () => {
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(() => {
  sandbox.signal('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

async function conformance(...words: string[]) {
  const { ended, output } = runProgram('conformance/main.ts', words, {});
  return { status: await ended, output: output() };
}
const few = ['--requests', '10', '--operation', 'getSettings', '--operation', 'updateSettings'];

/** Every tag that is opened is closed in its turn, attributes are quoted, and nothing stands bare that XML gives a meaning. */
function expectWellFormed(xml: string) {
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml [^?]*\?>/, '')
    .replace(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g, (_, end: string, name: string, __, empty: string) => {
      if (end) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
      return '';
    });
  expect(open).toEqual([]);
  expect(rest.replace(/&(?:lt|gt|amp|quot|#10);/g, '')).not.toMatch(/[<&]/);
}

it('--help: says what it does and its exit statuses', async () => {
  const { status, output } = await conformance('--help');
  expect(status).toBe(0);
  expect(output).toMatch(/--url URL[\s\S]*--read-only[\s\S]*0 conforms, 1 does not, 2 wrong words, 3 the server can't be reached/);
});

it.each([
  ['nothing', []],
  ['no token', ['--url', 'http://127.0.0.1:1']],
  ['an unknown option', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--sed', '1']],
  ['a seed that is no number', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--seed', 'a']],
  ['a URL that is none', ['--url', '127.0.0.1', '--token', 'x']],
  ['an unknown operation', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--operation', 'getNothing']],
  ['a contract that is not there', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--contract', '/nowhere.yaml']],
  ['a contract that is none', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--contract', 'package.json']],
  ['a file that cannot be written', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--junit', '/nowhere/report.xml']],
])('2: %s', async (_, words) => {
  const { status, output } = await conformance(...words);
  expect(output).toMatch(/npm run conformance -- --help says more/);
  expect(output).not.toMatch(/\n {4}at /);
  expect(status).toBe(2);
});

it('3: nobody listens', async () => {
  const { status, output } = await conformance('--url', 'http://127.0.0.1:1', '--token', 'x');
  expect([status, output]).toEqual([3, expect.stringContaining("http://127.0.0.1:1 can't be reached")]);
});

it('0: a table of operations and statuses, the seed, and both files', async () => {
  const [junit, json] = [join(folder, 'good.xml'), join(folder, 'good.json')];
  const words = ['--url', sandbox.url, '--token', administratorSecret, '--seed', '11', ...few, '--junit', junit, '--json', json];
  const { status, output } = await conformance(...words);
  expect([status, output]).toEqual([
    0,
    expect.stringMatching(/^operation +200 +400 .*\ngetSettings +\d[\s\S]*conforms to the contract\. \d+ requests in .*, seed 11\.\n$/),
  ]);
  const report = JSON.parse(readFileSync(json, 'utf8')) as Report;
  expect(report).toMatchObject({ seed: 11, conforms: true, failures: [] });
  expect(report.subjects.reduce((sum, { requests }) => sum + requests, 0)).toBe(report.requests);
  expectWellFormed(readFileSync(junit, 'utf8'));
});

describe('a server that lies', () => {
  let broken: Awaited<ReturnType<typeof startBrokenServer>>;
  beforeAll(async () => {
    broken = await startBrokenServer(sandbox.url, {
      after: (reply) => {
        if (reply.status === 400) Object.assign(reply, { status: 200, body: '{"hint": "a < b & \\"c\\" \\u0001"}' });
      },
    });
  });
  afterAll(() => broken.close());

  it('1: each failure with what was expected, what came, and a line that repeats it, without the token', async () => {
    const junit = join(folder, 'bad.xml');
    const { status, output } = await conformance('--url', broken.url, '--token', administratorSecret, ...few, '--junit', junit);
    expect(status).toBe(1);
    expect(output).toMatch(/1\. getSettings: refusal \(query: an unknown query parameter\)\n {3}expected {2}400\n {3}came {6}200 \{"hint"/);
    expect(output).not.toContain(administratorSecret);
    expect(readFileSync(junit, 'utf8')).not.toContain(administratorSecret);
    expectWellFormed(readFileSync(junit, 'utf8'));

    const line = /^ {3}curl .* -X PATCH .*$/m.exec(output)?.[0] as string;
    writeFileSync(join(folder, 'again.sh'), `TOKEN=${administratorSecret}\n${line.replace('curl', `printf '%s\\n'`)}\n`);
    const again = execFileSync('bash', [join(folder, 'again.sh')], { encoding: 'utf8' });
    expect(again).toContain(`Authorization: Bearer ${administratorSecret}\n`);
    expect(again).toContain(`\n${broken.url}/api/settings`);
  });
});

it('JUnit: what no XML can hold is replaced, what means something is escaped', () => {
  const failure = {
    subject: 'a<b',
    kind: 'negative',
    title: '"&\u0000\ud83d',
    status: 200,
    check: 'x',
    expected: '<',
    got: '\u0007]]>',
    curl: "curl '&'",
    count: 1,
  } as const;
  const xml = toJunit({ url: '', seed: 1, requests: 1, milliseconds: 1, conforms: false, subjects: [], failures: [failure] });
  expectWellFormed(xml);
  expect(xml).toContain('&quot;&amp;\ufffd\ufffd');
});
