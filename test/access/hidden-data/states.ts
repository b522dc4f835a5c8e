import { randomUUID } from 'node:crypto';
import { places, type Variant } from './variant.ts';
import { anyField, type Shown } from './visible-fields.ts';

const state = (table: string, shownIn: Shown[][], values: Record<string, unknown>): Variant => ({ table, shownIn, change: () => values });

/** The state of all tokens or of all access keys. */
const credential = (resource: 'tokens' | 'access-keys', values: Record<string, unknown>): Variant => ({
  table: 'tokens',
  shownIn: places(resource, anyField),
  change: ({ kind }) => (kind === (resource === 'tokens' ? 'API Token' : 'Access Key') ? values : {}),
});

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
  ...(['tokens', 'access-keys'] as const).flatMap((resource) => [
    credential(resource, { organization_id: randomUUID() }),
    credential(resource, { permissions: '[]', access_level: 'Read' }),
    credential(resource, { disabled_at: '2020-01-01 00:00:00.000' }),
    credential(resource, { expires_at: '2020-01-01 00:00:00.000' }),
  ]),
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
