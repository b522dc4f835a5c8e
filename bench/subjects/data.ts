import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';

// Database access of the compared servers: hand-written prepared statements, one query for each look-up, on the tables that Gatehouse created.

export interface Token {
  id: string;
  name: string;
  disabled_at: string | null;
  expires_at: string | null;
  secret_expires_at: string | null;
  default_environment_id: string;
}
export interface ImportSummaryRow {
  id: string;
  application_id: string;
  number: number;
  type: string;
  status: string;
  build_start: string | null;
  build_end: string | null;
  name: string;
  priority: string;
  is_archived: number;
  last_updated: string | null;
}
export interface ImportRow extends ImportSummaryRow {
  created_by: string;
  log: string | null;
  metrics: string | null;
  files: { id: string; file_group_id: string; file_group: string; name: string }[];
}
export interface IncomingEvent {
  id: string;
  environment_id: string;
  type: string;
  status: string;
  reporter_id: string;
  reporter_name: string;
  identity_id: string;
  needed_on: string;
  created_at: string;
  stages: { name: string; status: string; completed_on: string | null }[];
}
type MaybeRow<Row> = Row | undefined;
type Awaitable<Value> = Value | Promise<Value>;

export interface Data {
  findToken: (hash: Buffer) => Awaitable<MaybeRow<Token>>;
  findImport: (environmentId: string, id: string) => Awaitable<MaybeRow<ImportRow>>;
  listImports: (environmentId: string) => Awaitable<{ rows: ImportSummaryRow[]; totalCount: number }>;
  findIdentity: (environmentId: string, id: string) => Awaitable<MaybeRow<Record<string, string | null>>>;
  /** Inserts the event with the next number of its environment. Returns the number. */
  insertEvent: (event: IncomingEvent) => Awaitable<number>;
}

const summary = 'i.id, i.application_id, i.number, i.type, i.status, i.build_start, i.build_end';
const application = 'a.name, a.priority, a.is_archived, a.last_updated';
const whole = 'i.created_by, i.log, i.metrics';
const joined = 'FROM application_imports i JOIN applications a ON a.id = i.application_id WHERE i.environment_id = ?';
const sql = {
  // Uses subqueries instead of a join: SQLite plans a join again for each bound value, which takes four times as long as the look-up.
  token: `SELECT t.id, t.name, t.disabled_at, t.expires_at,
      (SELECT s.expires_at FROM token_secrets s WHERE s.secret_hash = ?) AS secret_expires_at,
      (SELECT o.default_environment_id FROM organizations o WHERE o.id = t.organization_id) AS default_environment_id
    FROM tokens t WHERE t.id = (SELECT s.token_id FROM token_secrets s WHERE s.secret_hash = ?)`,
  import: `SELECT ${summary}, ${whole} FROM application_imports i WHERE i.environment_id = ? AND i.id = ?`,
  application: `SELECT ${application} FROM applications a WHERE a.id = ?`,
  importJoined: `SELECT ${summary}, ${whole}, ${application} ${joined} AND i.id = ?`,
  files: 'SELECT id, file_group_id, file_group, name FROM application_import_files WHERE application_import_id = ? ORDER BY position',
  imports: `SELECT ${summary}, ${application} ${joined} ORDER BY i.sort_key DESC LIMIT 50`,
  count: 'SELECT COUNT(*) AS count FROM application_imports WHERE environment_id = ?',
  identity: 'SELECT * FROM identities WHERE environment_id = ? AND id = ?',
  number: "UPDATE sequences SET value = value + 1 WHERE environment_id = ? AND name = 'personnel_events'",
  numberNow: "SELECT value FROM sequences WHERE environment_id = ? AND name = 'personnel_events'",
  event: `INSERT INTO personnel_events
    (id, environment_id, number, type, status, reporter_id, reporter_name, identity_id, needed_on, created_at, sort_key, stages, due_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  activity: 'INSERT INTO activities (subject_id, at, user, description) VALUES (?, ?, ?, ?)',
};

const eventValues = (event: IncomingEvent, number: number) => [
  ...[event.id, event.environment_id, number, event.type, event.status, event.reporter_id, event.reporter_name, event.identity_id],
  ...[event.needed_on, event.created_at, `${event.needed_on} ${String(number).padStart(10, '0')}`, JSON.stringify(event.stages)],
  event.needed_on,
];
const activityValues = ({ id, created_at, reporter_name }: IncomingEvent) => [id, created_at, reporter_name, 'Created the event'];

function embeddedData(path: string): Data {
  const db = new Database(path);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 5000']) db.pragma(pragma);
  const prepared = Object.fromEntries(Object.entries(sql).map(([name, text]) => [name, db.prepare(text)])) as Record<
    keyof typeof sql,
    Database.Statement<unknown[]>
  >;
  const insertEvent = db.transaction((event: IncomingEvent) => {
    prepared.number.run(event.environment_id);
    const { value } = prepared.numberNow.get(event.environment_id) as { value: number };
    prepared.event.run(...eventValues(event, value));
    prepared.activity.run(...activityValues(event));
    return value;
  });
  return {
    findToken: (hash) => prepared.token.get(hash, hash) as MaybeRow<Token>,
    findImport: (environmentId, id) => {
      const row = prepared.import.get(environmentId, id) as MaybeRow<ImportRow>;
      if (!row) return undefined;
      const found = prepared.application.get(row.application_id) as ImportSummaryRow;
      return { ...row, ...found, files: prepared.files.all(id) as ImportRow['files'] };
    },
    listImports: (environmentId) => ({
      rows: prepared.imports.all(environmentId) as ImportSummaryRow[],
      totalCount: (prepared.count.get(environmentId) as { count: number }).count,
    }),
    findIdentity: (environmentId, id) => prepared.identity.get(environmentId, id) as MaybeRow<Record<string, string | null>>,
    insertEvent: (event) => insertEvent.immediate(event),
  };
}

function mySqlData(uri: string): Data {
  const pool = mysql.createPool({ uri, connectionLimit: 10, dateStrings: true, timezone: 'Z', ...{ jsonStrings: true } });
  // biome-ignore lint/suspicious/noExplicitAny: the callers define the type of the rows.
  const rowsOf = async (text: string, values: any[]): Promise<any[]> => (await pool.execute<any[]>(text, values))[0];
  return {
    findToken: async (hash) => (await rowsOf(sql.token, [hash, hash]))[0],
    findImport: async (environmentId, id) => {
      const [[row], files] = await Promise.all([rowsOf(sql.importJoined, [environmentId, id]), rowsOf(sql.files, [id])]);
      return row && { ...row, files };
    },
    listImports: async (environmentId) => {
      const [rows, [{ count }]] = await Promise.all([rowsOf(sql.imports, [environmentId]), rowsOf(sql.count, [environmentId])]);
      return { rows, totalCount: Number(count) };
    },
    findIdentity: async (environmentId, id) => (await rowsOf(sql.identity, [environmentId, id]))[0],
    insertEvent: async (event) => {
      const connection = await pool.getConnection();
      try {
        await connection.beginTransaction();
        await connection.execute(sql.number, [event.environment_id]);
        // biome-ignore lint/suspicious/noExplicitAny: as above.
        const [[{ value }]] = await connection.execute<any[]>(sql.numberNow, [event.environment_id]);
        await connection.execute(sql.event, eventValues(event, value));
        await connection.execute(sql.activity, activityValues(event));
        await connection.commit();
        return value;
      } catch (error) {
        await connection.rollback();
        throw error;
      } finally {
        connection.release();
      }
    },
  };
}

export const openData = (databaseUrl: string): Data =>
  databaseUrl.startsWith('sqlite:') ? embeddedData(databaseUrl.slice('sqlite:'.length)) : mySqlData(databaseUrl);
