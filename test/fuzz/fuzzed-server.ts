import { setImmediate as nextTick } from 'node:timers/promises';
import { createImportFiles } from '../../server/applications/import-files.ts';
import { createLog } from '../../server/common/process-log.ts';
import { readConfig } from '../../server/process/config.ts';
import { startServer } from '../../server/process/start-server.ts';
import { copySampleFiles } from '../../server/sandbox/sample-files.ts';
import { seed } from '../../server/sandbox/seed.ts';
import { secretKey } from '../../server/sandbox/seed-tokens.ts';

/** State of the fuzzed process since the last message: its memory after garbage collection, and its longest stall. */
export interface ProcessState {
  /** JavaScript heap and buffers, in bytes. */
  memory: number;
  resident: number;
  /** The most CPU time, in milliseconds, that the main thread used without letting other calls run. */
  longestStall: number;
}

// The program of the process that the fuzz suite attacks: the server on a seeded database, which tells its state over IPC.
// Start it with --expose-gc and with the server's settings in the environment.

const threadMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
let longestStall = 0;
let lastMs = threadMs();
// CPU time instead of elapsed time, because other programs of a busy machine also delay the timer.
setInterval(() => {
  const nowMs = threadMs();
  longestStall = Math.max(longestStall, nowMs - lastMs);
  lastMs = nowMs;
}, 1).unref();

const config = { ...readConfig(process.env), secretKey, sharedDirectoryLayout: 'environment-folders' as const };
copySampleFiles(config.sharedDirectory);
const log = createLog('error');
const server = await startServer(config, log, (db, logDb) => seed(db, logDb, createImportFiles(config), log), { compilesAhead: true });

process.on('message', async () => {
  // Finalizers of the first collection release more memory.
  for (let collections = 0; collections < 3; collections++) {
    globalThis.gc?.();
    await nextTick();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const state: ProcessState = { memory: heapUsed + external, resident: rss, longestStall };
  longestStall = 0;
  lastMs = threadMs();
  process.send?.(state);
});
process.on('disconnect', () => void server.stop());
process.send?.({ url: server.url });
