import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createDatabase, isMySql } from '../../server/database/database.ts';
import { openLog, prepareLog } from '../../server/database/log-database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { up } from '../../server/database/migrations/0010-call-counts.ts';
import { newDatabase } from '../support/test-database.ts';

it('rows of the older log stand for one call each; the migration can run again', async () => {
  const { url, remove } = await newDatabase();
  const db = createDatabase(url);
  const { logDb, closeLog } = openLog(url, db);
  onTestFinished(async () => {
    await closeLog();
    await db.destroy();
    await remove();
  });
  await migrate(db);
  await prepareLog(logDb, db);
  await logDb.schema.alterTable('api_log', (t) => t.dropColumn('call_count'));
  await logDb('migrations').where({ name: '0010-call-counts' }).delete();
  const flags = { request_is_cut: 0, response_is_cut: 0 };
  const call = {
    method: 'GET',
    path: '/',
    query: '',
    status: 200,
    duration_ms: 1,
    client_address: '',
    called_at: '2026-02-20 08:15:00.000',
  };
  await logDb('api_log').insert({ organization_id: randomUUID(), id: Buffer.alloc(16, 1), ...call, ...flags });
  if (isMySql(db)) await migrate(db);
  else await prepareLog(logDb, db);
  await up(logDb);
  expect((await logDb('api_log').select('call_count')).map(({ call_count }) => Number(call_count))).toEqual([1]);
});
