import { setTimeout as wait } from 'node:timers/promises';
import { deleteExpiredSecrets } from '../access/store/access-tokens.ts';
import { buildNextApplicationImport } from '../applications/build/build-application-import.ts';
import { deleteOldFiles } from '../applications/delete-old-files.ts';
import type { ImportFiles } from '../applications/import-files.ts';
import { stageDueImports } from '../applications/stage-due-imports.ts';
import { deleteSomeUnusedRecords } from '../applications/store/generations.ts';
import { deleteOldLogs } from '../calls/delete-old-logs.ts';
import { hourMs } from '../common/durations.ts';
import type { Log } from '../common/process-log.ts';
import { type Db, isMySql } from '../database/database.ts';
import { checkpoint, isInMemory } from '../database/embedded.ts';
import { splitListBlocks } from '../database/split-list-blocks.ts';
import { idempotencyKeyRetentionMs } from '../http/idempotency.ts';
import { deleteOldIdempotencyKeys } from '../http/store/idempotency-keys.ts';
import { openDueEvents } from '../people/open-due-events.ts';
import { deleteOldCustomFieldValues } from '../people/store/custom-fields.ts';
import { syncIdentities } from '../people/sync-identities.ts';
import type { Config } from './config.ts';

const leaseMs = 10_000;
const renewMs = 1_000;
const pollMs = 250;
const restMs = 10;
const oldEveryMs = hourMs;

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
  const build = { db, importFiles, clock, log, leaseMs, renewMs, stop, syncIdentities };
  const runs = [
    ...Array.from({ length: config.importConcurrency }, () =>
      repeat('building an import', log, stop, pollMs, () => buildNextApplicationImport(build)),
    ),
    repeat('staging scheduled imports', log, stop, 1_000, async () => (await stageDueImports(db, clock())) > 0),
    repeat('opening what is due', log, stop, 1_000, async () => (await openDueEvents(db, clock())) > 0),
    repeat('keeping the lists', log, stop, 2_000, () => splitListBlocks(db)),
    repeat('removing values of custom fields that are off', log, stop, 5_000, () => deleteOldCustomFieldValues(db)),
    repeat('removing old records', log, stop, 5_000, () => deleteSomeUnusedRecords(db)),
    repeat('forgetting idempotency keys', log, stop, 60_000, () =>
      deleteOldIdempotencyKeys(db, new Date(clock().getTime() - idempotencyKeyRetentionMs)),
    ),
    repeat('removing ended access tokens', log, stop, 60_000, () => deleteExpiredSecrets(db, clock())),
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
