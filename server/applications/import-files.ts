import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, realpath, rm, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file on our disk, with what was learned of it on its way there. */
export interface KeptFile {
  id: string;
  bytes: number;
  sha256: Buffer;
}
export interface UploadedFile extends KeptFile {
  /** The name of its part: the id of a file group. */
  part: string;
  name: string;
}

/** A file that can't be imported, in words for the import's log. */
export class ImportFileError extends Error {}
/** A file that is not there, which an optional file group may do without. */
export class ImportFileMissing extends ImportFileError {}

export type ImportFiles = ReturnType<typeof createImportFiles>;

/** Whether a path of a schedule can name a file in the shared directory at all. The directory itself is asked when the file is read. */
export function isSharedPath(path: string): boolean {
  const parts = path.split(/[\\/]/);
  return !isAbsolute(path) && !/^[A-Za-z]:/.test(path) && !path.includes('\0') && !parts.includes('..') && basename(path) !== '';
}

/** Hashes and counts what flows through it; `onBytes` may throw to end the flow. */
function meter(onBytes?: (count: number) => void) {
  const hash = createHash('sha256');
  const counted = { bytes: 0, sha256: () => hash.digest() };
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      counted.bytes += chunk.length;
      try {
        onBytes?.(chunk.length);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  return { stream, counted };
}

/**
 * The files of imports: `<upload directory>/<first two of id>/<id>.csv`, named by us alone.
 *
 * A file is complete, and on the disk, before any row names it.
 */
export function createImportFiles(directories: { uploadDirectory: string; sharedDirectory: string }) {
  const root = resolve(directories.uploadDirectory);
  const shared = resolve(directories.sharedDirectory);
  const pathOf = (id: string) => join(root, id.slice(0, 2), `${id}.csv`);

  /** Keeps a stream under a new id; what was written is gone again if the stream fails, or `onBytes` throws. */
  async function keep(source: Readable, onBytes?: (count: number) => void): Promise<KeptFile> {
    const id = randomUUID();
    const path = pathOf(id);
    await mkdir(join(root, id.slice(0, 2)), { recursive: true });
    const { stream, counted } = meter(onBytes);
    try {
      await pipeline(source, stream, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { id, bytes: counted.bytes, sha256: counted.sha256() };
  }

  /** Opens a regular file inside the shared directory, following links only as long as they stay inside. */
  async function openShared(path: string): Promise<FileHandle> {
    if (!isSharedPath(path)) throw new ImportFileError(`${path} is not a path inside the shared directory`);
    const home = await realpath(shared).catch(() => {
      throw new ImportFileError('the shared directory does not exist');
    });
    const real = await realpath(join(home, path)).catch(() => {
      throw new ImportFileMissing(`${path} does not exist in the shared directory`);
    });
    const inside = relative(home, real);
    if (inside === '' || inside.split(sep)[0] === '..' || isAbsolute(inside))
      throw new ImportFileError(`${path} leads out of the shared directory`);
    const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error) => {
      throw new ImportFileError(`${path} can't be read (${error.code})`);
    });
    if ((await file.stat()).isFile()) return file;
    await file.close();
    throw new ImportFileError(`${path} is not a regular file`);
  }

  /**
   * Copies a file of the shared directory, so that a build that begins again, and whoever downloads it later, gets the same bytes.
   *
   * A file that changes meanwhile is refused: half of it would look like the removal of all that is missing.
   */
  async function keepShared(path: string): Promise<KeptFile & { name: string }> {
    const file = await openShared(path);
    try {
      const before = await file.stat();
      // No further than it was at the beginning: a file that grows without end must not be read without end.
      const end = before.size - 1;
      const source = end < 0 ? Readable.from([]) : file.createReadStream({ autoClose: false, start: 0, end, highWaterMark: 1 << 20 });
      const kept = await keep(source);
      const after = await file.stat();
      if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || kept.bytes !== before.size) {
        await remove(kept.id);
        throw new ImportFileError(
          `${path} changed while it was read (${before.size} bytes, then ${after.size}); write it under another name and rename it`,
        );
      }
      return { ...kept, name: basename(path) };
    } finally {
      await file.close();
    }
  }

  const read = (id: string): Readable => createReadStream(pathOf(id), { highWaterMark: 1 << 18 });
  const has = (id: string): Promise<boolean> =>
    stat(pathOf(id)).then(
      () => true,
      () => false,
    );
  const remove = (id: string): Promise<void> => rm(pathOf(id), { force: true });

  return { keep, keepShared, read, has, remove };
}
