import { expect, it } from 'vitest';
import { createUser, getCurrentToken, getReadiness, listUsers } from '../../generated/sdk.gen.ts';
import { isMySql } from '../../server/database/database.ts';
import { givenTenant } from '../support/given.ts';
import { logRowOf, sendRequest } from '../support/given-logs.ts';
import { until } from '../support/process.ts';
import { type TestServer, useServer } from '../support/server.ts';

const server = useServer();
const path = { projectKey: 'default', environmentKey: 'production' };
const readiness = async () => {
  const { error, response } = await getReadiness({ client: server.client() });
  return [response?.status, error?.message];
};

/** Makes every write of the log fail, and returns a function that undoes it. SQLite reports a full disk, MySQL an error of a trigger. */
async function fillLog({ logDb }: TestServer): Promise<() => Promise<void>> {
  if (isMySql(logDb)) {
    await logDb.raw(
      "CREATE TRIGGER log_is_full BEFORE INSERT ON api_log FOR EACH ROW SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1114, MESSAGE_TEXT = 'The table is full'",
    );
    return async () => void (await logDb.raw('DROP TRIGGER log_is_full'));
  }
  const [{ page_count }] = await logDb.raw('PRAGMA page_count');
  await logDb.raw(`PRAGMA max_page_count = ${page_count}`);
  return async () => void (await logDb.raw('PRAGMA max_page_count = 1000000'));
}

it('503: is not ready while calls cannot be logged, and ready again without a restart once they can', async () => {
  const { reader } = await givenTenant(server);
  expect(await readiness()).toEqual([200, undefined]);
  const empty = await fillLog(server);
  try {
    // The last page of the log may still have space.
    const refused = await until('a call cannot be logged', async () => {
      const { response, error } = await getCurrentToken({ client: reader.client });
      return response?.status === 503 && error;
    });
    expect(refused?.message).toBe('There is no space to store this; free space on the disk of the server');
    expect(await readiness()).toEqual([
      503,
      "Calls can't be stored in the API log; check the space, the permissions and the connection of its database",
    ]);
    for (let sent = 0; sent < 20; sent++) expect((await sendRequest(server, '/api/identities')).status).toBe(401);
    expect((await sendRequest(server, '/healthz')).status).toBe(200);
  } finally {
    await empty();
  }
  await until('the server is ready', async () => (await readiness())[0] === 200);
  const results = await Promise.all(Array.from({ length: 60 }, () => getCurrentToken({ client: reader.client })));
  for (const { response } of results) expect(await logRowOf(server, response as Response)).toMatchObject({ status: 200 });
  const counted = await until('the calls of unknown callers are counted', async () => {
    const row = await server.logDb('api_log').where({ organization_id: '', operation: 'listIdentities' }).first();
    return Number(row?.call_count) === 20 && row;
  });
  expect(counted).toMatchObject({ status: 401 });
  expect(await server.logDb('api_log').where({ organization_id: 'probe' }).select()).toEqual([]);
});

it('503: a change that the database has no space for is refused; afterwards everything works again', async () => {
  if (isMySql(server.db)) return;
  const { writer, reader } = await givenTenant(server);
  const create = (key: string) => createUser({ client: writer.client, path, body: { key, attributes: { text: 'x'.repeat(20_000) } } });
  const [{ page_count }] = await server.db.raw('PRAGMA page_count');
  await server.db.raw(`PRAGMA max_page_count = ${page_count}`);
  const results = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(create));
  expect(results.map(({ response }) => response?.status).filter((status) => status !== 201 && status !== 503)).toEqual([]);
  const { error, response } = await create('f');
  expect([response?.status, error?.message]).toEqual([503, 'There is no space to store this; free space on the disk of the server']);
  expect((await listUsers({ client: reader.client, path })).response?.status).toBe(200);
  await server.db.raw('PRAGMA max_page_count = 1000000');
  for (const key of ['f', 'g', 'h']) expect((await create(key)).response?.status).toBe(201);
  expect((await listUsers({ client: reader.client, path })).data?.data?.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['f', 'g', 'h']),
  );
});
