/** The error's `code`, as mysql2 and better-sqlite3 set it, or ''. */
export const errorCodeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

const unavailableCodes =
  /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|PROTOCOL_\w+|ER_CON_COUNT_ERROR|ER_SERVER_SHUTDOWN|ER_LOCK_WAIT_TIMEOUT|ER_LOCK_DEADLOCK|SQLITE_BUSY\w*|SQLITE_CANTOPEN\w*|SQLITE_IOERR\w*|SQLITE_FULL)$/;

/** Whether the database itself could not be asked, in contrast to a question that is wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    unavailableCodes.test(errorCodeOf(error)) ||
    error.name === 'KnexTimeoutError' ||
    error.message === 'Unable to acquire a connection' ||
    /(^| - )(Connection lost|Can't add new command when connection is in closed state)/.test(error.message)
  );
}

const rowCodes =
  /^(ER_DATA_\w+|ER_DUP_ENTRY|ER_TRUNCATED_\w+|ER_BAD_NULL_ERROR|ER_NO_REFERENCED_ROW\w*|SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)\w*)$/;

/** Whether a database refused a row for what is in it, or somebody else than a database refused: another row may go in all the same. */
export function isRowError(error: unknown): boolean {
  const isOfDatabase =
    /^(ER_|SQLITE_|PROTOCOL_|E[A-Z])/.test(errorCodeOf(error)) || (error as { name?: string } | null)?.name === 'KnexTimeoutError';
  return rowCodes.test(errorCodeOf(error)) || !isOfDatabase;
}

export const isDuplicateKey = (error: unknown): boolean =>
  /^(ER_DUP_ENTRY|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY))$/.test(errorCodeOf(error));

/** Whether the database undid a transaction so that others can go on. */
export const isDeadlock = (error: unknown): boolean => errorCodeOf(error) === 'ER_LOCK_DEADLOCK';
