import type { Permission } from '../../../server/access/store/token-rows.ts';
import type { Db } from '../../../server/database/database.ts';
import type { Row, Variant } from './variant.ts';
import { variants } from './variants.ts';
import { isVisible } from './visible-fields.ts';

const keys: Record<string, string[]> = {
  application_records: ['generation_id', 'rows_kind', 'record_key'],
  comments: ['position'],
  custom_field_values: ['personnel_event_id', 'field'],
  search_phrases: ['environment_id', 'list', 'phrase', 'row_key'],
};
const keyOf = (table: string, row: Row): Row => Object.fromEntries((keys[table] ?? ['id']).map((name) => [name, row[name]]));

/** The rows of all tables that variants change, as they were first. */
export type StoredRows = Map<string, Row[]>;

/** Reads the rows of these tables; `exceptId` leaves out the token that the test uses. */
export async function readRows(db: Db, exceptId: string, all: Variant[] = variants): Promise<StoredRows> {
  const rows: StoredRows = new Map();
  for (const table of new Set(all.map((variant) => variant.table)))
    rows.set(
      table,
      (await db(table).select()).filter(({ id }) => id !== exceptId),
    );
  return rows;
}

export const hiddenVariants = (permissions: Permission[], all: Variant[] = variants): Variant[] =>
  all.filter(({ shownIn }) => !shownIn.some((conditions) => conditions.every((shown) => isVisible(permissions, shown))));

interface ChangedRow {
  table: string;
  before: Row;
  after: Row;
}

function changed(before: Row, chosen: Variant[], index: number): Row {
  const row = { ...before };
  for (const { change } of chosen) Object.assign(row, change(row, index));
  return row;
}

/** Returns the rows that the variants change. */
export function changedRows(stored: StoredRows, chosen: Variant[]): ChangedRow[] {
  return [...stored].flatMap(([table, rows]) => {
    const ofTable = chosen.filter((variant) => variant.table === table);
    return ofTable.length === 0
      ? []
      : rows.map((before, index) => ({
          table,
          before,
          after: changed(before, ofTable, index),
        }));
  });
}

const searchedKeys: Record<string, string> = { fact_users: 'user_key', fact_tenants: 'tenant_key' };

/** Moves the phrases by which a search finds a user or tenant, as its environment was changed. */
async function movePhrases(db: Db, list: string, { environment_id, ...row }: Row, to: Row): Promise<void> {
  const key = searchedKeys[list];
  if (key === undefined || to.environment_id === environment_id) return;
  await db('search_phrases').where({ environment_id, list, row_key: row[key] }).update({ environment_id: to.environment_id });
}

async function update(db: Db, rows: { table: string; from: Row; to: Row }[]): Promise<void> {
  for (const { table, from, to } of rows) {
    const changes = Object.fromEntries(Object.entries(to).filter(([name, value]) => value !== from[name]));
    if (Object.keys(changes).length > 0) await db(table).where(keyOf(table, from)).update(changes);
    await movePhrases(db, table, from, to);
  }
}

/** Stores the changed rows. */
export const applyChanges = (db: Db, rows: ChangedRow[]): Promise<void> =>
  update(
    db,
    rows.map(({ table, before, after }) => ({ table, from: before, to: after })),
  );

/** Runs `work` while the rows are changed, and restores them. */
export async function whileChanged<Result>(db: Db, rows: ChangedRow[], work: () => Promise<Result>): Promise<Result> {
  await applyChanges(db, rows);
  try {
    return await work();
  } finally {
    await update(
      db,
      rows.map(({ table, before, after }) => ({ table, from: after, to: before })),
    );
  }
}
