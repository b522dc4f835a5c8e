import type { Log } from '../common/process-log.ts';
import type { Db } from '../database/database.ts';
import { isDuplicateKey, isRowError } from '../database/database-errors.ts';
import { createGroupCommit } from '../database/group-commit.ts';
import { shortRowOf, withoutTexts } from './api-log-row.ts';
import { createCallSummaries, type Summary, type UnprovenCall } from './call-summaries.ts';
import { createLogHealth } from './log-health.ts';
import { insertLogs, insertSummary, type LogRow, updateCallCount } from './store/api-log.ts';
import type { UnprovenCallLimits } from './window-limit.ts';

/** Limited because every number of rows needs its own SQL text, and MySQL caches one prepared statement for each text and connection. */
const rowsMax = 50;
/** Well below MySQL's maximum statement size, although each byte of a body becomes two hexadecimal digits. */
const bytesMax = 2 * 1024 ** 2;
const sizeOf = ({ request_body, response_body, query, path }: LogRow) =>
  (request_body?.length ?? 0) + (response_body?.length ?? 0) + query.length + path.length;
const flushMs = 2_000;

export interface ApiLog {
  /** Resolves once the row is committed. */
  append: (row: LogRow) => Promise<void>;
  /** Stores a call, or only counts it if there are too many. Resolves to whether the call has a row of its own, which is committed then. */
  appendOrCount: (call: UnprovenCall) => Promise<boolean>;
  /** Returns why calls cannot be logged; undefined if they can. Writes a row if nothing else was written for some seconds. */
  fault: () => Promise<string | undefined>;
  /** Resolves when all rows and counts have been written, or cannot be written. */
  stop: () => Promise<void>;
}

interface ApiLogSettings {
  limits: UnprovenCallLimits;
  log: Log;
  /**
   * Tells whether the disk is too full. Then the calls of unknown callers are only counted, as they are while the log cannot be written, and those of
   * known callers are stored without bodies.
   */
  isDiskShort?: () => boolean;
}

/**
 * Creates the writer of the API log. It group-commits: rows added while a write is running are written together by the next one.
 *
 * Counts of calls without a row of their own are stored after two seconds at most, and at the stop. A failed write of them is repeated.
 */
export function createApiLog(logDb: Db, { limits, log, isDiskShort = () => false }: ApiLogSettings): ApiLog {
  const { add, idle } = createGroupCommit<LogRow, void>(
    async (rows) => {
      await insertLogs(logDb, rows);
      return [];
    },
    { itemsMax: rowsMax, bytesMax, sizeOf },
  );
  const health = createLogHealth(logDb, log);
  const summaries = createCallSummaries(limits);
  let flushing: Promise<void> | undefined;
  const timer = setInterval(() => void flush(), flushMs);
  timer.unref();

  /** Stores a row, or the row without its texts if the database refuses one of them: a call that took effect must be in the log. */
  async function writeRow(row: LogRow, write: (row: LogRow) => Promise<void>): Promise<void> {
    try {
      await health.watch(() => write(row));
    } catch (error) {
      if (!isRowError(error) || isDuplicateKey(error)) throw error;
      log.error({ err: error, correlationId: row.id }, 'a call is stored without its texts, because the database refused one of them');
      await health.watch(() => write(withoutTexts(row)));
    }
  }

  const append = (row: LogRow): Promise<void> => writeRow(isDiskShort() ? shortRowOf(row) : row, add);

  /** Runs the first write of a summary's row, so that no other write of it runs at the same time. */
  async function storeRow(summary: Summary, write: () => Promise<void>): Promise<void> {
    summary.isStoring = true;
    try {
      await write();
      summary.storedCount = 1;
    } finally {
      summary.isStoring = false;
    }
  }

  async function storeCount(summary: Summary): Promise<void> {
    const { row } = summary;
    if (summary.storedCount === 0) await storeRow(summary, () => writeRow(row, (stored) => insertSummary(logDb, stored)));
    const { count } = summary;
    if (count > summary.storedCount) await health.watch(() => updateCallCount(logDb, row, count));
    summary.storedCount = count;
    const fields = { clientAddress: row.client_address, tokenId: row.actor_id ?? undefined, status: row.status, callCount: count };
    if (count > 1) log.info({ correlationId: row.id, ...fields }, 'calls that are counted together');
  }

  async function storeCounts(): Promise<void> {
    for (const summary of summaries.unstored())
      try {
        await storeCount(summary);
      } catch (error) {
        log.warn({ err: error }, 'the count of calls could not be stored yet');
        return;
      }
  }

  async function flush(): Promise<void> {
    if (isDiskShort()) return;
    flushing ??= storeCounts().finally(() => {
      flushing = undefined;
    });
    await flushing;
  }

  async function appendOrCount(call: UnprovenCall): Promise<boolean> {
    const isCountedOnly = call.isUnknown && (isDiskShort() || health.hasFailed());
    if (!isCountedOnly && summaries.mayBeStored(call)) {
      await append(call.makeRow());
      return true;
    }
    const summary = summaries.count(call);
    if (!summary || isCountedOnly) return false;
    await storeRow(summary, () => append(summary.row));
    return true;
  }

  return {
    append,
    appendOrCount,
    fault: health.fault,
    stop: async () => {
      clearInterval(timer);
      await idle();
      await flushing;
      await storeCounts();
      health.stop();
    },
  };
}
