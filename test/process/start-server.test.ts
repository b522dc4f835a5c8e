import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createLog } from '../../server/common/process-log.ts';
import { newTokenSecret } from '../../server/common/secret-format.ts';
import { readContract } from '../../server/contract/contract.ts';
import type { Db } from '../../server/database/database.ts';
import { handlers } from '../../server/handlers.ts';
import { bootstrap } from '../../server/process/bootstrap.ts';
import { readConfig } from '../../server/process/config.ts';
import { startServer } from '../../server/process/start-server.ts';
import { newFolder } from '../support/fast-folder.ts';
import { secretKey } from '../support/process.ts';

/** Starts a server whose contract has an invalid regular expression in a parameter of `listUsers`. */
async function startWithBrokenContract() {
  const contract = await readContract();
  const { definition } = contract;
  const paths = structuredClone(definition.paths) as Record<string, { get?: { operationId: string; parameters?: object[] } }>;
  const listUsers = Object.values(paths).find(({ get }) => get?.operationId === 'listUsers')?.get;
  listUsers?.parameters?.push({ name: 'like', in: 'query', schema: { type: 'string', pattern: '(' } });
  const lines: string[] = [];
  const write = (chunk: unknown, _encoding: string, done: () => void) => {
    lines.push(String(chunk));
    done();
  };
  const config = readConfig({ DATABASE_URL: 'sqlite::memory:', PORT: '0', SECRET_KEY: secretKey });
  const served = { contract: { ...contract, definition: { ...definition, paths } as unknown as typeof definition }, handlers };
  const log = createLog('trace', new Writable({ write }));
  const running = await startServer(config, log, async () => {}, { withWorker: false, compilesAhead: true, served });
  onTestFinished(() => running.stop());
  return { url: running.url, logged: () => lines.join('') };
}

it('logs soon after the start which operation cannot be compiled, and the other operations work', async () => {
  const { url, logged } = await startWithBrokenContract();
  await vi.waitFor(() => expect(logged()).toContain('"message":"listUsers cannot be compiled'), { timeout: 30_000, interval: 50 });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/api/applications`)).status).toBe(401);
});

it('with embedded databases, the server leaves checkpoints of both files to its worker', async () => {
  const folder = newFolder('start');
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = readConfig({ DATABASE_URL: `sqlite:${join(folder, 'some.db')}`, PORT: '0', SECRET_KEY: secretKey });
  const { db, logDb, stop } = await startServer(config, createLog('silent'), async () => {}, { withWorker: false });
  const pages = await Promise.all([db, logDb].map((database) => database.raw('PRAGMA wal_autocheckpoint')));
  await stop();
  expect(pages).toEqual([[{ wal_autocheckpoint: 16_000 }], [{ wal_autocheckpoint: 16_000 }]]);
});

it('500: a reply that cannot be serialized gets the common error format, a row of the API log, and a line with the operation', async () => {
  const lines: string[] = [];
  const write = (chunk: unknown, _encoding: string, done: () => void) => {
    lines.push(String(chunk));
    done();
  };
  const getCurrentToken = async () => ({ status: 200, body: { id: 1n } });
  const config = readConfig({ DATABASE_URL: 'sqlite::memory:', PORT: '0', SECRET_KEY: secretKey });
  const served = { contract: await readContract(), handlers: { ...handlers, getCurrentToken } as unknown as typeof handlers };
  const secret = newTokenSecret();
  const prepare = async (db: Db) => void (await bootstrap(db, new Date(), secret));
  const { url, logDb, stop } = await startServer(config, createLog('info', new Writable({ write })), prepare, {
    withWorker: false,
    served,
  });
  onTestFinished(() => stop());
  const response = await fetch(`${url}/api/tokens/current`, { headers: { Authorization: `Bearer ${secret}` } });
  const correlationId = response.headers.get('x-correlation-id') as string;
  expect([response.status, (await response.json()).correlationId, response.headers.has('ratelimit')]).toEqual([500, correlationId, true]);
  const row = await logDb('api_log')
    .where({ id: Buffer.from(correlationId, 'hex') })
    .first();
  expect(row).toMatchObject({ operation: 'getCurrentToken', status: 500 });
  const line = lines
    .join('')
    .split('\n')
    .find((text) => text.includes('BigInt')) as string;
  expect(JSON.parse(line)).toMatchObject({ correlationId, operationId: 'getCurrentToken', tokenId: expect.any(String) });
});

it('500: a reply that fails after an upload was handled leaves the file to its import', async () => {
  const folder = newFolder('start');
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const uploadApplicationImport: typeof handlers.uploadApplicationImport = async (request, context) => {
    const reply = await handlers.uploadApplicationImport(request, context);
    return { ...reply, body: { id: 1n } as unknown as typeof reply.body };
  };
  const config = readConfig({ DATABASE_URL: 'sqlite::memory:', PORT: '0', SECRET_KEY: secretKey, UPLOAD_DIRECTORY: folder });
  const served = { contract: await readContract(), handlers: { ...handlers, uploadApplicationImport } };
  const secret = newTokenSecret();
  const prepare = async (db: Db) => void (await bootstrap(db, new Date(), secret));
  const { url, db, stop } = await startServer(config, createLog('silent'), prepare, { withWorker: false, served });
  onTestFinished(() => stop());
  const post = (path: string, body: BodyInit, headers = {}) =>
    fetch(url + path, { method: 'POST', body, headers: { Authorization: `Bearer ${secret}`, ...headers } });
  const groupId = randomUUID();
  const fileGroups = [{ id: groupId, name: 'Users', rows: 'users', columns: { key: 'Login' } }];
  const application = JSON.stringify({ name: 'Silverlake', connector: { name: 'Users', fileGroups } });
  const { id } = await (await post('/api/applications', application, { 'Content-Type': 'application/json' })).json();
  const form = new FormData();
  form.set('applicationId', id);
  form.set(groupId, new File(['Login\nann\n'], 'users.csv', { type: 'text/csv' }));
  expect((await post('/api/application-imports/upload', form)).status).toBe(500);
  const files = await db('application_import_files').select('id');
  const stored = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.csv'));
  expect(stored).toEqual(files.map((file) => join(file.id.slice(0, 2), `${file.id}.csv`)));
  expect(stored).toHaveLength(1);
});
