import { setTimeout as wait } from 'node:timers/promises';
import { isSameId } from '../../common/ids.ts';
import type { Db } from '../../database/database.ts';
import { isDuplicateKey } from '../../database/database-errors.ts';
import { inTransaction, isCommitUnknown } from '../../database/transactions.ts';
import type { ImportFiles } from '../import-files.ts';
import { SharedFileError, SharedFileMissingError, type SharedFolder } from '../shared-directory/open-shared-file.ts';
import { sharedFolderOf } from '../shared-directory/shared-folder.ts';
import { type ApplicationImportRow, type ImportFileRow, insertImportFiles, listImportFiles } from '../store/application-imports.ts';
import type { ApplicationRow, FileGroup } from '../store/applications.ts';
import type { ImportLog } from './import-log.ts';

/** Thrown when an import must fail. The message goes into the import's log. */
export class BuildFailure extends Error {}

const copyPollMs = 100;

/** Copies a shared file with heartbeats, because the copy may take longer than the lease. Ends and deletes the copy if a heartbeat throws. */
async function copyWithHeartbeat(importFiles: ImportFiles, folder: SharedFolder, path: string, heartbeat: () => Promise<void>) {
  const stop = new AbortController();
  let isCopying = true;
  const copy = importFiles.copyShared(folder, path, stop.signal).finally(() => {
    isCopying = false;
  });
  try {
    while (isCopying) {
      await Promise.race([copy, wait(copyPollMs, undefined, { ref: false })]);
      if (isCopying) await heartbeat();
    }
    return await copy;
  } catch (error) {
    stop.abort();
    await copy.then((file) => removeCopies(importFiles, [file])).catch(() => {});
    throw error;
  }
}

/** Deletes copies that no row names. `deleteUnusedFiles` deletes those that cannot be deleted now. */
async function removeCopies(importFiles: ImportFiles, copies: { id: string }[]): Promise<void> {
  await Promise.allSettled(copies.map(({ id }) => importFiles.remove(id)));
}

type NewImportFile = Parameters<typeof insertImportFiles>[2][number];

/** Copies the files of the application's schedule. Skips missing files of optional file groups. Adds each to `copies`, also if it throws then. */
async function copyScheduledFiles(
  db: Db,
  importFiles: ImportFiles,
  application: ApplicationRow,
  groupOf: (id: string) => FileGroup | undefined,
  log: ImportLog,
  heartbeat: () => Promise<void>,
  copies: NewImportFile[],
): Promise<void> {
  const folder = await sharedFolderOf(db, importFiles.sharedDirectoryLayout, application.environment_id);
  for (const { fileGroupId, path } of application.import_schedule?.files ?? []) {
    const group = groupOf(fileGroupId);
    if (!group) continue;
    await heartbeat();
    try {
      const copy = await copyWithHeartbeat(importFiles, folder, path, heartbeat);
      copies.push({ ...copy, file_group_id: group.id, file_group: group.name });
    } catch (error) {
      if (error instanceof SharedFileMissingError && !group.isRequired) {
        log.add(`${group.name}: ${error.message}; the file is optional, so the import continues`);
        continue;
      }
      if (error instanceof SharedFileError) throw new SharedFileError(`${group.name}: ${error.message}`);
      throw error;
    }
  }
  if (copies.length === 0)
    throw new BuildFailure(
      "the application no longer has an import schedule, or none of its files exists in the environment's shared folder",
    );
}

/**
 * Returns the files of an import with their file groups.
 *
 * These are the uploaded files, or copies of the scheduled files. A restarted build reuses the copies of the first one. Throws `BuildFailure` or
 * `SharedFileError`.
 */
export async function listFilesToBuild(
  db: Db,
  importFiles: ImportFiles,
  { id: importId }: Pick<ApplicationImportRow, 'id'>,
  application: ApplicationRow,
  log: ImportLog,
  heartbeat: () => Promise<void>,
): Promise<{ file: ImportFileRow; group: FileGroup }[]> {
  const groups = application.connector?.fileGroups ?? [];
  const groupOf = (id: string) => groups.find((group) => isSameId(group.id, id));
  let files = await listImportFiles(db, importId);
  if (files.length === 0) {
    const copies: NewImportFile[] = [];
    let isInserting = false;
    try {
      await copyScheduledFiles(db, importFiles, application, groupOf, log, heartbeat, copies);
      isInserting = true;
      await inTransaction(db, (trx) => insertImportFiles(trx, importId, copies));
    } catch (error) {
      // The rows may exist after a failed commit. `deleteUnusedFiles` deletes the copies if they do not.
      if (!isInserting || !isCommitUnknown(error)) await removeCopies(importFiles, copies);
      // Another worker builds or has built this import and inserted its copies first. This build uses those copies.
      if (!isInserting || !isDuplicateKey(error)) throw error;
    }
    files = await listImportFiles(db, importId);
  }
  return files.map((file) => {
    const group = groupOf(file.file_group_id);
    if (!group) throw new BuildFailure(`${file.file_group}: the application's connector has no such file group any more`);
    return { file, group };
  });
}
