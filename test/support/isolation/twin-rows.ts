import { createHash } from 'node:crypto';
import { packText, unpackText } from '../../../server/calls/compressed-text.ts';
import type { Db } from '../../../server/database/database.ts';
import { isMySqlRun } from '../test-database.ts';

export type Row = Record<string, unknown>;
export type Tables = Map<string, Row[]>;

/** Tables without data of an environment, and those whose rows every new environment gets. */
const leftOut = [
  'migrations',
  'migrations_lock',
  'sqlite_sequence',
  'organizations',
  'projects',
  'environments',
  'sequences',
  'rate_limits',
  'import_turns',
];

/** Returns the names of all tables. */
export async function listTables(db: Db): Promise<string[]> {
  const rows: { name: string }[] = isMySqlRun
    ? (await db.raw('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()'))[0]
    : await db.raw("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'");
  return rows.map(({ name }) => name);
}

/** Reads all rows of all tables that hold data of organizations. */
export async function readTables(db: Db, isLeftOut = (table: string) => leftOut.includes(table)): Promise<Tables> {
  const tables: Tables = new Map();
  for (const table of await listTables(db)) if (!isLeftOut(table)) tables.set(table, await db(table).select());
  return tables;
}

const hexOf = (text: string, mark: string) => createHash('sha256').update(`${text.toLowerCase()} ${mark}`).digest('hex');
/** Returns another id of the same form for each mark. */
function twinId(id: string, mark: string): string {
  const hex = hexOf(id, mark);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
/** Returns another id of a logged call of the same time. */
const twinLogId = (id: string, mark: string) => id.slice(0, 12).toLowerCase() + hexOf(id, mark).slice(0, 20);

const parts = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b|[a-z]{4,}/gi;

export type Translate = (text: string) => string;

/** Returns a function that replaces ids, and adds the mark to each of the words. `known` has the replacements of ids that already exist. */
export const createTranslate =
  (mark: string, words: ReadonlySet<string>, known: ReadonlyMap<string, string>): Translate =>
  (text) =>
    text.replace(parts, (part) => {
      if (part.includes('-')) return known.get(part.toLowerCase()) ?? twinId(part, mark);
      if (/^[0-9a-f]{32}$/i.test(part)) return twinLogId(part, mark);
      return words.has(part.toLowerCase()) ? part + mark : part;
    });

function twinBytes(column: string, bytes: Buffer, mark: string, translate: Translate): Buffer {
  if (column.endsWith('_body')) return packText(translate(unpackText(bytes))).bytes;
  if (bytes.length === 16) return Buffer.from(twinLogId(bytes.toString('hex'), mark), 'hex');
  return column.endsWith('_hash') ? createHash('sha256').update(bytes).update(mark).digest() : bytes;
}

/** Numbers that identify rows, such as those of generations and the positions of comments, need an offset for each twin. */
const isNumericId = (column: string, value: unknown) => /(^|_)id$|^position$/.test(column) && /^\d+$/.test(String(value));
const offsetPerTwin = 100_000;

/** Returns the row of an environment as the row of its twin. */
export function twinRow(row: Row, index: number, mark: string, translate: Translate): Row {
  const twinValue = (column: string, value: unknown) => {
    if (Buffer.isBuffer(value)) return twinBytes(column, value, mark, translate);
    if (value !== null && isNumericId(column, value)) return Number(value) + index * offsetPerTwin;
    return typeof value === 'string' ? translate(value) : value;
  };
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, twinValue(column, value)]));
}

export async function insertTables(db: Db, tables: Tables): Promise<void> {
  for (const [table, rows] of tables) for (let at = 0; at < rows.length; at += 50) await db(table).insert(rows.slice(at, at + 50));
}
