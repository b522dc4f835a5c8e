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

/** Order of methods: reads first and deletions last, so that the items of the examples exist. */
const ranks: Record<string, number> = { get: 0, post: 1, put: 2, patch: 2, delete: 3 };
const requests = (await exampleRequestsOf(readDocument())).sort((left, right) => (ranks[left.method] ?? 1) - (ranks[right.method] ?? 1));
const sourceOf = (request: ExampleRequest, lang: CodeSample['lang']) =>
  codeSamplesOf(request).find((sample) => sample.lang === lang)?.source as string;

/** The samples that a new sandbox refuses, with their statuses. */
const refused: Record<string, number> = {
  // The files of the sandbox's imports have other ids after every start.
  downloadImportFile: 404,
  // The import of the example has ended.
  cancelApplicationImport: 409,
  // An earlier sample completed the same request.
  cancelAccessRequest: 409,
  // The event of the example is not a leave.
  updatePersonnelEvent: 422,
  // Earlier samples deleted the user and the tenant.
  removeTenantUser: 404,
  unassignRole: 404,
  // The secret of the token in the example is not stored.
  revealToken: 422,
  // The sandbox never issued the refresh token of the example.
  refreshAccessToken: 401,
};

/** The sandbox has the access key that the contract's example shows with its secret. */
const accessKey = exampleOf(
  requests.find(({ operationId }) => operationId === 'createAccessKey')?.responses['201']?.content?.['application/json'],
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

/** Runs a script that prints the status of each request to a new sandbox. Returns the statuses that are not a success, by operation. */
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
  expect([await sandbox.ended, statuses.length]).toEqual([0, requests.length]);
  const pairs = requests.map(({ operationId }, index) => [operationId, statuses[index] as number] as const);
  return Object.fromEntries(pairs.filter(([, status]) => !(status >= 200 && status < 300)));
}

it('every curl sample succeeds on the sandbox, except the listed ones', async () => {
  const found = await refusalsOf((url, env) => {
    const samples = requests.map((request) => sourceOf(request, 'Shell').replaceAll(baseUrl, url));
    const status = 'curl() { command curl -s -o /dev/null -w \'%{http_code}\\n\' "$@"; }\n';
    return execFileSync('bash', ['--norc', '-ec', status + samples.join('\n')], { cwd: folder, env, encoding: 'utf8' });
  });
  expect(found).toEqual(refused);
});

it('every TypeScript sample succeeds on the sandbox with the built client package, except the listed ones', async () => {
  const found = await refusalsOf((url, env) => {
    for (const request of requests)
      writeFileSync(join(folder, `${request.operationId}.ts`), sourceOf(request, 'TypeScript').replaceAll(baseUrl, url));
    const runner = `console.log = () => {};
for (const name of ${JSON.stringify(requests.map(({ operationId }) => operationId))}) {
  const status = await import(\`./\${name}.ts\`).then(() => 200, (error) => error.status ?? 0);
  process.stdout.write(\`\${status}\\n\`);
}`;
    writeFileSync(join(folder, 'runner.ts'), runner);
    return execFileSync(process.execPath, ['runner.ts'], { cwd: folder, env: { ...env, NODE_NO_WARNINGS: '1' }, encoding: 'utf8' });
  });
  expect(found).toEqual(refused);
});
