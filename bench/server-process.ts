import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const secret = 'pa_SandboxAdministratorSandboxAdm1v05vn';

/** A server process of ours on a database, and a way to ask it. */
export async function startServer(databaseUrl: string, folder: string) {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: databaseUrl,
    PORT: '0',
    BOOTSTRAP_TOKEN: secret,
    RATE_LIMIT_PER_MINUTE: '0',
    FAILED_AUTHENTICATIONS_PER_MINUTE: '0',
    LOG_LEVEL: 'info',
    SHARED_DIRECTORY: join(folder, 'shared'),
    UPLOAD_DIRECTORY: join(folder, 'uploads'),
  };
  const server = spawn(process.execPath, ['server/main.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  server.stdout.on('data', (chunk) => {
    if (!output.includes('"url"')) output += chunk;
  });
  while (!output.includes('"url"')) {
    if (server.exitCode !== null) throw new Error(`The server ended with status ${server.exitCode}`);
    await wait(20);
  }
  const url = /"url":"([^"]+)"/.exec(output)?.[1];
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${secret}`, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const answer = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  return {
    pid: server.pid as number,
    call,
    get: (path: string) => call('GET', path),
    stop: async () => {
      server.kill('SIGTERM');
      await new Promise((resolve) => server.once('exit', resolve));
    },
  };
}
