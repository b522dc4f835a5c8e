import fc from 'fast-check';
import { expect, it } from 'vitest';
import { updateSettings } from '../../generated/sdk.gen.ts';
import { unpackText } from '../../server/calls/compressed-text.ts';
import { givenTenant, givenToken } from '../support/given.ts';
import { logDetailOf, sendRequest } from '../support/given-logs.ts';
import { mark, secretName, secretText, shapes, texts, values } from '../support/secret-places.ts';
import { type TestServer, useServer } from '../support/server.ts';

const freeToken = 'a-free-form-token.of-the-operator/with&more';
const server = useServer({ bootstrapToken: freeToken });

/** Returns everything that the server has stored about calls, decoded. */
async function storedBy({ logDb, logged }: TestServer): Promise<string> {
  const rows: Record<string, unknown>[] = await logDb('api_log').select();
  const columns = rows.flatMap((row) => Object.values(row).map((value) => (Buffer.isBuffer(value) ? unpackText(value) : String(value))));
  const all = `${columns.join('\n')}\n${logged()}`;
  return `${all}\n${all.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString())}`;
}

it('no secret that a known or an unknown caller puts anywhere reaches the API log or the process log', async () => {
  const { writer } = await givenTenant(server);
  const path = '/v2/facts/default/production/users';
  const places = {
    ...values,
    ...Object.fromEntries(Object.entries(shapes).map(([name, textOf]) => [name, (_: string, secret: string) => [textOf(secret)]])),
  };
  for (const [index, [place, contentOf]] of Object.entries(places).entries())
    for (const [name, secret] of fc.sample(fc.tuple(secretName, secretText), { numRuns: 3, seed: 4 + index })) {
      const body = JSON.stringify({ key: `k-${place.length}`, attributes: { content: contentOf(name, secret) } });
      const response = await sendRequest(server, path, { method: 'POST', secret: writer.secret, body });
      expect([place, [200, 201, 400, 409].includes(response.status)]).toEqual([place, true]);
    }
  for (const [index, textOf] of Object.values(texts).entries())
    for (const [name, secret] of fc.sample(fc.tuple(secretName, secretText), { numRuns: 3, seed: 1000 + index })) {
      const text = textOf(name, secret);
      const query = new URLSearchParams({ search: text, [text]: 'x' });
      for (const caller of [{ secret: writer.secret }, {}]) {
        await sendRequest(server, `/api/applications?${query}&${encodeURI(text)}`, caller);
        await sendRequest(server, `/api/applications/${encodeURIComponent(text)}`, caller);
      }
      await sendRequest(server, '/api/applications', { method: 'POST', secret: writer.secret, body: `{"${name.slice(0, 8)}":${secret}}` });
      await sendRequest(server, '/api/applications', {
        method: 'POST',
        secret: writer.secret,
        body: JSON.stringify({ [name]: secret, [text]: 1 }),
      });
      await sendRequest(server, '/api/applications', {
        method: 'POST',
        secret: writer.secret,
        body: '{}',
        headers: { 'Content-Encoding': `password=${mark}` },
      });
    }
  const stored = await storedBy(server);
  expect(stored.length).toBeGreaterThan(10_000);
  expect(stored.split('\n').filter((line) => line.includes(mark))).toEqual([]);
});

it("stores neither the operator's own token nor a presented credential, wherever it is", async () => {
  const { administrator } = await givenTenant(server);
  const presented = 'presented-by-a-caller.in-a-free-form';
  for (const token of [freeToken, presented]) {
    const encoded = encodeURIComponent(token);
    const presentations: Record<string, string>[] = [{ Authorization: `Bearer ${token}` }, { 'x-access-token': token }];
    for (const headers of presentations)
      await sendRequest(server, `/api/applications/${encoded}?search=${encoded}&${encoded}=1`, { headers });
  }
  const body = JSON.stringify({ name: `Payroll ${freeToken}`, [freeToken]: true });
  const response = await sendRequest(server, `/api/applications?x=${encodeURIComponent(freeToken)}`, {
    method: 'POST',
    secret: administrator.secret,
    body,
  });
  const { query, request } = await logDetailOf(administrator, response);
  expect([query, request.body]).toEqual(['x=[redacted]', '{"name":"Payroll [redacted]","[redacted]":true}']);
  const stored = await storedBy(server);
  for (const token of [freeToken, presented]) expect(stored).not.toContain(token);
});

it('redacts a custom field whose name is that of a secret, and no other custom field', async () => {
  const { administrator, organization } = await givenTenant(server);
  const { secret } = await givenToken(server, organization, { access_level: 'Administrator' });
  await updateSettings({
    client: administrator.client,
    body: { customFields: { customField1: 'Badge number', customField3: 'Door PIN' } },
  });
  const identity = { firstName: 'Ann', lastName: 'Lee', customField1: 'B-17', customField3: `4711${mark}` };
  const body = JSON.stringify({ identity, surprise: 1 });
  const response = await sendRequest(server, '/api/personnel-events/onboard', { method: 'POST', secret, body });
  const { request } = await logDetailOf(administrator, response);
  expect(JSON.parse(request.body as string).identity).toEqual({ ...identity, customField3: '[redacted]' });
  expect(await storedBy(server)).not.toContain(`4711${mark}`);
});
