import type { FileHandle } from 'node:fs/promises';
import { canOpenByHandle, openFolderByHandle } from './folder-by-handle.ts';
import { openFolderByPath } from './folder-by-path.ts';
import { type LinkFreeFolder, RefusedEntry } from './link-free-folder.ts';
import { partsOfSharedPath } from './shared-path.ts';

/** A file of a shared folder that can't be imported. The message goes into the import's log. */
export class SharedFileError extends Error {}
/** A file that does not exist in the shared folder. A build continues without it if its file group is optional. */
export class SharedFileMissingError extends SharedFileError {}

/** The folder of one environment in the shared directory. */
export interface SharedFolder {
  /** Names of the folders that lead to it, below the shared directory. Empty if it is the shared directory itself. */
  parts: string[];
  /** Name of a folder in it that belongs to other environments. Null if there is none. */
  closedPart: string | null;
}

const reasons: Record<RefusedEntry['reason'], string> = {
  link: 'is, or lies in, a symbolic link; links are not followed',
  'other names': 'has another name (a hard link); deliver a copy',
  'not a file': 'is not a regular file',
  unstable: 'was replaced while it was opened; try again',
};

/** Opens the folder of an environment. Its names must be spelled exactly as on the disk, because keys that differ only in case are different. */
async function walkToSharedFolder(steps: Steps, { parts }: SharedFolder): Promise<void> {
  try {
    for (const part of parts) {
      if (!(await steps.current().listNames()).includes(part)) throw Object.assign(new Error(part), { code: 'ENOENT' });
      await steps.into(part);
    }
  } catch (error) {
    const where = `the folder ${parts.join('/')} of the shared directory, which has the files of this environment,`;
    if (error instanceof RefusedEntry) throw new SharedFileError(`${where} ${reasons[error.reason]}`);
    throw new SharedFileError(isMissing(error) ? `${where} does not exist` : `${where} can't be read (${codeOf(error)})`);
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');

/** A walk from folder to folder that has one folder open at a time. */
interface Steps {
  current: () => LinkFreeFolder;
  into: (name: string) => Promise<void>;
  close: () => Promise<void>;
}

async function startAt(sharedDirectory: string, openFolder: typeof openFolderByHandle): Promise<Steps> {
  let folder = await openFolder(sharedDirectory).catch(() => {
    throw new SharedFileError('the shared directory does not exist');
  });
  return {
    current: () => folder,
    into: async (name) => {
      const next = await folder.openFolder(name);
      await folder.close();
      folder = next;
    },
    close: () => folder.close(),
  };
}

/**
 * Opens a regular file in the shared folder of an environment. Follows no links below the shared directory.
 *
 * Throws `SharedFileError`.
 */
export async function openSharedFile(
  sharedDirectory: string,
  folder: SharedFolder,
  path: string,
  openFolder = canOpenByHandle ? openFolderByHandle : openFolderByPath,
): Promise<{ file: FileHandle; name: string }> {
  const parts = partsOfSharedPath(path);
  if (!parts || parts[0]?.toLowerCase() === folder.closedPart?.toLowerCase())
    throw new SharedFileError(`${path} is not a path inside the environment's shared folder`);
  const name = parts.pop() as string;
  const steps = await startAt(sharedDirectory, openFolder);
  try {
    await walkToSharedFolder(steps, folder);
    for (const part of parts) await steps.into(part);
    return { file: await steps.current().openFile(name), name };
  } catch (error) {
    if (error instanceof SharedFileError) throw error;
    if (error instanceof RefusedEntry) throw new SharedFileError(`${path} ${reasons[error.reason]}`);
    if (isMissing(error)) throw new SharedFileMissingError(`${path} does not exist in the environment's shared folder`);
    throw new SharedFileError(`${path} can't be read (${codeOf(error)})`);
  } finally {
    await steps.close();
  }
}
