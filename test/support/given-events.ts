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

/** The server's time until the test ends. */
export function setClock(server: TestServer, instant: string): void {
  const begun = server.clock.now;
  onTestFinished(() => {
    server.clock.now = begun;
  });
  server.clock.now = new Date(instant);
}

export const givenSettings = async ({ administrator }: Tenant, body: SettingsUpdate) =>
  dataOf(await updateSettings({ client: administrator.client, body }));

export const givenOnboard = async ({ writer }: Tenant, effectiveDate: string, body: Partial<OnboardEventCreate> = {}) =>
  dataOf(
    await createOnboardEvent({
      client: writer.client,
      body: { identity: { firstName: 'Jane', lastName: 'Smith' }, effectiveDate, ...body },
    }),
  );

export const givenTransition = async (
  { writer }: Tenant,
  identityId: string,
  effectiveDate: string,
  body: Partial<RoleTransitionEventCreate> = {},
) => dataOf(await createRoleTransitionEvent({ client: writer.client, body: { identityId, effectiveDate, ...body } }));

/** Without an end the return date is not known yet. */
export const givenLeave = async ({ writer }: Tenant, identityId: string, effectiveDate: string, endDate: string | null = null) =>
  dataOf(await createLeaveOfAbsenceEvent({ client: writer.client, body: { identityId, effectiveDate, endDate } }));

export const completeApproval = ({ writer }: Tenant, event: { id: string }): Promise<PersonnelEvent> =>
  completeStageOf(writer.client, event, 'Approval');

/** Somebody with so many accounts, all in one application. */
export async function givenPerson(server: TestServer, tenant: Tenant, accounts = 1, values: Partial<IdentityRow> = {}) {
  const person = await givenIdentity(server, tenant, values);
  const application = await givenAccounts(
    server,
    tenant,
    Array.from({ length: accounts }, () => person),
  );
  return { person, application };
}

/** An offboarding that takes effect today and is approved: so many requests are open. The first is the oldest. */
export async function givenOpenRequests(server: TestServer, tenant: Tenant, count = 1) {
  const { person, application } = await givenPerson(server, tenant, count);
  const event = await givenOffboard(server, tenant, person.id, today(server));
  await completeApproval(tenant, event);
  const requests = (await accessRequestsOf(tenant.reader.client, event)).reverse();
  if (requests.length !== count) throw new Error(`${requests.length} requests instead of ${count}`);
  return { person, application, event, requests, request: requests[0] as AccessRequestSummary };
}

export const readAccessRequest = async ({ reader }: Tenant, { id }: { id: string }) =>
  dataOf(await getAccessRequest({ client: reader.client, path: { id } }));

/** What is asked for, and how far it is, oldest first. */
export const requestStatesOf = async ({ reader }: Tenant, event: { id: string }) =>
  (await accessRequestsOf(reader.client, event)).reverse().map(({ action, status }) => `${action} ${status}`);

export const activityTextsOf = ({ activity }: { activity: Activity[] }) =>
  activity.map(({ user, description }) => `${user}: ${description}`);

/** Ids that lead nowhere: one that there is not, and one of another organization, which `given` makes. */
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

/** All that personnel events leave behind, to see whether something has changed. */
export async function dumpPersonnelTables({ db }: TestServer): Promise<Record<string, string[]>> {
  const contents = await Promise.all(
    tables.map(async (table) => [table, (await db(table).select()).map((row) => JSON.stringify(row)).sort()]),
  );
  return Object.fromEntries(contents);
}

/** While the table is away, each statement that needs it fails. */
export async function withoutTable<Result>({ db }: TestServer, table: string, work: () => Promise<Result>): Promise<Result> {
  await db.schema.renameTable(table, `${table}_away`);
  try {
    return await work();
  } finally {
    await db.schema.renameTable(`${table}_away`, table);
  }
}

/** Lists, of up to 50, that count otherwise than what is in them: whatever ran at once or broke off, there must be none. */
export async function miscountedLists({ reader: { client } }: Tenant): Promise<string[]> {
  const faults: string[] = [];
  const check = (what: string, right: number, page: { totalCount: number; items: unknown[] } | undefined) => {
    if (page?.totalCount !== right || page.items.length !== right) faults.push(`${what}: ${right}, but counted ${page?.totalCount}`);
  };
  const events = (await listPersonnelEvents({ client })).data;
  check('events', events?.items.length ?? 0, events);
  const requests = (await listAccessRequests({ client })).data;
  check('requests', requests?.items.length ?? 0, requests);
  for (const status of [undefined, ...workStatuses]) {
    const has = (item: { status: string }) => status === undefined || item.status === status;
    for (const type of eventTypes) {
      const right = (events?.items ?? []).filter((item) => item.type === type && has(item)).length;
      check(`events ${type} ${status}`, right, (await listPersonnelEvents({ client, query: { type, ...(status && { status }) } })).data);
    }
    for (const type of requestActions) {
      const right = (requests?.items ?? []).filter((item) => item.action === type && has(item)).length;
      check(`requests ${type} ${status}`, right, (await listAccessRequests({ client, query: { type, ...(status && { status }) } })).data);
    }
  }
  return faults;
}
