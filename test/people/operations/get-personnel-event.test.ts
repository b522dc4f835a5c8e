import { expect, it } from 'vitest';
import { deleteToken, getPersonnelEvent, updateToken } from '../../../generated/sdk.gen.ts';
import { dataOf, errorsOf, messageOf } from '../../support/api-results.ts';
import { givenTenant, givenToken, type Tenant } from '../../support/given.ts';
import { completeApproval, givenOnboard, givenPerson, givenTransition, setClock, unknownIds } from '../../support/given-events.ts';

import { givenIdentity, givenOffboard, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const get = ({ reader }: Tenant, { id }: { id: string }) => getPersonnelEvent({ client: reader.client, path: { id } });

it('404: returns the same error for an unknown event and for one of another organization', async () => {
  const tenant = await givenTenant(server);
  for (const id of await unknownIds(server, (foreign) => givenOnboard(foreign, today(server), { comment: 'Secret' })))
    expect(messageOf(await get(tenant, { id }))).toEqual([404, `Personnel Event with id ${id} not found`]);
});

it('404: does not find an identity or an application by its id', async () => {
  const tenant = await givenTenant(server);
  const { person, application } = await givenPerson(server, tenant);
  for (const { id } of [person, application]) expect((await get(tenant, { id })).response?.status).toBe(404);
});

it('400: rejects a malformed id', async () => {
  const tenant = await givenTenant(server);
  for (const id of ['314', 'onboarding', '0000000g-0000-4000-8000-000000000000', '00000000000040008000000000000000'])
    expect(errorsOf(await get(tenant, { id }))).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});

it('200: returns the event as it was created to every token that may read, by its id in upper or lower case', async () => {
  const tenant = await givenTenant(server);
  const event = await givenOnboard(tenant, '2035-01-01', { comment: 'Welcome' });
  for (const { client } of [tenant.reader, tenant.writer, tenant.administrator])
    for (const id of [event.id, event.id.toUpperCase()]) expect((await getPersonnelEvent({ client, path: { id } })).data).toEqual(event);
});

it('200: shows the identity as it is now, not as it was at the time of the report', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant, { title: 'Teller' });
  const event = await givenOffboard(server, tenant, id, '2035-01-01');
  expect(event.affectedIdentity?.title).toBe('Teller');
  await completeApproval(tenant, await givenTransition(tenant, id, today(server), { identity: { title: 'Head Teller' } }));
  expect((await get(tenant, event)).data?.affectedIdentity?.title).toBe('Head Teller');
});

it('200: keeps the name that the reporting token had, even if the token is renamed or deleted', async () => {
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

it('200: returns the latest 50 activities, oldest first', async () => {
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
  expect([activity?.length, activity?.[0], activity?.at(-1)]).toEqual([50, '951', '1000']);
});
