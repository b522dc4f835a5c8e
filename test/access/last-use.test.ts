import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createClient, createConfig } from '../../generated/client/index.ts';
import { getApplication, getCurrentToken, getToken } from '../../generated/sdk.gen.ts';
import { createLastUse, type LastUse } from '../../server/access/last-use.ts';
import { startServer } from '../../server/process/start-server.ts';
import { contractFetch } from '../support/contract.ts';
import { disconnectingDb } from '../support/disconnecting-db.ts';
import { type GivenToken, givenTenant, type Tenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

const newLastUse = () => {
  const lastUse = createLastUse(server.db, server.log);
  onTestFinished(lastUse.stop);
  return lastUse;
};
/** Reads the last use with the administrator's token: a call with the token itself would be another use. */
const lastUsedDate = async ({ administrator }: Tenant, { row }: GivenToken) =>
  (await getToken({ client: administrator.client, path: { id: row.id } })).data?.lastUsedDate;

const early = new Date('2020-01-01T10:00:00.001Z');
const late = new Date('2020-01-01T10:00:00.002Z');

it('stores the last use of each used token, to the millisecond, and of no other token', async () => {
  const tenant = await givenTenant(server);
  const { administrator, writer, reader } = tenant;
  const lastUse = newLastUse();
  lastUse.record(administrator.row.id, early);
  lastUse.record(writer.row.id, early);
  lastUse.record(writer.row.id, late);
  const rows = () => server.db('tokens').whereIn('id', [administrator.row.id, writer.row.id, reader.row.id]).orderBy('name');
  expect((await rows()).map(({ last_used_at }) => last_used_at)).toEqual([null, null, null]);
  await lastUse.flush();
  expect((await rows()).map(({ last_used_at }) => last_used_at)).toEqual(['2020-01-01 10:00:00.001', '2020-01-01 10:00:00.002', null]);
  expect(await lastUsedDate(tenant, writer)).toBe(late.toISOString());
});

it('never stores an earlier use than the stored one, within one process and between two', async () => {
  const tenant = await givenTenant(server);
  const { reader } = tenant;
  const [firstProcess, secondProcess] = [newLastUse(), newLastUse()];
  firstProcess.record(reader.row.id, late);
  firstProcess.record(reader.row.id, early);
  await firstProcess.flush();
  expect(await lastUsedDate(tenant, reader)).toBe(late.toISOString());
  secondProcess.record(reader.row.id, early);
  await secondProcess.flush();
  expect(await lastUsedDate(tenant, reader)).toBe(late.toISOString());
});

it('stores the uses of a failed write with the next batch, unless a token was used again', async () => {
  const tenant = await givenTenant(server);
  const { writer, reader } = tenant;
  const other = await givenTenant(server);
  const lastUse = newLastUse();
  lastUse.record(writer.row.id, early);
  lastUse.record(reader.row.id, early);
  lastUse.record(other.reader.row.id, late);
  await server.db.schema.renameTable('tokens', 'tokens_away');
  try {
    const failing = lastUse.flush();
    lastUse.record(reader.row.id, late);
    lastUse.record(other.reader.row.id, early);
    await expect(failing).resolves.toBeUndefined();
  } finally {
    await server.db.schema.renameTable('tokens_away', 'tokens');
  }
  expect(server.logged()).toContain('the last use of tokens could not be written yet');
  await lastUse.flush();
  expect(await lastUsedDate(tenant, writer)).toBe(early.toISOString());
  expect(await lastUsedDate(tenant, reader)).toBe(late.toISOString());
  expect(await lastUsedDate(other, other.reader)).toBe(late.toISOString());
});

/** Inserts tokens and records a use of each. Returns a function that counts the stored uses. */
async function givenUses(count: number, lastUse: LastUse) {
  const { reader } = await givenTenant(server);
  const { id: _, ...row } = await server.db('tokens').where({ id: reader.row.id }).first();
  const name = randomUUID();
  const ids = Array.from({ length: count }, () => randomUUID());
  await server.db.batchInsert(
    'tokens',
    ids.map((id) => ({ ...row, id, name })),
    50,
  );
  for (const id of ids) lastUse.record(id, late);
  return async () => (await server.db('tokens').where({ name, last_used_at: '2020-01-01 10:00:00.002' })).length;
}
const newFailingLastUse = () => createLastUse(disconnectingDb(server.db, 2, 'after').db, server.log);

it('yields to the event loop between the batches of many tokens', async () => {
  const lastUse = newLastUse();
  const countStored = await givenUses(1_000, lastUse);
  let turns = 0;
  let next = setImmediate(function count() {
    turns++;
    next = setImmediate(count);
  });
  await lastUse.flush();
  clearImmediate(next);
  expect(turns).toBeGreaterThanOrEqual(9);
  expect(await countStored()).toBe(1_000);
});

it('loses no use if a later batch fails', async () => {
  const lastUse = newFailingLastUse();
  const countStored = await givenUses(300, lastUse);
  await lastUse.flush();
  expect(await countStored()).toBe(200);
  await lastUse.stop();
  expect(await countStored()).toBe(300);
});

it('loses no use if it stops during a write, even if a batch fails', async () => {
  for (const lastUse of [newLastUse(), newFailingLastUse()]) {
    const countStored = await givenUses(300, lastUse);
    void lastUse.flush();
    await lastUse.stop();
    expect(await countStored()).toBe(300);
  }
});

it('stores the remaining uses when it stops, and ignores a deleted token', async () => {
  const tenant = await givenTenant(server);
  const { writer, reader } = tenant;
  const lastUse = newLastUse();
  lastUse.record(writer.row.id, late);
  lastUse.record(reader.row.id, late);
  await server.db('tokens').where({ id: writer.row.id }).delete();
  await lastUse.stop();
  expect(await lastUsedDate(tenant, reader)).toBe(late.toISOString());
  expect(await server.db('tokens').where({ id: writer.row.id })).toEqual([]);
});

it('a server stores the use of an accepted token, whatever the status of the call, and not of a refused token', async () => {
  const tenant = await givenTenant(server);
  const { writer, reader } = tenant;
  await server.db('tokens').where({ id: writer.row.id }).update({ disabled_at: '2020-01-01 00:00:00.000' });
  const running = await startServer({ ...server.config, port: 0 }, server.log, async () => {}, { clock: () => late, withWorker: false });
  const client = ({ secret }: GivenToken) => createClient(createConfig({ baseUrl: running.url, fetch: contractFetch, auth: () => secret }));
  const unknown = await getApplication({ client: client(reader), path: { id: reader.row.id } });
  const refused = await getCurrentToken({ client: client(writer) });
  expect([unknown.response?.status, refused.response?.status]).toEqual([404, 401]);
  await running.stop();
  expect([await lastUsedDate(tenant, reader), await lastUsedDate(tenant, writer)]).toEqual([late.toISOString(), null]);
});
