import type { Db } from '../../database/database.ts';
import { deleteSomeRows } from '../../database/delete-some-rows.ts';
import { toInstant } from '../../database/instants.ts';
import type { RecordCounts } from './applications.ts';
import type { ImportLease } from './build-queue.ts';

export interface GenerationRow {
  id: number;
  application_id: string;
  application_import_id: string;
  lease_id: string;
  record_counts: string | null;
}

export const noRecords: RecordCounts = { users: 0, groups: 0, privileges: 0, identities: 0 };
const records = 'application_records';
const rowsPerDelete = 2_000;

/** Inserts an empty generation for the records of a build and returns its id. */
export async function insertGeneration(db: Db, lease: ImportLease, now: Date): Promise<number> {
  const [id] = await db('generations').insert({
    application_id: lease.import.application_id,
    application_import_id: lease.import.id,
    lease_id: lease.leaseId,
    created_at: toInstant(now),
  });
  return Number(id);
}

/** Returns the number of records in a generation by kind of rows. All are zero if `generationId` is null. */
export async function findRecordCounts(db: Db, generationId: number | null): Promise<RecordCounts> {
  if (generationId === null) return noRecords;
  const row = await db<GenerationRow>('generations').where({ id: generationId }).first('record_counts');
  return row?.record_counts ? JSON.parse(row.record_counts) : noRecords;
}

/** Deletes up to 2,000 records of a generation and returns their number. */
const deleteSomeRecords = (db: Db, generationId: number): Promise<number> =>
  deleteSomeRows(db, `${records} WHERE generation_id = ?`, [generationId], rowsPerDelete);

/** Deletes the records that a build wrote after it lost its lease. Does nothing if readers see the generation. */
export async function deleteRecordsOfLostBuild(db: Db, generationId: number): Promise<void> {
  if (await db('applications').where({ generation_id: generationId }).first('id')) return;
  while ((await deleteSomeRecords(db, generationId)) > 0);
}

/**
 * Deletes some records of a generation that is not in use. Returns whether there may be more.
 *
 * A generation is in use if an application shows it or is synced with it, or if its import still has the lease that created it. Safe to run in
 * many processes.
 */
export async function deleteSomeUnusedRecords(db: Db): Promise<boolean> {
  const unused: GenerationRow | undefined = await db('generations')
    .leftJoin('applications', 'applications.generation_id', 'generations.id')
    .leftJoin('applications as synced', 'synced.synced_generation_id', 'generations.id')
    .leftJoin('application_imports', 'application_imports.lease_id', 'generations.lease_id')
    .whereNull('applications.id')
    .whereNull('synced.id')
    .whereNull('application_imports.id')
    .first('generations.*');
  if (!unused) return false;
  if ((await deleteSomeRecords(db, unused.id)) === 0) await db('generations').where({ id: unused.id }).delete();
  return true;
}
