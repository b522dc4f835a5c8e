import { expect, it } from 'vitest';
import { createTenant, createToken } from '../../generated/sdk.gen.ts';
import type { Permission } from '../../server/access/store/token-rows.ts';
import { contractFetch } from '../support/contract.ts';
import { givenApplication, givenTenant, givenToken } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const readOf = (resource: string, fields: string[] | null): Permission => ({ resource, action: 'read', fields });

it('422: a token whose permissions have changed gets no replay of a response with the fields that it could read before', async () => {
  const { organization } = await givenTenant(server);
  const create: Permission = { resource: 'tenants', action: 'create', fields: null };
  const { row, client } = await givenToken(server, organization, { permissions: [create, readOf('tenants', null)] });
  const send = () =>
    createTenant({
      client,
      path: { projectKey: 'default', environmentKey: 'production' },
      headers: { 'Idempotency-Key': 'once' },
      body: { key: 'acme', name: 'Acme' },
    });
  expect((await send()).data).toMatchObject({ key: 'acme', name: 'Acme' });
  const permissions = JSON.stringify([create, readOf('tenants', ['description'])]);
  await server.db('tokens').where({ id: row.id }).update({ permissions });
  expect((await send()).error).toMatchObject({ error: 'unprocessable_entity' });
});

it('200: HEAD has the status and headers of GET for a token that may read some fields only', async () => {
  const tenant = await givenTenant(server);
  const { secret } = await givenToken(server, tenant.organization, { permissions: [readOf('applications', ['name'])] });
  const { id } = await givenApplication(server, tenant);
  for (const path of ['/api/applications', `/api/applications/${id}`, '/api/applications?page=2', '/api/identities']) {
    const send = async (method: string) => {
      const response = await contractFetch(server.url + path, { method, headers: { Authorization: `Bearer ${secret}` } });
      return [response.status, response.headers.get('content-type'), response.headers.get('content-length')];
    };
    expect(await send('HEAD')).toEqual(await send('GET'));
  }
});

it('400: refuses a field that a permission names twice', async () => {
  const { administrator } = await givenTenant(server);
  const permissions = [{ resource: 'identities' as const, action: 'read' as const, fields: ['firstName', 'lastName', 'firstName'] }];
  const { response, error } = await createToken({ client: administrator.client, body: { name: 'Calendar', permissions } });
  expect([response?.status, error?.errors]).toEqual([400, [{ field: 'permissions.0.fields', message: "Repeats the field 'firstName'" }]]);
});
