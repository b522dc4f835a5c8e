import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { moveToCanceling } from '../../../server/applications/store/application-imports.ts';
import {
  type Claim,
  claimNextImport,
  endCarrying,
  moveCarried,
  renewClaim,
  switchGeneration,
} from '../../../server/applications/store/build-queue.ts';
import { insertGeneration } from '../../../server/applications/store/generations.ts';
import { givenApplication, givenImport, givenTenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const leaseMs = 30_000;
const now = new Date('2026-02-20T08:15:00.000Z');
let claim: Claim;
let generationId: number;

beforeEach(async () => {
  server.clock.now = now;
  await server.db('application_imports').delete();
  await givenImport(server, await givenApplication(server, await givenTenant(server)));
  claim = (await claimNextImport(server.db, now, leaseMs)) as Claim;
  generationId = await insertGeneration(server.db, claim, now);
});

const none = { read: 0, added: 0, changed: 0, removed: 0, unchanged: 0, rejected: 0 };
const recordCounts = { users: 1, groups: 2, privileges: 3, identities: 4 };
const metrics = { users: none, groups: none, privileges: none, identities: none, durationMs: 1 };
const switched = (mine: Claim, carry?: { carried: string }) =>
  switchGeneration(server.db, mine, now, { generationId, recordCounts, metrics, log: 'done' }, carry);
const importNow = () => server.db('application_imports').where({ id: claim.import.id }).first();
const applicationNow = () => server.db('applications').where({ id: claim.import.application_id }).first();
const lost = () => ({ ...claim, leaseId: randomUUID() });
const isFinished = { status: 'Finished', lease_id: null, lease_until: null, carried: null, build_end: '2026-02-20 08:15:00.000' };

it('finishes the import where nothing is to be carried over: then all is', async () => {
  expect(await switched(claim)).toBe(true);
  expect(await importNow()).toMatchObject({ ...isFinished, log: 'done', metrics: JSON.stringify(metrics) });
  expect(await applicationNow()).toMatchObject({ generation_id: generationId, carried_generation_id: generationId });
  const { record_counts } = await server.db('generations').where({ id: generationId }).first();
  expect(JSON.parse(record_counts)).toEqual(recordCounts);
});

it('shows the records and goes on where something is; the lease stays, and nobody can cancel it', async () => {
  expect(await switched(claim, { carried: 'nothing yet' })).toBe(true);
  const { lease_id } = await importNow();
  expect(await importNow()).toMatchObject({
    status: 'Running',
    carried: 'nothing yet',
    lease_id: claim.leaseId,
    build_end: null,
    log: 'done',
  });
  expect(await applicationNow()).toMatchObject({ generation_id: generationId, carried_generation_id: null });
  expect(await moveToCanceling(server.db, claim.import.environment_id, claim.import.id)).toBe(false);
  expect([await renewClaim(server.db, claim, now, leaseMs, 'done'), lease_id]).toEqual(['continue', claim.leaseId]);
  expect(await claimNextImport(server.db, now, leaseMs)).toBeUndefined();
});

it('is carried over by whoever has the lease, from where the one before was, and finished once', async () => {
  await switched(claim, { carried: 'nothing yet' });
  expect(await moveCarried(server.db, claim, 'half')).toBe(true);
  const next = (await claimNextImport(server.db, new Date(now.getTime() + leaseMs + 1), leaseMs)) as Claim;
  expect([next.import.id, next.import.carried, next.import.status]).toEqual([claim.import.id, 'half', 'Running']);

  expect(await moveCarried(server.db, claim, 'all')).toBe(false);
  expect(await endCarrying(server.db, claim, now, generationId)).toBe(false);
  expect(await importNow()).toMatchObject({ carried: 'half', status: 'Running' });
  expect((await applicationNow()).carried_generation_id).toBeNull();

  expect(await moveCarried(server.db, next, 'all')).toBe(true);
  expect(await endCarrying(server.db, next, now, generationId)).toBe(true);
  expect(await importNow()).toMatchObject({ ...isFinished, log: 'done' });
  expect((await applicationNow()).carried_generation_id).toBe(generationId);
  expect([await endCarrying(server.db, next, now, generationId), await moveCarried(server.db, next, 'x')]).toEqual([false, false]);
});

it('does nothing when the build is no longer ours or was canceled', async () => {
  const before = [await importNow(), await applicationNow()];
  for (const carry of [undefined, { carried: 'nothing yet' }]) expect(await switched(lost(), carry)).toBe(false);
  expect([await importNow(), await applicationNow()]).toEqual(before);
  expect(await moveToCanceling(server.db, claim.import.environment_id, claim.import.id)).toBe(true);
  for (const carry of [undefined, { carried: 'nothing yet' }]) expect(await switched(claim, carry)).toBe(false);
  expect(await applicationNow()).toEqual(before[1]);
});
