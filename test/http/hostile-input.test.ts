import { expect, it } from 'vitest';
import { createApplication, listApplications } from '../../generated/sdk.gen.ts';
import type { Permission } from '../../server/access/store/token-rows.ts';
import { contractFetch } from '../support/contract.ts';
import { givenTenant, givenToken } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

// A pattern that matches in quadratic time needs minutes for this name, and blocks all other requests meanwhile.
it('400: refuses a name of half a million characters within the time limit of a test', async () => {
  const tenant = await givenTenant(server);
  const { response, error } = await createApplication({ client: tenant.writer.client, body: { name: `${'a'.repeat(500_000)}\u0001` } });
  expect([response?.status, error?.errors?.[0]?.field]).toEqual([400, 'name']);
});

it('400: refuses half of a surrogate pair, and stores a complete pair unchanged', async () => {
  const tenant = await givenTenant(server);
  const post = (json: string) =>
    contractFetch(`${server.url}/api/applications`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.writer.secret}`, 'content-type': 'application/json' },
      body: json,
    });
  const half = await post('{"name": "x\\ud83dy"}');
  expect([half.status, (await half.json()).errors]).toEqual([
    400,
    [{ field: 'body', message: 'Contains a lone surrogate, such as \\ud83d; surrogates must come in pairs' }],
  ]);
  expect((await (await post('{"name": "\\ud83d\\ude00"}')).json()).name).toBe('😀');
  expect((await (await post('{"name": "\\\\ud83d is text"}')).json()).name).toBe('\\ud83d is text');
});

it('400: refuses a page number that is not written in digits only', async () => {
  const tenant = await givenTenant(server);
  for (const page of ['1e2', '0x10', ' 1', '1.0', '+1', '99999999999999999999']) {
    const response = await contractFetch(`${server.url}/api/applications?page=${encodeURIComponent(page)}`, {
      headers: { authorization: `Bearer ${tenant.writer.secret}` },
    });
    expect([page, response.status, (await response.json()).errors[0].field]).toEqual([page, 400, 'page']);
  }
  expect((await listApplications({ client: tenant.writer.client, query: { page: 1 } })).response?.status).toBe(200);
});

it('400: refuses very deep nesting, also with half of a surrogate pair', async () => {
  const tenant = await givenTenant(server);
  const deep = `{"name": "\\ud83d", "connector": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  for (const json of [deep, deep.replace('\\ud83d', 'x')]) {
    const response = await contractFetch(`${server.url}/api/applications`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.writer.secret}`, 'content-type': 'application/json' },
      body: json,
    });
    expect(response.status).toBe(400);
  }
});

const sendJson = (secret: string, path: string, body: string | Buffer, method = 'POST') =>
  contractFetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: body as BodyInit,
  });

it.each([
  ['a single byte that is not UTF-8', Buffer.from('{"name":"x\xff"}', 'latin1')],
  ['a surrogate in UTF-8', Buffer.from('7b226e616d65223a22eda0bd227d', 'hex')],
  ['a character that is cut off', Buffer.from('{"name":"x\xe2\x82"}', 'latin1')],
])('400: refuses %s, and stores nothing', async (_name, body) => {
  const tenant = await givenTenant(server);
  const response = await sendJson(tenant.writer.secret, '/api/applications', body);
  expect([response.status, (await response.json()).errors]).toEqual([400, [{ field: 'body', message: 'Is not UTF-8' }]]);
  expect((await listApplications({ client: tenant.reader.client })).data?.items).toEqual([]);
});

it('201: accepts a byte order mark, and the character that decoders put in the place of wrong bytes', async () => {
  const tenant = await givenTenant(server);
  const response = await sendJson(tenant.writer.secret, '/api/applications', '\ufeff{"name":"a\ufffd"}');
  expect([response.status, (await response.json()).name]).toEqual([201, 'a\ufffd']);
});

it('400: names at most 50 wrong fields and says that there are more', async () => {
  const tenant = await givenTenant(server);
  const send = async (count: number) => {
    const names = Array.from({ length: count }, (_, index) => [`unknown${index}`, 0]);
    return (await sendJson(tenant.writer.secret, '/api/applications', JSON.stringify({ name: 'x', ...Object.fromEntries(names) }))).json();
  };
  expect(await send(50)).toMatchObject({ message: 'One or more validation errors occurred', errors: { length: 50 } });
  for (const count of [51, 9000])
    expect(await send(count)).toMatchObject({
      message: 'More than 50 validation errors occurred; the first 50 are listed',
      errors: { length: 50 },
    });
});

it('400: names a list with too many items before the items', async () => {
  const { administrator } = await givenTenant(server);
  const response = await sendJson(administrator.secret, '/api/tokens', `{"name":"x","permissions":[${Array(5000).fill('{}').join(',')}]}`);
  const { errors } = await response.json();
  expect([response.status, errors[0], errors.length]).toEqual([400, { field: 'permissions', message: 'Must have at most 65 entries' }, 50]);
});

it('400: refuses more than 20 query parameters, before it looks at them', async () => {
  const tenant = await givenTenant(server);
  const queryOf = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`).join('&');
  const errorsOf = async (query: string, path = '/api/applications') =>
    (await (await contractFetch(`${server.url}${path}?${query}`, { headers: { authorization: `Bearer ${tenant.reader.secret}` } })).json())
      .errors;
  expect(await errorsOf(queryOf(20))).toHaveLength(20);
  for (const query of [queryOf(21), '&'.repeat(20), queryOf(2000)])
    for (const path of ['/api/applications', '/healthz', '/readyz'])
      expect(await errorsOf(query, path)).toEqual([{ field: 'query', message: 'Has more than 20 parameters' }]);
});

it('403: names at most 20 fields that a permission does not cover and says that there are more', async () => {
  const tenant = await givenTenant(server);
  const permissions = [{ resource: 'users', action: 'create', fields: ['key'] }] as Permission[];
  const { secret } = await givenToken(server, tenant.organization, { permissions });
  const send = async (count: number) => {
    const attributes = Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 0]));
    return (await sendJson(secret, '/v2/facts/default/production/users', JSON.stringify({ key: 'ann', attributes }))).json();
  };
  expect((await send(5)).message).toBe('This token may not create users with attributes');
  const partly = [{ resource: 'users', action: 'create', fields: ['key', 'attributes.z'] }] as Permission[];
  await server
    .db('tokens')
    .where({ organization_id: tenant.organization.id, name: 'Nightly' })
    .update({ permissions: JSON.stringify(partly) });
  const names = (count: number) => Array.from({ length: count }, (_, index) => `attributes.a${index}`).join(', ');
  expect((await send(20)).message).toBe(`This token may not create users with ${names(20)}`);
  expect((await send(21)).message).toBe(`This token may not create users with ${names(20)}, and more`);
});
