import { expect, it } from 'vitest';
import { createRoleTransitionEvent, getPersonnelEvent } from '../../../generated/sdk.gen.ts';
import { errorsOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import { dumpPersonnelTables, givenSettings, givenTransition, setClock, unknownIds } from '../../support/given-events.ts';
import { daysFromToday, givenIdentity, stageStatusesOf, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof createRoleTransitionEvent>[0]['body'];
const create = ({ writer }: Tenant, body: unknown) => createRoleTransitionEvent({ client: writer.client, body: body as Body });

/** Makes a call that must fail, checks that it changed no row, and returns its error. */
const refusal = async (tenant: Tenant, body: unknown) => {
  const before = await dumpPersonnelTables(server);
  const error = errorsOf(await create(tenant, body));
  expect(await dumpPersonnelTables(server)).toEqual(before);
  return error;
};

it('400: refuses an unknown identity and one of another organization, both as affected identity and as supervisor', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  for (const unknown of await unknownIds(server, (foreign) => givenIdentity(server, foreign))) {
    expect(await refusal(tenant, { identityId: unknown, effectiveDate: today(server) })).toEqual([
      400,
      [{ field: 'identityId', message: 'Identity does not exist' }],
    ]);
    expect(await refusal(tenant, { identityId: id, identity: { supervisorId: unknown }, effectiveDate: today(server) })).toEqual([
      400,
      [{ field: 'identity.supervisorId', message: 'Identity does not exist' }],
    ]);
  }
});

it('400: refuses an identity that is not active', async () => {
  const tenant = await givenTenant(server);
  for (const status of ['Disabled', 'Removed'] as const) {
    const { id } = await givenIdentity(server, tenant, { status });
    expect(await refusal(tenant, { identityId: id, effectiveDate: today(server) })).toEqual([
      400,
      [{ field: 'identityId', message: `Identity is ${status}, and must be Active for this event` }],
    ]);
  }
});

it('400: reports all errors at once', async () => {
  const tenant = await givenTenant(server);
  const [unknownId] = await unknownIds(server, (foreign) => givenIdentity(server, foreign));
  setClock(server, '2030-06-15T12:00:00Z');
  const identity = { supervisorId: unknownId, customField3: 'x', customField2: 'x' };
  expect(await refusal(tenant, { identityId: unknownId, effectiveDate: '2030-06-14', endDate: '2030-06-13', identity })).toEqual([
    400,
    [
      { field: 'identityId', message: 'Identity does not exist' },
      { field: 'identity.supervisorId', message: 'Identity does not exist' },
      { field: 'effectiveDate', message: 'Must be today (2030-06-15 in UTC) or later' },
      { field: 'endDate', message: 'Must be after the effective date' },
      { field: 'identity.customField2', message: 'Is switched off in the settings' },
      { field: 'identity.customField3', message: 'Is switched off in the settings' },
    ],
  ]);
  const wrong = { identity: { department: 'x'.repeat(129), firstName: null, emailAddress: 'j@example.com' }, endDate: 'never' };
  expect(await refusal(tenant, wrong)).toEqual([
    400,
    expect.arrayContaining([
      { field: 'identityId', message: 'Is required' },
      { field: 'effectiveDate', message: 'Is required' },
      { field: 'endDate', message: 'Must be an ISO 8601 date or an ISO 8601 instant' },
      { field: 'identity.department', message: 'Must have at most 128 characters' },
      { field: 'identity.firstName', message: 'Must be text' },
      { field: 'identity.emailAddress', message: 'Is not a known field' },
    ]),
  ]);
});

it('400: refuses an end date that is not after the effective date in the time zone of the organization', async () => {
  const tenant = await givenTenant(server);
  const { id: identityId } = await givenIdentity(server, tenant);
  await givenSettings(tenant, { timeZone: 'Pacific/Kiritimati' });
  const tooEarly = [400, [{ field: 'endDate', message: 'Must be after the effective date' }]];
  for (const endDate of ['2035-06-01', '2035-05-31T10:00:00Z', '2035-05-30', '2035-05-31T09:59:59.999Z'])
    expect(await refusal(tenant, { identityId, effectiveDate: '2035-06-01', endDate })).toEqual(tooEarly);
  const { neededOn, neededUntil } = await givenTransition(tenant, identityId, '2035-06-01', { endDate: '2035-05-31T10:00:00.001Z' });
  expect([neededOn, neededUntil]).toEqual(['2035-05-31T10:00:00.000Z', '2035-05-31T10:00:00.001Z']);
});

it('201: returns the new event, which waits for approval, as a later read shows it; an end date adds the stage `Removal`', async () => {
  const tenant = await givenTenant(server);
  const person = await givenIdentity(server, tenant, { title: 'Teller' });
  setClock(server, '2030-06-15T12:00:00Z');
  const identity = { title: 'Head of Lending', department: 'd'.repeat(128), email: null, office: '  ' };
  const body = { identityId: person.id, effectiveDate: '2030-07-01', endDate: '2030-07-15', identity };
  const { data, response } = await create(tenant, body);
  expect(response?.status).toBe(201);
  expect(data).toEqual({
    id: data?.id,
    kind: 'Personnel Event',
    number: 1,
    type: 'Role Transition',
    status: 'Scheduled',
    reporter: { id: tenant.writer.row.id, name: 'API Token - Nightly' },
    assignee: null,
    affectedIdentity: expect.objectContaining({ id: person.id, title: 'Teller', department: null }),
    neededOn: '2030-07-01T00:00:00.000Z',
    neededUntil: '2030-07-15T00:00:00.000Z',
    completedOn: null,
    stages: [
      { name: 'Approval', status: 'Open', neededOn: null, completedOn: null },
      { name: 'Provision', status: 'Scheduled', neededOn: '2030-07-01T00:00:00.000Z', completedOn: null },
      { name: 'Removal', status: 'Scheduled', neededOn: '2030-07-15T00:00:00.000Z', completedOn: null },
      { name: 'Verification', status: 'Pending', neededOn: null, completedOn: null },
    ],
    activityCount: 1,
    commentCount: 0,
    activity: [{ date: '2030-06-15T12:00:00.000Z', user: 'API Token - Nightly', description: 'Created the event' }],
    comments: [],
    requestedIdentity: { ...identity, office: null },
  });
  expect((await getPersonnelEvent({ client: tenant.reader.client, path: { id: data?.id as string } })).data).toEqual(data);

  const short = await givenTransition(tenant, person.id, '2030-06-15', { endDate: null });
  expect([short.status, short.neededUntil, short.requestedIdentity]).toEqual(['Pending', null, null]);
  expect(stageStatusesOf(short)).toEqual({ Approval: 'Open', Provision: 'Pending', Verification: 'Pending' });
});

it('201: accepts an identity without changes and stores no blank comment', async () => {
  const tenant = await givenTenant(server);
  const { id } = await givenIdentity(server, tenant);
  const event = await givenTransition(tenant, id, daysFromToday(server, 2), { identity: {}, comment: ' \n ' });
  expect([event.requestedIdentity, event.comments]).toEqual([{}, []]);
});
