import { setTimeout as wait } from 'node:timers/promises';
import { createAuthenticate } from '../access/authenticate.ts';
import { createLastUse } from '../access/last-use.ts';
import { createPermissionCatalog } from '../access/permission-catalog.ts';
import { createImportFiles } from '../applications/import-files.ts';
import { createApiLog } from '../calls/api-log.ts';
import type { Log } from '../common/process-log.ts';
import { createRedaction } from '../common/redaction/redaction.ts';
import { type Contract, readContract } from '../contract/contract.ts';
import { createContractDocuments } from '../contract/contract-documents.ts';
import { ContractRouter } from '../contract/contract-router.ts';
import { createRequestValidation, type RequestValidation } from '../contract/request-validation.ts';
import type { Db } from '../database/database.ts';
import { isInMemory, rareCheckpoints } from '../database/embedded.ts';
import { openDatabases } from '../database/open-databases.ts';
import { withDatabaseName } from '../database/unusable-database.ts';
import type { Handlers } from '../handler.ts';
import { handlers as allHandlers } from '../handlers.ts';
import { createApp } from '../http/koa-app.ts';
import { type HttpLimits, httpLimits } from '../http/limits.ts';
import { listen } from '../http/node-server.ts';
import { createRateLimits } from '../http/rate-limits.ts';
import { createUnknownLines } from '../http/unknown-lines.ts';
import { secretCustomFields } from '../organizations/secret-custom-fields.ts';
import { hasSeveralOrganizations } from '../organizations/store/organizations.ts';
import { requireSecretKey } from './check-secret-key.ts';
import { type Config, ConfigError } from './config.ts';
import { connectionsAllowed } from './descriptors.ts';
import { type StatFs, watchDiskReserve } from './disk-reserve.ts';
import { knownSecrets } from './known-secrets.ts';
import { startWorkerProcess } from './start-worker-process.ts';
import { startWorker } from './worker.ts';

const responseDeadlineMs = 8_000;
const compileDelayMs = 1_000;
const compilePauseMs = 10;

export interface RunningServer {
  url: string;
  db: Db;
  logDb: Db;
  /** Completes accepted requests, releases the leases of running builds and closes the databases. Rejects if it had to cut off responses. */
  stop: () => Promise<void>;
}

/** A contract that replaces the one of this repository, with the handlers of its operations. */
interface ServedContract {
  contract: Contract;
  handlers: Handlers;
}

/** Compiles the contract in the background. Starts after a delay and pauses between parts, so that the first requests do not wait. */
async function compileInBackground({ compileAhead }: RequestValidation, log: Log, stop: AbortSignal): Promise<void> {
  const pause = (ms: number) => wait(ms, undefined, { ref: false, signal: stop });
  try {
    await pause(compileDelayMs);
    await compileAhead(() => pause(compilePauseMs));
  } catch (error) {
    if (!stop.aborted) log.error({ err: error }, 'cannot compile a part of the contract');
  }
}

/** Throws `ConfigError` if the shared directory would have the files of one organization in a database that has several. */
async function requireFittingLayout(db: Db, { sharedDirectoryLayout }: Config): Promise<void> {
  if (sharedDirectoryLayout === 'default-environment-only' && (await hasSeveralOrganizations(db)))
    throw new ConfigError([
      'SHARED_DIRECTORY_LAYOUT must not be default-environment-only, because there are several organizations; ' +
        'move the files to SHARED_DIRECTORY/<organization key>/<project key>/<environment key> and remove the setting',
    ]);
}

function connectionLimitsOf({ connectionsMax: wanted, connectionsPerAddressMax, trustedProxies }: Config, log: Log) {
  const connectionsMax = connectionsAllowed(wanted);
  if (connectionsMax < wanted)
    log.warn({ connectionsMax, wanted }, 'fewer connections than set, because the process may open few descriptors');
  return { connectionsMax, connectionsPerAddressMax: trustedProxies > 0 ? 0 : connectionsPerAddressMax };
}

/**
 * Starts the whole server: migrates the database, listens, and starts the worker. Resolves when the server accepts requests.
 *
 * `prepare` runs on the migrated database when everything else is ready and the port is open, before the first request is handled. A start that
 * fails earlier does not run it. With `compilesAhead`, the contract is compiled in the background after the start, so that no request has to wait for
 * it; parts that cannot be compiled are logged as errors.
 */
export async function startServer(
  config: Config,
  log: Log,
  prepare: (db: Db, logDb: Db) => Promise<void>,
  {
    clock = () => new Date(),
    withWorker = true,
    compilesAhead = false,
    served = undefined as ServedContract | undefined,
    limits = httpLimits as HttpLimits,
    statFs = undefined as StatFs | undefined,
  } = {},
): Promise<RunningServer> {
  const { db, logDb, close: closeDatabases } = await openDatabases(config.databaseUrl, rareCheckpoints);
  const onDatabase = <Result>(work: () => Promise<Result>) => withDatabaseName(config.databaseUrl, work);
  const stopping = new AbortController();
  const disk = await watchDiskReserve(config, log, statFs);
  try {
    const secretKey = await onDatabase(() => requireSecretKey(db, config));
    await onDatabase(() => requireFittingLayout(db, config));
    const importFiles = createImportFiles(config);
    const { contract, handlers } = served ?? { contract: await readContract(), handlers: allHandlers };
    const router = new ContractRouter(contract.definition);
    const validation = createRequestValidation(contract.definition, router);
    const lastUse = createLastUse(db, log);
    const unknownCallLimits = { perAddressMax: config.unknownCallsPerAddressPerMinute, allMax: config.unknownCallsPerMinute };
    const unknownLines = createUnknownLines(unknownCallLimits, log, clock);
    const apiLog = createApiLog(logDb, { limits: unknownCallLimits, log, isDiskShort: () => disk.shortage() !== undefined });
    const app = createApp(
      {
        router,
        validation,
        handlers,
        authenticate: createAuthenticate(db),
        rateLimits: createRateLimits(db, config),
        lastUse,
        uploadBytesMax: config.uploadBytesMax,
        limits,
        context: {
          db,
          logDb,
          importFiles,
          openImportsMax: config.openImportsMax,
          tokensMax: config.tokensMax,
          projectsMax: config.projectsMax,
          environmentsMax: config.environmentsMax,
          secretKey,
          permissionCatalog: createPermissionCatalog(contract.definition),
          documents: createContractDocuments(contract),
          isStopping: () => stopping.signal.aborted,
          diskShortage: disk.shortage,
          logFault: apiLog.fault,
        },
        clock,
      },
      {
        apiLog,
        log,
        unknownLines,
        redaction: createRedaction({ texts: knownSecrets(config) }),
        secretCustomFields: (organizationId) => secretCustomFields(db, organizationId),
      },
      config,
    );
    const allLimits = { ...limits, ...connectionLimitsOf(config, log) };
    const server = await listen(app.callback(), config, allLimits, { log, unknownLines }, () => onDatabase(() => prepare(db, logDb)));
    // An in-memory database cannot be used from another process.
    const worker = withWorker
      ? isInMemory(config.databaseUrl)
        ? startWorker(db, logDb, importFiles, log, config)
        : startWorkerProcess(config, log)
      : undefined;

    if (compilesAhead) void compileInBackground(validation, log, stopping.signal);

    // Does not wait for the worker: a loaded machine may give it so little time that the process has to end before it.
    const stopServing = async () => {
      try {
        await server.stop(responseDeadlineMs);
      } finally {
        disk.stop();
        unknownLines.stop();
        await Promise.all([lastUse.stop(), apiLog.stop()]);
      }
    };
    const stop = async () => {
      stopping.abort();
      const [stopped] = await Promise.allSettled([stopServing(), worker?.stop()]);
      await closeDatabases();
      if (stopped.status === 'rejected') throw stopped.reason;
    };
    return { url: server.url, db, logDb, stop };
  } catch (error) {
    disk.stop();
    await closeDatabases();
    throw error;
  }
}
