import type {
  DownloadImportFileData,
  DownloadImportFileResponses,
  DownloadImportLogData,
  DownloadImportLogResponses,
} from '../../../generated/types.gen.ts';
import { notFound } from '../../common/errors.ts';
import { withoutUnprintable } from '../../common/unprintable.ts';
import type { Handler } from '../../handler.ts';
import { findImportOrThrow } from '../find-import.ts';
import { findImportFile } from '../store/application-imports.ts';

const percentEncoded = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
/** Returns a `Content-Disposition` with the file name in ASCII and, by RFC 5987, in full. */
const attachment = (fileName: string) => {
  const name = withoutUnprintable(fileName);
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/gu, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percentEncoded)}`;
};

export const downloadImportLog: Handler<DownloadImportLogData, DownloadImportLogResponses> = async ({ path: { id } }, context) => {
  const row = await findImportOrThrow(context, id);
  if (!row.log) throw notFound('Log of application import', id, 'application-imports', ['log']);
  return {
    status: 200,
    body: row.log,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': attachment(`import-${row.number}.log`),
    },
  };
};

export const downloadImportFile: Handler<DownloadImportFileData, DownloadImportFileResponses> = async (
  { path: { id, fileId } },
  context,
) => {
  const row = await findImportOrThrow(context, id);
  const file = await findImportFile(context.db, row.id, fileId);
  if (!file || !(await context.importFiles.has(file.id))) throw notFound('Import file', fileId, 'application-imports', ['files']);
  return {
    status: 200,
    body: context.importFiles.read(file.id),
    headers: {
      'Content-Type': 'text/csv',
      'Content-Length': String(file.bytes),
      'Content-Disposition': attachment(file.name),
    },
  };
};
