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

// Databases of their own, whichever is tested: only the embedded one is checkpointed.
const folder = newFolder('checkpoints');
afterAll(() => rmSync(folder, { recursive: true }));
const megabytes = (name: string) => statSync(join(folder, name)).size / 1024 ** 2;

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
  const work = () => {
    const worker = startWorker(db, logDb, createImportFiles(config), createLog('silent'), config);
    onTestFinished(worker.stop);
    return worker;
  };
  return { db, logDb, work };
}
const write = async (db: Db) => {
  await db.raw('CREATE TABLE blobs (bytes BLOB)');
  await db.raw('INSERT INTO blobs VALUES (zeroblob(8388608))');
};
const soon = { timeout: 20_000, interval: 10 };

it("checkpoints the API log while the database's only connection is taken, and the database once it is free", async () => {
  const { db, logDb, work } = await open(`sqlite:${join(folder, 'some.db')}`);
  await write(db);
  await write(logDb);
  const trx = await db.transaction();
  work();
  onTestFinished(async () => {
    if (!trx.isCompleted()) await trx.rollback();
  });
  await vi.waitFor(() => expect(megabytes('some-log.db')).toBeGreaterThan(8), soon);
  expect(megabytes('some.db')).toBeLessThan(8);
  await trx.rollback();
  await vi.waitFor(() => expect(megabytes('some.db')).toBeGreaterThan(8), soon);
});

it('does not checkpoint an in-memory database, which has nothing to bring anywhere', async () => {
  const { db, logDb, work } = await open('sqlite::memory:');
  const statements: string[] = [];
  for (const each of [db, logDb]) each.on('query', ({ sql }) => statements.push(sql));
  await work().stop();
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.filter((sql) => sql.includes('checkpoint'))).toEqual([]);
});
