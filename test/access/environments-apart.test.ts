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

const pathOf = (place: 'here' | 'there') => ({ projectKey: 'payroll', environmentKey: place === 'here' ? 'development' : 'production' });
type Headers = { 'Gatehouse-Environment'?: string };
const headersOf = (place: 'here' | 'there'): Headers => ({ 'Gatehouse-Environment': Object.values(pathOf(place)).join('/') });

/** One of each kind, by kind. */
type Made = Record<'application' | 'import' | 'identity' | 'event' | 'request' | 'user' | 'tenant', { id: string }>;
async function givenOneOfEach(tenant: Tenant, place: 'here' | 'there'): Promise<Made> {
  const { person, application, event, request } = await givenOpenRequests(server, tenant);
  const { client } = tenant.writer;
  const [imported] = dataOf(await listApplicationImports({ client })).items;
  return {
    application,
    import: imported as { id: string },
    identity: person,
    event,
    request,
    user: dataOf(await createUser({ client, path: pathOf(place), body: { key: 'ann' } })),
    tenant: dataOf(await createFactTenant({ client, path: pathOf(place), body: { key: 'stripe', name: 'Stripe Inc' } })),
  };
}

/** All that lists show, by kind: the ids, and the number that the list says it has. */
async function listed(client: Client, place: 'here' | 'there', headers: Headers = {}) {
  const of = ({ items, totalCount }: { items: { id: string }[]; totalCount: number }) => [totalCount, ...items.map(({ id }) => id)];
  const tenants = dataOf(await listTenants({ client, path: pathOf(place), query: { include_total_count: true } })) as TenantPage;
  const users = dataOf(await listUsers({ client, path: pathOf(place) }));
  return {
    application: of(dataOf(await listApplications({ client, headers }))),
    import: of(dataOf(await listApplicationImports({ client, headers }))),
    identity: of(dataOf(await listIdentities({ client, headers }))),
    event: of(dataOf(await listPersonnelEvents({ client, headers }))),
    request: of(dataOf(await listAccessRequests({ client, headers }))),
    user: of({ items: users.data, totalCount: users.total_count }),
    tenant: of({ items: tenants.data, totalCount: tenants.total_count }),
  };
}
const onlyOf = (made: Made) => Object.fromEntries(Object.entries(made).map(([kind, { id }]) => [kind, [1, id]]));

let places: Awaited<ReturnType<typeof givenTwoEnvironments>>;
let made: Record<'here' | 'there', Made>;
beforeAll(async () => {
  places = await givenTwoEnvironments(server);
  made = { here: await givenOneOfEach(places.here, 'here'), there: await givenOneOfEach(places.there, 'there') };
});

it('200: lists show and count what is in their environment, asked by a token of it or by one that names it', async () => {
  for (const place of ['here', 'there'] as const) {
    const wanted = onlyOf(made[place]);
    expect(await listed(places[place].reader.client, place)).toEqual(wanted);
    expect(await listed(places.whole.reader.client, place, headersOf(place))).toEqual(wanted);
  }
  const { client } = places.whole.reader;
  expect((await listApplications({ client })).data?.totalCount).toBe(0);
  expect((await listPersonnelEvents({ client })).data?.totalCount).toBe(0);
});

it('200: searches and filters find nothing of another environment', async () => {
  const { client } = places.here.reader;
  const elsewhere = made.there;
  expect((await listIdentities({ client, query: { search: 'chen' } })).data?.totalCount).toBe(1);
  expect((await listUsers({ client, path: pathOf('here'), query: { search: 'ann' } })).data?.data.map(({ id }) => id)).toEqual([
    made.here.user.id,
  ]);
  const filtered = [
    listApplicationImports({ client, query: { applicationId: elsewhere.application.id } }),
    listPersonnelEvents({ client, query: { identityId: elsewhere.identity.id } }),
    listAccessRequests({ client, query: { personnelEventId: elsewhere.event.id } }),
  ];
  for (const answer of await Promise.all(filtered)) expect([answer.response?.status, answer.data?.totalCount]).toEqual([200, 0]);
});

it('200, 404: each is found where it is, and nowhere else, not even by who reaches both', async () => {
  const { application, identity, event, request, user } = made.there;
  const answers = (client: Client, headers: Headers, path: ReturnType<typeof pathOf>) =>
    Promise.all([
      getApplication({ client, headers, path: { id: application.id } }),
      getApplicationImport({ client, headers, path: { id: made.there.import.id } }),
      getIdentity({ client, headers, path: { id: identity.id } }),
      getPersonnelEvent({ client, headers, path: { id: event.id } }),
      getAccessRequest({ client, headers, path: { id: request.id } }),
      getUser({ client, path: { ...path, userId: user.id } }),
    ]);
  const whole = places.whole.reader.client;
  expect(statusesOf(await answers(places.there.reader.client, {}, pathOf('there')))).toEqual(Array(6).fill(200));
  expect(statusesOf(await answers(whole, headersOf('there'), pathOf('there')))).toEqual(Array(6).fill(200));
  for (const headers of [{}, headersOf('here')])
    expect(statusesOf(await answers(whole, headers, pathOf('here')))).toEqual(Array(6).fill(404));
  expect(statusesOf(await answers(places.here.reader.client, {}, pathOf('here')))).toEqual(Array(6).fill(404));
});

it('400, 404: nothing is changed, staged, completed or canceled from another environment', async () => {
  const { client } = places.here.writer;
  const { application, event, request } = made.there;
  const tables = ['applications', 'application_imports', 'personnel_events', 'access_requests'];
  const everything = () => Promise.all(tables.map((table) => server.db(table).orderBy('id')));
  const before = await everything();
  const answers = [
    await updateApplication({ client, path: { id: application.id }, body: { name: 'Mine' } }),
    await stageApplicationImport({ client, body: { applicationId: application.id } }),
    await cancelApplicationImport({ client, body: { applicationImportId: made.there.import.id } }),
    await cancelPersonnelEvent({ client, path: { id: event.id } }),
    await completeAccessRequest({ client, path: { id: request.id } }),
  ];
  expect(answers.map(({ response }) => response?.status)).toEqual([404, 400, 404, 404, 404]);
  expect(await everything()).toEqual(before);
});

it('201: imports, events and access requests are numbered in each environment for itself', async () => {
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

it("200: another organization's environments of the same keys are others", async () => {
  const { reader } = await givenTenant(server);
  const headers = { 'Gatehouse-Environment': 'default/production' };
  expect((await listApplications({ client: reader.client, headers })).data?.totalCount).toBe(0);
  expect((await listApplications({ client: reader.client, headers: headersOf('here') })).response?.status).toBe(404);
});
