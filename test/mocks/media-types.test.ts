import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { operationsOf, readContract } from '../../mocks/contract.ts';
import { createJournal } from '../../mocks/journal.ts';
import { createPrism } from '../../mocks/prism.ts';
import { createRequestHandler } from '../../mocks/request-handler.ts';
import { bearer } from './mock-calls.ts';

const partial = 'application/vnd.gatehouse.partial+json';

/**
 * Returns the contract with a second media type of one response, which has a schema with fewer fields and two examples.
 *
 * The first example has the same name as that of the first media type; the other one is only in the second media type.
 */
function contractWithPartialType() {
  const contract = readContract();
  const { content } = contract.paths['/api/identities/{id}'].get.responses['200'];
  const [name] = Object.keys(content['application/json'].examples);
  const schema = { type: 'object', additionalProperties: false, properties: { id: { type: 'string' }, lastName: { type: 'string' } } };
  content[partial] = { schema, examples: { [name as string]: { value: { id: 'a' } }, named: { value: { id: 'a', lastName: 'Chen' } } } };
  return contract;
}

const journal = createJournal();
let server: ReturnType<typeof createServer>;
beforeAll(async () => {
  const contract = contractWithPartialType();
  const requestPrism = await createPrism(contract);
  const handleRequest = createRequestHandler({ operations: operationsOf(contract), requestPrism, requestGenerator: requestPrism, journal });
  server = createServer((request, response) => void handleRequest(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});

async function get(headers: Record<string, string>) {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/identities/3fa85f64-5717-4562-b3fc-2c963f66afa6`;
  const response = await fetch(url, { headers: { ...bearer, ...headers } });
  return { status: response.status, type: response.headers.get('content-type')?.split(';')[0], body: (await response.json()) as object };
}

it('200: returns the example of the second media type if Accept names it', async () => {
  for (const Accept of [partial, `${partial}, application/json`, `text/html, ${partial};q=0.9`])
    expect(await get({ Accept })).toEqual({ status: 200, type: partial, body: { id: 'a' } });
  expect(await get({ Accept: partial, Prefer: 'example=named' })).toMatchObject({ type: partial, body: { lastName: 'Chen' } });
});

it('200: returns the first media type if Accept does not name the second one', async () => {
  for (const Accept of ['application/json', '*/*', 'text/html']) {
    const { status, type, body } = await get({ Accept });
    expect([status, type, Object.keys(body).length > 2]).toEqual([200, 'application/json', true]);
  }
});

it('200: returns an example that only the second media type has in that type', async () => {
  expect(await get({ Prefer: 'example=named' })).toEqual({ status: 200, type: partial, body: { id: 'a', lastName: 'Chen' } });
});

it('200: generates values from the schema of the requested media type', async () => {
  const { type, body } = await get({ Accept: partial, Prefer: 'dynamic=true' });
  expect([type, Object.keys(body).filter((name) => name !== 'id' && name !== 'lastName')]).toEqual([partial, []]);
});

it('4xx: returns an error as application/json, whatever Accept names', async () => {
  expect(await get({ Accept: partial, Prefer: 'code=404' })).toMatchObject({
    status: 404,
    type: 'application/json',
    body: { error: 'not_found' },
  });
});
