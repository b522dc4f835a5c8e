import { setTimeout as wait } from 'node:timers/promises';
import { createAuthenticate } from '../access/authenticate.ts';
import { createLastUse } from '../access/last-use.ts';
import { createPermissionCatalog } from '../access/permission-catalog.ts';
import { createImportFiles } from '../applications/import-files.ts';
import { createApiLog } from '../calls/api-log.ts';
import type { Log } from '../common/process-log.ts';
import { type Contract, readContract } from '../contract/contract.ts';
import { ContractRouter } from '../contract/contract-router.ts';
import { createRequestValidation, type RequestValidation } from '../contract/request-validation.ts';
import { createDatabase, type Db } from '../database/database.ts';
import { isInMemory, rareCheckpoints } from '../database/embedded.ts';
import { openLog, prepareLog } from '../database/log-database.ts';
import { migrate } from '../database/migrate.ts';
import type { Handlers } from '../handler.ts';
import { handlers as ours } from '../handlers.ts';
import { createApp } from '../http/koa-app.ts';
import { listen } from '../http/node-server.ts';
import { createRateLimits } from '../http/rate-limits.ts';
import type { Config } from './config.ts';
import { readSecretKey } from './secret-key.ts';
import { startWorkerProcess } from './start-worker-process.ts';
import { startWorker } from './worker.ts';

const answersDeadlineMs = 8_000;
const compileAfterMs = 1_000;
const compileRestMs = 10;

export interface RunningServer {
  url: string;
  db: Db;
  logDb: Db;
  /** Finishes what was accepted, gives running builds back and closes the database; rejects when some answers had to be cut off. */
  stop: () => Promise<void>;
}

/** Another contract than ours, with what does its operations. */
interface Served {
  contract: Contract;
  handlers: Handlers;
}

/** Not at once: the first answers are not to wait for it. */
async function compileSoon({ compileAhead }: RequestValidation, log: Log, stop: AbortSignal): Promise<void> {
  const rest = (ms: number) => wait(ms, undefined, { ref: false, signal: stop });
  try {
    await rest(compileAfterMs);
    await compileAhead(() => rest(compileRestMs));
  } catch (error) {
    if (!stop.aborted) log.error({ err: error }, 'a part of the contract can not be compiled');
  }
}

/**
 * The whole server, ready when this resolves. `prepare` runs on the migrated database before the first call is taken. With `compilesAhead` it compiles
 * the contract soon after, so that no call waits for that; what can't be compiled is in its log.
 */
export async function startServer(
  config: Config,
  log: Log,
  prepare: (db: Db, logDb: Db) => Promise<void>,
  { clock = () => new Date(), withWorker = true, compilesAhead = false, served = undefined as Served | undefined } = {},
): Promise<RunningServer> {
  const db = createDatabase(config.databaseUrl, rareCheckpoints);
  const { logDb, closeLog } = openLog(config.databaseUrl, db, rareCheckpoints);
  const stopping = new AbortController();
  try {
    await migrate(db);
    await prepareLog(logDb, db);
    await prepare(db, logDb);
    const importFiles = createImportFiles(config);
    const secretKey = readSecretKey(config);
    const { contract, handlers } = served ?? { contract: await readContract(), handlers: ours };
    const router = new ContractRouter(contract.definition);
    const validation = createRequestValidation(contract.definition, router);
    const lastUse = createLastUse(db, log);
    const apiLog = createApiLog(logDb);
    const app = createApp(
      {
        router,
        validation,
        handlers,
        authenticate: createAuthenticate(db),
        rateLimits: createRateLimits(db, config),
        lastUse,
        uploadBytesMax: config.uploadBytesMax,
        context: {
          db,
          logDb,
          importFiles,
          secretKey,
          permissionCatalog: createPermissionCatalog(contract.definition),
          contract,
          isStopping: () => stopping.signal.aborted,
        },
        clock,
      },
      apiLog,
      log,
      config,
    );
    const server = await listen(app.callback(), config.port, config.host, log);
    // An in-memory database can't be seen from another process.
    const worker = withWorker
      ? isInMemory(config.databaseUrl)
        ? startWorker(db, logDb, importFiles, log, config)
        : startWorkerProcess(config, log)
      : undefined;

    if (compilesAhead) void compileSoon(validation, log, stopping.signal);

    const stop = async () => {
      stopping.abort();
      const [answers] = await Promise.allSettled([server.stop(answersDeadlineMs), worker?.stop()]);
      await Promise.all([lastUse.stop(), apiLog.stop()]);
      await closeLog();
      await db.destroy();
      if (answers.status === 'rejected') throw answers.reason;
    };
    return { url: server.url, db, logDb, stop };
  } catch (error) {
    await closeLog();
    await db.destroy();
    throw error;
  }
}
