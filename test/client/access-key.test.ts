import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { createClient, isUnauthorizedError } from '../../client/index.ts';
import { drop, errorResponse, json, type Respond, useFlawedServer } from './flawed-server.ts';

const server = useFlawedServer();
const accessKey = { id: 'pak_key', secret: 'pas_secret' };
const client = (log: string[] = []) =>
  createClient({
    baseUrl: server.url(),
    accessKey,
    log: {
      level: 'debug',
      logger: {
        debug: (text) => log.push(text),
        info: (text) => log.push(text),
        warn: (text) => log.push(text),
        error: (text) => log.push(text),
      },
    },
  });
const page = { items: [], totalCount: 0, page: 1, pageSize: 50, totalPages: 0 };
const isExchange = (url: string) => url.endsWith('/client_token');
const exchanges = () => server.received().filter(({ url }) => isExchange(url));

/** Issues the access tokens `pat_1`, `pat_2`… with this lifetime, and responds to all other calls with `respond`. */
function issueTokens(seconds: number, respond: Respond = json(200, page)) {
  let count = 0;
  server.respondWith((response, request) => {
    if (!isExchange(request.url)) return respond(response, request);
    const expiry_time = Math.floor(Date.now() / 1000) + seconds;
    json(200, { success: true, access_token: `pat_${++count}`, refresh_token: 'par_x', expiry_time })(response, request);
  });
}

it('sends an HMAC of time and nonce, and uses the access token; never sends or logs the secret', async () => {
  issueTokens(3600);
  const log: string[] = [];
  await client(log).listIdentities();
  const [exchange, call] = server.received();
  const { scope, content } = JSON.parse(exchange?.body as string);
  expect(content).toMatch(/^\d{10}\.[0-9a-f]{32}$/);
  expect([scope, exchange?.headers['x-key'], exchange?.headers['x-hash']]).toEqual([
    'gatehouse_api',
    accessKey.id,
    createHmac('sha256', accessKey.secret).update(content).digest('hex'),
  ]);
  expect([exchange?.headers.authorization, call?.headers.authorization]).toEqual([undefined, 'Bearer pat_1']);
  expect(JSON.stringify([server.received(), log])).not.toContain(accessKey.secret);
  expect(log.join()).not.toContain('pat_1');
});

it('concurrent calls share one exchange, and later calls use its token', async () => {
  issueTokens(3600);
  const sharedClient = client();
  await Promise.all(Array.from({ length: 10 }, () => sharedClient.listIdentities()));
  await sharedClient.listIdentities();
  expect([exchanges().length, server.received().length]).toEqual([1, 12]);
});

it('replaces a token that ends within a minute before it is used', async () => {
  issueTokens(59);
  const sharedClient = client();
  for (let count = 0; count < 3; count++) await sharedClient.listIdentities();
  expect(server.received().map(({ headers }) => headers.authorization)).toEqual([
    undefined,
    'Bearer pat_1',
    undefined,
    'Bearer pat_2',
    undefined,
    'Bearer pat_3',
  ]);
});

it('401: replaces a refused token once; throws the error if the new token is refused', async () => {
  issueTokens(3600, (response, request) =>
    request.headers.authorization === 'Bearer pat_1'
      ? errorResponse(401, 'unauthorized')(response, request)
      : json(200, page)(response, request),
  );
  const sharedClient = client();
  await Promise.all([sharedClient.listIdentities(), sharedClient.listIdentities(), sharedClient.listIdentities()]);
  expect(exchanges()).toHaveLength(2);
  issueTokens(3600, errorResponse(401, 'unauthorized'));
  const error = await client()
    .listIdentities()
    .catch((thrown: unknown) => thrown);
  expect([isUnauthorizedError(error), exchanges().length]).toEqual([true, 2]);
});

it('retries a lost exchange with a new nonce; throws for a refused exchange and exchanges again for the next call', async () => {
  let tries = 0;
  server.respondWith((response, request) => {
    if (!isExchange(request.url)) return json(200, page)(response, request);
    if (++tries === 1) return drop(response, request);
    json(200, { success: true, access_token: 'pat_1', refresh_token: 'par_x', expiry_time: 9_999_999_999 })(response, request);
  });
  await client().listIdentities();
  const contents = exchanges().map(({ body }) => JSON.parse(body).content);
  expect([contents.length, new Set(contents).size]).toEqual([2, 2]);

  server.respondWith(errorResponse(401, 'unauthorized'));
  const sharedClient = client();
  for (let count = 0; count < 2; count++) await expect(sharedClient.listIdentities()).rejects.toMatchObject({ status: 401 });
  expect([exchanges().length, server.received().length]).toEqual([2, 2]);
});

it('exchanges nothing for operations without authentication, and throws for both a token and an access key', async () => {
  server.respondWith(json(200, { status: 'ok' }));
  await client().getHealth();
  expect(exchanges()).toHaveLength(0);
  expect(() => createClient({ token: 'pa_x', accessKey })).toThrow(/either a token or an access key/);
});
