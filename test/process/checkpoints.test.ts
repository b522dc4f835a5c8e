import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import { createImportFiles } from '../../server/applications/import-files.ts';
import { createLog } from '../../server/common/process-log.ts';
import { createDatabase, type Db } from '../../server/database/database.ts';
import { rareCheckpoints } from '../../server/database/embedded.ts';
import { openLog, prepareLog } from '../../server/database/log-database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { readConfig } from '../../server/process/config.ts';
import { startWorker } from '../../server/process/worker.ts';
import { newFolder } from '../support/fast-folder.ts';

// These tests always use embedded databases, because only they are checkpointed.
const folder = newFolder('checkpoints');
afterAll(() => rmSync(folder, { recursive: true }));
const fileMegabytes = (name: string) => statSync(join(folder, name)).size / 1024 ** 2;

async function open(databaseUrl: string) {
  const db = createDatabase(databaseUrl, rareCheckpoints);
  const { logDb, closeLog } = openLog(databaseUrl, db, rareCheckpoints);
  onTestFinished(async () => {
    await closeLog();
    await db.destroy();
  });
  await migrate(db);
  await prepareLog(logDb, db);
  const config = readConfig({ DATABASE_URL: databaseUrl, UPLOAD_DIRECTORY: join(folder, 'uploads') });
  const startTestWorker = () => {
    const worker = startWorker(db, logDb, createImportFiles(config), createLog('silent'), config);
    onTestFinished(worker.stop);
    return worker;
  };
  return { db, logDb, startTestWorker };
}
const writeEightMegabytes = async (db: Db) => {
  await db.raw('CREATE TABLE blobs (bytes BLOB)');
  await db.raw('INSERT INTO blobs VALUES (zeroblob(8388608))');
};
const soon = { timeout: 20_000, interval: 10 };

it("checkpoints the API log while the database's only connection is in use, and the database when it is free", async () => {
  const { db, logDb, startTestWorker } = await open(`sqlite:${join(folder, 'some.db')}`);
  await writeEightMegabytes(db);
  await writeEightMegabytes(logDb);
  const trx = await db.transaction();
  startTestWorker();
  onTestFinished(async () => {
    if (!trx.isCompleted()) await trx.rollback();
  });
  await vi.waitFor(() => expect(fileMegabytes('some-log.db')).toBeGreaterThan(8), soon);
  expect(fileMegabytes('some.db')).toBeLessThan(8);
  await trx.rollback();
  await vi.waitFor(() => expect(fileMegabytes('some.db')).toBeGreaterThan(8), soon);
});

it('does not checkpoint an in-memory database, because it has no file', async () => {
  const { db, logDb, startTestWorker } = await open('sqlite::memory:');
  const statements: string[] = [];
  for (const database of [db, logDb]) database.on('query', ({ sql }) => statements.push(sql));
  await startTestWorker().stop();
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.filter((sql) => sql.includes('checkpoint'))).toEqual([]);
});
