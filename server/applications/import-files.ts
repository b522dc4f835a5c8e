import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, opendir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { privateFileMode, privateFolderMode } from '../database/private-files.ts';
import { openSharedFile, SharedFileError, type SharedFolder } from './shared-directory/open-shared-file.ts';
import type { SharedDirectoryLayout } from './shared-directory/shared-folder.ts';

/** A file in the upload directory. */
interface StoredFile {
  id: string;
  bytes: number;
  sha256: Buffer;
}
export interface UploadedFile extends StoredFile {
  /** Name of the multipart part: the id of a file group. */
  part: string;
  name: string;
}

interface ImportFileSettings {
  uploadDirectory: string;
  sharedDirectory: string;
  sharedDirectoryLayout: SharedDirectoryLayout;
  /** Maximum bytes of a file in the shared directory. */
  sharedFileBytesMax: number;
}

export type ImportFiles = ReturnType<typeof createImportFiles>;

/** Creates a pass-through stream that hashes and counts its bytes. The stream fails if `onBytes` throws. */
function createMeter(onBytes?: (count: number) => void) {
  const hash = createHash('sha256');
  const measured = { bytes: 0, sha256: () => hash.digest() };
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      measured.bytes += chunk.length;
      try {
        onBytes?.(chunk.length);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  return { stream, measured };
}

const folderForm = /^[0-9a-f]{2}$/;
const fileForm = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.csv$/;

/** Lists the names in a folder; none if the folder does not exist. */
async function* entriesOf(folder: string): AsyncGenerator<string> {
  const opened = await opendir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for await (const { name } of opened) yield name;
}

/**
 * Creates the storage for import files: `<upload directory>/<first two characters of id>/<id>.csv`.
 *
 * The server chooses every id, so no path comes from a client. A file is complete and flushed to the disk before a database row refers to it.
 */
export function createImportFiles(settings: ImportFileSettings) {
  const { sharedDirectoryLayout, sharedFileBytesMax } = settings;
  const uploadDirectory = resolve(settings.uploadDirectory);
  const sharedDirectory = resolve(settings.sharedDirectory);
  const pathOf = (id: string) => join(uploadDirectory, id.slice(0, 2), `${id}.csv`);

  /** Stores a stream under a new id. Deletes the partial file if the stream fails, `onBytes` throws or `stop` aborts. */
  async function store(source: Readable, onBytes?: (count: number) => void, stop?: AbortSignal): Promise<StoredFile> {
    const id = randomUUID();
    const path = pathOf(id);
    await mkdir(join(uploadDirectory, id.slice(0, 2)), { recursive: true, mode: privateFolderMode });
    const { stream, measured } = createMeter(onBytes);
    try {
      await pipeline(source, stream, createWriteStream(path, { flags: 'wx', mode: privateFileMode, flush: true }), {
        ...(stop && { signal: stop }),
      });
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { id, bytes: measured.bytes, sha256: measured.sha256() };
  }

  /**
   * Copies a file of an environment's shared folder, so that a restarted build and later downloads read the same bytes.
   *
   * Throws `SharedFileError` if the file changes during the copy: the import of a truncated file would remove all missing records. Leaves no copy
   * if it throws.
   */
  async function copyShared(folder: SharedFolder, path: string, stop?: AbortSignal): Promise<StoredFile & { name: string }> {
    const { file, name } = await openSharedFile(sharedDirectory, folder, path);
    try {
      const before = await file.stat();
      if (before.size > sharedFileBytesMax)
        throw new SharedFileError(`${path} has ${before.size} bytes, more than the maximum of ${sharedFileBytesMax}`);
      // Reads at most the initial size, because a file that is appended to continuously has no end.
      const end = before.size - 1;
      const source = end < 0 ? Readable.from([]) : file.createReadStream({ autoClose: false, start: 0, end, highWaterMark: 1 << 20 });
      const copy = await store(source, undefined, stop);
      try {
        const after = await file.stat();
        if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || copy.bytes !== before.size)
          throw new SharedFileError(
            `${path} changed while it was read (${before.size} bytes, then ${after.size}); write it under another name and rename it`,
          );
      } catch (error) {
        await remove(copy.id);
        throw error;
      }
      return { ...copy, name };
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

  /** Lists the ids of the stored files that were last written between two times. Each comes when it is asked for, because there may be many. */
  async function* listWritten(from: Date, to: Date): AsyncGenerator<string> {
    for await (const folder of entriesOf(uploadDirectory)) {
      if (!folderForm.test(folder)) continue;
      for await (const name of entriesOf(join(uploadDirectory, folder))) {
        const id = fileForm.exec(name)?.[1];
        const found = id !== undefined && (await stat(pathOf(id)).catch(() => undefined));
        if (found && found.mtime >= from && found.mtime < to) yield id;
      }
    }
  }

  return { store, copyShared, read, has, remove, listWritten, sharedDirectoryLayout };
}
