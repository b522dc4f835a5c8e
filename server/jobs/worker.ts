import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { keptMs } from '../idempotency.ts';
import type { ImportFiles } from '../import-files.ts';
import type { Log } from '../log.ts';
import { deleteEndedSecrets } from '../store/access-tokens.ts';
import { deleteOldCustomFieldValues } from '../store/custom-fields.ts';
import { type Db, isMySql } from '../store/database.ts';
import { checkpoint, isInMemory } from '../store/embedded.ts';
import { deleteSomeOldRecords } from '../store/generations.ts';
import { deleteOldIdempotencyKeys } from '../store/idempotency-keys.ts';
import { keepLists } from '../store/keep-lists.ts';
import { buildNextApplicationImport } from './build-application-import.ts';
import { deleteOldFiles } from './delete-old-files.ts';
import { deleteOldLogs } from './delete-old-logs.ts';
import { openDueEvents } from './open-due-events.ts';
import { stageDueImports } from './stage-due-imports.ts';

const leaseMs = 10_000;
const renewMs = 1_000;
const pollMs = 250;
const restMs = 10;
const oldEveryMs = 3_600_000;

export interface Worker {
  /** Begins nothing new, gives running builds back, and resolves when all is put away. */
  stop: () => Promise<void>;
}

/** Runs what is due, again and again, until it is stopped; a failure is logged and tried again. */
async function repeat(name: string, log: Log, stop: AbortSignal, idleMs: number, run: () => Promise<boolean>): Promise<void> {
  while (!stop.aborted) {
    let hasMore = false;
    try {
      hasMore = await run();
    } catch (error) {
      log.error({ err: error }, `${name} failed and will be tried again`);
    }
    // Even between two pieces of work, others get their turn: on SQLite the writer's place, in one thread the event loop.
    await wait(hasMore ? restMs : idleMs, undefined, { signal: stop }).catch(() => {});
  }
}

/** Builds imports, does what has come due and removes what is old, on as many processes as one likes. */
export function startWorker(
  db: Db,
  logDb: Db,
  importFiles: ImportFiles,
  log: Log,
  config: Pick<Config, 'databaseUrl' | 'importConcurrency' | 'importFileRetentionDays' | 'apiLogRetentionDays'>,
): Worker {
  const stopping = new AbortController();
  const stop = stopping.signal;
  const clock = () => new Date();
  const build = { db, importFiles, clock, log, leaseMs, renewMs, stop };
  const runs = [
    ...Array.from({ length: config.importConcurrency }, () =>
      repeat('building an import', log, stop, pollMs, () => buildNextApplicationImport(build)),
    ),
    repeat('staging scheduled imports', log, stop, 1_000, async () => (await stageDueImports(db, clock())) > 0),
    repeat('opening what is due', log, stop, 1_000, async () => (await openDueEvents(db, clock())) > 0),
    repeat('keeping the lists', log, stop, 2_000, () => keepLists(db)),
    repeat('removing values of custom fields that are off', log, stop, 5_000, () => deleteOldCustomFieldValues(db)),
    repeat('removing old records', log, stop, 5_000, () => deleteSomeOldRecords(db)),
    repeat('forgetting idempotency keys', log, stop, 60_000, () => deleteOldIdempotencyKeys(db, new Date(clock().getTime() - keptMs))),
    repeat('removing ended access tokens', log, stop, 60_000, () => deleteEndedSecrets(db, clock())),
    repeat('removing old files', log, stop, oldEveryMs, async () => {
      await deleteOldFiles(db, importFiles, clock(), config.importFileRetentionDays);
      return false;
    }),
    repeat('deleting old rows of the API log', log, stop, oldEveryMs, async () => {
      await deleteOldLogs(logDb, clock(), config.apiLogRetentionDays, { restMs, stop });
      return false;
    }),
  ];
  const checkpointing = (what: string, of: Db) =>
    repeat(`checkpointing ${what}`, log, stop, 1_000, async () => {
      await checkpoint(of);
      return false;
    });
  if (!isMySql(db) && !isInMemory(config.databaseUrl)) runs.push(checkpointing('the database', db), checkpointing('the API log', logDb));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(runs);
    },
  };
}
