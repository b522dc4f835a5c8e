import { column, inJson, member, other, otherDate, otherId, places, type Variant } from './variant.ts';

const applications = (name: string, field: string, value?: (index: number) => unknown) =>
  column('applications', 'applications', name, field, value);
const imports = (name: string, field: string, value?: (index: number) => unknown) =>
  column('application_imports', 'application-imports', name, field, value);
const rowCounts = ['users', 'groups', 'privileges', 'identities'];
const recordAttributes = ['name', 'emailAddress', 'userKey', 'firstName', 'lastName'];
const metricNames = ['read', 'added', 'changed', 'removed', 'unchanged', 'rejected'];
const fileGroups: Record<string, (index: number) => unknown> = {
  name: other,
  rows: () => 'privileges',
  isRequired: () => false,
  delimiter: () => '|',
};

export const applicationVariants: Variant[] = [
  applications('name', 'name'),
  applications('priority', 'priority', (index) => ['Low', 'High', 'Critical'][index % 3]),
  applications('is_archived', 'isArchived', () => 1),
  applications('last_updated', 'lastUpdated', otherDate),
  applications('is_granted_at_onboarding', 'isGrantedAtOnboarding', () => 1),
  applications('change_limit_percent', 'changeLimitPercent', (index) => index),
  applications('next_run_at', 'importSchedule.nextRunDate', otherDate),
  ...['name', 'version'].map((name) => member('applications', 'applications', 'connector', name, `connector.${name}`)),
  ...Object.entries(fileGroups).map(([name, value]) =>
    member('applications', 'applications', 'connector', `fileGroups.${name}`, `connector.fileGroups.${name}`, value),
  ),
  {
    ...member('applications', 'applications', 'connector', 'fileGroups.id', '', otherId),
    // An id is shown with every other field of its object.
    shownIn: places('applications', 'connector.fileGroups.id', 'connector.fileGroups'),
  },
  member('applications', 'applications', 'connector', 'fileGroups.columns.key', 'connector.fileGroups.columns'),
  member('applications', 'applications', 'import_schedule', 'cron', 'importSchedule.cron', () => '1 1 * * *'),
  member('applications', 'applications', 'import_schedule', 'timeZone', 'importSchedule.timeZone', () => 'Europe/Berlin'),
  member('applications', 'applications', 'import_schedule', 'files.path', 'importSchedule.files.path'),
  member('applications', 'applications', 'import_schedule', 'files.fileGroupId', 'importSchedule.files.fileGroupId', otherId),
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
    change: (row, index) => (row.build_start ? { build_start: otherDate(index), sort_key: `${otherDate(index)} ${row.number}` } : {}),
  },
  imports('build_end', 'buildEnd', otherDate),
  imports('log', 'log'),
  ...[...rowCounts.flatMap((kind) => metricNames.map((name) => `${kind}.${name}`)), 'durationMs'].map((path) =>
    member('application_imports', 'application-imports', 'metrics', path, `metrics.${path}`, (index) => 50 + index),
  ),
  column('application_import_files', 'application-imports', 'name', 'files.name'),
  column('application_import_files', 'application-imports', 'file_group', 'files.fileGroup'),
  column('application_import_files', 'application-imports', 'file_group_id', 'files.fileGroupId', otherId),
];
