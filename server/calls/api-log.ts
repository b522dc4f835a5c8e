import type { Db } from '../database/database.ts';
import { createGroupCommit } from '../database/group-commit.ts';
import { insertLogs, type LogRow } from './store/api-log.ts';

/** Each number of rows is a statement that MySQL keeps for each connection. */
const rowsMax = 50;
/** Well below what MySQL takes as one statement, where each byte of a body is two digits. */
const bytesMax = 2 * 1024 ** 2;
const sizeOf = ({ request_body, response_body, query, path }: LogRow) =>
  (request_body?.length ?? 0) + (response_body?.length ?? 0) + query.length + path.length;

export interface ApiLog {
  /** Resolves once the row is committed. */
  keep: (row: LogRow) => Promise<void>;
  /** Resolves when nothing is left to write. */
  stop: () => Promise<void>;
}

/** Rows of calls that end while others are being written are written together. */
export function createApiLog(logDb: Db): ApiLog {
  const { add, idle } = createGroupCommit<LogRow, void>(
    async (rows) => {
      await insertLogs(logDb, rows);
      return [];
    },
    { itemsMax: rowsMax, bytesMax, sizeOf },
  );
  return { keep: add, stop: idle };
}
