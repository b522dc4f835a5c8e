import type { Knex } from 'knex';
import { tablesOf } from './tables.ts';

const rowsAtOnce = 500;

/** The phrases that `search-phrases.ts` stores for a row. A copy, because a migration must not change with it. */
function phrasesOf(texts: (string | null)[]): string[] {
  const phrases = texts.flatMap((text) => {
    const folded = (text ?? '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    const words = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
    return words.slice(0, 16).map((_word, index) => [...words.slice(index).join(' ')].slice(0, 200).join('').trimEnd());
  });
  return phrases.sort().filter((phrase, index) => !phrases[index + 1]?.startsWith(phrase));
}

export async function up(db: Knex): Promise<void> {
  await createSearchPhrases(db);
  await createIndex(db, 'fact_members', 'fact_members_in_order', ['user_id', 'tenant_key']);
}

/** Does nothing if an interrupted run on MySQL has already created the index. */
async function createIndex(db: Knex, table: string, index: string, columns: string[]): Promise<void> {
  const isCreated = tablesOf(db).isMySql
    ? (await db.raw('SHOW INDEX FROM ?? WHERE Key_name = ?', [table, index]))[0].length > 0
    : await db('sqlite_master').where({ type: 'index', name: index }).first('name');
  if (!isCreated) await db.raw(`CREATE UNIQUE INDEX ${index} ON ${table} (${columns})`);
}

/** Creates the index of phrases for searches of users and tenants, and fills it. It replaces the column `search_text`. */
async function createSearchPhrases(db: Knex): Promise<void> {
  const { isMySql, id, exact, create } = tablesOf(db);
  // An interrupted run on MySQL may have filled a part of it.
  await db.schema.dropTableIfExists('search_phrases');
  if (isMySql)
    await create('search_phrases', (t) => {
      id(t, 'environment_id').notNullable();
      t.specificType('list', 'VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin').notNullable();
      exact(t, 'phrase', 200).notNullable();
      exact(t, 'row_key', 200).notNullable();
      t.primary(['environment_id', 'list', 'phrase', 'row_key']);
    });
  // Raw SQL, because knex has no WITHOUT ROWID, which stores one tree instead of a table and an index.
  else
    await db.raw(
      `CREATE TABLE search_phrases (environment_id TEXT COLLATE NOCASE NOT NULL, list TEXT NOT NULL, phrase TEXT NOT NULL,
         row_key TEXT NOT NULL, PRIMARY KEY (environment_id, list, phrase, row_key)) WITHOUT ROWID`,
    );
  await fill(db, 'fact_users', ({ user_key = '', email = '', first_name, last_name }) => ({
    row_key: user_key as string,
    texts: [user_key, email, `${first_name ?? ''} ${last_name ?? ''}`, `${last_name ?? ''} ${first_name ?? ''}`],
  }));
  await fill(db, 'fact_tenants', ({ tenant_key = '', name = '' }) => ({ row_key: tenant_key as string, texts: [tenant_key, name] }));
  for (const list of ['fact_users', 'fact_tenants'])
    if (await db.schema.hasColumn(list, 'search_text')) await db.raw(`ALTER TABLE ${list} DROP COLUMN search_text`);
}

type StoredRow = Record<string, string | null> & { id: string; environment_id: string };

async function fill(db: Knex, list: string, read: (row: StoredRow) => { row_key: string; texts: (string | null)[] }): Promise<void> {
  for (let after = ''; ; ) {
    const rows: StoredRow[] = await db(list).where('id', '>', after).orderBy('id').limit(rowsAtOnce).select();
    const last = rows.at(-1);
    if (!last) return;
    const phrases = rows.flatMap((row) => {
      const { row_key, texts } = read(row);
      return phrasesOf(texts).map((phrase) => ({ environment_id: row.environment_id, list, phrase, row_key }));
    });
    for (let from = 0; from < phrases.length; from += rowsAtOnce) await db('search_phrases').insert(phrases.slice(from, from + rowsAtOnce));
    after = last.id;
  }
}
