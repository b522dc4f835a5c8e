import { column, inJson, member, other, otherDate, places, type Row, type Variant } from './variant.ts';

/** A caller sees all or nothing of these resources. */
const shownWith = (resource: string) => [[{ resource, fields: null }]];

/** Changes a value of all tokens or of all access keys. */
const credential = (resource: 'tokens' | 'access-keys', name: string, value: (index: number) => unknown = other): Variant => ({
  table: 'tokens',
  shownIn: shownWith(resource),
  change: ({ kind }: Row, index) => (kind === (resource === 'tokens' ? 'API Token' : 'Access Key') ? { [name]: value(index) } : {}),
});
const credentialVariants = (resource: 'tokens' | 'access-keys') => [
  credential(resource, 'name'),
  credential(resource, 'access_level', () => 'Read'),
  credential(resource, 'permissions', () => '[{"resource":"users","action":"read","fields":null}]'),
  credential(resource, 'created_by'),
  credential(resource, 'created_at', otherDate),
  credential(resource, 'expires_at', otherDate),
  credential(resource, 'disabled_at', otherDate),
  credential(resource, 'is_creator_deleted', () => 1),
];
/** Changes a value of all organizations, projects or environments. Their keys stay, because paths name them. */
const level = (table: string, resource: string, name: string, value?: (index: number) => unknown): Variant => ({
  ...column(table, '', name, '', value),
  shownIn: shownWith(resource),
});

/** A search shows its phrases only to callers who may read all fields that it searches. Every reader sees keys. */
const phrases = (list: string, resource: string, fields: string[]): Variant => ({
  table: 'search_phrases',
  shownIn: [fields.map((field) => ({ resource, fields: [field] }))],
  change: (row, index) => (row.list === list ? { phrase: other(index) } : {}),
});

export const factVariants: Variant[] = [
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
  {
    ...column('fact_members', 'users', 'tenant_key', '', (index) => `tenant${index}`),
    shownIn: places('users', 'roles.tenant', 'associated_tenants.tenant'),
  },
  phrases('fact_users', 'users', ['email', 'first_name', 'last_name']),
  phrases('fact_tenants', 'tenants', ['name']),
];

export const organizationVariants: Variant[] = [
  ...credentialVariants('tokens'),
  credential('tokens', 'secret_start', (index) => `pa_${index}`),
  ...credentialVariants('access-keys'),
  credential('access-keys', 'access_key_id', (index) => `ak${index}`),
  credential('access-keys', 'is_replay_protected', () => 0),
  ...(['organizations', 'projects', 'environments'] as const).flatMap((table) => [
    level(table, table === 'environments' ? 'projects' : table, 'name'),
    level(table, table === 'environments' ? 'projects' : table, 'created_at', otherDate),
  ]),
  level('organizations', 'settings', 'time_zone', () => 'Pacific/Kiritimati'),
  level('organizations', 'settings', 'max_token_lifetime_days', () => 1),
  { table: 'organizations', shownIn: shownWith('settings'), change: inJson('custom_fields', ['customField1', 'name'], other) },
];
