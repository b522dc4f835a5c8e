import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { operationsOf, readContract } from '../../mocks/contract.ts';
import { createFront } from '../../mocks/front.ts';
import { createJournal } from '../../mocks/journal.ts';
import { createPrism } from '../../mocks/prism.ts';
import { bearer } from './mock-calls.ts';

const partial = 'application/vnd.gatehouse.partial+json';

/** The contract, with a second media type of one answer: some members, under an example that has the name of the whole one, and one more. */
function contractWithParts() {
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
  const contract = contractWithParts();
  const askPrism = await createPrism(contract);
  const front = createFront({ operations: operationsOf(contract), askPrism, askMadeUp: askPrism, journal });
  server = createServer((request, response) => void front(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});

async function get(headers: Record<string, string>) {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/identities/3fa85f64-5717-4562-b3fc-2c963f66afa6`;
  const answer = await fetch(url, { headers: { ...bearer, ...headers } });
  return { status: answer.status, type: answer.headers.get('content-type')?.split(';')[0], body: (await answer.json()) as object };
}

it('200: who accepts the second media type gets its example', async () => {
  for (const Accept of [partial, `${partial}, application/json`, `text/html, ${partial};q=0.9`])
    expect(await get({ Accept })).toEqual({ status: 200, type: partial, body: { id: 'a' } });
  expect(await get({ Accept: partial, Prefer: 'example=named' })).toMatchObject({ type: partial, body: { lastName: 'Chen' } });
});

it('200: whoever does not accept it gets the first one', async () => {
  for (const Accept of ['application/json', '*/*', 'text/html']) {
    const { status, type, body } = await get({ Accept });
    expect([status, type, Object.keys(body).length > 2]).toEqual([200, 'application/json', true]);
  }
});

it('200: an example that only the second one has is answered in it', async () => {
  expect(await get({ Prefer: 'example=named' })).toEqual({ status: 200, type: partial, body: { id: 'a', lastName: 'Chen' } });
});

it('200: made-up values are of the schema of the media type', async () => {
  const { type, body } = await get({ Accept: partial, Prefer: 'dynamic=true' });
  expect([type, Object.keys(body).filter((name) => name !== 'id' && name !== 'lastName')]).toEqual([partial, []]);
});

it('4xx: a refusal is what it is, whatever is accepted', async () => {
  expect(await get({ Accept: partial, Prefer: 'code=404' })).toMatchObject({
    status: 404,
    type: 'application/json',
    body: { error: 'not_found' },
  });
});
