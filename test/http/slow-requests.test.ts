import { request } from 'node:http';
import { expect, it } from 'vitest';
import { rotateToken, updateToken } from '../../generated/sdk.gen.ts';
import { givenTenant, givenToken } from '../support/given.ts';
import { until } from '../support/process.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

/** Sends a request without its last byte. `finish` waits for a second, sends the last byte, and returns the status. */
async function begin(secret: string, path: string, body: object) {
  const text = JSON.stringify(body);
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
  const call = request(server.url + path, { method: 'POST', headers });
  const status = new Promise<number | undefined>((resolve, reject) => {
    call.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.once('error', reject);
  });
  call.write(text.slice(0, -1));
  const startedAt = performance.now();
  return {
    finish: async () => {
      // Longer than the server needs to read a body that arrives at once.
      await until('a second has passed', async () => performance.now() - startedAt > 1_100);
      call.end(text.slice(-1));
      return status;
    },
  };
}

it('401, 403: checks the token and its permissions after the body has arrived, so rights removed meanwhile do not count', async () => {
  const tenant = await givenTenant(server);
  const administrator = () => givenToken(server, tenant.organization, { access_level: 'Administrator' });
  const [rotated, narrowed, disabled, unchanged] = await Promise.all([administrator(), administrator(), administrator(), administrator()]);
  const body = { name: 'Stolen', accessLevel: 'Administrator' };
  const calls = await Promise.all([rotated, narrowed, disabled, unchanged].map(({ secret }) => begin(secret, '/api/tokens', body)));
  const { client } = tenant.administrator;
  await rotateToken({ client, path: { id: rotated.row.id }, body: { gracePeriodHours: 0 } });
  await updateToken({ client, path: { id: narrowed.row.id }, body: { accessLevel: 'Read' } });
  await updateToken({ client, path: { id: disabled.row.id }, body: { isDisabled: true } });
  expect(await Promise.all(calls.map(({ finish }) => finish()))).toEqual([401, 403, 401, 201]);
  expect(await server.db('tokens').where({ organization_id: tenant.organization.id, name: 'Stolen' })).toHaveLength(1);
});
