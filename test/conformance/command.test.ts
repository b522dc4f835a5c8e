import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toJunit } from '../../conformance/junit.ts';
import type { Report } from '../../conformance/report.ts';
import { administratorSecret, runProgram, type ServerProcess, startProcess } from '../support/process.ts';
import { startDefectiveServer } from './defective-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-conformance-'));
let sandbox: ServerProcess;
beforeAll(async () => {
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(() => {
  sandbox.signal('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

async function conformance(...args: string[]) {
  const { ended, output } = runProgram('conformance/main.ts', args, {});
  return { status: await ended, output: output() };
}
const fewRequests = ['--requests', '10', '--operation', 'getSettings', '--operation', 'updateSettings'];

/** Expects well-formed XML: tags are nested, attributes are quoted, and special characters are escaped. */
function expectWellFormed(xml: string) {
  const openTags: string[] = [];
  const textContent = xml
    .replace(/^<\?xml [^?]*\?>/, '')
    .replace(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g, (_, end: string, name: string, __, empty: string) => {
      if (end) expect(openTags.pop()).toBe(name);
      else if (!empty) openTags.push(name);
      return '';
    });
  expect(openTags).toEqual([]);
  expect(textContent.replace(/&(?:lt|gt|amp|quot|#10);/g, '')).not.toMatch(/[<&]/);
}

it('--help: describes the options and exit statuses', async () => {
  const { status, output } = await conformance('--help');
  expect(status).toBe(0);
  expect(output).toMatch(
    /--url URL[\s\S]*--read-only[\s\S]*0 {3}conforms\n {2}1 {3}does not conform\n {2}2 {3}wrong arguments, such as a token that the server refuses\n {2}3 {3}the server can't be reached/,
  );
});

it.each([
  ['no arguments', []],
  ['no token', ['--url', 'http://127.0.0.1:1']],
  ['an unknown option', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--sed', '1']],
  ['a seed that is not a number', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--seed', 'a']],
  ['a malformed URL', ['--url', '127.0.0.1', '--token', 'x']],
  ['an unknown operation', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--operation', 'getNothing']],
  ['a missing contract', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--contract', '/nowhere.yaml']],
  ['a file that is not a contract', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--contract', 'package.json']],
  ['a file that cannot be toJson', ['--url', 'http://127.0.0.1:1', '--token', 'x', '--junit', '/nowhere/report.xml']],
])('2: %s', async (_, args) => {
  const { status, output } = await conformance(...args);
  expect(output).toMatch(/npm run conformance -- --help shows all options/);
  expect(output).not.toMatch(/\n {4}at /);
  expect(status).toBe(2);
});

it('3: no server listens', async () => {
  const { status, output } = await conformance('--url', 'http://127.0.0.1:1', '--token', 'x');
  expect([status, output]).toEqual([3, expect.stringContaining("http://127.0.0.1:1 can't be reached")]);
});

it.each([
  ['expired', 'pa_SandboxExpiredSandboxExpiredSa0HgSJ6'],
  ['unknown', 'pa_nobody'],
])('2: says in one line that the server refuses an %s token, and sends no further requests', async (_, token) => {
  const { status, output } = await conformance('--url', sandbox.url, '--token', token);
  expect([status, output]).toEqual([2, `${sandbox.url} refuses the token (401); give a valid token of an administrator with --token\n`]);
});

it('2: ends when the server begins to refuse the token during the run', async () => {
  const refusal = {
    status: 401,
    headers: { 'content-type': 'application/json', 'www-authenticate': 'Bearer' },
    body: '{"error":"unauthorized"}',
  };
  const revoking = await startDefectiveServer(sandbox.url, {
    before: (_, state) => {
      state.set('count', String(Number(state.get('count') ?? 0) + 1));
      return Number(state.get('count')) > 100 ? refusal : undefined;
    },
  });
  const { status, output } = await conformance('--url', revoking.url, '--token', administratorSecret, '--read-only');
  revoking.close();
  expect([status, output]).toEqual([2, expect.stringMatching(/^\S+ refuses the token \(401\); .*\n$/)]);
  expect(revoking.requests.length).toBeLessThan(150);
});

it('says that it waits for the end of a rate limit', async () => {
  const limited = await startDefectiveServer(sandbox.url, {
    before: ({ path }, state) => {
      if (path !== '/api/settings' || state.has('limited')) return undefined;
      state.set('limited', 'yes');
      return { status: 429, headers: { 'retry-after': '1' }, body: '' };
    },
  });
  const { status, output } = await conformance('--url', limited.url, '--token', administratorSecret, ...fewRequests);
  limited.close();
  expect([status, output]).toEqual([0, expect.stringContaining('The server limits the rate of requests; waiting 1 s\n')]);
});

it('0: prints a table of operations and statuses with the seed, and writes both reports', async () => {
  const [junit, json] = [join(folder, 'good.xml'), join(folder, 'good.json')];
  const args = ['--url', sandbox.url, '--token', administratorSecret, '--seed', '11', ...fewRequests, '--junit', junit, '--json', json];
  const { status, output } = await conformance(...args);
  expect([status, output]).toEqual([
    0,
    expect.stringMatching(/^operation +200 +400 .*\ngetSettings +\d[\s\S]*conforms to the contract\. \d+ requests in .*, seed 11\.\n$/),
  ]);
  const report = JSON.parse(readFileSync(json, 'utf8')) as Report;
  expect(report).toMatchObject({ seed: 11, conforms: true, failures: [] });
  expect(report.subjects.reduce((sum, { requests }) => sum + requests, 0)).toBe(report.requests);
  expectWellFormed(readFileSync(junit, 'utf8'));
});

describe('a defective server', () => {
  let broken: Awaited<ReturnType<typeof startDefectiveServer>>;
  beforeAll(async () => {
    broken = await startDefectiveServer(sandbox.url, {
      after: (reply) => {
        if (reply.status === 400) Object.assign(reply, { status: 200, body: '{"hint": "a < b & \\"c\\" \\u0001"}' });
      },
    });
  });
  afterAll(() => broken.close());

  it('1: prints each failure with the expectation, the response and a command that repeats the request, without the token', async () => {
    const junit = join(folder, 'bad.xml');
    const { status, output } = await conformance('--url', broken.url, '--token', administratorSecret, ...fewRequests, '--junit', junit);
    expect(status).toBe(1);
    expect(output).toMatch(
      /1\. getSettings: refusal \(query: an unknown query parameter\)\n {3}expected {2}400\n {3}received {2}200 \{"hint"/,
    );
    expect(output).not.toContain(administratorSecret);
    expect(readFileSync(junit, 'utf8')).not.toContain(administratorSecret);
    expectWellFormed(readFileSync(junit, 'utf8'));

    const command = /^ {3}curl .* -X PATCH .*$/m.exec(output)?.[0] as string;
    writeFileSync(join(folder, 'repeat.sh'), `TOKEN=${administratorSecret}\n${command.replace('curl', `printf '%s\\n'`)}\n`);
    const printed = execFileSync('bash', [join(folder, 'repeat.sh')], { encoding: 'utf8' });
    expect(printed).toContain(`Authorization: Bearer ${administratorSecret}\n`);
    expect(printed).toContain(`\n${broken.url}/api/settings`);
  });
});

it('JUnit: replaces characters that XML cannot contain, and escapes the others', () => {
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
