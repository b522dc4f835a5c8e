import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** A file or folder that is not opened, because of what it is. */
export class RefusedEntry extends Error {
  readonly reason: 'link' | 'other names' | 'not a file' | 'unstable';
  constructor(reason: RefusedEntry['reason']) {
    super(reason);
    this.reason = reason;
  }
}

/** A folder below which files are opened without following symbolic links, also if a name changes its meaning during the opening. */
export interface LinkFreeFolder {
  /** Names as the disk stores them. A file system that ignores case also opens other spellings. */
  listNames: () => Promise<string[]>;
  /** Opens a folder in this one. Throws `RefusedEntry`, or an error with the code `ENOENT` or `ENOTDIR` if there is none. */
  openFolder: (name: string) => Promise<LinkFreeFolder>;
  /** Opens a regular file of this folder that has no other name. Throws as `openFolder` does. */
  openFile: (name: string) => Promise<FileHandle>;
  close: () => Promise<void>;
}

export const isSameEntry = (one: BigIntStats, other: BigIntStats): boolean => one.dev === other.dev && one.ino === other.ino;

/** Checks what a name stands for, before it is opened: opening a device may have effects. Throws `RefusedEntry`. */
function requireRegularFile(stats: BigIntStats): void {
  if (stats.isSymbolicLink()) throw new RefusedEntry('link');
  if (!stats.isFile()) throw new RefusedEntry('not a file');
}

/** A name in a folder. */
export interface Name {
  open: () => Promise<FileHandle>;
  /** Reports what the name stands for now. */
  look: () => Promise<BigIntStats>;
  /** Tells whether the opened file has had this name without interruption until now. */
  isKept: (file: FileHandle) => Promise<boolean>;
}

/**
 * Opens the file of a name and checks that it is a regular file and has no other name.
 *
 * Tries again if the name was given to another file in between, as a program does that delivers a new file.
 */
export async function openChecked({ open, look, isKept }: Name): Promise<FileHandle> {
  for (let attempt = 0; attempt < 3; attempt++) {
    requireRegularFile(await look());
    const file = await open();
    try {
      const found = await look();
      requireRegularFile(found);
      const opened = await file.stat({ bigint: true });
      if (isSameEntry(found, opened)) {
        // A second name may be in the folder of another environment.
        if (opened.nlink > 1n) throw new RefusedEntry('other names');
        // Checked last: if this name was removed before the names were counted, the one that is left is another.
        if (await isKept(file)) return file;
      }
    } catch (error) {
      await file.close();
      throw error;
    }
    await file.close();
  }
  throw new RefusedEntry('unstable');
}
