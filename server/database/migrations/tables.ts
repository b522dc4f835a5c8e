import type { Knex } from 'knex';

type Table = Knex.CreateTableBuilder;

/**
 * Returns the column types and the `create` function that migrations use.
 *
 * Ids compare without regard to case, keys and hashes byte by byte. Each column states its collation, because the databases' defaults differ.
 */
export function tablesOf(db: Knex) {
  const isMySql = db.client.config.client === 'mysql2';
  const id = (t: Table, name: string) =>
    isMySql ? t.specificType(name, 'CHAR(36) CHARACTER SET ascii COLLATE ascii_general_ci') : t.specificType(name, 'TEXT COLLATE NOCASE');
  const exact = (t: Table, name: string, length: number) =>
    isMySql
      ? t.specificType(name, `VARCHAR(${length}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
      : t.specificType(name, 'TEXT COLLATE BINARY');
  const instant = (t: Table, name: string) => t.specificType(name, isMySql ? 'DATETIME(3)' : 'TEXT');
  const longText = (t: Table, name: string) => t.text(name, 'mediumtext');

  const hasIndex = async (table: string, index: string): Promise<boolean> =>
    isMySql
      ? (await db.raw('SHOW INDEX FROM ?? WHERE Key_name = ?', [table, index]))[0].length > 0
      : (await db('sqlite_master').where({ type: 'index', name: index }).first('name')) !== undefined;
  /** Drops an index. Does nothing if an interrupted run has dropped it. */
  const dropIndex = async (table: string, index: string): Promise<void> => {
    if (await hasIndex(table, index)) await db.raw(`DROP INDEX ${index}${isMySql ? ` ON ${table}` : ''}`);
  };

  /** Creates a table. First drops an empty one left by an interrupted run, because MySQL cannot roll back the creation of a table. */
  const create = async (table: string, columns: (t: Table) => void) => {
    await dropEmpty(db, table);
    await db.schema.createTable(table, (t) => {
      if (isMySql) {
        t.engine('InnoDB');
        t.charset('utf8mb4');
        t.collate('utf8mb4_bin');
      }
      columns(t);
    });
  };
  return { isMySql, id, exact, instant, longText, hasIndex, dropIndex, create };
}

/** Drops an empty table. Throws if it has rows: then the database belongs to another program, or its record of migrations is lost. */
export async function dropEmpty(db: Knex, table: string): Promise<void> {
  if (!(await db.schema.hasTable(table))) return;
  if (await db(table).first())
    throw new Error(`the database is not empty: it has a table ${table} with rows; name an empty one in DATABASE_URL`);
  await db.schema.dropTable(table);
}
