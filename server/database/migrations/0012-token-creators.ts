import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

/** Each step first checks whether an interrupted run has already done it, because MySQL cannot roll back changes of tables. */
export async function up(db: Knex): Promise<void> {
  const { isMySql, id } = tablesOf(db);
  if (!(await db.schema.hasColumn('tokens', 'is_creator_deleted')))
    await db.schema.alterTable('tokens', (t) => t.boolean('is_creator_deleted').notNullable().defaultTo(false));
  if (await db.schema.hasColumn('tokens', 'creator_id')) return;
  // One statement on MySQL, so that the column never exists without its index.
  if (isMySql)
    await db.raw(
      'ALTER TABLE tokens ADD creator_id CHAR(36) CHARACTER SET ascii COLLATE ascii_general_ci NULL, ADD INDEX tokens_of_creator (creator_id)',
    );
  else
    await db.schema.alterTable('tokens', (t) => {
      id(t as Knex.CreateTableBuilder, 'creator_id').nullable();
      t.index(['creator_id'], 'tokens_of_creator');
    });
}
