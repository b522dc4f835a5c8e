import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { moveToCanceling } from '../../../server/applications/store/application-imports.ts';
import {
  claimNextImport,
  endImport,
  endSync,
  type ImportLease,
  renewLease,
  switchGeneration,
  updateSyncProgress,
} from '../../../server/applications/store/build-queue.ts';
import { insertGeneration } from '../../../server/applications/store/generations.ts';
import { givenApplication, givenImport, givenTenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const leaseMs = 30_000;
const now = new Date('2026-02-20T08:15:00.000Z');
let lease: ImportLease;
let generationId: number;

beforeEach(async () => {
  server.clock.now = now;
  await server.db('application_imports').delete();
  await givenImport(server, await givenApplication(server, await givenTenant(server)));
  lease = (await claimNextImport(server.db, now, leaseMs)) as ImportLease;
  generationId = await insertGeneration(server.db, lease, now);
});

const none = { read: 0, added: 0, changed: 0, removed: 0, unchanged: 0, rejected: 0 };
const recordCounts = { users: 1, groups: 2, privileges: 3, identities: 4 };
const metrics = { users: none, groups: none, privileges: none, identities: none, durationMs: 1 };
const switchWith = (usedLease: ImportLease, sync?: { sync_progress: string }) =>
  switchGeneration(server.db, usedLease, now, { generationId, recordCounts, metrics, log: 'done' }, sync);
const importNow = () => server.db('application_imports').where({ id: lease.import.id }).first();
const applicationNow = () => server.db('applications').where({ id: lease.import.application_id }).first();
const lostLease = () => ({ ...lease, leaseId: randomUUID() });
const finishedColumns = {
  status: 'Finished',
  lease_id: null,
  lease_until: null,
  sync_progress: null,
  build_end: '2026-02-20 08:15:00.000',
};

it('finishes the import if no sync is needed', async () => {
  expect(await switchWith(lease)).toBe(true);
  expect(await importNow()).toMatchObject({ ...finishedColumns, log: 'done', metrics: JSON.stringify(metrics) });
  expect(await applicationNow()).toMatchObject({ generation_id: generationId, synced_generation_id: generationId });
  const { record_counts } = await server.db('generations').where({ id: generationId }).first();
  expect(JSON.parse(record_counts)).toEqual(recordCounts);
});

it('shows the records and leaves the import Running if a sync is needed; it stays leased and can not be canceled', async () => {
  expect(await switchWith(lease, { sync_progress: 'not started' })).toBe(true);
  const { lease_id } = await importNow();
  expect(await importNow()).toMatchObject({
    status: 'Running',
    sync_progress: 'not started',
    lease_id: lease.leaseId,
    build_end: null,
    log: 'done',
  });
  expect(await applicationNow()).toMatchObject({ generation_id: generationId, synced_generation_id: null });
  expect(await moveToCanceling(server.db, lease.import.environment_id, lease.import.id)).toBe(false);
  expect([await renewLease(server.db, lease, now, leaseMs, 'done'), lease_id]).toEqual(['continue', lease.leaseId]);
  expect(await claimNextImport(server.db, now, leaseMs)).toBeUndefined();
});

it('lets only the current lease continue the sync, from the stored progress, and finish the import once', async () => {
  await switchWith(lease, { sync_progress: 'not started' });
  expect(await updateSyncProgress(server.db, lease, 'half')).toBe(true);
  const next = (await claimNextImport(server.db, new Date(now.getTime() + leaseMs + 1), leaseMs)) as ImportLease;
  expect([next.import.id, next.import.sync_progress, next.import.status]).toEqual([lease.import.id, 'half', 'Running']);

  expect(await updateSyncProgress(server.db, lease, 'all')).toBe(false);
  expect(await endSync(server.db, lease, now, generationId)).toBe(false);
  expect(await importNow()).toMatchObject({ sync_progress: 'half', status: 'Running' });
  expect((await applicationNow()).synced_generation_id).toBeNull();

  expect(await updateSyncProgress(server.db, next, 'all')).toBe(true);
  expect(await endSync(server.db, next, now, generationId)).toBe(true);
  expect(await importNow()).toMatchObject({ ...finishedColumns, log: 'done' });
  expect((await applicationNow()).synced_generation_id).toBe(generationId);
  expect([await endSync(server.db, next, now, generationId), await updateSyncProgress(server.db, next, 'x')]).toEqual([false, false]);
});

it('changes nothing if the lease was lost or the import was canceled', async () => {
  const before = [await importNow(), await applicationNow()];
  for (const sync of [undefined, { sync_progress: 'not started' }]) expect(await switchWith(lostLease(), sync)).toBe(false);
  expect([await importNow(), await applicationNow()]).toEqual(before);
  expect(await moveToCanceling(server.db, lease.import.environment_id, lease.import.id)).toBe(true);
  for (const sync of [undefined, { sync_progress: 'not started' }]) expect(await switchWith(lease, sync)).toBe(false);
  expect(await applicationNow()).toEqual(before[1]);
});

it('does not switch a canceled import, whose next renewal returns cancel', async () => {
  const { environment_id, id } = lease.import;
  expect(await moveToCanceling(server.db, environment_id, id)).toBe(true);
  expect(await moveToCanceling(server.db, randomUUID(), id)).toBe(false);
  expect(await switchWith(lease)).toBe(false);
  expect(await renewLease(server.db, lease, now, leaseMs, '')).toBe('cancel');
  expect(await endImport(server.db, lease, now, 'Canceled', 'ended')).toBe(true);
  expect(await importNow()).toMatchObject({ ...finishedColumns, status: 'Canceled' });
});
