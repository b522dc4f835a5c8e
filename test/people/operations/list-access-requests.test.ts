import { expect, it } from 'vitest';
import { completeAccessRequest, listAccessRequests, updateApplication } from '../../../generated/sdk.gen.ts';
import { errorsOf } from '../../support/api-results.ts';
import { givenTenant, type Tenant } from '../../support/given.ts';
import {
  completeApproval,
  givenLeave,
  givenOpenRequests,
  givenPerson,
  miscountedLists,
  readAccessRequest,
} from '../../support/given-events.ts';
import { completeOpenRequests, givenAccounts, givenOffboard, today } from '../../support/given-people.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

const list = ({ reader }: Tenant, query: object = {}) => listAccessRequests({ client: reader.client, query });
const numbers = async (tenant: Tenant, query: object = {}) => ((await list(tenant, query)).data?.items ?? []).map(({ number }) => number);
const nothing = { items: [], totalCount: 0, page: 1, pageSize: 50, totalPages: 0 };

it('200: never lists access requests of other organizations, with any filter', async () => {
  const [tenant, foreign] = [await givenTenant(server), await givenTenant(server)];
  const { person, application, event } = await givenOpenRequests(server, foreign);
  const ids = [{ identityId: person.id }, { applicationId: application.id }, { personnelEventId: event.id }];
  const combined = { ...ids[0], ...ids[1], ...ids[2], status: 'Open', type: 'Remove' };
  for (const query of [{}, ...ids, combined, { status: 'Open' }, { type: 'Remove' }]) {
    expect((await list(tenant, query)).data).toEqual(nothing);
    expect((await list(foreign, query)).data?.totalCount).toBe(1);
  }
});

it('200: returns a page of access requests without privileges and history', async () => {
  const tenant = await givenTenant(server);
  const { person, application, request } = await givenOpenRequests(server, tenant);
  const { data, response } = await list(tenant);
  expect(response?.status).toBe(200);
  expect(data).toEqual({
    items: [
      {
        id: request.id,
        kind: 'Access Request',
        number: 1,
        action: 'Remove',
        status: 'Open',
        reporter: { id: tenant.writer.row.id, name: 'API Token - Nightly' },
        assignee: null,
        target: { type: 'User', name: 'user0', affectedIdentity: expect.objectContaining({ id: person.id, status: 'Active' }) },
        application: {
          id: application.id,
          kind: 'Application',
          name: 'Silverlake',
          priority: 'None',
          isArchived: false,
          lastUpdated: server.clock.now.toISOString(),
        },
        createdDate: server.clock.now.toISOString(),
        neededOn: `${today(server)}T00:00:00.000Z`,
        completedOn: null,
      },
    ],
    totalCount: 1,
    page: 1,
    pageSize: 50,
    totalPages: 1,
  });
  const { privileges, activity, activityCount, comments, commentCount, responses, relatedItems, ...summary } = await readAccessRequest(
    tenant,
    request,
  );
  expect(data?.items).toEqual([summary]);
});

it('200: lists the newest first; filters by status and action ignore case and spaces', async () => {
  const tenant = await givenTenant(server);
  const { event } = await givenOpenRequests(server, tenant, 2);
  const { person } = await givenPerson(server, tenant);
  await completeApproval(tenant, await givenLeave(tenant, person.id, '2035-01-01'));
  await completeOpenRequests(tenant.writer.client, event);
  expect(await numbers(tenant)).toEqual([4, 3, 2, 1]);
  for (const type of ['Remove', 'REMOVE', ' re move ']) expect(await numbers(tenant, { type })).toEqual([2, 1]);
  for (const status of ['Completed', 'completed', 'COMP LETED']) expect(await numbers(tenant, { status })).toEqual([2, 1]);
  expect(await numbers(tenant, { status: 'snoozed' })).toEqual([4]);
  expect(await numbers(tenant, { status: 'scheduled', type: 'suspend' })).toEqual([3]);
  expect(await numbers(tenant, { status: 'scheduled', type: 'restore' })).toEqual([]);
  for (const type of ['Add', 'Change']) expect(await numbers(tenant, { type })).toEqual([]);
  expect(await miscountedLists(tenant)).toEqual([]);
});

it('200: combines filters by identity, application and event, with ids in upper or lower case', async () => {
  const tenant = await givenTenant(server);
  const { person, application } = await givenPerson(server, tenant, 2);
  const otherPerson = await givenPerson(server, tenant);
  const branch = await givenAccounts(server, tenant, [person, otherPerson.person], 'Branch');
  const leave = await completeApproval(tenant, await givenLeave(tenant, person.id, '2035-01-01', '2035-02-01'));
  const offboard = await completeApproval(tenant, await givenOffboard(server, tenant, otherPerson.person.id, today(server)));
  const ids = { identityId: person.id, applicationId: application.id, personnelEventId: leave.id };
  for (const withCase of [(id: string) => id, (id: string) => id.toUpperCase()]) {
    const { identityId, applicationId, personnelEventId } = Object.fromEntries(
      Object.entries(ids).map(([name, id]) => [name, withCase(id)]),
    ) as typeof ids;
    expect((await numbers(tenant, { identityId })).length).toBe(6);
    expect(await numbers(tenant, { personnelEventId })).toEqual(await numbers(tenant, { identityId }));
    expect((await numbers(tenant, { applicationId })).length).toBe(4);
    expect((await numbers(tenant, { applicationId, type: 'Suspend' })).length).toBe(2);
    expect((await numbers(tenant, { applicationId, type: 'Suspend', status: 'Scheduled' })).length).toBe(2);
    expect((await numbers(tenant, { applicationId, identityId, personnelEventId, type: 'restore' })).length).toBe(2);
    expect(await numbers(tenant, { applicationId: withCase(branch.id), identityId: withCase(otherPerson.person.id) })).toHaveLength(1);
    expect(await numbers(tenant, { applicationId, personnelEventId: withCase(offboard.id) })).toEqual([]);
    expect(await numbers(tenant, { identityId, personnelEventId: withCase(offboard.id) })).toEqual([]);
  }
});

it('200: lists access requests of an archived application and marks it as archived', async () => {
  const tenant = await givenTenant(server);
  const { application } = await givenOpenRequests(server, tenant);
  await updateApplication({ client: tenant.writer.client, path: { id: application.id }, body: { isArchived: true, name: 'Old' } });
  const { data } = await list(tenant, { applicationId: application.id });
  expect(data?.items).toMatchObject([{ application: { name: 'Old', isArchived: true } }]);
});

it('200: returns pages of 50 without gaps or overlaps; a page past the end is empty', async () => {
  const tenant = await givenTenant(server);
  const { person, application } = await givenPerson(server, tenant, 101);
  const event = await completeApproval(tenant, await givenOffboard(server, tenant, person.id));
  const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index);
  const filters = [{}, { identityId: person.id }, { applicationId: application.id }, { personnelEventId: event.id, type: 'remove' }];
  const count = async (query: object) => (await list(tenant, query)).data?.totalCount;
  for (const filter of [...filters, { applicationId: application.id, status: 'open', type: 'remove' }]) {
    const page = async (number: number) => {
      const { data } = await list(tenant, { ...filter, page: number });
      return [data?.items.map((item) => item.number), data?.totalCount, data?.page, data?.totalPages];
    };
    expect(await page(1)).toEqual([down(101, 52), 101, 1, 3]);
    expect(await page(2)).toEqual([down(51, 2), 101, 2, 3]);
    expect(await page(3)).toEqual([[1], 101, 3, 3]);
    expect(await page(4)).toEqual([[], 101, 4, 3]);
    expect(await page(10_000_000)).toEqual([[], 101, 10_000_000, 3]);
  }
  const [newest] = (await list(tenant)).data?.items ?? [];
  await completeAccessRequest({ client: tenant.writer.client, path: { id: newest?.id as string } });
  expect([await count({ status: 'open' }), await count({ status: 'completed' }), await count({})]).toEqual([100, 1, 101]);
});

it('400: rejects an unknown status or action and names the valid values, for both at once', async () => {
  const tenant = await givenTenant(server);
  const refusal = async (query: object) => errorsOf(await list(tenant, query));
  const status = { field: 'status', message: 'Must be one of Pending, Open, Resolved, Completed, Canceled, Scheduled, Snoozed' };
  const type = { field: 'type', message: 'Must be one of Add, Change, Remove, Suspend, Restore' };
  expect(await refusal({ status: 'Provisioning', type: 'Onboard' })).toEqual([400, [status, type]]);
  for (const wrong of ['Cancelled', ' ', 'open,resolved', 'toString']) expect(await refusal({ status: wrong })).toEqual([400, [status]]);
  expect(await refusal({ page: -1, identityId: 'a', applicationId: 'b', personnelEventId: 'c' })).toEqual([
    400,
    expect.arrayContaining([
      { field: 'page', message: 'Must be at least 1' },
      { field: 'identityId', message: 'Must be a GUID' },
      { field: 'applicationId', message: 'Must be a GUID' },
      { field: 'personnelEventId', message: 'Must be a GUID' },
    ]),
  ]);
});
