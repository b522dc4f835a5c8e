import { expect, it } from 'vitest';
import { deleteToken, getPersonnelEvent, updateToken } from '../../../generated/sdk.gen.ts';
import { dataOf, errorsOf, messageOf } from '../../support/api-results.ts';
import { givenTenant, givenToken, type Tenant } from '../../support/given.ts';
import { completeApproval, givenOnboard, givenPerson, givenTransition, setClock, unknownIds } from '../../support/given-events.ts';

import { givenIdentity, givenOffboard, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const get = ({ reader }: Tenant, { id }: { id: string }) => getPersonnelEvent({ client: reader.client, path: { id } });

it('404: an event of another organization is as unknown as any', async () => {
  const tenant = await givenTenant(server);
  for (const id of await unknownIds(server, (foreign) => givenOnboard(foreign, today(server), { comment: 'Secret' })))
    expect(messageOf(await get(tenant, { id }))).toEqual([404, `Personnel Event with id ${id} not found`]);
});

it('404: neither an identity nor a request is an event', async () => {
  const tenant = await givenTenant(server);
  const { person, application } = await givenPerson(server, tenant);
  for (const { id } of [person, application]) expect((await get(tenant, { id })).response?.status).toBe(404);
});

it('400: names the id when it is none', async () => {
  const tenant = await givenTenant(server);
  for (const id of ['314', 'onboarding', '0000000g-0000-4000-8000-000000000000', '00000000000040008000000000000000'])
    expect(errorsOf(await get(tenant, { id }))).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});

it('200: every token that reads may read it, under its id in any case, as it was answered when it was made', async () => {
  const tenant = await givenTenant(server);
  const event = await givenOnboard(tenant, '2035-01-01', { comment: 'Welcome' });
  for (const { client } of [tenant.reader, tenant.writer, tenant.administrator])
    for (const id of [event.id, event.id.toUpperCase()]) expect((await getPersonnelEvent({ client, path: { id } })).data).toEqual(event);
});

it('200: the person is shown as it is now, not as it was when the event was reported', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant, { title: 'Teller' });
  const event = await givenOffboard(server, tenant, id, '2035-01-01');
  expect(event.affectedIdentity?.title).toBe('Teller');
  await completeApproval(tenant, await givenTransition(tenant, id, today(server), { identity: { title: 'Head Teller' } }));
  expect((await get(tenant, event)).data?.affectedIdentity?.title).toBe('Head Teller');
});

it('200: the reporter is the token that reported it, by the name that it had, also when it is renamed or deleted', async () => {
  const tenant = await givenTenant(server);
  const token = await givenToken(server, tenant.organization, { name: 'n'.repeat(100) });
  const event = await givenOnboard({ ...tenant, writer: token }, today(server));
  const reporter = { id: token.row.id, name: `API Token - ${'n'.repeat(100)}` };
  expect(event.reporter).toEqual(reporter);
  const client = tenant.administrator.client;
  dataOf(await updateToken({ client, path: { id: token.row.id }, body: { name: 'HRIS' } }));
  expect((await get(tenant, event)).data?.reporter).toEqual(reporter);
  const renamed = await givenOnboard({ ...tenant, writer: token }, today(server));
  expect(renamed.reporter).toEqual({ ...reporter, name: 'API Token - HRIS' });
  await deleteToken({ client, path: { id: token.row.id } });
  expect((await get(tenant, event)).data?.reporter).toEqual(reporter);
});

it('200: of more than 1,000 activities the latest, oldest first', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const event = await givenOnboard(tenant, today(server));
  const rows = Array.from({ length: 1001 }, (_, index) => ({
    subject_id: event.id,
    user: 'a test',
    description: `${index}`,
    at: '2030-06-15 12:00:00.000',
  }));
  for (let from = 0; from < rows.length; from += 100) await server.db('activities').insert(rows.slice(from, from + 100));
  const activity = (await get(tenant, event)).data?.activity.map(({ description }) => description);
  expect([activity?.length, activity?.[0], activity?.at(-1)]).toEqual([1000, '1', '1000']);
});
