import { onTestFinished } from 'vitest';
import {
  createLeaveOfAbsenceEvent,
  createOnboardEvent,
  createRoleTransitionEvent,
  getAccessRequest,
  listAccessRequests,
  listPersonnelEvents,
  updateSettings,
} from '../../generated/sdk.gen.ts';
import type {
  AccessRequestSummary,
  Activity,
  OnboardEventCreate,
  PersonnelEvent,
  RoleTransitionEventCreate,
  SettingsUpdate,
} from '../../generated/types.gen.ts';
import { requestActions } from '../../server/people/store/access-request-rows.ts';
import type { IdentityRow } from '../../server/people/store/identity-rows.ts';
import { eventTypes, workStatuses } from '../../server/people/store/personnel-event-rows.ts';
import { dataOf } from './api-results.ts';
import { givenTenant, type Tenant } from './given.ts';
import { accessRequestsOf, completeStageOf, givenAccounts, givenIdentity, givenOffboard, today } from './given-people.ts';
import type { TestServer } from './server.ts';

/** Sets the server's clock until the test ends. */
export function setClock(server: TestServer, instant: string): void {
  const original = server.clock.now;
  onTestFinished(() => {
    server.clock.now = original;
  });
  server.clock.now = new Date(instant);
}

/** Updates the settings of the organization through the API. Returns the settings. */
export const givenSettings = async ({ administrator }: Tenant, body: SettingsUpdate) =>
  dataOf(await updateSettings({ client: administrator.client, body }));

/** Creates an onboarding of Jane Smith through the API; `body` overrides fields. Returns the personnel event, which waits for approval. */
export const givenOnboard = async ({ writer }: Tenant, effectiveDate: string, body: Partial<OnboardEventCreate> = {}) =>
  dataOf(
    await createOnboardEvent({
      client: writer.client,
      body: { identity: { firstName: 'Jane', lastName: 'Smith' }, effectiveDate, ...body },
    }),
  );

/** Creates a role transition through the API; `body` overrides fields. Returns the personnel event, which waits for approval. */
export const givenTransition = async (
  { writer }: Tenant,
  identityId: string,
  effectiveDate: string,
  body: Partial<RoleTransitionEventCreate> = {},
) => dataOf(await createRoleTransitionEvent({ client: writer.client, body: { identityId, effectiveDate, ...body } }));

/** Creates a leave of absence through the API. Without an end date, the return is open. Returns the personnel event, which waits for approval. */
export const givenLeave = async ({ writer }: Tenant, identityId: string, effectiveDate: string, endDate: string | null = null) =>
  dataOf(await createLeaveOfAbsenceEvent({ client: writer.client, body: { identityId, effectiveDate, endDate } }));

/** Completes the stage Approval of an event through the API. Returns the event. */
export const completeApproval = ({ writer }: Tenant, event: { id: string }): Promise<PersonnelEvent> =>
  completeStageOf(writer.client, event, 'Approval');

/**
 * Creates a person with accounts in one application: one identity, inserted directly, and an import of the application, staged and built.
 *
 * Returns the identity's row as `person`, and the `application`.
 */
export async function givenPerson(server: TestServer, tenant: Tenant, accounts = 1, values: Partial<IdentityRow> = {}) {
  const person = await givenIdentity(server, tenant, values);
  const application = await givenAccounts(
    server,
    tenant,
    Array.from({ length: accounts }, () => person),
  );
  return { person, application };
}

/**
 * Creates a person with `count` accounts (see `givenPerson`) and an approved offboarding for today, so that `count` access requests are open.
 *
 * Returns the person, the application, the event as it was before the approval, the access requests (oldest first), and the oldest as `request`.
 */
export async function givenOpenRequests(server: TestServer, tenant: Tenant, count = 1) {
  const { person, application } = await givenPerson(server, tenant, count);
  const event = await givenOffboard(server, tenant, person.id, today(server));
  await completeApproval(tenant, event);
  const requests = (await accessRequestsOf(tenant.reader.client, event)).reverse();
  if (requests.length !== count) throw new Error(`Expected ${count} access requests, found ${requests.length}`);
  return { person, application, event, requests, request: requests[0] as AccessRequestSummary };
}

/** Reads an access request through the API. */
export const readAccessRequest = async ({ reader }: Tenant, { id }: { id: string }) =>
  dataOf(await getAccessRequest({ client: reader.client, path: { id } }));

/** Returns `action status` of each access request of an event, oldest first. */
export const requestStatesOf = async ({ reader }: Tenant, event: { id: string }) =>
  (await accessRequestsOf(reader.client, event)).reverse().map(({ action, status }) => `${action} ${status}`);

/** Returns `user: description` of each activity. */
export const activityTextsOf = ({ activity }: { activity: Activity[] }) =>
  activity.map(({ user, description }) => `${user}: ${description}`);

/** Returns two ids that the caller must not find: one that does not exist, and one in another organization, which `given` creates. */
export async function unknownIds(server: TestServer, given: (foreign: Tenant) => Promise<{ id: string }>): Promise<string[]> {
  return ['00000000-0000-4000-8000-000000000000', (await given(await givenTenant(server))).id];
}

const tables = [
  'personnel_events',
  'access_requests',
  'identities',
  'activities',
  'comments',
  'custom_field_values',
  'list_blocks',
  'sequences',
  'organizations',
];

/** Returns all rows of the tables that personnel events write, so that a test can verify that nothing changed. */
export async function dumpPersonnelTables({ db }: TestServer): Promise<Record<string, string[]>> {
  const contents = await Promise.all(
    tables.map(async (table) => [table, (await db(table).select()).map((row) => JSON.stringify(row)).sort()]),
  );
  return Object.fromEntries(contents);
}

/** Renames a table while `work` runs, so that each statement that uses the table fails. Returns the result of `work`. */
export async function withoutTable<Result>({ db }: TestServer, table: string, work: () => Promise<Result>): Promise<Result> {
  await db.schema.renameTable(table, `${table}_renamed`);
  try {
    return await work();
  } finally {
    await db.schema.renameTable(`${table}_renamed`, table);
  }
}

/**
 * Describes each list of events or access requests whose total differs from its items. Checks the first page, so there must be at most 50 of each.
 *
 * The result must be empty, even after concurrent or interrupted writes.
 */
export async function miscountedLists({ reader: { client } }: Tenant): Promise<string[]> {
  const faults: string[] = [];
  const check = (list: string, expected: number, page: { totalCount: number; items: unknown[] } | undefined) => {
    if (page?.totalCount !== expected || page.items.length !== expected)
      faults.push(`${list}: expected ${expected}, counted ${page?.totalCount}`);
  };
  const events = (await listPersonnelEvents({ client })).data;
  check('events', events?.items.length ?? 0, events);
  const requests = (await listAccessRequests({ client })).data;
  check('requests', requests?.items.length ?? 0, requests);
  for (const status of [undefined, ...workStatuses]) {
    const has = (item: { status: string }) => status === undefined || item.status === status;
    for (const type of eventTypes) {
      const expected = (events?.items ?? []).filter((item) => item.type === type && has(item)).length;
      check(`events ${type} ${status}`, expected, (await listPersonnelEvents({ client, query: { type, ...(status && { status }) } })).data);
    }
    for (const type of requestActions) {
      const expected = (requests?.items ?? []).filter((item) => item.action === type && has(item)).length;
      check(
        `requests ${type} ${status}`,
        expected,
        (await listAccessRequests({ client, query: { type, ...(status && { status }) } })).data,
      );
    }
  }
  return faults;
}
