import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { createAccessKey, createToken, getCurrentToken, listAccessKeys, revealToken } from '../../generated/sdk.gen.ts';
import { createDatabase } from '../../server/database/database.ts';
import { dataOf } from '../support/api-results.ts';
import { exchangeKey } from '../support/given-keys.ts';
import { administratorSecret, runProgram, type ServerProcess, secretKey, startProcess } from '../support/process.ts';
import { newDatabase } from '../support/test-database.ts';

const otherKey = randomBytes(32).toString('base64');
const refusal =
  'Gatehouse could not start: SECRET_KEY is not the secret key of this database: the secrets in it were encrypted with another one. Restore the original key. If it is lost for good, stop all processes and run "npm run token -- forget-secrets": all access keys and stored secrets are deleted, tokens stay valid, and the next start takes a new key. See "A lost secret key" in docs/guides/operating.md';

async function givenDatabase(): Promise<string> {
  const { url, remove } = await newDatabase();
  onTestFinished(remove);
  return url;
}
async function start(url: string, key = secretKey): Promise<ServerProcess> {
  const server = await startProcess({ DATABASE_URL: url, SECRET_KEY: key });
  onTestFinished(() => stop(server));
  return server;
}
async function stop(server: ServerProcess) {
  server.signal('SIGTERM');
  await server.ended;
}
/** Starts a server that does not listen. Returns its exit status and its last line. */
async function failToStart(url: string, key: string) {
  const { ended, output } = runProgram('server/main.js', [], {
    DATABASE_URL: url,
    SECRET_KEY: key,
    PORT: '0',
    BOOTSTRAP_TOKEN: administratorSecret,
  });
  return [await ended, output().trimEnd().split('\n')];
}
const created = async (server: ServerProcess) => ({
  key: dataOf(await createAccessKey({ client: server.client(), body: { name: 'Sync' } })),
  token: dataOf(await createToken({ client: server.client(), body: { name: 'Legacy', isRevealable: true } })),
});

it('a server with another secret key does not start, also beside a running one, and changes nothing', async () => {
  const url = await givenDatabase();
  const first = await start(url);
  const { key } = await created(first);
  // Two processes share a database only on MySQL, but a start on the embedded one must fail for the same reason.
  expect(await failToStart(url, otherKey)).toEqual([1, [refusal]]);
  expect((await exchangeKey(first, key)).status).toBe(200);
  await stop(first);
  expect(await failToStart(url, otherKey)).toEqual([1, [refusal]]);
  const again = await start(url);
  expect((await exchangeKey(again, key)).status).toBe(200);
});

it('of processes that start at the same time on an empty database, all with the key of the first one start', async () => {
  const url = await givenDatabase();
  if (url.startsWith('sqlite:')) return;
  const servers = await Promise.all([start(url), start(url), start(url)]);
  expect(await failToStart(url, otherKey)).toEqual([1, [refusal]]);
  const { key } = await created(servers[0]);
  for (const server of servers) expect((await exchangeKey(server, key)).status).toBe(200);
});

it('a database of an older version takes the key that decrypts its secrets, and refuses another one', async () => {
  const url = await givenDatabase();
  const first = await start(url);
  const { token } = await created(first);
  await stop(first);
  const db = createDatabase(url);
  await db('secret_key_check').delete();
  await db.destroy();
  expect(await failToStart(url, otherKey)).toEqual([1, [refusal]]);
  const again = await start(url);
  expect((await revealToken({ client: again.client(), path: { id: token.id } })).data?.secret).toBe(token.secret);
});

it('after a loss of the key, forget-secrets lets a server start with a new one: tokens stay, access keys are gone', async () => {
  const url = await givenDatabase();
  const first = await start(url);
  const { key, token } = await created(first);
  await stop(first);
  const forget = runProgram('server/process/token-command.ts', ['forget-secrets'], { DATABASE_URL: url });
  expect([await forget.ended, forget.output()]).toEqual([
    0,
    'Deleted access keys: 1. Deleted stored secrets of tokens, which stay valid: 1.\n',
  ]);
  const next = await start(url, otherKey);
  const client = next.client();
  expect((await exchangeKey(next, key)).status).toBe(401);
  expect((await listAccessKeys({ client })).data?.totalCount).toBe(0);
  expect((await getCurrentToken({ client: next.client(token.secret) })).response?.status).toBe(200);
  expect((await revealToken({ client, path: { id: token.id } })).response?.status).toBe(422);
  const later = await created(next);
  expect((await exchangeKey(next, later.key)).status).toBe(200);
  await stop(next);
  expect(await failToStart(url, secretKey)).toEqual([1, [refusal]]);
});
