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
const requests = await exampleRequestsOf(document);
const sourceOf = (request: ExampleRequest, lang: CodeSample['lang']) =>
  codeSamplesOf(request).find((sample) => sample.lang === lang)?.source as string;
const onboard = requests.find(({ operationId }) => operationId === 'createOnboardEvent') as ExampleRequest;

describe('code samples', () => {
  it('exist in four languages for every operation, and change nothing else in the document', async () => {
    const { paths, ...otherFields } = await withCodeSamples(document);
    let count = 0;
    const items = Object.entries((paths ?? {}) as Record<string, Record<string, Record<string, unknown>>>);
    const withoutSamples = items.map(([path, item]) => {
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
    expect(count).toBe(requests.length);
    expect({ paths: Object.fromEntries(withoutSamples), ...otherFields }).toEqual({ ...document });
  });

  it('are up to date in the generated file', async () => {
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
  const request: ExampleRequest = { ...onboard, body };

  /** Returns the arguments that a shell passes to curl. */
  function argumentsOf(sample: string): string[] {
    const script = `curl() { printf '%s\\0' "$@"; }\n${sample}`;
    const printed = execFileSync('bash', ['--norc', '-ec', script], { encoding: 'utf8', env: { TOKEN: 'pa_1 2', PATH: process.env.PATH } });
    return printed.split('\0').slice(0, -1);
  }

  it('a shell passes the body to curl unchanged', () => {
    const args = argumentsOf(sourceOf(request, 'Shell'));
    expect(args.slice(0, -1)).toEqual([
      ...['-X', 'POST', `${baseUrl}/api/personnel-events/onboard`, '-H', 'Authorization: Bearer pa_1 2'],
      ...['-H', 'Content-Type: application/json', '--data-raw'],
    ]);
    expect(JSON.parse(args.at(-1) as string)).toEqual(body);
  });

  it('a shell passes URLs with any characters in their path to curl', () => {
    const user = requests.find(({ operationId }) => operationId === 'getUser') as ExampleRequest;
    for (const userId of hostile.slice(0, -1)) {
      const [address] = argumentsOf(sourceOf({ ...user, pathValues: { ...user.pathValues, userId } }, 'Shell'));
      expect(decodeURIComponent((address as string).split('/').at(-1) as string)).toBe(userId);
    }
  });

  it('every kind of single quote is doubled for PowerShell', () => {
    const text = /-Body '((?:[^'\u2018-\u201b]|(['\u2018-\u201b])\2)*)'$/.exec(sourceOf(request, 'PowerShell'))?.[1] as string;
    expect(JSON.parse(text.replace(/(['\u2018-\u201b])\1/g, '$1'))).toEqual(body);
  });

  it('TypeScript evaluates to the same value', () => {
    const [, argument] = /createOnboardEvent\(([\s\S]*)\)\);$/.exec(sourceOf(request, 'TypeScript')) ?? [];
    expect(JSON.stringify(runInNewContext(`(${argument})`))).toBe(JSON.stringify({ body }));
  });

  it('Python evaluates to the same value', (context) => {
    const program =
      'import ast,sys,json\ncall=ast.parse(sys.stdin.read()).body[2].value\nprint(json.dumps(ast.literal_eval([k.value for k in call.keywords if k.arg=="json"][0])))';
    const { status, stdout, error } = spawnSync('python3', ['-c', program], { input: sourceOf(request, 'Python'), encoding: 'utf8' });
    if (error) return context.skip('Python is not installed');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(body);
  });
});

describe('the exchange of an access key', () => {
  const exchange = requests.find(({ operationId }) => operationId === 'createAccessToken') as ExampleRequest;
  const env = { PATH: process.env.PATH, ACCESS_KEY_ID: 'pak_1', SECRET: 'pas_1 2' };
  const isSigned = (content: string, signature: string) => createHmac('sha256', env.SECRET).update(content).digest('hex') === signature;

  it('curl sends a new text with a signature by openssl', () => {
    const script = `curl() { printf '%s\\0' "$@"; }\n${sourceOf(exchange, 'Shell')}`;
    const args = execFileSync('bash', ['--norc', '-ec', script], { encoding: 'utf8', env }).split('\0');
    const { scope, content } = JSON.parse(args[args.indexOf('--data-raw') + 1] as string);
    const header = (name: string) => args.find((arg) => arg.startsWith(`${name}: `))?.slice(name.length + 2) as string;
    expect([scope, header('x-key'), isSigned(content, header('x-hash'))]).toEqual(['gatehouse_api', 'pak_1', true]);
    expect(content).toMatch(/^\d{10}\.[0-9a-f]{32}$/);
  });

  it('Python signs the same way with its standard library', (context) => {
    const lines = sourceOf(exchange, 'Python').split('\n');
    const requestLine = lines.findIndex((line) => line.startsWith('response ='));
    const program = [...lines.slice(0, requestLine).filter((line) => line !== 'import requests'), 'print(content, signature)'].join('\n');
    const { status, stdout, error } = spawnSync('python3', ['-c', program], { encoding: 'utf8', env });
    if (error) return context.skip('Python is not installed');
    const [content, signature] = stdout.trim().split(' ') as [string, string];
    expect([status, isSigned(content, signature)]).toEqual([0, true]);
  });
});

describe('samples on the sandbox', () => {
  it('curl reads the items of the examples, and creates personnel events', async () => {
    const sandbox = await startProcess({}, 'server/sandbox/main.ts');
    const executed = requests.filter(({ method, tag }) => method === 'get' || (method === 'post' && tag === 'Personnel Events'));
    const samples = executed.map((request) => sourceOf(request, 'Shell').replaceAll(baseUrl, sandbox.url));
    const status = 'curl() { command curl -s -o /dev/null -w \'%{http_code}\\n\' "$@"; }\n';
    const env = { PATH: process.env.PATH, TOKEN: administratorSecret };
    const printed = execFileSync('bash', ['--norc', '-ec', status + samples.join('\n')], { encoding: 'utf8', env })
      .trim()
      .split('\n');
    sandbox.signal('SIGTERM');
    const refused = executed.flatMap(({ operationId }, index) =>
      /^2\d\d$/.test(printed[index] ?? '') ? [] : [[operationId, printed[index]]],
    );
    // The files of the sandbox's imports have other ids after every start.
    expect(refused).toEqual([['downloadImportFile', '404']]);
    expect(executed.length).toBeGreaterThan(30);
    expect(await sandbox.ended).toBe(0);
  });
});

describe('TypeScript samples', () => {
  it('agree with the types of the client', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-samples-'));
    mkdirSync(join(folder, 'samples'));
    for (const request of requests)
      writeFileSync(join(folder, 'samples', `${request.operationId}.ts`), `${sourceOf(request, 'TypeScript')}\n`);
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
