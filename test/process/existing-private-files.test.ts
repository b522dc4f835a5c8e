import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startProcess } from '../support/process.ts';

/** Starts a server whose database, uploads and key are in a folder, without any protection by the umask. */
async function startWithoutUmask(data: string) {
  const umask = process.umask(0);
  const starting = startProcess({
    DATABASE_URL: `sqlite:${join(data, 'gatehouse.db')}`,
    UPLOAD_DIRECTORY: join(data, 'uploads'),
    // An empty value means that the server creates its key file.
    SECRET_KEY: '',
  });
  process.umask(umask);
  const server = await starting;
  const kill = async () => {
    server.signal('SIGKILL');
    await server.ended;
  };
  onTestFinished(kill);
  return { server, kill };
}

it('a start takes the rights to existing database files and to the key from other users, and leaves folders as they are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-private-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  const first = await startWithoutUmask(data);
  // After a kill, the files of the write-ahead log remain.
  await first.server.workerPid();
  await first.kill();
  chmodSync(data, 0o755);
  const files = readdirSync(data).filter((name) => /\.(db|key)/.test(name));
  expect(files.length).toBeGreaterThan(4);
  for (const name of files) chmodSync(join(data, name), 0o664);

  const second = await startWithoutUmask(data);
  const open = files.filter((name) => existsSync(join(data, name)) && (statSync(join(data, name)).mode & 0o077) !== 0);
  await second.kill();
  expect([open, (statSync(data).mode & 0o777).toString(8)]).toEqual([[], '755']);
});
