import type { Knex } from 'knex';

const renamed = [
  ['applications', 'carried_generation_id', 'synced_generation_id'],
  ['application_imports', 'carried', 'sync_progress'],
  ['tokens', 'sealed_secret', 'encrypted_secret'],
] as const;

/**
 * Renames columns to the terms of the glossary in `docs/ARCHITECTURE.md`.
 *
 * Skips a column that already has its new name: MySQL commits each statement, so an interrupted run may have renamed some.
 */
export async function up(db: Knex): Promise<void> {
  for (const [table, from, to] of renamed)
    if (await db.schema.hasColumn(table, from)) await db.raw('ALTER TABLE ?? RENAME COLUMN ?? TO ??', [table, from, to]);
}
