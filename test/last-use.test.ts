import { expect, it, onTestFinished } from 'vitest';
import { getCurrentToken } from '../generated/sdk.gen.ts';
import { createLastUse } from '../server/last-use.ts';
import { type GivenToken, givenTenant } from './support/given.ts';
import { useServer } from './support/server.ts';

const server = useServer();

const newLastUse = () => {
  const lastUse = createLastUse(server.db, server.log);
  onTestFinished(lastUse.stop);
  return lastUse;
};
const lastUsedDate = async ({ client }: GivenToken) => (await getCurrentToken({ client })).data?.lastUsedDate;

const early = new Date('2020-01-01T10:00:00.001Z');
const late = new Date('2020-01-01T10:00:00.002Z');

it('writes the last use of each token, to the millisecond, and of no other', async () => {
  const { administrator, writer, reader } = await givenTenant(server);
  const lastUse = newLastUse();
  lastUse.record(administrator.row.id, early);
  lastUse.record(writer.row.id, early);
  lastUse.record(writer.row.id, late);
  const rows = () => server.db('tokens').whereIn('id', [administrator.row.id, writer.row.id, reader.row.id]).orderBy('name');
  expect((await rows()).map(({ last_used_at }) => last_used_at)).toEqual([null, null, null]);
  await lastUse.flush();
  expect((await rows()).map(({ last_used_at }) => last_used_at)).toEqual(['2020-01-01 10:00:00.001', '2020-01-01 10:00:00.002', null]);
  expect(await lastUsedDate(writer)).toBe(late.toISOString());
});

it('never goes backwards, neither within one process nor between two', async () => {
  const { reader } = await givenTenant(server);
  const [one, other] = [newLastUse(), newLastUse()];
  one.record(reader.row.id, late);
  one.record(reader.row.id, early);
  await one.flush();
  expect(await lastUsedDate(reader)).toBe(late.toISOString());
  other.record(reader.row.id, early);
  await other.flush();
  expect(await lastUsedDate(reader)).toBe(late.toISOString());
});

it('survives a failed write: what could not be written comes with the next batch, unless it was used again', async () => {
  const { administrator, writer, reader } = await givenTenant(server);
  const lastUse = newLastUse();
  lastUse.record(writer.row.id, early);
  lastUse.record(reader.row.id, early);
  lastUse.record(administrator.row.id, late);
  await server.db.schema.renameTable('tokens', 'tokens_away');
  try {
    const failing = lastUse.flush();
    lastUse.record(reader.row.id, late);
    lastUse.record(administrator.row.id, early);
    await expect(failing).resolves.toBeUndefined();
  } finally {
    await server.db.schema.renameTable('tokens_away', 'tokens');
  }
  expect(server.logged()).toContain('the last use of tokens could not be written yet');
  await lastUse.flush();
  expect([await lastUsedDate(writer), await lastUsedDate(reader), await lastUsedDate(administrator)]).toEqual([
    early.toISOString(),
    late.toISOString(),
    late.toISOString(),
  ]);
});

it('writes what is left when it stops, and passes over a token that was deleted', async () => {
  const { writer, reader } = await givenTenant(server);
  const lastUse = newLastUse();
  lastUse.record(writer.row.id, late);
  lastUse.record(reader.row.id, late);
  await server.db('tokens').where({ id: writer.row.id }).delete();
  await lastUse.stop();
  expect(await lastUsedDate(reader)).toBe(late.toISOString());
  expect(await server.db('tokens').where({ id: writer.row.id })).toEqual([]);
});
