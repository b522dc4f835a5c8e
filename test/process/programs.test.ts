import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getCurrentToken } from '../../generated/sdk.gen.ts';
import { secretKey, startProcess, until } from '../support/process.ts';
import { newDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
const env = () => ({
  DATABASE_URL: database.url,
  UPLOAD_DIRECTORY: `${database.folder}/uploads`,
  SHARED_DIRECTORY: database.folder,
  SECRET_KEY: secretKey,
});
beforeAll(async () => {
  database = await newDatabase();
});
afterAll(() => database?.remove());

it('the first start shows the administrator token and the first steps; later starts show no token', async () => {
  const first = await startProcess({ ...env(), BOOTSTRAP_TOKEN: '' });
  await until('the token is shown', async () => first.output().includes('Try it:'));
  const secret = /pa_[0-9A-Za-z]{36}/.exec(first.output())?.[0] as string;
  expect((await getCurrentToken({ client: first.client(secret) })).data?.accessLevel).toBe('Administrator');
  first.signal('SIGTERM');
  await first.ended;

  const second = await startProcess({ ...env(), BOOTSTRAP_TOKEN: '' });
  expect(second.output()).not.toMatch(/pa_/);
  expect((await getCurrentToken({ client: second.client(secret) })).response?.status).toBe(200);
  second.signal('SIGTERM');
  expect(await second.ended).toBe(0);
});

it('the commands that the sandbox prints work: import, upload, offboarding, users and tenants, access key', async () => {
  const sandbox = await startProcess({}, 'server/sandbox/main.ts');
  await until('the lines are printed', async () => sandbox.output().includes('Ctrl+C'));
  const script = sandbox
    .output()
    .split('\n')
    .filter((line) => /^ {2}/.test(line) && !/^ {2}(Administrator|Write|Read|expired) /.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .replaceAll(/^(?! *ID=)(.*curl .*)$/gm, '$1; echo');
  const responses = execFileSync('bash', ['-ec', script], { encoding: 'utf8' }).trim().split('\n');
  const [shown, list, uploaded, found, events, approved, requests, users, tenants, exchanged] = responses.map((line) => JSON.parse(line));
  expect(shown).toMatchObject({ number: 48, type: 'API', status: 'Finished', createdBy: 'API Token - HRIS Integration' });
  expect(shown.metrics.users).toEqual({ read: 9, added: 0, changed: 0, removed: 0, unchanged: 8, rejected: 1 });
  expect(shown.log).toContain('line 10 rejected: Login is empty');
  expect(list.items[0].id).toBe(shown.id);
  expect(uploaded).toMatchObject({ number: 49, status: 'Pending' });
  expect(uploaded.files).toHaveLength(2);
  expect([found.items.length > 0, events.totalCount > 0, users.data.length > 0, tenants.length > 0]).toEqual([true, true, true, true]);
  expect(approved).toMatchObject({
    kind: 'Personnel Event',
    stages: expect.arrayContaining([expect.objectContaining({ status: 'Completed' })]),
  });
  expect(requests.totalCount).toBeGreaterThan(0);
  expect(exchanged).toMatchObject({ success: true, access_token: expect.stringMatching(/^pat_/) });
  sandbox.signal('SIGINT');
  expect(await sandbox.ended).toBe(0);
});
