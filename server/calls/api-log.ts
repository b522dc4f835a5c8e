import type { Db } from '../database/database.ts';
import { createGroupCommit } from '../database/group-commit.ts';
import { insertLogs, type LogRow } from './store/api-log.ts';

/** Limited because every number of rows needs its own SQL text, and MySQL caches one prepared statement for each text and connection. */
const rowsMax = 50;
/** Well below MySQL's maximum statement size, although each byte of a body becomes two hexadecimal digits. */
const bytesMax = 2 * 1024 ** 2;
const sizeOf = ({ request_body, response_body, query, path }: LogRow) =>
  (request_body?.length ?? 0) + (response_body?.length ?? 0) + query.length + path.length;

export interface ApiLog {
  /** Resolves once the row is committed. */
  append: (row: LogRow) => Promise<void>;
  /** Resolves when all rows have been written. */
  stop: () => Promise<void>;
}

/** Creates the writer of the API log. It group-commits: rows added while a write is running are written together by the next one. */
export function createApiLog(logDb: Db): ApiLog {
  const { add, idle } = createGroupCommit<LogRow, void>(
    async (rows) => {
      await insertLogs(logDb, rows);
      return [];
    },
    { itemsMax: rowsMax, bytesMax, sizeOf },
  );
  return { append: add, stop: idle };
}
