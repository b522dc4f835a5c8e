import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';

/** Modes that let only the user who runs the server read and write. Windows ignores them. */
export const privateFileMode = 0o600;
export const privateFolderMode = 0o700;
const othersMask = 0o077;

/** Creates a folder, and its missing parents, that only the user who runs the server may open. Does not change an existing folder. */
export const createPrivateFolder = (path: string): void => {
  mkdirSync(path, { recursive: true, mode: privateFolderMode });
};

/**
 * Takes all rights to a file from other users, if the file exists.
 *
 * Ignores a file that it may not change: it belongs to another user, who then decides.
 */
export function closeToOthers(path: string): void {
  try {
    const { mode } = statSync(path);
    if ((mode & othersMask) !== 0) chmodSync(path, mode & ~othersMask & 0o7777);
  } catch {}
}

/**
 * Creates the files of an embedded database with `privateFileMode`, whatever the umask is, and takes the rights to existing ones from other users.
 *
 * SQLite gives its other files the mode of the database file. A file that cannot be created is left to SQLite, which throws the error that says why.
 */
export function makeDatabaseFilesPrivate(filename: string): void {
  try {
    closeSync(openSync(filename, 'a', privateFileMode));
  } catch {}
  for (const ending of ['', '-wal', '-shm', '-journal']) closeToOthers(`${filename}${ending}`);
}
