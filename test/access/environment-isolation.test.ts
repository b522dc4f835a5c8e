import { beforeAll, expect, it } from 'vitest';
import type { Client } from '../../generated/client/index.ts';
import {
  cancelApplicationImport,
  cancelPersonnelEvent,
  completeAccessRequest,
  createTenant as createFactTenant,
  createUser,
  getAccessRequest,
  getApplication,
  getApplicationImport,
  getIdentity,
  getPersonnelEvent,
  getUser,
  listAccessRequests,
  listApplicationImports,
  listApplications,
  listIdentities,
  listPersonnelEvents,
  listTenants,
  listUsers,
  stageApplicationImport,
  updateApplication,
} from '../../generated/sdk.gen.ts';
import type { TenantPage } from '../../generated/types.gen.ts';
import { dataOf, statusesOf } from '../support/api-results.ts';
import { givenTenant, type Tenant } from '../support/given.ts';
import { givenOpenRequests } from '../support/given-events.ts';
import { givenTwoEnvironments } from '../support/given-levels.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

type Environment = 'here' | 'there';
const pathOf = (environment: Environment) => ({
  projectKey: 'payroll',
  environmentKey: environment === 'here' ? 'development' : 'production',
});
type Headers = { 'Gatehouse-Environment'?: string };
const headersOf = (environment: Environment): Headers => ({ 'Gatehouse-Environment': Object.values(pathOf(environment)).join('/') });

/** One object of each kind. */
type Objects = Record<'application' | 'import' | 'identity' | 'event' | 'request' | 'user' | 'tenant', { id: string }>;
async function givenOneOfEach(tenant: Tenant, environment: Environment): Promise<Objects> {
  const { person, application, event, request } = await givenOpenRequests(server, tenant);
  const { client } = tenant.writer;
  const [importRow] = dataOf(await listApplicationImports({ client })).items;
  return {
    application,
    import: importRow as { id: string },
    identity: person,
    event,
    request,
    user: dataOf(await createUser({ client, path: pathOf(environment), body: { key: 'ann' } })),
    tenant: dataOf(await createFactTenant({ client, path: pathOf(environment), body: { key: 'stripe', name: 'Stripe Inc' } })),
  };
}

/** Returns, for each kind, the total count and the ids that its list shows. */
async function listAll(client: Client, environment: Environment, headers: Headers = {}) {
  const countAndIds = ({ items, totalCount }: { items: { id: string }[]; totalCount: number }) => [
    totalCount,
    ...items.map(({ id }) => id),
  ];
  const factTenants = dataOf(await listTenants({ client, path: pathOf(environment), query: { include_total_count: true } })) as TenantPage;
  const users = dataOf(await listUsers({ client, path: pathOf(environment) }));
  return {
    application: countAndIds(dataOf(await listApplications({ client, headers }))),
    import: countAndIds(dataOf(await listApplicationImports({ client, headers }))),
    identity: countAndIds(dataOf(await listIdentities({ client, headers }))),
    event: countAndIds(dataOf(await listPersonnelEvents({ client, headers }))),
    request: countAndIds(dataOf(await listAccessRequests({ client, headers }))),
    user: countAndIds({ items: users.data, totalCount: users.total_count }),
    tenant: countAndIds({ items: factTenants.data, totalCount: factTenants.total_count }),
  };
}
const expectedLists = (objects: Objects) => Object.fromEntries(Object.entries(objects).map(([kind, { id }]) => [kind, [1, id]]));

let environmentTenants: Awaited<ReturnType<typeof givenTwoEnvironments>>;
let objects: Record<'here' | 'there', Objects>;
beforeAll(async () => {
  environmentTenants = await givenTwoEnvironments(server);
  objects = { here: await givenOneOfEach(environmentTenants.here, 'here'), there: await givenOneOfEach(environmentTenants.there, 'there') };
});

it('200: lists show and count exactly the objects of the environment, for a token of it and for a token that names it', async () => {
  for (const environment of ['here', 'there'] as const) {
    const expected = expectedLists(objects[environment]);
    expect(await listAll(environmentTenants[environment].reader.client, environment)).toEqual(expected);
    expect(await listAll(environmentTenants.whole.reader.client, environment, headersOf(environment))).toEqual(expected);
  }
  const { client } = environmentTenants.whole.reader;
  expect((await listApplications({ client })).data?.totalCount).toBe(0);
  expect((await listPersonnelEvents({ client })).data?.totalCount).toBe(0);
});

it('200: searches and filters find no object of another environment', async () => {
  const { client } = environmentTenants.here.reader;
  const otherObjects = objects.there;
  expect((await listIdentities({ client, query: { search: 'chen' } })).data?.totalCount).toBe(1);
  expect((await listUsers({ client, path: pathOf('here'), query: { search: 'ann' } })).data?.data.map(({ id }) => id)).toEqual([
    objects.here.user.id,
  ]);
  const filtered = [
    listApplicationImports({ client, query: { applicationId: otherObjects.application.id } }),
    listPersonnelEvents({ client, query: { identityId: otherObjects.identity.id } }),
    listAccessRequests({ client, query: { personnelEventId: otherObjects.event.id } }),
  ];
  for (const result of await Promise.all(filtered)) expect([result.response?.status, result.data?.totalCount]).toEqual([200, 0]);
});

it('200, 404: objects exist only in their own environment, also for a token whose scope has both', async () => {
  const { application, identity, event, request, user } = objects.there;
  const getEach = (client: Client, headers: Headers, path: ReturnType<typeof pathOf>) =>
    Promise.all([
      getApplication({ client, headers, path: { id: application.id } }),
      getApplicationImport({ client, headers, path: { id: objects.there.import.id } }),
      getIdentity({ client, headers, path: { id: identity.id } }),
      getPersonnelEvent({ client, headers, path: { id: event.id } }),
      getAccessRequest({ client, headers, path: { id: request.id } }),
      getUser({ client, path: { ...path, userId: user.id } }),
    ]);
  const whole = environmentTenants.whole.reader.client;
  expect(statusesOf(await getEach(environmentTenants.there.reader.client, {}, pathOf('there')))).toEqual(Array(6).fill(200));
  expect(statusesOf(await getEach(whole, headersOf('there'), pathOf('there')))).toEqual(Array(6).fill(200));
  for (const headers of [{}, headersOf('here')])
    expect(statusesOf(await getEach(whole, headers, pathOf('here')))).toEqual(Array(6).fill(404));
  expect(statusesOf(await getEach(environmentTenants.here.reader.client, {}, pathOf('here')))).toEqual(Array(6).fill(404));
});

it('400, 404: refuses to change, stage, complete or cancel an object of another environment', async () => {
  const { client } = environmentTenants.here.writer;
  const { application, event, request } = objects.there;
  const tables = ['applications', 'application_imports', 'personnel_events', 'access_requests'];
  const dumpTables = () => Promise.all(tables.map((table) => server.db(table).orderBy('id')));
  const before = await dumpTables();
  const results = [
    await updateApplication({ client, path: { id: application.id }, body: { name: 'Mine' } }),
    await stageApplicationImport({ client, body: { applicationId: application.id } }),
    await cancelApplicationImport({ client, body: { applicationImportId: objects.there.import.id } }),
    await cancelPersonnelEvent({ client, path: { id: event.id } }),
    await completeAccessRequest({ client, path: { id: request.id } }),
  ];
  expect(results.map(({ response }) => response?.status)).toEqual([404, 400, 404, 404, 404]);
  expect(await dumpTables()).toEqual(before);
});

it('201: each environment numbers its imports, events and access requests separately', async () => {
  const { here, there } = await givenTwoEnvironments(server);
  for (let count = 0; count < 2; count++) await givenOpenRequests(server, here);
  await givenOpenRequests(server, there);
  const numbersOf = async ({ reader: { client } }: Tenant) => [
    dataOf(await listApplicationImports({ client }))
      .items.map(({ number }) => number)
      .sort(),
    dataOf(await listPersonnelEvents({ client }))
      .items.map(({ number }) => number)
      .sort(),
    dataOf(await listAccessRequests({ client }))
      .items.map(({ number }) => number)
      .sort(),
  ];
  expect(await numbersOf(here)).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(await numbersOf(there)).toEqual([[1], [1], [1]]);
});

it('200: environments of two organizations with the same keys are separate', async () => {
  const { reader } = await givenTenant(server);
  const headers = { 'Gatehouse-Environment': 'default/production' };
  expect((await listApplications({ client: reader.client, headers })).data?.totalCount).toBe(0);
  expect((await listApplications({ client: reader.client, headers: headersOf('here') })).response?.status).toBe(404);
});
