/** The error's `code`, as mysql2 and better-sqlite3 set it; empty if it has none. */
export const errorCodeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

const unavailableCodes =
  /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|PROTOCOL_\w+|ER_CON_COUNT_ERROR|ER_SERVER_SHUTDOWN|ER_LOCK_WAIT_TIMEOUT|ER_LOCK_DEADLOCK|SQLITE_BUSY\w*|SQLITE_CANTOPEN\w*|SQLITE_IOERR\w*|SQLITE_FULL|SQLITE_READONLY\w*|ER_RECORD_FILE_FULL|ER_DISK_FULL|ER_ERROR_ON_WRITE|ER_TEMP_FILE_WRITE_FAILURE|ER_OPTION_PREVENTS_STATEMENT)$/;

const outOfSpaceCodes = /^(SQLITE_FULL|ER_RECORD_FILE_FULL|ER_DISK_FULL|ER_ERROR_ON_WRITE|ER_TEMP_FILE_WRITE_FAILURE|ENOSPC|EDQUOT)$/;

/** Tells whether the database or a file could not be written because there is no space. */
export const isOutOfSpace = (error: unknown): boolean =>
  outOfSpaceCodes.test(errorCodeOf(error)) ||
  // SQLite ends a transaction whose disk is full. Its savepoints then no longer exist.
  (errorCodeOf(error) === 'SQLITE_ERROR' && /no such savepoint/.test((error as Error).message));

/** Tells whether the database could not be reached or could not serve; false if the statement itself is wrong. */
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

/** Tells whether one row caused the error, so that other rows may still succeed. Errors from outside the database count as row errors. */
export function isRowError(error: unknown): boolean {
  const isDatabaseError =
    /^(ER_|SQLITE_|PROTOCOL_|E[A-Z])/.test(errorCodeOf(error)) || (error as { name?: string } | null)?.name === 'KnexTimeoutError';
  return rowCodes.test(errorCodeOf(error)) || !isDatabaseError;
}

export const isDuplicateKey = (error: unknown): boolean =>
  /^(ER_DUP_ENTRY|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY))$/.test(errorCodeOf(error));

/** Tells whether MySQL rolled the transaction back to resolve a deadlock. */
export const isDeadlock = (error: unknown): boolean => errorCodeOf(error) === 'ER_LOCK_DEADLOCK';
