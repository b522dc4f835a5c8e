import type { Knex } from 'knex';
import type { Db } from '../../database/database.ts';
import type { RecordCounts, RowsKind } from './applications.ts';
import { type GenerationRow, noRecords } from './generations.ts';

interface RecordRow {
  record_key: string;
  attributes: string;
}

const records = 'application_records';
const keysPerStep = 20_000;

/**
 * Lists a page of an application's records by key.
 *
 * One statement selects the current generation and reads it, so a page never mixes two generations. The cost of `after` does not depend on the
 * number of skipped records, unlike that of `offset`.
 */
export async function listRecords(
  db: Db,
  applicationId: string,
  rowsKind: RowsKind,
  { after, limit, offset }: { after?: string | undefined; limit: number; offset: number },
): Promise<{ rows: RecordRow[]; totalCount: number }> {
  const query = db('applications')
    .join('generations', 'generations.id', 'applications.generation_id')
    .leftJoin(
      db(records)
        .where({ rows_kind: rowsKind })
        .where('generation_id', db('applications').where({ id: applicationId }).select('generation_id'))
        .where((inRange) => (after === undefined ? inRange : inRange.where('record_key', '>', after)))
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
  const page: (RecordRow & Pick<GenerationRow, 'record_counts'>)[] = await query;
  const counts: RecordCounts = page[0]?.record_counts ? JSON.parse(page[0].record_counts) : noRecords;
  return { rows: page.filter((row) => row.record_key !== null), totalCount: counts[rowsKind] };
}

/** Runs `work` for consecutive key ranges of a generation, at most 20,000 keys each, so that every statement is short. */
async function forKeyRanges(
  db: Db,
  generationId: number,
  rowsKind: RowsKind,
  work: (inRange: (query: Knex.QueryBuilder, column: string) => Knex.QueryBuilder) => Promise<void>,
): Promise<void> {
  let from: string | undefined;
  let to: string | undefined;
  do {
    const afterFrom = (query: Knex.QueryBuilder, column: string) => (from === undefined ? query : query.where(column, '>', from));
    const last: RecordRow | undefined = await afterFrom(
      db(records).where({ generation_id: generationId, rows_kind: rowsKind }),
      'record_key',
    )
      .orderBy('record_key')
      .offset(keysPerStep - 1)
      .first('record_key');
    to = last?.record_key;
    await work((query, column) => (to === undefined ? afterFrom(query, column) : afterFrom(query, column).where(column, '<=', to)));
    from = to;
  } while (to !== undefined);
}

/** Counts the keys that two generations share, and those of them whose attributes are equal. */
export async function compareGenerations(
  db: Db,
  rowsKind: RowsKind,
  before: number,
  after: number,
  onStep: () => Promise<void>,
): Promise<{ shared: number; unchanged: number }> {
  const total = { shared: 0, unchanged: 0 };
  await forKeyRanges(db, after, rowsKind, async (inRange) => {
    const pairs = db(`${records} as new`)
      .join(`${records} as old`, (on) => on.on('old.record_key', 'new.record_key').on('old.rows_kind', 'new.rows_kind'))
      .where({ 'new.generation_id': after, 'new.rows_kind': rowsKind, 'old.generation_id': before });
    const [counts] = await inRange(pairs, 'new.record_key').select(
      db.raw('COUNT(*) AS shared'),
      db.raw('SUM(CASE WHEN old.attributes = new.attributes THEN 1 ELSE 0 END) AS unchanged'),
    );
    total.shared += Number(counts.shared);
    total.unchanged += Number(counts.unchanged ?? 0);
    await onStep();
  });
  return total;
}

/** Copies the records of one kind of rows from another generation. */
export const copyRecords = (db: Db, rowsKind: RowsKind, before: number, after: number, onStep: () => Promise<void>): Promise<void> =>
  forKeyRanges(db, before, rowsKind, async (inRange) => {
    const source = db(records).where({ generation_id: before, rows_kind: rowsKind });
    const columns = ['rows_kind', 'record_key', 'position', 'attributes', 'person_number', 'person_email'];
    await db(db.raw(`?? (generation_id, ${columns.join(', ')})`, [records])).insert(
      inRange(source, 'record_key').select([db.raw('?', [after]), ...columns]),
    );
    await onStep();
  });
