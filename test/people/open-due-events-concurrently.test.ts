import { beforeEach, expect, it } from 'vitest';
import { openDueEvents } from '../../server/people/open-due-events.ts';
import { givenTenant } from '../support/given.ts';
import { activityTextsOf, completeApproval, givenOnboard, givenPerson, miscountedLists, requestStatesOf } from '../support/given-events.ts';
import { concurrently } from '../support/given-facts.ts';
import { givenOffboard, readEvent } from '../support/given-people.ts';
import { useServer } from '../support/server.ts';
import { startWithoutDueEvents } from './due-events.ts';

const server = useServer();

const openDue = (instant: string) => openDueEvents(server.db, new Date(instant));
beforeEach(() => startWithoutDueEvents(server));

it('opens each event once in concurrent runs', async () => {
  const tenant = await givenTenant(server);
  const events = [];
  for (let index = 0; index < 6; index++) {
    const { person } = await givenPerson(server, tenant);
    events.push(await completeApproval(tenant, await givenOffboard(server, tenant, person.id, '2030-06-20')));
  }
  const opened = await concurrently(4, () => openDue('2030-06-20T00:00:00Z'));
  expect(opened.reduce((sum, count) => sum + count, 0)).toBe(6);
  for (const event of events) {
    const lines = activityTextsOf(await readEvent(tenant.reader.client, event)).filter(
      (line) => line === 'Gatehouse: Opened the stage Provision',
    );
    expect([lines.length, await requestStatesOf(tenant, event)]).toEqual([1, ['Remove Open']]);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('opens one of two offboardings of one identity that are due at the same time, and cancels the other', async () => {
  const tenant = await givenTenant(server);
  const pairs = [];
  for (let index = 0; index < 4; index++) {
    const { person } = await givenPerson(server, tenant);
    const [firstEvent, secondEvent] = [
      await givenOffboard(server, tenant, person.id, '2030-06-20'),
      await givenOffboard(server, tenant, person.id, '2030-06-20'),
    ];
    pairs.push([await completeApproval(tenant, firstEvent), await completeApproval(tenant, secondEvent)]);
  }
  await concurrently(3, () => openDue('2030-06-20T00:00:00Z'));
  for (const pair of pairs) {
    const statuses = [];
    for (const event of pair) statuses.push((await readEvent(tenant.reader.client, event)).status);
    expect(statuses.sort()).toEqual(['Canceled', 'Open']);
  }
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('opens more than 100 due events in several runs, the oldest first', async () => {
  const tenant = await givenTenant(server);
  const late = await givenOnboard(tenant, '2030-06-20');
  for (let count = 0; count < 100; count += 10) await concurrently(10, () => givenOnboard(tenant, '2030-06-19'));
  expect(await openDue('2030-06-20T00:00:00Z')).toBe(100);
  expect((await readEvent(tenant.reader.client, late)).status).toBe('Scheduled');
  expect([await openDue('2030-06-20T00:00:00Z'), await openDue('2030-06-20T00:00:00Z')]).toEqual([1, 0]);
});
