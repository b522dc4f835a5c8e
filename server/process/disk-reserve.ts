import { statfs as statFileSystem } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Log } from '../common/process-log.ts';
import { fileOf, isEmbedded, isInMemory } from '../database/embedded.ts';
import type { Config } from './config.ts';

/** The space of a file system, in blocks. */
export interface Space {
  bsize: number;
  blocks: number;
  /** Blocks that a user without privileges may still use. */
  bavail: number;
}
export type StatFs = (folder: string) => Promise<Space>;

/** Short, because uploads and builds that run already may store much in the meantime. */
const checkMs = 250;
const defaultReserveBytes = 256 * 1024 ** 2;
/** Without a setting, the reserve of a small disk is only this part of it, so that a small machine is not short from the start. */
const defaultReservePart = 0.05;

/** Returns the folders in which the server stores data, by their names in messages. */
const foldersOf = ({ databaseUrl, uploadDirectory }: Pick<Config, 'databaseUrl' | 'uploadDirectory'>): [name: string, folder: string][] => [
  ...(isEmbedded(databaseUrl) && !isInMemory(databaseUrl) ? [['database', dirname(fileOf(databaseUrl))] as [string, string]] : []),
  ['uploads', resolve(uploadDirectory)],
];

/** Returns the space of the file system of a folder, or of its nearest parent that exists. */
async function spaceOf(statFs: StatFs, folder: string): Promise<Space> {
  try {
    return await statFs(folder);
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    return spaceOf(statFs, parent);
  }
}

interface DiskReserve {
  /** Returns why the server must store less, and what to do; undefined if there is enough space. */
  shortage: () => string | undefined;
  stop: () => void;
}

/**
 * Watches that the disks of the database and of the uploads keep a reserve for the calls of known callers.
 *
 * Resolves after the first check. Checks four times a second, not for each call. A reserve of 0 is never short. A disk that cannot be checked counts as
 * having space, because its writes still fail in order.
 */
export async function watchDiskReserve(
  config: Pick<Config, 'databaseUrl' | 'uploadDirectory' | 'diskReserveBytes'>,
  log: Log,
  statFs: StatFs = statFileSystem,
): Promise<DiskReserve> {
  const folders = foldersOf(config);
  let shortage: string | undefined;
  let checking: Promise<void> | undefined;
  let hasWarned = false;

  async function isShort(folder: string): Promise<boolean> {
    const { bsize, blocks, bavail } = await spaceOf(statFs, folder);
    const reserve = config.diskReserveBytes ?? Math.min(defaultReserveBytes, defaultReservePart * blocks * bsize);
    return bavail * bsize < reserve;
  }

  async function check(): Promise<void> {
    let found: string | undefined;
    try {
      for (const [name, folder] of folders)
        if (await isShort(folder)) found ??= `The disk of the ${name} has less free space than DISK_RESERVE_BYTES; free space on it`;
    } catch (error) {
      if (!hasWarned) log.warn({ err: error }, 'the free space of a disk cannot be checked');
      hasWarned = true;
    }
    if (found !== shortage) {
      if (found) log.error(`${found}. Until then, uploads, imports and the calls of unknown callers are not stored`);
      else log.info('the disks have enough free space again');
    }
    shortage = found;
  }
  const checkOnce = (): Promise<void> => {
    checking ??= check().finally(() => {
      checking = undefined;
    });
    return checking;
  };

  if (config.diskReserveBytes === 0) return { shortage: () => undefined, stop: () => {} };
  await checkOnce();
  const timer = setInterval(() => void checkOnce(), checkMs);
  timer.unref();
  return { shortage: () => shortage, stop: () => clearInterval(timer) };
}
