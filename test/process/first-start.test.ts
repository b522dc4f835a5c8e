import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { getCurrentToken } from '../../generated/sdk.gen.ts';
import { createLog } from '../../server/common/process-log.ts';
import { createDatabase } from '../../server/database/database.ts';
import { readConfig } from '../../server/process/config.ts';
import { startServer } from '../../server/process/start-server.ts';
import { runProgram, secretKey, startProcess, until } from '../support/process.ts';
import { newDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let other: Server;
let takenPort: string;
const env = (more: Record<string, string> = {}) => ({
  DATABASE_URL: database.url,
  UPLOAD_DIRECTORY: `${database.folder}/uploads`,
  SHARED_DIRECTORY: database.folder,
  SECRET_KEY: secretKey,
  BOOTSTRAP_TOKEN: '',
  ...more,
});
const unused = 'no token has been used yet; if the administrator token of the first start is lost';

beforeEach(async () => {
  database = await newDatabase();
  other = createServer();
  takenPort = await new Promise((resolve) => {
    other.listen(0, '127.0.0.1', () => resolve(String((other.address() as AddressInfo).port)));
  });
});
afterEach(async () => {
  other.close();
  await database.remove();
});

async function organizationsAndTokens() {
  const db = createDatabase(database.url);
  try {
    return [await db('organizations').select('key'), await db('tokens').select('name')];
  } finally {
    await db.destroy();
  }
}

it('a first start that cannot listen creates no token; the next start creates it and shows it', async () => {
  const wrongSettings: Record<string, string>[] = [{ PORT: takenPort }, { HOST: '203.0.113.9' }, { HOST: 'nowhere.invalid' }];
  for (const wrong of wrongSettings) {
    const failed = runProgram('server/main.js', [], env({ PORT: '0', ...wrong }));
    expect(await failed.ended).toBe(1);
    expect(failed.output()).not.toContain('pa_');
  }
  expect(await organizationsAndTokens()).toEqual([[], []]);

  const server = await startProcess(env());
  await until('the token is shown', async () => server.output().includes('Try it:'));
  expect(server.output()).toContain('npm run token -- create Rescue --administrator');
  const secret = /pa_[0-9A-Za-z]{36}/.exec(server.output())?.[0] as string;
  expect((await getCurrentToken({ client: server.client(secret) })).data?.accessLevel).toBe('Administrator');
  server.signal('SIGTERM');
  expect(await server.ended).toBe(0);
});

it('a token that was never used may be lost: each start says how to make another one, until a token has been used', async () => {
  const first = await startProcess(env());
  first.signal('SIGKILL');
  await first.ended;

  const second = await startProcess(env());
  await until('the hint is logged', async () => second.output().includes(unused));
  const rescue = runProgram('server/process/token-command.ts', ['create', 'Rescue', '--administrator'], { DATABASE_URL: database.url });
  expect(await rescue.ended).toBe(0);
  const secret = /pa_[0-9A-Za-z]{36}/.exec(rescue.output())?.[0] as string;
  expect((await getCurrentToken({ client: second.client(secret) })).data?.accessLevel).toBe('Administrator');
  second.signal('SIGTERM');
  await second.ended;

  const third = await startProcess(env());
  third.signal('SIGTERM');
  await third.ended;
  expect(third.output()).not.toContain(unused);
});

const configOf = (more: Record<string, string> = {}) => readConfig(env({ PORT: '0', ...more }));

it('requests that arrive before the first token exists wait for it', async () => {
  const helper = createHttpServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await once(helper, 'listening');
  onTestFinished(() => void helper.close());
  // A free port, known before the server listens.
  other.close();
  const order: string[] = [];
  let early: Promise<number>[] = [];
  const get = async (path: string) => {
    const { status } = await fetch(`http://127.0.0.1:${takenPort}${path}`);
    order.push(path);
    return status;
  };
  const prepare = async () => {
    early = [get('/healthz'), get('/api/tokens/current')];
    // Many times as long as the requests would take.
    for (let call = 0; call < 100; call++) await fetch(`http://127.0.0.1:${(helper.address() as AddressInfo).port}`);
    order.push('prepared');
  };
  const running = await startServer(configOf({ PORT: takenPort }), createLog('silent'), prepare, { withWorker: false });
  onTestFinished(() => running.stop());
  expect(await Promise.all(early)).toEqual([200, 401]);
  expect(order[0]).toBe('prepared');
});

it('a first start that fails while it prepares the database closes the port', async () => {
  other.close();
  const config = configOf({ PORT: takenPort });
  const fail = async () => {
    throw new Error('no');
  };
  await expect(startServer(config, createLog('silent'), fail, { withWorker: false })).rejects.toThrow('no');
  const running = await startServer(config, createLog('silent'), async () => {}, { withWorker: false });
  await running.stop();
});
