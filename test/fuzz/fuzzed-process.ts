import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ProcessState } from './fuzzed-server.ts';

export interface FuzzedProcess {
  url: URL;
  /** Returns the state of the process since the last call. */
  state: () => Promise<ProcessState>;
  /** Ends the process. Returns what it logged: errors only. */
  stop: () => Promise<string>;
}

/** Starts the server that the suite attacks, with this database and with its files in `folder`. */
export async function startFuzzedProcess(databaseUrl: string, folder: string): Promise<FuzzedProcess> {
  const child = spawn(process.execPath, ['--expose-gc', 'test/fuzz/fuzzed-server.ts'], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      SECRET_KEY: Buffer.alloc(32, 'sandbox').toString('base64'),
      SHARED_DIRECTORY: join(folder, 'shared'),
      UPLOAD_DIRECTORY: join(folder, 'uploads'),
      RATE_LIMIT_PER_MINUTE: '0',
      FAILED_AUTHENTICATIONS_PER_MINUTE: '0',
      API_LOG_RETENTION_DAYS: '36500',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let logged = '';
  child.stdout?.on('data', (chunk) => {
    logged += chunk;
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const exited = once(child, 'exit').then(() => process.off('exit', end));
  const message = async <Message>(): Promise<Message> =>
    Promise.race([
      once(child, 'message').then(([received]) => received as Message),
      exited.then(() => Promise.reject(new Error(`the fuzzed server ended:\n${logged.slice(0, 5000)}`))),
    ]);
  const { url } = await message<{ url: string }>();
  return {
    url: new URL(url),
    state: () => {
      child.send('state');
      return message<ProcessState>();
    },
    stop: async () => {
      child.disconnect();
      await exited;
      return logged;
    },
  };
}
