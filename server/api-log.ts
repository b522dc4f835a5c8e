import { insertLogs, type LogRow } from './store/api-log.ts';
import type { Db } from './store/database.ts';

const rowsMax = 100;
/** Well below what MySQL takes as one statement, where each byte of a body is two digits. */
const bytesMax = 2 * 1024 ** 2;

interface Waiting {
  row: LogRow;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export interface ApiLog {
  /** Resolves once the row is committed. */
  keep: (row: LogRow) => Promise<void>;
  /** Resolves when nothing is left to write. */
  stop: () => Promise<void>;
}

const sizeOf = ({ request_body, response_body, query, path }: LogRow) =>
  (request_body?.length ?? 0) + (response_body?.length ?? 0) + query.length + path.length;

/** Calls that end while a write is on its way wait together for the next one: under load, many calls share one commit. */
export function createApiLog(logDb: Db): ApiLog {
  const waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;

  function takeBatch(): Waiting[] {
    let count = 0;
    for (let bytes = 0; count < Math.min(waiting.length, rowsMax); count++) {
      bytes += sizeOf((waiting[count] as Waiting).row);
      if (count > 0 && bytes > bytesMax) break;
    }
    return waiting.splice(0, count);
  }

  async function write(): Promise<void> {
    // Calls that end in the same turn as the first are in its batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = takeBatch();
      try {
        await insertLogs(
          logDb,
          batch.map(({ row }) => row),
        );
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = undefined;
  }

  return {
    keep: (row) =>
      new Promise((resolve, reject) => {
        waiting.push({ row, resolve, reject });
        writing ??= write();
      }),
    stop: async () => {
      while (writing) await writing;
    },
  };
}
