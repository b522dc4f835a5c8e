import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrganization, createToken, getCurrentToken, listTokens, updateToken } from '../../generated/sdk.gen.ts';

import { dataOf } from '../support/api-results.ts';
import { runProgram, type ServerProcess, startProcess } from '../support/process.ts';
import { isMySqlRun, newDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let server: ServerProcess;
const token = async (...args: string[]) => {
  const command = runProgram('server/process/token-command.ts', args, { DATABASE_URL: database.url });
  return { status: await command.ended, output: command.output() };
};
const secretIn = (output: string) => /pa_[0-9A-Za-z]{36}/.exec(output)?.[0] as string;
const currentTokenOf = async (secret: string) => getCurrentToken({ client: server.client(secret) });
const idsIn = (output: string) => [...output.matchAll(/^[0-9a-f-]{36}/gm)].map(([id]) => id);
const listedIds = async (...args: string[]) => idsIn((await token('list', ...args)).output);
/** Returns the cells of a token's row in the list, by column heading. */
async function rowOf(id: string, ...args: string[]): Promise<Record<string, string>> {
  const { output } = await token('list', ...args);
  const [headings = '', ...lines] = output.trimEnd().split('\n');
  const line = lines.find((text) => text.startsWith(id)) ?? '';
  const starts = [...headings.matchAll(/\S+( \S+)*/g)].map(({ 0: heading, index }) => ({ heading, index }));
  return Object.fromEntries(starts.map(({ heading, index }, at) => [heading, line.slice(index, starts[at + 1]?.index).trim()]));
}

beforeAll(async () => {
  database = await newDatabase();
  // Without an embedded database, the command does not create one.
  const missing = isMySqlRun ? 'is empty; start the server once' : `The database ${join(database.folder, 'gatehouse.db')} does not exist`;
  expect(await token('list')).toMatchObject({ status: 1, output: expect.stringContaining(missing) });
  expect(readdirSync(database.folder)).toEqual([]);
  server = await startProcess({
    DATABASE_URL: database.url,
    UPLOAD_DIRECTORY: `${database.folder}/uploads`,
    SHARED_DIRECTORY: database.folder,
  });
});
afterAll(async () => {
  server?.signal('SIGTERM');
  await server?.ended;
  await database?.remove();
});

it('creates, lists and deletes tokens while a server runs', async () => {
  const created = await token('create', 'Night Owl', '--read-only', '--expires', '2999-01-01');
  const secret = secretIn(created.output);
  const { data } = await currentTokenOf(secret);
  expect(data).toMatchObject({ name: 'Night Owl', accessLevel: 'Read', expirationDate: '2999-01-01T00:00:00.000Z' });
  const listed = await token('list');
  expect(listed.output).toContain(data?.id);
  expect(listed.output).not.toContain(secret);

  const id = data?.id as string;
  expect(await token('revoke', id)).toMatchObject({ status: 0 });
  expect((await currentTokenOf(secret)).response?.status).toBe(401);
  expect(await token('revoke', id)).toMatchObject({ status: 1, output: expect.stringContaining(`has no token with id ${id}`) });
});

it('list: shows level, access and status of each token', async () => {
  const client = server.client();
  const createTestToken = async (body: Parameters<typeof createToken>[0]['body']) => dataOf(await createToken({ client, body })).id;
  const all = await createTestToken({ name: 'All' });
  const project = await createTestToken({ name: 'One project', accessLevel: 'Read', projectKey: 'default' });
  const environment = await createTestToken({ name: 'Calendar', projectKey: 'default', environmentKey: 'development' });
  expect(await rowOf(all)).toMatchObject({ NAME: 'All', LEVEL: 'Organization', ACCESS: 'Write', STATUS: 'Active' });
  expect(await rowOf(project)).toMatchObject({ NAME: 'One project', LEVEL: 'Project default', ACCESS: 'Read', STATUS: 'Active' });
  expect(await rowOf(environment)).toMatchObject({ NAME: 'Calendar', LEVEL: 'Environment default/development', EXPIRES: 'never' });
  await updateToken({ client, path: { id: all }, body: { isDisabled: true } });
  expect(await rowOf(all)).toMatchObject({ STATUS: 'Disabled' });
});

it('uses the organization that hosts the server, or the one that --organization names', async () => {
  const { api_key_id, id: organizationId } = dataOf(await createOrganization({ client: server.client(), body: { key: 'valkyrie' } }));
  const hosts = await listedIds();
  for (const named of ['valkyrie', organizationId]) expect(await listedIds('--organization', named)).toEqual([api_key_id]);
  expect(hosts).not.toContain(api_key_id);

  const created = await token('create', 'Night Owl', '--administrator', '--organization', 'valkyrie');
  const { data: own } = await currentTokenOf(secretIn(created.output));
  expect(own).toMatchObject({ name: 'Night Owl', accessLevel: 'Administrator', level: 'Organization' });
  const seen = dataOf(await listTokens({ client: server.client(secretIn(created.output)) })).items.map(({ id }) => id);
  expect(seen.toSorted()).toEqual([own?.id, api_key_id].toSorted());
  expect(await listedIds()).toEqual(hosts);

  expect(await token('revoke', api_key_id)).toMatchObject({ status: 1, output: expect.stringContaining('has no token') });
  expect(await token('revoke', api_key_id, '--organization', 'valkyrie')).toMatchObject({ status: 0 });
  expect(await listedIds('--organization', 'valkyrie')).toEqual([own?.id]);
});

it('an unknown organization: exits with status 1 and changes nothing', async () => {
  const before = await listedIds();
  for (const [named, ...args] of [
    ['nowhere', 'list'],
    ['DEFAULT', 'create', 'Night Owl'],
    ['', 'revoke', before[0] as string],
  ] as [string, ...string[]][])
    expect(await token(...args, '--organization', named)).toEqual({ status: 1, output: `Organization ${named} does not exist\n` });
  expect(await listedIds()).toEqual(before);
});

it('reads DATABASE_URL and ignores all other settings', async () => {
  const withEnv = (env: Record<string, string>) => runProgram('server/process/token-command.ts', ['list'], env);
  expect(await withEnv({ DATABASE_URL: database.url, SECRET_KEY: 'lost', PORT: 'none' }).ended).toBe(0);
  const wrong = withEnv({ DATABASE_URL: 'postgres://localhost/gatehouse' });
  expect([await wrong.ended, wrong.output()]).toEqual([2, expect.stringContaining('DATABASE_URL must be')]);
});

it('invalid arguments: exits with status 2 and changes nothing', async () => {
  const before = await listedIds();
  for (const args of [
    [],
    ['frobnicate'],
    ['create'],
    ['create', 'a', 'b'],
    ['create', 'a', '--expires', 'soon'],
    ['create', 'a', '--expires', '2001-01-01'],
    ['create', 'a', '--administrator', '--read-only'],
    ['create', 'a', '--organization'],
    ['list', '--loud'],
    ['revoke'],
  ])
    expect([args, (await token(...args)).status]).toEqual([args, 2]);
  expect(await token('--help')).toMatchObject({ status: 0, output: expect.stringContaining('--organization KEY') });
  expect(await listedIds()).toEqual(before);
});

it('creates an administrator token after every token was deleted', async () => {
  for (const id of await listedIds()) expect(await token('revoke', id)).toMatchObject({ status: 0 });
  expect((await getCurrentToken({ client: server.client() })).response?.status).toBe(401);
  const created = await token('create', 'Spare key', '--administrator');
  const client = server.client(secretIn(created.output));
  expect((await createToken({ client, body: { name: 'Next' } })).response?.status).toBe(201);
  expect((await listTokens({ client })).data?.totalCount).toBe(2);
});
