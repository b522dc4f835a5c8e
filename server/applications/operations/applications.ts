import { randomUUID } from 'node:crypto';
import type {
  Application,
  CreateApplicationData,
  CreateApplicationResponses,
  GetApplicationData,
  GetApplicationResponses,
  ListApplicationRecordsData,
  ListApplicationRecordsResponses,
  ListApplicationsData,
  ListApplicationsResponses,
  UpdateApplicationData,
  UpdateApplicationResponses,
} from '../../../generated/types.gen.ts';
import { type InvalidField, invalid, orNotFound } from '../../common/errors.ts';
import { presentPage, sliceOf } from '../../common/page.ts';
import { isoOrNull } from '../../database/instants.ts';
import { inTransaction } from '../../database/transactions.ts';
import { type Context, callerOf, type Handler } from '../../handler.ts';
import { connectorErrors, scheduleFileErrors, scheduleTimeErrors, toConnector, toSchedule } from '../application-rules.ts';
import { nextRunOf } from '../cron.ts';
import { presentApplicationSummary, presentImportSummary } from '../present-applications.ts';
import { findLastApplicationImport } from '../store/application-imports.ts';
import * as store from '../store/applications.ts';
import { listRecords } from '../store/generation-records.ts';
import { findRecordCounts } from '../store/generations.ts';

const kind = 'Application';

async function presentApplication(db: Context['db'], row: store.ApplicationRow): Promise<Application> {
  const [lastImport, recordCounts] = await Promise.all([findLastApplicationImport(db, row), findRecordCounts(db, row.generation_id)]);
  return {
    ...presentApplicationSummary(row),
    isGrantedAtOnboarding: Boolean(row.is_granted_at_onboarding),
    changeLimitPercent: row.change_limit_percent,
    connector: row.connector && { ...row.connector, isFileBased: true },
    importSchedule: row.import_schedule && { ...row.import_schedule, nextRunDate: isoOrNull(row.next_run_at) },
    lastImport: lastImport ? presentImportSummary(lastImport) : null,
    recordCounts,
  };
}

const findApplicationOrThrow = async (
  db: Context['db'],
  context: Context,
  id: string,
  options?: { lock: boolean },
): Promise<store.ApplicationRow> =>
  orNotFound(await store.findApplication(db, callerOf(context).environmentId, id, options), kind, id, 'applications');

export const listApplications: Handler<ListApplicationsData, ListApplicationsResponses> = async ({ query: { page = 1 } }, context) => {
  const found = await store.listApplications(context.db, callerOf(context).environmentId, sliceOf(page));
  return { status: 200, body: presentPage(found, page, presentApplicationSummary) };
};

export const getApplication: Handler<GetApplicationData, GetApplicationResponses> = async ({ path: { id } }, context) => ({
  status: 200,
  body: await presentApplication(context.db, await findApplicationOrThrow(context.db, context, id)),
});

const sentFieldOf = (body: UpdateApplicationData['body']) => (body.importSchedule === undefined ? 'connector' : 'importSchedule');

/** Returns the changes that a body requests. Throws 400 if the resulting application would be invalid. */
function changesOf(
  body: UpdateApplicationData['body'],
  current: Pick<store.ApplicationRow, 'connector' | 'import_schedule' | 'is_archived' | 'next_run_at'>,
  now: Date,
): store.ApplicationChanges {
  const connector = body.connector === undefined ? current.connector : body.connector && toConnector(body.connector, randomUUID);
  const schedule = body.importSchedule === undefined ? current.import_schedule : body.importSchedule && toSchedule(body.importSchedule);
  // One of the two may be stored. Then an error reveals parts of it.
  const isStored = body.connector === undefined || body.importSchedule === undefined;
  const reveals = [{ resource: 'applications', fields: ['connector', 'importSchedule'] }];
  const revealing = (error: InvalidField) => (isStored ? { ...error, reveals, requestField: sentFieldOf(body) } : error);
  const errors: InvalidField[] = [
    ...(body.connector ? connectorErrors(body.connector) : []),
    // The times of a stored schedule are not checked again: an older version may have accepted them.
    ...(body.importSchedule ? scheduleTimeErrors(body.importSchedule) : []),
    ...(schedule ? scheduleFileErrors(schedule, connector).map(revealing) : []),
  ];
  if (errors.length > 0) throw invalid(errors);

  const wasArchived = Boolean(current.is_archived);
  const isArchived = body.isArchived ?? wasArchived;
  // The next run of an unchanged schedule stays, because it may be due and not yet staged.
  const currentSchedule = current.import_schedule;
  const isSameSchedule =
    schedule?.cron === currentSchedule?.cron && schedule?.timeZone === currentSchedule?.timeZone && isArchived === wasArchived;
  return {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.priority !== undefined && { priority: body.priority }),
    ...(body.isArchived !== undefined && { is_archived: body.isArchived ? (1 as const) : (0 as const) }),
    ...(body.isGrantedAtOnboarding !== undefined && { is_granted_at_onboarding: body.isGrantedAtOnboarding ? (1 as const) : (0 as const) }),
    ...(body.changeLimitPercent !== undefined && { change_limit_percent: body.changeLimitPercent }),
    ...(body.connector !== undefined && { connector }),
    ...(body.importSchedule !== undefined && { import_schedule: schedule }),
    next_run_at: isSameSchedule ? current.next_run_at : isArchived ? null : nextRunOf(schedule, now),
  };
}

const emptyApplication = { connector: null, import_schedule: null, is_archived: 0 as const, next_run_at: null };

export const createApplication: Handler<CreateApplicationData, CreateApplicationResponses> = async ({ body }, context) => {
  const row = await store.insertApplication(context.db, context.now, {
    environment_id: callerOf(context).environmentId,
    name: body.name,
    ...changesOf(body, emptyApplication, context.now),
  });
  return { status: 201, body: await presentApplication(context.db, row) };
};

export const updateApplication: Handler<UpdateApplicationData, UpdateApplicationResponses> = async ({ path: { id }, body }, context) => {
  await inTransaction(context.db, async (trx) => {
    const row = await findApplicationOrThrow(trx, context, id, { lock: true });
    await store.updateApplication(trx, row, changesOf(body, row, context.now));
  });
  return { status: 200, body: await presentApplication(context.db, await findApplicationOrThrow(context.db, context, id)) };
};

export const listApplicationRecords: Handler<ListApplicationRecordsData, ListApplicationRecordsResponses> = async (
  { path: { id }, query: { rows, after, page = 1 } },
  context,
) => {
  const application = await findApplicationOrThrow(context.db, context, id);
  const found = await listRecords(context.db, application.id, rows, { after, ...sliceOf(page) });
  const present = (row: (typeof found.rows)[number]) => ({ key: row.record_key, attributes: JSON.parse(row.attributes) });
  return { status: 200, body: presentPage(found, page, present) };
};
