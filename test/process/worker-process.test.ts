import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { createApplication, getApplicationImport, stageApplicationImport } from '../../generated/sdk.gen.ts';
import { newDatabase } from '../support/database-url.ts';
import { isAlive, type ServerProcess, startProcess, until } from '../support/process.ts';

let server: ServerProcess;
beforeEach(async () => {
  const database = await newDatabase({ isMigrated: true });
  const shared = join(database.folder, 'shared');
  mkdirSync(shared);
  writeFileSync(join(shared, 'users.csv'), `Login\n${Array.from({ length: 5_000 }, (_, row) => `user${row}\n`).join('')}`);
  server = await startProcess({ DATABASE_URL: database.url, SHARED_DIRECTORY: shared, UPLOAD_DIRECTORY: join(database.folder, 'uploads') });
  onTestFinished(async () => {
    server.signal('SIGTERM');
    await server.ended;
    await database.remove();
  });
});

const groupId = 'c5d6e7f8-0000-4000-8000-000000000001';
async function importUsers(): Promise<string | undefined> {
  const client = server.client();
  const { data: application } = await createApplication({
    client,
    body: {
      name: 'Silverlake',
      connector: { name: 'Users', fileGroups: [{ id: groupId, name: 'Users', rows: 'users', columns: { key: 'Login' } }] },
      importSchedule: { files: [{ fileGroupId: groupId, path: 'users.csv' }] },
    },
  });
  const { data: staged } = await stageApplicationImport({ client, body: { applicationId: application?.id as string } });
  const path = { id: staged?.id as string };
  return until('the import has ended', async () => {
    const { data } = await getApplicationImport({ client, path });
    return data?.buildEnd !== null && data?.status;
  });
}

it('a worker that dies is in the log and started again, and the next import is built', async () => {
  const first = await server.workerPid();
  process.kill(first, 'SIGKILL');
  const second = await until('another worker', async () => (await server.workerPid()) !== first && server.workerPid());
  expect(isAlive(second)).toBe(true);
  expect(server.output()).toContain('"signal":"SIGKILL","msg":"the worker process died"');
  expect(await importUsers()).toBe('Finished');
});

it('a worker ends with its server, also when that is killed and can not tell it', async () => {
  const worker = await server.workerPid();
  process.kill(server.pid, 'SIGKILL');
  await until('the worker has ended', async () => !isAlive(worker));
});

it('a worker that the system asks to end goes on until its server says so', async () => {
  const worker = await server.workerPid();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(worker, signal);
  expect(await importUsers()).toBe('Finished');
  expect(await server.workerPid()).toBe(worker);
});

// Elsewhere there is no idle class.
if (process.platform === 'linux') {
  const policyOf = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ')[38]);
  const idle = 5;

  it('a worker is of the idle class with all its threads, and an import is finished also where others never leave it a core', async () => {
    const worker = await server.workerPid();
    const threads = readdirSync(`/proc/${worker}/task`);
    expect(threads.length).toBeGreaterThan(2);
    expect(new Set(threads.map((thread) => policyOf(Number(thread))))).toEqual(new Set([idle]));

    const busy = spawn(process.execPath, ['-e', 'for (;;);']);
    onTestFinished(() => void busy.kill('SIGKILL'));
    for (const pid of [busy.pid, server.pid, worker]) spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', '0', String(pid)]);
    expect(await importUsers()).toBe('Finished');
    expect(server.output()).toContain('builds got no core and will yield less');
    expect(policyOf(await server.workerPid())).not.toBe(idle);
  });
}
