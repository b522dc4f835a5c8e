import { otherId, places, type Row, type Variant } from './variant.ts';
import { anyField, type Shown } from './visible-fields.ts';

/**
 * Moves every second row to another environment, or to another object, as if it did not exist. The others stay, so that other variants remain
 * visible in responses that show too much.
 */
const moved = (table: string, column: string, shownIn: Shown[][], isMovable: (row: Row) => boolean = () => true): Variant => ({
  table,
  shownIn,
  change: (row, index) => (index % 2 === 1 && isMovable(row) ? { [column]: otherId(index) } : {}),
});
const historyOf = (list: string, count: string) => [...places('personnel-events', list, count), ...places('access-requests', list, count)];
const isOfKind = (wanted: string) => (row: Row) => row.kind === wanted;

/** Rows that are there or not: callers who may not see them must not be able to count them either. */
export const movedRows: Variant[] = [
  moved('applications', 'environment_id', [...places('applications', anyField), ...places('application-imports', 'application')]),
  moved('application_imports', 'environment_id', [...places('application-imports', anyField), ...places('applications', 'lastImport')]),
  moved('application_import_files', 'application_import_id', places('application-imports', 'files')),
  {
    table: 'application_records',
    shownIn: [
      ...places('applications', 'key', 'attributes'),
      [
        { resource: 'access-requests', fields: ['privileges'] },
        { resource: 'applications', fields: ['attributes'] },
      ],
    ],
    change: ({ generation_id }, index) => (index % 2 === 1 ? { generation_id: generation_id + 1_000_000 } : {}),
  },
  moved('identities', 'environment_id', [
    ...places('identities', anyField),
    ...places('personnel-events', 'affectedIdentity'),
    ...places('access-requests', 'target'),
  ]),
  moved('personnel_events', 'environment_id', [...places('personnel-events', anyField), ...places('access-requests', 'relatedItems')]),
  moved('access_requests', 'environment_id', places('access-requests', anyField)),
  moved('activities', 'subject_id', historyOf('activity', 'activityCount')),
  moved('comments', 'subject_id', historyOf('comments', 'commentCount')),
  moved('fact_users', 'environment_id', places('users', anyField)),
  // The path of a tenant's users names the tenant.
  moved('fact_tenants', 'environment_id', [...places('tenants', anyField), ...places('users', anyField)]),
  moved('fact_members', 'user_id', places('users', 'associated_tenants', 'roles')),
  moved('fact_roles', 'user_id', places('users', 'associated_tenants.roles', 'roles')),
  moved('tokens', 'organization_id', places('tokens', anyField), isOfKind('API Token')),
  moved('tokens', 'organization_id', places('access-keys', anyField), isOfKind('Access Key')),
  // Paths of other resources name the default ones.
  moved('projects', 'organization_id', places('projects', anyField), ({ key }) => key !== 'default'),
  moved('environments', 'project_id', places('projects', anyField), ({ key }) => key !== 'production'),
];
