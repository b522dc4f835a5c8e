import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { createAccessKey, getCurrentToken } from '../../generated/sdk.gen.ts';
import { dataOf } from '../support/api-results.ts';
import { newFolder } from '../support/fast-folder.ts';
import { exchangeKey } from '../support/given-keys.ts';
import { runProgram, secretKey, startProcess } from '../support/process.ts';

let folder: string;
let file: string;
const env = (more: Record<string, string> = {}) => ({
  DATABASE_URL: `sqlite:${join(folder, 'gatehouse.db')}`,
  UPLOAD_DIRECTORY: join(folder, 'uploads'),
  SHARED_DIRECTORY: folder,
  SECRET_KEY: '',
  PORT: '0',
  ...more,
});
const wayOn =
  /(Restore the original key|Put the file back, or set SECRET_KEY|put the original file back)\. If it is lost for good, stop all processes and run "npm run token -- forget-secrets": all access keys and stored secrets are deleted, tokens stay valid/;

beforeEach(() => {
  folder = newFolder('lost-key');
  file = join(folder, 'secret.key');
  const created = folder;
  onTestFinished(() => rmSync(created, { recursive: true, force: true }));
});

async function start(more: Record<string, string> = {}) {
  const server = await startProcess(env(more));
  const stop = async () => {
    server.signal('SIGTERM');
    return server.ended;
  };
  onTestFinished(() => void stop());
  return { server, stop };
}

/** Starts a server that does not listen. Expects one line that names `named`, and returns it. */
async function failToStart(named: string, more: Record<string, string> = {}): Promise<string> {
  const { ended, output } = runProgram('server/main.js', [], env(more));
  expect([await ended, output()]).toEqual([1, expect.stringMatching(/^Gatehouse could not start: .*\n$/)]);
  expect(output()).toContain(named);
  return output();
}

async function givenAccessKey() {
  const { server, stop } = await start();
  const key = dataOf(await createAccessKey({ client: server.client(), body: { name: 'Sync' } }));
  expect(await stop()).toBe(0);
  return key;
}

it('a lost file is not replaced: the start is refused until it is back', async () => {
  const key = await givenAccessKey();
  renameSync(file, `${file}.away`);
  const before = readdirSync(folder);
  for (let attempt = 0; attempt < 2; attempt++) {
    const output = await failToStart(file);
    expect(output).toMatch(/the secret key of this database is missing: there is no file/);
    expect(output).toMatch(wayOn);
    expect(existsSync(file)).toBe(false);
  }
  expect(readdirSync(folder)).toEqual(before);

  renameSync(`${file}.away`, file);
  const { server } = await start();
  expect((await exchangeKey(server, key)).status).toBe(200);
});

it('SECRET_KEY that is no longer set, or is another one, is refused and creates no file', async () => {
  const { stop } = await start({ SECRET_KEY: secretKey });
  await stop();
  expect(existsSync(file)).toBe(false);
  expect(await failToStart('SECRET_KEY is not set')).toMatch(wayOn);
  expect(existsSync(file)).toBe(false);
  const foreign = Buffer.alloc(32, 8).toString('base64');
  expect(await failToStart('SECRET_KEY is not the secret key of this database', { SECRET_KEY: foreign })).toMatch(wayOn);
});

it('a foreign, damaged or unreadable file is refused by its path, and stays as it is', async () => {
  await givenAccessKey();
  const original = readFileSync(file);
  for (const content of [`${Buffer.alloc(32, 8).toString('base64')}\n`, '', 'something else', original.subarray(0, 20)]) {
    writeFileSync(file, content);
    expect(await failToStart(file)).toMatch(wayOn);
    expect(readFileSync(file)).toEqual(Buffer.from(content));
  }
  rmSync(file);
  mkdirSync(file);
  await failToStart(`the secret key ${file} cannot be read (EISDIR)`);
});

it('after forget-secrets, the next start creates a new key; tokens stay valid', async () => {
  const key = await givenAccessKey();
  rmSync(file);
  const forget = runProgram('server/process/token-command.ts', ['forget-secrets'], env());
  expect(await forget.ended).toBe(0);
  const { server } = await start();
  expect(existsSync(file)).toBe(true);
  expect((await getCurrentToken({ client: server.client() })).response?.status).toBe(200);
  expect((await exchangeKey(server, key)).status).toBe(401);
});

it('a first start with a folder in the place of the key names it, and shows no token', async () => {
  mkdirSync(file);
  expect(await failToStart(file)).not.toContain('pa_');
});
