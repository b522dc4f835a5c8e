import { expect, it } from 'vitest';
import { cancelApplicationImport, stageApplicationImport, uploadApplicationImport } from '../../generated/sdk.gen.ts';
import { stageDue } from '../support/builds.ts';
import { givenApplication, givenTenant, type Tenant, usersCsv, usersGroup } from '../support/given.ts';
import { orphanedFiles } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const max = 3;
const server = useServer({ openImportsMax: max });
type Application = Awaited<ReturnType<typeof givenApplication>>;

const stage = ({ writer: { client } }: Tenant, { id }: Application, headers = {}) =>
  stageApplicationImport({ client, body: { applicationId: id }, headers });
const openImports = async ({ environmentId }: Tenant): Promise<number> => {
  const rows = await server
    .db('application_imports')
    .where({ environment_id: environmentId })
    .whereIn('status', ['Pending', 'Running', 'Canceling']);
  return rows.length;
};
async function givenFullQueue() {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  server.share(application, usersCsv('ann'));
  for (let count = 0; count < max; count++) expect((await stage(tenant, application)).response?.status).toBe(201);
  return { tenant, application };
}

it('429: stages no more than the maximum, also concurrently, and other environments are not affected', async () => {
  const tenant = await givenTenant(server);
  const applications = [await givenApplication(server, tenant), await givenApplication(server, tenant)] as const;
  const staged = await Promise.all(Array.from({ length: 12 }, (_, index) => stage(tenant, applications[index % 2] as Application)));
  expect(staged.map(({ response }) => response?.status).sort()).toEqual([...Array(max).fill(201), ...Array(12 - max).fill(429)]);
  expect(await openImports(tenant)).toBe(max);
  const refused = staged.find(({ response }) => response?.status === 429);
  expect(refused?.error).toMatchObject({
    error: 'too_many_requests',
    message: 'The environment has 3 imports that have not ended; try again in 60 seconds',
  });
  expect(refused?.response?.headers.get('Retry-After')).toBe('60');
  const other = await givenTenant(server);
  expect((await stage(other, await givenApplication(server, other))).response?.status).toBe(201);
});

it('429, then 201: an import that ended, or a canceled one that was built, makes room', async () => {
  const { tenant, application } = await givenFullQueue();
  expect((await stage(tenant, application)).response?.status).toBe(429);
  const [first] = await server.db('application_imports').where({ application_id: application.id }).orderBy('number');
  await cancelApplicationImport({ client: tenant.writer.client, body: { applicationImportId: first.id } });
  expect((await stage(tenant, application)).response?.status).toBe(429);
  await server.build();
  expect((await stage(tenant, application)).response?.status).toBe(201);
});

it('429: a refused request frees its Idempotency-Key, and the numbers of imports have no gaps', async () => {
  const { tenant, application } = await givenFullQueue();
  const headers = { 'Idempotency-Key': 'nightly' };
  expect((await stage(tenant, application, headers)).response?.status).toBe(429);
  await server.build();
  const { data, response } = await stage(tenant, application, headers);
  expect([response?.status, data?.number]).toEqual([201, max + 1]);
});

it('429: a refused upload leaves no file and no row', async () => {
  const { tenant } = await givenFullQueue();
  const group = usersGroup({ name: 'Staff' });
  const application = await givenApplication(server, tenant, { groups: [group] });
  const upload = async () => {
    const files = { [group.id]: new File([usersCsv('ann')], 'staff.csv') };
    const { response } = await uploadApplicationImport({ client: tenant.writer.client, body: { applicationId: application.id, ...files } });
    return response?.status;
  };
  expect(await upload()).toBe(429);
  expect(await server.db('application_imports').where({ application_id: application.id })).toEqual([]);
  expect(await orphanedFiles(server)).toEqual([]);
  await server.build();
  expect(await upload()).toBe(201);
});

it('postpones a scheduled import by a minute, says so in the process log, and stages it when there is room', async () => {
  const { tenant } = await givenFullQueue();
  const due = '2026-02-20 02:00:00.000';
  const scheduled = await givenApplication(server, tenant, {
    import_schedule: { cron: '0 2 * * *', timeZone: 'UTC', files: [] },
    next_run_at: due,
  });
  const other = await givenTenant(server);
  await givenApplication(server, other, { import_schedule: { cron: '0 2 * * *', timeZone: 'UTC', files: [] }, next_run_at: due });
  const nextRun = async () => (await server.db('applications').where({ id: scheduled.id }).first()).next_run_at;

  expect(await stageDue(server, new Date('2026-02-20T02:00:00Z'))).toBe(1);
  expect([await openImports(tenant), await openImports(other), await nextRun()]).toEqual([max, 1, '2026-02-20 02:01:00.000']);
  expect(server.logged()).toContain('scheduled imports are postponed by a minute: their environment has 3 imports that have not ended');
  expect(server.logged()).toContain(scheduled.id);

  await server.build();
  expect(await stageDue(server, new Date('2026-02-20T02:00:59Z'))).toBe(0);
  expect(await stageDue(server, new Date('2026-02-20T02:01:00Z'))).toBe(1);
  expect([await openImports(tenant), await nextRun()]).toEqual([1, '2026-02-21 02:00:00.000']);
});
