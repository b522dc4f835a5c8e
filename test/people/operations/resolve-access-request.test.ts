import { expect, it } from 'vitest';
import { cancelAccessRequest, completeAccessRequest, resolveAccessRequest } from '../../../generated/sdk.gen.ts';
import { errorsOf, messageOf, statusesOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  activityTextsOf,
  completeApproval,
  dumpPersonnelTables,
  givenLeave,
  givenOpenRequests,
  givenPerson,
  miscountedLists,
  readAccessRequest,
  setClock,
  unknownIds,
  withoutTable,
} from '../../support/given-events.ts';
import { concurrently } from '../../support/given-facts.ts';
import { accessRequestsOf, readEvent } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const resolve = ({ writer }: Tenant, { id }: { id: string }) => resolveAccessRequest({ client: writer.client, path: { id } });

/** Makes a call that must fail, checks that it changed no row, and returns its error. */
const refusal = async (tenant: Tenant, request: { id: string }) => {
  const before = await dumpPersonnelTables(server);
  const error = messageOf(await resolve(tenant, request));
  expect(await dumpPersonnelTables(server)).toEqual(before);
  return error;
};

it('404: returns the same error for an unknown access request and for one of another organization, which stays open', async () => {
  const tenant = await givenTenant(server);
  for (const id of await unknownIds(server, async (foreign) => (await givenOpenRequests(server, foreign)).request))
    expect(await refusal(tenant, { id })).toEqual([404, `Access Request with id ${id} not found`]);
});

it('400: rejects a malformed id', async () => {
  expect(errorsOf(await resolve(await givenTenant(server), { id: '501' }))).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});

it('200: records the actor and the time; the stage and the event wait for the verification', async () => {
  const tenant = await givenTenant(server);
  const { event, request } = await givenOpenRequests(server, tenant);
  setClock(server, '2035-06-15T12:00:00Z');
  const { data, response } = await resolve(tenant, { id: request.id.toUpperCase() });
  expect([response?.status, data?.status, data?.completedOn]).toEqual([200, 'Resolved', null]);
  expect(data?.responses).toEqual([
    { name: 'Provisioning', status: 'Completed', user: 'API Token - Nightly', date: '2035-06-15T12:00:00.000Z' },
    { name: 'Verification', status: 'Open', user: null, date: null },
  ]);
  expect(data && activityTextsOf(data).at(-1)).toBe('API Token - Nightly: Resolved');
  expect(await readAccessRequest(tenant, request)).toEqual(data);
  const { status, affectedIdentity } = await readEvent(tenant.reader.client, event);
  expect([status, affectedIdentity?.status, await miscountedLists(tenant)]).toEqual(['Open', 'Active', []]);
});

it('409: refuses to resolve a request that is not open', async () => {
  const tenant = await givenTenant(server);
  const { requests } = await givenOpenRequests(server, tenant, 3);
  const [resolved, completed, canceled] = requests as [{ id: string }, { id: string }, { id: string }] & typeof requests;
  await resolve(tenant, resolved);
  expect(await refusal(tenant, resolved)).toEqual([409, "Access Request 1 is Resolved and can't be resolved"]);
  await completeAccessRequest({ client: tenant.writer.client, path: { id: completed.id } });
  expect(await refusal(tenant, completed)).toEqual([409, "Access Request 2 is Completed and can't be resolved"]);
  await cancelAccessRequest({ client: tenant.writer.client, path: { id: canceled.id } });
  expect(await refusal(tenant, canceled)).toEqual([409, "Access Request 3 is Canceled and can't be resolved"]);

  const { person } = await givenPerson(server, tenant);
  const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, '2035-01-01'));
  const refusals = [];
  for (const request of await accessRequestsOf(tenant.reader.client, leave)) refusals.push(await refusal(tenant, request));
  expect(refusals).toEqual([
    [409, "Access Request 5 is Snoozed and can't be resolved"],
    [409, "Access Request 4 is Scheduled and can't be resolved"],
  ]);
});

it('200, 409: of concurrent calls, exactly one resolves the request', async () => {
  const tenant = await givenTenant(server);
  const { request } = await givenOpenRequests(server, tenant);
  expect(statusesOf(await concurrently(4, () => resolve(tenant, request)))).toEqual([200, 409, 409, 409]);
  expect(activityTextsOf(await readAccessRequest(tenant, request)).filter((line) => line.endsWith(': Resolved'))).toHaveLength(1);
  expect(await miscountedLists(tenant)).toEqual([]);
});

it.each(['activities', 'list_blocks'])('500: resolves completely or changes nothing, here without %s', async (table) => {
  const tenant = await givenTenant(server);
  const { request } = await givenOpenRequests(server, tenant);
  const before = await dumpPersonnelTables(server);
  expect((await withoutTable(server, table, () => resolve(tenant, request))).response?.status).toBe(500);
  expect(await dumpPersonnelTables(server)).toEqual(before);
  expect((await resolve(tenant, request)).data?.status).toBe('Resolved');
});
