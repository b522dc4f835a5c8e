import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getCurrentToken } from '../../generated/sdk.gen.ts';
import { newDatabase } from '../support/database-url.ts';
import { run, secretKey, startProcess, until } from '../support/process.ts';

let database: Awaited<ReturnType<typeof newDatabase>>;
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

const token = async (...words: string[]) => {
  const command = run('server/token-command.ts', words, env());
  return { status: await command.ended, output: command.output() };
};

it('the first start shows the administrator token with the next steps; the second shows none', async () => {
  expect(await token('list')).toMatchObject({ status: 1, output: expect.stringContaining('empty') });

  const first = await startProcess({ ...env(), BOOTSTRAP_TOKEN: '' });
  await until('the token is shown', async () => first.output().includes('The contract is at'));
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

it('the token command makes, lists and revokes tokens while a server runs', async () => {
  const server = await startProcess(env());
  const made = await token('create', 'Night Owl', '--read-only', '--expires', '2999-01-01');
  const secret = /pa_[0-9A-Za-z]{36}/.exec(made.output)?.[0] as string;
  const { data } = await getCurrentToken({ client: server.client(secret) });
  expect(data).toMatchObject({ name: 'Night Owl', accessLevel: 'Read', expirationDate: '2999-01-01T00:00:00.000Z' });
  const listed = await token('list');
  expect(listed.output).toContain(data?.id);
  expect(listed.output).not.toContain(secret);

  expect(await token('revoke', data?.id as string)).toMatchObject({ status: 0 });
  expect((await getCurrentToken({ client: server.client(secret) })).response?.status).toBe(401);
  expect(await token('revoke', data?.id as string)).toMatchObject({ status: 1, output: expect.stringContaining('no token with id') });
  server.signal('SIGTERM');
  await server.ended;
});

it('the token command says what is wrong with its words, and changes nothing then', async () => {
  const before = (await token('list')).output;
  const wrong = [
    [],
    ['frobnicate'],
    ['create'],
    ['create', 'a', 'b'],
    ['create', 'a', '--expires', 'soon'],
    ['create', 'a', '--expires', '2001-01-01'],
    ['create', 'a', '--administrator', '--read-only'],
    ['list', '--loud'],
    ['revoke'],
  ];
  const answered = await Promise.all(wrong.map(async (words) => [words, (await token(...words)).status]));
  expect(answered).toEqual(wrong.map((words) => [words, 2]));
  expect(await token('--help')).toMatchObject({ status: 0, output: expect.stringContaining('Usage') });
  expect((await token('list')).output).toBe(before);
});

it('the sandbox prints lines that import and upload, that have a person leave, and that list users and tenants', async () => {
  const sandbox = await startProcess({}, 'server/sandbox/main.ts');
  await until('the lines are printed', async () => sandbox.output().includes('Ctrl+C'));
  const script = sandbox
    .output()
    .split('\n')
    .filter((line) => /^ {2}/.test(line) && !/^ {2}(Administrator|Write|Read|expired) /.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .replaceAll(/^(?! *ID=)(.*curl .*)$/gm, '$1; echo');
  const answers = execFileSync('bash', ['-ec', script], { encoding: 'utf8' }).trim().split('\n');
  const [shown, list, uploaded, found, events, approved, requests, users, tenants] = answers.map((line) => JSON.parse(line));
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
  sandbox.signal('SIGINT');
  expect(await sandbox.ended).toBe(0);
});
