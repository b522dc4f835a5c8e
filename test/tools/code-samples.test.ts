import { execFileSync, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { CodeSample } from '../../tools/code-sample.ts';
import { codeSamplesOf, file, generate, withCodeSamples } from '../../tools/code-samples.ts';
import { baseUrl, type ExampleRequest, exampleRequestsOf, readDocument } from '../../tools/example-requests.ts';
import { administratorSecret, startProcess } from '../support/process.ts';

const document = readDocument();
const calls = await exampleRequestsOf(document);
const sourceOf = (call: ExampleRequest, lang: CodeSample['lang']) =>
  codeSamplesOf(call).find((sample) => sample.lang === lang)?.source as string;
const onboard = calls.find(({ operationId }) => operationId === 'createOnboardEvent') as ExampleRequest;

describe('code samples', () => {
  it('are four for every operation, and nothing else of the document changes', async () => {
    const { paths, ...rest } = await withCodeSamples(document);
    let count = 0;
    const items = Object.entries((paths ?? {}) as Record<string, Record<string, Record<string, unknown>>>);
    const bare = items.map(([path, item]) => {
      const members = Object.entries(item).map(([name, value]) => {
        if (!value.operationId) return [name, value];
        const { 'x-codeSamples': samples, ...operation } = value as { 'x-codeSamples': CodeSample[] };
        expect(samples.map(({ lang }) => lang)).toEqual(['Shell', 'PowerShell', 'Python', 'TypeScript']);
        for (const { source } of samples) expect(source).not.toContain('undefined');
        count++;
        return [name, operation];
      });
      return [path, Object.fromEntries(members)];
    });
    expect(count).toBe(calls.length);
    expect({ paths: Object.fromEntries(bare), ...rest }).toEqual({ ...document });
  });

  it('are in the file that `node tools/code-samples.ts` makes', async () => {
    expect(await generate()).toBe(readFileSync(file, 'utf8'));
  });
});

const hostile = [
  "it's",
  '"quoted"',
  '$HOME $' + '{HOME} $(date) `date`',
  'a\\b\\\\c\\',
  'two\nlines\r\n\tand a tab',
  '!! %PATH% \u2019\u2028 é 😀',
  "'",
  '',
];

describe('quoting', () => {
  const body = { texts: hostile, 'it\'s a "key"': null, isTrue: true };
  const call: ExampleRequest = { ...onboard, body };

  /** What a program called curl would be given. */
  function argumentsOf(sample: string): string[] {
    const script = `curl() { printf '%s\\0' "$@"; }\n${sample}`;
    const printed = execFileSync('bash', ['--norc', '-ec', script], { encoding: 'utf8', env: { TOKEN: 'pa_1 2', PATH: process.env.PATH } });
    return printed.split('\0').slice(0, -1);
  }

  it('a shell gives curl the body to the letter', () => {
    const given = argumentsOf(sourceOf(call, 'Shell'));
    expect(given.slice(0, -1)).toEqual([
      ...['-X', 'POST', `${baseUrl}/api/personnel-events/onboard`, '-H', 'Authorization: Bearer pa_1 2'],
      ...['-H', 'Content-Type: application/json', '--data-raw'],
    ]);
    expect(JSON.parse(given.at(-1) as string)).toEqual(body);
  });

  it('a shell gives curl addresses with anything in their path', () => {
    const user = calls.find(({ operationId }) => operationId === 'getUser') as ExampleRequest;
    for (const userId of hostile.slice(0, -1)) {
      const [address] = argumentsOf(sourceOf({ ...user, pathValues: { ...user.pathValues, userId } }, 'Shell'));
      expect(decodeURIComponent((address as string).split('/').at(-1) as string)).toBe(userId);
    }
  });

  it('PowerShell ends a text at a single quote of any kind that is not doubled', () => {
    const text = /-Body '((?:[^'\u2018-\u201b]|(['\u2018-\u201b])\2)*)'$/.exec(sourceOf(call, 'PowerShell'))?.[1] as string;
    expect(JSON.parse(text.replace(/(['\u2018-\u201b])\1/g, '$1'))).toEqual(body);
  });

  it('TypeScript reads the same value', () => {
    const [, argument] = /createOnboardEvent\(([\s\S]*)\)\);$/.exec(sourceOf(call, 'TypeScript')) ?? [];
    expect(JSON.stringify(runInNewContext(`(${argument})`))).toBe(JSON.stringify({ body }));
  });

  it('Python reads the same value', (context) => {
    const program =
      'import ast,sys,json\ncall=ast.parse(sys.stdin.read()).body[2].value\nprint(json.dumps(ast.literal_eval([k.value for k in call.keywords if k.arg=="json"][0])))';
    const { status, stdout, error } = spawnSync('python3', ['-c', program], { input: sourceOf(call, 'Python'), encoding: 'utf8' });
    if (error) return context.skip('there is no Python here');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(body);
  });
});

describe('the exchange of an access key', () => {
  const exchange = calls.find(({ operationId }) => operationId === 'createAccessToken') as ExampleRequest;
  const env = { PATH: process.env.PATH, ACCESS_KEY_ID: 'pak_1', SECRET: 'pas_1 2' };
  const isSigned = (content: string, signature: string) => createHmac('sha256', env.SECRET).update(content).digest('hex') === signature;

  it('curl sends a fresh text with its signature by openssl', () => {
    const script = `curl() { printf '%s\\0' "$@"; }\n${sourceOf(exchange, 'Shell')}`;
    const given = execFileSync('bash', ['--norc', '-ec', script], { encoding: 'utf8', env }).split('\0');
    const { scope, content } = JSON.parse(given[given.indexOf('--data-raw') + 1] as string);
    const header = (name: string) => given.find((one) => one.startsWith(`${name}: `))?.slice(name.length + 2) as string;
    expect([scope, header('x-key'), isSigned(content, header('x-hash'))]).toEqual(['gatehouse_api', 'pak_1', true]);
    expect(content).toMatch(/^\d{10}\.[0-9a-f]{32}$/);
  });

  it('Python signs the same way with its standard library', (context) => {
    const lines = sourceOf(exchange, 'Python').split('\n');
    const until = lines.findIndex((line) => line.startsWith('response ='));
    const program = [...lines.slice(0, until).filter((line) => line !== 'import requests'), 'print(content, signature)'].join('\n');
    const { status, stdout, error } = spawnSync('python3', ['-c', program], { encoding: 'utf8', env });
    if (error) return context.skip('there is no Python here');
    const [content, signature] = stdout.trim().split(' ') as [string, string];
    expect([status, isSigned(content, signature)]).toEqual([0, true]);
  });
});

describe('samples on the sandbox', () => {
  it('curl gets what is there, and events about personnel happen', async () => {
    const sandbox = await startProcess({}, 'server/sandbox/main.ts');
    const done = calls.filter(({ method, tag }) => method === 'get' || (method === 'post' && tag === 'Personnel Events'));
    const samples = done.map((call) => sourceOf(call, 'Shell').replaceAll(baseUrl, sandbox.url));
    const status = 'curl() { command curl -s -o /dev/null -w \'%{http_code}\\n\' "$@"; }\n';
    const env = { PATH: process.env.PATH, TOKEN: administratorSecret };
    const printed = execFileSync('bash', ['--norc', '-ec', status + samples.join('\n')], { encoding: 'utf8', env })
      .trim()
      .split('\n');
    sandbox.signal('SIGTERM');
    const refused = done.flatMap(({ operationId }, index) => (/^2\d\d$/.test(printed[index] ?? '') ? [] : [[operationId, printed[index]]]));
    // The files of the sandbox's imports, and its calls, have other ids at every start.
    expect(refused).toEqual([['downloadImportFile', '404']]);
    expect(done.length).toBeGreaterThan(30);
    expect(await sandbox.ended).toBe(0);
  });
});

describe('samples of TypeScript', () => {
  it('agree with the types of the client', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-samples-'));
    mkdirSync(join(folder, 'samples'));
    for (const call of calls) writeFileSync(join(folder, 'samples', `${call.operationId}.ts`), `${sourceOf(call, 'TypeScript')}\n`);
    const compilerOptions = {
      paths: { '@gatehouse/client': [resolve('client/index.ts')] },
      typeRoots: [resolve('node_modules/@types')],
    };
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: resolve('tsconfig.json'), compilerOptions, include: ['samples'] }),
    );
    const { status, stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, '']);
    rmSync(folder, { recursive: true, force: true });
  });
});
