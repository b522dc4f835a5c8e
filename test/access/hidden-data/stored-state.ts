import type { Db } from '../../../server/database/database.ts';
import type { Row } from './variant.ts';

/** Tables whose rows do not matter for responses, or that the server writes at any time. */
const ignored = /^(sqlite_|knex_|migrations|rate_|api_log|list_blocks_locks)/;

async function tablesOf(db: Db): Promise<string[]> {
  const isMySql = process.env.TEST_DATABASE === 'mysql';
  const sql = isMySql
    ? 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()'
    : "SELECT name FROM sqlite_master WHERE type = 'table'";
  const found = await db.raw(sql);
  const rows: { name: string }[] = isMySql ? found[0] : found;
  return rows.map(({ name }) => name).filter((name) => !ignored.test(name));
}

export interface StoredState {
  /** Restores all rows to the state at `readState`. */
  restore: () => Promise<void>;
  /** Tells whether a stored value contains the text. */
  contains: (text: string) => boolean;
}

/** Reads all rows of the database. */
export async function readState(db: Db): Promise<StoredState> {
  const tables = await tablesOf(db);
  const rowsOf = async (): Promise<Map<string, Row[]>> => {
    const rows = new Map<string, Row[]>();
    for (const table of tables) rows.set(table, await db(table).select());
    return rows;
  };
  const first = await rowsOf();
  const texts = new Map([...first].map(([table, rows]) => [table, JSON.stringify(rows)]));
  const all = [...texts.values()].join('\n');
  return {
    contains: (text) => all.includes(text),
    restore: async () => {
      for (const [table, rows] of await rowsOf()) {
        if (JSON.stringify(rows) === texts.get(table)) continue;
        await db(table).delete();
        for (const row of first.get(table) as Row[]) await db(table).insert(row);
      }
    },
  };
}
