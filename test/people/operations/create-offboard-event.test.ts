import { expect, it } from 'vitest';
import { createOffboardEvent, getPersonnelEvent } from '../../../generated/sdk.gen.ts';
import { dataOf, errorsOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { dumpPersonnelTables, givenSettings, setClock, unknownIds, withoutTable } from '../../support/given-events.ts';
import { concurrently } from '../../support/given-facts.ts';
import { daysFromToday, givenIdentity, givenOffboard, listEventNumbers, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof createOffboardEvent>[0]['body'];
const create = ({ writer }: Tenant, body: unknown) => createOffboardEvent({ client: writer.client, body: body as Body });
const notADate = {
  field: 'effectiveDate',
  message: expect.stringMatching(/^Must be (an ISO 8601 date or an ISO 8601 instant|from the year 1000 to 9998)$/),
};

/** Makes a call that must fail, checks that it changed no row, and returns its error. */
const refusal = async (tenant: Tenant, body: unknown) => {
  const before = await dumpPersonnelTables(server);
  const error = errorsOf(await create(tenant, body));
  expect(await dumpPersonnelTables(server)).toEqual(before);
  return error;
};

it('400: refuses an unknown identity and one of another organization, and records nothing', async () => {
  const tenant = await givenTenant(server);
  for (const identityId of await unknownIds(server, (foreign) => givenIdentity(server, foreign)))
    expect(await refusal(tenant, { identityId, effectiveDate: today(server) })).toEqual([
      400,
      [{ field: 'identityId', message: 'Identity does not exist' }],
    ]);
});

it('400: reports all errors at once', async () => {
  const tenant = await givenTenant(server);
  const [identityId] = await unknownIds(server, (foreign) => givenIdentity(server, foreign));
  setClock(server, '2030-06-15T12:00:00Z');
  expect(await refusal(tenant, { identityId, effectiveDate: '2030-06-14' })).toEqual([
    400,
    [
      { field: 'identityId', message: 'Identity does not exist' },
      { field: 'effectiveDate', message: 'Must be today (2030-06-15 in UTC) or later' },
    ],
  ]);
  expect(await refusal(tenant, {})).toEqual([
    400,
    [
      { field: 'identityId', message: 'Is required' },
      { field: 'effectiveDate', message: 'Is required' },
    ],
  ]);
  const wrong = { identityId: 'Jane', effectiveDate: 'tomorrow', endDate: '2035-01-01', comment: 'a\u0000b', identity: {} };
  expect(await refusal(tenant, wrong)).toEqual([
    400,
    expect.arrayContaining([
      { field: 'identityId', message: 'Must be a GUID' },
      notADate,
      { field: 'endDate', message: 'Is not a known field' },
      { field: 'identity', message: 'Is not a known field' },
      { field: 'comment', message: expect.any(String) },
    ]),
  ]);
  expect(await refusal(tenant, undefined)).toEqual([400, [{ field: 'body', message: 'Is required' }]]);
});

it('400: rejects dates that do not exist or that a database cannot store', async () => {
  const tenant = await givenTenant(server);
  const { id: identityId } = await givenIdentity(server, tenant);
  const dates = ['2035-02-30', '2035-02-30T00:00:00Z', '2035-12-31T23:59:60Z', '2035-12-31T24:00:00Z', '2035-01-01T10:00:00'];
  for (const effectiveDate of [...dates, '0001-01-01', '9999-12-31', '9999-12-31T23:59:59Z', '1 January 2035', '2035-1-1', ''])
    expect([effectiveDate, ...(await refusal(tenant, { identityId, effectiveDate }))]).toEqual([effectiveDate, 400, [notADate]]);
  for (const effectiveDate of [null, 2035, 20350101, ['2035-01-01']])
    expect(await refusal(tenant, { identityId, effectiveDate })).toEqual([400, [expect.objectContaining({ field: 'effectiveDate' })]]);
});

it('400, 201: compares the date with today in the time zone of the organization', async () => {
  const tenant = await givenTenant(server);
  const { id: identityId } = await givenIdentity(server, tenant);
  const tooEarly = (message: string) => [400, [{ field: 'effectiveDate', message: `Must be today (${message}) or later` }]];

  await givenSettings(tenant, { timeZone: 'Pacific/Kiritimati' });
  setClock(server, '2030-06-15T12:00:00Z');
  expect(await refusal(tenant, { identityId, effectiveDate: '2030-06-15' })).toEqual(tooEarly('2030-06-16 in Pacific/Kiritimati'));
  expect(await refusal(tenant, { identityId, effectiveDate: '2030-06-15T09:59:59Z' })).toEqual(
    tooEarly('2030-06-16 in Pacific/Kiritimati'),
  );
  const ahead = dataOf(await create(tenant, { identityId, effectiveDate: '2030-06-16' }));
  expect([ahead.neededOn, ahead.status]).toEqual(['2030-06-15T10:00:00.000Z', 'Pending']);

  await givenSettings(tenant, { timeZone: 'America/Los_Angeles' });
  setClock(server, '2030-06-15T03:00:00Z');
  expect(await refusal(tenant, { identityId, effectiveDate: '2030-06-13' })).toEqual(tooEarly('2030-06-14 in America/Los_Angeles'));
  const behind = dataOf(await create(tenant, { identityId, effectiveDate: '2030-06-14' }));
  expect([behind.neededOn, behind.status]).toEqual(['2030-06-14T07:00:00.000Z', 'Pending']);
  const tomorrow = dataOf(await create(tenant, { identityId, effectiveDate: '2030-06-15' }));
  expect([tomorrow.neededOn, tomorrow.status]).toEqual(['2030-06-15T07:00:00.000Z', 'Scheduled']);
});

it('201: returns the new event, which waits for approval, as a later read shows it; does not change an instant', async () => {
  const tenant = await givenTenant(server);
  const person = await givenIdentity(server, tenant, { first_name: 'Ann', last_name: 'Lee', email_address: 'ann@example.com' });
  setClock(server, '2030-06-15T12:00:00.123Z');
  const comment = 'Leaves on good terms.\n\tGoodbye! 👋';
  const { data, response } = await create(tenant, {
    identityId: person.id.toUpperCase(),
    effectiveDate: '2030-07-01T17:30:00+02:00',
    comment,
  });
  expect(response?.status).toBe(201);
  const [user, date] = ['API Token - Nightly', '2030-06-15T12:00:00.123Z'];
  expect(data).toEqual({
    id: data?.id,
    kind: 'Personnel Event',
    number: 1,
    type: 'Offboard',
    status: 'Scheduled',
    reporter: { id: tenant.writer.row.id, name: user },
    assignee: null,
    affectedIdentity: expect.objectContaining({ id: person.id, firstName: 'Ann', emailAddress: 'ann@example.com', status: 'Active' }),
    neededOn: '2030-07-01T15:30:00.000Z',
    neededUntil: null,
    completedOn: null,
    stages: [
      { name: 'Approval', status: 'Open', neededOn: null, completedOn: null },
      { name: 'Provision', status: 'Scheduled', neededOn: '2030-07-01T15:30:00.000Z', completedOn: null },
      { name: 'Verification', status: 'Pending', neededOn: null, completedOn: null },
    ],
    activityCount: 1,
    commentCount: 1,
    activity: [{ date, user, description: 'Created the event' }],
    comments: [{ id: expect.any(String), author: user, text: comment, date }],
    requestedIdentity: null,
  });
  expect((await getPersonnelEvent({ client: tenant.reader.client, path: { id: data?.id as string } })).data).toEqual(data);
});

it('201: stores no comment if it is blank, null or missing', async () => {
  const tenant = await givenTenant(server);
  const { id: identityId } = await givenIdentity(server, tenant);
  for (const comment of [{}, { comment: null }, { comment: '' }, { comment: ' \t\n ' }])
    expect(dataOf(await create(tenant, { identityId, effectiveDate: today(server), ...comment })).comments).toEqual([]);
  expect(await refusal(tenant, { identityId, effectiveDate: today(server), comment: 'x'.repeat(4001) })).toEqual([
    400,
    [{ field: 'comment', message: 'Must have at most 4000 characters' }],
  ]);
  expect(dataOf(await create(tenant, { identityId, effectiveDate: today(server), comment: '👋'.repeat(4000) })).comments).toHaveLength(1);
});

it('201: accepts a disabled or removed identity', async () => {
  const tenant = await givenTenant(server);
  for (const status of ['Disabled', 'Removed'] as const) {
    const { id } = await givenIdentity(server, tenant, { status });
    expect((await givenOffboard(server, tenant, id)).affectedIdentity?.status).toBe(status);
  }
});

it('201: stores the name of the token with the event, even if the token is deleted', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const { reporter, ...event } = await givenOffboard(server, tenant, id);
  await server.db('tokens').where({ id: tenant.writer.row.id }).delete();
  const { data } = await getPersonnelEvent({ client: tenant.reader.client, path: { id: event.id } });
  expect([data?.reporter, reporter]).toEqual([reporter, { id: tenant.writer.row.id, name: 'API Token - Nightly' }]);
});

it('201: numbers concurrently reported events without gaps or duplicates', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  await concurrently(12, () => givenOffboard(server, tenant, id, daysFromToday(server, 3)));
  expect(await listEventNumbers(tenant.reader.client)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

it.each(['activities', 'comments', 'list_blocks'])('500: records an event completely or not at all, here without %s', async (table) => {
  const tenant = await givenTenant(server);
  const { id: identityId } = await givenIdentity(server, tenant);
  const before = await dumpPersonnelTables(server);
  const body = { identityId, effectiveDate: today(server), comment: 'Goodbye' };
  expect((await withoutTable(server, table, () => create(tenant, body))).response?.status).toBe(500);
  expect(await dumpPersonnelTables(server)).toEqual(before);
  expect(dataOf(await create(tenant, body)).number).toBe(1);
});
