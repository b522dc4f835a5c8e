import { spawn } from 'node:child_process';
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
