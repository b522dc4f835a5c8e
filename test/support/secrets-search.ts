import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import { inject } from 'vitest';
import { unpackText } from '../../server/calls/compressed-text.ts';

/** What tokens, access tokens, refresh tokens and access keys look like. */
const form = /pa[srt]?_[0-9A-Za-z]{36}/g;
const sqlForm = 'pa[srt]?_[0-9A-Za-z]{36}';

/** The contract's examples and the sandbox's tokens are no secrets. */
const isPublic = (text: string) => /Example|Sandbox/.test(text);
export const secretsIn = (text: string): string[] => [...new Set(text.match(form) ?? [])].filter((found) => !isPublic(found));

/** Notes what was issued, so that the end of the run can say for how many secrets it searched in vain. */
export function recordIssuedSecrets(text: string): void {
  const hashes = secretsIn(text).map((secret) => createHash('sha256').update(secret).digest('hex'));
  if (hashes.length > 0) appendFileSync(join(inject('coverageFolder'), `issued-${process.pid}`), `${hashes.join('\n')}\n`);
}

export function recordSearch(what: 'database' | 'log', bytes: number): void {
  appendFileSync(join(inject('coverageFolder'), `searched-${process.pid}`), `${what} ${bytes}\n`);
}

/** Throws for what a search has found, and notes it for the end of the run. */
export function expectNoSecrets(where: string, found: string[]): void {
  if (found.length === 0) return;
  appendFileSync(join(inject('coverageFolder'), `searched-${process.pid}`), 'found\n'.repeat(found.length));
  throw new Error(`Secrets lie in ${where} in clear:\n  ${found.slice(0, 10).join('\n  ')}`);
}

interface Bodies {
  request_body: Buffer | null;
  response_body: Buffer | null;
}
/** What the API log holds compressed, which no search of the bytes sees. */
const inBodies = (rows: Bodies[]): string[] =>
  rows.flatMap(({ request_body, response_body }) =>
    [request_body, response_body].flatMap((bytes) => (bytes === null ? [] : secretsIn(unpackText(Buffer.from(bytes))))),
  );
const bodiesSql = 'SELECT request_body, response_body FROM api_log';

function inLogFile(path: string): string[] {
  const db = new Database(path, { readonly: true });
  try {
    const hasLog = db.prepare("SELECT name FROM sqlite_master WHERE name = 'api_log'").get() !== undefined;
    return hasLog ? inBodies(db.prepare(bodiesSql).all() as Bodies[]) : [];
  } finally {
    db.close();
  }
}

/** Every file below a folder: the embedded database as it lies there, with what it has deleted and not yet overwritten, and uploads. */
export function searchFolder(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((entry) => {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    if (entry.name.endsWith('.db')) recordSearch('database', bytes.length);
    const inLog = entry.name.endsWith('-log.db') ? inLogFile(join(entry.parentPath, entry.name)) : [];
    return [...secretsIn(bytes.toString('latin1')), ...inLog].map((found) => `${entry.name}: ${found}`);
  });
}

interface Column {
  table: string;
  column: string;
}

/** Every column of every table of a database that could hold a text. */
export async function searchMySql(url: string): Promise<string[]> {
  const connection = await mysql.createConnection(url);
  try {
    const [columns] = await connection.query(
      `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\` FROM information_schema.columns
       WHERE TABLE_SCHEMA = DATABASE() AND DATA_TYPE REGEXP 'char|text|blob|binary|json'`,
    );
    const tables = Map.groupBy(columns as Column[], ({ table }) => table);
    const found: string[] = [];
    for (const [table, named] of tables) {
      const texts = named.map(({ column }) => `CONVERT(\`${column}\` USING latin1)`);
      const where = texts.map((text) => `${text} REGEXP ?`).join(' OR ');
      const sql = `SELECT CONCAT_WS(' ', ${texts.join(', ')}) AS text FROM \`${table}\` WHERE ${where}`;
      const [rows] = await connection.query(sql, Array(named.length).fill(sqlForm));
      for (const { text } of rows as { text: string }[]) found.push(...secretsIn(text).map((one) => `${table}: ${one}`));
      recordSearch('database', named.length);
    }
    if (tables.has('api_log')) found.push(...inBodies((await connection.query(bodiesSql))[0] as Bodies[]).map((one) => `api_log: ${one}`));
    return found;
  } finally {
    await connection.end();
  }
}
