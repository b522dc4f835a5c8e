import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

const table = 'application_imports';
const newIndexes = {
  application_imports_in_order: 'environment_id, sort_key',
  application_imports_of_application_in_order: 'application_id, environment_id, sort_key',
};
const oldIndexes = ['application_imports_by_start', 'application_imports_of_application'];
const rowsAtOnce = 100;

/**
 * Makes the list of imports a counted one, which needs one column for its order: `sort_key` replaces `sort_at`.
 *
 * MySQL cannot roll back changes of tables. `sort_at` is dropped last, so its presence means that an interrupted run may have left any other step
 * undone. Each step can run twice.
 */
export async function up(db: Knex): Promise<void> {
  const { isMySql, exact, hasIndex, dropIndex } = tablesOf(db);
  if (!(await db.schema.hasColumn(table, 'sort_at'))) return;
  if (!(await db.schema.hasColumn(table, 'sort_key')))
    await db.schema.alterTable(table, (t) => {
      exact(t, 'sort_key', 50).notNullable().defaultTo('');
    });
  const sortKey = isMySql ? "CONCAT(sort_at, ' ', LPAD(number, 10, '0'))" : "sort_at || ' ' || printf('%010d', number)";
  await db.raw(`UPDATE ${table} SET sort_key = ${sortKey}`);
  for (const [index, columns] of Object.entries(newIndexes))
    if (!(await hasIndex(table, index))) await db.raw(`CREATE INDEX ${index} ON ${table} (${columns})`);
  await countImports(db);
  for (const index of oldIndexes) await dropIndex(table, index);
  await db.raw(`ALTER TABLE ${table} DROP COLUMN sort_at`);
}

/** Stores the number of imports of each environment and of each application, as one block each. A job divides large ones. */
async function countImports(db: Knex): Promise<void> {
  await db('list_blocks').where('list', 'like', `["${table}",%`).delete();
  const counts: { environment_id: string; application_id: string; entries: number | string }[] = await db(table)
    .groupBy('environment_id', 'application_id')
    .select('environment_id', 'application_id')
    .count({ entries: '*' });
  const entriesByList = new Map<string, number>();
  for (const { environment_id, application_id, entries } of counts)
    for (const where of [{ environment_id }, { environment_id, application_id }]) {
      const list = JSON.stringify([table, 'sort_key', where]);
      entriesByList.set(list, (entriesByList.get(list) ?? 0) + Number(entries));
    }
  const blocks = [...entriesByList].map(([list, entries]) => ({ list, first_key: '', entries }));
  for (let from = 0; from < blocks.length; from += rowsAtOnce) await db('list_blocks').insert(blocks.slice(from, from + rowsAtOnce));
}
