import { setTimeout as wait } from 'node:timers/promises';
import { deleteExpiredSecrets } from '../access/store/access-tokens.ts';
import { deleteSomeSecrets } from '../access/store/delete-tokens.ts';
import { buildNextApplicationImport } from '../applications/build/build-application-import.ts';
import { deleteOldFiles } from '../applications/delete-old-files.ts';
import { deleteUnusedFiles } from '../applications/delete-unused-files.ts';
import type { ImportFiles } from '../applications/import-files.ts';
import { stageDueImports } from '../applications/stage-due-imports.ts';
import { deleteSomeUnusedRecords } from '../applications/store/generations.ts';
import { deleteOldLogs } from '../calls/delete-old-logs.ts';
import { hourMs } from '../common/durations.ts';
import type { Log } from '../common/process-log.ts';
import { type Db, isMySql } from '../database/database.ts';
import { checkpoint, isInMemory } from '../database/embedded.ts';
import { splitListBlocks } from '../database/split-list-blocks.ts';
import { deleteSomeMemberships } from '../facts/store/deleted-tenants.ts';
import { idempotencyKeyRetentionMs } from '../http/idempotency.ts';
import { deleteOldIdempotencyKeys } from '../http/store/idempotency-keys.ts';
import { openDueEvents } from '../people/open-due-events.ts';
import { deleteOldCustomFieldValues } from '../people/store/custom-fields.ts';
import { syncIdentities } from '../people/sync-identities.ts';
import type { Config } from './config.ts';
import { watchDiskReserve } from './disk-reserve.ts';

const leaseMs = 10_000;
const renewMs = 1_000;
const pollMs = 250;
const pauseMs = 10;

export interface Worker {
  /** Starts no new work, releases the leases of running builds, and resolves when all jobs have ended. */
  stop: () => Promise<void>;
}

/**
 * Runs a job repeatedly until it is stopped. A failure is logged, and the job is retried.
 *
 * `run` returns whether there is more to do: the next run then follows after a short pause, otherwise after `idleMs`.
 */
async function repeat(job: string, log: Log, stop: AbortSignal, idleMs: number, run: () => Promise<boolean>): Promise<void> {
  while (!stop.aborted) {
    let hasMore = false;
    try {
      hasMore = await run();
    } catch (error) {
      log.error({ err: error }, `${job} failed and will be retried`);
    }
    // During the pause, SQLite writers that wait for the write lock continue, and other work of this event loop runs.
    await wait(hasMore ? pauseMs : idleMs, undefined, { signal: stop }).catch(() => {});
  }
}

/** Starts all background jobs: building imports, opening due work and deleting old rows and files. Any number of processes may run them. */
export function startWorker(
  db: Db,
  logDb: Db,
  importFiles: ImportFiles,
  log: Log,
  config: Pick<
    Config,
    | 'databaseUrl'
    | 'uploadDirectory'
    | 'diskReserveBytes'
    | 'importConcurrency'
    | 'openImportsMax'
    | 'importFileRetentionDays'
    | 'apiLogRetentionDays'
  >,
): Worker {
  const stopping = new AbortController();
  const stop = stopping.signal;
  const clock = () => new Date();
  const build = { db, importFiles, clock, log, leaseMs, renewMs, stop, syncIdentities };
  const disk = watchDiskReserve(config, log);
  /** Runs a job that stores files or records, except while the disk is too full. */
  const ifDiskHasSpace = (run: (diskShortage: () => string | undefined) => Promise<boolean>) => async () => {
    const { shortage } = await disk;
    return shortage() === undefined && run(shortage);
  };
  const jobs = [
    ...Array.from({ length: config.importConcurrency }, () =>
      repeat(
        'building imports',
        log,
        stop,
        pollMs,
        ifDiskHasSpace((diskShortage) => buildNextApplicationImport({ ...build, diskShortage })),
      ),
    ),
    repeat(
      'staging scheduled imports',
      log,
      stop,
      1_000,
      ifDiskHasSpace(async () => (await stageDueImports(db, clock(), { openImportsMax: config.openImportsMax, log })) > 0),
    ),
    repeat('opening due work', log, stop, 1_000, async () => (await openDueEvents(db, clock())) > 0),
    repeat('splitting list blocks', log, stop, 2_000, () => splitListBlocks(db)),
    repeat('deleting values of disabled custom fields', log, stop, 5_000, () => deleteOldCustomFieldValues(db)),
    repeat('deleting unused records', log, stop, 5_000, () => deleteSomeUnusedRecords(db)),
    repeat('deleting old idempotency keys', log, stop, 60_000, () =>
      deleteOldIdempotencyKeys(db, new Date(clock().getTime() - idempotencyKeyRetentionMs)),
    ),
    repeat('deleting secrets of deleted tokens', log, stop, 5_000, () => deleteSomeSecrets(db)),
    repeat('deleting memberships of deleted tenants', log, stop, 5_000, () => deleteSomeMemberships(db, clock())),
    repeat('deleting expired secrets', log, stop, 60_000, () => deleteExpiredSecrets(db, clock())),
    repeat('deleting old files', log, stop, hourMs, async () => {
      await deleteOldFiles(db, importFiles, clock(), config.importFileRetentionDays);
      return false;
    }),
    repeat('deleting unused files', log, stop, hourMs, async () => {
      await deleteUnusedFiles(db, importFiles, clock(), stop);
      return false;
    }),
    repeat('deleting old rows of the API log', log, stop, hourMs, async () => {
      await deleteOldLogs(logDb, clock(), config.apiLogRetentionDays, { throttleMs: pauseMs, stop });
      return false;
    }),
  ];
  const repeatCheckpoint = (name: string, database: Db) =>
    repeat(`checkpointing ${name}`, log, stop, 1_000, async () => {
      await checkpoint(database);
      return false;
    });
  if (!isMySql(db) && !isInMemory(config.databaseUrl))
    jobs.push(repeatCheckpoint('the database', db), repeatCheckpoint('the API log', logDb));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(jobs);
      (await disk).stop();
    },
  };
}
