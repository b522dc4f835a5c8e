import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { insertApplicationImport } from '../../../server/applications/store/application-imports.ts';
import type { ApplicationRow } from '../../../server/applications/store/applications.ts';
import { claimNextImport, endImport, type ImportLease } from '../../../server/applications/store/build-queue.ts';
import { createDatabase, type Db } from '../../../server/database/database.ts';
import { insertEnvironment } from '../../../server/organizations/store/environments.ts';
import { givenApplication, givenTenant, type Tenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';
import { isMySqlRun } from '../../support/test-database.ts';

const server = useServer();
const now = new Date('2026-02-20T08:15:00.000Z');
beforeEach(async () => {
  for (const table of ['application_imports', 'import_queues', 'import_turns']) await server.db(table).delete();
});

/** Adds an environment with one application to an organization. */
async function givenEnvironmentOf(tenant: Tenant): Promise<ApplicationRow> {
  const project = await server.db('projects').where({ organization_id: tenant.organization.id }).first();
  const key = `environment-${(await server.db('environments').where({ project_id: project.id })).length}`;
  const values = { organization_id: tenant.organization.id, project_id: project.id, key, name: key };
  const { id } = await insertEnvironment(server.db, now, values);
  return givenApplication(server, { ...tenant, environmentId: id });
}

/** Creates an organization with this number of environments, each with one application. */
async function givenOrganization(environments: number): Promise<{ tenant: Tenant; applications: ApplicationRow[] }> {
  const tenant = await givenTenant(server);
  const applications = [];
  for (let count = 0; count < environments; count++) applications.push(await givenEnvironmentOf(tenant));
  return { tenant, applications };
}

const stage = ({ environment_id, id: application_id }: ApplicationRow, db: Db = server.db) =>
  insertApplicationImport(db, now, { environment_id, application_id, type: 'API', created_by: 'a test' });
async function stageEach(applications: ApplicationRow[], imports: number): Promise<void> {
  for (let count = 0; count < imports; count++) for (const application of applications) await stage(application);
}
const claim = (db: Db = server.db) => claimNextImport(db, now, 30_000);
const end = (lease: ImportLease, db: Db = server.db) => endImport(db, lease, now, 'Failed', 'ended');

/** Claims and ends imports one after another, as one worker does. Returns whose they were, by the names of their environments. */
async function serve(builds: number, names: Map<string, string>): Promise<string[]> {
  const served: string[] = [];
  for (let count = 0; count < builds; count++) {
    const lease = (await claim()) as ImportLease;
    served.push(names.get(lease.import.environment_id) as string);
    await end(lease);
  }
  return served;
}
const named = (name: string, applications: ApplicationRow[]) =>
  applications.map(({ environment_id }, index): [string, string] => [environment_id, `${name}${index}`]);

it('builds the import of one organization after at most one of another with 50 environments', async () => {
  const [many, one] = [await givenOrganization(50), await givenOrganization(1)];
  const names = new Map([...named('m', many.applications), ...named('o', one.applications)]);
  await stageEach(many.applications, 2);
  expect((await serve(3, names)).join(' ')).toMatch(/^m\d+ m\d+ m\d+$/);
  await stageEach(one.applications, 2);
  expect((await serve(6, names)).join(' ')).toMatch(/^(m\d+ )?o0 m\d+ o0( m\d+)+$/);
});

it('serves organizations in turn, and inside each its environments in turn', async () => {
  const [three, two] = [await givenOrganization(3), await givenOrganization(2)];
  const names = new Map([...named('a', three.applications), ...named('b', two.applications)]);
  await stageEach([...three.applications, ...two.applications], 6);
  const served = await serve(24, names);
  const organizations = served.map((name) => name[0]).join('');
  expect(organizations).toMatch(/^(ab|ba)+$/);
  expect(organizations).toBe(organizations.slice(0, 2).repeat(12));
  const ofOrganization = (letter: string) => served.filter((name) => name.startsWith(letter)).join('');
  expect(ofOrganization('a')).toBe('a0a1a2'.repeat(4));
  expect(ofOrganization('b')).toBe('b0b1'.repeat(6));
});

it('an organization that always adds environments does not keep another waiting', async () => {
  const [eager, patient] = [await givenTenant(server), await givenOrganization(1)];
  const names = new Map(named('p', patient.applications));
  await stageEach(patient.applications, 10);
  const served: string[] = [];
  for (let count = 0; count < 6; count++) {
    const added = [await givenEnvironmentOf(eager), await givenEnvironmentOf(eager), await givenEnvironmentOf(eager)];
    for (const [id] of named('e', added)) names.set(id, 'e0');
    await stageEach(added, 1);
    served.push(...(await serve(2, names)));
  }
  expect(served.join(' ')).toMatch(/^(e0 p0|p0 e0)( e0 p0| p0 e0){5}$/);
});

it('workers that look for an import at the same moment claim it from different organizations', async () => {
  const pools = Array.from({ length: 4 }, () => (isMySqlRun ? createDatabase(server.databaseUrl) : server.db));
  if (isMySqlRun) onTestFinished(async () => void (await Promise.all(pools.map((db) => db.destroy()))));
  const organizations = [await givenOrganization(4), await givenOrganization(4), await givenOrganization(4), await givenOrganization(4)];
  const organizationOf = (lease: ImportLease | undefined) =>
    organizations.findIndex(({ applications }) => applications.some(({ id }) => id === lease?.import.application_id));
  for (const { applications } of organizations) await stageEach(applications, 3);
  // Once alone: the turns of two organizations that were never served are not locked.
  for (let round = 0; round < 3; round++) {
    const leases = round === 0 ? [await claim(), await claim(), await claim(), await claim()] : await Promise.all(pools.map(claim));
    expect(leases.map(organizationOf).sort()).toEqual([0, 1, 2, 3]);
    for (const lease of leases) await end(lease as ImportLease);
  }
});

it('8 workers build all imports of 3 organizations with 4 environments each once, also of those that are staged meanwhile', async () => {
  // On SQLite a process has one connection. `two-processes.test.ts` tests several processes.
  const pools = Array.from({ length: 8 }, () => (isMySqlRun ? createDatabase(server.databaseUrl) : server.db));
  if (isMySqlRun) onTestFinished(async () => void (await Promise.all(pools.map((db) => db.destroy()))));
  const organizations = [await givenOrganization(4), await givenOrganization(4), await givenOrganization(4)];
  const applications = organizations.flatMap((organization) => organization.applications);
  const total = 96;
  const running = new Set<string>();
  const built: string[] = [];
  const work = async (db: Db) => {
    while (built.length < total) {
      const lease = await claim(db);
      if (!lease) {
        await turn();
        continue;
      }
      expect(running.has(lease.import.application_id)).toBe(false);
      running.add(lease.import.application_id);
      built.push(lease.import.id);
      await turn();
      running.delete(lease.import.application_id);
      expect(await end(lease, db)).toBe(true);
    }
  };
  await Promise.all([...pools.map(work), stageEach(applications, total / applications.length)]);
  expect(new Set(built).size).toBe(total);
  expect(await claim()).toBeUndefined();
  expect(await server.db('import_queues')).toEqual([]);
});
