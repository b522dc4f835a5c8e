import { randomUUID } from 'node:crypto';
import type { Client } from '../../generated/client/index.ts';
import {
  completeAccessRequest,
  completeStage,
  createOffboardEvent,
  getPersonnelEvent,
  listAccessRequests,
  listPersonnelEvents,
} from '../../generated/sdk.gen.ts';
import type { PersonnelEvent, StageName } from '../../generated/types.gen.ts';
import { toInstant } from '../../server/database/instants.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { openDueEvents } from '../../server/people/open-due-events.ts';
import { insertIdentity } from '../../server/people/store/identities.ts';
import { emptyIdentity, type IdentityRow } from '../../server/people/store/identity-rows.ts';
import { givenApplication, givenImport, type Tenant, usersGroup } from './given.ts';
import type { TestServer } from './server.ts';

/**
 * Creates an active identity that belongs to no directory: one row in `identities`, inserted directly, with the counts of its lists.
 *
 * Name and e-mail address are unique unless `values` overrides them. Returns the row.
 */
export async function givenIdentity(server: TestServer, tenant: Tenant, values: Partial<IdentityRow> = {}): Promise<IdentityRow> {
  const id = randomUUID();
  const row: IdentityRow = {
    id,
    environment_id: tenant.environmentId,
    application_id: null,
    source_key: null,
    ...emptyIdentity,
    first_name: 'Sarah',
    last_name: `Chen ${id}`,
    email_address: `${id}@example.com`,
    first_seen_date: toInstant(server.clock.now),
    ...values,
  };
  await inTransaction(server.db, (trx) => insertIdentity(trx, row));
  return row;
}

/**
 * Creates an application in which each person has one account with one privilege, and imports it. Accounts match people by e-mail address.
 *
 * A person who is listed twice has two accounts. Returns the application's row and the `path` of its first file.
 */
export async function givenAccounts(server: TestServer, tenant: Tenant, people: Pick<IdentityRow, 'email_address'>[], name = 'Silverlake') {
  const privileges = usersGroup({ name: 'Privileges', rows: 'privileges', columns: { userKey: 'Login', name: 'Privilege' } });
  const application = await givenApplication(server, tenant, { name, groups: [usersGroup(), privileges] });
  const logins = people.map(({ email_address }, index) => ({ login: `user${index}`, email_address }));
  const rows = logins.map(({ login, email_address }) => `${login},Name of ${login},${email_address}`);
  server.share(application, ['Login,Full Name,E-Mail', ...rows].join('\n'));
  server.share(
    application,
    ['Login,Privilege', ...logins.map(({ login }) => `${login},Approve loans`)].join('\n'),
    `${application.id}-1.csv`,
  );
  await givenImport(server, application);
  await server.build();
  return application;
}

/** Returns the date of the server's clock, such as `2035-01-31`. */
export const today = (server: TestServer): string => server.clock.now.toISOString().slice(0, 10);
/** Returns the date `days` days after the server's clock. */
export const daysFromToday = (server: TestServer, days: number): string =>
  new Date(server.clock.now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** Moves the server's clock to noon of a day and opens everything that is due by then, as the worker does. */
export async function moveToDay(server: TestServer, day: string): Promise<void> {
  server.clock.now = new Date(`${day}T12:00:00Z`);
  while ((await openDueEvents(server.db, server.clock.now)) > 0);
}

/** Creates an offboarding through the API, for today unless a date is given. Returns the personnel event, which waits for approval. */
export async function givenOffboard(
  server: TestServer,
  tenant: Tenant,
  identityId: string,
  effectiveDate = today(server),
): Promise<PersonnelEvent> {
  const { data, error } = await createOffboardEvent({ client: tenant.writer.client, body: { identityId, effectiveDate } });
  if (!data) throw new Error(JSON.stringify(error));
  return data;
}

/** Completes a stage of an event through the API. Returns the event. */
export async function completeStageOf(client: Client, event: { id: string }, stage: StageName): Promise<PersonnelEvent> {
  const { data, error } = await completeStage({ client, path: { id: event.id, stage } });
  if (!data) throw new Error(JSON.stringify(error));
  return data;
}

/** Reads a personnel event through the API. */
export async function readEvent(client: Client, event: { id: string }): Promise<PersonnelEvent> {
  return (await getPersonnelEvent({ client, path: { id: event.id } })).data as PersonnelEvent;
}

/** Returns the status of each stage, by the stage's name. */
export const stageStatusesOf = ({ stages }: PersonnelEvent): Record<string, string> =>
  Object.fromEntries(stages.map(({ name, status }) => [name, status]));

/** Lists the access requests of an event through the API, newest first. */
export async function accessRequestsOf(client: Client, event: { id: string }) {
  const { data } = await listAccessRequests({ client, query: { personnelEventId: event.id } });
  return data?.items ?? [];
}

/** Completes all open access requests of an event through the API, one after another. */
export async function completeOpenRequests(client: Client, event: { id: string }): Promise<void> {
  for (const { id, status } of await accessRequestsOf(client, event))
    if (status === 'Open') await completeAccessRequest({ client, path: { id } });
}

/** Lists the numbers of the personnel events that a query finds. */
export const listEventNumbers = async (client: Client, query: object = {}): Promise<number[]> =>
  ((await listPersonnelEvents({ client, query })).data?.items ?? []).map(({ number }) => number);
