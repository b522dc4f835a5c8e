import { expect, it, onTestFinished } from 'vitest';
import { getApplication, stageApplicationImport, updateApplication } from '../../../generated/sdk.gen.ts';
import { stageDue } from '../../support/builds.ts';
import { givenApplication, givenTenant, type Tenant } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();

type Body = Parameters<typeof updateApplication>[0]['body'];

const update = ({ writer }: Tenant, id: string, body: unknown) =>
  updateApplication({ client: writer.client, path: { id }, body: body as Body });
const read = async ({ reader }: Tenant, id: string) => (await getApplication({ client: reader.client, path: { id } })).data;
const rowOf = (id: string) => server.db('applications').where({ id }).first();

/** Sends an invalid body, expects 400 and an unchanged row, and returns the errors. */
const refusal = async (tenant: Tenant, id: string, body: unknown) => {
  const before = await rowOf(id);
  const { error, response } = await update(tenant, id, body);
  expect([response?.status, error?.error]).toEqual([400, 'validation_error']);
  expect(await rowOf(id)).toEqual(before);
  return error?.errors;
};
const moveClock = (to: string | Date) => {
  const timeBefore = server.clock.now;
  onTestFinished(() => {
    server.clock.now = timeBefore;
  });
  server.clock.now = new Date(to);
};
const scheduled = (application: { connector: { fileGroups: { id: string }[] } | null }, values: object) => ({
  importSchedule: { files: application.connector?.fileGroups.map(({ id }) => ({ fileGroupId: id, path: 'users.csv' })), ...values },
});

it('200: computes the next run in its time zone, across both changes of daylight saving time', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  moveClock(server.clock.now);
  const nextRunAfter = async (now: string, cron: string, timeZone: string) => {
    server.clock.now = new Date(now);
    await update(tenant, application.id, { importSchedule: null });
    return (await update(tenant, application.id, scheduled(application, { cron, timeZone }))).data?.importSchedule?.nextRunDate;
  };
  expect(await nextRunAfter('2026-03-27T12:00:00Z', '0 4 * * *', 'Europe/Berlin')).toBe('2026-03-28T03:00:00.000Z');
  expect(await nextRunAfter('2026-03-28T12:00:00Z', '0 4 * * *', 'Europe/Berlin')).toBe('2026-03-29T02:00:00.000Z');
  expect(await nextRunAfter('2026-03-28T12:00:00Z', '30 2 * * *', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
  expect(await nextRunAfter('2026-10-24T12:00:00Z', '30 2 * * *', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  expect(await nextRunAfter('2026-10-25T00:30:00Z', '30 2 * * *', 'Europe/Berlin')).toBe('2026-10-26T01:30:00.000Z');
  expect(await nextRunAfter('2026-03-28T12:00:00Z', '0 4 * * *', 'UTC')).toBe('2026-03-29T04:00:00.000Z');
  expect(await nextRunAfter('2026-03-28T12:00:00Z', '15 6 * * MON', 'Asia/Kolkata')).toBe('2026-03-30T00:45:00.000Z');
});

it('200: retains a due run when the same schedule is sent again', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  moveClock('2026-05-01T12:00:00Z');
  await update(tenant, application.id, scheduled(application, { cron: '0 2 * * *' }));
  moveClock('2026-05-02T02:00:01Z');
  const again = await update(tenant, application.id, scheduled(application, { cron: '0 2 * * *' }));
  expect(again.data?.importSchedule?.nextRunDate).toBe('2026-05-02T02:00:00.000Z');
});

it('200: an archived application has no next run and no imports; a restored one gets its next run from that moment', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  moveClock('2026-05-01T12:00:00Z');
  await update(tenant, application.id, scheduled(application, { cron: '0 2 * * *' }));
  const archived = await update(tenant, application.id, { isArchived: true });
  expect(archived.data).toMatchObject({ isArchived: true, importSchedule: { cron: '0 2 * * *', nextRunDate: null } });
  const renewed = await update(tenant, application.id, scheduled(application, { cron: '0 3 * * *' }));
  expect(renewed.data?.importSchedule?.nextRunDate).toBeNull();
  const staged = await stageApplicationImport({ client: tenant.writer.client, body: { applicationId: application.id } });
  expect(staged.response?.status).toBe(400);

  server.clock.now = new Date('2026-05-10T12:00:00Z');
  const { data } = await update(tenant, application.id, { isArchived: false });
  expect(data?.importSchedule?.nextRunDate).toBe('2026-05-11T03:00:00.000Z');
});

it('200: retains a due run when other fields change', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  moveClock('2026-05-01T12:00:00Z');
  await update(tenant, application.id, scheduled(application, { cron: '0 2 * * *' }));
  server.clock.now = new Date('2026-05-02T02:00:01Z');
  const { data } = await update(tenant, application.id, { name: 'Renamed', isArchived: false });
  expect(data?.importSchedule?.nextRunDate).toBe('2026-05-02T02:00:00.000Z');
  await stageDue(server, server.clock.now);
  expect(await read(tenant, application.id)).toMatchObject({
    lastImport: { type: 'Scheduled' },
    importSchedule: { nextRunDate: '2026-05-03T02:00:00.000Z' },
  });
});

it('200, 400: an application with a time zone that an older version accepted can be changed; setting that time zone again is refused', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  const [file] = application.import_schedule?.files ?? [];
  const schedule = { cron: '0 2 * * *', timeZone: '+02:00', files: [file] };
  await server
    .db('applications')
    .where({ id: application.id })
    .update({ import_schedule: JSON.stringify(schedule) });
  const { data, response } = await update(tenant, application.id, { name: 'Renamed' });
  expect([response?.status, data?.name, data?.importSchedule?.timeZone]).toEqual([200, 'Renamed', '+02:00']);
  expect(await refusal(tenant, application.id, { importSchedule: schedule })).toEqual([
    { field: 'importSchedule.timeZone', message: 'Must be an IANA time zone, such as Europe/Berlin' },
  ]);
});
