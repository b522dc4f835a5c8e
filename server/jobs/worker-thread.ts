import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../config.ts';
import { createImportFiles } from '../import-files.ts';
import { atOnce, createLog } from '../log.ts';
import { createDatabase } from '../store/database.ts';
import { openLog } from '../store/log-database.ts';
import { startWorker } from './worker.ts';

// The whole of a thread that builds imports beside the one that answers requests. Any message means: stop.
const config = workerData as Config;
// Answers go first where cores are few. Only Linux gives threads priorities of their own; elsewhere it would be the whole process's.
if (process.platform === 'linux') setPriority(10);
const db = createDatabase(config.databaseUrl);
const { logDb, closeLog } = openLog(config.databaseUrl, db);
const worker = startWorker(db, logDb, createImportFiles(config), createLog(config.logLevel, atOnce()), config);
parentPort?.once('message', async () => {
  await worker.stop();
  await closeLog();
  await db.destroy();
  parentPort?.close();
});
