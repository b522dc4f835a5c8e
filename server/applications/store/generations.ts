import type { Knex } from 'knex';
import type { Db } from '../../database/database.ts';
import { toInstant } from '../../database/instants.ts';
import type { RecordCounts, RowsKind } from './applications.ts';
import type { ImportLease } from './build-queue.ts';

interface GenerationRow {
  id: number;
  application_id: string;
  application_import_id: string;
  lease_id: string;
  record_counts: string | null;
}
export interface RecordRow {
  record_key: string;
  attributes: string;
}

const noRecords: RecordCounts = { users: 0, groups: 0, privileges: 0, identities: 0 };
const records = 'application_records';
const stepSize = 20_000;
const deleteStep = 2_000;

/** A place for a build's records beside those that readers see. */
export async function insertGeneration(db: Db, lease: ImportLease, now: Date): Promise<number> {
  const [id] = await db('generations').insert({
    application_id: lease.import.application_id,
    application_import_id: lease.import.id,
    lease_id: lease.leaseId,
    created_at: toInstant(now),
  });
  return Number(id);
}

/** How many records readers see of an application; all zero before its first finished import. */
export async function findRecordCounts(db: Db, generationId: number | null): Promise<RecordCounts> {
  if (generationId === null) return noRecords;
  const row = await db<GenerationRow>('generations').where({ id: generationId }).first('record_counts');
  return row?.record_counts ? JSON.parse(row.record_counts) : noRecords;
}

/**
 * A page of an application's records, ordered by key, of one generation only: which one is decided in the statement that reads them.
 *
 * `after` starts behind a key, at a cost that does not depend on how deep that is.
 */
export async function listRecords(
  db: Db,
  applicationId: string,
  rows: RowsKind,
  { after, limit, offset }: { after?: string | undefined; limit: number; offset: number },
): Promise<{ rows: RecordRow[]; totalCount: number }> {
  const query = db('applications')
    .join('generations', 'generations.id', 'applications.generation_id')
    .leftJoin(
      db(records)
        .where({ rows_kind: rows })
        .where('generation_id', db('applications').where({ id: applicationId }).select('generation_id'))
        .where((behind) => (after === undefined ? behind : behind.where('record_key', '>', after)))
        .orderBy('record_key')
        .limit(limit)
        .offset(offset)
        .select('generation_id', 'record_key', 'attributes')
        .as('page'),
      'page.generation_id',
      'applications.generation_id',
    )
    .where('applications.id', applicationId)
    .orderBy('page.record_key')
    .select('generations.record_counts', 'page.record_key', 'page.attributes');
  const found: (RecordRow & Pick<GenerationRow, 'record_counts'>)[] = await query;
  const counts: RecordCounts = found[0]?.record_counts ? JSON.parse(found[0].record_counts) : noRecords;
  return { rows: found.filter((row) => row.record_key !== null), totalCount: counts[rows] };
}

/** Walks the keys of a generation in steps that are short statements: each is the keys behind `from` up to and including `to`. */
async function forKeyRanges(
  db: Db,
  generationId: number,
  rows: RowsKind,
  work: (inRange: (query: Knex.QueryBuilder, column: string) => Knex.QueryBuilder) => Promise<void>,
): Promise<void> {
  let from: string | undefined;
  let to: string | undefined;
  do {
    const behind = (query: Knex.QueryBuilder, column: string) => (from === undefined ? query : query.where(column, '>', from));
    const last: RecordRow | undefined = await behind(db(records).where({ generation_id: generationId, rows_kind: rows }), 'record_key')
      .orderBy('record_key')
      .offset(stepSize - 1)
      .first('record_key');
    to = last?.record_key;
    await work((query, column) => (to === undefined ? behind(query, column) : behind(query, column).where(column, '<=', to)));
    from = to;
  } while (to !== undefined);
}

/** How many keys two generations share, and how many of those have the same attributes. */
export async function compareGenerations(
  db: Db,
  rows: RowsKind,
  before: number,
  after: number,
  onStep: () => Promise<void>,
): Promise<{ shared: number; same: number }> {
  const total = { shared: 0, same: 0 };
  await forKeyRanges(db, after, rows, async (inRange) => {
    const pairs = db(`${records} as new`)
      .join(`${records} as old`, (on) => on.on('old.record_key', 'new.record_key').on('old.rows_kind', 'new.rows_kind'))
      .where({ 'new.generation_id': after, 'new.rows_kind': rows, 'old.generation_id': before });
    const [counts] = await inRange(pairs, 'new.record_key').select(
      db.raw('COUNT(*) AS shared'),
      db.raw('SUM(CASE WHEN old.attributes = new.attributes THEN 1 ELSE 0 END) AS same'),
    );
    total.shared += Number(counts.shared);
    total.same += Number(counts.same ?? 0);
    await onStep();
  });
  return total;
}

/** Takes the records of one kind over from another generation. */
export const copyRecords = (db: Db, rows: RowsKind, before: number, after: number, onStep: () => Promise<void>): Promise<void> =>
  forKeyRanges(db, before, rows, async (inRange) => {
    const source = db(records).where({ generation_id: before, rows_kind: rows });
    const columns = ['rows_kind', 'record_key', 'position', 'attributes', 'person_number', 'person_email'];
    await db(db.raw(`?? (generation_id, ${columns.join(', ')})`, [records])).insert(
      inRange(source, 'record_key').select(db.raw('?', [after]), ...columns),
    );
    await onStep();
  });

/** Takes away a few thousand records of a generation that nobody sees. Answers how many. */
async function deleteSomeRecords(db: Db, generationId: number): Promise<number> {
  const deleted = await db.raw(`DELETE FROM ${records} WHERE generation_id = ? LIMIT ${deleteStep}`, [generationId]);
  return Number(deleted.changes ?? deleted[0].affectedRows);
}

/** Takes away what a build wrote after it had lost its import to another one. Never what readers see. */
export async function deleteLostRecords(db: Db, generationId: number): Promise<void> {
  if (await db('applications').where({ generation_id: generationId }).first('id')) return;
  while ((await deleteSomeRecords(db, generationId)) > 0);
}

/**
 * Takes away some records of a generation that nobody sees and nobody builds. Answers whether there may be more.
 *
 * A generation is being built as long as its import is leased under the lease it was made with. Safe to run on many processes.
 */
export async function deleteSomeOldRecords(db: Db): Promise<boolean> {
  const old: GenerationRow | undefined = await db('generations')
    .leftJoin('applications', 'applications.generation_id', 'generations.id')
    .leftJoin('applications as carrying', 'carrying.synced_generation_id', 'generations.id')
    .leftJoin('application_imports', 'application_imports.lease_id', 'generations.lease_id')
    .whereNull('applications.id')
    .whereNull('carrying.id')
    .whereNull('application_imports.id')
    .first('generations.*');
  if (!old) return false;
  if ((await deleteSomeRecords(db, old.id)) === 0) await db('generations').where({ id: old.id }).delete();
  return true;
}
