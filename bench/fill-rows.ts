import { randomBytes, randomUUID } from 'node:crypto';
import { newCorrelationId } from '../server/calls/correlation-id.ts';
import { insertLogs, type LogRow } from '../server/calls/store/api-log.ts';
import { createDatabase, type Db } from '../server/database/database.ts';
import { toInstant } from '../server/database/instants.ts';
import { openLog } from '../server/database/log-database.ts';
import { inTransaction } from '../server/database/transactions.ts';
import { findHostOrganization } from '../server/organizations/store/organizations.ts';

const rowsAtOnce = 500;
const rowsPerTransaction = 20_000;

async function insertInBatches(db: Db, count: number, insert: (trx: Db, count: number) => Promise<void>): Promise<void> {
  for (let done = 0; done < count; done += rowsPerTransaction)
    await inTransaction(db, async (trx) => {
      const end = Math.min(done + rowsPerTransaction, count);
      for (let from = done; from < end; from += rowsAtOnce) await insert(trx, Math.min(rowsAtOnce, end - from));
    });
}
const repeat = <Row>(count: number, make: () => Row) => Array.from({ length: count }, make);

/** Inserts `count` tokens of the host organization. */
export async function fillTokens(databaseUrl: string, count: number): Promise<void> {
  const db = createDatabase(databaseUrl);
  const organization_id = (await findHostOrganization(db))?.id as string;
  const created_at = toInstant(new Date());
  await insertInBatches(db, count, async (trx, rows) => {
    const tokens = repeat(rows, () => ({
      ...{ id: randomUUID(), kind: 'API Token', organization_id, level: 'Organization', access_level: 'Read', name: 'Bench' },
      ...{ secret_start: 'pa_0000000', is_replay_protected: false, created_by: 'a benchmark', created_at },
    }));
    await trx('tokens').insert(tokens);
    await trx('token_secrets').insert(tokens.map(({ id }) => ({ token_id: id, secret_hash: randomBytes(32) })));
  });
  await db.destroy();
}

/** Inserts `count` calls of the host organization into the API log, one for each millisecond until now. */
export async function fillLog(databaseUrl: string, count: number): Promise<void> {
  const db = createDatabase(databaseUrl);
  const { logDb, closeLog } = openLog(databaseUrl, db);
  const organization_id = (await findHostOrganization(db))?.id as string;
  const actor_id = randomUUID();
  const response_body = Buffer.from(JSON.stringify({ items: [], totalCount: 0, page: 1, pageSize: 50, totalPages: 0 }));
  let time = Date.now() - count;
  const row = (): LogRow => ({
    ...{ organization_id, id: newCorrelationId(new Date(time)), called_at: toInstant(new Date(time++)) },
    ...{ actor_kind: 'API Token', actor_id, actor_name: 'Bench', operation: 'listApplications', method: 'GET', path: '/api/applications' },
    ...{ query: '', status: 200, duration_ms: 1, client_address: '127.0.0.1', environment_id: null, request_body: null },
    ...{ request_is_cut: false, response_body, response_is_cut: false, files: [] },
  });
  await insertInBatches(logDb, count, (trx, rows) => insertLogs(trx, repeat(rows, row)));
  await closeLog();
  await db.destroy();
}
