import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToken, deleteToken, getCurrentToken, getToken, updateToken } from '../../generated/sdk.gen.ts';
import { createDatabase } from '../../server/database/database.ts';
import { type ServerProcess, startProcess, until } from '../support/process.ts';
import { isMySqlRun, newDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let servers: ServerProcess[];
const env = () => ({ DATABASE_URL: database.url, UPLOAD_DIRECTORY: `${database.folder}/uploads`, SHARED_DIRECTORY: database.folder });

beforeAll(async () => {
  database = await newDatabase();
  // All three start on an empty database at the same moment. One of them creates the tables and the first token.
  servers = await Promise.all(Array.from({ length: 3 }, () => startProcess(env())));
});
afterAll(async () => {
  for (const server of servers ?? []) server.signal('SIGTERM');
  await Promise.all((servers ?? []).map((server) => server.ended));
  await database?.remove();
});

const statusAt = async (server: ServerProcess, secret: string) =>
  (await getCurrentToken({ client: server.client(secret) })).response?.status;

it('processes that start at the same time on an empty database create one organization and one token', async () => {
  const db = createDatabase(database.url);
  expect(await db('organizations').select('key')).toEqual([{ key: 'default' }]);
  expect(await db('tokens').select('name')).toEqual([{ name: 'Administrator' }]);
  await db.destroy();
});

it('401: another process refuses a deleted token from its next request on, even under load', async () => {
  const [first, second] = servers as [ServerProcess, ServerProcess];
  for (let round = 0; round < 5; round++) {
    const { data } = await createToken({ client: first.client(), body: { name: `Integration ${round}` } });
    const { id, secret } = data as { id: string; secret: string };
    expect(await statusAt(second, secret)).toBe(200);

    let isDeleted = false;
    const statusesAfterDeletion: number[] = [];
    let hasEnoughLoad = false;
    const load = Array.from({ length: 8 }, async () => {
      while (!hasEnoughLoad) {
        const begunAfterDeletion = isDeleted;
        const status = await statusAt(second, secret);
        if (begunAfterDeletion) statusesAfterDeletion.push(status as number);
      }
    });
    expect((await deleteToken({ client: first.client(), path: { id } })).response?.status).toBe(204);
    isDeleted = true;
    expect(await statusAt(second, secret)).toBe(401);
    await until('50 requests begin after the deletion', async () => statusesAfterDeletion.length > 50);
    hasEnoughLoad = true;
    await Promise.all(load);
    expect(new Set(statusesAfterDeletion)).toEqual(new Set([401]));
  }
});

it('401: another process applies a new expiration date from its next request on', async () => {
  const [first, second] = servers as [ServerProcess, ServerProcess];
  const { data } = await createToken({ client: first.client(), body: { name: 'Short-lived' } });
  const soon = new Date(Date.now() + 300);
  await updateToken({ client: first.client(), path: { id: data?.id as string }, body: { expirationDate: soon.toISOString() } });
  await until('the moment of expiration', async () => Date.now() > soon.getTime());
  expect(await statusAt(second, data?.secret as string)).toBe(401);
});

it('another process shows the last use of a token within seconds', async () => {
  const [first, second] = servers as [ServerProcess, ServerProcess];
  const { data } = await createToken({ client: first.client(), body: { name: 'Seen' } });
  expect(await statusAt(second, data?.secret as string)).toBe(200);
  const used = await until('the last use', async () => {
    const { data: token } = await getToken({ client: first.client(), path: { id: data?.id as string } });
    return token?.lastUsedDate ?? undefined;
  });
  expect(Date.now() - new Date(used).getTime()).toBeLessThan(10_000);
});

it(`the processes print no secrets (${isMySqlRun ? 'MySQL' : 'embedded'})`, async () => {
  const { data } = await createToken({ client: (servers[0] as ServerProcess).client(), body: { name: 'Printed?' } });
  await statusAt(servers[1] as ServerProcess, data?.secret as string);
  const printed = servers.map((server) => server.output()).join('\n');
  expect(printed).toContain('"msg":"call"');
  expect(printed).not.toMatch(/pa_[0-9A-Za-z]{30}/);
});
