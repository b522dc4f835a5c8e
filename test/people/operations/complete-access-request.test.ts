import { expect, it } from 'vitest';
import { cancelAccessRequest, completeAccessRequest, resolveAccessRequest } from '../../../generated/sdk.gen.ts';
import { errorsOf, messageOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  activityTextsOf,
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenOpenRequests,
  givenPerson,
  readAccessRequest,
  setClock,
  unknownIds,
} from '../../support/given-events.ts';
import { accessRequestsOf, readEvent, stageStatusesOf } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const complete = ({ writer }: Tenant, { id }: { id: string }) => completeAccessRequest({ client: writer.client, path: { id } });

/** Makes a call that must fail, checks that it changed no row, and returns its error. */
const refusal = async (tenant: Tenant, request: { id: string }) => {
  const before = await dumpPersonnelTables(server);
  const error = messageOf(await complete(tenant, request));
  expect(await dumpPersonnelTables(server)).toEqual(before);
  return error;
};

it('404: returns the same error for an unknown access request and for one of another organization, which stays open', async () => {
  const tenant = await givenTenant(server);
  for (const id of await unknownIds(server, async (foreign) => (await givenOpenRequests(server, foreign)).request))
    expect(await refusal(tenant, { id })).toEqual([404, `Access Request with id ${id} not found`]);
});

it('400: rejects a malformed id', async () => {
  expect(errorsOf(await complete(await givenTenant(server), { id: '501' }))).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});

it('200: one token resolves and verifies an open request; two tokens share a resolved one', async () => {
  const tenant = await givenTenant(server);
  const { requests } = await givenOpenRequests(server, tenant, 2);
  const [open, resolved] = requests as [(typeof requests)[0], (typeof requests)[0]];
  setClock(server, '2035-06-15T12:00:00Z');
  await resolveAccessRequest({ client: tenant.administrator.client, path: { id: resolved.id } });
  server.clock.now = new Date('2035-06-16T12:00:00Z');
  const { data, response } = await complete(tenant, { id: open.id.toUpperCase() });
  expect([response?.status, data?.status, data?.completedOn]).toEqual([200, 'Completed', '2035-06-16T12:00:00.000Z']);
  const nightly = { status: 'Completed', user: 'API Token - Nightly', date: '2035-06-16T12:00:00.000Z' };
  expect(data?.responses).toEqual([
    { name: 'Provisioning', ...nightly },
    { name: 'Verification', ...nightly },
  ]);
  expect(await readAccessRequest(tenant, open)).toEqual(data);
  const administrator = { status: 'Completed', user: 'API Token - Administrator', date: '2035-06-15T12:00:00.000Z' };
  expect((await complete(tenant, resolved)).data?.responses).toEqual([
    { name: 'Provisioning', ...administrator },
    { name: 'Verification', ...nightly },
  ]);
});

it('200: only the last request completes the stage, with the system actor, and disables the identity', async () => {
  const tenant = await givenTenant(server);
  const { event, requests } = await givenOpenRequests(server, tenant, 3);
  const [first, second, last] = requests as [(typeof requests)[0], (typeof requests)[0], (typeof requests)[0]];
  const standing = async () => {
    const now = await readEvent(tenant.reader.client, event);
    return [now.status, stageStatusesOf(now).Provision, now.affectedIdentity?.status];
  };
  await complete(tenant, first);
  await cancelAccessRequest({ client: tenant.writer.client, path: { id: second.id } });
  await resolveAccessRequest({ client: tenant.writer.client, path: { id: last.id } });
  expect(await standing()).toEqual(['Open', 'Open', 'Active']);
  const { data } = await complete(tenant, last);
  expect(data?.target.affectedIdentity?.status).toBe('Disabled');
  expect(await standing()).toEqual(['Resolved', 'Completed', 'Disabled']);
  expect(activityTextsOf(await readEvent(tenant.reader.client, event)).slice(-2)).toEqual([
    'Gatehouse: Completed the stage Provision',
    'Gatehouse: Disabled the identity',
  ]);
});

it('409: refuses to complete a request that is neither open nor resolved', async () => {
  const tenant = await givenTenant(server);
  const { requests } = await givenOpenRequests(server, tenant, 2);
  const [completed, canceled] = requests as [(typeof requests)[0], (typeof requests)[0]];
  await complete(tenant, completed);
  expect(await refusal(tenant, completed)).toEqual([409, "Access Request 1 is Completed and can't be completed"]);
  await cancelAccessRequest({ client: tenant.writer.client, path: { id: canceled.id } });
  expect(await refusal(tenant, canceled)).toEqual([409, "Access Request 2 is Canceled and can't be completed"]);

  const { person } = await givenPerson(server, tenant);
  const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, '2035-01-01'));
  const refusals = [];
  for (const request of await accessRequestsOf(tenant.reader.client, leave)) refusals.push(await refusal(tenant, request));
  expect(refusals).toEqual([
    [409, "Access Request 4 is Snoozed and can't be completed"],
    [409, "Access Request 3 is Scheduled and can't be completed"],
  ]);
});
