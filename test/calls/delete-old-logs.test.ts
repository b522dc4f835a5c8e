import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { deleteOldLogs } from '../../server/calls/delete-old-logs.ts';
import { insertLogs } from '../../server/calls/store/api-log.ts';
import { givenLogs, newLogRow } from '../support/given-logs.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const dayMs = 24 * 60 * 60 * 1000;
const now = new Date('2026-06-15T12:00:00.000Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);
const never = new AbortController().signal;
const deleteOld = (stop = never) => deleteOldLogs(server.logDb, now, 90, { throttleMs: 0, stop });
const idsOf = async (organization_id: string): Promise<string[]> =>
  (await server.logDb('api_log').where({ organization_id }).orderBy('id').select('id')).map(({ id }) => id.toString('hex'));

it('deletes only calls older than the retention, of every organization and without a caller; a second run deletes nothing', async () => {
  const organizations = [randomUUID(), '', randomUUID()];
  const remaining = [];
  for (const organization of organizations) {
    const [old, edge] = [newLogRow(organization, daysAgo(90.001)), newLogRow(organization, daysAgo(90))];
    await insertLogs(server.logDb, [old, edge, newLogRow(organization, daysAgo(400))]);
    remaining.push([edge.id]);
  }
  await deleteOld();
  expect(await Promise.all(organizations.map(idsOf))).toEqual(remaining);
  await deleteOld();
  expect(await Promise.all(organizations.map(idsOf))).toEqual(remaining);
});

it('keeps only the newest calls of unknown callers, and all calls of organizations', async () => {
  await server.logDb('api_log').delete();
  const organization = randomUUID();
  const own = await givenLogs(server, organization, daysAgo(1), Array(9).fill({}));
  const unknown = await givenLogs(server, '', daysAgo(1), Array(9).fill({}));
  await deleteOldLogs(server.logDb, now, 90, { throttleMs: 0, stop: never, rowsMax: 4 });
  expect([await idsOf(organization), await idsOf('')]).toEqual([own, unknown.slice(5)]);
});

it('deletes many batches, even if several processes run at the same time', async () => {
  const organization = randomUUID();
  await givenLogs(server, organization, daysAgo(100), Array(3_500).fill({}));
  const recent = await givenLogs(server, organization, daysAgo(1), Array(10).fill({}));
  await Promise.all([deleteOld(), deleteOld(), deleteOld()]);
  expect(await idsOf(organization)).toEqual(recent);
});

it('stops between two batches on the stop signal', async () => {
  const organization = randomUUID();
  const oldIds = await givenLogs(server, organization, daysAgo(100), [{}]);
  await deleteOld(AbortSignal.abort());
  expect(await idsOf(organization)).toEqual(oldIds);
});
