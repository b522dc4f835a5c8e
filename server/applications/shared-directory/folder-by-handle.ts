import { constants, existsSync } from 'node:fs';
import { type FileHandle, lstat, open, opendir, readdir, readlink } from 'node:fs/promises';
import { type LinkFreeFolder, openChecked, RefusedEntry } from './link-free-folder.ts';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants;
const handles = '/proc/self/fd';

/** Whether a path can start at an open folder. Node.js has no `openat`, but Linux shows open folders in `/proc`. */
export const canOpenByHandle = process.platform === 'linux' && existsSync(handles);

/**
 * Opens a folder whose entries are opened relative to its handle, one name at a time. So the kernel never follows a link, and a folder that is
 * replaced meanwhile changes nothing.
 *
 * Follows links in `path` itself.
 */
export const openFolderByHandle = async (path: string): Promise<LinkFreeFolder> => folderOf(await open(path, O_RDONLY | O_DIRECTORY));

/**
 * Waits for changes of a folder that have begun. A removal first reduces the number of a file's names and then marks the path of the open file. It
 * locks the folder meanwhile, and reading the folder waits for the lock.
 */
async function waitForChanges(folder: string): Promise<void> {
  const entries = await opendir(folder, { bufferSize: 1 });
  await entries.read();
  await entries.close();
}

/** The kernel marks the path of an open file whose name was removed. It never takes the mark away, even if the same name is created again. */
const isRemoved = (path: string, name: string) => path.endsWith(' (deleted)') && !path.endsWith(`/${name}`);

function folderOf(handle: FileHandle): LinkFreeFolder {
  const own = `${handles}/${handle.fd}`;
  const look = (name: string) => lstat(`${own}/${name}`, { bigint: true });
  return {
    listNames: () => readdir(own),
    openFolder: async (name) => {
      try {
        return folderOf(await open(`${own}/${name}`, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
      } catch (error) {
        const isLink = await look(name).then(
          (stats) => stats.isSymbolicLink(),
          () => false,
        );
        throw isLink ? new RefusedEntry('link') : error;
      }
    },
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    openFile: (name) =>
      openChecked({
        open: () => open(`${own}/${name}`, O_RDONLY | O_NOFOLLOW | O_NONBLOCK),
        look: () => look(name),
        isKept: async (file) => {
          await waitForChanges(own);
          return !isRemoved(await readlink(`${handles}/${file.fd}`), name);
        },
      }),
    close: () => handle.close(),
  };
}
