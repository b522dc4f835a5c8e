import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** The administrator's token of every database of a benchmark. */
export const secret = 'pa_SandboxAdministratorSandboxAdm1v05vn';

const settingsOf = (databaseUrl: string, folder: string) => ({
  PATH: process.env.PATH,
  DATABASE_URL: databaseUrl,
  PORT: '0',
  BOOTSTRAP_TOKEN: secret,
  SECRET_KEY: Buffer.alloc(32, 'bench').toString('base64'),
  // Limits are counted, but not reached: one token may be asked with, and one address is.
  RATE_LIMIT_PER_MINUTE: '100000',
  FAILED_AUTHENTICATIONS_PER_MINUTE: '2000000',
  SHARED_DIRECTORY: join(folder, 'shared'),
  UPLOAD_DIRECTORY: join(folder, 'uploads'),
});

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;
const lastCore = availableParallelism() - 1;
/** The first core is the server's alone; load, and a database server, have the others. */
export const coreLists = { server: '0', load: `1-${lastCore}`, anywhere: `0-${lastCore}` };
/** A command that runs in its place, where the machine can do that. */
export const pinnedCommand = (cores: string, command: string[]): [string, string[]] =>
  canPin ? ['taskset', ['--cpu-list', cores, ...command]] : [command[0] as string, command.slice(1)];
export const pinToCores = (pid: number, cores: string): void => {
  if (canPin) spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', cores, String(pid)], { stdio: 'ignore' });
};

// Only so what is said at the exit is done: nothing that a benchmark has started is to go on running.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

export interface Program {
  pid: number;
  url: string;
  /** Since the process was made, until it said where it is. */
  readyMs: number;
  residentMb: () => number;
  peakMb: () => number;
  stop: () => Promise<void>;
}

interface Start {
  /** What `node` is given: a program that writes a line of JSON with the `url` that it listens on. */
  args: string[];
  env: Record<string, string | undefined>;
  isPinned?: boolean;
}

export async function startProgram({ args, env, isPinned = false }: Start): Promise<Program> {
  const begun = performance.now();
  const [command, rest] = pinnedCommand(isPinned ? coreLists.server : coreLists.anywhere, [process.execPath, ...args]);
  const program = spawn(command, rest, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const end = () => program.kill('SIGKILL');
  process.once('exit', end);
  const ended = new Promise<void>((resolve) =>
    program.once('exit', () => {
      process.off('exit', end);
      resolve();
    }),
  );
  let output = '';
  let hasFailed = false;
  program.stdout.on('data', (chunk: Buffer) => {
    if (!output.includes('"url"')) output += chunk;
    // Of what it says later only what first goes wrong is of interest.
    if (hasFailed || !chunk.includes('"level":"error"')) return;
    hasFailed = true;
    process.stderr.write(`${chunk.toString().match(/^.*"level":"error".*$/m)?.[0]}\n`);
  });
  while (!output.includes('"url"')) {
    if (program.exitCode !== null) throw new Error(`${args.join(' ')} ended with status ${program.exitCode}`);
    await wait(5);
  }
  const readyMs = performance.now() - begun;
  // With the process that builds for it.
  const memory = (name: string) =>
    [program.pid, ...readFileSync(`/proc/${program.pid}/task/${program.pid}/children`, 'utf8').trim().split(' ').filter(Boolean)]
      .map((pid) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)
      .reduce((sum, mb) => sum + mb, 0);
  return {
    pid: program.pid as number,
    url: /"url":"([^"]+)"/.exec(output)?.[1] as string,
    readyMs,
    residentMb: () => memory('VmRSS'),
    peakMb: () => memory('VmHWM'),
    stop: async () => {
      program.kill('SIGTERM');
      await ended;
    },
  };
}

/** A program of this folder that answers as our server does, on a database that our server has made. */
export const startSubject = (name: string, databaseUrl: string, isPinned: boolean): Promise<Program> =>
  startProgram({
    args: [join(import.meta.dirname, 'subjects', `${name}.ts`)],
    env: { PATH: process.env.PATH, NODE_ENV: 'production', DATABASE_URL: databaseUrl },
    isPinned,
  });

interface ServerOptions {
  isPinned?: boolean;
  /** Instead of the one that `npm start` runs. */
  program?: string[];
  /** Options of `node` itself. */
  nodeArgs?: string[];
  env?: Record<string, string>;
}

/** Our server, as `npm start` starts it, on a database, and a way to ask it. */
export async function startServer(databaseUrl: string, folder: string, options: ServerOptions = {}) {
  const { nodeArgs = [], program: command = ['../server/main.js'], env, isPinned = false } = options;
  const args = [...nodeArgs, join(import.meta.dirname, command[0] as string), ...command.slice(1)];
  const program = await startProgram({ args, env: { ...settingsOf(databaseUrl, folder), ...env }, isPinned });
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${secret}`, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const answer = await fetch(`${program.url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  return { ...program, call, get: (path: string) => call('GET', path) };
}
