import { expect, it } from 'vitest';
import { createOnboardEvent, getPersonnelEvent } from '../../../generated/sdk.gen.ts';
import { dataOf, errorsOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { dumpPersonnelTables, givenOnboard, givenSettings, setClock, unknownIds, withoutTable } from '../../support/given-events.ts';
import { concurrently } from '../../support/given-facts.ts';
import { daysFromToday, givenIdentity, listEventNumbers, stageStatusesOf, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof createOnboardEvent>[0]['body'];
const create = ({ writer }: Tenant, body: unknown) => createOnboardEvent({ client: writer.client, body: body as Body });
const jane = { firstName: 'Jane', lastName: 'Smith' };

/** Makes a call that must fail, checks that it changed no row, and returns its error. */
const refusal = async (tenant: Tenant, body: unknown) => {
  const before = await dumpPersonnelTables(server);
  const error = errorsOf(await create(tenant, body));
  expect(await dumpPersonnelTables(server)).toEqual(before);
  return error;
};

it('400: refuses an unknown supervisor and one of another organization, and records nothing', async () => {
  const tenant = await givenTenant(server);
  for (const supervisorId of await unknownIds(server, (foreign) => givenIdentity(server, foreign)))
    expect(await refusal(tenant, { identity: { ...jane, supervisorId }, effectiveDate: today(server) })).toEqual([
      400,
      [{ field: 'identity.supervisorId', message: 'Identity does not exist' }],
    ]);
});

it('400: reports all errors at once', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const [supervisorId] = await unknownIds(server, (foreign) => givenIdentity(server, foreign));
  const identity = { ...jane, supervisorId, customField9: 'x', customField1: null };
  expect(await refusal(tenant, { identity, effectiveDate: '2030-06-14' })).toEqual([
    400,
    [
      { field: 'identity.supervisorId', message: 'Identity does not exist' },
      { field: 'effectiveDate', message: 'Must be today (2030-06-15 in UTC) or later' },
      { field: 'identity.customField1', message: 'Is switched off in the settings' },
      { field: 'identity.customField9', message: 'Is switched off in the settings' },
    ],
  ]);
  expect(await refusal(tenant, { identity: {} })).toEqual([
    400,
    expect.arrayContaining([
      { field: 'identity.firstName', message: 'Is required' },
      { field: 'identity.lastName', message: 'Is required' },
      { field: 'effectiveDate', message: 'Is required' },
    ]),
  ]);
  expect(await refusal(tenant, {})).toEqual([
    400,
    [
      { field: 'identity', message: 'Is required' },
      { field: 'effectiveDate', message: 'Is required' },
    ],
  ]);
});

it('400: rejects fields of the identity that are too long, blank or unknown', async () => {
  const tenant = await givenTenant(server);
  const attempt = async (identity: object) => {
    const [status, errors] = await refusal(tenant, { identity: { ...jane, ...identity }, effectiveDate: today(server) });
    return [status, Object.fromEntries((errors as { field: string; message: string }[]).map(({ field, message }) => [field, message]))];
  };
  const long = 'x'.repeat(257);
  const names = ['firstName', 'lastName', 'company', 'division', 'office', 'title'];
  expect(await attempt(Object.fromEntries(names.map((name) => [name, long])))).toEqual([
    400,
    Object.fromEntries(names.map((name) => [`identity.${name}`, 'Must have at most 256 characters'])),
  ]);
  expect(await attempt({ department: 'x'.repeat(129), email: `${'x'.repeat(250)}@ab.com`, customField1: 'x'.repeat(2049) })).toEqual([
    400,
    {
      'identity.department': 'Must have at most 128 characters',
      'identity.email': 'Must have at most 256 characters',
      'identity.customField1': 'Must have at most 2048 characters',
    },
  ]);
  expect(await attempt({ firstName: ' ', lastName: '', emailAddress: 'j@example.com', type: 'Employee', status: 'Active' })).toEqual([
    400,
    {
      'identity.firstName': 'Must not be blank or hold control characters',
      'identity.lastName': 'Must not be empty',
      'identity.emailAddress': 'Is not a known field',
      'identity.type': 'Is not a known field',
      'identity.status': 'Is not a known field',
    },
  ]);
  for (const wrong of [
    { firstName: null },
    { lastName: null },
    { email: 'jane' },
    { title: 'a\nb' },
    { supervisorId: 'boss' },
    { company: 5 },
  ])
    expect(Object.keys((await attempt(wrong))[1] as object)).toEqual([`identity.${Object.keys(wrong)[0]}`]);
});

it('400: rejects an identity type with a space or another case', async () => {
  const tenant = await givenTenant(server);
  for (const identityType of ['Service Account', 'serviceaccount', 'Robot', '', null])
    expect(await refusal(tenant, { identity: { ...jane, identityType }, effectiveDate: today(server) })).toEqual([
      400,
      [expect.objectContaining({ field: 'identity.identityType' })],
    ]);
});

it('201: returns the new event, which waits for approval, as a later read shows it; creates no identity yet', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  await givenSettings(tenant, { timeZone: 'America/Chicago' });
  const boss = await givenIdentity(server, tenant);
  const identity = {
    ...jane,
    email: 'jane@example.com',
    department: 'd'.repeat(128),
    supervisorId: boss.id,
    identityType: 'ServiceAccount',
  };
  const { data, response } = await create(tenant, { identity: { ...identity, title: ' ', office: null }, effectiveDate: '2030-07-01' });
  expect(response?.status).toBe(201);
  expect(data).toEqual({
    id: data?.id,
    kind: 'Personnel Event',
    number: 1,
    type: 'Onboard',
    status: 'Scheduled',
    reporter: { id: tenant.writer.row.id, name: 'API Token - Nightly' },
    assignee: null,
    affectedIdentity: null,
    neededOn: '2030-07-01T05:00:00.000Z',
    neededUntil: null,
    completedOn: null,
    stages: [
      { name: 'Approval', status: 'Open', neededOn: null, completedOn: null },
      { name: 'Provision', status: 'Scheduled', neededOn: '2030-07-01T05:00:00.000Z', completedOn: null },
      { name: 'Verification', status: 'Pending', neededOn: null, completedOn: null },
    ],
    activityCount: 1,
    commentCount: 0,
    activity: [{ date: '2030-06-15T12:00:00.000Z', user: 'API Token - Nightly', description: 'Created the event' }],
    comments: [],
    requestedIdentity: { ...identity, title: null, office: null },
  });
  expect((await getPersonnelEvent({ client: tenant.reader.client, path: { id: data?.id as string } })).data).toEqual(data);
  expect(await server.db('identities').where({ environment_id: tenant.environmentId }).select('id')).toEqual([{ id: boss.id }]);
});

it('201: an event for today is pending; an event for a later date is scheduled', async () => {
  const tenant = await givenTenant(server);
  const statusesOfNewEvent = async (effectiveDate: string) => {
    const { status, ...event } = await givenOnboard(tenant, effectiveDate);
    return [status, stageStatusesOf(event as never)];
  };
  expect(await statusesOfNewEvent(today(server))).toEqual(['Pending', { Approval: 'Open', Provision: 'Pending', Verification: 'Pending' }]);
  expect(await statusesOfNewEvent(daysFromToday(server, 1))).toEqual([
    'Scheduled',
    { Approval: 'Open', Provision: 'Scheduled', Verification: 'Pending' },
  ]);
});

it('201: accepts concurrent reports of the same person and numbers each event', async () => {
  const tenant = await givenTenant(server);
  await concurrently(8, () => givenOnboard(tenant, today(server), { comment: 'Welcome' }));
  expect(await listEventNumbers(tenant.reader.client, { type: 'Onboard' })).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
});

it.each(['custom_field_values', 'activities', 'comments', 'list_blocks'])(
  '500: records an event completely or not at all, here without %s',
  async (table) => {
    const tenant = await givenTenant(server);
    await givenSettings(tenant, { customFields: { customField1: 'Badge' } });
    const body = { identity: { ...jane, customField1: '17' }, effectiveDate: today(server), comment: 'Welcome' };
    const before = await dumpPersonnelTables(server);
    expect((await withoutTable(server, table, () => create(tenant, body))).response?.status).toBe(500);
    expect(await dumpPersonnelTables(server)).toEqual(before);
    expect(dataOf(await create(tenant, body))).toMatchObject({ number: 1, comments: [{ text: 'Welcome' }] });
  },
);
