import { expect, it } from 'vitest';
import { createTenant, createToken, createUser, getCurrentToken, getToken } from '../../generated/sdk.gen.ts';
import { contractFetch } from '../support/contract.ts';
import { givenApplication, givenTenant, givenToken } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const partial = 'application/vnd.gatehouse.partial+json; charset=utf-8';

type Permissions = { resource: string; action: string; fields: string[] | null }[];

async function given(permissions: Permissions) {
  const tenant = await givenTenant(server);
  const token = await givenToken(server, tenant.organization, { permissions: permissions as never, access_level: 'Write' });
  const call = async (
    path: string,
    { secret = token.secret, body, method = body === undefined ? 'GET' : 'POST', key = '' } = {} as RequestOptions,
  ) => {
    const response = await contractFetch(`${server.url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json', ...(key && { 'Idempotency-Key': key }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
  };
  return { tenant, token, call };
}
interface RequestOptions {
  secret?: string;
  body?: unknown;
  method?: string;
  key?: string;
}

it('200: shows exactly the permitted fields, also nested ones, in pages and single objects of the partial media type', async () => {
  const { tenant, call } = await given([{ resource: 'applications', action: 'read', fields: ['name', 'connector.fileGroups.name'] }]);
  const { id, name } = await givenApplication(server, tenant);
  const page = await call('/api/applications');
  expect(page).toMatchObject({ status: 200, type: partial, body: { totalCount: 1 } });
  expect(page.body.items).toEqual([{ id, kind: 'Application', name }]);
  const single = await call(`/api/applications/${id}`);
  expect(single.type).toBe(partial);
  expect(Object.keys(single.body).sort()).toEqual(['connector', 'id', 'kind', 'name']);
  expect(Object.keys(single.body.connector)).toEqual(['fileGroups']);
  for (const group of single.body.connector.fileGroups) expect(Object.keys(group).sort()).toEqual(['id', 'name']);
});

it('200: shows all fields as application/json if the permission names none', async () => {
  const { tenant, call } = await given([
    { resource: 'applications', action: 'read', fields: null },
    { resource: 'application-imports', action: 'read', fields: null },
  ]);
  const { id } = await givenApplication(server, tenant);
  const full = await call(`/api/applications/${id}`, { secret: tenant.administrator.secret });
  const response = await call(`/api/applications/${id}`);
  expect(response).toEqual(full);
  expect(response.type).toBe('application/json; charset=utf-8');
});

it('200: shows a single permitted attribute, in a bare list and in a counted page', async () => {
  const { tenant, call } = await given([{ resource: 'tenants', action: 'read', fields: ['attributes.department'] }]);
  const path = { projectKey: 'default', environmentKey: 'production' };
  const body = { key: 'acme', name: 'Acme', attributes: { department: 'IT', key: 'hidden' } };
  const { data } = await createTenant({ client: tenant.administrator.client, path, body });
  const shown = [{ id: data?.id, key: 'acme', attributes: { department: 'IT' } }];
  expect((await call('/v2/facts/default/production/tenants')).body).toEqual(shown);
  const counted = await call('/v2/facts/default/production/tenants?include_total_count=true');
  expect(counted.body).toEqual({ data: shown, total_count: 1, page_count: 1 });
});

it('201: shows only id and key to a token that may create but not read, also in a replay', async () => {
  const { call } = await given([{ resource: 'users', action: 'create', fields: ['key', 'email'] }]);
  const sent = { body: { key: 'jane', email: 'jane@example.com' }, key: 'one' };
  const first = await call('/v2/facts/default/production/users', sent);
  expect(first).toMatchObject({ status: 201, type: partial });
  expect(Object.keys(first.body).sort()).toEqual(['id', 'key']);
  expect(await call('/v2/facts/default/production/users', sent)).toEqual(first);
});

it('403: names the fields of the body that the token may not write; a malformed body is 400 before that', async () => {
  const { call } = await given([{ resource: 'users', action: 'create', fields: ['key', 'attributes.department'] }]);
  const body = { key: 'jane', first_name: 'Jane', attributes: { department: 'IT', office: 'Bern' } };
  const refused = await call('/v2/facts/default/production/users', { body });
  expect([refused.status, refused.body.message]).toEqual([403, 'This token may not create users with first_name, attributes.office']);
  expect((await call('/v2/facts/default/production/users', { body: { ...body, first_name: 7 } })).status).toBe(400);
});

it('403: refuses a search that uses hidden fields', async () => {
  const { call } = await given([{ resource: 'identities', action: 'read', fields: ['firstName', 'lastName', 'status'] }]);
  expect((await call('/api/identities?status=Active')).status).toBe(200);
  const refused = await call('/api/identities?search=a');
  expect([refused.status, refused.body.message]).toEqual([
    403,
    'This token may not read identities with query parameter search: that needs permission for emailAddress',
  ]);
});

it('400: lists the existing fields if a permission names an unknown one; 201: shows the fields of a new token', async () => {
  const { tenant } = await given([]);
  const client = tenant.administrator.client;
  const createWith = (resource: 'identities' | 'tokens', fields: string[]) =>
    createToken({ client, body: { name: 'Some', permissions: [{ resource, action: 'read', fields }] } as never });
  const unknown = await createWith('identities', ['salary']);
  expect([unknown.response?.status, unknown.error?.errors?.[0]?.field]).toEqual([400, 'permissions.0.fields']);
  expect(unknown.error?.errors?.[0]?.message).toContain('salary is not a field of identities; possible fields: id, kind, firstName');
  const { data } = await createWith('identities', ['firstName']);
  const permissions = [{ resource: 'identities', action: 'read', fields: ['firstName'] }];
  expect((await getToken({ client, path: { id: data?.id as string } })).data?.permissions).toEqual(permissions);
  expect((await getCurrentToken({ client: server.client(data?.secret) })).data?.permissions).toEqual(permissions);
});

it('403: refuses to give a new token fields that the caller does not have', async () => {
  const { tenant } = await given([]);
  const permissions = [
    { resource: 'tokens', action: 'create', fields: null },
    { resource: 'identities', action: 'read', fields: ['firstName'] },
  ];
  const { client } = await givenToken(server, tenant.organization, { permissions: permissions as never, access_level: 'Administrator' });
  const requested = { name: 'Some', accessLevel: 'Read', permissions: [{ resource: 'identities', action: 'read', fields: ['lastName'] }] };
  expect((await createToken({ client, body: requested as never })).response?.status).toBe(403);
});

it('403: refuses to replace an object if the token may not write all its fields; 400: an update permission must name top-level fields', async () => {
  const { tenant, call } = await given([{ resource: 'users', action: 'update', fields: ['first_name', 'attributes'] }]);
  const path = { projectKey: 'default', environmentKey: 'production' };
  const body = { key: 'jane', last_name: 'Doe', attributes: { department: 'IT' } };
  await createUser({ client: tenant.administrator.client, path, body });
  const replaced = await call('/v2/facts/default/production/users/jane', { method: 'PUT', body: { first_name: 'Jane' } });
  expect([replaced.status, replaced.body.message]).toEqual([
    403,
    'This token may not update users with key, email, last_name, role_assignments',
  ]);
  const changed = await call('/v2/facts/default/production/users/jane', { method: 'PATCH', body: { first_name: 'Jane' } });
  expect(changed.status).toBe(200);
  const { error } = await createToken({
    client: tenant.administrator.client,
    body: { name: 'Deep', permissions: [{ resource: 'users', action: 'update', fields: ['attributes.department'] }] },
  });
  expect(error?.errors).toEqual([
    { field: 'permissions.0.fields', message: 'Must name attributes as a whole: an update replaces all of it' },
  ]);
});

it('400: refuses fields for a resource or an action that has none', async () => {
  const { tenant } = await given([{ resource: 'users', action: 'read', fields: null }]);
  const fieldErrorOf = async (accessLevel: 'Administrator', resource: 'tokens' | 'users', action: 'read' | 'delete') => {
    const body = { name: 'x', accessLevel, permissions: [{ resource, action, fields: ['name'] }] };
    return (await createToken({ client: tenant.administrator.client, body })).error?.errors?.[0]?.message;
  };
  expect(await fieldErrorOf('Administrator', 'tokens', 'read')).toBe(
    "A permission for tokens can't be limited to fields; leave fields out",
  );
  expect(await fieldErrorOf('Administrator', 'users', 'delete')).toBe(
    "A permission to delete users can't be limited to fields; leave fields out",
  );
});

it('403: refuses to complete, cancel or delete with a permission that names fields', async () => {
  const { call } = await given([
    { resource: 'access-requests', action: 'update', fields: ['text'] },
    { resource: 'users', action: 'update', fields: ['first_name'] },
  ]);
  const id = crypto.randomUUID();
  for (const [path, method] of [
    [`/api/access-requests/${id}/complete`, 'POST'],
    [`/api/access-requests/${id}/cancel`, 'POST'],
    ['/v2/facts/default/production/tenants/acme/users/jane', 'DELETE'],
  ] as const) {
    const { status, body } = await call(path, { method });
    expect([path, status, body.message]).toEqual([
      path,
      403,
      expect.stringContaining('with this operation: that needs permission for all fields'),
    ]);
  }
  expect((await call(`/api/access-requests/${id}/comments`, { body: { text: 'hello' } })).status).toBe(404);
});
