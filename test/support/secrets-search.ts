import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import { inject } from 'vitest';
import { unpackText } from '../../server/calls/compressed-text.ts';

/** The form of all secrets: tokens, access tokens, refresh tokens and access keys. */
const secretPattern = /pa[srt]?_[0-9A-Za-z]{36}/g;
const sqlPattern = 'pa[srt]?_[0-9A-Za-z]{36}';

/** The contract's examples and the sandbox's tokens are public. */
const isPublic = (text: string) => /Example|Sandbox/.test(text);
/** Returns the secrets that a text contains, each once. */
export const secretsIn = (text: string): string[] => [...new Set(text.match(secretPattern) ?? [])].filter((found) => !isPublic(found));

/** Records the hashes of the secrets in a response, so that the end of the run can report how many secrets were issued. */
export function recordIssuedSecrets(text: string): void {
  const hashes = secretsIn(text).map((secret) => createHash('sha256').update(secret).digest('hex'));
  if (hashes.length > 0) appendFileSync(join(inject('coverageFolder'), `issued-${process.pid}`), `${hashes.join('\n')}\n`);
}

/** Records that something was searched for secrets, for the report at the end of the run. */
export function recordSearch(what: 'database' | 'log', bytes: number): void {
  appendFileSync(join(inject('coverageFolder'), `searched-${process.pid}`), `${what} ${bytes}\n`);
}

/** Throws if a search found secrets, and records them for the report at the end of the run. */
export function expectNoSecrets(where: string, found: string[]): void {
  if (found.length === 0) return;
  appendFileSync(join(inject('coverageFolder'), `searched-${process.pid}`), 'found\n'.repeat(found.length));
  throw new Error(`Secrets are stored in clear in ${where}:\n  ${found.slice(0, 10).join('\n  ')}`);
}

interface Bodies {
  request_body: Buffer | null;
  response_body: Buffer | null;
}
/** Searches bodies in the API log. They are compressed, so a search of the file's bytes does not find their secrets. */
const searchBodies = (rows: Bodies[]): string[] =>
  rows.flatMap(({ request_body, response_body }) =>
    [request_body, response_body].flatMap((bytes) => (bytes === null ? [] : secretsIn(unpackText(Buffer.from(bytes))))),
  );
const bodiesSql = 'SELECT request_body, response_body FROM api_log';

function searchLogFile(path: string): string[] {
  const db = new Database(path, { readonly: true });
  try {
    const hasLog = db.prepare("SELECT name FROM sqlite_master WHERE name = 'api_log'").get() !== undefined;
    return hasLog ? searchBodies(db.prepare(bodiesSql).all() as Bodies[]) : [];
  } finally {
    db.close();
  }
}

/** Searches every file below a folder: uploads, and the bytes of embedded databases, which still contain deleted rows until they are overwritten. */
export function searchFolder(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((entry) => {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    if (entry.name.endsWith('.db')) recordSearch('database', bytes.length);
    const inLog = entry.name.endsWith('-log.db') ? searchLogFile(join(entry.parentPath, entry.name)) : [];
    return [...secretsIn(bytes.toString('latin1')), ...inLog].map((found) => `${entry.name}: ${found}`);
  });
}

interface Column {
  table: string;
  column: string;
}

/** Searches every column of every table that can contain text. */
export async function searchMySql(url: string): Promise<string[]> {
  const connection = await mysql.createConnection(url);
  try {
    const [columns] = await connection.query(
      `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\` FROM information_schema.columns
       WHERE TABLE_SCHEMA = DATABASE() AND DATA_TYPE REGEXP 'char|text|blob|binary|json'`,
    );
    const tables = Map.groupBy(columns as Column[], ({ table }) => table);
    const found: string[] = [];
    for (const [table, columnsOfTable] of tables) {
      const texts = columnsOfTable.map(({ column }) => `CONVERT(\`${column}\` USING latin1)`);
      const where = texts.map((text) => `${text} REGEXP ?`).join(' OR ');
      const sql = `SELECT CONCAT_WS(' ', ${texts.join(', ')}) AS text FROM \`${table}\` WHERE ${where}`;
      const [rows] = await connection.query(sql, Array(columnsOfTable.length).fill(sqlPattern));
      for (const { text } of rows as { text: string }[]) found.push(...secretsIn(text).map((secret) => `${table}: ${secret}`));
      recordSearch('database', columnsOfTable.length);
    }
    if (tables.has('api_log'))
      found.push(...searchBodies((await connection.query(bodiesSql))[0] as Bodies[]).map((secret) => `api_log: ${secret}`));
    return found;
  } finally {
    await connection.end();
  }
}
