import { expect, it } from 'vitest';
import { cancelPersonnelEvent, completeStage } from '../../../generated/sdk.gen.ts';
import { openDueEvents } from '../../../server/people/open-due-events.ts';
import { statusesOf } from '../../support/api-results.ts';
import { givenApplication, givenTenant, type Tenant } from '../../support/given.ts';
import {
  activityTextsOf,
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenOnboard,
  givenPerson,
  givenTransition,
  miscountedLists,
  requestStatesOf,
  setClock,
  withoutTable,
} from '../../support/given-events.ts';
import { concurrently } from '../../support/given-facts.ts';
import {
  completeOpenRequests,
  daysFromToday,
  givenIdentity,
  givenOffboard,
  readEvent,
  stageStatusesOf,
  today,
} from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const complete = ({ writer }: Tenant, { id }: { id: string }, stage: 'Approval' | 'Verification') =>
  completeStage({ client: writer.client, path: { id, stage } });
const peopleOf = async ({ environmentId }: Tenant) =>
  (await server.db('identities').where({ environment_id: environmentId }).select('id')).map(({ id }) => id);

it('200, 409: concurrent approvals of an onboarding create one identity and request each account once', async () => {
  const tenant = await givenTenant(server);
  for (const name of ['A', 'B']) await givenApplication(server, tenant, { name, is_granted_at_onboarding: 1 });
  for (let round = 1; round <= 5; round++) {
    const event = await givenOnboard(tenant, today(server));
    expect(statusesOf(await concurrently(5, () => complete(tenant, event, 'Approval')))).toEqual([200, 409, 409, 409, 409]);
    expect([(await peopleOf(tenant)).length, await requestStatesOf(tenant, event)]).toEqual([round, ['Add Open', 'Add Open']]);
    const lines = activityTextsOf(await readEvent(tenant.reader.client, event));
    expect([lines.length, new Set(lines).size]).toEqual([5, 5]);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200, 409: concurrent approvals of an offboarding request each account once', async () => {
  const tenant = await givenTenant(server);
  const { person } = await givenPerson(server, tenant, 3);
  const event = await givenOffboard(server, tenant, person.id);
  expect(statusesOf(await concurrently(6, () => complete(tenant, event, 'Approval')))).toEqual([200, 409, 409, 409, 409, 409]);
  expect(await requestStatesOf(tenant, event)).toEqual(['Remove Open', 'Remove Open', 'Remove Open']);
  await completeOpenRequests(tenant.writer.client, event);
  expect(statusesOf(await concurrently(4, () => complete(tenant, event, 'Verification')))).toEqual([200, 409, 409, 409]);
  expect(
    activityTextsOf(await readEvent(tenant.reader.client, event)).filter((line) => line === 'Gatehouse: Completed the event'),
  ).toHaveLength(1);
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200, 409: an event that is approved and canceled concurrently ends consistently', async () => {
  const tenant = await givenTenant(server);
  await givenApplication(server, tenant, { is_granted_at_onboarding: 1 });
  for (let round = 0; round < 8; round++) {
    const event = await givenOnboard(tenant, today(server));
    const [cancel, approval] = await Promise.all(
      round % 2 === 0
        ? [cancelPersonnelEvent({ client: tenant.writer.client, path: { id: event.id } }), complete(tenant, event, 'Approval')]
        : [complete(tenant, event, 'Approval'), cancelPersonnelEvent({ client: tenant.writer.client, path: { id: event.id } })].reverse(),
    );
    // An approved event can be canceled, so canceling always succeeds here.
    const isApproved = approval?.response?.status === 200;
    expect([cancel?.response?.status, [200, 409].includes(approval?.response?.status as number)]).toEqual([200, true]);
    const after = await readEvent(tenant.reader.client, event);
    expect([after.status, after.affectedIdentity?.status, await requestStatesOf(tenant, event)]).toEqual(
      isApproved ? ['Canceled', 'Disabled', ['Add Canceled']] : ['Canceled', undefined, []],
    );
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200: an event that is approved while its date comes opens once', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  for (let round = 0; round < 5; round++) {
    const { person } = await givenPerson(server, tenant);
    const event = await givenOffboard(server, tenant, person.id, daysFromToday(server, 1));
    server.clock.now = new Date(server.clock.now.getTime() + 86_400_000);
    const due = () => openDueEvents(server.db, server.clock.now);
    const [approval] = await Promise.all([complete(tenant, event, 'Approval'), due(), due()]);
    expect([approval.response?.status, await requestStatesOf(tenant, event)]).toEqual([200, ['Remove Open']]);
    const lines = activityTextsOf(await readEvent(tenant.reader.client, event));
    expect(lines.filter((line) => line === 'Gatehouse: Opened the stage Provision')).toHaveLength(1);
  }
});

it('200, 409: of two offboardings of one identity that take effect concurrently, one cancels the other', async () => {
  const tenant = await givenTenant(server);
  for (let round = 0; round < 5; round++) {
    const { person } = await givenPerson(server, tenant);
    const events = [await givenOffboard(server, tenant, person.id), await givenOffboard(server, tenant, person.id)];
    const results = await Promise.all(events.map((event) => complete(tenant, event, 'Approval')));
    for (const { response } of results) expect([200, 409]).toContain(response?.status);
    const now = await Promise.all(events.map(async (event) => `${(await readEvent(tenant.reader.client, event)).status}`));
    expect(now.sort()).toEqual(['Canceled', 'Open']);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200: approves many events of many identities concurrently', async () => {
  const tenant = await givenTenant(server);
  await givenApplication(server, tenant, { name: 'Granted', is_granted_at_onboarding: 1 });
  const events: { id: string }[] = [];
  for (let index = 0; index < 8; index++) {
    const { person } = await givenPerson(server, tenant);
    await givenLeave(tenant, person.id, daysFromToday(server, 9));
    events.push(await givenOffboard(server, tenant, person.id), await givenOnboard(tenant, today(server)));
    const otherIdentity = await givenIdentity(server, tenant);
    events.push(await givenTransition(tenant, otherIdentity.id, today(server), { identity: { title: 'Teller' } }));
    events.push(await givenLeave(tenant, otherIdentity.id, today(server)));
  }
  expect(new Set(statusesOf(await Promise.all(events.map((event) => complete(tenant, event, 'Approval')))))).toEqual(new Set([200]));
  const [row] = await server.db('access_requests').where({ environment_id: tenant.environmentId }).count({ count: '*' });
  expect(Number(row?.count)).toBe(16);
  expect((await miscountedLists(tenant)).filter((fault) => !fault.startsWith('requests:'))).toEqual([]);
});

const tables = ['access_requests', 'activities', 'identities', 'list_blocks', 'applications', 'sequences'];
it.each(tables)('500: approves completely or changes nothing, here without %s', async (table) => {
  const tenant = await givenTenant(server);
  await givenApplication(server, tenant, { is_granted_at_onboarding: 1 });
  const event = await givenOnboard(tenant, today(server));
  const before = await dumpPersonnelTables(server);
  expect((await withoutTable(server, table, () => complete(tenant, event, 'Approval'))).response?.status).toBe(500);
  expect(await dumpPersonnelTables(server)).toEqual(before);
  expect([stageStatusesOf(await readEvent(tenant.reader.client, event)).Approval, await peopleOf(tenant)]).toEqual(['Open', []]);
  expect((await completeApproval(tenant, event)).affectedIdentity?.firstName).toBe('Jane');
  expect(await requestStatesOf(tenant, event)).toEqual(['Add Open']);
});
