import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { stageDueImports } from '../../server/applications/stage-due-imports.ts';
import { type ApplicationImportRow, insertApplicationImport } from '../../server/applications/store/application-imports.ts';
import { type ApplicationRow, findApplication } from '../../server/applications/store/applications.ts';
import { createDatabase } from '../../server/database/database.ts';
import { isMySqlRun } from '../support/database-url.ts';
import { givenApplication, givenTenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const at = (instant: string) => new Date(instant);

beforeEach(async () => {
  await server.db('application_imports').delete();
  await server.db('applications').delete();
});

/** An application that imports at 02:00 every day, next on the 20th. */
async function givenNightly(values: Partial<ApplicationRow> = {}, cron: string | null = '0 2 * * *', timeZone = 'UTC') {
  return givenApplication(server, await givenTenant(server), {
    import_schedule: { cron, timeZone, files: [] },
    next_run_at: '2026-02-20 02:00:00.000',
    ...values,
  });
}
const stagedFor = (application: ApplicationRow): Promise<ApplicationImportRow[]> =>
  server.db('application_imports').where({ application_id: application.id }).orderBy('number');
const nextRunOf = async ({ environment_id, id }: ApplicationRow) => (await findApplication(server.db, environment_id, id))?.next_run_at;

it('stages an import in the name of the schedule when it is due, once, and not before', async () => {
  const application = await givenNightly();
  expect(await stageDueImports(server.db, at('2026-02-20T01:59:59.999Z'))).toBe(0);
  expect(await stageDueImports(server.db, at('2026-02-20T02:00:00.000Z'))).toBe(1);
  expect(await stageDueImports(server.db, at('2026-02-20T02:00:00.000Z'))).toBe(0);
  expect(await stageDueImports(server.db, at('2026-02-20T23:00:00.000Z'))).toBe(0);
  const { environment_id } = application;
  const row = {
    environment_id,
    number: 1,
    type: 'Scheduled',
    status: 'Pending',
    created_by: 'Schedule',
    created_at: '2026-02-20 02:00:00.000',
  };
  expect(await stagedFor(application)).toMatchObject([row]);
  expect(await nextRunOf(application)).toBe('2026-02-21 02:00:00.000');
});

it('stages again at the next run, once the last import no longer waits', async () => {
  const application = await givenNightly();
  await stageDueImports(server.db, at('2026-02-20T02:00:01Z'));
  expect(await stageDueImports(server.db, at('2026-02-21T02:00:01Z'))).toBe(0);
  expect(await nextRunOf(application)).toBe('2026-02-22 02:00:00.000');
  await server.db('application_imports').update({ status: 'Running' });
  expect(await stageDueImports(server.db, at('2026-02-22T02:00:01Z'))).toBe(1);
  expect((await stagedFor(application)).map(({ status }) => status)).toEqual(['Running', 'Pending']);
});

it('stages although an import that somebody else staged still waits', async () => {
  const application = await givenNightly();
  const { environment_id, id: application_id } = application;
  const values = { environment_id, application_id, created_by: 'a test' };
  await insertApplicationImport(server.db, at('2026-02-20T01:00:00Z'), { ...values, type: 'API' });
  await insertApplicationImport(server.db, at('2026-02-20T01:00:00Z'), { ...values, type: 'Manual' });
  expect(await stageDueImports(server.db, at('2026-02-20T02:00:00Z'))).toBe(1);
});

it('counts runs that were missed once', async () => {
  const application = await givenNightly({}, '*/5 * * * *');
  expect(await stageDueImports(server.db, at('2026-03-01T12:01:00Z'))).toBe(1);
  expect((await stagedFor(application)).length).toBe(1);
  expect(await nextRunOf(application)).toBe('2026-03-01 12:05:00.000');
});

it('stages once where several processes look at the same moment', async () => {
  const applications = [await givenNightly(), await givenNightly(), await givenNightly()];
  const pools = Array.from({ length: 6 }, () => (isMySqlRun ? createDatabase(server.databaseUrl) : server.db));
  if (isMySqlRun) onTestFinished(async () => void (await Promise.all(pools.map((db) => db.destroy()))));
  const staged = await Promise.all(pools.map((db) => stageDueImports(db, at('2026-02-20T02:00:00Z'))));
  expect(staged.reduce((sum, count) => sum + count)).toBe(3);
  for (const application of applications) expect((await stagedFor(application)).length).toBe(1);
});

it('stages nothing for an archived application, and asks no more', async () => {
  const application = await givenNightly({ is_archived: 1 });
  expect(await stageDueImports(server.db, at('2026-02-20T02:00:00Z'))).toBe(0);
  expect([await stagedFor(application), await nextRunOf(application)]).toEqual([[], null]);
});

it('stages nothing without a next run', async () => {
  const applications = [await givenNightly({ next_run_at: null }), await givenNightly({ next_run_at: null }, null)];
  expect(await stageDueImports(server.db, at('2036-02-20T02:00:00Z'))).toBe(0);
  for (const application of applications) expect(await stagedFor(application)).toEqual([]);
});

it('stages a last time where the schedule was left without times, and then no more', async () => {
  const application = await givenNightly({}, null);
  expect(await stageDueImports(server.db, at('2026-02-20T02:00:00Z'))).toBe(1);
  expect(await nextRunOf(application)).toBeNull();
});

it.each([
  ['before the clocks go forward past it', '2026-03-28T01:30:00Z', '2026-03-29 01:00:00.000'],
  ['after that', '2026-03-29T01:00:00Z', '2026-03-30 00:30:00.000'],
  ['before the clocks go back', '2026-10-24T00:30:00Z', '2026-10-25 00:30:00.000'],
  ['in the hour that comes twice', '2026-10-25T00:30:00Z', '2026-10-26 01:30:00.000'],
])('moves on to 02:30, or the moment after it, in the time zone of the schedule: %s', async (_when, now, next) => {
  const application = await givenNightly({}, '30 2 * * *', 'Europe/Berlin');
  await stageDueImports(server.db, at(now));
  expect(await nextRunOf(application)).toBe(next);
});

it('stages for all others when one schedule can not be understood any more, and says that one failed', async () => {
  const broken = await givenNightly({}, '0 2 * * *', 'Mars/Olympus_Mons');
  const sound = await givenNightly();
  await expect(stageDueImports(server.db, at('2026-02-20T02:00:00.000Z'))).rejects.toThrow(AggregateError);
  expect([(await stagedFor(sound)).length, (await stagedFor(broken)).length]).toEqual([1, 0]);
});
