import { createImportFiles } from '../applications/import-files.ts';
import { createLog, synchronousOutput } from '../common/process-log.ts';
import { createRedaction } from '../common/redaction/redaction.ts';
import { createDatabase } from '../database/database.ts';
import { openLog } from '../database/log-database.ts';
import type { Config } from './config.ts';
import { knownSecrets } from './known-secrets.ts';
import { startWorker } from './worker.ts';

// The program of the worker process. The server starts it and sends it the settings in one IPC message. It stops when the IPC channel closes, which also
// happens when the server is killed.
const exitDeadlineMs = 9_500;

process.once('message', (config: Config) => {
  // `NORMAL` may lose the last commits in a power cut. That is safe here: the worker derives its writes from committed data and repeats lost ones.
  const db = createDatabase(config.databaseUrl, { synchronous: 'NORMAL' });
  const { logDb, closeLog } = openLog(config.databaseUrl, db);
  const worker = startWorker(
    db,
    logDb,
    createImportFiles(config),
    createLog(config.logLevel, synchronousOutput(), createRedaction({ texts: knownSecrets(config) })),
    config,
  );
  process.once('disconnect', async () => {
    setTimeout(() => process.exit(1), exitDeadlineMs).unref();
    await worker.stop();
    await closeLog();
    await db.destroy();
  });
  // Ignores the error if the server has already ended.
  process.send?.('ready', () => {});
});
// Ctrl+C signals all processes of a terminal. The worker ignores it, because the server decides when the worker stops.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
