import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { type ApplicationImportRow, insertApplicationImport } from '../../server/applications/store/application-imports.ts';
import { type ApplicationRow, findApplication } from '../../server/applications/store/applications.ts';
import { createDatabase } from '../../server/database/database.ts';
import { stageDue } from '../support/builds.ts';
import { givenApplication, givenTenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';
import { isMySqlRun } from '../support/test-database.ts';

const server = useServer();
const at = (instant: string) => new Date(instant);

beforeEach(async () => {
  await server.db('application_imports').delete();
  await server.db('applications').delete();
});

/** Inserts an application with a daily schedule at 02:00 whose next run is on 20 February. */
async function givenDueApplication(values: Partial<ApplicationRow> = {}, cron: string | null = '0 2 * * *', timeZone = 'UTC') {
  return givenApplication(server, await givenTenant(server), {
    import_schedule: { cron, timeZone, files: [] },
    next_run_at: '2026-02-20 02:00:00.000',
    ...values,
  });
}
const importsOf = (application: ApplicationRow): Promise<ApplicationImportRow[]> =>
  server.db('application_imports').where({ application_id: application.id }).orderBy('number');
const nextRunOf = async ({ environment_id, id }: ApplicationRow) => (await findApplication(server.db, environment_id, id))?.next_run_at;

it('stages one import per run, when the run is due, created by "Schedule"', async () => {
  const application = await givenDueApplication();
  expect(await stageDue(server, at('2026-02-20T01:59:59.999Z'))).toBe(0);
  expect(await stageDue(server, at('2026-02-20T02:00:00.000Z'))).toBe(1);
  expect(await stageDue(server, at('2026-02-20T02:00:00.000Z'))).toBe(0);
  expect(await stageDue(server, at('2026-02-20T23:00:00.000Z'))).toBe(0);
  const { environment_id } = application;
  const row = {
    environment_id,
    number: 1,
    type: 'Scheduled',
    status: 'Pending',
    created_by: 'Schedule',
    created_at: '2026-02-20 02:00:00.000',
  };
  expect(await importsOf(application)).toMatchObject([row]);
  expect(await nextRunOf(application)).toBe('2026-02-21 02:00:00.000');
});

it('skips a run while the previous scheduled import is still pending', async () => {
  const application = await givenDueApplication();
  await stageDue(server, at('2026-02-20T02:00:01Z'));
  expect(await stageDue(server, at('2026-02-21T02:00:01Z'))).toBe(0);
  expect(await nextRunOf(application)).toBe('2026-02-22 02:00:00.000');
  await server.db('application_imports').update({ status: 'Running' });
  expect(await stageDue(server, at('2026-02-22T02:00:01Z'))).toBe(1);
  expect((await importsOf(application)).map(({ status }) => status)).toEqual(['Running', 'Pending']);
});

it('stages despite pending imports that the schedule did not create', async () => {
  const application = await givenDueApplication();
  const { environment_id, id: application_id } = application;
  const values = { environment_id, application_id, created_by: 'a test' };
  await insertApplicationImport(server.db, at('2026-02-20T01:00:00Z'), { ...values, type: 'API' });
  await insertApplicationImport(server.db, at('2026-02-20T01:00:00Z'), { ...values, type: 'Manual' });
  expect(await stageDue(server, at('2026-02-20T02:00:00Z'))).toBe(1);
});

it('stages one import for several missed runs', async () => {
  const application = await givenDueApplication({}, '*/5 * * * *');
  expect(await stageDue(server, at('2026-03-01T12:01:00Z'))).toBe(1);
  expect((await importsOf(application)).length).toBe(1);
  expect(await nextRunOf(application)).toBe('2026-03-01 12:05:00.000');
});

it('stages once when several processes run at the same time', async () => {
  const applications = [await givenDueApplication(), await givenDueApplication(), await givenDueApplication()];
  const pools = Array.from({ length: 6 }, () => (isMySqlRun ? createDatabase(server.databaseUrl) : server.db));
  if (isMySqlRun) onTestFinished(async () => void (await Promise.all(pools.map((db) => db.destroy()))));
  const staged = await Promise.all(pools.map((db) => stageDue(server, at('2026-02-20T02:00:00Z'), db)));
  expect(staged.reduce((sum, count) => sum + count)).toBe(3);
  for (const application of applications) expect((await importsOf(application)).length).toBe(1);
});

it('stages nothing for an archived application and clears its next run', async () => {
  const application = await givenDueApplication({ is_archived: 1 });
  expect(await stageDue(server, at('2026-02-20T02:00:00Z'))).toBe(0);
  expect([await importsOf(application), await nextRunOf(application)]).toEqual([[], null]);
});

it('stages nothing for an application without a next run', async () => {
  const applications = [await givenDueApplication({ next_run_at: null }), await givenDueApplication({ next_run_at: null }, null)];
  expect(await stageDue(server, at('2036-02-20T02:00:00Z'))).toBe(0);
  for (const application of applications) expect(await importsOf(application)).toEqual([]);
});

it('stages the due run of a schedule whose cron expression was removed, and no further runs', async () => {
  const application = await givenDueApplication({}, null);
  expect(await stageDue(server, at('2026-02-20T02:00:00Z'))).toBe(1);
  expect(await nextRunOf(application)).toBeNull();
});

it.each([
  ['before the change to summer time skips 02:30', '2026-03-28T01:30:00Z', '2026-03-29 01:00:00.000'],
  ['after the change to summer time', '2026-03-29T01:00:00Z', '2026-03-30 00:30:00.000'],
  ['before the change to winter time', '2026-10-24T00:30:00Z', '2026-10-25 00:30:00.000'],
  ['in the repeated hour of the change to winter time', '2026-10-25T00:30:00Z', '2026-10-26 01:30:00.000'],
])('sets the next run to 02:30, or to the first moment after it, in the time zone of the schedule: %s', async (_case, now, next) => {
  const application = await givenDueApplication({}, '30 2 * * *', 'Europe/Berlin');
  await stageDue(server, at(now));
  expect(await nextRunOf(application)).toBe(next);
});

it('throws for an invalid schedule, after all other due imports are staged', async () => {
  const invalid = await givenDueApplication({}, '0 2 * * *', 'Mars/Olympus_Mons');
  const valid = await givenDueApplication();
  await expect(stageDue(server, at('2026-02-20T02:00:00.000Z'))).rejects.toThrow(AggregateError);
  expect([(await importsOf(valid)).length, (await importsOf(invalid)).length]).toEqual([1, 0]);
});
