import { dayMs } from '../common/durations.ts';
import type { Db } from '../database/database.ts';
import { fromInstant } from '../database/instants.ts';
import { findHostOrganization } from '../organizations/store/organizations.ts';
import type { ImportFiles } from './import-files.ts';
import { listExistingFileIds } from './store/application-imports.ts';

/** Every upload and every copy of a scheduled file has its row, or has failed, much earlier. */
const unusedAfterMs = dayMs;
const filesPerQuery = 100;

/**
 * Deletes the files in the upload directory that were written more than a day ago and that no import has: what a killed process left behind.
 *
 * Files that are older than the database stay, because they belong to another one. Safe to run in many processes.
 */
export async function deleteUnusedFiles(db: Db, importFiles: ImportFiles, now: Date, stop?: AbortSignal): Promise<void> {
  const host = await findHostOrganization(db);
  if (!host) return;
  let ids: string[] = [];
  const deleteUnused = async () => {
    const used = await listExistingFileIds(db, ids);
    for (const id of ids) if (!used.has(id)) await importFiles.remove(id);
    ids = [];
  };
  for await (const id of importFiles.listWritten(fromInstant(host.created_at), new Date(now.getTime() - unusedAfterMs))) {
    if (stop?.aborted) return;
    ids.push(id);
    if (ids.length === filesPerQuery) await deleteUnused();
  }
  await deleteUnused();
}
