import { createImportFiles } from '../applications/import-files.ts';
import { synchronousOutput, createLog } from '../common/process-log.ts';
import { createDatabase } from '../database/database.ts';
import { openLog } from '../database/log-database.ts';
import type { Config } from './config.ts';
import { startWorker } from './worker.ts';

// The whole of a process that builds imports beside the one that answers requests: begins with the settings it is sent, and ends with the channel they came by,
// so also when the server is killed.
const exitDeadlineMs = 9_500;

process.once('message', (config: Config) => {
  // All that it does follows from what others have committed, and is done again should a machine without power lose its last moments.
  const db = createDatabase(config.databaseUrl, { synchronous: 'NORMAL' });
  const { logDb, closeLog } = openLog(config.databaseUrl, db);
  const worker = startWorker(db, logDb, createImportFiles(config), createLog(config.logLevel, synchronousOutput()), config);
  process.once('disconnect', async () => {
    setTimeout(() => process.exit(1), exitDeadlineMs).unref();
    await worker.stop();
    await closeLog();
    await db.destroy();
  });
  // A server that is gone by now needs no word.
  process.send?.('ready', () => {});
});
// Ctrl+C reaches all processes of a terminal, but it is the server that says when.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
