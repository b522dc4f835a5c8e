import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { createApplication, getApplicationImport, stageApplicationImport } from '../../generated/sdk.gen.ts';
import { createDatabase } from '../../server/database/database.ts';
import { isProcessAlive, type ServerProcess, startProcess, until } from '../support/process.ts';
import { isMySqlRun, newDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let server: ServerProcess;
const start = (env: Record<string, string> = {}) =>
  startProcess({
    DATABASE_URL: database.url,
    SHARED_DIRECTORY: join(database.folder, 'shared'),
    UPLOAD_DIRECTORY: join(database.folder, 'uploads'),
    ...env,
  });
const writeUsers = (rows: number) =>
  writeFileSync(
    join(database.folder, 'shared/default/default/production', 'users.csv'),
    `Login\n${Array.from({ length: rows }, (_, row) => `user${row}\n`).join('')}`,
  );
beforeEach(async () => {
  database = await newDatabase({ isMigrated: true });
  mkdirSync(join(database.folder, 'shared/default/default/production'), { recursive: true });
  writeUsers(5_000);
  server = await start();
  onTestFinished(async () => {
    server.signal('SIGTERM');
    await server.ended;
    await database.remove();
  });
});

const groupId = 'c5d6e7f8-0000-4000-8000-000000000001';
async function stageUsers(): Promise<string> {
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
  return staged?.id as string;
}
async function importUsers(): Promise<string | undefined> {
  const path = { id: await stageUsers() };
  return until(
    'the import has ended',
    async () => {
      const { data } = await getApplicationImport({ client: server.client(), path });
      return data?.buildEnd !== null && data?.status;
    },
    100,
  );
}

it('a killed worker is logged and restarted, and builds the next import', async () => {
  const first = await server.workerPid();
  process.kill(first, 'SIGKILL');
  const second = await until('another worker starts', async () => (await server.workerPid()) !== first && server.workerPid());
  expect(isProcessAlive(second)).toBe(true);
  expect(server.output()).toMatch(/"signal":"SIGKILL",.*"msg":"worker process ended unexpectedly; restarting it"/);
  expect(await importUsers()).toBe('Finished');
});

it('a worker stops when its server is killed, and releases the lease of its build', async () => {
  const worker = await server.workerPid();
  writeUsers(200_000);
  const id = await stageUsers();
  const db = createDatabase(database.url);
  onTestFinished(() => db.destroy());
  const leaseOf = async () =>
    (await db('application_imports').where({ id }).first('status', 'lease_id')) as { status: string; lease_id: unknown };
  await until('the build runs', async () => (await leaseOf()).lease_id !== null);
  process.kill(server.pid, 'SIGKILL');
  await until('the worker has ended', async () => !isProcessAlive(worker));
  expect(await leaseOf()).toEqual({ status: 'Running', lease_id: null });
});

it('a worker ignores SIGINT and SIGTERM, because its server stops it', async () => {
  const worker = await server.workerPid();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(worker, signal);
  expect(await importUsers()).toBe('Finished');
  expect(await server.workerPid()).toBe(worker);
});

it('a worker starts at normal priority if the system has no command to lower it', async () => {
  server.signal('SIGTERM');
  await server.ended;
  server = await start({ PATH: database.folder });
  await server.workerPid();
  expect(server.output()).toMatch(/"code":"ENOENT".*"msg":"worker process ended unexpectedly; restarting it"/);
  expect(server.output()).toMatch(/"priority":"","msg":"worker process started"/);
  expect(await importUsers()).toBe('Finished');
});

if (!isMySqlRun)
  it('the worker checkpoints the API log, so that the server does not wait for the disk', async () => {
    const calls = 300;
    for (let call = 0; call < calls; call++)
      await getApplicationImport({ client: server.client(), path: { id: groupId }, throwOnError: false });
    const file = join(database.folder, 'gatehouse-log.db');
    // Each call adds a row of at least 200 bytes.
    await until('the file has the rows', async () => statSync(file).size > calls * 200);
  });

// Runs only if the system has an idle scheduling class and permits its use.
if (spawnSync('chrt', ['-i', '0', 'true']).status === 0) {
  const policyOf = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ')[38]);
  const idle = 5;

  it('all threads of a worker are in the idle class, and an import finishes even if another process uses the only core', async () => {
    const worker = await server.workerPid();
    const threads = readdirSync(`/proc/${worker}/task`);
    expect(threads.length).toBeGreaterThan(2);
    expect(new Set(threads.map((thread) => policyOf(Number(thread))))).toEqual(new Set([idle]));

    const core = /Cpus_allowed_list:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] as string;
    const busy = spawn(process.execPath, ['-e', 'for (;;);']);
    onTestFinished(() => void busy.kill('SIGKILL'));
    for (const pid of [busy.pid, server.pid, worker]) expect(spawnSync('taskset', ['-acp', core, String(pid)]).status).toBe(0);
    expect(await importUsers()).toBe('Finished');
    expect(server.output()).toContain('the worker process gets almost no CPU time');
    expect(policyOf(await server.workerPid())).not.toBe(idle);
  }, 120_000);

  it('a stop gives the worker normal priority: without CPU time, it would miss the deadline, and the status would be 1', async () => {
    const worker = await server.workerPid();
    // A stopped process gets no CPU time, as one of the idle class on a machine whose cores are all in use.
    process.kill(worker, 'SIGSTOP');
    onTestFinished(() => void (isProcessAlive(worker) && process.kill(worker, 'SIGCONT')));
    server.signal('SIGTERM');
    await until('the worker leaves the idle class', async () => policyOf(worker) !== idle, 8);
    process.kill(worker, 'SIGCONT');
    expect(await server.ended).toBe(0);
  });
}
