import { expect, it } from 'vitest';
import {
  cancelAccessRequest,
  commentAccessRequest,
  completeAccessRequest,
  getAccessRequest,
  resolveAccessRequest,
} from '../../../generated/sdk.gen.ts';
import type { AccessRequestSummary } from '../../../generated/types.gen.ts';
import { errorsOf, messageOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  activityTextsOf,
  completeApproval,
  givenLeave,
  givenOpenRequests,
  givenPerson,
  readAccessRequest,
  setClock,
  unknownIds,
} from '../../support/given-events.ts';
import { accessRequestsOf, moveToDay } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const get = ({ reader }: Tenant, id: string) => getAccessRequest({ client: reader.client, path: { id } });
const byNightly = 'API Token - Nightly';
const byAdministrator = 'API Token - Administrator';

it('404: returns the same error for an unknown access request, one of another organization, and an event', async () => {
  const tenant = await givenTenant(server);
  const nowhere = await unknownIds(server, async (foreign) => (await givenOpenRequests(server, foreign)).request);
  const { event } = await givenOpenRequests(server, tenant);
  for (const id of [...nowhere, event.id])
    expect(messageOf(await get(tenant, id))).toEqual([404, `Access Request with id ${id} not found`]);
});

it('400: rejects a malformed id', async () => {
  expect(errorsOf(await get(await givenTenant(server), '501'))).toEqual([400, [{ field: 'id', message: 'Must be a GUID' }]]);
});

it('200: returns the whole access request to a token that may read, by its id in upper or lower case', async () => {
  const tenant = await givenTenant(server);
  const { event, request } = await givenOpenRequests(server, tenant);
  const date = server.clock.now.toISOString();
  for (const id of [request.id, request.id.toUpperCase()]) {
    const { data, response } = await get(tenant, id);
    expect([response?.status, data]).toEqual([
      200,
      {
        ...request,
        privileges: [{ name: 'Approve loans', groupKey: null, value: null, description: null }],
        activityCount: 2,
        commentCount: 0,
        activity: [
          { date, user: byNightly, description: `Made by personnel event ${event.number}` },
          { date, user: 'Gatehouse', description: 'Opened' },
        ],
        comments: [],
        responses: [
          { name: 'Provisioning', status: 'Open', user: null, date: null },
          { name: 'Verification', status: 'Pending', user: null, date: null },
        ],
        relatedItems: [{ id: event.id, kind: 'Personnel Event', number: event.number }],
      },
    ]);
  }
});

it('200: returns the responses and activities of every status, with actors and times', async () => {
  const tenant = await givenTenant(server);
  setClock(server, '2030-06-15T12:00:00Z');
  const { person } = await givenPerson(server, tenant);
  const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, '2030-06-20'));
  const [restore, suspend] = (await accessRequestsOf(tenant.reader.client, leave)) as [AccessRequestSummary, AccessRequestSummary];
  const progressOf = async (request: { id: string }) => {
    const { status, responses, neededOn, completedOn } = await readAccessRequest(tenant, request);
    const responseSummaries = responses.map((response) => [response.status, response.user, response.date?.slice(0, 16) ?? null]);
    return [status, ...responseSummaries, neededOn?.slice(0, 10) ?? null, completedOn?.slice(0, 16) ?? null];
  };
  const unanswered = (status: string) => [status, null, null];
  expect(await progressOf(restore)).toEqual(['Snoozed', unanswered('Snoozed'), unanswered('Pending'), null, null]);
  expect(await progressOf(suspend)).toEqual(['Scheduled', unanswered('Scheduled'), unanswered('Pending'), '2030-06-20', null]);

  await moveToDay(server, '2030-06-20');
  expect(await progressOf(suspend)).toEqual(['Open', unanswered('Open'), unanswered('Pending'), '2030-06-20', null]);
  await resolveAccessRequest({ client: tenant.writer.client, path: { id: suspend.id } });
  const resolved = ['Completed', byNightly, '2030-06-20T12:00'];
  expect(await progressOf(suspend)).toEqual(['Resolved', resolved, unanswered('Open'), '2030-06-20', null]);

  server.clock.now = new Date('2030-06-21T13:30:00Z');
  await completeAccessRequest({ client: tenant.administrator.client, path: { id: suspend.id } });
  const verified = ['Completed', byAdministrator, '2030-06-21T13:30'];
  expect(await progressOf(suspend)).toEqual(['Completed', resolved, verified, '2030-06-20', '2030-06-21T13:30']);
  await cancelAccessRequest({ client: tenant.administrator.client, path: { id: restore.id } });
  expect(await progressOf(restore)).toEqual(['Canceled', unanswered('Canceled'), unanswered('Canceled'), null, '2030-06-21T13:30']);

  const { activity, ...history } = await readAccessRequest(tenant, suspend);
  expect(activityTextsOf({ ...history, activity })).toEqual([
    `${byNightly}: Made by personnel event ${leave.number}`,
    'Gatehouse: Opened',
    `${byNightly}: Resolved`,
    `${byAdministrator}: Completed`,
  ]);
  expect(activity.map(({ date }) => date.slice(0, 16))).toEqual([
    '2030-06-15T12:00',
    '2030-06-20T12:00',
    '2030-06-20T12:00',
    '2030-06-21T13:30',
  ]);
});

it('200: attributes both responses to the token that completed an open request; a canceled request has no verification', async () => {
  const tenant = await givenTenant(server);
  const { requests } = await givenOpenRequests(server, tenant, 2);
  const [first, second] = requests as [AccessRequestSummary, AccessRequestSummary];
  const call = ({ id }: { id: string }) => ({ client: tenant.administrator.client, path: { id } });
  const date = server.clock.now.toISOString();
  await completeAccessRequest(call(first));
  const completedByAdministrator = { status: 'Completed', user: byAdministrator, date };
  expect((await readAccessRequest(tenant, first)).responses).toMatchObject([completedByAdministrator, completedByAdministrator]);
  await resolveAccessRequest(call(second));
  await cancelAccessRequest(call(second));
  expect((await readAccessRequest(tenant, second)).responses).toMatchObject([
    completedByAdministrator,
    { status: 'Canceled', user: null, date: null },
  ]);
});

it('200: shows the current identity, the requested account, and comments oldest first', async () => {
  const tenant = await givenTenant(server);
  const { person, request } = await givenOpenRequests(server, tenant);
  for (const text of ['First', 'Second'])
    await commentAccessRequest({ client: tenant.writer.client, path: { id: request.id }, body: { text } });
  await completeAccessRequest({ client: tenant.writer.client, path: { id: request.id } });
  const now = await readAccessRequest(tenant, request);
  expect(now.target).toMatchObject({ name: 'user0', affectedIdentity: { id: person.id, status: 'Disabled' } });
  expect(now.comments.map(({ author, text }) => [author, text])).toEqual([
    [byNightly, 'First'],
    [byNightly, 'Second'],
  ]);
});
