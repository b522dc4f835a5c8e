import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { createClient, isUnauthorizedError } from '../../client/index.ts';
import { drop, json, type Respond, refusal, useFlawedServer } from './flawed-server.ts';

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

/** Gives out `pat_1`, `pat_2`… for so many seconds, and answers calls as it is told. */
function answering(seconds: number, call: Respond = json(200, page)) {
  let count = 0;
  server.answerWith((response, request) => {
    if (!isExchange(request.url)) return call(response, request);
    const expiry_time = Math.floor(Date.now() / 1000) + seconds;
    json(200, { success: true, access_token: `pat_${++count}`, refresh_token: 'par_x', expiry_time })(response, request);
  });
}

it('proves the secret by the hash of a time and a nonce, and calls with the access token; the secret itself never travels', async () => {
  answering(3600);
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

it('calls at once share one exchange, and later ones its token', async () => {
  answering(3600);
  const one = client();
  await Promise.all(Array.from({ length: 10 }, () => one.listIdentities()));
  await one.listIdentities();
  expect([exchanges().length, server.received().length]).toEqual([1, 12]);
});

it('a token that ends within a minute is replaced before it is used', async () => {
  answering(59);
  const one = client();
  for (let count = 0; count < 3; count++) await one.listIdentities();
  expect(server.received().map(({ headers }) => headers.authorization)).toEqual([
    undefined,
    'Bearer pat_1',
    undefined,
    'Bearer pat_2',
    undefined,
    'Bearer pat_3',
  ]);
});

it('a token that is refused before its time is replaced once; refused again, it is the answer', async () => {
  answering(3600, (response, request) =>
    request.headers.authorization === 'Bearer pat_1' ? refusal(401, 'unauthorized')(response, request) : json(200, page)(response, request),
  );
  const one = client();
  await Promise.all([one.listIdentities(), one.listIdentities(), one.listIdentities()]);
  expect(exchanges()).toHaveLength(2);
  answering(3600, refusal(401, 'unauthorized'));
  const error = await client()
    .listIdentities()
    .catch((thrown: unknown) => thrown);
  expect([isUnauthorizedError(error), exchanges().length]).toEqual([true, 2]);
});

it('an exchange that is lost is tried again with another nonce; one that is refused is an error, and the next call tries anew', async () => {
  let tries = 0;
  server.answerWith((response, request) => {
    if (!isExchange(request.url)) return json(200, page)(response, request);
    if (++tries === 1) return drop(response, request);
    json(200, { success: true, access_token: 'pat_1', refresh_token: 'par_x', expiry_time: 9_999_999_999 })(response, request);
  });
  await client().listIdentities();
  const contents = exchanges().map(({ body }) => JSON.parse(body).content);
  expect([contents.length, new Set(contents).size]).toEqual([2, 2]);

  server.answerWith(refusal(401, 'unauthorized'));
  const one = client();
  for (let count = 0; count < 2; count++) await expect(one.listIdentities()).rejects.toMatchObject({ status: 401 });
  expect([exchanges().length, server.received().length]).toEqual([2, 2]);
});

it('asks for no token where none is needed, and takes a token or an access key, not both', async () => {
  server.answerWith(json(200, { status: 'ok' }));
  await client().getHealth();
  expect(exchanges()).toHaveLength(0);
  expect(() => createClient({ token: 'pa_x', accessKey })).toThrow(/either a token or an access key/);
});
