import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { newTokenSecret } from '../../server/common/secret-format.ts';
import { contractFetch } from '../support/contract.ts';
import { givenTenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const path = '/api/tokens/current';
const getToken = (url: string, secret: string) => contractFetch(`${url}${path}`, { headers: { Authorization: `Bearer ${secret}` } });

describe('an address that is refused too often', () => {
  const server = useServer({ failedAuthenticationsPerMinute: 3 }, { slowDownMs: 500 });

  it('401, 429: gets further responses later, while a valid token from this address is answered at once', async () => {
    const { reader } = await givenTenant(server);
    const answered: (string | number)[] = [];
    for (let count = 0; count < 3; count++) answered.push((await getToken(server.url, newTokenSecret())).status);
    const delayed = getToken(server.url, newTokenSecret()).then(({ status }) => answered.push(status));
    answered.push((await getToken(server.url, reader.secret)).status);
    await delayed;
    expect(answered).toEqual([401, 401, 401, 200, 429]);
  });
});

describe('a token over its rate limit', () => {
  const server = useServer({ rateLimitPerMinute: 2 }, { slowDownMs: 500 });

  it('429: gets its response later, while other tokens are answered at once', async () => {
    const { reader, writer } = await givenTenant(server);
    for (let count = 0; count < 2; count++) expect((await getToken(server.url, reader.secret)).status).toBe(200);
    const answered: number[] = [];
    const delayed = getToken(server.url, reader.secret).then(({ status }) => answered.push(status));
    answered.push((await getToken(server.url, writer.secret)).status);
    await delayed;
    expect(answered).toEqual([200, 429]);
  });
});

describe('a flood', () => {
  const connections = 250;
  const startsPerIteration = 8;
  const server = useServer(
    { failedAuthenticationsPerMinute: 0 },
    { unknownStartsPerIteration: startsPerIteration, acceptsPerIteration: 1 },
  );

  it('200: requests on open connections do not keep new connections out', async () => {
    const { reader } = await givenTenant(server);
    const request = `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${newTokenSecret()}\r\n\r\n`;
    const flood = new Worker(new URL('../support/flood-worker.ts', import.meta.url), {
      workerData: { port: Number(new URL(server.url).port), request, connections },
    });
    await once(flood, 'message');
    const statuses: number[] = [];
    for (let count = 0; count < 5; count++) statuses.push((await getToken(server.url, reader.secret)).status);
    flood.postMessage('end');
    const [refused] = await once(flood, 'message');
    await flood.terminate();
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    // A server that answers all open connections before it accepts the next one answers about 70 for each of these.
    expect(refused).toBeLessThan(connections * startsPerIteration * 2);
  });
});
