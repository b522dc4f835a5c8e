import { accessRequestSortKeyOf } from '../../../server/people/store/access-request-rows.ts';
import { fromStoredIdentity, toStoredIdentity } from '../../../server/people/store/identity-rows.ts';
import { fromStoredEvent, toStoredEvent } from '../../../server/people/store/personnel-event-rows.ts';
import { column, inJson, member, other, otherDate, places, type Variant } from './variant.ts';
import type { Shown } from './visible-fields.ts';

const applications = (name: string, field: string, value?: (index: number) => unknown) =>
  column('applications', 'applications', name, field, value);
const imports = (name: string, field: string, value?: (index: number) => unknown) =>
  column('application_imports', 'application-imports', name, field, value);
const requests = (name: string, fields: string[], value: (index: number) => unknown = other): Variant => ({
  ...column('access_requests', 'access-requests', name, '', value),
  shownIn: places('access-requests', ...fields),
});
const identity = (name: string, field: string, value: (index: number) => unknown = other): Variant => ({
  table: 'identities',
  shownIn: places('identities', field),
  change: (row, index) => toStoredIdentity({ ...fromStoredIdentity(row as never), [name]: value(index) }),
});
const event = (name: string, fields: string[], value: (index: number) => unknown = other): Variant => ({
  table: 'personnel_events',
  shownIn: places('personnel-events', ...fields),
  change: (row, index) => toStoredEvent({ ...fromStoredEvent(row as never), [name]: value(index) }),
});
const history = (table: 'activities' | 'comments', name: string, field: string): Variant => ({
  table,
  shownIn: [
    ...places('personnel-events', `${table === 'activities' ? 'activity' : table}.${field}`),
    ...places('access-requests', `${table === 'activities' ? 'activity' : table}.${field}`),
  ],
  change: (_row, index) => ({ [name]: table === 'activities' || name !== 'at' ? other(index) : otherDate(index) }),
});
/** A search shows its phrases only to callers who may read all fields that it searches. Every reader sees keys. */
const phrases = (list: string, resource: string, fields: string[]): Variant => ({
  table: 'search_phrases',
  shownIn: [fields.map((field) => ({ resource, fields: [field] }))],
  change: (row, index) => (row.list === list ? { phrase: other(index) } : {}),
});
const rowCounts = ['users', 'groups', 'privileges', 'identities'];
const recordAttributes = ['name', 'emailAddress', 'userKey', 'firstName', 'lastName'];
const allIdentities: Shown = { resource: 'identities', fields: null };

export const variants: Variant[] = [
  applications('name', 'name'),
  applications('priority', 'priority', (index) => ['Low', 'High', 'Critical'][index % 3]),
  applications('is_archived', 'isArchived', () => 1),
  applications('last_updated', 'lastUpdated', otherDate),
  applications('is_granted_at_onboarding', 'isGrantedAtOnboarding', () => 1),
  applications('change_limit_percent', 'changeLimitPercent', (index) => index),
  applications('next_run_at', 'importSchedule.nextRunDate', otherDate),
  ...['name', 'version'].map((name) => member('applications', 'applications', 'connector', name, `connector.${name}`)),
  ...['name', 'delimiter'].map((name) =>
    member('applications', 'applications', 'connector', `fileGroups.${name}`, `connector.fileGroups.${name}`, (index) =>
      name === 'name' ? other(index) : '|',
    ),
  ),
  member('applications', 'applications', 'connector', 'fileGroups.columns.key', 'connector.fileGroups.columns'),
  member('applications', 'applications', 'import_schedule', 'cron', 'importSchedule.cron', () => '1 1 * * *'),
  member('applications', 'applications', 'import_schedule', 'timeZone', 'importSchedule.timeZone', () => 'Europe/Berlin'),
  member('applications', 'applications', 'import_schedule', 'files.path', 'importSchedule.files.path'),
  // With its key, a caller can count the records of a kind.
  ...rowCounts.map((name) => ({
    ...member('generations', 'applications', 'record_counts', name, '', (index) => 70 + index),
    shownIn: places('applications', `recordCounts.${name}`, 'key'),
  })),
  column('application_records', 'applications', 'record_key', 'key'),
  ...recordAttributes.map(
    (name): Variant => ({
      table: 'application_records',
      shownIn: [
        [{ resource: 'applications', fields: [`attributes.${name}`] }],
        [
          { resource: 'access-requests', fields: ['privileges'] },
          { resource: 'applications', fields: ['attributes'] },
        ],
      ],
      change: (row, index) => (name in JSON.parse(row.attributes) ? inJson('attributes', [name], other)(row, index) : {}),
    }),
  ),
  {
    ...imports('number', '', (index) => 900 - index),
    shownIn: [...places('application-imports', 'number'), ...places('applications', 'lastImport')],
  },
  imports('type', 'type', () => 'Manual'),
  { ...imports('status', '', () => 'Failed'), shownIn: places('application-imports', 'status', 'metrics') },
  imports('created_by', 'createdBy'),
  {
    table: 'application_imports',
    // They decide which import is the last one of its application.
    shownIn: [...places('application-imports', 'buildStart'), ...places('applications', 'lastImport')],
    change: (row, index) => (row.build_start ? { build_start: otherDate(index), sort_at: otherDate(index) } : {}),
  },
  imports('build_end', 'buildEnd', otherDate),
  imports('log', 'log'),
  ...rowCounts.map((name) =>
    member('application_imports', 'application-imports', 'metrics', `${name}.read`, `metrics.${name}.read`, (index) => index),
  ),
  column('application_import_files', 'application-imports', 'name', 'files.name'),
  column('application_import_files', 'application-imports', 'file_group', 'files.fileGroup'),
  ...(['title', 'company', 'division', 'department', 'office'] as const).map((name) => identity(name, name)),
  identity('email_address', 'emailAddress', (index) => `${other(index).replaceAll(' ', '')}@example.org`),
  ...(
    [
      ['first_name', 'firstName'],
      ['last_name', 'lastName'],
    ] as const
  ).map(([name, field]): Variant => ({ ...identity(name, field), shownIn: places('identities', field, 'supervisorName') })),
  identity('supervisor_key', 'supervisorName', () => null),
  identity('type', 'type', () => 'Vendor'),
  identity('created_date', 'createdDate', otherDate),
  identity('updated_date', 'updatedDate', otherDate),
  identity('first_seen_date', 'firstSeenDate', otherDate),
  identity('inactivated_date', 'inactivatedDate', otherDate),
  identity('status', 'status', () => 'Disabled'),
  event('number', ['number'], (index) => 900 - index),
  event('type', ['type'], () => 'Absence'),
  event('status', ['status'], () => 'Completed'),
  event('reporter_name', ['reporter.name']),
  event('needed_on', ['neededOn', 'stages.neededOn'], otherDate),
  event('needed_until', ['neededUntil', 'stages.neededOn'], otherDate),
  event('completed_on', ['completedOn'], otherDate),
  member('personnel_events', 'personnel-events', 'stages', 'status', 'stages.status', () => 'Snoozed'),
  member('personnel_events', 'personnel-events', 'stages', 'completed_on', 'stages.completedOn', otherDate),
  {
    table: 'personnel_events',
    shownIn: [[{ resource: 'personnel-events', fields: ['requestedIdentity'] }, allIdentities]],
    change: inJson('requested_identity', ['department'], other),
  },
  ...(['user', 'description'] as const).map((name) => history('activities', name, name)),
  ...(['author', 'text'] as const).map((name) => history('comments', name, name)),
  { ...requests('number', ['number']), change: (_row, index) => ({ number: 900 - index, sort_key: accessRequestSortKeyOf(900 - index) }) },
  requests('action', ['action'], () => 'Suspend'),
  requests('status', ['status', 'responses'], () => 'Snoozed'),
  requests('reporter_name', ['reporter.name']),
  requests('needed_on', ['neededOn'], otherDate),
  requests('created_at', ['createdDate'], otherDate),
  requests('resolved_on', ['responses'], otherDate),
  requests('resolved_by', ['responses']),
  requests('completed_on', ['completedOn', 'responses'], otherDate),
  requests('completed_by', ['responses']),
  {
    ...requests('target_name', []),
    shownIn: [
      [
        { resource: 'access-requests', fields: ['target.name'] },
        { resource: 'applications', fields: ['key'] },
        { resource: 'identities', fields: ['firstName'] },
      ],
    ],
  },
  {
    ...member('access_requests', '', 'privileges', 'name', ''),
    shownIn: [
      [
        { resource: 'access-requests', fields: ['privileges.name'] },
        { resource: 'applications', fields: ['attributes'] },
      ],
    ],
  },
  ...(['email', 'first_name', 'last_name', 'created_at', 'updated_at'] as const).map((name) =>
    column('fact_users', 'users', name, name, name.endsWith('_at') ? otherDate : other),
  ),
  member('fact_users', 'users', 'attributes', 'a', 'attributes.a.c', () => null),
  {
    ...column('fact_roles', 'users', 'role', '', (index) => `role${index}`),
    shownIn: places('users', 'roles.role', 'associated_tenants.roles'),
  },
  ...(['name', 'description', 'created_at', 'updated_at', 'last_action_at'] as const).map((name) =>
    column('fact_tenants', 'tenants', name, name, name.endsWith('_at') || name.endsWith('action_at') ? otherDate : other),
  ),
  member('fact_tenants', 'tenants', 'attributes', 'department', 'attributes.department', (index) => [index]),
  member('fact_tenants', 'tenants', 'attributes', 'a', 'attributes.a.c', () => 7),
  phrases('fact_users', 'users', ['email', 'first_name', 'last_name']),
  phrases('fact_tenants', 'tenants', ['name']),
  { ...column('tokens', 'tokens', 'name', 'name'), shownIn: [[{ resource: 'tokens', fields: null }]] },
];
