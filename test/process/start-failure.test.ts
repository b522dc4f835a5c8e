import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-start-failure-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the server with settings that prevent it, and returns its exit status and its output. */
function startWith(settings: Record<string, string>): [status: number | null, output: string] {
  const files = { UPLOAD_DIRECTORY: folder, SHARED_DIRECTORY: folder, LOG_LEVEL: 'silent', PORT: '0' };
  const env = { PATH: process.env.PATH, DATABASE_URL: `sqlite:${join(folder, 'some.db')}`, ...files, ...settings };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/main.js'], { env, encoding: 'utf8', timeout: 30_000 });
  return [status, stdout + stderr];
}

it('a failed start prints one line that says what to do, and ends with 1', () => {
  writeFileSync(join(folder, 'text.db'), 'This is not a database. '.repeat(10));
  expect(startWith({ DATABASE_URL: `sqlite:${join(folder, 'text.db')}` })).toEqual([
    1,
    'The file in DATABASE_URL is not a database; name another file\n',
  ]);
  expect(startWith({ DATABASE_URL: `sqlite:${folder}` })).toEqual([
    1,
    'Cannot open the database file; check its path in DATABASE_URL and its permissions\n',
  ]);
  expect(startWith({ HOST: '203.0.113.9' })).toEqual([1, 'HOST is not an address of this machine; set it to one, such as 127.0.0.1\n']);
});
