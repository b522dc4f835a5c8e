import { randomUUID } from 'node:crypto';
import type { Variant } from './variant.ts';
import { anyField, type Shown } from './visible-fields.ts';

const places = (resource: string, ...fields: string[]): Shown[][] => fields.map((field) => [{ resource, fields: [field] }]);
const state = (table: string, shownIn: Shown[][], values: Record<string, unknown>): Variant => ({ table, shownIn, change: () => values });

/** The object is in another environment, as if it did not exist. */
const missing = (table: string, resource: string): Variant => ({
  table,
  shownIn: places(resource, anyField),
  change: () => ({ environment_id: randomUUID() }),
});

const eventStatuses = ['Completed', 'Canceled', 'Scheduled'];
const requestStatuses = ['Completed', 'Canceled', 'Resolved', 'Snoozed'];

/** Stored states that decide whether a write is possible. */
export const states: Variant[] = [
  missing('applications', 'applications'),
  missing('application_imports', 'application-imports'),
  missing('identities', 'identities'),
  missing('personnel_events', 'personnel-events'),
  missing('access_requests', 'access-requests'),
  missing('fact_users', 'users'),
  missing('fact_tenants', 'tenants'),
  { table: 'tokens', shownIn: places('tokens', anyField), change: () => ({ organization_id: randomUUID() }) },
  { table: 'tokens', shownIn: places('tokens', anyField), change: () => ({ permissions: '[]', access_level: 'Read' }) },
  state('applications', places('applications', 'isArchived'), { is_archived: 1 }),
  state('applications', places('applications', 'connector'), { connector: null }),
  state('applications', places('applications', 'importSchedule'), { import_schedule: null, next_run_at: null }),
  ...['Pending', 'Running', 'Failed', 'Canceled'].map((status) =>
    state('application_imports', places('application-imports', 'status', 'metrics'), { status }),
  ),
  ...['Disabled', 'Removed'].map((status) => state('identities', places('identities', 'status'), { status })),
  ...eventStatuses.map((status) => state('personnel_events', places('personnel-events', 'status'), { status })),
  ...['Onboard', 'Absence', 'Role Transition'].map((type) => state('personnel_events', places('personnel-events', 'type'), { type })),
  ...['Open', 'Completed', 'Scheduled'].map(
    (status): Variant => ({
      table: 'personnel_events',
      shownIn: places('personnel-events', 'stages'),
      change: (row) => ({ stages: JSON.stringify(JSON.parse(row.stages ?? '[]').map((stage: object) => ({ ...stage, status }))) }),
    }),
  ),
  ...requestStatuses.map((status) => state('access_requests', places('access-requests', 'status', 'responses'), { status })),
  state('fact_roles', places('users', 'roles', 'associated_tenants'), { role: 'another' }),
  state('organizations', places('settings', anyField), { time_zone: 'Pacific/Kiritimati', max_token_lifetime_days: 1 }),
];
