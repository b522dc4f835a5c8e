import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  completeAccessRequest,
  completeStage,
  createApplication,
  createOffboardEvent,
  getApplicationImport,
  getPersonnelEvent,
  listAccessRequests,
  listIdentities,
  stageApplicationImport,
} from '../../generated/sdk.gen.ts';
import type { AccessRequestSummary, Identity, PersonnelEvent } from '../../generated/types.gen.ts';
import { type ServerProcess, startProcess, until } from '../support/process.ts';
import { newDatabase, type TestDatabase } from '../support/test-database.ts';

const personCount = 12;
const accountsPerPerson = 5;
let database: TestDatabase;
let servers: [ServerProcess, ServerProcess];
let identities: Identity[];

/** Creates an application with one file and imports it. Either process may build the import. */
async function importFile(name: string, rows: 'users' | 'identities', lines: string[]): Promise<void> {
  const client = servers[0].client();
  const fileGroupId = crypto.randomUUID();
  const path = `${name}.csv`;
  writeFileSync(join(database.folder, 'shared/default/default/production', path), ['Key,Mail', ...lines].join('\n'));
  const columns = { key: 'Key', emailAddress: 'Mail' };
  const connector = { name, fileGroups: [{ id: fileGroupId, name, rows, columns }] };
  const { data: application } = await createApplication({
    client,
    body: { name, connector, importSchedule: { files: [{ fileGroupId, path }] } },
  });
  const { data: staged } = await stageApplicationImport({ client, body: { applicationId: application?.id as string } });
  const { status, log } = await until('the import has ended', async () => {
    const { data } = await getApplicationImport({ client, path: { id: staged?.id as string } });
    return data?.buildEnd ? data : undefined;
  });
  expect([status, log]).toEqual(['Finished', log]);
}

beforeAll(async () => {
  database = await newDatabase({ isMigrated: true });
  mkdirSync(join(database.folder, 'shared/default/default/production'), { recursive: true });
  const env = {
    DATABASE_URL: database.url,
    UPLOAD_DIRECTORY: join(database.folder, 'uploads'),
    SHARED_DIRECTORY: join(database.folder, 'shared'),
  };
  servers = [await startProcess(env), await startProcess(env)];
  const persons = Array.from({ length: personCount }, (_, index) => `person${index}`);
  await importFile(
    'directory',
    'identities',
    persons.map((person) => `${person},${person}@example.com`),
  );
  const logins = persons.flatMap((person) =>
    Array.from({ length: accountsPerPerson }, (_, index) => `${person}-${index},${person}@example.com`),
  );
  await importFile('silverlake', 'users', logins);
  identities = (await listIdentities({ client: servers[0].client() })).data?.items as Identity[];
});
afterAll(async () => {
  for (const server of servers ?? []) server.signal('SIGTERM');
  await Promise.all((servers ?? []).map((server) => server.ended));
  await database?.remove();
});

const createOffboarding = async (identity: Identity | undefined, effectiveDate: string): Promise<PersonnelEvent> => {
  const body = { identityId: identity?.id as string, effectiveDate };
  return (await createOffboardEvent({ client: servers[0].client(), body })).data as PersonnelEvent;
};
const today = () => new Date().toISOString().slice(0, 10);
const approveThrough = async (server: ServerProcess, { id }: PersonnelEvent) =>
  (await completeStage({ client: server.client(), path: { id, stage: 'Approval' } })).response?.status;
const requestsOf = async ({ id }: PersonnelEvent) =>
  (await listAccessRequests({ client: servers[1].client(), query: { personnelEventId: id } })).data?.items as AccessRequestSummary[];
const readEvent = async ({ id }: PersonnelEvent) =>
  (await getPersonnelEvent({ client: servers[1].client(), path: { id } })).data as PersonnelEvent;
const activityCount = ({ activity }: PersonnelEvent, description: string) =>
  activity.filter((entry) => entry.description === description).length;

it('200, 409: only one of two processes completes a stage at the same moment, and access requests are created once', async () => {
  for (const identity of identities.slice(0, 8)) {
    const event = await createOffboarding(identity, today());
    const statuses = await Promise.all([0, 1, 0, 1].map((which) => approveThrough(servers[which] as ServerProcess, event)));
    expect(statuses.sort()).toEqual([200, 409, 409, 409]);
    const requests = await requestsOf(event);
    expect([requests.length, new Set(requests.map(({ target }) => target.name)).size]).toEqual([accountsPerPerson, accountsPerPerson]);
    expect(activityCount(await readEvent(event), `Made ${accountsPerPerson} access requests`)).toBe(1);
  }
});

it('200: access requests completed through two processes at the same moment complete the stage once and disable the identity', async () => {
  const event = await createOffboarding(identities[8], today());
  await approveThrough(servers[0], event);
  const requests = await requestsOf(event);
  const complete = (server: ServerProcess, { id }: AccessRequestSummary) =>
    completeAccessRequest({ client: server.client(), path: { id } });
  const results = await Promise.all(requests.flatMap((request) => servers.map((server) => complete(server, request))));
  const statuses = results.map(({ response }) => response?.status);
  expect([statuses.filter((status) => status === 200).length, statuses.filter((status) => status === 409).length]).toEqual([5, 5]);
  const done = await readEvent(event);
  expect([done.status, done.affectedIdentity?.status, activityCount(done, 'Completed the stage Provision')]).toEqual([
    'Resolved',
    'Disabled',
    1,
  ]);
});

it('due work opens only once, although two processes look for it', async () => {
  const soon = new Date(Date.now() + 1_500).toISOString();
  const events = await Promise.all(identities.slice(9, 12).map((identity) => createOffboarding(identity, soon)));
  for (const event of events) expect(await approveThrough(servers[0], event)).toBe(200);
  expect((await requestsOf(events[0] as PersonnelEvent)).map(({ status }) => status)).toEqual(Array(accountsPerPerson).fill('Scheduled'));
  for (const event of events) {
    const open = await until('the stage opens when it is due', async () => {
      const now = await readEvent(event);
      return now.status === 'Open' && now;
    });
    expect(activityCount(open, 'Opened the stage Provision')).toBe(1);
    expect((await requestsOf(event)).map(({ status }) => status)).toEqual(Array(accountsPerPerson).fill('Open'));
  }
});
