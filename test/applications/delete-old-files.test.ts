import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { deleteOldFiles } from '../../server/applications/delete-old-files.ts';
import { insertApplicationImport } from '../../server/applications/store/application-imports.ts';
import type { ApplicationRow } from '../../server/applications/store/applications.ts';
import { toInstant } from '../../server/database/instants.ts';
import { givenApplication, givenTenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const dayMs = 24 * 60 * 60 * 1000;
const now = new Date('2026-06-15T12:00:00.000Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);
const deleteOld = () => deleteOldFiles(server.db, server.importFiles, now, 30);

/** Stores a file and sets its modification time to `days` ago. */
async function givenFile(days: number) {
  const file = await server.importFiles.store(Readable.from([Buffer.from('Login\nann\n')]));
  utimesSync(join(server.config.uploadDirectory, file.id.slice(0, 2), `${file.id}.csv`), daysAgo(days), daysAgo(days));
  return file;
}

/** Inserts an import with a file, created 400 days ago. It ended `days` ago, or is still open if `days` is null. */
async function givenImportWithFile(application: ApplicationRow, days: number | null) {
  const file = await givenFile(400);
  const { environment_id, id: application_id } = application;
  const row = await insertApplicationImport(
    server.db,
    daysAgo(400),
    { environment_id, application_id, type: 'API', created_by: 'a test' },
    [{ ...file, file_group_id: application.connector?.fileGroups[0]?.id as string, file_group: 'Users', name: 'users.csv' }],
  );
  if (days !== null)
    await server
      .db('application_imports')
      .where({ id: row.id })
      .update({ status: 'Failed', build_end: toInstant(daysAgo(days)) });
  const deletedAt = async () => (await server.db('application_imports').where({ id: row.id }).first('files_deleted_at')).files_deleted_at;
  return { file, deletedAt, exists: () => server.importFiles.has(file.id) };
}

it('deletes only the files of imports that ended longer ago than the retention time', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  const [old, recent, open] = [
    await givenImportWithFile(application, 30.01),
    await givenImportWithFile(application, 29.99),
    await givenImportWithFile(application, null),
  ];
  await deleteOld();
  expect([await old.exists(), await old.deletedAt()]).toEqual([false, '2026-06-15 12:00:00.000']);
  for (const retained of [recent, open]) expect([await retained.exists(), await retained.deletedAt()]).toEqual([true, null]);
  const rows = await server.db('application_import_files').whereIn('id', [old.file.id, recent.file.id, open.file.id]);
  expect(rows.length).toBe(3);
});

it('changes nothing in a second run, and accepts files that are already deleted', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  const old = await givenImportWithFile(application, 31);
  await server.importFiles.remove(old.file.id);
  await deleteOld();
  await deleteOldFiles(server.db, server.importFiles, daysAgo(-1), 30);
  expect([await old.exists(), await old.deletedAt()]).toEqual([false, '2026-06-15 12:00:00.000']);
});

it('processes more imports than one query returns in a single run', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  const { environment_id, id: application_id } = application;
  for (let count = 0; count < 230; count++)
    await insertApplicationImport(server.db, daysAgo(400), { environment_id, application_id, type: 'API', created_by: 'a test' });
  await server
    .db('application_imports')
    .where({ application_id })
    .update({ status: 'Finished', build_end: toInstant(daysAgo(40)) });
  await deleteOld();
  expect(await server.db('application_imports').where({ application_id }).whereNull('files_deleted_at')).toEqual([]);
});
