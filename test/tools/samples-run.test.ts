import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildClient } from '../../client/build.ts';
import type { CodeSample } from '../../tools/code-sample.ts';
import { codeSamplesOf } from '../../tools/code-samples.ts';
import { baseUrl, type ExampleRequest, exampleOf, exampleRequestsOf, readDocument } from '../../tools/example-requests.ts';
import { administratorSecret, startProcess } from '../support/process.ts';

/** Reading before writing, and deleting last: then what the examples name is there. */
const ranks: Record<string, number> = { get: 0, post: 1, put: 2, patch: 2, delete: 3 };
const calls = (await exampleRequestsOf(readDocument())).sort((one, other) => (ranks[one.method] ?? 1) - (ranks[other.method] ?? 1));
const sourceOf = (call: ExampleRequest, lang: CodeSample['lang']) =>
  codeSamplesOf(call).find((sample) => sample.lang === lang)?.source as string;

/** What a sandbox that has just begun does not answer with a success. */
const refused: Record<string, number> = {
  // The files of its imports have other ids at every start, and the imports have ended.
  downloadImportFile: 404,
  cancelApplicationImport: 409,
  // The sample before it has completed the same request.
  cancelAccessRequest: 409,
  // The event of the example is no leave.
  updatePersonnelEvent: 422,
  // The samples before them have deleted the user and the tenant.
  removeTenantUser: 404,
  // The token of the example is one of those whose secret is not kept.
  revealToken: 422,
  // The calls of the sandbox have other ids at every start.
  // Nobody was given the refresh token of the example.
  refreshAccessToken: 401,
  unassignRole: 404,
};

/** The sandbox has the access key that the contract's example shows with its secret. */
const accessKey = exampleOf(
  calls.find(({ operationId }) => operationId === 'createAccessKey')?.responses['201']?.content?.['application/json'],
) as {
  accessKeyId: string;
  secret: string;
};

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-samples-run-'));
  mkdirSync(join(folder, 'node_modules', '@gatehouse'), { recursive: true });
  await buildClient(join(folder, 'node_modules', '@gatehouse', 'client'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'users.csv'), 'Login,Full Name,E-Mail\nann,Ann,ann@example.com\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script that prints a status for each call, against a sandbox of its own, and answers those that are no success. */
async function refusalsOf(run: (url: string, env: Record<string, string | undefined>) => string): Promise<Record<string, number>> {
  const sandbox = await startProcess({}, 'server/sandbox/main.ts');
  const statuses = run(sandbox.url, {
    PATH: process.env.PATH,
    TOKEN: administratorSecret,
    ACCESS_KEY_ID: accessKey.accessKeyId,
    SECRET: accessKey.secret,
  })
    .trim()
    .split('\n')
    .map(Number);
  sandbox.signal('SIGTERM');
  expect([await sandbox.ended, statuses.length]).toEqual([0, calls.length]);
  const pairs = calls.map(({ operationId }, index) => [operationId, statuses[index] as number] as const);
  return Object.fromEntries(pairs.filter(([, status]) => !(status >= 200 && status < 300)));
}

it('every curl sample does on the sandbox what it shows', async () => {
  const found = await refusalsOf((url, env) => {
    const samples = calls.map((call) => sourceOf(call, 'Shell').replaceAll(baseUrl, url));
    const status = 'curl() { command curl -s -o /dev/null -w \'%{http_code}\\n\' "$@"; }\n';
    return execFileSync('bash', ['--norc', '-ec', status + samples.join('\n')], { cwd: folder, env, encoding: 'utf8' });
  });
  expect(found).toEqual(refused);
});

it('every TypeScript sample does on the sandbox what it shows, with the package as it is published', async () => {
  const found = await refusalsOf((url, env) => {
    for (const call of calls) writeFileSync(join(folder, `${call.operationId}.ts`), sourceOf(call, 'TypeScript').replaceAll(baseUrl, url));
    const runner = `console.log = () => {};
for (const name of ${JSON.stringify(calls.map(({ operationId }) => operationId))}) {
  const status = await import(\`./\${name}.ts\`).then(() => 200, (error) => error.status ?? 0);
  process.stdout.write(\`\${status}\\n\`);
}`;
    writeFileSync(join(folder, 'runner.ts'), runner);
    return execFileSync(process.execPath, ['runner.ts'], { cwd: folder, env: { ...env, NODE_NO_WARNINGS: '1' }, encoding: 'utf8' });
  });
  expect(found).toEqual(refused);
});
