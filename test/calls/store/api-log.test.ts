import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createApiLog } from '../../../server/calls/api-log.ts';
import type { Db } from '../../../server/database/database.ts';
import { disconnectingDb } from '../../support/disconnecting-db.ts';
import { newLogRow } from '../../support/given-logs.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const newApiLog = (db: Db) => {
  const apiLog = createApiLog(db, { limits: { perAddressMax: 0, allMax: 0 }, log: server.log });
  onTestFinished(apiLog.stop);
  return apiLog;
};
const never = 0;
const rows = (count: number, organization: string, values = {}) =>
  Array.from({ length: count }, () => newLogRow(organization, server.clock.now, values));
const countOf = async (organization_id: string) =>
  Number((await server.logDb('api_log').where({ organization_id }).count({ count: '*' }))[0]?.count);

it('writes many simultaneous calls with few statements', async () => {
  for (const [count, statements] of [
    [40, 1],
    [230, 5],
  ] as const) {
    const organization = randomUUID();
    const { db, uses } = disconnectingDb(server.logDb, never, 'before');
    const { append } = newApiLog(db);
    await Promise.all(rows(count, organization).map(append));
    expect([uses(), await countOf(organization)]).toEqual([statements, count]);
  }
});

it('limits the size of a statement, even with large bodies', async () => {
  const organization = randomUUID();
  const { db, uses } = disconnectingDb(server.logDb, never, 'before');
  const { append } = newApiLog(db);
  const body = Buffer.alloc(65_536, 'x');
  await Promise.all(rows(90, organization, { request_body: body, response_body: body }).map(append));
  expect([uses(), await countOf(organization)]).toEqual([6, 90]);
});

it('a failed write rejects each of its calls, and no other', async () => {
  const organization = randomUUID();
  const { append } = newApiLog(disconnectingDb(server.logDb, 1, 'before').db);
  const results = await Promise.allSettled(rows(130, organization).map(append));
  expect(results.map(({ status }) => status)).toEqual([...Array(50).fill('rejected'), ...Array(80).fill('fulfilled')]);
  expect(await countOf(organization)).toBe(80);
  await Promise.all(rows(1, organization).map(append));
  expect(await countOf(organization)).toBe(81);
});

it('stop waits until all rows are written', async () => {
  const organization = randomUUID();
  const { append, stop } = newApiLog(server.logDb);
  for (const row of rows(250, organization)) void append(row);
  await stop();
  expect(await countOf(organization)).toBe(250);
});
