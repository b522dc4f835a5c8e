import { randomUUID } from 'node:crypto';
import type {
  ApplicationImport,
  ApplicationImportSummary,
  CancelApplicationImportData,
  CancelApplicationImportResponses,
  GetApplicationImportData,
  GetApplicationImportResponses,
  ListApplicationImportsData,
  ListApplicationImportsResponses,
  StageApplicationImportData,
  StageApplicationImportResponses,
  UploadApplicationImportData,
  UploadApplicationImportResponses,
} from '../../../generated/types.gen.ts';
import { conflict, invalid, tooManyRequests, unprocessable } from '../../common/errors.ts';
import { isSameId } from '../../common/ids.ts';
import { presentPage, sliceOf } from '../../common/page.ts';
import { actorNameOf, type Context, callerOf, type Handler } from '../../handler.ts';
import { findImportOrThrow } from '../find-import.ts';
import type { UploadedFile } from '../import-files.ts';
import { presentApplicationImport, presentApplicationSummary, presentImportSummary } from '../present-applications.ts';
import * as store from '../store/application-imports.ts';
import { type ApplicationRow, type FileGroup, findApplication } from '../store/applications.ts';
import { QueueFull } from '../store/import-queues.ts';

const kind = 'Application Import';
const importState = { resource: 'application-imports', fields: ['number', 'status'] };
/** The data that an error about the application of a request reveals. */
const revealedBy = (...fields: string[]) => [{ resource: 'applications', fields }];

async function presentImportWithFiles(context: Context, id: string): Promise<ApplicationImport> {
  const [{ application, ...row }, files] = await Promise.all([findImportOrThrow(context, id), store.listImportFiles(context.db, id)]);
  return presentApplicationImport(row, files, application);
}

/** Finds the application that a body names. Throws 400 if it does not exist or is archived. */
async function findActiveApplication(context: Context, applicationId: string): Promise<ApplicationRow> {
  const application = await findApplication(context.db, callerOf(context).environmentId, applicationId);
  if (!application) throw invalid({ field: 'applicationId', message: 'Application does not exist', reveals: revealedBy() });
  if (application.is_archived)
    throw invalid({ field: 'applicationId', message: 'Application is archived', reveals: revealedBy('isArchived') });
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
    ...presentImportSummary(row),
    application: presentApplicationSummary(row.application),
  });
  return { status: 200, body: presentPage(found, page, present) };
};

export const getApplicationImport: Handler<GetApplicationImportData, GetApplicationImportResponses> = async (
  { path: { id } },
  context,
) => ({ status: 200, body: await presentImportWithFiles(context, id) });

const retryAfterSeconds = 60;

/** Inserts a pending import. Throws 429 if the environment has too many open imports. */
async function insertImport(
  { db, now, openImportsMax }: Context,
  values: Parameters<typeof store.insertApplicationImport>[2],
  files: Parameters<typeof store.insertImportFiles>[2] = [],
): Promise<store.ApplicationImportRow> {
  try {
    return await store.insertApplicationImport(db, now, { id: randomUUID(), ...values }, files, openImportsMax);
  } catch (error) {
    if (!(error instanceof QueueFull)) throw error;
    const message = `The environment has ${openImportsMax} imports that have not ended; try again in ${retryAfterSeconds} seconds`;
    throw tooManyRequests(message, retryAfterSeconds);
  }
}

/**
 * Inserts a pending import of the application's scheduled files. The worker builds it later.
 *
 * Responds 422 to an application without an import schedule, because the build could report that only in its log.
 */
export const stageApplicationImport: Handler<StageApplicationImportData, StageApplicationImportResponses> = async ({ body }, context) => {
  const application = await findActiveApplication(context, body.applicationId);
  if (!application.import_schedule)
    throw unprocessable('Application has no import schedule; set one, or upload the files', revealedBy('importSchedule'), 'applicationId');
  const row = await insertImport(context, newImport(context, application));
  return { status: 201, body: presentApplicationImport(row, [], application) };
};

/** Pairs files with their file groups. Throws 400 for a file without a group and for a required group without a file. */
function matchFiles(groups: FileGroup[], files: UploadedFile[]): { group: FileGroup; file: UploadedFile }[] {
  const unknown = files.filter(({ part }) => !groups.some(({ id }) => isSameId(id, part)));
  const missing = groups.filter(({ id, isRequired }) => isRequired && !files.some(({ part }) => isSameId(id, part)));
  const errors = [
    ...unknown.map(({ part }) => ({ field: part, message: "Is not a file group of the application's connector" })),
    ...missing.map(({ id, name }) => ({ field: id, message: `The file for ${name} is missing` })),
  ].map((error) => ({ ...error, reveals: revealedBy('connector'), requestField: 'applicationId' }));
  if (errors.length > 0) throw invalid(errors);
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
  if (notFiles.length > 0) throw invalid(notFiles.map((field) => ({ field, message: 'Must be a file with a file name' })));

  const application = await findActiveApplication(context, applicationId);
  if (!application.connector)
    throw invalid({
      field: 'applicationId',
      message: 'Application has no connector that takes files',
      reveals: revealedBy('connector'),
    });
  if (files.length === 0) throw invalid({ field: 'body', message: 'Has no file' });
  const fileRows = matchFiles(application.connector.fileGroups, files).map(({ group, file: { part: _part, ...file } }) => ({
    ...file,
    file_group_id: group.id,
    file_group: group.name,
  }));
  const row = await insertImport(context, newImport(context, application), fileRows);
  return { status: 201, body: presentApplicationImport(row, fileRows, application) };
};

export const cancelApplicationImport: Handler<CancelApplicationImportData, CancelApplicationImportResponses> = async (
  { body },
  context,
) => {
  const { environmentId } = callerOf(context);
  const moved = await store.moveToCanceling(context.db, environmentId, body.applicationImportId);
  const row = await findImportOrThrow(context, body.applicationImportId);
  if (!moved && row.sync_progress !== null)
    throw conflict(`${kind} ${row.number} can't be canceled any more: its records are already imported, and it will finish soon`, [
      importState,
    ]);
  if (!moved) throw conflict(`${kind} ${row.number} is ${row.status} and can't be canceled`, [importState]);
  // A worker may have ended the import already. The response always says `Canceling`, the state that this request caused.
  return { status: 200, body: { ...(await presentImportWithFiles(context, row.id)), status: 'Canceling' } };
};
