import { randomUUID } from 'node:crypto';
import type { ImportRow, ImportSummaryRow, IncomingEvent, Token } from './data.ts';

// The response bodies of the compared servers. They equal Gatehouse's, but are built by code for these five cases only.

const iso = (instant: string | null) => instant && `${instant.replace(' ', 'T')}Z`;
export const newCorrelationId = () => randomUUID().replaceAll('-', '');

export interface FieldError {
  field: string;
  message: string;
}
export const errorBody = (error: string, message: string, errors?: FieldError[]) => ({
  error,
  message,
  correlationId: newCorrelationId(),
  ...(errors && { errors }),
});
/** Returns one message for each field, as Gatehouse does, although several rules may refuse it. */
export const validationBody = (errors: FieldError[]) =>
  errorBody(
    'validation_error',
    'One or more validation errors occurred',
    errors.filter(({ field }, index) => errors.findIndex((error) => error.field === field) === index),
  );
export const unauthorizedBody = () => errorBody('unauthorized', 'Invalid or expired authentication token');

const head = (row: ImportSummaryRow) => ({
  id: row.id,
  kind: 'Application Import',
  number: row.number,
  type: row.type,
  status: row.status,
  buildStart: iso(row.build_start),
  buildEnd: iso(row.build_end),
});
const applicationOf = (row: ImportSummaryRow) => ({
  id: row.application_id,
  kind: 'Application',
  name: row.name,
  priority: row.priority,
  isArchived: Boolean(row.is_archived),
  lastUpdated: iso(row.last_updated),
});

export const importBody = ({ files, ...row }: ImportRow) => ({
  ...head(row),
  createdBy: row.created_by,
  log: row.log,
  files: files.map(({ id, file_group_id, file_group, name }) => ({ id, fileGroupId: file_group_id, fileGroup: file_group, name })),
  metrics: row.metrics === null ? null : JSON.parse(row.metrics),
  application: applicationOf(row),
});

export const pageBody = ({ rows, totalCount }: { rows: ImportSummaryRow[]; totalCount: number }) => ({
  items: rows.map((row) => ({ ...head(row), application: applicationOf(row) })),
  totalCount,
  page: 1,
  pageSize: 50,
  totalPages: Math.ceil(totalCount / 50),
});

export function newEvent(token: Token, identity_id: string, effectiveDate: string): IncomingEvent {
  const now = new Date();
  const instant = (date: Date) => date.toISOString().replace('T', ' ').replace('Z', '');
  const neededOn = new Date(effectiveDate);
  const [needed_on, created_at] = [instant(neededOn), instant(now)];
  const status = neededOn > now ? 'Scheduled' : 'Pending';
  return {
    id: randomUUID(),
    environment_id: token.default_environment_id,
    type: 'Offboard',
    status,
    reporter_id: token.id,
    reporter_name: `API Token - ${token.name}`,
    identity_id,
    needed_on,
    created_at,
    stages: [
      { name: 'Approval', status: 'Open', completed_on: null },
      { name: 'Provision', status, completed_on: null },
      { name: 'Verification', status: 'Pending', completed_on: null },
    ],
  };
}

export const eventBody = (event: IncomingEvent, number: number, identity: Record<string, string | null>) => ({
  id: event.id,
  kind: 'Personnel Event',
  number,
  type: event.type,
  status: event.status,
  reporter: { id: event.reporter_id, name: event.reporter_name },
  assignee: null,
  affectedIdentity: {
    id: identity.id,
    kind: 'Identity',
    firstName: identity.first_name,
    lastName: identity.last_name,
    emailAddress: identity.email_address,
    type: identity.type,
    title: identity.title,
    company: identity.company,
    division: identity.division,
    department: identity.department,
    office: identity.office,
    supervisorName: null,
    createdDate: iso(identity.created_date ?? null),
    updatedDate: iso(identity.updated_date ?? null),
    firstSeenDate: iso(identity.first_seen_date ?? null),
    inactivatedDate: iso(identity.inactivated_date ?? null),
    status: identity.status,
  },
  neededOn: iso(event.needed_on),
  neededUntil: null,
  completedOn: null,
  stages: event.stages.map(({ name, status }) => ({
    name,
    status,
    neededOn: name === 'Provision' ? iso(event.needed_on) : null,
    completedOn: null,
  })),
  activity: [{ date: iso(event.created_at), user: event.reporter_name, description: 'Created the event' }],
  comments: [],
  requestedIdentity: null,
});
