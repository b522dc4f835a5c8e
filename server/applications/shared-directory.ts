import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';

/** A file of the shared directory that can't be imported. The message goes into the import's log. */
export class SharedFileError extends Error {}
/** A file that does not exist in the shared directory. A build continues without it if its file group is optional. */
export class SharedFileMissingError extends SharedFileError {}

/** Returns whether a path of an import schedule is relative and free of `..`. Does not access the disk. */
export function isSharedPath(path: string): boolean {
  const parts = path.split(/[\\/]/);
  return !isAbsolute(path) && !/^[A-Za-z]:/.test(path) && !path.includes('\0') && !parts.includes('..') && basename(path) !== '';
}

/**
 * Opens a regular file inside the shared directory. Follows symbolic links only if their target is inside the directory.
 *
 * Throws `SharedFileError`.
 */
export async function openSharedFile(sharedDirectory: string, path: string): Promise<FileHandle> {
  if (!isSharedPath(path)) throw new SharedFileError(`${path} is not a path inside the shared directory`);
  const root = await realpath(sharedDirectory).catch(() => {
    throw new SharedFileError('the shared directory does not exist');
  });
  const target = await realpath(join(root, path)).catch(() => {
    throw new SharedFileMissingError(`${path} does not exist in the shared directory`);
  });
  const targetInRoot = relative(root, target);
  if (targetInRoot === '' || targetInRoot.split(sep)[0] === '..' || isAbsolute(targetInRoot))
    throw new SharedFileError(`${path} leads out of the shared directory`);
  // O_NONBLOCK: opening a named pipe must not wait for a writer.
  const file = await open(target, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error) => {
    throw new SharedFileError(`${path} can't be read (${error.code})`);
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new SharedFileError(`${path} is not a regular file`);
}
