import { dayMs } from '../common/durations.ts';
import type { Db } from '../database/database.ts';
import type { ImportFiles } from './import-files.ts';
import { listImportFiles, listImportsWithOldFiles, updateFilesDeleted } from './store/application-imports.ts';

/** Deletes the files of imports that ended `retentionDays` ago. */
export async function deleteOldFiles(db: Db, importFiles: ImportFiles, now: Date, retentionDays: number): Promise<void> {
  const some = () => listImportsWithOldFiles(db, new Date(now.getTime() - retentionDays * dayMs));
  for (let imports = await some(); imports.length > 0; imports = await some())
    for (const { id } of imports) {
      for (const file of await listImportFiles(db, id)) await importFiles.remove(file.id);
      await updateFilesDeleted(db, id, now);
    }
}
