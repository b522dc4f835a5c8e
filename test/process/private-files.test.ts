import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createApplication, uploadApplicationImport } from '../../generated/sdk.gen.ts';
import { dataOf } from '../support/api-results.ts';
import { usersCsv, usersGroup } from '../support/given.ts';
import { startProcess } from '../support/process.ts';
import { isMySqlRun, newDatabase } from '../support/test-database.ts';

/** Returns the mode of each file and folder below a folder, by its path; the names of uploaded files are cut off. */
function modesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return Object.fromEntries([folder, ...paths].map((path) => [path, (statSync(path).mode & 0o777).toString(8)]));
}
const endsOf = (modes: Record<string, string>) =>
  [...new Set(Object.entries(modes).map(([path, mode]) => `${kindOf(path)} ${mode}`))].sort();
const kindOf = (path: string) => (statSync(path).isDirectory() ? 'folder' : 'file');

/** Starts a server in a new folder, without any protection by the umask. Returns the folder and the server. */
async function startWithoutUmask(prepare: (folder: string) => void = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-private-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = isMySqlRun ? await newDatabase() : undefined;
  if (database) onTestFinished(() => database.remove());
  prepare(folder);
  const umask = process.umask(0);
  const starting = startProcess({
    DATABASE_URL: database?.url ?? `sqlite:${join(folder, 'data', 'gatehouse.db')}`,
    UPLOAD_DIRECTORY: join(folder, 'data', 'uploads'),
    // An empty value means that the server creates its key file.
    ...(!isMySqlRun && { SECRET_KEY: '' }),
  });
  process.umask(umask);
  const server = await starting;
  onTestFinished(async () => {
    server.signal('SIGKILL');
    await server.ended;
  });
  return { folder, server };
}

it('only the user who runs the server may open the files that it creates, whatever the umask is', async () => {
  const { folder, server } = await startWithoutUmask();
  const client = server.client();
  const group = usersGroup();
  const application = dataOf(await createApplication({ client, body: { name: 'Payroll', connector: { name: 'A', fileGroups: [group] } } }));
  const files = { [group.id]: new File([usersCsv('ann')], 'users.csv') };
  const uploaded = await uploadApplicationImport({ client, body: { applicationId: application.id, ...files } });
  expect(uploaded.response?.status).toBe(201);

  const modes = modesIn(join(folder, 'data'));
  expect(endsOf(modes)).toEqual(['file 600', 'folder 700']);
  const names = Object.keys(modes).map((path) => path.slice(folder.length + 1));
  const ofDatabase = ['gatehouse.db', 'gatehouse.db-shm', 'gatehouse.db-wal', 'gatehouse-log.db', 'gatehouse-log.db-wal', 'secret.key'];
  if (!isMySqlRun) expect(names).toEqual(expect.arrayContaining(ofDatabase.map((name) => join('data', name))));
  expect(names.filter((name) => name.endsWith('.csv'))).toHaveLength(1);
});
