import { expect, it } from 'vitest';
import { presentedSecrets } from '../../server/http/presented-secrets.ts';
import { givenTenant } from '../support/given.ts';
import { logDetailOf, logRowOf, sendRequest } from '../support/given-logs.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const own = `pa_${'0'.repeat(36)}`;
const free = 'a-free-form-token.of-the-operator';
const hex = 'ab'.repeat(32);
const base64 = Buffer.alloc(32, 7).toString('base64');

it.each([
  ['a token of this server', { authorization: `Bearer ${own}` }, []],
  ['a free-form token', { authorization: `Bearer ${free}` }, [free]],
  ['a token without a scheme', { authorization: free }, [free]],
  ['many texts', { authorization: `Bearer ${`${free} `.repeat(300)}` }, []],
  ['a short text', { authorization: 'Bearer /api/tokens' }, []],
  ['an access token', { 'x-access-token': free }, [free]],
  ['an access token beside a valid one', { authorization: `Bearer ${own}`, 'x-access-token': free }, []],
  ['a hash in hexadecimal digits', { 'x-hash': hex }, [hex]],
  ['a hash in base64', { 'x-hash': base64 }, [base64]],
  ['a hash beside a valid token', { authorization: `Bearer ${own}`, 'x-hash': hex }, []],
  ['a hash that is none', { 'x-hash': '/api/tokens' }, []],
])('hides the one credential of a request: %s', (_name, headers, hidden) => {
  expect(presentedSecrets(headers)).toEqual(hidden);
});

it('a caller cannot remove texts from the record of its call by sending them in a header', async () => {
  const { administrator } = await givenTenant(server);
  const name = 'A very long name of an application, which shall be hidden';
  const body = JSON.stringify({ name });
  for (const hidden of ['/api/applications', name, '/api/applications?search=hidden', 'cd'.repeat(32)])
    for (const header of ['x-hash', 'x-access-token', 'x-key']) {
      const path = `/api/applications?search=hidden-${'cd'.repeat(32)}`;
      const call = { method: 'POST', secret: administrator.secret, body, headers: { [header]: hidden } };
      const response = await sendRequest(server, path, call);
      const row = await logDetailOf(administrator, response);
      expect([header, row.path, row.query, row.request.body]).toEqual([
        header,
        '/api/applications',
        `search=hidden-${'cd'.repeat(32)}`,
        body,
      ]);
    }
  const refused = await sendRequest(server, '/api/applications', { headers: { Authorization: 'Bearer /api/applications' } });
  expect(await logRowOf(server, refused)).toMatchObject({ status: 401, path: '/api/applications' });
});
