import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createApplication, getApplicationImport, getCurrentToken, getToken, stageApplicationImport } from '../../generated/sdk.gen.ts';
import { createDatabase, type Db } from '../../server/database/database.ts';
import { administratorSecret, runProgram, secretKey, startProcess, until } from '../support/process.ts';
import { newDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let db: Db;
const env = () => ({
  DATABASE_URL: database.url,
  SHARED_DIRECTORY: join(database.folder, 'shared'),
  UPLOAD_DIRECTORY: join(database.folder, 'uploads'),
});

beforeAll(async () => {
  database = await newDatabase({ isMigrated: true });
  mkdirSync(join(database.folder, 'shared/default/default/production'), { recursive: true });
  db = createDatabase(database.url);
});
afterAll(async () => {
  await db?.destroy();
  await database?.remove();
});

const groupId = 'c5d6e7f8-0000-4000-8000-000000000001';
const application = {
  name: 'Silverlake',
  connector: { name: 'Users', fileGroups: [{ id: groupId, name: 'Users', rows: 'users' as const, columns: { key: 'Login' } }] },
  importSchedule: { files: [{ fileGroupId: groupId, path: 'users.csv' }] },
};

/** Sends the start of a request's body at once, and the rest when the test calls `finish`. */
function slowPost(url: string, body: string) {
  const { promise: status, resolve, reject } = Promise.withResolvers<number>();
  const call = request(`${url}/api/applications`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${administratorSecret}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    },
  });
  call.on('response', (response) => {
    response.resume();
    resolve(response.statusCode as number);
  });
  call.on('error', reject);
  const sent = new Promise<void>((resolveSent) => call.write(body.slice(0, 10), () => resolveSent()));
  return { status, sent, finish: () => call.end(body.slice(10)) };
}

it('SIGTERM: completes accepted requests, refuses new connections and exits with status 0', async () => {
  const server = await startProcess(env());
  const idle = await getCurrentToken({ client: server.client() });
  expect(idle.response?.status).toBe(200);
  const slow = Array.from({ length: 10 }, () => slowPost(server.url, JSON.stringify({ name: 'Slow' })));
  await Promise.all(slow.map((call) => call.sent));
  // Connections are accepted in order: when a later connection gets a response, all earlier ones have been accepted.
  await new Promise((resolve) => request(`${server.url}/healthz`, { agent: false }, resolve).end());

  const stoppedAt = Date.now();
  server.signal('SIGTERM');
  await until('new connections are refused', () =>
    fetch(`${server.url}/healthz`).then(
      () => false,
      () => true,
    ),
  );
  for (const call of slow) call.finish();
  expect(await Promise.all(slow.map((call) => call.status))).toEqual(Array(10).fill(201));
  expect(await server.ended).toBe(0);
  expect(Date.now() - stoppedAt).toBeLessThan(10_000);
  expect(await db('applications').where({ name: 'Slow' }).count({ count: '*' })).toMatchObject([
    { count: expect.toSatisfy((count) => Number(count) === 10) },
  ]);
});

it('SIGTERM: releases the lease of a running build, and the next process finishes the build at once', async () => {
  // On a loaded machine, seconds pass between the build's first write and the signal. Fewer rows would all be loaded by then.
  const rows = 400_000;
  const first = await startProcess(env());
  const file = createWriteStream(join(database.folder, 'shared/default/default/production', 'users.csv'));
  file.write('Login\n');
  for (let row = 0; row < rows; row += 1000)
    file.write(
      Array.from({ length: 1000 }, (_, index) => `user${row + index}`)
        .join('\n')
        .concat('\n'),
    );
  await new Promise((resolve) => file.end(resolve));
  const { data: created } = await createApplication({ client: first.client(), body: application });
  const { data: staged } = await stageApplicationImport({ client: first.client(), body: { applicationId: created?.id as string } });
  const id = staged?.id as string;
  await until('the build writes', async () => {
    const generation = await db('generations').where({ application_import_id: id }).first('id');
    return generation && (await db('application_records').where({ generation_id: generation.id }).first('position'));
  });
  first.signal('SIGTERM');
  expect(await first.ended).toBe(0);
  const released = await db('application_imports').where({ id }).first();
  expect([released.status, released.lease_id, released.lease_until]).toEqual(['Running', null, null]);

  const second = await startProcess(env());
  const finished = await until('the second process finishes the import', async () => {
    const { data } = await getApplicationImport({ client: second.client(), path: { id } });
    return data?.status === 'Finished' && data;
  });
  expect(finished.metrics?.users).toEqual({ read: rows, added: rows, changed: 0, removed: 0, unchanged: 0, rejected: 0 });
  second.signal('SIGINT');
  expect(await second.ended).toBe(0);
});

it('SIGTERM: stores the last use of a token that was used just before', async () => {
  const server = await startProcess(env());
  const { data: current } = await getCurrentToken({ client: server.client() });
  await db('tokens').update({ last_used_at: null });
  await getToken({ client: server.client(), path: { id: current?.id as string } });
  server.signal('SIGTERM');
  await server.ended;
  expect((await db('tokens').where({ id: current?.id }).first()).last_used_at).not.toBeNull();
});

it('a failed start: exits with status 2 for invalid settings, and otherwise with status 1 and one line', async () => {
  const invalid = runProgram('server/main.js', [], {
    PORT: 'high',
    LOG_LEVEL: 'loud',
    BOOTSTRAP_TOKEN: 'short',
    DATABASE_URL: 'postgres://x',
  });
  expect(await invalid.ended).toBe(2);
  for (const name of ['PORT', 'LOG_LEVEL', 'BOOTSTRAP_TOKEN', 'DATABASE_URL']) expect(invalid.output()).toContain(name);

  const unreachable = runProgram('server/main.js', [], {
    PORT: '0',
    DATABASE_URL: 'mysql://nobody:secretword@127.0.0.1:9/none',
    SECRET_KEY: secretKey,
  });
  expect(await unreachable.ended).toBe(1);
  expect(unreachable.output()).not.toContain('secretword');
  expect(unreachable.output().trim().split('\n')).toHaveLength(1);

  const help = runProgram('server/main.js', ['--help'], {});
  expect(await help.ended).toBe(0);
  expect(help.output()).toContain('Usage: npm start');
});

it('SIGTERM: connections on which no request has begun do not hold up the stop', async () => {
  const server = await startProcess(env());
  const { hostname, port } = new URL(server.url);
  const silent = Array.from({ length: 3 }, () => connect({ host: hostname, port: Number(port) }));
  onTestFinished(() => {
    for (const socket of silent) socket.destroy();
  });
  await Promise.all(silent.map((socket) => once(socket, 'connect')));
  // A response shows that the server has accepted the connections before this one.
  expect((await getCurrentToken({ client: server.client() })).response?.status).toBe(200);
  const closed = Promise.all(silent.map((socket) => once(socket.resume(), 'close')));
  server.signal('SIGTERM');
  expect(await server.ended).toBe(0);
  await closed;
});
