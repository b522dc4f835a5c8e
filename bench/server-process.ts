import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** The secret of the administrator token in every database of a benchmark. */
export const secret = 'pa_SandboxAdministratorSandboxAdm1v05vn';

const settingsOf = (databaseUrl: string, folder: string) => ({
  PATH: process.env.PATH,
  DATABASE_URL: databaseUrl,
  PORT: '0',
  BOOTSTRAP_TOKEN: secret,
  SECRET_KEY: Buffer.alloc(32, 'bench').toString('base64'),
  // Requests are counted, but the limits are never reached, although one address sends all of them.
  RATE_LIMIT_PER_MINUTE: '100000',
  FAILED_AUTHENTICATIONS_PER_MINUTE: '2000000',
  SHARED_DIRECTORY: join(folder, 'shared'),
  UPLOAD_DIRECTORY: join(folder, 'uploads'),
});

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;
const lastCore = availableParallelism() - 1;
/** The first core is for the server only. The load and the database server use the others. */
export const coreLists = { server: '0', load: `1-${lastCore}`, anywhere: `0-${lastCore}` };
/** Returns the command and arguments that run a program on these cores, if the machine can pin processes. */
export const pinnedCommand = (cores: string, command: string[]): [string, string[]] =>
  canPin ? ['taskset', ['--cpu-list', cores, ...command]] : [command[0] as string, command.slice(1)];
export const pinToCores = (pid: number, cores: string): void => {
  if (canPin) spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', cores, String(pid)], { stdio: 'ignore' });
};

// Turns these signals into a normal exit, so that the exit handlers stop all programs that a benchmark has started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

export interface Program {
  pid: number;
  url: string;
  /** Time from the start of the process until it printed its URL. */
  readyMs: number;
  residentMb: () => number;
  peakMb: () => number;
  stop: () => Promise<void>;
}

interface StartOptions {
  /** Arguments of `node`: a program that prints a line of JSON with the `url` on which it listens. */
  args: string[];
  env: Record<string, string | undefined>;
  isPinned?: boolean;
  /** Descriptors that the program may open; undefined for as many as the system allows. */
  descriptors?: number | undefined;
  /** A command that runs the program. */
  wrapper?: string[] | undefined;
}

async function startProgram({ args, env, isPinned = false, descriptors, wrapper = [] }: StartOptions): Promise<Program> {
  const startedAt = performance.now();
  const limited = descriptors === undefined ? [] : ['sh', '-c', `ulimit -n ${descriptors} && exec "$@"`, 'sh'];
  const [command, commandArgs] = pinnedCommand(isPinned ? coreLists.server : coreLists.anywhere, [
    ...wrapper,
    ...limited,
    process.execPath,
    ...args,
  ]);
  const program = spawn(command, commandArgs, { env, stdio: ['ignore', 'pipe', 'inherit'] });
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
    // After the start, only the first error is printed.
    if (hasFailed || !chunk.includes('"level":"error"')) return;
    hasFailed = true;
    process.stderr.write(`${chunk.toString().match(/^.*"level":"error".*$/m)?.[0]}\n`);
  });
  while (!output.includes('"url"')) {
    if (program.exitCode !== null) throw new Error(`${args.join(' ')} ended with status ${program.exitCode}`);
    await wait(5);
  }
  const readyMs = performance.now() - startedAt;
  // The sum of the server and its worker process.
  const memory = (name: string) =>
    [program.pid, ...readFileSync(`/proc/${program.pid}/task/${program.pid}/children`, 'utf8').trim().split(' ').filter(Boolean)]
      .map((pid) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
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

/** Starts a server of the folder `subjects` on a database that Gatehouse has created. */
export const startSubject = (
  name: string,
  databaseUrl: string,
  options: Pick<StartOptions, 'isPinned' | 'descriptors' | 'wrapper'>,
): Promise<Program> =>
  startProgram({
    args: [join(import.meta.dirname, 'subjects', `${name}.ts`)],
    env: { PATH: process.env.PATH, NODE_ENV: 'production', DATABASE_URL: databaseUrl },
    ...options,
  });

interface ServerOptions {
  isPinned?: boolean;
  descriptors?: number | undefined;
  wrapper?: string[] | undefined;
  /** The program to start instead of `server/main.js`, with its arguments. */
  program?: string[];
  /** Options of `node` itself. */
  nodeArgs?: string[];
  env?: Record<string, string>;
}

/** Starts Gatehouse as `npm start` does. Returns the program with functions that call its API. */
export async function startServer(databaseUrl: string, folder: string, options: ServerOptions = {}) {
  const { nodeArgs = [], program: command = ['../server/main.js'], env, isPinned = false, descriptors, wrapper } = options;
  const args = [...nodeArgs, join(import.meta.dirname, command[0] as string), ...command.slice(1)];
  const program = await startProgram({ args, env: { ...settingsOf(databaseUrl, folder), ...env }, isPinned, descriptors, wrapper });
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${secret}`, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const response = await fetch(`${program.url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  return { ...program, call, get: (path: string) => call('GET', path) };
}
