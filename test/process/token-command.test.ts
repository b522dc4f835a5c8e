import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrganization, createToken, getCurrentToken, listTokens, updateToken } from '../../generated/sdk.gen.ts';

import { dataOf } from '../support/api-results.ts';
import { runProgram, type ServerProcess, startProcess } from '../support/process.ts';
import { newDatabase } from '../support/test-database.ts';

let database: Awaited<ReturnType<typeof newDatabase>>;
let server: ServerProcess;
const token = async (...words: string[]) => {
  const command = runProgram('server/process/token-command.ts', words, { DATABASE_URL: database.url });
  return { status: await command.ended, output: command.output() };
};
const secretIn = (output: string) => /pa_[0-9A-Za-z]{36}/.exec(output)?.[0] as string;
const callsAs = async (secret: string) => getCurrentToken({ client: server.client(secret) });
const idsIn = (output: string) => [...output.matchAll(/^[0-9a-f-]{36}/gm)].map(([id]) => id);
const idsOf = async (...words: string[]) => idsIn((await token('list', ...words)).output);
/** The cells of the line that is about a token, by the heads of their columns. */
async function lineOf(id: string, ...words: string[]): Promise<Record<string, string>> {
  const { output } = await token('list', ...words);
  const [heads = '', ...lines] = output.trimEnd().split('\n');
  const line = lines.find((one) => one.startsWith(id)) ?? '';
  const starts = [...heads.matchAll(/\S+( \S+)*/g)].map(({ 0: head, index }) => ({ head, index }));
  return Object.fromEntries(starts.map(({ head, index }, at) => [head, line.slice(index, starts[at + 1]?.index).trim()]));
}

beforeAll(async () => {
  database = await newDatabase();
  expect(await token('list')).toMatchObject({ status: 1, output: expect.stringContaining('empty') });
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

it('makes, lists and revokes tokens while a server runs', async () => {
  const made = await token('create', 'Night Owl', '--read-only', '--expires', '2999-01-01');
  const secret = secretIn(made.output);
  const { data } = await callsAs(secret);
  expect(data).toMatchObject({ name: 'Night Owl', accessLevel: 'Read', expirationDate: '2999-01-01T00:00:00.000Z' });
  const listed = await token('list');
  expect(listed.output).toContain(data?.id);
  expect(listed.output).not.toContain(secret);

  const id = data?.id as string;
  expect(await token('revoke', id)).toMatchObject({ status: 0 });
  expect((await callsAs(secret)).response?.status).toBe(401);
  expect(await token('revoke', id)).toMatchObject({ status: 1, output: expect.stringContaining(`has no token with id ${id}`) });
});

it('list says where each token reaches, what it may do, and whether it works', async () => {
  const client = server.client();
  const made = async (body: Parameters<typeof createToken>[0]['body']) => dataOf(await createToken({ client, body })).id;
  const all = await made({ name: 'All' });
  const project = await made({ name: 'One project', accessLevel: 'Read', projectKey: 'default' });
  const environment = await made({ name: 'Calendar', projectKey: 'default', environmentKey: 'development' });
  expect(await lineOf(all)).toMatchObject({ NAME: 'All', LEVEL: 'Organization', ACCESS: 'Write', STATUS: 'Active' });
  expect(await lineOf(project)).toMatchObject({ NAME: 'One project', LEVEL: 'Project default', ACCESS: 'Read', STATUS: 'Active' });
  expect(await lineOf(environment)).toMatchObject({ NAME: 'Calendar', LEVEL: 'Environment default/development', EXPIRES: 'never' });
  await updateToken({ client, path: { id: all }, body: { isDisabled: true } });
  expect(await lineOf(all)).toMatchObject({ STATUS: 'Disabled' });
});

it('is about the organization that hosts the server, or about the one that is named', async () => {
  const { api_key_id, id: organizationId } = dataOf(await createOrganization({ client: server.client(), body: { key: 'valkyrie' } }));
  const hosts = await idsOf();
  for (const named of ['valkyrie', organizationId]) expect(await idsOf('--organization', named)).toEqual([api_key_id]);
  expect(hosts).not.toContain(api_key_id);

  const made = await token('create', 'Night Owl', '--administrator', '--organization', 'valkyrie');
  const { data: own } = await callsAs(secretIn(made.output));
  expect(own).toMatchObject({ name: 'Night Owl', accessLevel: 'Administrator', level: 'Organization' });
  const seen = dataOf(await listTokens({ client: server.client(secretIn(made.output)) })).items.map(({ id }) => id);
  expect(seen.toSorted()).toEqual([own?.id, api_key_id].toSorted());
  expect(await idsOf()).toEqual(hosts);

  expect(await token('revoke', api_key_id)).toMatchObject({ status: 1, output: expect.stringContaining('has no token') });
  expect(await token('revoke', api_key_id, '--organization', 'valkyrie')).toMatchObject({ status: 0 });
  expect(await idsOf('--organization', 'valkyrie')).toEqual([own?.id]);
});

it('says that an organization does not exist, and does nothing then', async () => {
  const before = await idsOf();
  for (const [named, ...words] of [
    ['nowhere', 'list'],
    ['DEFAULT', 'create', 'Night Owl'],
    ['', 'revoke', before[0] as string],
  ] as [string, ...string[]][])
    expect(await token(...words, '--organization', named)).toEqual({ status: 1, output: `There is no organization ${named}\n` });
  expect(await idsOf()).toEqual(before);
});

it('wants to know the database, and no other setting', async () => {
  const withEnv = (env: Record<string, string>) => runProgram('server/process/token-command.ts', ['list'], env);
  expect(await withEnv({ DATABASE_URL: database.url, SECRET_KEY: 'lost', PORT: 'none' }).ended).toBe(0);
  const wrong = withEnv({ DATABASE_URL: 'postgres://localhost/gatehouse' });
  expect([await wrong.ended, wrong.output()]).toEqual([2, expect.stringContaining('DATABASE_URL must be')]);
});

it('says what is wrong with its words, and changes nothing then', async () => {
  const before = await idsOf();
  for (const words of [
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
    expect([words, (await token(...words)).status]).toEqual([words, 2]);
  expect(await token('--help')).toMatchObject({ status: 0, output: expect.stringContaining('--organization KEY') });
  expect(await idsOf()).toEqual(before);
});

it('lets those back in who have revoked every token there was', async () => {
  for (const id of await idsOf()) expect(await token('revoke', id)).toMatchObject({ status: 0 });
  expect((await getCurrentToken({ client: server.client() })).response?.status).toBe(401);
  const made = await token('create', 'Spare key', '--administrator');
  const client = server.client(secretIn(made.output));
  expect((await createToken({ client, body: { name: 'Next' } })).response?.status).toBe(201);
  expect((await listTokens({ client })).data?.totalCount).toBe(2);
});
