import type { Log } from '../common/process-log.ts';
import type { ImportFiles, UploadedFile } from '../handler.ts';

/** Removes the files of an upload that no import uses. */
export type RemoveFiles = (files: UploadedFile[]) => Promise<void>;

/** Creates a function that never rejects: a file that cannot be removed is logged, and the response does not change. */
export const createRemoveFiles =
  (importFiles: ImportFiles, log: Log): RemoveFiles =>
  async (files) => {
    for (const { id } of files)
      await importFiles.remove(id).catch((error) => log.error({ err: error, fileId: id }, 'an unused upload could not be removed'));
  };
