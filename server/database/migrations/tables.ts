import type { Knex } from 'knex';

type Table = Knex.CreateTableBuilder;

/**
 * The kinds of columns there are. Ids are compared without regard to case, keys and hashes byte for byte; both databases are told so column by
 * column, because their defaults differ.
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

  /** MySQL can't take back a table: what a run that broke off has left is dropped first, if nothing is in it. */
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
  return { isMySql, id, exact, instant, longText, create };
}

/** Throws for a table that has rows: then the database is somebody else's, or ours without its record of migrations. */
export async function dropEmpty(db: Knex, table: string): Promise<void> {
  if (!(await db.schema.hasTable(table))) return;
  if (await db(table).first())
    throw new Error(`the database is not empty: it has a table ${table} with rows; name an empty one in DATABASE_URL`);
  await db.schema.dropTable(table);
}
