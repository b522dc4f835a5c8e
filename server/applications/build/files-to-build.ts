import { setTimeout as wait } from 'node:timers/promises';
import { isSameId } from '../../common/ids.ts';
import { type Db } from '../../database/database.ts';
import { isDuplicateKey } from '../../database/database-errors.ts';
import { ImportFileError, ImportFileMissing, type ImportFiles } from '../import-files.ts';
import { type ApplicationImportRow, type ImportFileRow, insertImportFiles, listImportFiles } from '../store/application-imports.ts';
import type { ApplicationRow, FileGroup } from '../store/applications.ts';
import type { ImportLog } from './import-log.ts';

/** The import fails, in these words. */
export class BuildFailure extends Error {}

const copyPollMs = 100;

/** Copies a file, which may take longer than a lease, and says meanwhile that the build goes on. A copy that nobody wants any more is removed. */
async function copyAlive(importFiles: ImportFiles, path: string, heartbeat: () => Promise<void>) {
  let isCopying = true;
  const copy = importFiles.keepShared(path).finally(() => {
    isCopying = false;
  });
  try {
    while (isCopying) {
      await Promise.race([copy, wait(copyPollMs, undefined, { ref: false })]);
      if (isCopying) await heartbeat();
    }
  } catch (error) {
    copy.then(({ id }) => importFiles.remove(id)).catch(() => {});
    throw error;
  }
  return copy;
}

/** The files of an import with their file groups: those uploaded with it, or those of the schedule, copied now unless an earlier try has. */
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
    const copies = [];
    for (const { fileGroupId, path } of application.import_schedule?.files ?? []) {
      const group = groupOf(fileGroupId);
      if (!group) continue;
      await heartbeat();
      try {
        const { name, ...kept } = await copyAlive(importFiles, path, heartbeat);
        copies.push({ ...kept, file_group_id: group.id, file_group: group.name, name });
      } catch (error) {
        if (error instanceof ImportFileMissing && !group.isRequired) {
          log.add(`${group.name}: ${error.message}; it is optional`);
          continue;
        }
        if (error instanceof ImportFileError) throw new ImportFileError(`${group.name}: ${error.message}`);
        throw error;
      }
    }
    if (copies.length === 0) throw new BuildFailure('the application has no import schedule any more, or none of its files is there');
    try {
      await insertImportFiles(db, importId, copies);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // A build that has lost this import, or taken it over, was faster: what it copied is the import's.
      for (const { id } of copies) await importFiles.remove(id);
    }
    files = await listImportFiles(db, importId);
  }
  return files.map((file) => {
    const group = groupOf(file.file_group_id);
    if (!group) throw new BuildFailure(`${file.file_group}: the application's connector has no such file group any more`);
    return { file, group };
  });
}
