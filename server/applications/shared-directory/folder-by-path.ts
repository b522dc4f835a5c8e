import { type BigIntStats, constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isSameEntry, type LinkFreeFolder, openChecked, RefusedEntry } from './link-free-folder.ts';

// Windows has neither flag.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

interface Seen {
  path: string;
  stats: BigIntStats;
}

/**
 * Opens a folder for systems on which a path cannot start at an open folder. Follows links in `path` itself.
 *
 * A file counts as opened only if, afterwards, all folders of its path are still the ones that were walked. A program that replaces a folder or a file and
 * puts it back between two of these checks is not noticed, which is improbable, but possible.
 */
export const openFolderByPath = async (path: string): Promise<LinkFreeFolder> => {
  const real = await realpath(path);
  return folderOf([await seeFolder(real)]);
};

async function seeFolder(path: string): Promise<Seen> {
  const stats = await lstat(path, { bigint: true });
  if (stats.isSymbolicLink()) throw new RefusedEntry('link');
  if (!stats.isDirectory()) throw Object.assign(new Error(`${path} is not a folder`), { code: 'ENOTDIR' });
  return { path, stats };
}

function folderOf(walked: Seen[]): LinkFreeFolder {
  const { path } = walked.at(-1) as Seen;
  async function requireUnchangedFolders() {
    for (const { path, stats } of walked) if (!isSameEntry((await seeFolder(path)).stats, stats)) throw new RefusedEntry('unstable');
  }
  async function look(name: string) {
    await requireUnchangedFolders();
    const stats = await lstat(join(path, name), { bigint: true });
    await requireUnchangedFolders();
    return stats;
  }
  return {
    listNames: () => readdir(path),
    openFolder: async (name) => folderOf([...walked, await seeFolder(join(path, name))]),
    openFile: (name) =>
      openChecked({
        open: () => open(join(path, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK),
        look: () => look(name),
        isKept: async (file) => {
          const [found, opened] = [await look(name), await file.stat({ bigint: true })];
          return isSameEntry(found, opened) && found.nlink === 1n && opened.nlink === 1n;
        },
      }),
    close: async () => {},
  };
}
