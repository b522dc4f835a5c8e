import { expect, it } from 'vitest';
import { createApplication, listApplications } from '../../generated/sdk.gen.ts';
import { contractFetch } from '../support/contract.ts';
import { givenTenant } from '../support/given.ts';
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
