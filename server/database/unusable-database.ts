import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCodeOf } from './database-errors.ts';
import { fileOf, isEmbedded, isInMemory } from './embedded.ts';

/** The database cannot be used. The message names its file or server, and says what to do. */
export class UnusableDatabase extends Error {}

/** The database works, but not with this version of the program, or not now. The message has no name of the database. */
export class UnfitDatabase extends Error {}

/** Returns the name of a database for messages: the path of the file, or server, port and database without user and password. */
export function nameOf(databaseUrl: string): string {
  if (isInMemory(databaseUrl)) return 'in memory';
  if (isEmbedded(databaseUrl)) return fileOf(databaseUrl);
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `${decodeURIComponent(pathname.slice(1))} on ${hostname}:${port || 3306}`;
}

function mayUse(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

/** Says why SQLite cannot open a file, for which it has one error only. */
function whyNotOpened(path: string): string {
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) return 'it is a folder; name a file in DATABASE_URL';
    if (!mayUse(path, constants.R_OK)) return 'this user may not read the file; give it to the user who runs Gatehouse';
    return 'the file, or a file beside it that ends in -wal or -shm, cannot be opened; check who may read and write them';
  }
  const folder = dirname(path);
  if (!mayUse(folder, constants.W_OK | constants.X_OK))
    return `this user may not create files in the folder ${folder}; give the folder to the user who runs Gatehouse`;
  return 'the file cannot be created; check its path in DATABASE_URL';
}

const folderFault = (what: string) => (path: string) => `${what} its folder ${dirname(path)}; check the path in DATABASE_URL`;
const check = 'check DATABASE_URL';
/** The meaning of error codes for a database, by the beginning of the code. */
const reasons: [code: RegExp, reason: string | ((name: string) => string)][] = [
  [/^SQLITE_CANTOPEN/, whyNotOpened],
  [/^SQLITE_NOTADB/, 'the file is not a database; name another file in DATABASE_URL'],
  [/^SQLITE_READONLY/, 'this user may not write the file; give the file and its folder to the user who runs Gatehouse'],
  [/^SQLITE_CORRUPT/, 'the file is damaged; restore a backup'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT|ER_RECORD_FILE_FULL|ER_DISK_FULL)/, 'the disk is full; free space on it'],
  [/^SQLITE_BUSY/, 'another process is using the file; stop it, or wait until it has ended'],
  [/^SQLITE_IOERR/, 'the file cannot be read or written; check its disk'],
  [/^(EEXIST|ENOTDIR)/, folderFault('a file is in the place of')],
  [/^(EACCES|EPERM)/, folderFault('this user may not create')],
  [/^EROFS/, folderFault('the disk is read-only, which prevents creating')],
  [/^ENOTFOUND/, `there is no such host; ${check}`],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)/, `no database server responds there; ${check}, and whether the server runs`],
  [/^ER_ACCESS_DENIED_ERROR/, `the server rejects the user or the password; ${check}`],
  [/^ER_(DBACCESS_DENIED|TABLEACCESS_DENIED|SPECIFIC_ACCESS_DENIED)_ERROR/, 'the user may not use it; grant all privileges on it'],
  [/^ER_BAD_DB_ERROR/, `the server has no such database; create it, or ${check}`],
  [/^ER_CON_COUNT_ERROR/, 'the server has too many connections; try again'],
  [/^KnexTimeoutError$/, `the database server gave no connection in time; ${check}, and whether the server is overloaded`],
];

const codeOf = (error: unknown): string => errorCodeOf(error) || (error as Error).name;

/** Tells whether an error is about a database: from SQLite, from MySQL or its connection, or from the folder of an embedded database. */
const isAboutDatabase = (error: unknown): boolean =>
  error instanceof UnfitDatabase ||
  /^(SQLITE_|ER_|PROTOCOL_|KnexTimeoutError)/.test(codeOf(error)) ||
  /^(mkdir|connect|getaddrinfo)$/.test((error as NodeJS.ErrnoException).syscall ?? '');

/** Runs `work` on a database. If the database is at fault, throws `UnusableDatabase`, which names it; other errors stay as they are. */
export async function withDatabaseName<Result>(databaseUrl: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isAboutDatabase(error)) throw error;
    const name = nameOf(databaseUrl);
    const [, reason = (error as Error).message || codeOf(error)] = reasons.find(([code]) => code.test(codeOf(error))) ?? [];
    throw new UnusableDatabase(`Cannot use the database ${name}: ${typeof reason === 'string' ? reason : reason(name)}`, { cause: error });
  }
}
