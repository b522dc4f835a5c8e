import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

const table = 'applications';
const [oldIndex, newIndex] = ['applications_by_name', 'applications_in_order'];
const rowsAtOnce = 100;

/**
 * Makes the list of applications a counted one, which needs one column for its order.
 *
 * MySQL cannot roll back changes of tables. The old index is dropped last, so its presence means that an interrupted run may have left any other step
 * undone. Each step can run twice.
 */
export async function up(db: Knex): Promise<void> {
  const { isMySql, exact, hasIndex, dropIndex } = tablesOf(db);
  if (!(await hasIndex(table, oldIndex))) return;
  if (!(await db.schema.hasColumn(table, 'sort_key')))
    await db.schema.alterTable(table, (t) => {
      exact(t, 'sort_key', 240).notNullable().defaultTo('');
    });
  await db.raw(`UPDATE ${table} SET sort_key = ${isMySql ? 'CONCAT(name, CHAR(1 USING utf8mb4), id)' : 'name || char(1) || id'}`);
  if (!(await hasIndex(table, newIndex))) await db.raw(`CREATE INDEX ${newIndex} ON ${table} (environment_id, sort_key)`);
  await countApplications(db);
  await dropIndex(table, oldIndex);
}

/** Stores the number of applications of each environment, as one block. A job divides large ones. */
async function countApplications(db: Knex): Promise<void> {
  await db('list_blocks').where('list', 'like', `["${table}",%`).delete();
  const counts: { environment_id: string; entries: number | string }[] = await db(table)
    .groupBy('environment_id')
    .select('environment_id')
    .count({ entries: '*' });
  const blocks = counts.map(({ environment_id, entries }) => ({
    list: JSON.stringify([table, 'sort_key', { environment_id }]),
    first_key: '',
    entries: Number(entries),
  }));
  for (let from = 0; from < blocks.length; from += rowsAtOnce) await db('list_blocks').insert(blocks.slice(from, from + rowsAtOnce));
}
