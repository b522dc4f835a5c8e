import { expect, it } from 'vitest';
import { createApplication, listApplications } from '../../generated/sdk.gen.ts';
import { contractFetch } from '../support/contract.ts';
import { givenTenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

// Matched in quadratic time, this took minutes, and nobody else was answered meanwhile.
it('400: a name of half a million characters is refused within the time any test has', async () => {
  const tenant = await givenTenant(server);
  const { response, error } = await createApplication({ client: tenant.writer.client, body: { name: `${'a'.repeat(500_000)}\u0001` } });
  expect([response?.status, error?.errors?.[0]?.field]).toEqual([400, 'name']);
});

it('400: half of a surrogate pair is refused, a whole one is kept as it came', async () => {
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

it('400: a page is written with digits, not in another notation for numbers', async () => {
  const tenant = await givenTenant(server);
  for (const page of ['1e2', '0x10', ' 1', '1.0', '+1', '99999999999999999999']) {
    const answer = await contractFetch(`${server.url}/api/applications?page=${encodeURIComponent(page)}`, {
      headers: { authorization: `Bearer ${tenant.writer.secret}` },
    });
    expect([page, answer.status, (await answer.json()).errors[0].field]).toEqual([page, 400, 'page']);
  }
  expect((await listApplications({ client: tenant.writer.client, query: { page: 1 } })).response?.status).toBe(200);
});

it('400: brackets without end, with half a character, are refused and not looked into', async () => {
  const tenant = await givenTenant(server);
  const deep = `{"name": "\\ud83d", "connector": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  for (const json of [deep, deep.replace('\\ud83d', 'x')]) {
    const answer = await contractFetch(`${server.url}/api/applications`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.writer.secret}`, 'content-type': 'application/json' },
      body: json,
    });
    expect(answer.status).toBe(400);
  }
});
