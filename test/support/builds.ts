import { Readable } from 'node:stream';
import { buildNextApplicationImport } from '../../server/applications/build/build-application-import.ts';
import type { BuildSettings } from '../../server/applications/build/build-settings.ts';
import type { ImportFiles } from '../../server/applications/import-files.ts';
import { stageDueImports } from '../../server/applications/stage-due-imports.ts';
import {
  type ApplicationImportRow,
  findApplicationImport,
  type ImportMetrics,
} from '../../server/applications/store/application-imports.ts';
import { type ApplicationRow, findApplication, type RowsKind, rowsKinds } from '../../server/applications/store/applications.ts';
import { listRecords } from '../../server/applications/store/generation-records.ts';
import { deleteSomeUnusedRecords, findRecordCounts } from '../../server/applications/store/generations.ts';
import type { Db } from '../../server/database/database.ts';
import { syncIdentities } from '../../server/people/sync-identities.ts';
import { givenImport } from './given.ts';
import type { TestServer } from './server.ts';

export const leaseMs = 30_000;

/** Builds the next pending import, with `changes` to the default build settings. Returns false if there was nothing to build. */
export const buildNext = (server: TestServer, changes: Partial<BuildSettings> = {}): Promise<boolean> =>
  buildNextApplicationImport({
    db: server.db,
    importFiles: server.importFiles,
    clock: () => server.clock.now,
    log: server.log,
    leaseMs,
    renewMs: 0,
    stop: new AbortController().signal,
    syncIdentities,
    diskShortage: () => undefined,
    ...changes,
  });

/** Stages the imports that are due, with the settings of the server. */
export const stageDue = (server: TestServer, now: Date, db: Db = server.db): Promise<number> =>
  stageDueImports(db, now, { openImportsMax: server.config.openImportsMax, log: server.log });

/** Reads the current row of an import. `log` is never null, and `metrics` is parsed. */
export async function readImport(server: TestServer, row: Pick<ApplicationImportRow, 'environment_id' | 'id'>) {
  const now = (await findApplicationImport(server.db, row.environment_id, row.id)) as ApplicationImportRow;
  return { ...now, log: now.log ?? '', metrics: now.metrics ? (JSON.parse(now.metrics) as ImportMetrics) : null };
}

/** Stages an import of the application, builds all pending imports and returns the row of this one, as `readImport` does. */
export async function runImport(server: TestServer, application: ApplicationRow) {
  const row = await givenImport(server, application);
  await server.build();
  return readImport(server, row);
}

/** Returns the attributes of an application's current records, by record key. */
export async function recordsOf(db: Db, application: ApplicationRow, rows: RowsKind = 'users'): Promise<Record<string, object>> {
  const found = await listRecords(db, application.id, rows, { limit: 1_000_000, offset: 0 });
  return Object.fromEntries(found.rows.map((row) => [row.record_key, JSON.parse(row.attributes)]));
}

/** Returns everything that readers can see of an application, to compare it before and after a build. */
export async function visibleStateOf({ db }: TestServer, application: ApplicationRow) {
  const now = (await findApplication(db, application.environment_id, application.id)) as ApplicationRow;
  const records = [];
  for (const rows of rowsKinds) records.push(await recordsOf(db, application, rows));
  return { lastUpdated: now.last_updated, generation: now.generation_id, counts: await findRecordCounts(db, now.generation_id), records };
}

/** Returns the metrics of one kind of rows. */
export const importCounts = (read: number, added: number, changed: number, removed: number, unchanged: number, rejected: number) => ({
  read,
  added,
  changed,
  removed,
  unchanged,
  rejected,
});

/** Wraps import files so that `work` runs in the middle of each file that is read. */
export const interruptReads = (importFiles: ImportFiles, work: () => Promise<unknown>): ImportFiles => ({
  ...importFiles,
  read: (id) =>
    Readable.from(
      (async function* () {
        const file = Buffer.concat(await importFiles.read(id).toArray());
        const half = Math.floor(file.length / 2);
        yield file.subarray(0, half);
        await work();
        for (let at = half; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536);
      })(),
    ),
});

/** Deletes unused records as the worker does, then counts the generations and records that belong to no application's current generation. */
export async function countLeftoverRows(db: Db): Promise<{ generations: number; records: number }> {
  while (await deleteSomeUnusedRecords(db));
  const shown = db('applications').whereNotNull('generation_id').select('generation_id');
  const [generations] = await db('generations').whereNotIn('id', shown.clone()).count({ count: '*' });
  const [records] = await db('application_records').whereNotIn('generation_id', shown.clone()).count({ count: '*' });
  return { generations: Number(generations?.count), records: Number(records?.count) };
}
