import type { Db } from '../../../server/database/database.ts';
import { listTables } from '../../support/isolation/twin-rows.ts';
import type { Row } from './variant.ts';

/** Tables whose rows do not matter for responses, or that the server writes at any time. */
const ignored = /^(knex_|migrations|rate_|api_log|list_blocks_locks)/;

export interface StoredState {
  /** Restores all rows to the state at `readState`. */
  restore: () => Promise<void>;
  /** Tells whether a stored value contains the text. */
  contains: (text: string) => boolean;
}

/** Reads all rows of the database. */
export async function readState(db: Db): Promise<StoredState> {
  const tables = (await listTables(db)).filter((name) => !ignored.test(name));
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
