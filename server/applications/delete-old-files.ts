import { dayMs } from '../common/durations.ts';
import type { Db } from '../database/database.ts';
import type { ImportFiles } from './import-files.ts';
import { listImportFiles, listImportsWithOldFiles, markFilesDeleted } from './store/application-imports.ts';

/** Deletes the files of imports that ended more than `retentionDays` ago. */
export async function deleteOldFiles(db: Db, importFiles: ImportFiles, now: Date, retentionDays: number): Promise<void> {
  const listNext = () => listImportsWithOldFiles(db, new Date(now.getTime() - retentionDays * dayMs));
  for (let imports = await listNext(); imports.length > 0; imports = await listNext())
    for (const { id } of imports) {
      for (const file of await listImportFiles(db, id)) await importFiles.remove(file.id);
      await markFilesDeleted(db, id, now);
    }
}
