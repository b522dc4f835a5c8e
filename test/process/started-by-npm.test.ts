import { spawn, spawnSync } from 'node:child_process';
import { request } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { createClient, createConfig } from '../../generated/client/index.ts';
import { getCurrentToken } from '../../generated/sdk.gen.ts';
import { createDatabase } from '../../server/database/database.ts';
import { contractFetch } from '../support/contract.ts';
import { administratorSecret, isProcessAlive, secretKey, until } from '../support/process.ts';
import { newDatabase } from '../support/test-database.ts';

/** Starts an npm script. When the test ends, all processes that are left of it are killed. */
async function startByNpm(script: string, env: Record<string, string> = {}) {
  const npm = spawn('npm', ['run', '--silent', script], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      npm_config_update_notifier: 'false',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A process group of its own, so that all processes can be killed together.
    detached: true,
  });
  const pid = npm.pid as number;
  const killAll = () => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {}
  };
  process.once('exit', killAll);
  onTestFinished(() => {
    killAll();
    process.off('exit', killAll);
  });
  let output = '';
  npm.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const exited = new Promise<number | string | null>((resolve) => npm.once('exit', (status, signal) => resolve(status ?? signal)));
  let isRunning = true;
  // The stream closes when neither npm nor any process it started has it open.
  npm.stdout.once('close', () => {
    isRunning = false;
  });
  const find = (what: string, pattern: RegExp) => until(what, async () => pattern.exec(output)?.[1]);
  return {
    pid,
    find,
    url: await find('the server listens', /(http:\/\/[\d.]+:\d+)/),
    ended: () => until('all processes end', async () => !isRunning, 20),
    /** Exit status of npm, or the signal that ended it. */
    exited,
    /** As Ctrl+C in a terminal, which signals all processes of the group. */
    interrupt: () => process.kill(-pid, 'SIGINT'),
  };
}

it('SIGTERM to npm stops the server and its worker in order', async () => {
  const database = await newDatabase();
  onTestFinished(database.remove);
  const server = await startByNpm('start', {
    DATABASE_URL: database.url,
    SHARED_DIRECTORY: database.folder,
    UPLOAD_DIRECTORY: `${database.folder}/uploads`,
    SECRET_KEY: secretKey,
    BOOTSTRAP_TOKEN: administratorSecret,
  });
  const worker = Number(await server.find('the worker process starts', /"pid":(\d+),.*worker process started/));
  const client = createClient(createConfig({ baseUrl: server.url, fetch: contractFetch, auth: () => administratorSecret }));
  expect((await getCurrentToken({ client })).response?.status).toBe(200);

  process.kill(server.pid, 'SIGTERM');
  await server.ended();
  expect(isProcessAlive(worker)).toBe(false);
  await expect(fetch(server.url)).rejects.toThrow();
  const db = createDatabase(database.url);
  const tokens = await db('tokens').whereNotNull('last_used_at');
  await db.destroy();
  // The server writes the last use only when it stops in order.
  expect(tokens).toHaveLength(1);
});

it.each(['sandbox', 'mock'])('SIGTERM to npm stops the %s', async (script) => {
  const started = await startByNpm(script);
  process.kill(started.pid, 'SIGTERM');
  await started.ended();
  await expect(fetch(started.url)).rejects.toThrow();
});

it.each(['start', 'sandbox', 'mock'])('Ctrl+C ends npm with 0, and only after the %s has stopped', async (script) => {
  const database = await newDatabase();
  onTestFinished(database.remove);
  const started = await startByNpm(script, {
    DATABASE_URL: database.url,
    SHARED_DIRECTORY: database.folder,
    UPLOAD_DIRECTORY: `${database.folder}/uploads`,
    SECRET_KEY: secretKey,
    BOOTSTRAP_TOKEN: administratorSecret,
  });
  // A server that needs a moment to stop: npm must wait for it.
  const held = request(`${started.url}/api/applications`, {
    method: 'POST',
    headers: { authorization: `Bearer ${administratorSecret}`, 'content-type': 'application/json', 'content-length': 11 },
  });
  held.on('error', () => {});
  held.on('response', (response) => void response.resume());
  await new Promise<void>((resolve) => held.write('{"n', () => resolve()));
  await fetch(`${started.url}/healthz`);
  started.interrupt();
  held.end('ame": 1}');
  expect(await started.exited).toBe(0);
  await expect(fetch(started.url)).rejects.toThrow();
  await started.ended();
});

it('npm start -- --port N: the argument replaces PORT, and what npm keeps is refused', async () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync('npm', ['--silent', 'start', ...args], {
      env: { PATH: process.env.PATH, npm_config_update_notifier: 'false', PORT: '0', DATABASE_URL: 'sqlite::memory:' },
      encoding: 'utf8',
      timeout: 60_000,
    });
    return [status, stdout + stderr];
  };
  const kept = [
    2,
    'Gatehouse could not start: Invalid settings:\n  npm has kept --port, because options of Gatehouse stand after --: npm start -- --port VALUE\n',
  ];
  expect(run('--port', '9000')).toEqual(kept);
  expect(run('--port=9000')).toEqual(kept);
  expect(run('--', '--port', 'x')).toEqual([
    2,
    'Gatehouse could not start: Invalid settings:\n  PORT must be a whole number from 0 to 65535\n',
  ]);
});
