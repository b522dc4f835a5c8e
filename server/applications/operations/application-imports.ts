import { randomUUID } from 'node:crypto';
import type {
  ApplicationImport,
  ApplicationImportSummary,
  CancelApplicationImportData,
  CancelApplicationImportResponses,
  DownloadImportFileData,
  DownloadImportFileResponses,
  DownloadImportLogData,
  DownloadImportLogResponses,
  GetApplicationImportData,
  GetApplicationImportResponses,
  ListApplicationImportsData,
  ListApplicationImportsResponses,
  StageApplicationImportData,
  StageApplicationImportResponses,
  UploadApplicationImportData,
  UploadApplicationImportResponses,
} from '../../../generated/types.gen.ts';
import { conflict, invalid, notFound, orNotFound, unprocessable } from '../../common/errors.ts';
import { isSameId } from '../../common/ids.ts';
import { presentPage, sliceOf } from '../../common/page.ts';
import { actorNameOf, type Context, callerOf, type Handler } from '../../handler.ts';
import type { UploadedFile } from '../import-files.ts';
import { presentApplicationSummary, presentImportHead } from '../present-applications.ts';
import * as store from '../store/application-imports.ts';
import { type ApplicationRow, type FileGroup, findApplication } from '../store/applications.ts';

const kind = 'Application Import';

function presentApplicationImport(
  row: store.ApplicationImportRow,
  files: Pick<store.ImportFileRow, 'id' | 'file_group_id' | 'file_group' | 'name'>[],
  application: store.ApplicationHead,
): ApplicationImport {
  const { buildStart, buildEnd, ...head } = presentImportHead(row);
  return {
    ...head,
    createdBy: row.created_by,
    buildStart,
    buildEnd,
    log: row.log,
    files: files.map(({ id, file_group_id, file_group, name }) => ({ id, fileGroupId: file_group_id, fileGroup: file_group, name })),
    metrics: row.metrics && row.status === 'Finished' ? JSON.parse(row.metrics) : null,
    application: presentApplicationSummary(application),
  };
}

const importOf = async (context: Context, id: string) =>
  orNotFound(await store.findApplicationImport(context.db, callerOf(context).environmentId, id), kind, id);

async function presentWhole(context: Context, id: string): Promise<ApplicationImport> {
  const [{ application, ...row }, files] = await Promise.all([importOf(context, id), store.listImportFiles(context.db, id)]);
  return presentApplicationImport(row, files, application);
}

/** The application a body names, if it takes imports. */
async function findOpenApplication(context: Context, applicationId: string): Promise<ApplicationRow> {
  const application = await findApplication(context.db, callerOf(context).environmentId, applicationId);
  if (!application) throw invalid({ field: 'applicationId', message: 'Application does not exist' });
  if (application.is_archived) throw invalid({ field: 'applicationId', message: 'Application is archived' });
  return application;
}

const newImport = (context: Context, application: ApplicationRow) => ({
  environment_id: application.environment_id,
  application_id: application.id,
  type: 'API' as const,
  created_by: actorNameOf(context),
});

export const listApplicationImports: Handler<ListApplicationImportsData, ListApplicationImportsResponses> = async (
  { query: { page = 1, applicationId } },
  context,
) => {
  const found = await store.listApplicationImports(context.db, callerOf(context).environmentId, { applicationId, ...sliceOf(page) });
  const present = (row: (typeof found.rows)[number]): ApplicationImportSummary => ({
    ...presentImportHead(row),
    application: presentApplicationSummary(row.application),
  });
  return { status: 200, body: presentPage(found, page, present) };
};

export const getApplicationImport: Handler<GetApplicationImportData, GetApplicationImportResponses> = async (
  { path: { id } },
  context,
) => ({ status: 200, body: await presentWhole(context, id) });

/**
 * Records a pending import and returns at once; the worker builds it later.
 *
 * No files are sent: the application's own schedule says where they are, so an application without one is refused here, where the caller can
 * still be told, and not by the build.
 */
export const stageApplicationImport: Handler<StageApplicationImportData, StageApplicationImportResponses> = async ({ body }, context) => {
  const application = await findOpenApplication(context, body.applicationId);
  if (!application.import_schedule) throw unprocessable('Application has no import schedule; set one, or upload the files');
  const row = await store.insertApplicationImport(context.db, context.now, newImport(context, application));
  return { status: 201, body: presentApplicationImport(row, [], application) };
};

/** Which file group each file is for. Throws when one is for none, or none is for a group that must have one. */
function matchFiles(groups: FileGroup[], files: UploadedFile[]): { group: FileGroup; file: UploadedFile }[] {
  const unknown = files.filter(({ part }) => !groups.some(({ id }) => isSameId(id, part)));
  const missing = groups.filter(({ id, isRequired }) => isRequired && !files.some(({ part }) => isSameId(id, part)));
  const errors = [
    ...unknown.map(({ part }) => ({ field: part, message: "Is not a file group of the application's connector" })),
    ...missing.map(({ id, name }) => ({ field: id, message: `The file for ${name} is missing` })),
  ];
  if (errors.length > 0) throw invalid(...errors);
  return groups.flatMap((group) => files.filter(({ part }) => isSameId(group.id, part)).map((file) => ({ group, file })));
}

export const uploadApplicationImport: Handler<UploadApplicationImportData, UploadApplicationImportResponses> = async (
  { body, query, files },
  context,
) => {
  const applicationId = body.applicationId ?? query.applicationId;
  if (!applicationId) throw invalid({ field: 'applicationId', message: 'Is required, as a form field or a query parameter' });
  if (body.applicationId && query.applicationId && !isSameId(body.applicationId, query.applicationId))
    throw invalid({ field: 'applicationId', message: 'The form field and the query parameter name different applications' });
  const notFiles = Object.keys(body).filter((name) => name !== 'applicationId' && !files.some(({ part }) => part === name));
  if (notFiles.length > 0) throw invalid(...notFiles.map((field) => ({ field, message: 'Must be a file with a file name' })));

  const application = await findOpenApplication(context, applicationId);
  if (!application.connector) throw invalid({ field: 'applicationId', message: 'Application has no connector that takes files' });
  if (files.length === 0) throw invalid({ field: 'body', message: 'Has no file' });
  const rows = matchFiles(application.connector.fileGroups, files).map(({ group, file: { part: _part, ...file } }) => ({
    ...file,
    file_group_id: group.id,
    file_group: group.name,
  }));
  const row = await store.insertApplicationImport(context.db, context.now, { id: randomUUID(), ...newImport(context, application) }, rows);
  return { status: 201, body: presentApplicationImport(row, rows, application) };
};

export const cancelApplicationImport: Handler<CancelApplicationImportData, CancelApplicationImportResponses> = async (
  { body },
  context,
) => {
  const { environmentId } = callerOf(context);
  const moved = await store.moveToCanceling(context.db, environmentId, body.applicationImportId);
  const row = await importOf(context, body.applicationImportId);
  if (!moved && row.sync_progress !== null)
    throw conflict(`${kind} ${row.number} can't be canceled any more: its records are in place, and it ends by itself`);
  if (!moved) throw conflict(`${kind} ${row.number} is ${row.status} and can't be canceled`);
  // A worker may have put it away already; what was asked, and granted, is this.
  return { status: 200, body: { ...(await presentWhole(context, row.id)), status: 'Canceling' } };
};

const percentEncoded = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
const attachment = (name: string) => {
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/gu, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percentEncoded)}`;
};

export const downloadImportLog: Handler<DownloadImportLogData, DownloadImportLogResponses> = async ({ path: { id } }, context) => {
  const row = await importOf(context, id);
  if (!row.log) throw notFound('Log of application import', id);
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
  const row = await importOf(context, id);
  const file = await store.findImportFile(context.db, row.id, fileId);
  if (!file || !(await context.importFiles.has(file.id))) throw notFound('Import file', fileId);
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
